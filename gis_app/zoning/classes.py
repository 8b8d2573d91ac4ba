"""What the values of an input are called, and which rating each has."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from rasterio.windows import Window

from gis_app.errors import BadInput
from gis_app.zoning.plan import Given
from gis_app.zoning.profile import Parameter
from gis_app.zoning.rating import Floats


@dataclass(frozen=True)
class Codes:
    """Codes of a raster (ascending) and the value each stands for."""

    name: str
    codes: Floats
    values: Floats

    def translate(self, held: Floats) -> Floats:
        """Values for codes; NaN stays. Raises `BadInput` naming a code that means nothing."""
        place = np.minimum(np.searchsorted(self.codes, held), len(self.codes) - 1)
        strange = ~np.isnan(held) & (self.codes[place] != held)
        if strange.any():
            worst = f"{float(held[strange].flat[0]):g}"
            raise BadInput(
                f"输入“{self.name}”出现代码 {worst}，计划没有说明它的含义：请在 "
                f'[inputs.{self.name}.classes] 中写 "{worst}" = "…"。',
                f"Input {self.name!r} has the code {worst}, and the plan does not say what it "
                f'means: write "{worst}" = "…" under [inputs.{self.name}.classes].',
            )
        found = self.values[place]
        found[np.isnan(held)] = np.nan
        return found


@dataclass(frozen=True)
class Legend:
    """How an input's values are to be read for a parameter."""

    parameter: Parameter
    said: Given

    @property
    def kinds(self) -> bool:
        """Whether values are kinds or ratings: never averaged."""
        return self.parameter.categorical or self.said.as_rating or bool(self.said.classes)

    @property
    def coded(self) -> bool:
        """Whether a raster's values are codes with a meaning of their own."""
        return bool(self.said.classes) or (bool(self.parameter.classes) and not self.said.as_rating)

    def one(self, value: Any) -> float:
        """The rating or value that a value of the input stands for.

        Raises `BadInput` naming the input and the classes there are.
        """
        text = _text(value)
        meant = self.said.classes.get(text, value)
        if not isinstance(meant, str):
            return float(meant)
        name = self.parameter.class_named(meant)
        if name is not None:
            return float(self.parameter.classes[name])
        try:
            number = float(meant)
        except ValueError:
            number = float("nan")
        if np.isfinite(number) and (self.said.as_rating or not self.parameter.classes):
            return number
        zh = "、".join(f"{each}（{k}）" for each, k in self.parameter.aliases.items())
        en = ", ".join(self.parameter.classes)
        raise BadInput(
            f"输入“{self.parameter.id}”的类别“{text}”不认识。请在 "
            f"[inputs.{self.parameter.id}.classes] 中写明它是哪一类：{zh or '数值'}。",
            f"Input {self.parameter.id!r} has the class {text!r}, which is not known. Say under "
            f"[inputs.{self.parameter.id}.classes] which it is: {en or 'a number'}.",
        )

    def many(self, values: "pd.Series[Any]") -> NDArray[np.float64]:
        """As `one`, of a column. A blank is no class: `BadInput` names the row."""
        blank = np.flatnonzero(values.isna())
        if len(blank):
            row = values.index[blank[0]]
            raise BadInput(
                f"输入“{self.parameter.id}”第 {row} 行没有类别（共 {len(blank)} 行）："
                "不详的面请删去，结果在那里为“不能确定”。",
                f"Input {self.parameter.id!r}: row {row} has no class ({len(blank)} rows have "
                "none). Leave such areas out: the result cannot be known there.",
            )
        known = {value: self.one(value) for value in values.unique()}
        return values.map(known).to_numpy(np.float64)

    def codes(self) -> Codes:
        """The codes of a raster, by what the plan says of them. Raises `BadInput` for none."""
        if not self.said.classes:
            name = self.parameter.id
            raise BadInput(
                f"输入“{name}”是分类栅格：请在 [inputs.{name}.classes] 中写明每个代码的类别，"
                "或用 as_rating = true 说明它已是评分。",
                f"Input {name!r} is a raster of kinds: say under [inputs.{name}.classes] what each "
                "code is, or as_rating = true if they are ratings.",
            )
        pairs = sorted((float(code), self.one(code)) for code in self.said.classes)
        codes, values = zip(*pairs, strict=True)
        return Codes(
            self.parameter.id, np.asarray(codes, np.float32), np.asarray(values, np.float32)
        )


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def shares(window: Window) -> tuple[int, int]:
    """Rows and columns of a window."""
    return int(window.height), int(window.width)


def overlapping(shapes: Sequence[shapely.Geometry], values: NDArray[np.floating]) -> float:
    """Square metres that polygons with different values share."""
    tree = shapely.STRtree(shapes)
    left, right = tree.query(shapes, predicate="intersects")
    differ = (left < right) & (values[left] != values[right])
    held = np.asarray(shapes, dtype=object)
    shared = shapely.intersection(held[left[differ]], held[right[differ]])
    return float(shapely.area(shared).sum())
