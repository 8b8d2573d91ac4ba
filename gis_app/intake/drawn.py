"""A place as an editor drew it (GeoJSON): read, and what of it does not get into the register."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import shapely

from gis_app.crs import Served
from gis_app.errors import BadInput
from gis_app.intake.geometry import Shapes
from gis_app.intake.problem import Problem

_HEIGHTS = Problem(
    code="z_dropped",
    level="warn",
    zh="位置带高程，已略去",
    en="The place has heights, which are left out",
    column="geometry",
)


def shapes(geometry: Mapping[str, Any], crs: Served) -> tuple[Shapes, list[Problem]]:
    """The place as an array of one, longitude (or easting) first; and what was left out or added.

    `geometry` is in the axis order of `crs`. Raises `BadInput`.
    """
    found = np.array([None], dtype=object)
    try:
        found[0] = shapely.geometry.shape(dict(geometry))
        open_rings = sum(1 for ring in _rings(geometry) if ring[0] != ring[-1])
    except (ValueError, TypeError, LookupError, AttributeError,
            shapely.errors.ShapelyError) as error:  # fmt: skip
        raise BadInput(
            "geometry 不是有效的 GeoJSON 几何：须有 type 与完整的 coordinates。",
            "`geometry` is no GeoJSON geometry: it has a type, and coordinates that are complete.",
        ) from error
    doubts = [_HEIGHTS] if shapely.has_z(found[0]) else []
    if open_rings:
        doubts.append(_closed(open_rings))
    flat = shapely.force_2d(found)
    if crs.north_first:
        flat = shapely.transform(flat, lambda xy: xy[:, ::-1])
    return np.asarray(flat, dtype=object), doubts


def _closed(rings: int) -> Problem:
    return Problem(
        code="ring_closed",
        level="warn",
        zh=f"{rings} 个环未闭合，已连回起点；请核对是否缺少拐点",
        en=f"{rings} rings were not closed and now end where they begin: see that no corner is "
        "missing",
        column="geometry",
    )


def _rings(geometry: Mapping[str, Any]) -> Iterator[Any]:
    """The rings of the polygons of a geometry."""
    match geometry["type"]:
        case "Polygon":
            yield from geometry["coordinates"]
        case "MultiPolygon":
            for polygon in geometry["coordinates"]:
                yield from polygon
        case "GeometryCollection":
            for each in geometry["geometries"]:
                yield from _rings(each)
