"""Zones as flat arrays of vertices: what the kernels read."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from gis_app.errors import BadInput
from gis_app.offline.grid import Floats

Longs = NDArray[np.int64]
_AT_ONCE = 250  # shapely copies what it takes apart, twice


@dataclass(frozen=True)
class Ground:
    """Polygons in longitude and latitude (EPSG:4490).

    `xy` are all vertices, ring after ring; ring r has those from `rings[r]` to `rings[r + 1]`,
    zone z the rings from `zones[z]` to `zones[z + 1]`. `boxes` are xmin, ymin, xmax, ymax.
    """

    shapes: NDArray[np.object_]
    xy: Floats
    rings: Longs
    zones: Longs
    boxes: Floats

    def __len__(self) -> int:
        return len(self.shapes)


def ground(shapes: NDArray[np.object_]) -> Ground:
    """Polygons and multipolygons as arrays; all are valid.

    Raises `BadInput` for one that crosses the antimeridian: between its vertices it would go the
    long way round.
    """
    boxes = shapely.bounds(shapes).reshape(-1, 4)
    refuse_antimeridian(boxes)
    if not len(shapes):
        return Ground(shapes, np.zeros((0, 2)), np.zeros(1, np.int64), np.zeros(1, np.int64), boxes)
    flat = [_flat(shapes[at : at + _AT_ONCE]) for at in range(0, len(shapes), _AT_ONCE)]
    xy = np.concatenate([vertices for vertices, _ in flat])
    rings, parts, zones = (_continued([offsets[n] for _, offsets in flat]) for n in range(3))
    return Ground(shapes, xy, rings, parts[zones], boxes)


def _flat(shapes: NDArray[np.object_]) -> tuple[Floats, list[Longs]]:
    """Vertices; where rings, parts and shapes begin, each in what stands before it."""
    multi = np.where(
        shapely.get_type_id(shapes) == shapely.GeometryType.POLYGON,
        [shapely.multipolygons([s]) if s.geom_type == "Polygon" else s for s in shapes],
        shapes,
    )
    _, xy, offsets = shapely.to_ragged_array(multi, include_z=False)
    return xy, [np.asarray(each, dtype=np.int64) for each in offsets]


def _continued(offsets: Sequence[Longs]) -> Longs:
    """Offsets of several pieces as those of the whole."""
    whole, end = [np.zeros(1, np.int64)], 0
    for each in offsets:
        whole.append(each[1:] + end)
        end += each[-1]
    return np.concatenate(whole)


def refuse_antimeridian(boxes: Floats) -> None:
    """Raise `BadInput` naming the rows of shapes that reach over 180° of longitude."""
    with np.errstate(invalid="ignore"):
        over = (boxes[:, 0] < -180) | (boxes[:, 2] > 180) | (boxes[:, 2] - boxes[:, 0] > 180)
    if over.any():
        rows = "、".join(str(n) for n in np.flatnonzero(over)[:5])
        raise BadInput(
            f"区划第 {rows} 行（从 0 数）跨越 180° 经线（或经度超出 ±180°）："
            "在经纬度平面内其范围无从判定。请沿 180° 经线切成两块（多面）后再审计。",
            f"Zones in rows {rows} (from 0) cross the antimeridian or leave ±180°: what they cover "
            "cannot be told in longitude and latitude. Cut them along 180° into two parts "
            "(a multipolygon) first.",
        )
