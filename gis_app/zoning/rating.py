"""Ratings of values, by the table of a parameter. Arrays in, arrays out; NaN stays NaN."""

import numpy as np
from numpy.typing import NDArray

from gis_app.errors import BadInput
from gis_app.zoning.profile import Parameter, Profile

Floats = NDArray[np.float32]


def rate(parameter: Parameter, values: Floats) -> Floats:
    """Ratings (float32, same shape) of values in the parameter's unit.

    A value on an edge takes the interval below it. Edges are compared in single precision, in
    which rasters are kept: 1.524 m from a float32 file is on the edge, not above it. Raises
    `BadInput` naming the parameter for a value that its table does not know.
    """
    _refuse_below(parameter, values)
    if parameter.scores:
        return _refuse_strange(parameter, values, parameter.scores)
    if not parameter.edges:
        return values
    edges = np.asarray(parameter.edges, np.float32)
    table = np.asarray([*parameter.ratings, np.nan], np.float32)
    place = np.searchsorted(edges, values, side="left")
    place[np.isnan(values)] = len(edges) + 1
    return table[place]


def given(parameter: Parameter, ratings: Floats, profile: Profile) -> Floats:
    """Ratings that were given as such, checked to lie within the table's.

    Raises `BadInput` naming the parameter.
    """
    span = parameter.span(profile.rating_range)
    if span is None:
        return rate(parameter, ratings)
    if parameter.scores:
        return _refuse_strange(parameter, ratings, parameter.scores)
    outside = (ratings < span[0]) | (ratings > span[1])
    if outside.any():
        worst = float(ratings[outside].flat[0])
        raise BadInput(
            f"{parameter.id}（{parameter.zh}）的评分 {worst:g} 不在 {span[0]:g}–{span[1]:g} 之间。",
            f"A rating {worst:g} of {parameter.id} ({parameter.en}) is not within "
            f"{span[0]:g} to {span[1]:g}.",
        )
    return ratings


def _refuse_below(parameter: Parameter, values: Floats) -> None:
    if parameter.least is None:
        return
    below = values < np.float32(parameter.least)
    if below.any():
        worst = float(values[below].min())
        raise BadInput(
            f"{parameter.id}（{parameter.zh}）出现 {worst:g}，低于下限 {parameter.least:g}；"
            "请检查单位、符号与无数据值。",
            f"{parameter.id} ({parameter.en}) has {worst:g}, below {parameter.least:g}: check its "
            "unit, its sign and what stands for no data.",
        )


def _refuse_strange(parameter: Parameter, values: Floats, known: tuple[float, ...]) -> Floats:
    strange = ~np.isnan(values) & ~np.isin(values, np.asarray(known, np.float32))
    if strange.any():
        listed = ", ".join(f"{each:g}" for each in known)
        worst = float(values[strange].flat[0])
        raise BadInput(
            f"{parameter.id}（{parameter.zh}）出现 {worst:g}；只能是 {listed}。",
            f"{parameter.id} ({parameter.en}) has {worst:g}: it takes only {listed}.",
        )
    return values
