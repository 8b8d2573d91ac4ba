"""GeoPackage and FlatGeobuf, through GDAL.

Neither can be written from front to back (both end with an index), so they are made as a temporary
file, a batch at a time, and handed on when they are whole.
"""

import tempfile
from collections import Counter
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyogrio
from pyogrio.errors import DataLayerError

from gis_app.crs import STORAGE_SRID
from gis_app.export import chunks, codebook
from gis_app.export.table import GEOMETRY, Table

_CRS = f"EPSG:{STORAGE_SRID}"
_TYPES = {"point": "Point", "polygon": "MultiPolygon", "any": "Unknown"}
_WKB = {"ARROW:extension:name": "geoarrow.wkb"}


def geopackage(table: Table) -> Generator[bytes, None, None]:
    """A GeoPackage, one layer; the codebook is in its metadata and in its column titles."""
    book = codebook.as_csv(table, flat=False).decode("utf-8-sig")
    titles = {"IDENTIFIER": table.name, "DESCRIPTION": f"{table.zh} / {table.en}"}
    return _made(
        table,
        ".gpkg",
        driver="GPKG",
        layer_metadata={"codebook": book},
        layer_options=titles,
    )


def flatgeobuf(table: Table) -> Generator[bytes, None, None]:
    """A FlatGeobuf; with a spatial index where every row has a place, as the format demands."""
    index = "YES" if table.placed else "NO"
    return _made(table, ".fgb", driver="FlatGeobuf", SPATIAL_INDEX=index)


def _made(table: Table, suffix: str, **options: Any) -> Generator[bytes, None, None]:
    with tempfile.TemporaryDirectory(prefix="gis-export-") as folder:
        path = Path(folder) / f"{table.name}{suffix}"  # GDAL warns of another suffix
        into(path, table, layer=table.name, **options)
        yield from chunks.of_file(path)


def into(path: Path, table: Table, **options: Any) -> None:
    """Write or append a table through GDAL; what stops the rows is raised as it is."""
    schema = _described(table)
    source = _Watched(table.batches, schema)
    place: dict[str, Any] = {}
    if table.geometry != "none":
        place = {
            "geometry_name": GEOMETRY,
            "geometry_type": _TYPES[table.geometry],
            "crs": _CRS,
        }
    reader = pa.RecordBatchReader.from_batches(schema, iter(source))
    try:
        pyogrio.write_arrow(reader, path, **{**place, **options})
    except (RuntimeError, DataLayerError):
        if source.error is not None:
            raise source.error from None
        raise


def _described(table: Table) -> pa.Schema:
    """The schema with the titles that GDAL writes beside the columns, and the geometry's type."""
    words = {f.name: f for f in table.fields}
    once = Counter(f.zh for f in table.fields)
    told = []
    for each in table.schema():
        if each.name == GEOMETRY:
            told.append(each.with_metadata(_WKB))
            continue
        field = words[each.name]
        note = f"{field.en}, {field.unit}" if field.unit else field.en
        # a GeoPackage takes no title twice
        title = field.zh if once[field.zh] == 1 else f"{field.zh} {field.name}"
        titles = {"GDAL:OGR:alternative_name": title, "GDAL:OGR:comment": note}
        told.append(each.with_metadata(titles))
    return pa.schema(told)


class _Watched:
    """Batches handed to C code, which tells nothing of the error that stopped them: we keep it."""

    def __init__(self, batches: Any, schema: pa.Schema) -> None:
        self._batches, self._schema = batches, schema
        self.error: BaseException | None = None

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        try:
            for each in self._batches:
                yield pa.RecordBatch.from_arrays(each.columns, schema=self._schema)
        except BaseException as error:
            self.error = error
            raise
