"""Vector inputs of a plan, on the grid's plane: polygons with values, points with values."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from gis_app import crs
from gis_app.errors import BadInput
from gis_app.intake import read as reading
from gis_app.raster.grid import Grid

Shapes = NDArray[np.object_]
Doubles = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Ask:
    """A file of features and how it is to be understood; `name` as in the plan."""

    name: str
    path: Path
    layer: str | None = None
    crs: str | None = None
    encoding: str | None = None
    x: str | None = None
    y: str | None = None


def opened(ask: Ask) -> tuple[pd.DataFrame, Shapes]:
    """The rows of a file and their shapes in longitude and latitude (EPSG:4490).

    Read in the sandbox of imports. Raises `UnreadableFile`, `UnknownCrs`, and `BadInput` naming
    the input for places that cannot be told.
    """
    if not ask.path.exists():
        raise BadInput(
            f"输入“{ask.name}”：没有文件 {ask.path}。", f"Input {ask.name!r}: no file {ask.path}."
        )
    table = reading.read(ask.path, source_layer=ask.layer, crs=ask.crs, encoding=ask.encoding)
    shapes, known = table.geometry, table.crs
    if shapes is None and ask.x is not None and ask.y is not None:
        pairs = [numbers(table.frame, name, ask) for name in (ask.x, ask.y)]
        shapes = np.asarray(shapely.points(*pairs), dtype=object)
    if shapes is None:
        raise BadInput(
            f"输入“{ask.name}”的文件 {ask.path.name} 是表格：请写明坐标列 x、y 和 crs。",
            f"Input {ask.name!r} is a table ({ask.path.name}): say its columns x, y and its crs.",
        )
    if known is None:
        raise BadInput(
            f'输入“{ask.name}”的文件 {ask.path.name} 没有坐标系。请写明 crs = "EPSG:代码"。',
            f'Input {ask.name!r} ({ask.path.name}) has no CRS. Say crs = "EPSG:code".',
        )
    stored = crs.shapes_to_storage(np.asarray(shapes, dtype=object), known)
    return table.frame, np.asarray(stored, dtype=object)


def column(frame: pd.DataFrame, name: str, ask: Ask) -> "pd.Series[Any]":
    """A column by its header. Raises `BadInput` naming those there are."""
    if name not in frame:
        listed = "、".join(str(each) for each in frame.columns)
        raise BadInput(
            f"输入“{ask.name}”的文件 {ask.path.name} 没有列“{name}”。有：{listed}。",
            f"Input {ask.name!r} ({ask.path.name}) has no column {name!r}. There are: {listed}.",
        )
    return frame[name]


def numbers(frame: pd.DataFrame, name: str | float, ask: Ask) -> Doubles:
    """A column as numbers, or one number for all rows. Raises `BadInput` naming the first row that
    has none.
    """
    if not isinstance(name, str):
        return np.full(len(frame), float(name))
    values = pd.to_numeric(column(frame, name, ask), errors="coerce").to_numpy(np.float64)
    wrong = np.flatnonzero(~np.isfinite(values))
    if len(wrong):
        row = frame.index[wrong[0]]
        raise BadInput(
            f"输入“{ask.name}”：{ask.path.name} 第 {row} 行的“{name}”"
            f"不是数（共 {len(wrong)} 行）。",
            f"Input {ask.name!r}: row {row} of {ask.path.name} has no number in {name!r} "
            f"({len(wrong)} rows have none).",
        )
    return values


def places(shapes: Shapes, grid: Grid, ask: Ask) -> tuple[Doubles, Doubles]:
    """Easting and northing of points on the grid's plane. Raises `BadInput` for other shapes."""
    if not np.isin(shapely.get_type_id(shapes), (0,)).all():
        raise BadInput(
            f"输入“{ask.name}”应为点。", f"Input {ask.name!r} should be points, one a row."
        )
    flat = grid.project(shapes)
    return shapely.get_x(flat), shapely.get_y(flat)


def polygons(shapes: Shapes, grid: Grid, ask: Ask) -> Sequence[shapely.Geometry]:
    """Polygons on the grid's plane, mended where rings cross. Raises `BadInput` for others."""
    if not np.isin(shapely.get_type_id(shapes), (3, 6)).all():
        raise BadInput(
            f"输入“{ask.name}”应为面。", f"Input {ask.name!r} should be polygons, one a row."
        )
    return list(shapely.make_valid(grid.project(shapes), method="structure", keep_collapsed=False))
