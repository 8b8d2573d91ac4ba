"""Filters asked of a database, and their statements."""

from typing import Any

import orjson
from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql

from gis_app import registry
from gis_app.crs import CRS84, SERVED, Served
from gis_app.layer import Layer, Register
from gis_app.store import filters, items
from gis_app.store.sources import Source, source

LAW = registry.load()
WELL = LAW.layers["well"]


def codes(conn: Connection, asked: str | dict[str, Any], crs: Served = SERVED[CRS84]) -> list[str]:
    """The codes of the wells that a filter leaves, in the order they were made."""
    return [each["properties"]["code"] for each in found(conn, WELL, asked, crs)]


def found(
    conn: Connection,
    collection: Layer | Register,
    asked: str | dict[str, Any],
    crs: Served = SERVED[CRS84],
) -> list[dict[str, Any]]:
    """The features that a filter (text, or a tree for JSON) leaves."""
    where = condition(asked, source(collection), crs)
    page = items.page(conn, collection, items.Query(filter=where, limit=10_000))
    return list(page.features)


def condition(asked: str | dict[str, Any], place: Source, crs: Served = SERVED[CRS84]) -> Any:
    """The condition of a filter: text, or a tree for JSON."""
    if isinstance(asked, str):
        return filters.compiled(asked, "cql2-text", place, crs)
    return filters.compiled(orjson.dumps(asked).decode(), "cql2-json", place, crs)


def statement(asked: str | dict[str, Any], collection: Layer | Register = WELL) -> str:
    """The SQL text that a filter of a collection becomes."""
    place = source(collection)
    made = select(place.key).select_from(place.rows).where(condition(asked, place))
    return str(made.compile(dialect=postgresql.psycopg.dialect()))
