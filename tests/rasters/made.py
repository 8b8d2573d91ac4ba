"""Rasters made by hand for tests, near 113.6°E 37.9°N."""

from pathlib import Path

import numpy as np
import rasterio
from rasterio.crs import CRS
from rasterio.transform import Affine, from_origin

GK = 4547  # CGCS2000, 3° zone about 114°E, without prefix
EAST, NORTH = 464_000.0, 4_197_000.0  # its upper left corner


def write(path: Path, cells, *, srid=GK, transform=None, unit=None, **more) -> Path:
    """A GeoTIFF of one band; cells of 100 m on a metric grid unless said otherwise."""
    cells = np.asarray(cells)
    place = from_origin(EAST, NORTH, 100, 100) if transform is None else transform
    crs = None if srid is None else CRS.from_epsg(srid)
    height, width = cells.shape
    with rasterio.open(
        path, "w", driver="GTiff", count=1, dtype=cells.dtype, width=width, height=height, crs=crs,
        transform=place, **more,
    ) as file:  # fmt: skip
        file.write(cells, 1)
        if unit:
            file.units = (unit,)
    return path


def slope(rows=40, columns=60, *, low=10.0, step=0.5) -> np.ndarray:
    """Values that rise to the east and a little to the south, with a hole in the middle."""
    values = low + step * np.arange(columns)[None, :] + 0.01 * np.arange(rows)[:, None]
    values = values.astype("float32")
    values[15:25, 25:35] = np.nan
    return values


def codes(rows=40, columns=60) -> np.ndarray:
    """Quarters: general, second class, first class, and no data in the south-east."""
    found = np.zeros((rows, columns), "uint8")
    found[:, columns // 2 :] = 2
    found[rows // 2 :, :] = 1
    found[rows // 2 :, columns // 2 :] = 255
    return found


ASKEW = Affine(98.5, 17.4, EAST, 17.4, -98.5, NORTH)  # turned by ten degrees
