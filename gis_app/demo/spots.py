"""Points that lie surely in some zones and surely out of others."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
import shapely
from numpy.random import Generator
from shapely import Point
from shapely.geometry.base import BaseGeometry

from gis_app.demo.desk import Zone
from gis_app.demo.register import LAST_DAY
from gis_app.demo.shapes import largest
from gis_app.errors import GisError
from gis_app.layer import in_force

# of which area (its id; 0: none), clear of what, by how much
_Key = tuple[int, tuple[str, ...], float]
_COARSE_M = 15.0  # outlines are simplified by so much before they are moved


def _coarse(area: BaseGeometry) -> BaseGeometry:
    return area.simplify(_COARSE_M).buffer(0)


@dataclass(frozen=True)
class Spots:
    """Finds points that lie surely in some zones and surely out of others.

    `on`: the day on which what is placed there shows what it is there to show.
    """

    rng: Generator
    zones: Sequence[Zone]
    on: date
    _found: dict[_Key, tuple[BaseGeometry, BaseGeometry]] = field(default_factory=dict)

    @cached_property
    def _areas(self) -> dict[str, BaseGeometry]:
        found: dict[str, list[BaseGeometry]] = {}
        for z in self.zones:
            if in_force(z.status, z.since, z.until, LAST_DAY):
                found.setdefault(z.layer, []).append(z.shape)
        return {layer: shapely.union_all(shapes) for layer, shapes in found.items()}

    @cached_property
    def _coarse_areas(self) -> dict[str, BaseGeometry]:
        return {layer: _coarse(area) for layer, area in self._areas.items()}

    def area(self, layer: str) -> BaseGeometry:
        """All zones of a layer in force, together."""
        return self._areas[layer]

    def named(self, text: str) -> BaseGeometry:
        """The first zone whose name holds the text."""
        return next(z.shape for z in self.zones if text in z.name)

    def county(self, code: str) -> BaseGeometry:
        """The area of a county."""
        return next(z.shape for z in self.zones if z.layer == "district" and z.code == code)

    def within(self, keep: BaseGeometry, *away: str, clear_m: float = 80.0) -> Point:
        """A point inside an area, nowhere nearer to its border than `clear_m`.

        `away` names layers to keep as far from; a wish, given up where no such point is found.
        """
        free = self._free(keep, away, clear_m)
        if free.is_empty:
            return largest(keep.buffer(-5)).representative_point()
        box = free.bounds
        while True:
            spot = Point(self.rng.uniform(box[0], box[2]), self.rng.uniform(box[1], box[3]))
            if free.contains(spot):
                return spot

    def _free(self, keep: BaseGeometry, away: tuple[str, ...], clear_m: float) -> BaseGeometry:
        """The largest piece of an area's inside that is clear of the layers, or else of none."""
        key = (id(keep), away, clear_m)
        if key not in self._found:
            inner = _coarse(keep).buffer(-clear_m - _COARSE_M)
            free = inner.difference(self._clear_of(away, clear_m))
            free = inner if free.is_empty else free
            piece = free if free.is_empty else largest(free)
            shapely.prepare(piece)
            self._found[key] = keep, piece  # an area that is kept keeps its id
        return self._found[key][1]

    def _clear_of(self, away: tuple[str, ...], clear_m: float) -> BaseGeometry:
        key = (0, away, clear_m)
        if key not in self._found:
            areas = [self._coarse_areas[layer] for layer in away]
            near = shapely.union_all(areas).buffer(clear_m + _COARSE_M)
            self._found[key] = near, near
        return self._found[key][1]

    def beside(self, line: BaseGeometry, inside: BaseGeometry, off_m: float, *away: str) -> Point:
        """A point `off_m` from a line, on the side of `inside`; `away` as in `within`."""
        lines = shapely.union_all([p for p in shapely.get_parts(line) if p.length > 0])
        free = lines.difference(self._clear_of(away, 80.0 + off_m))
        free = lines if free.is_empty else free
        parts = shapely.get_parts(shapely.line_merge(free))
        longest = max(parts, key=lambda p: float(p.length))
        for _ in range(2000):
            foot = longest.interpolate(self.rng.uniform(0.3, 0.7), normalized=True)
            turn = self.rng.uniform(0, 2 * np.pi)
            spot = Point(foot.x + off_m * np.cos(turn), foot.y + off_m * np.sin(turn))
            exact = abs(line.distance(spot) - off_m) < 0.02 * off_m
            if exact and inside.contains(spot):
                return spot
        raise GisError("示例城市没有合适的位置。", "The sample city has no such place.")
