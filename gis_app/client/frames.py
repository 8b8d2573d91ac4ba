"""Answers of the service as typed frames in EPSG:4490."""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from gis_app import days
from gis_app.crs import STORAGE_SRID
from gis_app.errors import BadInput
from gis_app.export.as_parquet import BBOX
from gis_app.export.table import GEOMETRY

Day = date | str
Box = Sequence[float]

ADDED = "（分析者添加的列）"
_NULLABLE = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}


def day(on: Day | None) -> str | None:
    """A day as the API takes it. Raises `BadInput` for text that is no day, or too far a day."""
    return None if on is None else days.read(str(on)[:10]).isoformat()


def box(bbox: Box | None) -> str | None:
    """A box as the API takes it: west, south, east, north."""
    if bbox is None:
        return None
    numbers = [float(n) for n in bbox]
    if len(numbers) != 4:
        raise BadInput(
            "bbox 应为（西，南，东，北）四个数。",
            "bbox is four numbers: west, south, east, north.",
        )
    return ",".join(repr(n) for n in numbers)


def text(value: object) -> str:
    """A value as a parameter or form field."""
    if isinstance(value, bool | np.bool_):
        return "true" if value else "false"
    return str(value)


def typed(table: pd.DataFrame, kinds: Mapping[str, str]) -> pd.DataFrame:
    """The table with its columns in the types of their fields; blanks stay blank."""
    into = {"id": "int64", "number": "float64", "integer": "Int64", "boolean": "boolean"}
    columns = {}
    for name, kind in kinds.items():
        if name not in table:
            continue
        if kind == "date":
            days = [each if isinstance(each, str) else "NaT" for each in table[name]]
            columns[name] = pd.Series(np.array(days, dtype="datetime64[s]"), table.index)
        elif kind in into:
            columns[name] = table[name].astype(pd.api.types.pandas_dtype(into[kind]))
    return table.assign(**columns)


def of_parquet(content: bytes, ids: Sequence[str] = ()) -> gpd.GeoDataFrame:
    """A GeoParquet file of the service as a frame, the geometry last; `ids` are never blank.

    Integers and booleans are nullable, dates are `datetime64[s]`, blank texts NaN.
    """
    read = pq.read_table(io.BytesIO(content))
    told = read.drop_columns([name for name in (BBOX, GEOMETRY) if name in read.column_names])
    days = [n for n, f in enumerate(told.schema) if pa.types.is_date(f.type)]
    for n in days:
        told = told.set_column(n, told.schema.names[n], told.column(n).cast(pa.timestamp("s")))
    table = told.to_pandas(types_mapper=_NULLABLE.get)
    table = table.astype(dict.fromkeys(ids, "int64"))
    shapes: Any = shapely.from_wkb(read.column(GEOMETRY).to_numpy())
    return gpd.GeoDataFrame(table, geometry=shapes, crs=STORAGE_SRID)


def of_points(
    rows: Iterable[Mapping[str, Any]], columns: Sequence[str], kinds: Mapping[str, str]
) -> gpd.GeoDataFrame:
    """Rows with lon and lat as a frame of points with these columns."""
    kinds = {**kinds, "lon": "number", "lat": "number"}
    table = typed(pd.DataFrame(list(rows), columns=list(columns)), kinds)
    points = gpd.points_from_xy(table["lon"], table["lat"])
    return gpd.GeoDataFrame(table, geometry=points, crs=STORAGE_SRID)


def of_shapes(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> gpd.GeoDataFrame:
    """Rows with a GeoJSON `geometry` as a frame of shapes with these columns."""
    listed = list(rows)
    table = pd.DataFrame(listed, columns=list(columns))
    shapes = [shapely.geometry.shape(row["geometry"]) for row in listed]
    return gpd.GeoDataFrame(table, geometry=shapes, crs=STORAGE_SRID)
