"""Answers of the service as typed frames in EPSG:4490."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from gis_app.crs import STORAGE_SRID
from gis_app.errors import BadInput
from gis_app.export.findings import COLUMNS, FIELDS, WORDS
from gis_app.flags import flag_of

Day = date | str
Box = Sequence[float]

ADDED = "（分析者添加的列）"
_KINDS = {f.name: f.kind for f in FIELDS if f.kind in {"integer", "number", "date"}}


def day(on: Day | None) -> str | None:
    """A day as the API takes it. Raises `BadInput` for text that is no day."""
    try:
        return None if on is None else date.fromisoformat(str(on)[:10]).isoformat()
    except ValueError:
        raise BadInput(
            f"日期应写成 2024-06-30，不是“{on}”。", f"A day is written 2024-06-30, not {on!r}."
        ) from None


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


def of_features(
    rows: Sequence[Mapping[str, Any]], columns: Sequence[str], kinds: Mapping[str, str]
) -> gpd.GeoDataFrame:
    """GeoJSON features as a frame with these columns first, the very first being the id."""
    if not rows:
        empty = pd.DataFrame({name: pd.Series(dtype="object") for name in columns})
        return gpd.GeoDataFrame(typed(empty, kinds), geometry=[], crs=STORAGE_SRID)
    shapes = gpd.GeoDataFrame.from_features(rows, crs=STORAGE_SRID)
    table = pd.DataFrame([each["properties"] for each in rows])
    table.insert(0, columns[0], [each["id"] for each in rows])
    first = [name for name in columns if name in table]
    table = table[[*first, *(name for name in table if name not in first)]]
    return gpd.GeoDataFrame(typed(table, kinds), geometry=shapes.geometry.array, crs=STORAGE_SRID)


def of_points(
    rows: Iterable[Mapping[str, Any]], columns: Sequence[str], kinds: Mapping[str, str]
) -> gpd.GeoDataFrame:
    """Rows with lon and lat as a frame of points with these columns."""
    kinds = {**kinds, "lon": "number", "lat": "number"}
    table = typed(pd.DataFrame(list(rows), columns=list(columns)), kinds)
    points = gpd.points_from_xy(table["lon"], table["lat"])
    return gpd.GeoDataFrame(table, geometry=points, crs=STORAGE_SRID)


def of_findings(rows: Iterable[Mapping[str, Any]]) -> gpd.GeoDataFrame:
    """Findings with the columns of the codebook, then those of `WORDS`, one row a finding."""
    names = [*COLUMNS, *(f.name for f in WORDS)]
    return of_points([_finding(row) for row in rows], names, _KINDS)


def _finding(row: Mapping[str, Any]) -> dict[str, Any]:
    out = row["exemption"]
    return {
        **row,
        "flag": flag_of(row["answer"], row["verdict"]),
        "missing": ";".join(each["name"] for each in row["missing"]),
        "missing_zh": "；".join(each["zh"] for each in row["missing"]),
        "exemption": out and out["id"],
        "exemption_zh": out and out["zh"],
    }
