"""A raster brought onto a grid, by windows: continuous bilinear, kinds nearest, nodata kept."""

import threading
from contextlib import ExitStack
from types import TracebackType
from typing import Any, Self

import numpy as np
import rasterio.crs
from numpy.typing import NDArray
from rasterio.enums import Resampling
from rasterio.io import DatasetReader
from rasterio.vrt import WarpedVRT
from rasterio.windows import Window

from gis_app import crs
from gis_app.raster import units
from gis_app.raster.grid import Grid
from gis_app.raster.source import Found, open_raster

Floats = NDArray[np.float32]
MARGIN = 2  # cells about the grid that may be read too: slopes need their neighbours


class Aligned:
    """A file on a grid; every thread has its own datasets. Use it with `with`."""

    def __init__(self, found: Found, grid: Grid) -> None:
        self._found, self._grid = found, grid
        self._own, self._opened = threading.local(), ExitStack()
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._opened.close()

    def read(self, window: Window) -> Floats:
        """Values (float32, NaN for no data) in the wanted unit.

        `window` counts cells of the grid and may reach `MARGIN` cells beyond it.
        """
        if not hasattr(self._own, "values"):
            with self._lock:
                self._own.values = _reader(self._found, self._grid, self._opened)
        values = self._own.values(window)
        declared = self._found.declared
        if declared.wanted is None or self._found.unit is None:
            return values  # type: ignore[no-any-return]
        converted = units.convert(values, self._found.unit, declared.wanted, declared.name)
        return converted.astype(np.float32, copy=False)


def _reader(found: Found, grid: Grid, opened: ExitStack) -> Any:
    """A function of a window, with the datasets of this thread."""
    source = open_raster(found.declared.path)
    # not as a context: that would end, in another thread, an environment begun in this one
    opened.callback(source.close)
    offset = _offset(found, grid, source)
    if offset is not None:
        return _Straight(source, *offset).read
    return _Warped(source, found, grid, opened).read


def _offset(found: Found, grid: Grid, source: DatasetReader) -> tuple[int, int] | None:
    """Where the grid begins in a file that is on the same lines already; None for another."""
    a = source.transform
    square = a.b == 0 == a.d and np.isclose([a.a, -a.e], grid.cell_m, rtol=1e-9).all()
    if not square or not crs.same_plane(found.wkt, grid.srid):
        return None
    column, row = (grid.west - a.c) / grid.cell_m, (a.f - grid.north) / grid.cell_m
    if abs(column - round(column)) > 1e-4 or abs(row - round(row)) > 1e-4:
        return None
    return round(column), round(row)


class _Straight:
    """Cells as they are: no resampling where the lines are the same."""

    def __init__(self, source: DatasetReader, column: int, row: int) -> None:
        self._source, self._column, self._row = source, column, row

    def read(self, window: Window) -> Floats:
        out = np.full((int(window.height), int(window.width)), np.nan, np.float32)
        left, top = int(window.col_off) + self._column, int(window.row_off) + self._row
        x0, y0 = max(left, 0), max(top, 0)
        x1 = min(left + out.shape[1], self._source.width)
        y1 = min(top + out.shape[0], self._source.height)
        if x0 < x1 and y0 < y1:
            held = self._source.read(1, window=Window(x0, y0, x1 - x0, y1 - y0), masked=True)
            out[y0 - top : y1 - top, x0 - left : x1 - left] = _plain(held)
        return out


class _Warped:
    """Cells resampled onto the grid by GDAL's warper.

    Bilinear borrows from neighbours where a cell has no value itself: the nearest cell tells
    whether it has one, so that holes stay as large as they are.
    """

    def __init__(self, source: DatasetReader, found: Found, grid: Grid, opened: ExitStack) -> None:
        width, height = grid.width + 2 * MARGIN, grid.height + 2 * MARGIN
        padded = grid.part(Window(-MARGIN, -MARGIN, width, height))
        bare = source.nodata is None
        options = {
            "src_crs": rasterio.crs.CRS.from_wkt(found.wkt), **padded.profile, "dtype": "float32",
            "warp_mem_limit": 64, **({"add_alpha": True} if bare else
                                     {"src_nodata": source.nodata, "nodata": np.nan}),
        }  # fmt: skip
        kinds = found.declared.categorical
        hows = [Resampling.nearest] if kinds else [Resampling.bilinear]
        hows += [] if kinds or bare else [Resampling.nearest]
        self._read = [WarpedVRT(source, resampling=how, **options) for how in hows]
        for vrt in self._read:
            opened.callback(vrt.close)

    def read(self, window: Window) -> Floats:
        moved = Window(
            window.col_off + MARGIN, window.row_off + MARGIN, window.width, window.height
        )
        values, *holes = [_plain(vrt.read(1, window=moved, masked=True)) for vrt in self._read]
        for hole in holes:
            values[np.isnan(hole)] = np.nan
        return values


def _plain(held: "np.ma.MaskedArray[Any, Any]") -> Floats:
    """Values with NaN where there is none."""
    values = held.data.astype(np.float32)
    values[np.ma.getmaskarray(held)] = np.nan
    return values
