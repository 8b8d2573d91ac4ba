"""What is wrong with a raster file that is brought for a layer, before its cells are read."""

from dataclasses import dataclass
from math import isfinite

import numpy as np
from rasterio.io import DatasetReader

from gis_app.errors import BadInput
from gis_app.raster import units
from gis_app.raster.notice import Level, Notice, worded
from gis_app.raster.source import MANY_BANDS, CrsWords, crs_of
from gis_app.raster_layer import RasterLayer

MOST_CELLS = 500_000_000  # a province at 30 m; a tiny file may claim any number


@dataclass(frozen=True, kw_only=True)
class Said:
    """What is said of a file beside what it says itself: it holds before that."""

    unit: str | None = None
    crs: str | None = None


@dataclass(frozen=True)
class Settled:
    """A file's CRS as WKT and the unit of its values, as far as they could be settled."""

    wkt: str
    unit: str | None
    notices: list[Notice]


def settle(dataset: DatasetReader, layer: RasterLayer, said: Said, name: str) -> Settled:
    """CRS and unit of a file, and everything that is wrong with it as a whole."""
    wkt, notices = crs_of(dataset, said.crs, _CRS, name, name)
    unit, more = _unit(dataset, layer, said, name)
    return Settled(wkt or "", unit, [*notices, *more, *_shape(dataset, layer, name)])


def notice(level: Level, code: str, words: tuple[str, str], name: str, *values: object) -> Notice:
    """Words about a file, filled in: {0} is its name."""
    return worded(level, name, code, words, name, *values)


def _unit(
    dataset: DatasetReader, layer: RasterLayer, said: Said, name: str
) -> tuple[str | None, list[Notice]]:
    """The unit the values are in. Codes have none; a score need not say that it is one."""
    if layer.classified:
        return None, []
    text = said.unit or dataset.units[0] or ("1" if layer.unit == "1" else None)
    if not text:
        return None, [notice("refuse", "unit_missing", _UNIT_MISSING, name, layer.zh, layer.unit)]
    try:
        found = units.unit(text, name)
        units.convert(np.zeros(0), found, layer.unit, name)
    except BadInput as error:
        return None, [Notice("refuse", name, "unit_wrong", error.zh, error.en)]
    return found, []


def _shape(dataset: DatasetReader, layer: RasterLayer, name: str) -> list[Notice]:
    found, a = [], dataset.transform
    if dataset.count > 1:
        found.append(notice("info", "many_bands", MANY_BANDS, name, dataset.count))
    if dataset.width * dataset.height > MOST_CELLS:
        size = f"{dataset.width:,} × {dataset.height:,}"
        found.append(notice("refuse", "too_large", _TOO_LARGE, name, size, f"{MOST_CELLS:,}"))
    if not all(isfinite(n) for n in a) or a.b or a.d or a.a <= 0 or a.e >= 0:
        found.append(notice("refuse", "askew", _ASKEW, name))
    if np.dtype(dataset.dtypes[0]).kind == "c":
        found.append(notice("refuse", "wrong_type", _WRONG_TYPE, name, dataset.dtypes[0]))
    if layer.classified and np.dtype(dataset.dtypes[0]).kind == "f":
        found.append(notice("info", "codes_as_floats", _CODES_AS_FLOATS, name))
    return found


_CRS = CrsWords(
    missing=(
        "{0} 没有坐标系。请向数据提供者查明，并写明 --crs EPSG:代码。",
        "{0} has no CRS. Ask who made it, and say --crs EPSG:code.",
    ),
    unknown=(
        "{0} 的坐标系“{1}”没有可靠的大地基准或转换，不能据以定位。请查明后写明 --crs EPSG:代码。",
        "The CRS {1!r} of {0} has no datum or no sound transformation: places cannot be told from "
        "it. Find out which it is, and say --crs EPSG:code.",
    ),
    replaced=(
        "{0} 自称坐标系“{1}”，登记时声明为“{2}”：以声明为准。",
        "{0} calls its CRS {1!r}, and it was said to be {2!r}: that holds.",
    ),
)
_UNIT_MISSING = (
    "{0} 没有说明单位。图层“{1}”以 {2} 计；请写明 --unit（如 {2}）。",
    "{0} does not say its unit. The layer {1} is in {2}: say --unit (such as {2}).",
)
_TOO_LARGE = (
    "{0} 有 {1} 个格，超过上限 {2}。请裁剪（gdalwarp -te …）或降低分辨率（gdalwarp -tr …）后重试。",
    "{0} has {1} cells, more than {2}. Cut it (gdalwarp -te …) or make it coarser "
    "(gdalwarp -tr …).",
)
_ASKEW = (
    "{0} 的格网倾斜、倒置或没有地理参照。请先正过来：gdalwarp {0} 正北.tif",
    "The cells of {0} are askew, upside down or not placed on the ground. Set them right first: "
    "gdalwarp {0} north_up.tif",
)
_WRONG_TYPE = (
    "{0} 的数据类型是 {1}（复数），不能用。请先转换：gdal_translate -ot Float32 {0} 新.tif",
    "The cells of {0} are {1} (complex): convert them: gdal_translate -ot Float32 {0} new.tif",
)
_CODES_AS_FLOATS = (
    "{0} 的类别代码存为浮点数，按整数读取。",
    "{0} keeps its codes as floating-point numbers: they are read as whole ones.",
)
