"""Where people live and work in the made city: seats, villages, parks, mines, well fields."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.random import Generator
from shapely import LineString, Point, Polygon
from shapely.ops import nearest_points

from gis_app.crs import FloatArray
from gis_app.demo.ground import MINING, NORTH, SOUTH, URBAN, Ground, IntArray
from gis_app.demo.shapes import largest

VILLAGES = 420


@dataclass(frozen=True)
class Places:
    """Points on the plane, metres; `river` is the main river within the city."""

    river: LineString
    town: Point
    mining_town: Point
    south_seat: Point
    north_seat: Point
    spring: Point
    villages: FloatArray
    village_cell: IntArray
    parks: FloatArray
    mines: FloatArray
    well_fields: FloatArray


def place(rng: Generator, ground: Ground) -> Places:
    """Settlements laid on the ground, denser towards the town and along the rivers."""
    river = _within(ground.rivers[0], ground.outline)
    villages, cell = _villages(rng, ground)
    town = _on(river, ground.district_area(URBAN).centroid)
    return Places(
        river=river,
        town=town,
        mining_town=ground.district_area(MINING).centroid,
        south_seat=_middle_seat(ground, SOUTH),
        north_seat=_middle_seat(ground, NORTH),
        spring=river.interpolate(river.length - 4200),
        villages=villages,
        village_cell=cell,
        parks=_apart(rng, ground, 11, 5000, 15_000),
        mines=_apart(rng, ground, 7, 6000, 24_000),
        well_fields=_well_fields(ground, river),
    )


def _within(line: LineString, area: Polygon) -> LineString:
    inner = [p for p in shapely.get_parts(line.intersection(area)) if isinstance(p, LineString)]
    joined = shapely.line_merge(shapely.union_all(inner))
    return LineString(max(shapely.get_parts(joined), key=lambda p: float(p.length)))


def _on(line: LineString, point: Point) -> Point:
    return nearest_points(line, point)[0]


def _middle_seat(ground: Ground, district: int) -> Point:
    """The township seat nearest to the middle of a district."""
    area = ground.district_area(district)
    middle = largest(area.simplify(150).buffer(-3500)).representative_point()
    seats = ground.seats[ground.district == district]
    return Point(seats[np.hypot(*(seats - [middle.x, middle.y]).T).argmin()])


def _villages(rng: Generator, ground: Ground) -> tuple[FloatArray, IntArray]:
    """Villages at least 700 m apart, each with the number of its township."""
    water = shapely.union_all([r.simplify(100) for r in ground.rivers])
    shapely.prepare(water)
    tree = shapely.STRtree(ground.cells)
    tried = rng.uniform(-42_000, 42_000, (9000, 2))
    points = shapely.points(tried)
    hit, cell = tree.query(points, predicate="within")
    by_water = np.exp(-shapely.distance(water, points) / 3000)
    central = np.exp(-np.hypot(*tried.T) / 15_000)
    wanted = rng.random(len(tried)) < 0.22 + 0.6 * by_water + 0.35 * central
    kept: list[int] = []
    for row, index in enumerate(hit):
        clear = np.hypot(*(tried[hit[kept]] - tried[index]).T) if kept else np.array([np.inf])
        if wanted[index] and clear.min() > 700:
            kept.append(row)
        if len(kept) == VILLAGES:
            break
    return np.round(tried[hit[kept]], 1), cell[kept].astype(np.int64)


def _apart(rng: Generator, ground: Ground, count: int, least_m: float, most_m: float) -> FloatArray:
    """Points inside the city at some distance from its middle and from each other."""
    inner = ground.outline.simplify(150).buffer(-2500)
    kept: list[FloatArray] = []
    while len(kept) < count:
        angle, out = rng.uniform(0, 2 * np.pi), rng.uniform(least_m, most_m)
        spot = np.round(out * np.array([np.cos(angle), np.sin(angle)]), 1)
        clear = min((float(np.hypot(*(spot - k))) for k in kept), default=np.inf)
        if clear > 3000 and inner.contains(Point(spot)):
            kept.append(spot)
    return np.array(kept)


def _well_fields(ground: Ground, river: LineString) -> FloatArray:
    """The waterworks' well fields: two on the main river, one on each of the others."""
    spots = [river.interpolate(at, normalized=True) for at in (0.16, 0.68)]
    spots += [
        _within(r, ground.outline).interpolate(0.45, normalized=True) for r in ground.rivers[1:]
    ]
    return shapely.get_coordinates(spots)
