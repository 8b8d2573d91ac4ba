"""Shapes written in a filter: checked, and turned to EPSG:4490, longitude first."""

from collections.abc import Iterator
from math import isfinite
from typing import Any, cast

import numpy as np
import shapely
from pyproj import CRS
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from gis_app.crs import STORAGE_SRID, FloatArray, Served, to_storage
from gis_app.errors import BadInput
from gis_app.store.filters import parse
from gis_app.store.places import step


def read(node: Any, crs: Served) -> BaseGeometry:
    """The shape of a GeoJSON geometry or `{"bbox"}` given in a CRS, in EPSG:4490.

    Raises `BadInput` if it has too many vertices, is empty or not valid, or lies off the earth.
    """
    if "bbox" in node:
        found = _box(node["bbox"], crs)
    else:
        _count(node)
        found = _geometry(node, crs)
    if found.is_empty:
        raise BadInput("过滤条件中的图形是空的。", "A shape in the filter is empty.")
    stored = _stored(found, crs)
    if not stored.is_valid:
        why = shapely.is_valid_reason(stored)
        raise BadInput(
            f"过滤条件中的图形无效：{why}。请修正后重试。",
            f"A shape in the filter is not valid: {why}. Mend it and ask again.",
        )
    return stored


def _count(node: Any) -> None:
    for vertices, position in enumerate(_positions(node), 1):
        if not all(isfinite(number) for number in position):
            raise BadInput("图形的坐标不是有限数。", "A coordinate of a shape is not finite.")
        if vertices > parse.VERTICES:
            raise BadInput(
                f"过滤条件中的图形超过 {parse.VERTICES} 个顶点。请先简化图形。",
                f"A shape in the filter has more than {parse.VERTICES} vertices. Simplify it.",
            )


def _positions(node: Any) -> Iterator[list[float]]:
    if isinstance(node, dict):
        for each in node.get("geometries", ()):
            yield from _positions(each)
        yield from _positions(node.get("coordinates", ()))
    elif node and not isinstance(node[0], list | dict):
        yield node
    else:
        for each in node:
            yield from _positions(each)


def _geometry(node: Any, crs: Served) -> BaseGeometry:
    try:
        found = shapely.force_2d(shape(node))
    except (
        ValueError,
        TypeError,
        IndexError,
        AttributeError,
        shapely.errors.ShapelyError,
    ) as error:
        raise BadInput(
            f"过滤条件中的图形读不懂：{error}。", f"A shape in the filter cannot be read: {error}."
        ) from None
    return shapely.transform(found, lambda xy: xy[:, ::-1]) if crs.north_first else found


def _box(numbers: list[Any], crs: Served) -> BaseGeometry:
    finite = all(isinstance(each, float) and isfinite(each) for each in numbers)
    if len(numbers) not in {4, 6} or not finite:
        raise BadInput(
            f"BBOX 需要 4 或 6 个数，不是 {str(numbers)[:80]}。",
            f"BBOX takes 4 or 6 numbers, not {str(numbers)[:80]}.",
        )
    half = len(numbers) // 2
    low, high = numbers[:2], numbers[half : half + 2]
    (west, south), (east, north) = (low[::-1], high[::-1]) if crs.north_first else (low, high)
    if south > north or (west > east and crs.srid != STORAGE_SRID):
        raise BadInput(
            f"BBOX {numbers} 的两角颠倒：先西南角，后东北角，坐标次序依 filter-crs。",
            f"BBOX {numbers} is turned around: the south-west corner first, then the north-east, "
            "in the axis order of filter-crs.",
        )
    if west > east:  # across the antimeridian
        halves = (_rectangle(west, south, 180.0, north), _rectangle(-180.0, south, east, north))
        return shapely.union_all(halves)
    return _rectangle(west, south, east, north)


def _rectangle(west: float, south: float, east: float, north: float) -> BaseGeometry:
    # the envelope of a box without width is a line, without height too a point
    return shapely.MultiPoint([(west, south), (east, north)]).envelope


def _stored(found: BaseGeometry, crs: Served) -> BaseGeometry:
    if crs.srid != STORAGE_SRID:
        cut = shapely.segmentize(found, step(*found.bounds))
        found = shapely.transform(cut, lambda xy: _turned(xy, crs))
    west, south, east, north = found.bounds
    if not (west >= -180 and south >= -90 and east <= 180 and north <= 90):
        raise BadInput(
            f"过滤条件中的图形不在经纬度范围内；坐标系为 {crs.uri}，坐标次序为"
            f"{'北、东' if crs.north_first else '东、北'}。请核对 filter-crs。",
            f"A shape in the filter lies off the earth. Its CRS is {crs.uri}, "
            f"{'northing' if crs.north_first else 'easting'} first: check filter-crs.",
        )
    return found


def _turned(xy: FloatArray, crs: Served) -> FloatArray:
    lon, lat = to_storage(CRS.from_epsg(crs.srid), xy[:, 0], xy[:, 1])
    return cast(FloatArray, np.column_stack([lon, lat]))
