"""Which wells meet which zones, and how far from the boundary: as the service's `well_zone`."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from gis_app.crs import GEOD
from gis_app.offline import edges, kernel
from gis_app.offline.grid import Floats, Grid, Ints, lay
from gis_app.offline.ground import Ground, ground

T = TypeVar("T")
_GEODESICS = 200_000  # measured at once, so that three arrays of them stay small


@dataclass(frozen=True)
class Incidence:
    """Pairs of a well and a zone that touch, by their row numbers.

    `edge_m`: geodesic metres to the zone's boundary, positive inside; `tolerance_m`: the accuracy
    of the position and that of the boundary together. Pairs outside are nearer than that.
    """

    well: Ints
    zone: Ints
    inside: NDArray[np.bool_]
    edge_m: Floats
    tolerance_m: Floats

    def __len__(self) -> int:
        return len(self.well)


def pairs(
    x: Floats, y: Floats, shapes: NDArray[np.object_], *, threads: int = 2
) -> tuple[Ints, Ints]:
    """(well, zone) of every well in or on the boundary of a zone, exactly as GEOS `intersects`.

    `x`, `y`: longitude and latitude (EPSG:4490) of wells; `shapes`: valid polygons. In no
    particular order. Raises `BadInput` for polygons that cross the antimeridian.
    """
    grid = lay(x, y)
    found = kernel.inside(grid, ground(shapes), threads)
    return grid.order[found.at], found.zones()


def meet(
    x: Floats, y: Floats, reach_m: Floats, zones: tuple[NDArray[np.object_], Floats],
    *, threads: int = 2,
) -> Incidence:  # fmt: skip
    """All touching pairs with signed distances, as `gis.meet` in the service.

    `reach_m` are the accuracies of the wells' positions, `zones` the polygons and the accuracies
    of their boundaries, metres. Raises `BadInput` for polygons that cross the antimeridian.
    """
    shapes, accuracy_m = zones
    grid, land = lay(x, y), ground(shapes)
    found = kernel.inside(grid, land, threads)
    reach = np.ascontiguousarray(reach_m[grid.order], dtype=np.float64)
    accuracy = np.ascontiguousarray(accuracy_m, dtype=np.float64)
    inner = _inner(grid, land, found, threads)
    outer = _outer(grid, land, found, (reach, accuracy), threads)
    at = np.concatenate([found.at, outer[:, 1].astype(np.int32)])
    zone = np.concatenate([found.zones(), outer[:, 0].astype(np.int32)])
    to = np.concatenate([inner, outer[:, 2:]])
    within = np.arange(len(at)) < len(found.at)
    metres = geodesic_m(grid.x[at], grid.y[at], to[:, 0], to[:, 1], threads)
    tolerance = reach[at] + accuracy[zone]
    kept = within | (metres < tolerance)
    signed = np.where(within, metres, -metres)
    return Incidence(grid.order[at][kept], zone[kept], within[kept], signed[kept], tolerance[kept])


def geodesic_m(
    lon: Floats, lat: Floats, to_lon: Floats, to_lat: Floats, threads: int = 1
) -> Floats:
    """Geodesic metres between places on the ellipsoid of CGCS2000 (Karney 2013, by PROJ)."""

    def work(start: int) -> Floats:
        part = slice(start, start + _GEODESICS)
        _, _, metres = GEOD.inv(lon[part], lat[part], to_lon[part], to_lat[part])
        return np.asarray(metres, dtype=np.float64)

    return _all(work, range(0, len(lon), _GEODESICS), threads, np.zeros(0))


def _inner(grid: Grid, land: Ground, found: kernel.Inside, threads: int) -> Floats:
    """The nearest place on the boundary for every pair inside."""

    def work(piece: tuple[int, int]) -> Floats:
        lon, lat = edges.measured(
            grid.x, grid.y, found.at, found.starts, land.xy, land.rings, land.zones, *piece
        )
        return np.column_stack([lon, lat])

    return _all(work, kernel.spread(land, threads), threads, np.zeros((0, 2)))


def _outer(
    grid: Grid, land: Ground, found: kernel.Inside, accuracies: tuple[Floats, Floats], threads: int
) -> Floats:
    """Pairs outside that may be near: zone, sorted point, nearest place on the boundary."""
    reach, accuracy = accuracies
    most = float(reach.max(initial=0.0))

    def work(piece: tuple[int, int]) -> Floats:
        cells = grid.starts, grid.rows, grid.columns, grid.frame
        return edges.outside_near(
            grid.x, grid.y, reach, cells, found.at, found.starts, land.xy, land.rings, land.zones,
            land.boxes, accuracy, most, *piece,
        )  # fmt: skip

    if not len(grid.x):
        return np.zeros((0, 4))
    return _all(work, kernel.spread(land, threads), threads, np.zeros((0, 4)))


def _all(work: Callable[[T], Floats], pieces: Iterable[T], threads: int, none: Floats) -> Floats:
    """What work makes of every piece, one after the other."""
    if threads == 1:
        return np.concatenate([none, *map(work, pieces)])
    with ThreadPoolExecutor(threads) as pool:
        return np.concatenate([none, *pool.map(work, pieces)])
