"""The ground of the made city: townships, the districts and units they form, rivers, settlements.

One tessellation carries everything. Its edges are drawn once, as fractal lines, and every
border is made of them: districts and units partition the city without gap or overlap, and the
rivers run along township borders as rivers do.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import shapely
from numpy.random import Generator
from numpy.typing import NDArray
from shapely import LineString, MultiPoint, Polygon

from gis_app.crs import FloatArray
from gis_app.demo.rivers import Graph, Node, flow, walk
from gis_app.demo.shapes import bridge, largest

IntArray = NDArray[np.int64]

# county codes of prefecture 1403 (NBS 2023-06-30); the names are made up to be seen as such
DISTRICTS = (
    ("140302", "示例城区"),
    ("140303", "示例矿区"),
    ("140311", "示例郊区"),
    ("140321", "示例平定县"),
    ("140322", "示例盂县"),
)
URBAN, MINING, SUBURB, SOUTH, NORTH = range(5)
UNITS_PER_DISTRICT = (1, 1, 3, 4, 4)
HALF_BOX_M = 52_000.0


@dataclass(frozen=True)
class Ground:
    """Townships (one polygon each) with their district and unit, and what lies on them."""

    cells: list[Polygon]
    district: IntArray
    unit: IntArray
    seats: FloatArray
    rivers: tuple[LineString, ...]

    def union(self, which: NDArray[np.bool_]) -> Polygon:
        """The townships of a mask as one area, on exactly their borders."""
        members = [c for c, w in zip(self.cells, which, strict=True) if w]
        return largest(shapely.coverage_union_all(members))

    def district_area(self, number: int) -> Polygon:
        """The area of a district."""
        return self.union(self.district == number)

    @cached_property
    def outline(self) -> Polygon:
        """The whole city."""
        return self.union(self.district >= 0)


def lay(rng: Generator) -> Ground:
    """A ground drawn from the generator."""
    seeds = _scatter(rng)
    edges = _voronoi_edges(seeds)
    graph = _draw(rng, seeds, edges)
    district = _settle(_neighbours(edges), _assign_districts(rng, seeds))
    inside = np.flatnonzero(district >= 0)
    unit = _units(rng, seeds, edges, district)
    cells = [_cell(graph, edges, int(i)) for i in inside]
    return Ground(cells, district[inside], unit[inside], seeds[inside], flow(rng, graph))


def _scatter(rng: Generator) -> FloatArray:
    """Township seats, close together in the middle and apart at the rim."""
    kept = np.empty((0, 2))
    for point in rng.uniform(-HALF_BOX_M, HALF_BOX_M, (6000, 2)):
        apart = 1700 + 3300 * min(float(np.hypot(*point)) / 26_000, 1.0)
        if len(kept) == 0 or np.hypot(*(kept - point).T).min() > apart:
            kept = np.vstack([kept, point])
    return np.asarray(np.round(kept, 1))


def _voronoi_edges(seeds: FloatArray) -> dict[tuple[int, int], tuple[Node, Node]]:
    """The straight edge between every two neighbouring seeds."""
    cells = shapely.get_parts(shapely.voronoi_polygons(MultiPoint(seeds), ordered=True))
    beside: dict[tuple[Node, Node], list[int]] = defaultdict(list)
    for number, cell in enumerate(cells):
        ring = [(round(float(x), 0), round(float(y), 0)) for x, y in cell.exterior.coords]
        for a, b in pairwise(ring):
            if a != b:
                beside[min(a, b), max(a, b)].append(number)
    return {(two[0], two[1]): edge for edge, two in sorted(beside.items()) if len(two) == 2}


def _neighbours(edges: dict[tuple[int, int], tuple[Node, Node]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for i, j in edges:
        found[i].append(j)
        found[j].append(i)
    return found


def _draw(
    rng: Generator, seeds: FloatArray, edges: dict[tuple[int, int], tuple[Node, Node]]
) -> Graph:
    """Every edge as a fractal line, kept within the kite of its two seeds so that none cross."""
    graph: Graph = defaultdict(dict)
    for (i, j), (a, b) in edges.items():
        leeway = 0.8 * float(np.hypot(*(seeds[i] - seeds[j]))) / 2
        line = bridge(rng, np.array(a), np.array(b), leeway)
        graph[a][b] = (line, True)
        graph[b][a] = (line, False)
    return graph


def _cell(graph: Graph, edges: dict[tuple[int, int], tuple[Node, Node]], number: int) -> Polygon:
    """The township of a seed: its edges put end to end."""
    ends: dict[Node, list[Node]] = defaultdict(list)
    for (i, j), (a, b) in edges.items():
        if number in (i, j):
            ends[a].append(b)
            ends[b].append(a)
    start = min(ends)
    path = [start, ends[start][0]]
    while path[-1] != start:
        path.append(next(n for n in ends[path[-1]] if n != path[-2]))
    return Polygon(walk(graph, path))


def _assign_districts(rng: Generator, seeds: FloatArray) -> IntArray:
    """A first guess: a core of two, a ring about it, and two counties; −1 is another city."""
    x, y = seeds.T
    angle, out = np.arctan2(y, x), np.hypot(x, y)

    def wavy(mean: float, swing: float) -> FloatArray:
        ring = np.full(len(out), mean, np.float64)
        for k in (2, 3, 4, 5):
            ring += swing / np.sqrt(k) * np.cos(k * angle + rng.uniform(0, 2 * np.pi))
        return np.asarray(ring)

    county = np.where(y > 2500 + 0.25 * x + 3500 * np.sin(x / 7000), NORTH, SOUTH)
    core = np.where(x > -1200 + 900 * np.sin(y / 1500), URBAN, MINING)
    found = np.where(out < wavy(12_500, 2200), SUBURB, county)
    found = np.where(out < wavy(5600, 500), core, found)
    return np.where(out < wavy(30_000, 3200), found, -1)


def _settle(neighbours: dict[int, list[int]], label: IntArray) -> IntArray:
    """The labels with every district in one piece: strays join a neighbour's district."""
    label = label.copy()
    for _ in range(10):
        strays = [s for value in np.unique(label) for s in _strays(neighbours, label, int(value))]
        if not strays:
            break
        for stray in strays:
            around = [int(label[n]) for n in neighbours[stray] if label[n] != label[stray]]
            if around:
                label[stray] = max(sorted(set(around)), key=around.count)
    return label


def _strays(neighbours: dict[int, list[int]], label: IntArray, value: int) -> list[int]:
    """The members of a district that do not hang together with its largest piece."""
    left = [int(i) for i in np.flatnonzero(label == value)]
    pieces: list[list[int]] = []
    while left:
        piece, front = [], [left[0]]
        left = left[1:]
        while front:
            here = front.pop()
            piece.append(here)
            joined = [n for n in neighbours[here] if n in left]
            left = [n for n in left if n not in joined]
            front += joined
        pieces.append(piece)
    pieces.sort(key=len, reverse=True)
    return [member for piece in pieces[1:] for member in piece]


def _units(
    rng: Generator,
    seeds: FloatArray,
    edges: dict[tuple[int, int], tuple[Node, Node]],
    district: IntArray,
) -> IntArray:
    """Management units: each district cut into its number of compact groups of townships."""
    unit = np.full(len(seeds), -1)
    first = 0
    for number, count in enumerate(UNITS_PER_DISTRICT):
        members = np.flatnonzero(district == number)
        centres = seeds[rng.choice(members, count, replace=False)]
        for _ in range(20):
            apart = np.hypot(*(seeds[members, None] - centres).transpose(2, 0, 1))
            nearest = apart.argmin(axis=1)
            groups = [seeds[members[nearest == k]] for k in range(count)]
            centres = np.array([g.mean(axis=0) for g in groups])
        unit[members] = first + nearest
        first += count
    within = {
        i: [n for n in around if district[n] == district[i]]
        for i, around in _neighbours(edges).items()
    }
    return _settle(defaultdict(list, within), unit)
