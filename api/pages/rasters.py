"""Raster layers as pages: what is on record, the legend, values, statistics."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request

from api.deps import state
from api.pages.documents import COLLECTIONS
from api.pages.frame import anchor, facts, links_table, listed, local, page, told, when
from api.rasters import legend as legends
from gis_app.raster_layer import RasterLayer
from gis_app.rasters import table
from gis_app.report.markup import Html, element, row

_UNKNOWN = "无数据不等于 0。 No data is not 0."


def collection(request: Request, body: Mapping[str, Any]) -> Html:
    """A raster layer: legend, what holds, links."""
    layer = _layer(request, body["id"])
    box = body.get("extent", {}).get("spatial", {}).get("bbox", [None])[0]
    about = [
        ("标识 id", body["id"]),
        ("来源 source", body["source"]),
        ("范围（经纬度） extent", box and ", ".join(f"{n:.6f}" for n in box)),
    ]
    return page(
        request,
        body["title"],
        (COLLECTIONS,),
        element("p", body["description"]),
        facts(about),
        element("figure", legends.drawn(layer)),
        element("h2", "现行栅格 Rasters that hold"),
        _records(request, layer, body["rasters"]),
        element("h2", "链接 Links"),
        element("div", links_table(body), class_="scroll"),
    )


def history(request: Request, body: Mapping[str, Any]) -> Html:
    """Every raster of a layer, newest first."""
    layer = _layer(request, body["layer"])
    return page(
        request, f"{layer.zh}：历次登记 History", _trail(layer),
        _records(request, layer, body["rasters"]),
    )  # fmt: skip


def legend(request: Request, body: Mapping[str, Any]) -> Html:
    """The legend of a layer."""
    layer = _layer(request, body["layer"])
    words = f"{body['no_data']['zh']} · {body['no_data']['en']}"
    return page(
        request, f"{layer.zh}：图例 Legend", _trail(layer),
        element("figure", legends.drawn(layer)), element("p", words, class_="muted"),
    )  # fmt: skip


def position(request: Request, body: Mapping[str, Any]) -> Html:
    """Values at points, in words."""
    layer = _layer(request, body["layer"])
    rows = [
        row(f"{each['lon']:.6f}, {each['lat']:.6f}", each["words_zh"], each["words_en"],
            told(each["raster"] and each["raster"]["valid_from"]))
        for each in body["points"]
    ]  # fmt: skip
    heads = ("经纬度 lon, lat", "数值", "value", "栅格自 since")
    return page(
        request, f"{layer.zh}：数值 Values", _trail(layer),
        facts([("日期 as of", body["on"])]), listed(heads, rows),
    )  # fmt: skip


def statistics(request: Request, body: Mapping[str, Any]) -> Html:
    """Statistics within zones as a table."""
    layer = _layer(request, body["raster_layer"])
    fields = table.fields(layer)
    numbers = tuple(n for n, each in enumerate(fields) if each.kind == "number")
    rows = [
        row(*(_cell(each[field.name], field.kind) for field in fields), numbers=numbers)
        for each in body["rows"]
    ]
    heads = [f"{field.zh} {field.en}{_unit(field.unit)}" for field in fields]
    files = [anchor(each["title"], each["href"])
             for each in body["links"] if each["rel"] == "enclosure"]  # fmt: skip
    zones = state(request).registry.layers[body["layer"]]
    return page(
        request, f"{layer.zh}：按{zones.zh}统计 Statistics", _trail(layer),
        facts([("日期 as of", body["on"]), ("区划 zones", f"{zones.zh} {zones.en}")]),
        element("p", _UNKNOWN, class_="muted"),
        element("p", "导出 export: ", *(p for file in files for p in (file, " "))),
        listed(heads, rows),
    )  # fmt: skip


def _records(request: Request, layer: RasterLayer, rows: list[Mapping[str, Any]]) -> Html:
    if not rows:
        return element("p", "尚无栅格，不知道数值。 No raster yet: nothing is known.")
    made = [
        row(
            local(request, str(each["raster_id"]), f"/collections/{layer.id}/rasters/"
                  f"{each['raster_id']}/cog"),
            each["file_name"], each["area_code"] or "—", str(each["valid_from"]),
            _ended(each), f"{each['least']:g} – {each['most']:g}",
            f"{100 * each['valid_share']:.1f} %", f"{each['width']:,} × {each['height']:,}",
            each["crs"], each["recorded_by"], when(each["recorded_at"]), numbers=(5, 6, 7),
        )
        for each in rows
    ]  # fmt: skip
    heads = ("编号 id (COG)", "文件 file", "区划 area", "自 from", "至 until", "数值 values",
             "有值 valid", "格 cells", "坐标系 CRS", "登记人 by", "登记时间 at")  # fmt: skip
    return listed(heads, made)


def _ended(each: Mapping[str, Any]) -> str:
    if each["withdrawn_at"] is not None:
        return f"已撤回 taken back：{each['withdrawn_why'] or ''}"
    return told(each["valid_to"])


def _layer(request: Request, name: str) -> RasterLayer:
    return state(request).registry.rasters[name]


def _trail(layer: RasterLayer) -> tuple[tuple[str, str], ...]:
    return (COLLECTIONS, (f"{layer.zh} {layer.en}", f"/collections/{layer.id}?f=html"))


def _cell(value: Any, kind: str) -> str:
    return f"{value:,.2f}" if kind == "number" and value is not None else told(value)


def _unit(unit: str | None) -> str:
    return f"（{unit}）" if unit else ""
