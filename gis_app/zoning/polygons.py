"""Classes of cells as polygons: small patches sieved, borders smoothed, neighbours kept together.

All of it happens in cell coordinates, where corners are whole numbers. Every polygon gets a vertex
at every cell corner on its border, so that neighbours share theirs exactly (a coverage); GEOS then
simplifies the borders of all at once (Visvalingam–Whyatt), each shared border once: no overlap and
no gap can come about. That is checked (`coverage_is_valid`), not believed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np
import rasterio.features
import shapely
from numpy.typing import NDArray

from gis_app.errors import GisError
from gis_app.raster.grid import Grid
from gis_app.zoning.overlay import CONTROL_2, GENERAL, UNKNOWN

Bytes = NDArray[np.uint8]


@dataclass(frozen=True)
class Patch:
    """A connected piece of one class: its code, and its polygon (cells, or as said)."""

    code: int
    shape: shapely.Polygon


def patches(zones: Bytes) -> list[Patch]:
    """Every piece of every class but `GENERAL` and `UNKNOWN`, in cells (x right, y down).

    Cells that touch at a corner only are two pieces. The areas of the pieces of a class sum up to
    its cells.
    """
    wanted = (zones != GENERAL) & (zones != UNKNOWN)
    found = rasterio.features.shapes(zones, mask=wanted, connectivity=4)
    return [Patch(int(code), _polygon(geometry)) for geometry, code in found]


def _polygon(told: dict[str, Any]) -> shapely.Polygon:
    outer, *holes = told["coordinates"]
    return shapely.Polygon(outer, holes)


def sieved(zones: Bytes, grid: Grid, min_area_m2: float) -> Bytes:
    """Zones in which computed patches smaller than an area have joined their largest neighbour.

    Protection areas and unknown cells stay as they are, however small: law is not sieved, and
    nothing becomes known by it. A patch that touches no other computed class stays too.
    """
    size = ceil(min_area_m2 / grid.cell_m**2 - 1e-9)
    if size <= 1:
        return zones
    found = rasterio.features.sieve(zones, size, mask=zones <= CONTROL_2, connectivity=4)
    return np.asarray(found, np.uint8)


def smoothed(pieces: Sequence[Patch], tolerance_cells: float) -> list[Patch]:
    """Patches with smoothed borders, in cell coordinates; neighbours still share theirs.

    `tolerance_cells` squared is the largest triangle, in cells, that is taken off a border.
    Raises `GisError` should the result not be a coverage.
    """
    if not pieces:
        return []
    corners = shapely.segmentize([each.shape for each in pieces], 1.0)
    whole = shapely.transform(corners, np.round)
    found = shapely.coverage_simplify(whole, tolerance_cells)
    if not (shapely.coverage_is_valid(found) and shapely.is_valid(found).all()):
        raise GisError(
            "平滑后相邻的面有重叠或缝隙；请把 smooth_cells 改小或设为 0。",
            "After smoothing neighbours overlap or gape: make smooth_cells smaller, or 0.",
        )
    return [Patch(each.code, polygon) for each, polygon in zip(pieces, found, strict=True)]


def on_plane(pieces: Sequence[Patch], grid: Grid) -> list[Patch]:
    """Patches of cell coordinates on the grid's plane, in metres."""
    a = grid.transform

    def moved(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack([a.c + xy[:, 0] * a.a, a.f + xy[:, 1] * a.e])

    shapes = shapely.transform([each.shape for each in pieces], moved)
    return [Patch(each.code, moved_) for each, moved_ in zip(pieces, shapes, strict=True)]
