"""CSV: UTF-8 with a byte-order mark, points as lon and lat, other places as WKT.

Streams. Text that a spreadsheet would run as a formula gets an apostrophe before it; numbers, and
text that is a plain number, stay as they are.
"""

from collections.abc import Generator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import shapely

from gis_app.export.chunks import Sink
from gis_app.export.codebook import BOM, flat_places
from gis_app.export.table import ARROW, GEOMETRY, Table, attributes

_RUNS = r"^[=+\-@\t\r\n＝＋－＠]"
_PLAIN_NUMBER = r"^[+\-]?[0-9]+(\.[0-9]+)?$"


def write(table: Table) -> Generator[bytes, None, None]:
    """The file, a batch at a time."""
    places = flat_places(table)
    fields = [*table.fields, *places]
    schema = pa.schema([pa.field(f.name, ARROW[f.kind]) for f in fields])
    sink = Sink()
    with pa_csv.CSVWriter(pa.PythonFile(sink, "w"), schema) as writer:
        yield BOM + sink.take()
        for each in table.batches:
            columns = [harmless(c) for c in attributes(each).columns]
            if places:
                columns += flat(each.column(GEOMETRY), points=len(places) == 2)
            writer.write_batch(pa.RecordBatch.from_arrays(columns, schema=schema))
            yield sink.take()
    yield sink.take()


def harmless(column: pa.Array) -> pa.Array:
    """Text that would run as a formula, with an apostrophe before it."""
    if not pa.types.is_string(column.type):
        return column
    runs = pc.and_(
        pc.match_substring_regex(column, _RUNS),
        pc.invert(pc.match_substring_regex(column, _PLAIN_NUMBER)),
    )
    marked = pc.binary_join_element_wise(pa.scalar("'"), column, "")
    return pc.if_else(pc.fill_null(runs, False), marked, column)


def marked(text: str) -> str:
    """One text made harmless."""
    return str(harmless(pa.array([text]))[0].as_py())


def flat(places: pa.Array, *, points: bool) -> list[pa.Array]:
    """Places as `lon` and `lat`, or as WKT; blank where there is none."""
    shapes: Any = shapely.from_wkb(places.to_numpy(zero_copy_only=False))
    if not points:
        texts = shapely.to_wkt(shapes, rounding_precision=-1)
        return [pa.array([t if isinstance(t, str) else None for t in texts], pa.string())]
    axes = (shapely.get_x(shapes), shapely.get_y(shapes))
    return [pa.array(axis, pa.float64(), from_pandas=True) for axis in axes]
