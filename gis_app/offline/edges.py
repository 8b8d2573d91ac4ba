"""The nearest place on a zone's boundary, found as the service finds it.

In EPSG:3395, which is conformal on the ellipsoid, with edges cut to 0.005° so that what is straight
in degrees stays so within 4 mm (`gis.edges_of`, `gis.metres_to`); the metres reported are geodesic.
A tree of boxes over the edges in their own order: neighbours along a boundary are neighbours in the
ground.
"""

import numba
import numpy as np

from gis_app.offline.grid import Floats, Ints, cell
from gis_app.offline.ground import Longs

CUT_DEG = 0.005
_A = 6378137.0
_F = 1 / 298.257223563  # of WGS 84, on which 3395 is defined
_E2 = _F * (2 - _F)
_E = _E2**0.5
_FAN = 8
_LEVELS = 12
_NEAR = 1.01  # how much farther than the tolerance a place is looked at in the plane


@numba.njit(nogil=True, cache=True)
def north(lat: float) -> float:
    """Northing in 3395 of a latitude in degrees (Snyder 1987, 7-7)."""
    s = np.sin(np.radians(lat))
    return float(_A * (np.arctanh(s) - _E * np.arctanh(_E * s)))


@numba.njit(nogil=True, cache=True)
def latitude(northing: float, near: float) -> float:
    """The latitude of a northing, by Newton's method from one near to it."""
    phi = np.radians(near)
    for _ in range(5):
        s = np.sin(phi)
        miss = northing / _A - (np.arctanh(s) - _E * np.arctanh(_E * s))
        phi += miss * (1 - _E2 * s * s) * np.cos(phi) / (1 - _E2)
        if abs(miss) < 1e-15:
            break
    return float(np.degrees(phi))


@numba.njit(nogil=True, cache=True)
def _scale(lat: float) -> float:
    """Metres of 3395 to a metre on the ground."""
    s = np.sin(np.radians(lat))
    return float(np.sqrt(1 - _E2 * s * s) / np.cos(np.radians(lat)))


@numba.njit(nogil=True, cache=True)
def _cut(xy: Floats, rings: Longs, first: int, last: int) -> Floats:
    """The edges of rings first…last in 3395, cut: x, y, x, y."""
    count = 0
    for ring in range(first, last):
        for e in range(rings[ring], rings[ring + 1] - 1):
            length = np.hypot(xy[e + 1, 0] - xy[e, 0], xy[e + 1, 1] - xy[e, 1])
            count += max(int(np.ceil(length / CUT_DEG)), 1)
    made = np.empty((count, 4))
    k = 0
    for ring in range(first, last):
        at = rings[ring]
        x, y = np.radians(xy[at, 0]) * _A, north(xy[at, 1])
        for e in range(at, rings[ring + 1] - 1):
            dx, dy = xy[e + 1, 0] - xy[e, 0], xy[e + 1, 1] - xy[e, 1]
            pieces = max(int(np.ceil(np.hypot(dx, dy) / CUT_DEG)), 1)
            for p in range(1, pieces + 1):
                if p == pieces:
                    lon, lat = xy[e + 1, 0], xy[e + 1, 1]
                else:
                    lon, lat = xy[e, 0] + dx * (p / pieces), xy[e, 1] + dy * (p / pieces)
                nx, ny = np.radians(lon) * _A, north(lat)
                made[k, 0], made[k, 1], made[k, 2], made[k, 3] = x, y, nx, ny
                x, y = nx, ny
                k += 1
    return made


@numba.njit(nogil=True, cache=True)
def _tree(edges: Floats) -> tuple[Floats, Longs]:
    """Boxes over eights of edges, over eights of those …; where each level begins, the top last."""
    starts = np.zeros(_LEVELS + 1, np.int64)
    size, levels, total = edges.shape[0], 0, 0
    while True:
        size = (size + _FAN - 1) // _FAN
        starts[levels] = total
        total += size
        levels += 1
        if size == 1:
            break
    boxes = np.empty((total, 4))
    for level in range(levels):
        below = edges if level == 0 else boxes[starts[level - 1] : starts[level]]
        end = starts[level + 1] if level + 1 < levels else total
        for n in range(end - starts[level]):
            a, b = n * _FAN, min((n + 1) * _FAN, below.shape[0])
            x0, y0, x1, y1 = np.inf, np.inf, -np.inf, -np.inf
            for k in range(a, b):
                x0 = min(x0, below[k, 0], below[k, 2])
                y0 = min(y0, below[k, 1], below[k, 3])
                x1 = max(x1, below[k, 0], below[k, 2])
                y1 = max(y1, below[k, 1], below[k, 3])
            box = boxes[starts[level] + n]
            box[0], box[1], box[2], box[3] = x0, y0, x1, y1
    return boxes, starts[: levels + 1]


@numba.njit(nogil=True, cache=True)
def _on(edge: Floats, px: float, py: float) -> tuple[float, float, float]:
    """The squared distance to an edge and the place on it."""
    dx, dy = edge[2] - edge[0], edge[3] - edge[1]
    length = dx * dx + dy * dy
    t = 0.0
    if length > 0.0:
        t = min(max(((px - edge[0]) * dx + (py - edge[1]) * dy) / length, 0.0), 1.0)
    x, y = edge[0] + t * dx, edge[1] + t * dy
    return (x - px) ** 2 + (y - py) ** 2, x, y


@numba.njit(nogil=True, cache=True)
def _away(box: Floats, px: float, py: float) -> float:
    dx = max(box[0] - px, px - box[2], 0.0)
    dy = max(box[1] - py, py - box[3], 0.0)
    return float(dx * dx + dy * dy)


@numba.njit(nogil=True, cache=True)
def _nearest(
    edges: Floats, boxes: Floats, starts: Longs, place: tuple[float, float], most: float, guess: int
) -> int:
    """The nearest edge to a place within a squared distance; -1 where there is none."""
    px, py = place
    best, found = most, -1
    if guess >= 0:
        d, _, _ = _on(edges[guess], px, py)
        if d < best:
            best, found = d, guess
    stack = np.empty((_FAN * _LEVELS, 2), np.int64)
    top = starts.size - 2
    if _away(boxes[starts[top]], px, py) >= best:
        return found
    stack[0, 0], stack[0, 1] = top, 0
    held = 1
    while held > 0:
        held -= 1
        level, n = stack[held, 0], stack[held, 1]
        if _away(boxes[starts[level] + n], px, py) >= best:
            continue
        if level == 0:
            for k in range(n * _FAN, min((n + 1) * _FAN, edges.shape[0])):
                d, _, _ = _on(edges[k], px, py)
                if d < best:
                    best, found = d, k
            continue
        size = starts[level] - starts[level - 1]
        for k in range(n * _FAN, min((n + 1) * _FAN, size)):
            if _away(boxes[starts[level - 1] + k], px, py) < best:
                stack[held, 0], stack[held, 1] = level - 1, k
                held += 1
    return found


@numba.njit(nogil=True, cache=True)
def measured(  # noqa: PLR0913, PLR0917  (a kernel)
    x: Floats, y: Floats, at: Ints, pairs: Longs, xy: Floats, rings: Longs, zones: Longs,
    first: int, last: int,
) -> tuple[Floats, Floats]:  # fmt: skip
    """For the pairs of zones first…last, the nearest place on the zone's boundary, in degrees."""
    begun = pairs[first]
    lon = np.empty(pairs[last] - begun)
    lat = np.empty(pairs[last] - begun)
    for z in range(first, last):
        if pairs[z] == pairs[z + 1]:
            continue
        edges = _cut(xy, rings, zones[z], zones[z + 1])
        boxes, starts = _tree(edges)
        guess = 0
        for k in range(pairs[z], pairs[z + 1]):
            p = at[k]
            px, py = np.radians(x[p]) * _A, north(y[p])
            guess = _nearest(edges, boxes, starts, (px, py), np.inf, guess)
            _, ex, ey = _on(edges[guess], px, py)
            lon[k - begun], lat[k - begun] = np.degrees(ex / _A), latitude(ey, y[p])
    return lon, lat


@numba.njit(nogil=True, cache=True)
def _more(kept: Floats) -> Floats:
    grown = np.empty((kept.shape[0] * 2, 4))
    grown[: kept.shape[0]] = kept
    return grown


@numba.njit(nogil=True, cache=True)
def outside_near(  # noqa: PLR0913, PLR0917  (a kernel)
    x: Floats, y: Floats, reach: Floats, cells: tuple[Ints, int, int, Floats],
    at: Ints, pairs: Longs, xy: Floats, rings: Longs, zones: Longs, boxes_deg: Floats,
    accuracy: Floats, most_m: float, first: int, last: int,
) -> Floats:  # fmt: skip
    """Points outside zones first…last that may lie within both accuracies of the boundary.

    Rows of zone, sorted point, and the nearest place on the boundary in degrees. `reach` and
    `accuracy` are metres, of points and of zones; `most_m` is the greatest reach.
    """
    cell_starts, rows, columns, frame = cells
    kept = np.empty((64, 4))
    n = 0
    mine = np.zeros(x.size, np.uint8)
    for z in range(first, last):
        wide = most_m + accuracy[z]
        top = min(max(abs(boxes_deg[z, 1]), abs(boxes_deg[z, 3])) + wide / 110_000.0, 89.0)
        deg = wide / (110_000.0 * np.cos(np.radians(top)))
        if wide <= 0.0 or boxes_deg[z, 0] - deg > frame[4] or boxes_deg[z, 2] + deg < frame[0]:
            continue
        if boxes_deg[z, 1] - deg > frame[5] or boxes_deg[z, 3] + deg < frame[1]:
            continue
        for k in range(pairs[z], pairs[z + 1]):
            mine[at[k]] = 1
        edges = np.empty((0, 4))
        boxes = np.empty((0, 4))
        starts = np.zeros(0, np.int64)
        guess = -1
        west = cell(boxes_deg[z, 0] - deg, frame[0], frame[2], columns)
        east = cell(boxes_deg[z, 2] + deg, frame[0], frame[2], columns)
        for row in range(
            cell(boxes_deg[z, 1] - deg, frame[1], frame[3], rows),
            cell(boxes_deg[z, 3] + deg, frame[1], frame[3], rows) + 1,
        ):
            for p in range(
                cell_starts[row * columns + west], cell_starts[row * columns + east + 1]
            ):
                if mine[p] == 1:
                    continue
                if starts.size == 0:
                    edges = _cut(xy, rings, zones[z], zones[z + 1])
                    boxes, starts = _tree(edges)
                tolerance = reach[p] + accuracy[z]
                most = tolerance * _NEAR * _scale(min(abs(y[p]) + tolerance / 110_000.0, 89.0))
                px, py = np.radians(x[p]) * _A, north(y[p])
                found = _nearest(edges, boxes, starts, (px, py), most * most, guess)
                if found < 0:
                    continue
                guess = found
                _, ex, ey = _on(edges[found], px, py)
                if n == kept.shape[0]:
                    kept = _more(kept)
                kept[n, 0], kept[n, 1] = z, p
                kept[n, 2], kept[n, 3] = np.degrees(ex / _A), latitude(ey, y[p])
                n += 1
        for k in range(pairs[z], pairs[z + 1]):
            mine[at[k]] = 0
    return kept[:n].copy()
