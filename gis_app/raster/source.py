"""A raster file as its plan declares it: looked over before anything is computed with it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
import rasterio.crs
import shapely
from pyproj import CRS
from rasterio.enums import MaskFlags
from rasterio.errors import RasterioError
from rasterio.io import DatasetReader
from rasterio.warp import transform_bounds

from gis_app import crs
from gis_app.errors import BadInput, UnknownCrs
from gis_app.raster import units
from gis_app.raster.grid import Grid
from gis_app.raster.notice import Level, Notice, worded

_COARSE = 1.5  # how many cells of the grid a cell of the file may be before it is told


@dataclass(frozen=True)
class Declared:
    """A file and what is said of it: `name` as in the plan; unit and CRS where the file lacks them.

    `wanted` is the unit it is needed in (None: kinds or scores, which have none).
    """

    name: str
    path: Path
    unit: str | None = None
    crs: str | None = None
    categorical: bool = False
    wanted: str | None = None


@dataclass(frozen=True)
class Found:
    """What is known of a file once it was looked over: CRS as WKT, unit, its cell in metres."""

    declared: Declared
    wkt: str
    unit: str | None
    cell_m: float


def open_raster(path: Path) -> DatasetReader:
    """A GeoTIFF opened; no other driver is asked, for some read files that others name.

    Raises `BadInput`.
    """
    if not path.is_file():
        raise BadInput(f"没有栅格文件 {path}。", f"There is no raster {path}.")
    try:
        return rasterio.open(path, driver="GTiff")
    except RasterioError as error:
        raise BadInput(
            f"{path.name} 不是能读的 GeoTIFF。请先转换：gdal_translate -of COG …",
            f"{path.name} is no GeoTIFF that can be read. Convert it: gdal_translate -of COG …",
        ) from error


def digest(path: Path) -> str:
    """The SHA-256 of a file, hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def look(declared: Declared, grid: Grid) -> tuple[Found | None, list[Notice]]:
    """What a file is, on its way to a grid, and everything that is to be said of it.

    None where it cannot be used; the notices then say why (level "refuse").
    """
    try:
        dataset = open_raster(declared.path)
    except BadInput as error:
        return None, [Notice("refuse", declared.name, "unreadable", error.zh, error.en)]
    with dataset:
        wkt, notices = crs_of(dataset, declared.crs, _CRS, declared.name, declared.path.name)
        unit, more = _unit_of(declared, dataset)
        notices += more
        if dataset.count > 1:
            notices.append(_say(declared, "info", "many_bands", MANY_BANDS, dataset.count))
        if not any(_any_valid(dataset)):
            notices.append(_say(declared, "refuse", "all_nodata", _ALL_NODATA))
        cell_m = 0.0
        if wkt is not None:
            cell_m, more = _place(declared, dataset, wkt, grid)
            notices += more
    usable = wkt is not None and not any(each.level == "refuse" for each in notices)
    return (Found(declared, wkt or "", unit, cell_m) if usable else None), notices


@dataclass(frozen=True)
class CrsWords:
    """What is said of a file ({0}) whose CRS is missing, is of no use, or is said to be another."""

    missing: tuple[str, str]
    unknown: tuple[str, str]
    replaced: tuple[str, str]


def crs_of(
    dataset: DatasetReader, told: str | None, words: CrsWords, of: str, file: str
) -> tuple[str | None, list[Notice]]:
    """The CRS of a file as WKT: what is told of it holds before its own. None: it has none of use.

    `of` is the input's name in the notices, `file` the file's in their words.
    """
    own = CRS.from_wkt(dataset.crs.to_wkt()) if dataset.crs else None
    if told is not None:
        try:
            other = crs.parse(told)
        except UnknownCrs as error:
            return None, [Notice("refuse", of, "crs_unknown", error.zh, error.en)]
        if own is None or own.equals(other, ignore_axis_order=True):
            return other.to_wkt(), []
        names = own.name, other.name
        return other.to_wkt(), [worded("warn", of, "crs_replaced", words.replaced, file, *names)]
    if own is None:
        return None, [worded("refuse", of, "crs_missing", words.missing, file)]
    try:
        crs.check_transformable(own)
    except UnknownCrs:
        return None, [worded("refuse", of, "crs_unknown", words.unknown, file, own.name)]
    return own.to_wkt(), []


def _unit_of(declared: Declared, dataset: DatasetReader) -> tuple[str | None, list[Notice]]:
    if declared.wanted is None:
        return None, []
    own = dataset.units[0]
    said = declared.unit or own
    if not said:
        return None, [_say(declared, "refuse", "unit_missing", _UNIT_MISSING, declared.wanted)]
    try:
        found = units.unit(said, declared.name)
        units.convert(_NOTHING, found, declared.wanted, declared.name)
    except BadInput as error:
        return None, [Notice("refuse", declared.name, "unit_wrong", error.zh, error.en)]
    if declared.unit and own and own != declared.unit:
        try:
            same = units.unit(own, declared.name) == found
        except BadInput:
            same = False
        if not same:
            return found, [_say(declared, "warn", "unit_differs", _UNIT_DIFFERS, own, found)]
    return found, []


_NOTHING = np.zeros(0)


def _any_valid(dataset: DatasetReader) -> Iterator[bool]:
    """Block by block whether any cell of the first band has a value."""
    if MaskFlags.all_valid in dataset.mask_flag_enums[0] and dataset.dtypes[0][0] != "f":
        yield True
        return
    for _, window in dataset.block_windows(1):
        block = dataset.read(1, window=window, masked=True)
        kept = block.compressed()
        yield not bool(np.isnan(kept).all())  # NaN is no value, whatever stands for nodata


def _place(
    declared: Declared, dataset: DatasetReader, wkt: str, grid: Grid
) -> tuple[float, list[Notice]]:
    """The cell in metres on the grid's plane, and what is to be said of extent and resolution."""
    source = rasterio.crs.CRS.from_wkt(wkt)
    box = shapely.box(*transform_bounds(source, grid.crs, *dataset.bounds, densify_pts=21))
    whole = shapely.box(*grid.bounds)
    cell_m = (box.area / (dataset.width * dataset.height)) ** 0.5
    covered = box.intersection(whole).area / whole.area
    if covered == 0:
        return cell_m, [_say(declared, "refuse", "elsewhere", _ELSEWHERE)]
    notices = []
    if covered < 0.999:
        notices.append(_say(declared, "warn", "partly", _PARTLY, f"{100 * covered:.1f} %"))
    if not crs.same_plane(wkt, grid.srid):
        name = CRS.from_wkt(wkt).name
        notices.append(_say(declared, "info", "reprojected", _REPROJECTED, name, grid.srid))
    if cell_m > _COARSE * grid.cell_m:
        sizes = f"{cell_m:.3g}", f"{grid.cell_m:g}"
        notices.append(_say(declared, "warn", "coarser", _COARSER, *sizes))
    elif cell_m * _COARSE < grid.cell_m:
        sizes = f"{cell_m:.3g}", f"{grid.cell_m:g}"
        notices.append(_say(declared, "info", "finer", _FINER, *sizes))
    return cell_m, notices


def _say(
    declared: Declared, level: Level, code: str, words: tuple[str, str], *values: object
) -> Notice:
    return worded(level, declared.name, code, words, declared.path.name, *values)


_CRS = CrsWords(
    missing=(
        '{0} 没有坐标系。请向数据提供者查明，并在计划中写明 crs = "EPSG:代码"。',
        '{0} has no CRS. Ask who made it, and say so in the plan: crs = "EPSG:code".',
    ),
    unknown=(
        "{0} 的坐标系“{1}”没有可靠的大地基准或转换，不能据以定位。"
        '请查明后在计划中写明 crs = "EPSG:代码"。',
        "The CRS {1!r} of {0} has no datum or no sound transformation: places cannot be told from "
        'it. Find out which it is, and say so in the plan: crs = "EPSG:code".',
    ),
    replaced=(
        "{0} 自称坐标系“{1}”，计划声明为“{2}”：以计划为准。",
        "{0} calls its CRS {1!r}, the plan says {2!r}: the plan holds.",
    ),
)
_UNIT_MISSING = (
    '{0} 没有说明单位。请在计划中写明 unit = "…"（需要 {1}）。',
    '{0} does not say its unit. Say so in the plan: unit = "…" (it is needed in {1}).',
)
_UNIT_DIFFERS = (
    "{0} 自称单位为“{1}”，计划声明为“{2}”：以计划为准，请核对。",
    "{0} calls its unit {1!r}, the plan says {2!r}: the plan holds; check it.",
)
MANY_BANDS = ("{0} 有 {1} 个波段，用第 1 个。", "{0} has {1} bands: the first is used.")
_ALL_NODATA = (
    "{0} 没有任何有效值（全部为无数据）。请核对文件和它的 nodata 值。",
    "{0} has no value at all (everywhere no data). Check the file and its nodata value.",
)
_ELSEWHERE = (
    "{0} 与计算区域不相交。请核对坐标系和区域。",
    "{0} does not meet the area. Check its CRS, and the area.",
)
_PARTLY = (
    "{0} 只覆盖计算网格的 {1}；其余为无数据，结果也为“不能确定”。",
    "{0} covers only {1} of the grid: the rest has no data, and the result cannot be known there.",
)
_REPROJECTED = (
    "{0} 由“{1}”重投影到 EPSG:{2}。",
    "{0} is brought from {1!r} to EPSG:{2}.",
)
_COARSER = (
    "{0} 的格约 {1} 米，比计算网格（{2} 米）粗：内插不会增加精度，边界的可靠程度以它为准。",
    "{0} has cells of about {1} m, coarser than the grid ({2} m): drawing it finer adds nothing, "
    "and no border is better known than by it.",
)
_FINER = (
    "{0} 的格约 {1} 米，比计算网格（{2} 米）细：取平均（分类的取最近）。",
    "{0} has cells of about {1} m, finer than the grid ({2} m): averaged (kinds: the nearest).",
)
