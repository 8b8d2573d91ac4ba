"""What a map of an audit shows: each well once, zones by layer in their colours, a title."""

import importlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from types import ModuleType
from typing import Any, TypeAlias

import geopandas as gpd
import pandas as pd

from gis_app.crs import STORAGE_SRID, shapes_to_storage
from gis_app.errors import BadInput, SetupError
from gis_app.flags import FLAGS, MUTED, flag_of

Zones: TypeAlias = gpd.GeoDataFrame | Iterable[gpd.GeoDataFrame] | None
TITLE = "取水井审计 · Well audit"
_NEEDED = ("subject_code", "answer", "verdict", "sentence_zh", "sentence_en")
_GRAVITY = {name: rank for rank, name in enumerate(FLAGS)}


@dataclass(frozen=True)
class Layer:
    """The zones of one layer and how they look."""

    id: str
    zh: str
    en: str
    color: str
    pattern: str
    opacity: float
    zones: gpd.GeoDataFrame


@dataclass(frozen=True)
class Scene:
    """Wells (subject_code, flag, popup, geometry; gravest last), layers from below, words."""

    wells: gpd.GeoDataFrame
    layers: tuple[Layer, ...]
    title: str
    subtitle: str

    @property
    def counts(self) -> dict[str, int]:
        """Wells by class, the gravest first; classes without a well are left out."""
        found = self.wells["flag"].value_counts()
        return {name: int(found[name]) for name in FLAGS if name in found}

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north of the wells, or of the zones if there is no well."""
        shapes = [self.wells] if len(self.wells) else [each.zones for each in self.layers]
        boxes = [shape.total_bounds for shape in shapes]
        west, south, east, north = zip(*boxes, strict=True)
        return float(min(west)), float(min(south)), float(max(east)), float(max(north))


def scene(findings: gpd.GeoDataFrame, zones: Zones, title: str) -> Scene:
    """What to draw. Raises `BadInput` for frames that are no findings, and for nothing at all."""
    wells = _wells(findings)
    frames = [zones] if isinstance(zones, gpd.GeoDataFrame) else list(zones or ())
    layers = tuple(each for frame in frames for each in _layers(frame))
    if wells.empty and not layers:
        raise BadInput("没有可画的井或区划。", "There is no well and no zone to draw.")
    return Scene(wells, layers, title, _subtitle(findings.attrs, len(wells)))


def load(name: str) -> ModuleType:
    """A package of the notebook extra. Raises `SetupError` naming the extra."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise SetupError(
            f"缺少 {error.name}。请安装：pip install 'gis-app[notebook]'。",
            f"{error.name} is missing. Install it: pip install 'gis-app[notebook]'.",
        ) from error


def _wells(findings: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    absent = [name for name in _NEEDED if name not in findings]
    if absent:
        raise BadInput(
            f"这不是结论清单，缺少列：{'、'.join(absent)}。请用 AuditResult.findings() 的结果。",
            f"This is no frame of findings, columns are missing: {', '.join(absent)}. "
            "Use what AuditResult.findings() gives.",
        )
    here = _here(findings)
    table = pd.DataFrame(here[list(_NEEDED)]).assign(geometry=here.geometry.array)
    flags = [flag_of(a, v) for a, v in zip(table["answer"], table["verdict"], strict=True)]
    table = table.assign(flag=flags, rank=[_GRAVITY[flag] for flag in flags])
    table = table.sort_values("rank", kind="stable")
    texts = {code: _popup(code, rows) for code, rows in table.groupby("subject_code", sort=False)}
    once = table.drop_duplicates("subject_code")
    once = once.assign(popup=[texts[code] for code in once["subject_code"]])
    once = once.sort_values("rank", ascending=False, kind="stable", ignore_index=True)
    columns = once[["subject_code", "flag", "popup", "geometry"]]
    return gpd.GeoDataFrame(columns, geometry="geometry", crs=STORAGE_SRID)


def _popup(code: object, found: pd.DataFrame) -> str:
    """The findings of one well as HTML; every word is escaped."""
    parts = [f"<b>{escape(str(code))}</b>"]
    for flag, zh, en in zip(found["flag"], found["sentence_zh"], found["sentence_en"], strict=True):
        look = FLAGS[flag]
        parts.append(
            f'<div style="border-left:3px solid {look.color};padding-left:8px;margin-top:6px">'
            f'<span style="color:{look.color}">{look.zh} {look.en}</span><br>{escape(str(zh))}'
            f'<div lang="en" style="color:{MUTED};font-size:11px">{escape(str(en))}</div></div>'
        )
    return (
        '<div style="max-height:240px;overflow:auto;'
        f"font:13px/1.5 'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',system-ui,sans-serif\">"
        f"{''.join(parts)}</div>"
    )


def _layers(zones: gpd.GeoDataFrame) -> Iterable[Layer]:
    styles: Mapping[str, Any] = zones.attrs.get("styles", {})
    here = _here(zones)
    names = here["layer"] if "layer" in here else pd.Series("zone", here.index)
    order = {name: rank for rank, name in enumerate(styles)}
    for name in sorted(names.unique(), key=lambda each: (order.get(each, len(order)), each)):
        plain = {"zh": name, "en": "", "color": MUTED, "pattern": "solid", "opacity": 0.1}
        yield Layer(id=name, zones=here[names == name], **{**plain, **styles.get(name, {})})


def _here(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The frame in EPSG:4490 without rows that have no geometry; the caller's is not touched."""
    shapes = frame.geometry
    kept = frame[~(shapes.isna() | shapes.is_empty)]
    if kept.crs in (None, STORAGE_SRID):
        return kept
    moved = shapes_to_storage(kept.geometry.to_numpy(), kept.crs)
    return kept.set_geometry(gpd.GeoSeries(moved, kept.index, crs=STORAGE_SRID))


def _subtitle(attrs: Mapping[str, Any], wells: int) -> str:
    parts = [attrs.get("title_zh"), f"{wells:,} 口井 wells"]
    parts += [f"法律日期 as of {attrs['on']}"] if attrs.get("on") else []
    parts += ["示例数据 sample data"] if attrs.get("synthetic") else []
    return " · ".join(str(part) for part in parts if part)
