"""Cloud-optimised GeoTIFFs with their lineage: the same cells and words give the same bytes."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import rasterio
import rasterio.shutil
from rasterio.io import DatasetReader, DatasetWriter

LINEAGE = "GIS_LINEAGE"
MEANINGS = "GIS_MEANINGS"
CACHE_MB = 128  # GDAL's own block cache: by default it takes a share of the machine


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What a raster holds: `kinds` are classes (uint8, 255 for none), others values (float32)."""

    title: str
    kinds: bool
    unit: str = ""
    meanings: Mapping[int, tuple[str, str]] | None = None

    @property
    def dtype(self) -> Literal["uint8", "float32"]:
        """How a cell is stored."""
        return "uint8" if self.kinds else "float32"

    @property
    def nodata(self) -> float:
        """What stands for no data."""
        return 255 if self.kinds else float("nan")


@contextmanager
def careful() -> Iterator[None]:
    """GDAL with a small cache and no files that it writes beside others."""
    with rasterio.Env(GDAL_CACHEMAX=CACHE_MB, GDAL_PAM_ENABLED="NO"):
        yield


@contextmanager
def plain(path: Path, profile: Mapping[str, Any], kind: Kind) -> Iterator[DatasetWriter]:
    """A tiled GeoTIFF to be written window by window, which `finish` makes a COG of.

    `profile` is what rasterio wants to know of its cells: size, transform, CRS.
    """
    with rasterio.open(
        path, "w", driver="GTiff", count=1, dtype=kind.dtype, nodata=kind.nodata, tiled=True,
        blockxsize=512, blockysize=512, bigtiff="if_safer", sparse_ok=True, **profile,
    ) as dataset:  # fmt: skip
        yield dataset


def finish(
    source: Path, target: Path, kind: Kind, lineage: str, *, web: bool = False, smooth: bool = False
) -> None:
    """Make a COG of a plain GeoTIFF: overviews, deflate, title, unit, meanings and lineage in it.

    `web`: in EPSG:3857 on the lines of the web's tiles, nearest cells. `smooth`: bytes that are
    levels of a value, not kinds, and may be averaged. No time and no path is written, so that the
    same inputs give the same bytes.
    """
    told = {"TITLE": kind.title, LINEAGE: lineage}
    if kind.meanings:
        meanings = {str(code): words for code, words in sorted(kind.meanings.items())}
        told[MEANINGS] = json.dumps(meanings, ensure_ascii=False)
    with rasterio.open(source, "r+") as dataset:
        dataset.update_tags(**told)
        if kind.unit:
            dataset.units = (kind.unit,)
    how = "nearest" if kind.kinds and not smooth else "average"
    options: dict[str, Any] = {
        "driver": "COG", "compress": "deflate", "blocksize": 512, "overview_resampling": how,
        "predictor": "standard" if kind.kinds else "floating_point", "bigtiff": "if_safer",
        "num_threads": "all_cpus", "overviews": "ignore_existing",
    }  # fmt: skip
    if web:
        options |= {
            "tiling_scheme": "GoogleMapsCompatible",
            "warp_resampling": "bilinear" if smooth else "nearest",
            "zoom_level_strategy": "upper", "add_alpha": "no", "blocksize": 256,
        }  # fmt: skip
    rasterio.shutil.copy(source, target, **options)


def lineage(path: Path) -> dict[str, Any]:
    """What a raster of ours was made from; empty for another's."""
    with rasterio.open(path, driver="GTiff") as dataset:
        return _lineage(dataset)


def _lineage(dataset: DatasetReader) -> dict[str, Any]:
    told = dataset.tags().get(LINEAGE)
    return json.loads(told) if told else {}
