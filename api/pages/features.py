"""Features as pages: a table and a sketch of a page of them, every value of one."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

import orjson
from fastapi import Request

from api import links
from api.pages.documents import COLLECTIONS
from api.pages.frame import anchor, facts, page, told
from api.pages.sketch import sketch
from gis_app.layer import Collection, Field, Ledger
from gis_app.report.markup import Html, element, joined, row, table
from gis_app.store import sources

_FEW = 10  # columns of a list; the page of one feature has them all


def items(
    request: Request, collection: Collection, rows: Sequence[Mapping[str, Any]],
    head: Mapping[str, Any],
) -> Html:  # fmt: skip
    """A page of features; geometries are GeoJSON text, longitude first."""
    fields = sources.fields(collection)
    shown = [n for n in fields if any(r["properties"].get(n) is not None for r in rows)][:_FEW]
    base = f"{links.root(request)}/collections/{collection.id}"
    made = [
        row(anchor(str(each["id"]), f"{base}/items/{each['id']}?f=html"),
            *(_value(fields[n], each["properties"].get(n)) for n in shown))
        for each in rows
    ]  # fmt: skip
    heads = ("标识 id", *(f"{fields[n].zh} {fields[n].en}" for n in shown))
    matched = head.get("numberMatched")
    counted = f"本页 {len(rows):,} 条" + ("" if matched is None else f"，共 {matched:,} 条")
    words = f"{counted} · {len(rows):,} on this page"
    words += "" if matched is None else f" of {matched:,}"
    geometries = [each["geometry"] and orjson.loads(each["geometry"]) for each in rows]
    return page(
        request,
        f"{collection.zh} {collection.en}",
        (COLLECTIONS, (collection.zh, f"/collections/{collection.id}?f=html")),
        element("p", words, class_="muted"),
        sketch(
            geometries, "本页要素的位置（上北） · where the features of this page lie, north up"
        ),
        element("div", table(heads, made), class_="scroll"),
        element("p", *_turn(head), class_="pages"),
    )


def item(request: Request, collection: Collection, feature: Mapping[str, Any]) -> Html:
    """One feature; its geometry is GeoJSON text, longitude first."""
    fields = sources.fields(collection)
    values = feature["properties"]
    pairs = [(f"{f.zh} {f.en}", _value(f, values.get(name))) for name, f in fields.items()]
    geometry = feature["geometry"] and orjson.loads(feature["geometry"])
    named = (values.get(each) for each in ("name", "code", "subject_code"))
    name = next((each for each in named if each), str(feature["id"]))
    path = f"/collections/{collection.id}"
    return page(
        request,
        f"{collection.zh} {name}",
        (COLLECTIONS, (collection.zh, f"{path}?f=html"), ("内容 items", f"{path}/items?f=html")),
        sketch([geometry], "位置（上北） · where it lies, north up"),
        joined(*_verdict(request, collection, values)),
        facts(pairs),
    )


def _verdict(request: Request, collection: Collection, values: Mapping[str, Any]) -> list[Html]:
    told = [element("p", values[each]) for each in ("sentence_zh", "sentence_en") if each in values]
    code = values.get("code") if collection.id == "well" else None
    if isinstance(collection, Ledger) and values["subject"] == "well":
        code = values["subject_code"]
    if code is not None:
        address = f"{links.root(request)}/wells/{quote(code)}/verdict?f=html"
        told.append(element("p", anchor("依法结论 the verdict on this well", address)))
    return told


def _value(field: Field, value: Any) -> str:
    choice = field.choices.get(value) if isinstance(value, str) else None
    if choice is not None:
        return f"{choice.zh} {choice.en}"
    if isinstance(value, float):
        return f"{value:,.10g}" + (f" {field.unit}" if field.unit else "")
    return told(value)


def _turn(head: Mapping[str, Any]) -> list[str]:
    addresses = [each["href"] for each in head["links"] if each["rel"] == "next"]
    return [anchor("下一页 Next", f"{address}&f=html") for address in addresses]
