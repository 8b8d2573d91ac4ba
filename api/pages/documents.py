"""The pages of the service's documents: where it begins, what it keeps to, what it holds."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request

from api.pages.frame import anchor, facts, links_table, page
from gis_app.report.markup import Html, element, row, table

COLLECTIONS = ("集合 Collections", "/collections")


def landing(request: Request, body: Mapping[str, Any]) -> Html:
    """Where the service begins."""
    return page(
        request,
        body["title"],
        (),
        element("p", body["description"]),
        element("p", anchor("打开地图 Open the map", "/map/", class_="button")),
        element("h2", "由此可达 From here"),
        element("div", links_table(body), class_="scroll"),
    )


def conformance(request: Request, body: Mapping[str, Any]) -> Html:
    """The conformance classes claimed."""
    rows = [row(each) for each in body["conformsTo"]]
    made = table(("符合类 conformance class",), rows)
    return page(request, "符合性 Conformance", (), element("div", made, class_="scroll"))


def collections(request: Request, body: Mapping[str, Any]) -> Html:
    """Every collection, with its extent."""
    rows = [
        row(
            anchor(each["title"], _address(each, "self", html=True)),
            each["description"],
            _KINDS[each["itemType"]],
            anchor(
                "浏览 browse", _address(each, "self" if _pictured(each) else "items", html=True)
            ),
        )
        for each in body["collections"]
    ]
    heads = ("集合 collection", "说明 description", "类别 type", "内容 items")
    made = element("div", table(heads, rows), class_="scroll")
    return page(request, "集合 Collections", (), made)


_KINDS = {"record": "记录 record", "feature": "要素 feature", "coverage": "栅格 raster"}


def _pictured(each: Mapping[str, Any]) -> bool:
    return bool(each["itemType"] == "coverage")


def collection(request: Request, body: Mapping[str, Any]) -> Html:
    """One collection."""
    spatial = body.get("extent", {}).get("spatial", {}).get("bbox", [None])[0]
    about = [
        ("标识 id", body["id"]),
        ("范围（经纬度） extent", spatial and ", ".join(f"{n:.6f}" for n in spatial)),
        ("存储坐标系 storage CRS", body.get("storageCrs")),
        ("可用坐标系 CRS", " ".join(body.get("crs", ())) or None),
    ]
    return page(
        request,
        body["title"],
        (COLLECTIONS,),
        element("p", body["description"]),
        element("p", anchor("浏览内容 Browse", _address(body, "items", html=True), "button")),
        facts(about),
        element("h2", "链接 Links"),
        element("div", links_table(body), class_="scroll"),
    )


def schema(request: Request, body: Mapping[str, Any]) -> Html:
    """A JSON Schema of properties: what each is and which values it takes."""
    rows = [_property(name, each) for name, each in body["properties"].items()]
    heads = ("属性 property", "含义 meaning", "类型 type", "单位 unit", "取值 values")
    made = element("div", table(heads, rows), class_="scroll")
    return page(request, body["title"], (COLLECTIONS,), element("p", body["description"]), made)


def _property(name: str, each: Mapping[str, Any]) -> Html:
    kind = each.get("type", each.get("format", ""))
    kinds = [kind] if isinstance(kind, str) else [k for k in kind if k != "null"]
    labels = each.get("x-labels", {})
    values = "；".join(f"{key} {words['zh']} {words['en']}" for key, words in labels.items())
    limits = [str(each[k]) for k in ("minimum", "maximum") if k in each]
    described = each.get("description", each.get("title", ""))
    shown = values or " – ".join(limits)
    return row(name, described, "、".join(kinds), each.get("x-unit", ""), shown)


def tiles(request: Request, body: Mapping[str, Any]) -> Html:
    """A list of tilesets or of tile matrix sets, or one tileset: its links, and those of each."""
    title = body.get("title", "瓦片 Tiles")
    listed = [*body.get("tilesets", ()), *body.get("tileMatrixSets", ())]
    parts = [element("div", links_table(body), class_="scroll")] if body.get("links") else []
    for each in listed:
        parts += [element("h2", each["title"]), element("div", links_table(each), class_="scroll")]
    templates = [k["href"] for k in body.get("links", ()) if k.get("templated")]
    parts += [element("p", f"瓦片地址 tiles: {address}") for address in templates]
    return page(request, title, (COLLECTIONS,), *parts)


def matrices(request: Request, body: Mapping[str, Any]) -> Html:
    """A tile matrix set: scale, size of a cell and number of tiles of each zoom."""
    rows = [
        row(
            each["id"],
            f"1 : {each['scaleDenominator']:,.0f}",
            f"{each['cellSize']:,.4f} m",
            f"{each['matrixWidth']:,} × {each['matrixHeight']:,}",
            numbers=(0, 1, 2, 3),
        )
        for each in body["tileMatrices"]
    ]
    heads = ("级 zoom", "比例尺 scale", "像元 cell", "瓦片数 tiles")
    return page(request, body["title"], (), element("div", table(heads, rows), class_="scroll"))


def _address(body: Mapping[str, Any], rel: str, *, html: bool) -> str:
    found = next(each["href"] for each in body["links"] if each["rel"] == rel)
    return f"{found}?f=html" if html else str(found)
