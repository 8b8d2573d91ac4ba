"""The value of the cell that a point lies in."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray
from pyproj import CRS, Transformer

from gis_app.crs import STORAGE_SRID
from gis_app.raster import cog

Doubles = NDArray[np.float64]


@dataclass(frozen=True)
class Sample:
    """What lies at a point: the value (None: no data), and which of the files holds the cell.

    `file` is None where the point lies in none of them.
    """

    value: float | None
    file: int | None


def values(files: Sequence[Path], lon: Doubles, lat: Doubles) -> list[Sample]:
    """The values at points (EPSG:4490, degrees), of the first file that has one.

    The cell that holds the point, as it is: nothing is interpolated.
    """
    found = [Sample(None, None)] * len(lon)
    with cog.careful():
        for number, path in enumerate(files):
            wanted = np.array([n for n, each in enumerate(found) if each.value is None], np.intp)
            if not len(wanted):
                break
            told = _of(path, lon[wanted], lat[wanted])
            for n, (inside, value) in zip(wanted, told, strict=True):
                if inside and (value is not None or found[n].file is None):
                    found[n] = Sample(value, number)
    return found


def _of(path: Path, lon: Doubles, lat: Doubles) -> list[tuple[bool, float | None]]:
    """Of each point whether it lies in the file, and its value there."""
    with rasterio.open(path, driver="GTiff") as dataset:
        plane = CRS.from_wkt(dataset.crs.to_wkt())
        ahead = Transformer.from_crs(CRS.from_epsg(STORAGE_SRID), plane, always_xy=True)
        x, y = ahead.transform(lon, lat)
        a = dataset.transform  # ours are north up
        columns, rows = (np.asarray(x) - a.c) / a.a, (np.asarray(y) - a.f) / a.e
        with np.errstate(invalid="ignore"):  # beyond the plane a place is infinite
            inside = (
                (columns >= 0) & (columns < dataset.width) & (rows >= 0) & (rows < dataset.height)
            )
        read = dataset.sample(
            [(a, b) for a, b, held in zip(x, y, inside, strict=True) if held], 1, masked=True
        )
        return [(True, _plain(next(read)[0])) if held else (False, None) for held in inside]


def _plain(value: object) -> float | None:
    return None if np.ma.is_masked(value) or np.isnan(value) else float(value)  # type: ignore[call-overload,arg-type]
