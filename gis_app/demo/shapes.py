"""Natural shapes on a plane in metres: frayed patches, strips, arcs, and borders truly shared.

Nothing here knows about law or registers. All randomness comes from the generator handed in.
"""

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.random import Generator
from shapely import LineString, MultiPolygon, Polygon
from shapely.affinity import rotate, scale, translate
from shapely.geometry.base import BaseGeometry

from gis_app import crs
from gis_app.crs import FloatArray

# The plane: CGCS2000 Gauss–Krüger, 3° zone 38, with its origin moved to the middle of the city.
GK_ZONE = 38
EAST_0, NORTH_0 = 464_800.0, 4_196_500.0
GRID_M = 0.01
DEGREE_DIGITS = 8  # about a millimetre


def to_lonlat(xy: FloatArray) -> FloatArray:
    """Longitude and latitude (EPSG:4490) of plane points, rounded so that equal stays equal."""
    plane = crs.parse(crs.gk_epsg(GK_ZONE, prefixed=False))
    lon, lat = crs.to_storage(plane, xy[:, 0] + EAST_0, xy[:, 1] + NORTH_0)
    return np.asarray(np.round(np.column_stack([lon, lat]), DEGREE_DIGITS), np.float64)


def on_earth(shape: BaseGeometry) -> BaseGeometry:
    """The shape in EPSG:4490; vertices that coincide on the plane coincide there."""
    return shapely.transform(shape, to_lonlat)


def bridge(rng: Generator, start: FloatArray, end: FloatArray, leeway_m: float) -> FloatArray:
    """A fractal line from start to end, by midpoint displacement at right angles to its chord.

    It is the graph of a function over the chord and keeps within a rhombus whose half-width in
    the middle is `leeway_m`: lines in disjoint rhombs never cross, and none crosses itself.
    """
    length = float(np.hypot(*(end - start)))
    levels = int(np.clip(np.ceil(np.log2(max(length, 1.0) / 70.0)), 3, 8))
    offset = np.zeros(2)
    step = 0.13 * length
    for _ in range(levels):
        middle = (offset[:-1] + offset[1:]) / 2 + rng.normal(0, step, len(offset) - 1)
        offset = np.insert(offset, np.arange(1, len(offset)), middle)
        step *= 0.55
    along = np.linspace(0, 1, len(offset))
    tent = leeway_m * 2 * np.minimum(along, 1 - along)
    offset = np.where(tent > 0, tent * np.tanh(offset / np.maximum(tent, 1e-9)), 0)
    normal = np.array([start[1] - end[1], end[0] - start[0]]) / max(length, 1e-9)
    points = start + np.outer(along, end - start) + np.outer(offset, normal)
    points[0], points[-1] = start, end
    return np.asarray(np.round(points, 2))


def fray(rng: Generator, shape: BaseGeometry, reach_m: float, octaves: int = 6) -> Polygon:
    """The shape with its outline moved to and fro by about `reach_m`, rough at all scales.

    Displaces the whole plane by smooth noise, so holes and necks move along.
    """
    shift = np.zeros((2, octaves * 7))
    number = np.zeros((2, octaves * 7))
    for octave in range(octaves):
        these = slice(octave * 7, octave * 7 + 7)
        angle, wavelength = rng.uniform(0, 2 * np.pi, 7), 15 * reach_m * 0.5**octave
        number[:, these] = 2 * np.pi / wavelength * np.array([np.cos(angle), np.sin(angle)])
        turn = rng.uniform(0, 2 * np.pi, 7)
        shift[:, these] = reach_m * 0.52**octave / 1.9 * np.array([np.cos(turn), np.sin(turn)])
    phase = rng.uniform(0, 2 * np.pi, octaves * 7)

    def moved(xy: FloatArray) -> FloatArray:
        return np.asarray(np.round(xy + np.sin(xy @ number + phase) @ shift.T, 2))

    dense = shapely.segmentize(shape, max(reach_m / 7, 12.0))
    return largest(shapely.make_valid(shapely.transform(dense, moved)))


def lobe(rng: Generator, x: float, y: float, radius_m: float, stretch: float = 1.0) -> Polygon:
    """A rounded, uneven shape about a point, stretched east–west."""
    angle = np.linspace(0, 2 * np.pi, 90, endpoint=False)
    radius = np.ones_like(angle)
    for k in range(2, 8):
        radius += rng.normal(0, 0.28 / k) * np.cos(k * angle + rng.uniform(0, 2 * np.pi))
    radius = np.clip(radius, 0.5, 1.6) * radius_m
    ring = Polygon(np.column_stack([radius * np.cos(angle), radius * np.sin(angle)]))
    return translate(scale(ring, stretch, 1 / stretch, origin=(0, 0)), x, y)


def patch(
    rng: Generator, x: float, y: float, radius_m: float, stretch: float = 1.0, turn: float = 0.0
) -> Polygon:
    """Several lobes grown together and frayed: a natural area of about that radius."""
    parts = [lobe(rng, 0, 0, radius_m * 0.8, stretch)]
    for _ in range(5):
        angle, out = rng.uniform(0, 2 * np.pi), rng.uniform(0.35, 0.75) * radius_m
        east, north = out * np.cos(angle) * stretch, out * np.sin(angle) / stretch
        parts.append(lobe(rng, east, north, radius_m * rng.uniform(0.25, 0.5)))
    whole = translate(rotate(shapely.union_all(parts), turn, origin=(0, 0)), x, y)
    shape = fray(rng, whole, radius_m * 0.1)
    return shape if radius_m < 5000 else fray(rng, shape, radius_m * 0.025)


def strip(rng: Generator, line: LineString, half_width_m: float) -> Polygon:
    """A strip of uneven width along a line."""
    beads = []
    for at in np.arange(0, line.length, half_width_m * 0.8):
        spot = line.interpolate(at)
        beads.append(spot.buffer(half_width_m * rng.uniform(0.5, 1.45)))
    body = shapely.union_all([line.buffer(half_width_m * 0.7), *beads])
    return fray(rng, shapely.Polygon(largest(body).exterior), half_width_m * 0.2)


def stretch_of(line: LineString, start: float, end: float) -> LineString:
    """The part of a line between two fractions of its length."""
    at = np.linspace(start, end, max(int(line.length * (end - start) / 60), 2))
    return LineString(shapely.get_coordinates(line.interpolate(at, normalized=True)))


def largest(shape: BaseGeometry) -> Polygon:
    """The largest polygon of a shape."""
    parts = [p for p in shapely.get_parts(shape, return_index=False) if isinstance(p, Polygon)]
    parts += [q for p in shapely.get_parts(shape) if isinstance(p, MultiPolygon) for q in p.geoms]
    return max(parts, key=lambda p: p.area)


def tidy(shape: BaseGeometry, least_m2: float = 40_000.0) -> BaseGeometry:
    """The shape without specks and pinholes."""
    kept = []
    for part in shapely.get_parts(shape):
        if isinstance(part, Polygon) and part.area >= least_m2:
            holes = [h for h in part.interiors if Polygon(h).area >= least_m2]
            kept.append(Polygon(part.exterior, holes))
    return shapely.union_all(kept)


def together(shapes: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """The shapes, meant to lie side by side, redrawn on common linework.

    Where they touch they have the same vertices; ground claimed twice (a sliver, left by rounding)
    goes to the first.
    """
    lines = shapely.union_all(shapely.boundary(list(shapes)), grid_size=GRID_M)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    inner = shapely.point_on_surface(faces)
    free = np.ones(len(faces), dtype=bool)
    drawn = []
    for shape in shapes:
        shapely.prepare(shape)
        own = free & shapely.contains(shape, inner)
        free &= ~own
        drawn.append(tidy(shapely.coverage_union_all(faces[own]), 100))
    return drawn


def side_by_side(shapes: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """The shapes, each cut back where an earlier one lies, without crumbs, sharing borders."""
    cut: list[BaseGeometry] = []
    for shape in shapes:
        rest = shape.difference(shapely.union_all(cut)) if cut else shape
        cut.append(tidy(rest, max(40_000.0, 0.04 * rest.area)))
    return together(cut)
