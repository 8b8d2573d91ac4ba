"""What a file is written from: columns as they are declared, and rows as Arrow batches."""

import re
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import pyarrow as pa

from gis_app.layer import Field, Kind

GEOMETRY = "geometry"
ARROW: dict[Kind, pa.DataType] = {
    "text": pa.string(),
    "choice": pa.string(),
    "number": pa.float64(),
    "integer": pa.int64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "instant": pa.timestamp("us", tz="UTC"),
}
# how a unit is written in a name; a longitude or latitude is in degrees and nothing else
_IN_NAMES = {"%": ("pct",), "deg": ("deg", "lon", "lat")}


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table on its way into a file: each batch has the columns of `schema()`.

    `name` is plain ASCII. Geometry is WKB in EPSG:4490, longitude first. `placed`: every row has a
    place. `key` names the columns that tell rows apart (none: the first). `batches` are read once.
    """

    name: str
    zh: str
    en: str
    fields: tuple[Field, ...]
    geometry: Literal["point", "polygon", "any", "none"]
    placed: bool = True
    key: tuple[str, ...] = ()
    batches: Iterable[pa.RecordBatch] = field(repr=False)

    def schema(self) -> pa.Schema:
        """The columns in order, the geometry last where there is one."""
        columns = [pa.field(f.name, ARROW[f.kind]) for f in self.fields]
        placed = [] if self.geometry == "none" else [pa.field(GEOMETRY, pa.binary())]
        return pa.schema([*columns, *placed])

    def over(self, batches: Iterable[pa.RecordBatch]) -> "Table":
        """The same table with other rows."""
        return replace(self, batches=batches)


def held(source: object) -> AbstractContextManager[object]:
    """Ends a source of rows after the `with` block: on a suspended one a cursor would hang."""
    return closing(source) if isinstance(source, Generator) else nullcontext()


def column(field: Field) -> Field:
    """The field as a column: its unit stands in its name."""
    if field.unit is None or _stands(field.unit, field.name):
        return field
    unit = "_".join(re.findall(r"[a-z0-9]+", field.unit.lower().replace("%", "pct")))
    return replace(field, name=f"{field.name}_{unit}")


def _stands(unit: str, name: str) -> bool:
    spelled = _IN_NAMES.get(unit)
    if spelled is not None:
        return name.endswith(spelled)
    plain = name.lower().replace("_", "")
    return all(part in plain for part in re.findall(r"[a-z0-9]+", unit.lower()))


def batch(rows: Sequence[Sequence[Any]], schema: pa.Schema) -> pa.RecordBatch:
    """Rows, each in the order of the schema, as one batch."""
    columns = zip(*rows, strict=True) if rows else ((),) * len(schema)
    arrays = [
        pa.array(values, each.type, from_pandas=True)
        for values, each in zip(columns, schema, strict=True)
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def attributes(each: pa.RecordBatch) -> pa.RecordBatch:
    """A batch without its geometry."""
    names = [name for name in each.schema.names if name != GEOMETRY]
    return each.select(names)


def rows(each: pa.RecordBatch) -> Iterator[tuple[Any, ...]]:
    """The rows of a batch as plain values."""
    return zip(*(values.to_pylist() for values in each.columns), strict=True)
