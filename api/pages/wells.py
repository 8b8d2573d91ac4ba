"""Wells as pages: those nearby, the verdict on one, and what a search found."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import Request

from api.deps import state
from api.pages.documents import COLLECTIONS
from api.pages.frame import facts, listed, local, page, to_verdict, told
from api.pages.sketch import sketch
from gis_app.report.markup import Html, element, row
from gis_app.store import sources
from gis_app.terms import FLAG, STATUS, USE

_PLACE = {"lon": "经度 longitude", "lat": "纬度 latitude"}
_WELLS = (COLLECTIONS, ("取水井 Wells", "/collections/well/items?f=html"))


def near(request: Request, body: Mapping[str, Any]) -> Html:
    """Wells near a point, nearest first."""
    lon, lat = body["at"]
    rows = [
        row(
            to_verdict(request, each["code"]),
            told(each["name"]),
            f"{each['distance_m']:,.0f} m · {each['bearing_deg']:.0f}°",
            _worded(USE, each["use"]),
            _worded(STATUS, each["status"]),
            _worded(FLAG, each["flag"]),
            told(each["gravest"] and each["gravest"]["sentence_zh"]),
        )
        for each in body["wells"]
    ]
    heads = ("井 well", "名称 name", "距离 · 方位 distance · bearing", "用途 use", "状况 status",
             "结论 finding", "说明 explanation")  # fmt: skip
    places = [{"type": "Point", "coordinates": [w["lon"], w["lat"]]} for w in body["wells"]]
    words = f"{lon:.6f}, {lat:.6f}，{body['within_m']:,.0f} 米以内 · within that distance"
    if body["truncated"]:
        n = len(body["wells"])
        words += f"。只列最近的 {n} 口，范围内还有更多：缩小 within_m 或加大 limit（至多 500）。"
        words += f" Only the {n} nearest are listed, there are more: narrow within_m or raise "
        words += "limit (500 at most)."
    return page(
        request,
        "附近的井 Wells nearby",
        _WELLS,
        element("p", words, class_="muted"),
        sketch(places, "井的位置（上北） · where they lie, north up"),
        listed(heads, rows),
    )


def verdict(request: Request, body: Mapping[str, Any]) -> Html:
    """The verdict on one well: every finding with its law, then zones, gaps and the register."""
    well = body["well"]
    findings = [part for each in body["findings"] for part in _finding(each)]
    none = "依现有登记，未发现适用的规定。 By the register as it is, nothing was found to apply."
    notes = [element("p", f"{n['zh']}（提示）。 {n['en']} (a note).") for n in body["notes"]]
    place = {"type": "Point", "coordinates": [well["lon"], well["lat"]]}
    return page(
        request,
        f"结论 Verdict · {well['code']} {well['name'] or ''}",
        _WELLS,
        element("p", f"法律日期 as of {body['on']}", class_="muted"),
        *(findings or [element("p", none)]),
        *notes,
        *_listed_names("未评估（此处无数据，不等于不涉及） Not assessed: no data here",
                       body["not_assessed"]),
        *_listed_names("全县无记录 Recorded for no well of the county", body["unrecorded"]),
        *_listed_names("不涉及 Not concerned", body["not_concerned"]),
        *_zones(request, body["zones"]),
        element("h2", "登记 Register entry"),
        facts([(_label(request, name), _plain(value)) for name, value in well.items()]),
        sketch([place], "位置（上北） · where it lies, north up"),
    )  # fmt: skip


def _finding(each: Mapping[str, Any]) -> list[Html]:
    exemption = each["exemption"]
    about = [
        ("依据 law", f"{each['instrument_zh']}（{each['number']}） {each['instrument_en']}"),
        ("条款 clause", each["clause"]),
        ("原文 quote", f"“{each['quote']}”"),
        ("层级 tier", each["tier_zh"]),
        ("结论 answer", f"{each['answer_zh']} {each['answer_en']}"),
        ("处置 order", f"{each['verdict_zh']} · {each['verdict_en']}"),
        ("区划 zone", each["zone_name"]),
        ("距边界（米，区内为正） edge, m", _metres(each["edge_m"])),
        ("误差（米） tolerance, m", _metres(each["tolerance_m"])),
        ("依据的情况 because", _because(each)),
        ("缺少 missing", "；".join(f"{m['zh']} {m['en']}" for m in each["missing"]) or None),
        ("豁免 exemption", exemption and f"{exemption['zh']}（{exemption['clause']}）"),
        *(("已审查的豁免 exemption examined", _tried(way)) for way in each["examined"]),
    ]
    return [
        element("h2", f"{each['rule']} {each['verdict_zh']}"),
        element("p", each["sentence_zh"]),
        element("p", each["sentence_en"], class_="muted"),
        facts([(name, value) for name, value in about if value]),
    ]


def _because(each: Mapping[str, Any]) -> str | None:
    return each["because_zh"] and f"{each['because_zh']} {each['because_en']}"


def _tried(way: Mapping[str, Any]) -> str:
    return f"{way['zh']}（{way['clause']}）：{way['answer_zh']}（{way['because_zh']}）"


def _metres(value: float | None) -> str | None:
    return None if value is None else f"{value:,.1f}"


def _listed_names(title: str, named: Sequence[Mapping[str, Any]]) -> list[Html]:
    if not named:
        return []
    words = "；".join(f"{each['zh']} {each['en']}" for each in named)
    return [element("h2", title), element("p", words)]


def _zones(request: Request, zones: Sequence[Mapping[str, Any]]) -> list[Html]:
    rows = [
        row(
            f"{each['layer_zh']} {each['layer_en']}",
            local(request, each["name"] or str(each["zone_id"]),
                   f"/collections/{each['layer']}/items/{each['zone_id']}?f=html"),
            "内 inside" if each["inside"] else "外 outside",
            _metres(each["edge_m"]) or "—",
            numbers=(3,),
        )
        for each in zones
    ]  # fmt: skip
    heads = ("图层 layer", "区划 zone", "井在 the well is", "距边界（米） edge, m")
    return [element("h2", "所涉区划 Zones"), listed(heads, rows)] if rows else []


def search(request: Request, body: Mapping[str, Any]) -> Html:
    """A place, and wells and zones found by code or name."""
    rows = [_result(request, each) for each in body["results"]]
    heads = ("类别 kind", "编号 code", "名称 name", "结论 finding")
    shown = listed(heads, rows) if rows else element("p", "没有找到。 Nothing was found.")
    return page(request, f"搜索 Search · {request.query_params['q']}", (COLLECTIONS,), shown)


def _result(request: Request, each: Mapping[str, Any]) -> Html:
    if each["kind"] == "place":
        near = f"/wells/near?lon={each['lon']}&lat={each['lat']}&f=html"
        return row("位置 place", "", local(request, each["name"], near), "")
    if each["kind"] == "well":
        code = to_verdict(request, each["code"])
        return row("取水井 well", code, told(each["name"]), _worded(FLAG, each["flag"]))
    address = f"/collections/{each['layer']}/items/{each['id']}?f=html"
    return row("区划 zone", told(each["code"]), local(request, each["name"], address), "")


def _worded(choices: Mapping[str, Any], key: str | None) -> str:
    found = choices.get(key) if key else None
    return told(key) if found is None else f"{found.zh} {found.en}"


def _label(request: Request, name: str) -> str:
    found = sources.fields(state(request).registry.layers["well"]).get(name)
    return _PLACE.get(name, name) if found is None else f"{found.zh} {found.en}"


def _plain(value: Any) -> str:
    return f"{value['zh']} {value['en']}" if isinstance(value, dict) else told(value)
