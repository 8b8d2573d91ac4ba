"""Polygons with a value each, as cells of a grid."""

from collections.abc import Sequence

import numpy as np
import rasterio.features
import shapely
from numpy.typing import NDArray

from gis_app.raster.grid import Grid

Floats = NDArray[np.float32]


class Burnt:
    """Polygons on a grid's plane; a cell has the value of the polygon its centre lies in.

    Where polygons overlap the later one holds: hand them over in order. Read by any thread.
    """

    def __init__(self, shapes: Sequence[shapely.Geometry], values: Sequence[float]) -> None:
        self._shapes, self._values = list(shapes), list(values)
        self._tree = shapely.STRtree(self._shapes)

    def read(self, part: Grid, blank: float = np.nan) -> Floats:
        """Values (float32) on the cells of a part of the grid, `blank` where no polygon is."""
        met = np.sort(self._tree.query(shapely.box(*part.bounds)))
        if not len(met):
            return np.full(part.shape, blank, np.float32)
        burnt = rasterio.features.rasterize(
            [(self._shapes[i], self._values[i]) for i in met], out_shape=part.shape, fill=blank,
            transform=part.transform, dtype="float32",
        )  # fmt: skip
        return np.asarray(burnt, np.float32)
