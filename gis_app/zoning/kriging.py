"""Points of a plan as a surface on the grid, with its error as a second output."""

from pathlib import Path

import numpy as np

from gis_app.errors import BadInput
from gis_app.intake.read import sha256
from gis_app.raster import cog, interpolate, units
from gis_app.raster.align import Aligned
from gis_app.raster.cog import Kind
from gis_app.raster.grid import Grid
from gis_app.raster.source import Declared, Found
from gis_app.zoning import features
from gis_app.zoning.desk import Desk, Reader
from gis_app.zoning.features import Ask
from gis_app.zoning.plan import Given
from gis_app.zoning.rating import Floats

FEW = 30  # below it a variogram is hardly known


def surface(desk: Desk, said: Given, name: str, wanted: str | None) -> Reader:
    """A kriged surface by window; its error goes to `desk.made`. Raises `BadInput`."""
    ask = Ask(
        name=name, path=desk.folder / str(said.points), layer=said.layer, crs=said.crs,
        encoding=said.encoding, x=said.x, y=said.y,
    )  # fmt: skip
    frame, shapes = features.opened(ask)
    x, y = features.places(shapes, desk.grid, ask)
    told = features.numbers(frame, str(said.column), ask)
    values = told if wanted is None else units.convert(told, unit_of(said, name), wanted, name)
    kriged = interpolate.krige(x, y, values.astype(np.float64), desk.grid, name)
    if len(values) < FEW:
        desk.say(
            "warn", name, "few_points",
            f"只有 {len(values)} 个点，变差函数难以确定：请看误差图 {name}_error.tif。",
            f"Only {len(values)} points, of which a variogram is hardly known: see the error map "
            f"{name}_error.tif.",
        )  # fmt: skip
    desk.lineage[name] = {"file": ask.path.name, "sha256": sha256(ask.path), **kriged.model}
    unit = wanted or ""
    path = _kept(desk, name, kriged.grid, kriged.values, unit)
    _kept(desk, f"{name}_error", kriged.grid, kriged.error, unit)
    found = Found(Declared(name, path), kriged.grid.crs.to_wkt(), None, kriged.grid.cell_m)
    return desk.stack.enter_context(Aligned(found, desk.grid)).read


def unit_of(said: Given, name: str) -> str:
    """The unit a plan says of an input. Raises `BadInput` naming the input where it says none."""
    if said.unit is None:
        raise BadInput(
            f'输入“{name}”没有说明单位。请写明 unit = "…"。',
            f'Input {name!r} does not say its unit: unit = "…".',
        )
    return said.unit


def _kept(desk: Desk, name: str, lattice: Grid, values: Floats, unit: str) -> Path:
    path = desk.work / f"{name}.plain.tif"
    with cog.plain(path, lattice.profile, Kind(title=name, kinds=False, unit=unit)) as dataset:
        dataset.write(values, 1)
    desk.made[name] = path, unit
    return path
