"""Collections, and findings of the ledger, as tables for files."""

from sqlalchemy import Connection

from gis_app.errors import BadInput
from gis_app.export import Table
from gis_app.layer import Collection, Ledger
from gis_app.registry import Registry
from gis_app.report.listed import table
from gis_app.store import exports, items, ledger
from gis_app.store.sources import source

__all__ = ["of", "table"]


def of(
    conn: Connection,
    collection: Collection,
    query: items.Query,
    registry: Registry,
    *,
    words: bool = False,
) -> Table:
    """What of a collection matches; findings as every list of findings is.

    Raises `BadInput` where `words` are asked of what has none.
    """
    if not isinstance(collection, Ledger):
        if words:
            raise BadInput(
                f"“{collection.zh}”没有 words 可加，只有结论有。",
                f"Collection {collection.id!r} has no words to add: only findings have.",
            )
        return exports.table(conn, collection, query)
    there = source(collection, query.start, query.end)
    return table(ledger.matching(conn, items.matching(there, query)), registry, words=words)
