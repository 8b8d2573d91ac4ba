"""The vocabulary of a raster layer: what a file in `layers/` says of cells instead of features.

A raster layer has values in a unit along a ramp of colours, or classes by their codes. Storage,
tiles, legend, values at a point, statistics and the map follow from the declaration.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from gis_app.errors import SetupError
from gis_app.layer import Collection
from gis_app.rights import Right

NO_CODE = 255  # stands for no data where cells are classes
Rgba = tuple[int, int, int, int]
CLEAR: Rgba = (0, 0, 0, 0)


@dataclass(frozen=True, kw_only=True)
class Class:
    """One class of a classified raster: the code in its cells (0–254), colour and words."""

    code: int
    color: str
    zh: str
    en: str


@dataclass(frozen=True)
class Stop:
    """A point of a ramp: at this value (in the layer's unit) the colour is this."""

    value: float
    color: str


@dataclass(frozen=True, kw_only=True)
class RasterLayer(Collection):
    """A kind of raster: values with a `ramp` and a `unit`, or `classes`; never both.

    `unit` is spelled as in `gis_app.raster.units` ("1": a score). `least` and `most` bound what a
    value may be: a file beyond them is in another unit, or of another thing. `resampling` is how
    pictures and other grids take cells (classes: nearest, always). `nodata` are values that stand
    for no data besides the one a file declares. `source` says where such a raster comes from.
    """

    geometry: Literal["polygon", "point", "any", "none"] = "none"
    unit: str = "1"
    decimals: int = 0
    ramp: tuple[Stop, ...] = ()
    classes: tuple[Class, ...] = ()
    least: float | None = None
    most: float | None = None
    nodata: tuple[float, ...] = ()
    resampling: Literal["nearest", "bilinear"] = "bilinear"
    source_zh: str = ""
    source_en: str = ""
    opacity: float = 0.7

    def __post_init__(self) -> None:
        if bool(self.ramp) == bool(self.classes):
            raise SetupError(
                f"栅格图层“{self.id}”须声明 ramp 或 classes 之一。",
                f"The raster layer {self.id!r} declares a ramp or classes: one of the two.",
            )
        codes = [each.code for each in self.classes]
        values = [stop.value for stop in self.ramp]
        if sorted(set(codes)) != sorted(codes) or any(not 0 <= code < NO_CODE for code in codes):
            raise SetupError(
                f"栅格图层“{self.id}”的类别代码须各不相同，在 0–254 之间。",
                f"The codes of {self.id!r} must differ and lie within 0–254.",
            )
        if self.ramp and (len(values) < 2 or sorted(set(values)) != values):
            raise SetupError(
                f"栅格图层“{self.id}”的色带至少两点，数值递增。",
                f"The ramp of {self.id!r} needs two stops or more, values ascending.",
            )

    @property
    def classified(self) -> bool:
        """Whether cells are codes of classes."""
        return bool(self.classes)

    @property
    def read_by(self) -> Right | None:
        """What is published everybody sees, as zones that are law."""
        return None

    @property
    def written_by(self) -> tuple[Right, ...]:
        """Who may publish or take back a raster, in its area."""
        return (Right.EDIT_REGISTERS, Right.APPROVE)

    def class_of(self, code: float | None) -> Class | None:
        """The class with a code, or None."""
        return next((each for each in self.classes if each.code == code), None)

    def allows(self, value: float) -> bool:
        """Whether a value is possible for what the layer tells."""
        return (self.least is None or value >= self.least) and (
            self.most is None or value <= self.most
        )

    def level(self, value: float) -> float:
        """Where a value lies along the ramp, from 0 to 254: the levels that pictures hold."""
        low, high = self.ramp[0].value, self.ramp[-1].value
        return (min(max(value, low), high) - low) / (high - low) * (NO_CODE - 1)

    def palette(self) -> dict[int, Rgba]:
        """The colour of each level (0–254) or code; 255 is clear."""
        if self.classes:
            held = {each.code: rgba(each.color) for each in self.classes}
            return {code: held.get(code, CLEAR) for code in range(NO_CODE + 1)}
        low, high = self.ramp[0].value, self.ramp[-1].value
        levels = range(NO_CODE)
        shown = {n: self._at(low + (high - low) * n / (NO_CODE - 1)) for n in levels}
        return {**shown, NO_CODE: CLEAR}

    def _at(self, value: float) -> Rgba:
        values = [stop.value for stop in self.ramp]
        after = min(max(bisect_right(values, value), 1), len(values) - 1)
        one, other = self.ramp[after - 1], self.ramp[after]
        part = min(max((value - one.value) / (other.value - one.value), 0.0), 1.0)
        pairs = zip(rgba(one.color), rgba(other.color), strict=True)
        red, green, blue, alpha = (round(a + (b - a) * part) for a, b in pairs)
        return red, green, blue, alpha


def rgba(color: str) -> Rgba:
    """`#rrggbb` as four bytes, opaque."""
    red, green, blue = (int(color[n : n + 2], 16) for n in (1, 3, 5))
    return red, green, blue, 255


def stops(*pairs: tuple[float, str]) -> tuple[Stop, ...]:
    """A ramp from pairs of a value and a colour."""
    return tuple(Stop(value, color) for value, color in pairs)


def by_order(declared: Iterable[RasterLayer]) -> list[RasterLayer]:
    """Raster layers as a list shows them."""
    return sorted(declared, key=lambda each: (each.order, each.id))
