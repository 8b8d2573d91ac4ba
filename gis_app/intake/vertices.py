"""A table of corner points (拐点坐标) → one polygon per name, in the order of the numbers."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from gis_app.intake import units
from gis_app.intake.coordinates import Located
from gis_app.intake.geometry import Shapes
from gis_app.intake.problem import Problems

_ORDER = (
    "拐点序号",
    "拐点编号",
    "拐点",
    "点号",
    "序号",
    "界址点号",
    "vertex",
    "vertexno",
    "seq",
    "point",
    "order",
)
_FEWEST = 3


@dataclass(frozen=True)
class Traced:
    """One row per polygon: the first data row of each, and its shape (EPSG:4490)."""

    first_rows: pd.Index
    shapes: Shapes
    corners: pd.Series  # how many corner points each polygon has


def trace(frame: pd.DataFrame, names: pd.Series, located: Located, problems: Problems) -> Traced:
    """Polygons from corner points: rows of one name are the corners of one ring.

    `names` is the matched name (or code) of each row. Rings with a corner that has no place, or
    fewer than three corners, are refused whole.
    """
    order = next((c for c in frame.columns if units.split(str(c))[0] in _ORDER), None)
    numbers = (
        pd.Series(np.arange(len(frame)), index=frame.index)
        if order is None
        else pd.to_numeric(frame[order].astype(str).str.extract(r"(\d+)", expand=False))
    )
    points = pd.DataFrame(
        {"name": names, "number": numbers, "lon": located.lon, "lat": located.lat},
        index=frame.index,
    )
    first, shapes, corners = [], [], []
    for name, ring in points.groupby("name", sort=False, dropna=True):
        first.append(ring.index[0])
        corners.append(len(ring))
        shapes.append(_ring(str(name), ring.sort_values("number", kind="stable"), problems))
    index = pd.Index(first, dtype="int64", name="row")
    return Traced(
        index, np.array([*shapes, None], dtype=object)[:-1], pd.Series(corners, index=index)
    )


def _ring(name: str, ring: pd.DataFrame, problems: Problems) -> shapely.Polygon | None:
    where = ring[["lon", "lat"]].to_numpy()
    row = int(ring.index.min())
    repeated = ring["number"][ring["number"].duplicated()].tolist()
    if repeated:
        problems.add_rows(
            ("vertex_number_repeated", "warn"),
            (f"“{name}”的拐点序号有重复", f"Corner numbers of {name!r} are repeated"),
            [row],
            value=str(repeated[0]),
        )
    if len(ring) < _FEWEST or np.isnan(where).any():
        problems.add_rows(
            ("ring_incomplete", "refuse"),
            (
                f"“{name}”的拐点不足三个或有拐点没有坐标",
                f"{name!r} has fewer than three corners, or a corner without a place",
            ),
            [row],
        )
        return None
    return shapely.Polygon(where)
