"""Everything of a collection that matches, as Arrow batches: for files, not for pages."""

from collections.abc import Generator
from contextlib import closing
from typing import Any

import pyarrow as pa
from sqlalchemy import Connection, LargeBinary, Select, func, select

from gis_app.export.table import Table, batch, column
from gis_app.layer import Collection, Field
from gis_app.store import cursors, items
from gis_app.store.sources import Source, source

ROWS = 5000


def table(conn: Connection, collection: Collection, query: items.Query, rows: int = ROWS) -> Table:
    """The rows of a collection that match, in the order of their keys, not yet read.

    First the key, then the properties with their units in the names, then the place. Of the query
    `limit`, `after`, `sort`, `crs` and `geometry` say nothing here.
    """
    found = source(collection, query.start, query.end)
    made = Table(
        name=collection.id,
        zh=collection.zh,
        en=collection.en,
        fields=_fields(found, query),
        geometry=collection.geometry,
        batches=(),
    )
    return made.over(batches(conn, _statement(found, query), made.schema(), rows))


def batches(
    conn: Connection, statement: Select[Any], schema: pa.Schema, rows: int = ROWS
) -> Generator[pa.RecordBatch, None, None]:
    """What a statement finds, `rows` at a time, in the order of the schema."""
    with closing(cursors.parts(conn, statement, rows)) as parts:
        for part in parts:
            yield batch(part, schema)


def _fields(found: Source, query: items.Query) -> tuple[Field, ...]:
    key = Field(
        name=found.key.name, zh="标识", en="id of the feature", kind="integer", required=True
    )
    return (key, *(column(found.properties[name].field) for name in items.names(found, query)))


def _statement(found: Source, query: items.Query) -> Select[Any]:
    values = [found.properties[name].value for name in items.names(found, query)]
    place = [] if found.geom is None else [func.st_asbinary(found.geom, type_=LargeBinary)]
    return (
        select(found.key, *values, *place)
        .select_from(found.rows)
        .where(items.matching(found, query))
        .order_by(found.key)
    )
