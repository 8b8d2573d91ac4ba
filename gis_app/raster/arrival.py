"""A raster file that is brought for a layer: looked over, counted, and made into two COGs.

One of the values as they are (in the layer's unit, on the file's own cells), for questions; one of
levels of colour in EPSG:3857, for tiles.
"""

import json
from contextlib import ExitStack
from dataclasses import dataclass
from math import log2, pi
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
import rasterio.crs
import shapely
from numpy.typing import NDArray
from rasterio.io import DatasetReader
from rasterio.warp import transform_geom
from rasterio.windows import Window

from gis_app import crs
from gis_app.errors import Refused
from gis_app.raster import cog, units
from gis_app.raster.arrival_check import Said, settle
from gis_app.raster.cog import Kind
from gis_app.raster.notice import Notice
from gis_app.raster.source import open_raster
from gis_app.raster.tally import Tally
from gis_app.raster_layer import NO_CODE, RasterLayer
from gis_app.telling import Told, quiet

Values = NDArray[np.float64]
Valid = NDArray[np.bool_]
SIDE = 1024
_EQUATOR_M = 2 * pi * 6378137.0
_MOST_LINEAGE = 100_000  # characters; more is no lineage


@dataclass(frozen=True, kw_only=True)
class Made:
    """Two COGs, and what is known of them.

    `bounds` are in EPSG:4490, `cell` is the side of a cell on the plane of `wkt`; `notices` is
    what is to be said though nothing forbids it.
    """

    analysis: Path
    picture: Path
    unit: str | None
    wkt: str
    cell: float
    width: int
    height: int
    max_zoom: int
    bounds: shapely.Polygon
    tally: Tally
    lineage: dict[str, Any]
    notices: list[Notice]


def make(path: Path, layer: RasterLayer, said: Said, room: Path, told: Told = quiet) -> Made:
    """The two COGs of a file, written in the folder `room`.

    Raises `BadInput` where the file is no GeoTIFF, `Refused` with every fault else: no CRS or
    none that can be used, no unit or a wrong one, cells askew, too many, none with a value, values
    that are impossible or codes that are not declared.
    """
    with cog.careful(), open_raster(path) as dataset:
        settled = settle(dataset, layer, said, path.name)
        _refuse(settled.notices, path.name)
        plain, levels = room / "plain.tif", room / "levels.tif"
        tally = _copied(dataset, layer, settled.unit, _outputs(layer, plain, levels), told)
        notices = [*settled.notices, *tally.faults(layer, path.name)]
        _refuse(notices, path.name)
        lineage = _lineage(path)
        text = json.dumps(lineage, ensure_ascii=False, sort_keys=True)
        _name_plane((plain, levels), settled.wkt)
        told("生成云优化 GeoTIFF", "Making COGs", 0.6)
        cog.finish(plain, room / "analysis.tif", _kind(layer), text)
        told("生成地图图片", "Making the map's picture", 0.8)
        painted = plain if layer.classified else levels
        byte = Kind(title=layer.zh, kinds=True)
        smooth = not layer.classified and layer.resampling == "bilinear"
        cog.finish(painted, room / "picture.tif", byte, text, web=True, smooth=smooth)
        a = dataset.transform
        return Made(
            analysis=room / "analysis.tif", picture=room / "picture.tif", unit=settled.unit,
            wkt=settled.wkt, cell=abs(a.a * a.e) ** 0.5, width=dataset.width,
            height=dataset.height, max_zoom=_zoom(room / "picture.tif"),
            bounds=_bounds(dataset, settled.wkt), tally=tally, lineage=lineage, notices=notices,
        )  # fmt: skip


def _refuse(notices: list[Notice], name: str) -> None:
    wrong = [each for each in notices if each.level == "refuse"]
    if wrong:
        raise Refused(
            f"{name} 不能登记：{''.join(each.zh for each in wrong)}",
            f"{name} cannot be put on record: {' '.join(each.en for each in wrong)}",
            wrong,
        )


def _kind(layer: RasterLayer) -> Kind:
    meanings = {each.code: (each.zh, each.en) for each in layer.classes}
    return Kind(title=layer.zh, kinds=layer.classified, unit=_unit(layer), meanings=meanings)


def _unit(layer: RasterLayer) -> str:
    return "" if layer.classified else layer.unit


def _outputs(layer: RasterLayer, plain: Path, levels: Path) -> list[tuple[Path, Kind]]:
    """The plain files to write: values, and for values along a ramp their levels."""
    ramped = [] if layer.classified else [(levels, Kind(title=layer.zh, kinds=True))]
    return [(plain, _kind(layer)), *ramped]


def _copied(
    dataset: DatasetReader, layer: RasterLayer, unit: str | None,
    outputs: list[tuple[Path, Kind]], told: Told,
) -> Tally:  # fmt: skip
    """Write the plain files window by window; what was counted on the way."""
    tally = Tally(layer)
    windows = list(_windows(dataset))
    with ExitStack() as stack:
        cells = {"width": dataset.width, "height": dataset.height, "compress": "zstd",
                 "transform": dataset.transform}  # fmt: skip
        files = [stack.enter_context(cog.plain(path, cells, kind)) for path, kind in outputs]
        for n, window in enumerate(windows):
            values, valid = _read(dataset, layer, unit, window)
            tally.add(values, valid)
            for file, shown in zip(files, _shown(layer, values, valid), strict=False):
                file.write(shown, 1, window=window)
            told("读取", "Reading", 0.6 * (n + 1) / len(windows))
    return tally


def _windows(dataset: DatasetReader) -> list[Window]:
    return [
        Window(x, y, min(SIDE, dataset.width - x), min(SIDE, dataset.height - y))
        for y in range(0, dataset.height, SIDE)
        for x in range(0, dataset.width, SIDE)
    ]


def _read(
    dataset: DatasetReader, layer: RasterLayer, unit: str | None, window: Window
) -> tuple[Values, Valid]:
    """Values in the layer's unit, and where there is one."""
    held = dataset.read(1, window=window, masked=True)
    raw = held.data.astype(np.float64)
    valid = ~np.ma.getmaskarray(held) & np.isfinite(raw) & ~np.isin(raw, layer.nodata)
    if not layer.classified:  # whole numbers that stand for decimal ones
        raw = raw * dataset.scales[0] + dataset.offsets[0]
    if unit is None or layer.classified or unit == layer.unit:
        return raw, valid
    return np.asarray(units.convert(raw, unit, layer.unit, layer.id), np.float64), valid


def _shown(layer: RasterLayer, values: Values, valid: Valid) -> list[NDArray[Any]]:
    """What is written of a window: values and levels, or codes alone."""
    if layer.classified:
        codes = np.where(valid & (values >= 0) & (values < NO_CODE), values, NO_CODE)
        return [codes.astype(np.uint8)]
    low, high = layer.ramp[0].value, layer.ramp[-1].value
    whole = np.where(valid, values, low)
    level = np.rint((np.clip(whole, low, high) - low) / (high - low) * (NO_CODE - 1))
    levels = np.where(valid, level, NO_CODE).astype(np.uint8)
    return [np.where(valid, values, np.nan).astype(np.float32), levels]


def _name_plane(paths: tuple[Path, ...], wkt: str) -> None:
    for path in paths:
        if path.is_file():
            with rasterio.open(path, "r+") as file:
                file.crs = rasterio.crs.CRS.from_wkt(wkt)


def _lineage(path: Path) -> dict[str, Any]:
    """What the file says it was made from; nothing where that is not ours to read."""
    try:
        found = cog.lineage(path)
    except ValueError:
        return {}
    fits = isinstance(found, dict) and len(json.dumps(found)) <= _MOST_LINEAGE
    return found if fits else {}


def _zoom(picture: Path) -> int:
    """The zoom whose tiles of 256 cells have the picture's own cells."""
    with rasterio.open(picture, driver="GTiff") as file:
        return round(log2(_EQUATOR_M / 256 / file.res[0]))


def _bounds(dataset: DatasetReader, wkt: str) -> shapely.Polygon:
    """The box in longitude and latitude (EPSG:4490) that holds the file."""
    dense = shapely.segmentize(shapely.box(*dataset.bounds), max(dataset.res) * dataset.width / 20)
    source, target = rasterio.crs.CRS.from_wkt(wkt), rasterio.crs.CRS.from_epsg(crs.STORAGE_SRID)
    moved = shapely.geometry.shape(transform_geom(source, target, shapely.geometry.mapping(dense)))
    return shapely.box(*moved.bounds)
