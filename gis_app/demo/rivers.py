"""Rivers that run along township borders, as rivers do."""

import heapq
from itertools import pairwise

import numpy as np
import shapely
from numpy.random import Generator
from shapely import LineString, Point

from gis_app.crs import FloatArray

Node = tuple[float, float]
# from node to node: the line between, and whether it runs this way
Graph = dict[Node, dict[Node, tuple[FloatArray, bool]]]


def walk(graph: Graph, nodes: list[Node]) -> FloatArray:
    """The drawn line through nodes, each line taken in its own direction."""
    parts = []
    for a, b in pairwise(nodes):
        line, forward = graph[a][b]
        parts.append((line if forward else line[::-1])[:-1])
    return np.vstack([*parts, [nodes[-1]]])


def flow(rng: Generator, graph: Graph) -> tuple[LineString, ...]:
    """A main river from west to east through the town, and two that join it."""
    weight = {(a, b): float(rng.lognormal(0, 0.3)) for a in sorted(graph) for b in sorted(graph[a])}
    main = _path(graph, weight, (-50_000, 7000), (50_000, -9000), swing_m=2600)
    north = _path(graph, weight, (-9000, 50_000), main[int(len(main) * 0.47)], swing_m=3000)
    south = _path(graph, weight, (16_000, -50_000), main[int(len(main) * 0.66)], swing_m=3000)
    joined = [_until(path, set(main)) for path in (north, south)]
    return tuple(LineString(walk(graph, path)) for path in (main, *joined))


def _until(path: list[Node], stop: set[Node]) -> list[Node]:
    """The path as far as its first node in `stop`."""
    end = next(i for i, node in enumerate(path) if node in stop)
    return path[: end + 1]


def _path(
    graph: Graph, weight: dict[tuple[Node, Node], float], start: Node, end: Node, swing_m: float
) -> list[Node]:
    """The cheapest path along borders near a winding guide from start to end."""
    at = np.linspace(0, 1, 60)
    along = np.outer(1 - at, start) + np.outer(at, end)
    across = np.array([start[1] - end[1], end[0] - start[0]], dtype=float)
    across /= np.hypot(*across)
    guide = LineString(along + np.outer(swing_m * np.sin(at * 13), across))
    shapely.prepare(guide)
    nodes = sorted(graph)
    off = dict(zip(nodes, shapely.distance(guide, shapely.points(nodes)) / 1500, strict=True))
    tree = shapely.STRtree(shapely.points(nodes))
    first, last = (nodes[int(tree.nearest(Point(p)))] for p in (start, end))
    best: dict[Node, float] = {first: 0.0}
    came: dict[Node, Node] = {}
    queue = [(0.0, first)]
    while queue:
        cost, here = heapq.heappop(queue)
        if here == last:
            break
        for there in sorted(graph[here]):
            length = float(np.hypot(here[0] - there[0], here[1] - there[1]))
            new = cost + length * weight[here, there] * (1 + off[there] ** 2)
            if new < best.get(there, np.inf):
                best[there], came[there] = new, here
                heapq.heappush(queue, (new, there))
    path = [last]
    while path[-1] != first:
        path.append(came[path[-1]])
    return path[::-1]
