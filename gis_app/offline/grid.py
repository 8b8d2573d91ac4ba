"""Points laid on a grid, row by row, so that neighbours in the ground are neighbours in memory."""

from dataclasses import dataclass

import numba
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]

_MOST_CELLS = 6_000_000
_POINTS_A_CELL = 2.0


@dataclass(frozen=True)
class Grid:
    """Points sorted by the cell they lie in, row after row.

    `order[k]` is the number of the k-th sorted point, `x[k]`, `y[k]` its place; the points of cell
    (row, column) are those from `starts[row * columns + column]` to the next start. `frame` is
    x0, y0, cells per unit of x and of y, greatest x and y.
    """

    order: Ints
    x: Floats
    y: Floats
    starts: Ints
    rows: int
    columns: int
    frame: Floats


def lay(x: Floats, y: Floats) -> Grid:
    """The points on a grid of about two points a cell; coordinates are finite, any unit."""
    if not len(x):
        nothing = np.zeros(0)
        return Grid(
            np.zeros(0, np.int32), nothing, nothing, np.zeros(2, np.int32), 1, 1, np.zeros(6)
        )
    x0, y0, x1, y1 = x.min(), y.min(), x.max(), y.max()
    width, height = max(x1 - x0, 1e-9), max(y1 - y0, 1e-9)
    cells = min(max(len(x) / _POINTS_A_CELL, 1.0), _MOST_CELLS)
    columns = int(min(max(round((cells * width / height) ** 0.5), 1), cells))
    rows = max(int(cells / columns), 1)
    frame = np.array([x0, y0, columns / width, rows / height, x1, y1])
    order, sx, sy, starts = _sorted(x, y, frame, rows, columns)
    return Grid(order, sx, sy, starts, rows, columns, frame)


@numba.njit(nogil=True, cache=True, inline="always")
def cell(value: float, origin: float, per_unit: float, count: int) -> int:
    """The row or column of a coordinate, the outermost for what lies beyond.

    Monotone in `value`, rounding included: what lies between two values lies between their cells.
    """
    at = (value - origin) * per_unit
    if not at > 0.0:
        return 0
    if at >= count:
        return count - 1
    return int(at)


@numba.njit(nogil=True, cache=True)
def _sorted(
    x: Floats, y: Floats, frame: Floats, rows: int, columns: int
) -> tuple[Ints, Floats, Floats, Ints]:
    n = x.size
    starts = np.zeros(rows * columns + 1, np.int32)
    cells = np.empty(n, np.int32)
    for i in range(n):
        at = cell(y[i], frame[1], frame[3], rows) * columns + cell(
            x[i], frame[0], frame[2], columns
        )
        cells[i] = at
        starts[at + 1] += 1
    for c in range(rows * columns):
        starts[c + 1] += starts[c]
    order = np.empty(n, np.int32)
    sx = np.empty(n)
    sy = np.empty(n)
    for i in range(n):
        c = cells[i]
        k = starts[c]
        starts[c] = k + 1
        order[k] = i
        sx[k] = x[i]
        sy[k] = y[i]
    for c in range(rows * columns, 0, -1):
        starts[c] = starts[c - 1]
    starts[0] = 0
    return order, sx, sy, starts
