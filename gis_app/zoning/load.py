"""The load of pollution sources: Σ w·T·L·Q of those within reach of a cell (our own structure)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gis_app.raster.grid import Grid
from gis_app.zoning.rating import Floats

Doubles = NDArray[np.float64]


@dataclass(frozen=True)
class Sources:
    """Sources on a grid's plane: `x`, `y` and `reach_m` in metres, `load` = w·T·L·Q of each.

    T toxicity, L likelihood of release, Q quantity, w weight of the category; one array each.
    """

    x: Doubles
    y: Doubles
    reach_m: Doubles
    load: Doubles


def load_on(sources: Sources, part: Grid) -> Floats:
    """The load (float32) on the cells of a part of a grid.

    A source loads the cells whose centre lies within its reach, and always the cell it lies in.
    Sums are made in double precision in the order of the file, so every window gives the same.
    """
    total = np.zeros(part.shape, np.float64)
    cell = part.cell_m
    for x, y, reach, load in zip(sources.x, sources.y, sources.reach_m, sources.load, strict=True):
        column, row = (x - part.west) / cell, (part.north - y) / cell
        cells = reach / cell
        top, bottom = _span(row, cells, part.height)
        left, right = _span(column, cells, part.width)
        if top >= bottom or left >= right:
            continue
        dy = np.arange(top, bottom) + 0.5 - row
        dx = np.arange(left, right) + 0.5 - column
        near = np.hypot(dy[:, None], dx[None, :]) <= cells
        own = (np.arange(top, bottom) == np.floor(row))[:, None]
        own = own & (np.arange(left, right) == np.floor(column))[None, :]
        total[top:bottom, left:right] += load * (near | own)
    return total.astype(np.float32)


def _span(middle: float, cells: float, size: int) -> tuple[int, int]:
    """The cells along one axis that a source may reach, its own among them."""
    first = min(np.floor(middle - cells - 0.5), np.floor(middle))
    last = max(np.ceil(middle + cells + 0.5), np.floor(middle) + 1)
    return max(int(first), 0), min(int(last), size)
