"""Points that are hard to place: on vertices, edges, shared borders, and a rounding beside."""

from typing import Any

import numpy as np
import shapely
from shapely import Polygon

Points = np.ndarray[Any, np.dtype[np.float64]]
Shapes = np.ndarray[Any, np.dtype[np.object_]]


def shapes(scale: int, seed: int = 0) -> Shapes:
    """Stars from 10⁻⁷° to 2°, one of many vertices, cells with shared borders, holes, parts."""
    rng = np.random.default_rng(seed)
    made = [
        star(rng, rng.uniform([110, 35], [111, 36]), 10 ** rng.uniform(-7, 0.3),
             int(rng.integers(3, 20 * scale)))
        for _ in range(3 * scale)
    ]  # fmt: skip
    made.append(star(rng, (110.5, 35.5), 0.5, 2500 * scale))
    seeds = shapely.multipoints(rng.uniform([110, 35], [111, 36], (4 * scale, 2)))
    made += list(shapely.get_parts(shapely.voronoi_polygons(seeds)))
    made += [
        shapely.box(110 + i / 8, 35 + j / 8, 110 + (i + 1) / 8, 35 + (j + 1) / 8)
        for i in range(8)
        for j in range(8)
    ]
    holed = shapely.box(110.2, 35.2, 110.8, 35.8).difference(shapely.box(110.3, 35.3, 110.4, 35.7))
    made.append(holed.difference(shapely.box(110.5, 35.3, 110.6, 35.7)))
    apart = [star(rng, (110.1 + k / 5, 35.9), 0.08, 60) for k in range(5)]
    touching = [shapely.box(110.0, 35.0, 110.1, 35.1), shapely.box(110.1, 35.1, 110.2, 35.2)]
    made += [shapely.MultiPolygon(apart), shapely.MultiPolygon(touching)]
    return np.array(made, dtype=object)


def star(rng: np.random.Generator, centre: Any, radius: float, corners: int) -> Polygon:
    """A valid polygon of spikes."""
    angle = np.sort(rng.uniform(0, 2 * np.pi, corners))
    r = radius * rng.uniform(0.3, 1, corners)
    ring = Polygon(np.c_[centre[0] + r * np.cos(angle), centre[1] + r * np.sin(angle)])
    parts = shapely.get_parts(shapely.make_valid(ring))
    return max((p for p in parts if p.geom_type == "Polygon"), key=lambda p: p.area)


def points(of: Shapes, seed: int = 1) -> Points:
    """Vertices, middles of edges, places along them, places level with vertices; each as it is and
    moved by one rounding to each of four sides.
    """
    rng = np.random.default_rng(seed)
    corners = shapely.get_coordinates(of)
    begin, end = corners[:-1], corners[1:]
    along = begin + (end - begin) * rng.uniform(size=(len(begin), 1))
    level = np.c_[rng.uniform(110, 111, len(corners)), corners[:, 1]]
    base = np.concatenate([corners, (begin + end) / 2, along, level])
    moved = [base]
    for far in (-np.inf, np.inf):
        moved.append(np.c_[np.nextafter(base[:, 0], far), base[:, 1]])
        moved.append(np.c_[base[:, 0], np.nextafter(base[:, 1], far)])
    return np.concatenate(moved)


def geos(xy: Points, of: Shapes) -> Points:
    """The pairs that GEOS finds, as numbers: point × shapes + shape."""
    shapely.prepare(of)
    found = []
    for n, (shape, box) in enumerate(zip(of, shapely.bounds(of), strict=True)):
        near = (xy >= box[:2]).all(axis=1) & (xy <= box[2:]).all(axis=1)
        candidates = np.flatnonzero(near)
        met = shapely.intersects_xy(shape, xy[candidates, 0], xy[candidates, 1])
        found.append(candidates[met] * len(of) + n)
    return np.unique(np.concatenate(found))
