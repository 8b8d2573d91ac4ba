"""A zone on the plane, and the desk that zones are drawn at."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import shapely
from numpy.random import Generator
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from gis_app.demo.ground import Ground
from gis_app.demo.places import Places
from gis_app.demo.shapes import patch, tidy


@dataclass(frozen=True)
class Zone:
    """One zone on the plane. `attrs` holds the layer's own fields; `until` is exclusive."""

    layer: str
    name: str
    shape: BaseGeometry
    since: date | None
    grade: str | None = None
    until: date | None = None
    status: str = "approved"
    accuracy_m: float = 10.0
    code: str | None = None
    attrs: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Desk:
    """What the drawers share: the generator, the ground and the places."""

    rng: Generator
    ground: Ground
    places: Places

    def patch(self, at: Any, radius_m: float, stretch: float = 1.0, turn: float = 0.0) -> Polygon:
        """A natural area about a point (Point or pair), moved by `off` metres."""
        x, y = (at.x, at.y) if isinstance(at, shapely.Point) else at
        return patch(self.rng, float(x), float(y), radius_m, stretch, turn)

    def whole(self, shape: BaseGeometry) -> BaseGeometry:
        """The part of a shape inside the city."""
        return tidy(tidy(shape).intersection(self.ground.outline, grid_size=0.01))
