"""GeoParquet 1.1, with a box for every row (`bbox`) by which readers skip what lies elsewhere.

Streams, a row group a batch. A table without places is plain Parquet.
"""

import json
from collections.abc import Generator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from pyproj import CRS

from gis_app.crs import STORAGE_SRID
from gis_app.export import codebook
from gis_app.export.chunks import Sink
from gis_app.export.table import GEOMETRY, Table

BBOX = "bbox"
_EDGES = ("xmin", "ymin", "xmax", "ymax")
_BOX = pa.struct([pa.field(edge, pa.float64()) for edge in _EDGES])


def write(table: Table) -> Generator[bytes, None, None]:
    """The file, a batch at a time."""
    placed = table.geometry != "none"
    schema = _described(table)
    ground = _Ground()
    sink = Sink()
    with pq.ParquetWriter(pa.PythonFile(sink, "w"), schema, compression="zstd") as writer:
        for each in table.batches:
            columns = [*each.columns, *([ground.boxes(each.column(GEOMETRY))] if placed else [])]
            writer.write_batch(pa.RecordBatch.from_arrays(columns, schema=schema))
            yield sink.take()
        if placed:
            writer.add_key_value_metadata({"geo": json.dumps(ground.told())})
    yield sink.take()


def _described(table: Table) -> pa.Schema:
    """The schema with the words of each column, and of the codebook as a whole."""
    told = {row[0]: row for row in codebook.entries(table, flat=False)}
    fields = [
        each.with_metadata(
            {k: v for k, v in zip(codebook.HEAD[1:], told[each.name][1:], strict=True) if v}
        )
        for each in table.schema()
    ]
    boxes = [] if table.geometry == "none" else [pa.field(BBOX, _BOX)]
    return pa.schema([*fields, *boxes])


class _Ground:
    """What was seen of the places: their kinds and their bounds."""

    def __init__(self) -> None:
        self._kinds: set[str] = set()
        self._bounds = [np.inf, np.inf, -np.inf, -np.inf]

    def boxes(self, places: pa.Array) -> pa.Array:
        """The box of each place, null where there is none."""
        shapes: Any = shapely.from_wkb(places.to_numpy(zero_copy_only=False))
        there = shapes[~shapely.is_missing(shapes)]
        self._kinds |= {shape.geom_type for shape in there}
        if len(there):
            seen = shapely.total_bounds(there)
            low, high = np.minimum(self._bounds, seen), np.maximum(self._bounds, seen)
            self._bounds = [*low[:2].tolist(), *high[2:].tolist()]
        edges = shapely.bounds(shapes)
        columns = [pa.array(edges[:, n], pa.float64()) for n in range(4)]
        return pa.StructArray.from_arrays(
            columns, fields=list(_BOX), mask=pa.array(shapely.is_missing(shapes))
        )

    def told(self) -> dict[str, Any]:
        """The `geo` metadata."""
        place: dict[str, Any] = {
            "encoding": "WKB",
            "geometry_types": sorted(self._kinds),
            "crs": CRS.from_epsg(STORAGE_SRID).to_json_dict(),
            "covering": {"bbox": {edge: [BBOX, edge] for edge in _EDGES}},
        }
        if self._kinds:
            place["bbox"] = self._bounds
        return {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: place}}
