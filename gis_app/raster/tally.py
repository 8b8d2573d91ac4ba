"""What the cells of a raster come to, counted window by window."""

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from gis_app.raster.arrival_check import notice
from gis_app.raster.notice import Notice
from gis_app.raster_layer import NO_CODE, RasterLayer

_NAMED = 10


class Tally:
    """Least, most, mean and share of cells with a value; of classes, cells by code."""

    def __init__(self, layer: RasterLayer) -> None:
        self._classified = layer.classified
        self.all = 0
        self.valid = 0
        self.broken = 0  # codes that are no whole number from 0 to 254
        self.least, self.most = float("inf"), float("-inf")
        self.cells: Counter[int] = Counter()
        self._sum = 0.0

    @property
    def mean(self) -> float | None:
        """The mean of the values; codes have none."""
        return None if self._classified or not self.valid else self._sum / self.valid

    @property
    def valid_share(self) -> float:
        """The share of cells that have a value, 0 to 1."""
        return self.valid / self.all if self.all else 0.0

    def add(self, values: NDArray[np.float64], valid: NDArray[np.bool_]) -> None:
        """Count a window."""
        kept = values[valid]
        self.all += values.size
        self.valid += kept.size
        if not kept.size:
            return
        self.least = min(self.least, float(kept.min()))
        self.most = max(self.most, float(kept.max()))
        if not self._classified:
            self._sum += float(kept.sum())
            return
        whole = (kept == np.rint(kept)) & (kept >= 0) & (kept < NO_CODE)
        self.broken += int((~whole).sum())
        counts = np.bincount(kept[whole].astype(np.uint8), minlength=NO_CODE)
        self.cells.update({int(code): int(counts[code]) for code in np.flatnonzero(counts)})

    def faults(self, layer: RasterLayer, name: str) -> list[Notice]:
        """What of the values forbids to put them on record."""
        if not self.valid:
            return [notice("refuse", "all_nodata", _ALL_NODATA, name)]
        if layer.classified:
            return self._strange_codes(layer, name)
        if layer.allows(self.least) and layer.allows(self.most):
            return []
        least, most = (f"{n:g}" if n is not None else "…" for n in (layer.least, layer.most))
        span = f"{self.least:g} – {self.most:g}"
        return [
            notice("refuse", "impossible", _IMPOSSIBLE, name, span, layer.unit, layer.zh,
                   f"{least} – {most}")
        ]  # fmt: skip

    def _strange_codes(self, layer: RasterLayer, name: str) -> list[Notice]:
        known = {each.code for each in layer.classes}
        strange = sorted(set(self.cells) - known)
        if self.broken:
            span = f"{self.least:g} – {self.most:g}"
            return [notice("refuse", "no_codes", _NO_CODES, name, f"{self.broken:,}", span)]
        if not strange:
            return []
        told = "、".join(f"{code}（{self.cells[code]:,} 格）" for code in strange[:_NAMED])
        said = ", ".join(f"{code} ({self.cells[code]:,} cells)" for code in strange[:_NAMED])
        codes = ", ".join(str(each.code) for each in layer.classes)
        words = (_STRANGE_CODES[0].replace("{1}", told), _STRANGE_CODES[1].replace("{1}", said))
        return [notice("refuse", "unknown_codes", words, name, "", layer.zh, codes)]


_ALL_NODATA = (
    "{0} 没有任何有效值（全部为无数据）。请核对文件和它的 nodata 值。",
    "{0} has no value at all (everywhere no data). Check the file and its nodata value.",
)
_IMPOSSIBLE = (
    "{0} 的数值为 {1}（{2}），而“{3}”只能在 {4} 之间。请核对图层、单位（--unit）和 nodata 值。",
    "The values of {0} are {1} ({2}), and those of {3} lie within {4}. Check the layer, the unit "
    "(--unit), and the nodata value of the file.",
)
_NO_CODES = (
    "{0} 有 {1} 个格的数值（{2}）不是 0–254 的整数，不是类别代码。请核对图层。",
    "{1} cells of {0} ({2}) are no whole numbers from 0 to 254: these are no codes. Check the "
    "layer.",
)
_STRANGE_CODES = (
    "{0} 有未声明的类别代码：{1}。“{2}”的代码是 {3}；请先重新编码（如 gdal_calc），"
    "或在 layers/ 中补充类别。",
    "{0} has codes that are not declared: {1}. Those of {2} are {3}: recode the file first (as "
    "with gdal_calc), or add the classes in layers/.",
)
