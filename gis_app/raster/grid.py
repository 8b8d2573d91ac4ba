"""One metric grid for everything of a computation, and its windows."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

import numpy as np
import rasterio.crs
import shapely
from affine import Affine
from pyproj import Transformer
from rasterio.windows import Window
from shapely.geometry.base import BaseGeometry

from gis_app.crs import STORAGE_SRID, metric_epsg
from gis_app.errors import BadInput

MOST_CELLS = 2_000_000_000
_DENSE_DEG = 0.02
_SLACK = 1e-5  # of a cell: what is on a line stays on it after the way there and back


@dataclass(frozen=True)
class Grid:
    """A north-up grid of square cells: EPSG code, upper left corner, cell in metres, cells."""

    srid: int
    west: float
    north: float
    cell_m: float
    width: int
    height: int

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.height, self.width

    @property
    def transform(self) -> Affine:
        """From column and row to easting and northing."""
        return Affine(self.cell_m, 0, self.west, 0, -self.cell_m, self.north)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north in metres."""
        south = self.north - self.height * self.cell_m
        return self.west, south, self.west + self.width * self.cell_m, self.north

    @property
    def crs(self) -> rasterio.crs.CRS:
        """The CRS as GDAL takes it."""
        return rasterio.crs.CRS.from_epsg(self.srid)

    @property
    def profile(self) -> dict[str, Any]:
        """What a dataset on this grid is made with."""
        return {
            "width": self.width, "height": self.height, "crs": self.crs,
            "transform": self.transform,
        }  # fmt: skip

    def part(self, window: Window) -> "Grid":
        """The grid of a window, which may reach beyond this one."""
        return Grid(
            self.srid,
            self.west + window.col_off * self.cell_m,
            self.north - window.row_off * self.cell_m,
            self.cell_m,
            int(window.width),
            int(window.height),
        )

    def windows(self, side: int) -> Iterator[Window]:
        """Square windows that cover the grid, row by row; at the rims smaller."""
        for row in range(0, self.height, side):
            for column in range(0, self.width, side):
                width, height = min(side, self.width - column), min(side, self.height - row)
                yield Window(column, row, width, height)

    def project(self, shapes: Any) -> Any:
        """Shapes in longitude and latitude (EPSG:4490) on the plane of this grid."""
        ahead = Transformer.from_crs(STORAGE_SRID, self.srid, always_xy=True)
        return shapely.transform(shapes, lambda xy: np.column_stack(ahead.transform(*xy.T)))

    def on_earth(self, shapes: Any) -> Any:
        """Shapes on this plane in longitude and latitude (EPSG:4490)."""
        back = Transformer.from_crs(self.srid, STORAGE_SRID, always_xy=True)
        return shapely.transform(shapes, lambda xy: np.column_stack(back.transform(*xy.T)))


def over(area: BaseGeometry, cell_m: float, srid: int | None = None) -> Grid:
    """The grid that covers an area (EPSG:4490), its lines at multiples of the cell.

    The CRS is chosen from the middle of the area (`crs.metric_epsg`) unless given. The area's
    lines are made dense first: straight in degrees is a curve on the plane. Raises `BadInput`.
    """
    if area.is_empty or cell_m <= 0:
        raise BadInput(
            "区域为空，或网格边长不是正数。", "The area is empty, or the cell is not positive."
        )
    west, south, east, north = area.bounds
    code = srid or metric_epsg((west + east) / 2, (south + north) / 2)
    dense = shapely.segmentize(area, _DENSE_DEG)
    left, low, right, high = Grid(code, 0, 0, cell_m, 1, 1).project(dense).bounds
    x, y = floor(left / cell_m + _SLACK), ceil(high / cell_m - _SLACK)
    width = ceil(right / cell_m - _SLACK) - x
    height = y - floor(low / cell_m + _SLACK)
    if width * height > MOST_CELLS:
        raise BadInput(
            f"网格有 {width * height:,} 个格，过大；请加大网格边长或分区计算。",
            f"The grid would have {width * height:,} cells: take larger cells, or parts.",
        )
    return Grid(code, x * cell_m, y * cell_m, cell_m, width, height)
