"""A zone tried out on the server: what would change were it law."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import Any, Self

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from gis_app.client import frames
from gis_app.crs import shapes_to_storage
from gis_app.errors import BadInput, Refused
from gis_app.flags import FLAGS

Row = Mapping[str, Any]
_MOVED = ["change", "flag", "subject", "subject_code", "area_code", "rule", "clause", "answer",
          "verdict", "layer", "zone_name", "edge_m", "tolerance_m", "sentence_zh", "sentence_en",
          "lon", "lat"]  # fmt: skip
_OVERLAP = ["layer", "zone_id", "version", "name", "policy", "warned", "area_m2"]
_FLAW = ["between", "area_m2", "remedy_zh", "remedy_en"]
_COUNTED = ["subject", "rule", "clause", "verdict", "answer", "gained", "lost"]


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What a draft would change on a day, were it law by then; nothing of it was kept.

    `gained` and `lost` have a row for each finding that an audit would open and close, with the
    place of its well (EPSG:4490); `findings` counts them by rule. `overlaps` are zones that share
    ground with it, `gaps` and `slivers` strips along its neighbours. `wells` counts those surely
    inside, gained, lost and in doubt; `figures` are permits and m³ of those inside, and of how many
    a register knows it. `unknown`: what no register says.
    """

    layer: str
    on: date
    area_km2: float
    wells: Mapping[str, int]
    figures: pd.DataFrame = field(repr=False)
    flags: pd.DataFrame = field(repr=False)
    findings: pd.DataFrame = field(repr=False)
    gained: gpd.GeoDataFrame = field(repr=False)
    lost: gpd.GeoDataFrame = field(repr=False)
    overlaps: gpd.GeoDataFrame = field(repr=False)
    gaps: gpd.GeoDataFrame = field(repr=False)
    slivers: gpd.GeoDataFrame = field(repr=False)
    unknown: Sequence[str] = ()

    @classmethod
    def of(cls, told: Row, layer: str, about: Row) -> Self:
        """The trial in an answer of the API. Raises `Refused` for a shape that cannot be law."""
        if told["problems"]:
            zh = "；".join(each["zh"] for each in told["problems"])
            en = "; ".join(each["en"] for each in told["problems"])
            raise Refused(
                f"这个区划不能成为法律：{zh}", f"This cannot be law: {en}", told["problems"]
            )
        numbers = {"edge_m": "number", "tolerance_m": "number"}
        moved = frames.of_points(told["moved"], _MOVED, numbers)
        moved.attrs = {**about, "on": told["on"]}
        parts = {change: _rows(moved, change) for change in ("gained", "lost")}
        return cls(
            layer=layer,
            on=date.fromisoformat(told["on"]),
            area_km2=told["area_km2"],
            wells=told["wells"],
            figures=_figures(told),
            flags=_flags(told["flags"]),
            findings=pd.DataFrame(told["findings"], columns=_COUNTED),
            **parts,
            overlaps=frames.of_shapes(told["overlaps"], _OVERLAP),
            gaps=_flaws(told["gaps"]),
            slivers=_flaws(told["slivers"]),
            unknown=told["unknown"],
        )

    def _repr_html_(self) -> str:
        """The trial in a few lines and its findings by rule."""
        wells, figures = self.wells, self.figures["value"]
        known = self.figures["known"]
        m3 = "；".join(
            f"{zh} <b>{figures[name]:,.0f}</b> m³（{known[name]:,} 口有数 known）"
            if known[name] else f"{zh} 不详 unknown"
            for name, zh in (("permitted_m3", "许可水量 permitted"),
                             ("reported_m3", "上报水量 reported"))
        )  # fmt: skip
        return (
            f"<p>试算 what if · {escape(self.layer)} · 法律日期 as of <b>{self.on}</b> · "
            f"{self.area_km2:,.3f} km²<br>"
            f"区内井 wells inside <b>{wells['inside']:,}</b> · 增加 gained {wells['gained']:,} · "
            f"减少 lost {wells['lost']:,} · 边界存疑 in doubt {wells['in_doubt']:,}<br>{m3}<br>"
            f"结论 findings：新增 gained <b>{len(self.gained):,}</b> · "
            f"消失 lost <b>{len(self.lost):,}</b> · 重叠区划 overlaps {len(self.overlaps):,} · "
            f"缝隙 gaps {len(self.gaps):,} · 碎片 slivers {len(self.slivers):,}</p>"
            + (self.findings.to_html(index=False) if len(self.findings) else "")
        )


def draft(zone: Any, declared: Sequence[Row]) -> dict[str, Any]:
    """A zone as the GeoJSON feature that is asked about; what was handed in stays as it is.

    Columns that the layer does not have are left out, and blanks. Raises `BadInput` for no polygon,
    several rows, or a frame that does not say its CRS, `UnknownCrs` for an old datum.
    """
    shape, given = _shape(zone)
    known = {each["name"] for each in declared} | {"grade", "name", "code", "area_code",
                                                   "valid_from", "valid_to"}  # fmt: skip
    properties = {k: _plain(v) for k, v in given.items() if k in known and not _blank(v)}
    geometry = json.loads(shapely.to_geojson(shape))
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _shape(zone: Any) -> tuple[BaseGeometry, dict[str, Any]]:
    if isinstance(zone, BaseGeometry):
        return zone, {}
    if not isinstance(zone, gpd.GeoDataFrame | gpd.GeoSeries):
        raise BadInput(
            f"zone 应为一行的 GeoDataFrame 或 shapely 面，不是 {type(zone).__name__}。",
            f"A zone is a GeoDataFrame of one row or a shapely polygon, not {type(zone).__name__}.",
        )
    if len(zone) != 1:
        raise BadInput(
            f"一次只能试算一个区划，这里有 {len(zone)} 行。可先 dissolve() 合并，"
            "或逐行试算：[gis.try_zone(layer, zones.iloc[[i]]) for i in range(len(zones))]。",
            f"One zone is tried at a time, and here are {len(zone)} rows. Merge them with "
            "dissolve(), or try each: [gis.try_zone(layer, zones.iloc[[i]]) for i in "
            "range(len(zones))].",
        )
    if zone.crs is None:
        raise BadInput(
            "没有坐标系，无从判断位置。请先写明，如 zone.set_crs(4490)。",
            "The frame has no CRS. Say which it is first, as in zone.set_crs(4490).",
        )
    (shape,) = shapes_to_storage(zone.geometry.to_numpy(), zone.crs)
    if isinstance(zone, gpd.GeoSeries):
        return shape, {}
    row = zone.iloc[0]
    return shape, {str(n): row[n] for n in zone.columns if n != zone.geometry.name}


def _blank(value: Any) -> bool:
    return value is None or (np.ndim(value) == 0 and bool(pd.isna(value)))


def _plain(value: Any) -> Any:
    if isinstance(value, date | np.datetime64):
        return frames.day(str(value))
    return value.item() if isinstance(value, np.generic) else value


def _rows(moved: gpd.GeoDataFrame, change: str) -> gpd.GeoDataFrame:
    return moved[moved["change"] == change].drop(columns="change").reset_index(drop=True)


def _figures(told: Row) -> pd.DataFrame:
    """What is summed up of the wells inside, and of how many wells or permits it is known."""
    names = ("permitted_m3", "reported_m3", "without_replacement")
    rows = [(name, told[name], told["known"][name]) for name in names]
    table = pd.DataFrame(rows, columns=["figure", "value", "known"]).set_index("figure")
    table.loc["permits"] = [told["permits"], told["wells"]["inside"]]
    return table.astype({"value": "float64", "known": "int64"})


def _flags(told: Row) -> pd.DataFrame:
    """Wells that come into a class of the map and leave it, the gravest class first."""
    rows = [
        (name, told["gained"].get(name, 0), told["lost"].get(name, 0))
        for name in FLAGS
        if name in told["gained"] or name in told["lost"]
    ]
    return pd.DataFrame(rows, columns=["flag", "wells_gained", "wells_lost"])


def _flaws(told: Sequence[Row]) -> gpd.GeoDataFrame:
    rows = [
        {**each, "remedy_zh": each["remedy"]["zh"], "remedy_en": each["remedy"]["en"]}
        for each in told
    ]
    return frames.of_shapes(rows, _FLAW)
