"""A zone as it is being drawn: read leniently, for what is half done is not wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from gis_app.crs import served
from gis_app.errors import BadInput
from gis_app.intake import feature, geometry
from gis_app.intake.feature import Written
from gis_app.law import Words
from gis_app.layer import Layer

_SHAPES = ("Polygon", "MultiPolygon")
_MOST_VERTICES = 200_000


@dataclass(frozen=True)
class Fault:
    """Why a shape cannot be law, in words, and where (longitude, latitude)."""

    code: str
    words: Words
    place: tuple[float, float] | None = None


@dataclass(frozen=True)
class Drawn:
    """A draft: its layer, shape (EPSG:4490), what is filled in of it, the zone it amends, a day."""

    layer: Layer
    shape: BaseGeometry
    properties: Mapping[str, Any]
    amends: int | None = None
    on: date | None = None

    @property
    def valid_from(self) -> date | None:
        """Its first day as law, if that is filled in."""
        return _day(self.properties.get("valid_from"))

    @property
    def valid_to(self) -> date | None:
        """The day it ends, if that is filled in."""
        return _day(self.properties.get("valid_to"))


def read(layer: Layer, written: Written, amends: int | None, on: date | None) -> Drawn:
    """A draft of a layer as GeoJSON gives it; every property may be missing.

    Raises `BadInput` for what is no polygon, or a property that is not as declared.
    """
    if layer.geometry != "polygon":
        raise BadInput(
            f"“{layer.zh}”不是区划图层，没有草案的影响可算。",
            f"Layer {layer.id} holds no zones: there is no impact of a draft.",
        )
    properties = feature.declared(layer, written.properties, partial=True)
    (shape,), _ = feature.shapes_of(written, layer)
    if shape is None or shape.geom_type not in _SHAPES:
        raise BadInput(
            f"geometry 应为 {' 或 '.join(_SHAPES)}。", f"`geometry` is a {' or '.join(_SHAPES)}."
        )
    if shapely.get_num_coordinates(shape) > _MOST_VERTICES:
        raise BadInput(
            f"顶点超过 {_MOST_VERTICES} 个，请先简化。",
            f"More than {_MOST_VERTICES} vertices: simplify it first.",
        )
    flat = shapely.force_2d(shape)
    return Drawn(layer, shapely.set_srid(flat, served(None).srid), properties, amends, on)


def faults(drawn: Drawn, on: date) -> list[Fault]:
    """Why a draft cannot be law on a day; none: it can."""
    found = []
    if drawn.valid_to is not None and drawn.valid_to <= on:
        words = f"{drawn.valid_to} 失效，{on} 已无约束力。", f"It ends on {drawn.valid_to}."
        found.append(Fault("not_in_force", Words(*words)))
    shape = drawn.shape
    west, south, east, north = shape.bounds if not shape.is_empty else (0, 0, 0, 0)
    if shape.is_empty:
        found.append(Fault("empty_geometry", Words("图形是空的。", "The geometry is empty.")))
    elif max(abs(west), abs(east)) > 180 or max(abs(south), abs(north)) > 85:
        words = "坐标超出经纬度范围。", "The coordinates are no degrees."
        found.append(Fault("not_degrees", Words(*words)))
    elif not shape.is_valid:
        zh, en = geometry.reason(shape)
        told = Words(
            f"面不合法：{zh}。请移动或删去该处的顶点。", f"Invalid polygon: {en}. Move it."
        )
        found.append(Fault("invalid_geometry", told, geometry.fault_place(shape)))
    return found


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None
