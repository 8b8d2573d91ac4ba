"""How a drawn zone lies to its neighbours: the gaps between them and the slivers they share."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from gis_app.crs import GEOD, area_m2
from gis_app.law import Words

LEAST_M2 = 1.0  # as of overlaps: smaller ones are left over from rounding
LEAST_M, MOST_M = 1.0, 200.0  # of a tolerance
_TOUCHING_M = 0.05
_DEGREE_M = np.pi / 180 * GEOD.a


@dataclass(frozen=True)
class Neighbour:
    """A zone beside the drawn one: its shape near it, and how far apart their borders may be one.

    `tolerance_m` is the accuracy of both borders together: what is narrower cannot be told from
    the inaccuracy of the lines.
    """

    zone_id: int
    name: str
    shape: BaseGeometry
    tolerance_m: float


@dataclass(frozen=True)
class Flaw:
    """A strip that should not be there, in degrees, and the way out."""

    shape: BaseGeometry
    area_m2: float
    between: tuple[int, ...]
    remedy: Words


def gaps(drawn: BaseGeometry, beside: Sequence[Neighbour]) -> list[Flaw]:
    """Ground between the drawn zone and its neighbours that is narrower than the tolerance."""
    if not beside:
        return []
    plane = _Plane(drawn)
    ours = plane.flat(drawn)
    theirs = [plane.flat(each.shape) for each in beside]
    widest = max(each.tolerance_m for each in beside)
    near = ours.buffer(3 * widest, join_style="mitre")
    together = shapely.union_all([ours.intersection(near), *(t.intersection(near) for t in theirs)])
    # grown and shrunk by half the width with sharp corners, a shape is itself but for narrow gaps
    half = widest / 2
    closed = together.buffer(half, join_style="mitre").buffer(-half, join_style="mitre")
    found = []
    for strip in _parts(closed.difference(together)):
        touched = [
            each
            for each, their in zip(beside, theirs, strict=True)
            if strip.distance(their) < _TOUCHING_M
        ]
        if touched and strip.distance(ours) < _TOUCHING_M:
            found += _flaw(plane.degrees(strip), touched, _gap_words(touched, widest))
    return found


def slivers(drawn: BaseGeometry, beside: Sequence[Neighbour]) -> list[Flaw]:
    """Narrow strips that the drawn zone shares with a neighbour, and narrow pieces of its own."""
    plane = _Plane(drawn)
    found = []
    for each in beside:
        for strip in _parts(drawn.intersection(each.shape)):
            if _narrow(plane.flat(strip), each.tolerance_m):
                found += _flaw(strip, [each], _sliver_words(each))
    pieces = _parts(drawn)
    for piece in pieces if len(pieces) > 1 else []:
        if _narrow(plane.flat(piece), LEAST_M):
            found += _flaw(piece, [], _CRUMB)
    return found


def _flaw(shape: BaseGeometry, touched: Sequence[Neighbour], remedy: Words) -> list[Flaw]:
    size = area_m2(shape)
    between = tuple(sorted({each.zone_id for each in touched}))
    return [Flaw(shape, size, between, remedy)] if size >= LEAST_M2 else []


def _narrow(shape: BaseGeometry, width_m: float) -> bool:
    return bool(shape.buffer(-width_m / 2).is_empty)


def _parts(shape: BaseGeometry) -> list[BaseGeometry]:
    parts = shapely.get_parts(shapely.get_parts(shape))
    return [part for part in parts if part.geom_type == "Polygon" and not part.is_empty]


def _gap_words(touched: Sequence[Neighbour], width_m: float) -> Words:
    names = sorted({each.name for each in touched})
    return Words(
        f"与“{'、'.join(names)}”之间有窄于 {width_m:g} 米的缝隙，小于两边的边界精度。"
        "应相接的，请捕捉到邻区的边界，使两区共用一条界线；确实不相接的，可以保留。",
        f"Between this and {', '.join(names)} lies a gap narrower than {width_m:g} m, less than "
        "the accuracy of the two borders. Where they should meet, snap to the neighbour's border "
        "so that both share one line; where they do not meet on the ground, leave it.",
    )


def _sliver_words(each: Neighbour) -> Words:
    return Words(
        f"与“{each.name}”重叠成窄于 {each.tolerance_m:g} 米的狭条，小于两边的边界精度。"
        "请沿邻区的边界裁去，或捕捉到它的顶点。",
        f"It overlaps {each.name} in a strip narrower than {each.tolerance_m:g} m, less than the "
        "accuracy of the two borders. Clip it along that border, or snap to its vertices.",
    )


_CRUMB = Words(
    f"这是窄于 {LEAST_M:g} 米的碎片，多为裁切所遗。请删去。",
    f"This piece is narrower than {LEAST_M:g} m, mostly left over by a cut. Delete it.",
)


class _Plane:
    """Metres around a shape: true to a percent over a zone, which widths of metres allow."""

    def __init__(self, shape: BaseGeometry) -> None:
        west, south, east, north = shape.bounds
        self._origin = np.array([(west + east) / 2, (south + north) / 2])
        self._scale = np.array([_DEGREE_M * cos(radians(self._origin[1])), _DEGREE_M])

    def flat(self, shape: BaseGeometry) -> BaseGeometry:
        """From degrees."""
        return shapely.transform(shape, self._flat)

    def degrees(self, shape: BaseGeometry) -> BaseGeometry:
        """To degrees."""
        return shapely.transform(shape, lambda xy: xy / self._scale + self._origin)

    def _flat(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        flat: NDArray[np.float64] = (points - self._origin) * self._scale
        return flat
