"""Which points lie in which polygons, exactly as GEOS answers (`intersects`: the boundary is in).

A cell of the grid that no edge of a zone touches is wholly in or out, which one of its points
decides, for a whole run of cells in a row. Only points of cells that an edge crosses are tested,
against the edges of that row. The test is the sign of a determinant with an error bound (Shewchuk
1997, the bound GEOS itself filters with); what lies within the bound is left to GEOS.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import numba
import numpy as np
import shapely

from gis_app.offline.grid import Floats, Grid, Ints, cell
from gis_app.offline.ground import Ground, Longs

OUT, IN, DOUBT = 0, 1, 2
_BOUND = 1e-15  # of the sum of the products' magnitudes; (3 + 16ε)ε = 3.3e-16 is enough
_TINY = 1e-280  # products below may have lost bits to underflow
_CHUNKS_A_THREAD = 8


@dataclass(frozen=True)
class Inside:
    """Pairs of zone and point: zone z holds the sorted points `at[starts[z]:starts[z + 1]]`.

    Sorted points are those of the grid: `grid.order[at]` are their numbers.
    """

    at: Ints
    starts: Longs

    def zones(self) -> Ints:
        """The zone of every pair."""
        return np.repeat(np.arange(len(self.starts) - 1, dtype=np.int32), np.diff(self.starts))


def inside(grid: Grid, ground: Ground, threads: int = 2) -> Inside:
    """All pairs of a zone and a point in it or on its boundary."""
    if not len(grid.x) or not len(ground):
        return Inside(np.zeros(0, np.int32), np.zeros(len(ground) + 1, np.int64))
    pieces = spread(ground, threads)

    def work(piece: tuple[int, int]) -> tuple[Ints, Ints]:
        runs, doubts = _runs(
            grid.x, grid.y, grid.starts, grid.rows, grid.columns, grid.frame,
            ground.xy, ground.rings, ground.zones, ground.boxes, *piece,
        )  # fmt: skip
        return runs, _settled(doubts, grid, ground)

    if threads == 1:
        found = [work(piece) for piece in pieces]
    else:
        with ThreadPoolExecutor(threads) as pool:
            found = list(pool.map(work, pieces))
    return _joined(found, len(ground))


def spread(ground: Ground, threads: int) -> Sequence[tuple[int, int]]:
    """Zones in consecutive pieces of about as many vertices each."""
    if not len(ground):
        return []
    ends = ground.rings[ground.zones[1:]]
    wanted = threads * _CHUNKS_A_THREAD
    cuts = np.searchsorted(ends, np.linspace(0, ends[-1], wanted + 1)[1:-1]) + 1
    edges = np.unique(np.concatenate([[0], np.minimum(cuts, len(ground)), [len(ground)]]))
    return [(int(a), int(b)) for a, b in pairwise(edges)]


def _settled(doubts: Ints, grid: Grid, ground: Ground) -> Ints:
    """The doubtful (zone, point) that GEOS finds to meet, as runs of one."""
    if not len(doubts):
        return np.zeros((0, 3), np.int32)
    shapes = ground.shapes[doubts[:, 0]]
    shapely.prepare(ground.shapes[np.unique(doubts[:, 0])])
    met = shapely.intersects_xy(shapes, grid.x[doubts[:, 1]], grid.y[doubts[:, 1]])
    kept = doubts[met]
    return np.column_stack([kept, np.ones(len(kept), np.int32)])


def _joined(found: Sequence[tuple[Ints, Ints]], zones: int) -> Inside:
    counts = np.zeros(zones, np.int64)
    for piece in found:
        for runs in piece:
            counts += np.bincount(runs[:, 0], runs[:, 2], zones).astype(np.int64)
    starts = np.concatenate([[0], np.cumsum(counts)])
    at = np.empty(starts[-1], np.int32)
    filled = starts[:-1].copy()
    for piece in found:
        for runs in piece:
            _spelt(runs, filled, at)
    return Inside(at, starts)


@numba.njit(nogil=True, cache=True)
def _spelt(runs: Ints, filled: Longs, at: Ints) -> None:
    for r in range(runs.shape[0]):
        zone = runs[r, 0]
        k = filled[zone]
        for p in range(runs[r, 1], runs[r, 1] + runs[r, 2]):
            at[k] = p
            k += 1
        filled[zone] = k


@numba.njit(nogil=True, cache=True)
def _side(px: float, py: float, xy: Floats, edges: Longs, a: int, b: int) -> int:
    """Whether a point lies in a polygon whose edges of the point's row are edges[a:b]."""
    odd = False
    for k in range(a, b):
        e = edges[k]
        x1, y1, x2, y2 = xy[e, 0], xy[e, 1], xy[e + 1, 0], xy[e + 1, 1]
        if (y1 > py) == (y2 > py):
            if y1 == py and (x1 == px or (y2 == py and min(x1, x2) <= px <= max(x1, x2))):
                return DOUBT
            if y2 == py and x2 == px:
                return DOUBT
            continue
        if x1 < px and x2 < px:
            continue
        if x1 > px and x2 > px:
            odd = not odd
            continue
        left = (x1 - px) * (y2 - py)
        right = (y1 - py) * (x2 - px)
        det = left - right
        size = abs(left) + abs(right)
        if abs(det) <= _BOUND * size or size < _TINY:
            return DOUBT
        if (det > 0.0) == (y2 > y1):
            odd = not odd
    return IN if odd else OUT


@numba.njit(nogil=True, cache=True)
def _grown(rows: Ints) -> Ints:
    more = np.empty((rows.shape[0] * 2, rows.shape[1]), np.int32)
    more[: rows.shape[0]] = rows
    return more


@numba.njit(nogil=True, cache=True)
def _reach(xy: Floats, e: int, row: int, frame: Floats, rows: int, columns: int) -> tuple[int, int]:
    """The columns in which an edge may lie within a row of the grid: never too few."""
    x1, y1, x2, y2 = xy[e, 0], xy[e, 1], xy[e + 1, 0], xy[e + 1, 1]
    least, most = min(x1, x2), max(x1, x2)
    x0, y0, per_x, per_y = frame[0], frame[1], frame[2], frame[3]
    low, high = min(y1, y2), max(y1, y2)
    if cell(low, y0, per_y, rows) != cell(high, y0, per_y, rows):
        # far more than rounding can move the line, or the border of the row
        pad = 1e-9 / per_y + 1e-14 * (abs(y0) + abs(low) + abs(high))
        bottom = y0 + row / per_y - pad if row > 0 else low
        top = y0 + (row + 1) / per_y + pad if row < rows - 1 else high
        t1 = min(max((bottom - y1) / (y2 - y1), 0.0), 1.0)
        t2 = min(max((top - y1) / (y2 - y1), 0.0), 1.0)
        xa, xb = x1 + t1 * (x2 - x1), x1 + t2 * (x2 - x1)
        side = 1e-9 / per_x + 1e-14 * (abs(x0) + abs(x1) + abs(x2))
        least = max(least, min(xa, xb) - side)
        most = min(most, max(xa, xb) + side)
    return cell(least, x0, per_x, columns), cell(most, x0, per_x, columns)


@numba.njit(nogil=True, cache=True)
def _by_row(
    xy: Floats,
    rings: Longs,
    those: tuple[int, int],
    span: tuple[int, int],
    frame: Floats,
    rows: int,
) -> tuple[Longs, Longs]:
    """The edges of rings by the rows (span) they touch: starts, and edge numbers."""
    low_row, high_row = span
    first, last = those
    starts = np.zeros(high_row - low_row + 2, np.int64)
    for fill in range(2):
        if fill == 1:
            for r in range(starts.size - 1):
                starts[r + 1] += starts[r]
            edges = np.empty(starts[-1], np.int64)
            for r in range(starts.size - 1, 0, -1):
                starts[r] = starts[r - 1]
            starts[0] = 0
        for ring in range(first, last):
            for e in range(rings[ring], rings[ring + 1] - 1):
                a = cell(min(xy[e, 1], xy[e + 1, 1]), frame[1], frame[3], rows)
                b = cell(max(xy[e, 1], xy[e + 1, 1]), frame[1], frame[3], rows)
                for r in range(a, b + 1):
                    if fill == 0:
                        starts[r - low_row + 1] += 1
                    else:
                        edges[starts[r - low_row + 1]] = e
                        starts[r - low_row + 1] += 1
    return starts, edges


@numba.njit(nogil=True, cache=True)
def _runs(  # noqa: PLR0913, PLR0917, PLR0912, PLR0915  (one loop nest: a kernel)
    x: Floats, y: Floats, starts: Ints, rows: int, columns: int, frame: Floats,
    xy: Floats, rings: Longs, zones: Longs, boxes: Floats, first: int, last: int,
) -> tuple[Ints, Ints]:  # fmt: skip
    """Runs of points inside zones first…last (zone, point, how many); doubts (zone, point)."""
    runs = np.empty((1024, 3), np.int32)
    doubts = np.empty((64, 2), np.int32)
    n_runs = n_doubts = 0
    crossed = np.zeros(columns, np.uint8)
    for z in range(first, last):
        xmin, ymin, xmax, ymax = boxes[z, 0], boxes[z, 1], boxes[z, 2], boxes[z, 3]
        if not (xmin <= frame[4] and xmax >= frame[0] and ymin <= frame[5] and ymax >= frame[1]):
            continue
        low = cell(ymin, frame[1], frame[3], rows)
        high = cell(ymax, frame[1], frame[3], rows)
        west = cell(xmin, frame[0], frame[2], columns)
        east = cell(xmax, frame[0], frame[2], columns)
        ends, edges = _by_row(xy, rings, (zones[z], zones[z + 1]), (low, high), frame, rows)
        for row in range(low, high + 1):
            base = row * columns
            if starts[base + west] == starts[base + east + 1]:
                continue
            a, b = ends[row - low], ends[row - low + 1]
            for k in range(a, b):
                one, other = _reach(xy, edges[k], row, frame, rows, columns)
                for c in range(max(one, west), min(other, east) + 1):
                    crossed[c] = 1
            c = west
            while c <= east:
                mark = crossed[c]
                stop = c + 1
                while stop <= east and crossed[stop] == mark:
                    stop += 1
                p, end = starts[base + c], starts[base + stop]
                whole = False
                if mark == 0 and p < end:
                    side = _side(x[p], y[p], xy, edges, a, b)
                    whole = side != DOUBT
                    if side == IN:
                        if n_runs == runs.shape[0]:
                            runs = _grown(runs)
                        runs[n_runs, 0], runs[n_runs, 1], runs[n_runs, 2] = z, p, end - p
                        n_runs += 1
                if not whole:
                    begun = -1
                    for q in range(p, end):
                        side = _side(x[q], y[q], xy, edges, a, b)
                        if side == IN and begun < 0:
                            begun = q
                        if side != IN and begun >= 0:
                            if n_runs == runs.shape[0]:
                                runs = _grown(runs)
                            runs[n_runs, 0], runs[n_runs, 1], runs[n_runs, 2] = z, begun, q - begun
                            n_runs += 1
                            begun = -1
                        if side == DOUBT:
                            if n_doubts == doubts.shape[0]:
                                doubts = _grown(doubts)
                            doubts[n_doubts, 0], doubts[n_doubts, 1] = z, q
                            n_doubts += 1
                    if begun >= 0:
                        if n_runs == runs.shape[0]:
                            runs = _grown(runs)
                        runs[n_runs, 0], runs[n_runs, 1], runs[n_runs, 2] = z, begun, end - begun
                        n_runs += 1
                c = stop
            for c in range(west, east + 1):
                crossed[c] = 0
    return runs[:n_runs].copy(), doubts[:n_doubts].copy()
