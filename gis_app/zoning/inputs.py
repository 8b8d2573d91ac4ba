"""The inputs of a plan, opened: a function of a window for each, and what is to be said."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from gis_app.errors import GisError
from gis_app.intake.read import sha256
from gis_app.raster import source, units
from gis_app.raster.align import Aligned
from gis_app.raster.burn import Burnt
from gis_app.raster.source import Declared
from gis_app.raster.terrain import slope_percent
from gis_app.zoning import features, kriging, rating
from gis_app.zoning.classes import Legend, overlapping, shares
from gis_app.zoning.desk import Desk, Reader
from gis_app.zoning.features import Ask
from gis_app.zoning.plan import Given
from gis_app.zoning.profile import Parameter, Profile
from gis_app.zoning.rating import Floats


@dataclass(frozen=True)
class Opened:
    """A parameter's input: `values` by window, in the parameter's unit or (`rated`) ratings."""

    parameter: Parameter
    values: Reader
    rated: bool

    def rate(self, values: Floats, profile: Profile) -> Floats:
        """Ratings of values. Raises `BadInput` naming the parameter for what its table lacks."""
        if self.rated:
            return rating.given(self.parameter, values, profile)
        return rating.rate(self.parameter, values)


def opened(desk: Desk, parameter: Parameter, said: Given) -> Opened | None:
    """The input of a parameter; None where it cannot be used (a notice says why)."""
    try:
        values, rated = _values(desk, parameter, said, parameter.id)
    except GisError as error:
        desk.say("refuse", parameter.id, "unusable", error.zh, error.en)
        return None
    return None if values is None else Opened(parameter, values, rated)


def _values(desk: Desk, parameter: Parameter, said: Given, name: str) -> tuple[Reader | None, bool]:
    """Values by window, and whether they are ratings already."""
    rated = said.as_rating or bool(parameter.classes)
    legend = Legend(parameter, said)
    match said.form:
        case "constant":
            return _constant(desk, legend, said, name), rated
        case "raster":
            return _raster(desk, legend, said, name), rated
        case "polygons":
            return _polygons(desk, legend, said, name), rated
        case "points":
            return kriging.surface(desk, said, name, None if rated else parameter.unit), rated
        case "slope_of":
            return _slope(desk, parameter, said, name), rated
        case _:
            return _depth(desk, parameter, said, name), rated


def _constant(desk: Desk, legend: Legend, said: Given, name: str) -> Reader:
    value = legend.one(said.constant)
    desk.say(
        "warn", name, "constant",
        f"处处取“{said.constant}”：这是假定，不是资料。",
        f"{said.constant!r} everywhere: an assumption, not data.",
    )  # fmt: skip
    desk.lineage[name] = {"constant": said.constant}
    unit = legend.parameter.unit
    if unit is not None and not said.as_rating:
        value = float(units.convert(np.array([value]), kriging.unit_of(said, name), unit, name)[0])
    return lambda window: np.full(shares(window), value, np.float32)


def _raster(desk: Desk, legend: Legend, said: Given, name: str) -> Reader | None:
    kinds = legend.kinds
    wanted = None if kinds else legend.parameter.unit
    values = aligned(desk, said, name, said.raster, wanted, categorical=kinds)
    if values is None or not legend.coded:
        return values
    known = legend.codes()
    return lambda window: known.translate(values(window))


def aligned(
    desk: Desk, said: Given, name: str, file: str | None, wanted: str | None, *,
    categorical: bool = False,
) -> Reader | None:  # fmt: skip
    """A raster of the plan on the grid; None where it cannot be used."""
    path = desk.folder / str(file)
    declared = Declared(name, path, said.unit, said.crs, categorical, wanted)
    found, notices = source.look(declared, desk.grid)
    desk.notices += notices
    if found is None:
        return None
    desk.lineage[name] = {"file": path.name, "sha256": source.digest(path)}
    desk.coarsest_m = max(desk.coarsest_m, found.cell_m)
    return desk.stack.enter_context(Aligned(found, desk.grid)).read


def _slope(desk: Desk, parameter: Parameter, said: Given, name: str) -> Reader | None:
    heights = aligned(desk, said, name, said.slope_of, "m")
    if heights is None:
        return None
    cell, wanted = desk.grid.cell_m, parameter.unit or "%"

    def slope(window: Window) -> Floats:
        wider = Window(window.col_off - 1, window.row_off - 1, window.width + 2, window.height + 2)
        percent = slope_percent(heights(wider), cell)
        return units.convert(percent, "%", wanted, name).astype(np.float32, copy=False)

    return slope


def _depth(desk: Desk, parameter: Parameter, said: Given, name: str) -> Reader | None:
    ground = aligned(desk, said, f"{name}.dem", said.dem, "m")
    level = Parameter(id=f"{name}.water", zh="地下水位", en="water table", weight=1, unit="m")
    water = opened(desk, level, said.water) if said.water else None
    if ground is None or water is None:
        return None

    def depth(window: Window) -> Floats:
        found = ground(window) - water.values(window)
        desk.count_above(name, int((found < 0).sum()))
        metres = np.maximum(found, np.float32(0))
        return units.convert(metres, "m", parameter.unit or "m", name).astype(
            np.float32, copy=False
        )

    return depth


def _polygons(desk: Desk, legend: Legend, said: Given, name: str) -> Reader | None:
    ask = ask_of(desk, said, name, str(said.polygons))
    frame, shapes = features.opened(ask)
    told = features.column(frame, str(said.column), ask)
    values: NDArray[np.floating] = np.empty(0)
    if legend.kinds:
        values = legend.many(told)
    else:
        values = features.numbers(frame, str(said.column), ask)
        if legend.parameter.unit is not None:
            values = units.convert(values, kriging.unit_of(said, name), legend.parameter.unit, name)
    flat = features.polygons(shapes, desk.grid, ask)
    shared_m2 = overlapping(flat, values)
    if shared_m2 > desk.grid.cell_m**2:
        desk.say(
            "warn", name, "overlapping",
            f"{ask.path.name} 中取值不同的面重叠 {shared_m2:,.0f} 平方米：以文件中靠后的为准。",
            f"Polygons of {ask.path.name} with different values share {shared_m2:,.0f} m²: the "
            "later in the file holds.",
        )  # fmt: skip
    desk.lineage[name] = {"file": ask.path.name, "sha256": sha256(ask.path)}
    burnt = Burnt(flat, list(values))
    return lambda window: burnt.read(desk.grid.part(window))


def ask_of(desk: Desk, said: Any, name: str, file: str) -> Ask:
    """How a file of features of the plan is to be read."""
    own = {key: getattr(said, key, None) for key in ("layer", "crs", "encoding", "x", "y")}
    return Ask(name=name, path=desk.folder / file, **own)


def every(desk: Desk, profile: Profile, said: Mapping[str, Given]) -> list[Opened]:
    """The input of every parameter of a profile; what is lacking or too many is told."""
    for name in said:
        if name not in profile.by_id:
            listed = ", ".join(profile.by_id)
            desk.say(
                "refuse", name, "no_parameter",
                f"方案 {profile.id} 没有参数“{name}”；有 {listed}。",
                f"The profile {profile.id} has no parameter {name!r}; it has {listed}.",
            )  # fmt: skip
    found = []
    for each in profile.parameters:
        if each.id in said:
            found.append(opened(desk, each, said[each.id]))
        else:
            desk.say(
                "refuse", each.id, "no_input",
                f"缺少参数 {each.id}（{each.zh}）的输入。请在计划中写 [inputs.{each.id}]。",
                f"No input for {each.id} ({each.en}): write [inputs.{each.id}] in the plan.",
            )  # fmt: skip
    return [each for each in found if each is not None]
