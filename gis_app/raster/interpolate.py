"""Points with values become a surface and its error: ordinary kriging by gstools."""

from dataclasses import dataclass
from math import ceil

import gstools
import numpy as np
from numpy.typing import NDArray

from gis_app.errors import BadInput
from gis_app.raster.grid import Grid

Doubles = NDArray[np.float64]
LEAST = 5  # fewer points make no variogram
_NODES = 60_000  # the surface is smooth: it is worked out at so many places and drawn between them
_ROUND = 4  # decimals kept: 0.1 mm of a level in metres


@dataclass(frozen=True)
class Surface:
    """A kriged surface and its standard error, in the points' unit, on a coarse grid; the model."""

    grid: Grid
    values: NDArray[np.float32]
    error: NDArray[np.float32]
    model: dict[str, float | str]


def krige(x: Doubles, y: Doubles, values: Doubles, grid: Grid, name: str) -> Surface:
    """The surface through points (metres on the grid's plane), over the whole grid.

    Points at one place count once, with their mean. An exponential variogram is fitted to the
    points; where they tell of no structure the fit says so by its range. The lattice is
    rounded to 0.1 mm, so that other arithmetic gives the same bytes. Raises `BadInput` naming the
    input for too few points.
    """
    places, means = _merged(x, y, values)
    if len(means) < LEAST:
        raise BadInput(
            f"输入“{name}”只有 {len(means)} 个不同位置的点，少于 {LEAST} 个，不能求变差函数。"
            "请补充监测点，或直接给出水位栅格。",
            f"Input {name!r} has only {len(means)} points at different places, fewer than {LEAST}: "
            "no variogram can be made. Add points, or give a raster of the water table.",
        )
    model = _fitted(places, means)
    lattice = _lattice(grid)
    east = lattice.west + (np.arange(lattice.width) + 0.5) * lattice.cell_m
    north = lattice.north - (np.arange(lattice.height) + 0.5) * lattice.cell_m
    kriged = gstools.krige.Ordinary(model, places, means)
    field, variance = kriged.structured([east, north], chunk_size=20_000)
    error = np.sqrt(np.maximum(variance, 0))
    told: dict[str, float | str] = {
        "model": "exponential",
        "range_m": round(float(model.len_scale), 3),
        "sill": round(float(model.var), 6),
        "nugget": round(float(model.nugget), 6),
        "points": len(means),
    }
    return Surface(lattice, _image(field), _image(error), told)


def _merged(x: Doubles, y: Doubles, values: Doubles) -> tuple[Doubles, Doubles]:
    places, group = np.unique(np.stack([x, y]), axis=1, return_inverse=True)
    group = group.ravel()
    return places, np.bincount(group, values) / np.bincount(group)


def _fitted(places: Doubles, means: Doubles) -> gstools.Exponential:
    extent = float(np.hypot(*np.ptp(places, axis=1)))
    bins = np.linspace(0, extent / 2, 13)
    centre, gamma = gstools.vario_estimate(places, means, bins)
    spread = max(float(np.var(means)), 1e-12)
    model = gstools.Exponential(dim=2, var=spread, len_scale=extent / 4, nugget=0.0)
    filled = gamma > 0
    if filled.sum() < 3:  # all alike: a plane of their mean
        return model
    model.set_arg_bounds(len_scale=[extent / 100, 3 * extent], var=[0, 10 * spread])
    model.fit_variogram(centre[filled], gamma[filled], nugget=True)
    return model


def _lattice(grid: Grid) -> Grid:
    """At most so many nodes over the grid and a node beyond it on every side."""
    step = max(grid.cell_m, (grid.width * grid.height * grid.cell_m**2 / _NODES) ** 0.5)
    width = ceil(grid.width * grid.cell_m / step) + 2
    height = ceil(grid.height * grid.cell_m / step) + 2
    return Grid(grid.srid, grid.west - step, grid.north + step, step, width, height)


def _image(field: NDArray[np.floating]) -> NDArray[np.float32]:
    """Rows from north to south, columns from west to east."""
    return np.round(np.asarray(field).T, _ROUND).astype(np.float32)
