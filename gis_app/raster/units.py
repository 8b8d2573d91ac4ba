"""Units of raster values: what they are called, and how one becomes another."""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gis_app.errors import BadInput

_YEAR_D = 365.25
_GALLON_M3, _FOOT_M = 0.003785411784, 0.3048  # US gallon and international foot, by definition


@dataclass(frozen=True)
class Unit:
    """A unit: its dimension, and how many of the dimension's base unit it is."""

    dimension: str
    factor: float


UNITS = {
    "m": Unit("length", 1.0), "cm": Unit("length", 0.01), "mm": Unit("length", 0.001),
    "km": Unit("length", 1000.0), "ft": Unit("length", _FOOT_M), "in": Unit("length", 0.0254),
    "m/d": Unit("speed", 1.0), "m/s": Unit("speed", 86_400.0), "cm/s": Unit("speed", 864.0),
    "cm/d": Unit("speed", 0.01), "mm/d": Unit("speed", 0.001), "ft/d": Unit("speed", _FOOT_M),
    "gpd/ft2": Unit("speed", _GALLON_M3 / _FOOT_M**2), "mm/yr": Unit("speed", 0.001 / _YEAR_D),
    "cm/yr": Unit("speed", 0.01 / _YEAR_D), "m/yr": Unit("speed", 1 / _YEAR_D),
    "in/yr": Unit("speed", 0.0254 / _YEAR_D), "ft/yr": Unit("speed", _FOOT_M / _YEAR_D),
    "%": Unit("slope", 0.01), "m/m": Unit("slope", 1.0), "deg": Unit("angle", 1.0),
    "1": Unit("number", 1.0),
}  # fmt: skip
_SAID = {
    "metre": "m", "meter": "m", "metres": "m", "meters": "m", "米": "m", "毫米": "mm", "厘米": "cm",
    "feet": "ft", "foot": "ft", "英尺": "ft", "inch": "in", "inches": "in",
    "inches/yr": "in/yr", "inches/year": "in/yr", "inches_per_year": "in/yr", "in/a": "in/yr",
    "in/year": "in/yr", "mm/a": "mm/yr", "mm/year": "mm/yr", "毫米/年": "mm/yr", "m/day": "m/d",
    "米/日": "m/d", "米/天": "m/d", "gpd/ft²": "gpd/ft2", "percent": "%", "pct": "%", "百分比": "%",
    "degree": "deg", "degrees": "deg", "度": "deg", "°": "deg",
    "score": "1", "-": "1", "无量纲": "1",
}  # fmt: skip


def unit(said: str, of: str) -> str:
    """The unit that a text means; `of` names the input. Raises `BadInput` naming those known."""
    word = re.sub(r"\s*/\s*", "/", said.strip().lower())
    found = _SAID.get(word, word)
    if found not in UNITS:
        listed = ", ".join(UNITS)
        raise BadInput(
            f"输入“{of}”的单位“{said}”不认识。可用：{listed}。",
            f"The unit {said!r} of input {of!r} is not known. There are: {listed}.",
        )
    return found


def convert(values: NDArray[np.floating], said: str, wanted: str, of: str) -> NDArray[np.floating]:
    """Values in another unit, in double precision where anything changes.

    Raises `BadInput` naming the input where one cannot become the other.
    """
    one, other = UNITS[unit(said, of)], UNITS[unit(wanted, of)]
    if one == other:
        return values
    if one.dimension == "angle" and other.dimension == "slope":
        return np.tan(np.radians(values.astype(np.float64))) / other.factor
    if one.dimension != other.dimension:
        raise BadInput(
            f"输入“{of}”的单位是 {said}，不能换算为 {wanted}。请核对数据与声明。",
            f"Input {of!r} is in {said}, which cannot become {wanted}: check the file and what the "
            "plan says of it.",
        )
    return values.astype(np.float64) * (one.factor / other.factor)
