"""Points of a GeoParquet file as plain arrays: ten million never become ten million objects."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from pyproj import CRS

from gis_app import crs as crs_module
from gis_app.errors import UnreadableFile
from gis_app.intake.read import Table
from gis_app.offline.grid import Floats

_POINT_WKB = 21  # byte order, type, two doubles
_AT_ONCE = 1_000_000


@dataclass(frozen=True)
class Points:
    """The rows of a file of points: attributes, and longitude and latitude (EPSG:4490)."""

    columns: pa.Table
    x: Floats
    y: Floats

    def table(self, *, placed: bool = True) -> Table:
        """As any file is read; with `placed` the shapes as objects."""
        frame = self.columns.to_pandas().set_axis(pd.RangeIndex(1, self.columns.num_rows + 1))
        shapes = np.asarray(shapely.points(self.x, self.y)) if placed else None
        crs = CRS.from_epsg(crs_module.STORAGE_SRID) if placed else None
        return Table(frame, shapes, crs, "utf-8", "GeoParquet", "")


def points(path: Path, told_crs: str | None = None) -> Points | None:
    """The points of a file; None where its shapes are no plain points in WKB.

    Raises `UnreadableFile` for what is no GeoParquet, `UnknownCrs` for a CRS without a sound way to
    CGCS2000.
    """
    xy = coordinates(path, told_crs)
    if xy is None:
        return None
    name = geo(path)["primary_column"]
    schema = pq.read_schema(path)
    return Points(pq.read_table(path, columns=_attributes(schema, name)), *xy)


def coordinates(path: Path, told_crs: str | None = None) -> tuple[Floats, Floats] | None:
    """Longitude and latitude (EPSG:4490) of a file's points, nothing else of it being read.

    None and errors as of `points`. A million points are held as they are written, no more.
    """
    about = geo(path)
    name = about["primary_column"]
    column = about["columns"][name]
    if column.get("encoding") != "WKB" or column.get("geometry_types") != ["Point"]:
        return None
    with pq.ParquetFile(path) as file:
        x, y = np.empty(file.metadata.num_rows), np.empty(file.metadata.num_rows)
        filled = 0
        for batch in file.iter_batches(_AT_ONCE, columns=[name]):
            xy = _unpacked(batch[name])
            if xy is None:
                return None
            x[filled : filled + len(xy)], y[filled : filled + len(xy)] = xy.T
            filled += len(xy)
    crs = crs_module.parse(told_crs) if told_crs else _crs(column)
    if crs is not None and not _is_stored(crs):
        crs_module.check_transformable(crs)
        x, y = crs_module.to_storage(crs, x, y)
    return x, y


def plain(path: Path) -> Table | None:
    """The rows of a file of Parquet without shapes, as any table is read; None where it has some.

    Raises `UnreadableFile`.
    """
    if _geo(path) is not None:
        return None
    rows = pq.read_table(path)
    frame = rows.to_pandas().set_axis(pd.RangeIndex(1, rows.num_rows + 1))
    return Table(frame, None, None, "utf-8", "Parquet", "")


def geo(path: Path) -> dict[str, Any]:
    """The GeoParquet metadata of a file. Raises `UnreadableFile`."""
    told = _geo(path)
    if told is None:
        raise UnreadableFile(
            f"{path.name} 是普通 Parquet，没有图形列（GeoParquet 元数据）。"
            "请用 geopandas 的 to_parquet 另存。",
            f"{path.name} is Parquet without geometry metadata: save it by geopandas' to_parquet.",
        )
    found: dict[str, Any] = json.loads(told)
    return found


def _geo(path: Path) -> bytes | None:
    try:
        # of the file: not every writer puts it into the Arrow schema too
        found: bytes | None = (pq.read_metadata(path).metadata or {}).get(b"geo")
    except (OSError, pa.ArrowInvalid) as error:
        raise UnreadableFile(f"打不开文件 {path}。", f"Cannot open {path}.") from error
    return found


def _crs(column: dict[str, Any]) -> CRS | None:
    """None: as the standard says, longitude and latitude on WGS 84."""
    told = column.get("crs")
    return None if told is None else CRS.from_json_dict(told)


def _is_stored(crs: CRS) -> bool:
    return crs.is_geographic and crs.to_epsg() in {crs_module.STORAGE_SRID, 4326}


def _attributes(schema: pa.Schema, geometry: str) -> list[str]:
    """All columns but the shapes and their covering boxes, which are of the file's make."""
    boxes = {f.name for f in schema if f.name == "bbox" and pa.types.is_struct(f.type)}
    return [name for name in schema.names if name != geometry and name not in boxes]


def _unpacked(shapes: pa.Array) -> Floats | None:
    """The x and y of little-endian WKB points; None where one is blank or written otherwise."""
    if shapes.null_count:
        return None
    plain = shapes.cast(pa.large_binary())
    offsets = np.frombuffer(plain.buffers()[1], np.int64)[
        plain.offset : plain.offset + len(plain) + 1
    ]
    if (np.diff(offsets) != _POINT_WKB).any():
        return None
    wkb = np.frombuffer(plain.buffers()[2], np.uint8)[offsets[0] : offsets[-1]]
    whole = wkb.reshape(-1, _POINT_WKB)
    if (whole[:, :5] != [1, 1, 0, 0, 0]).any():
        return None
    return np.ascontiguousarray(whole[:, 5:]).view("<f8")
