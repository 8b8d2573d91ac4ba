"""Collections, and findings of the ledger, as tables for files."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
import shapely
from sqlalchemy import Connection

from gis_app.export import Table
from gis_app.export.findings import COLUMNS, FIELDS, KEY
from gis_app.export.table import batch, held
from gis_app.layer import Collection, Ledger
from gis_app.registry import Registry
from gis_app.report.sentences import sentence
from gis_app.store import exports, items, ledger
from gis_app.store.sources import source

Row = Mapping[str, Any]


def of(conn: Connection, collection: Collection, query: items.Query, registry: Registry) -> Table:
    """What of a collection matches; findings as every list of findings is."""
    if not isinstance(collection, Ledger):
        return exports.table(conn, collection, query)
    there = source(collection, query.start, query.end)
    return table(ledger.matching(conn, items.matching(there, query)), registry)


def table(parts: Iterable[Sequence[Row]], registry: Registry) -> Table:
    """Findings (rows of `store.ledger`, some at a time) with the columns of the codebook.

    The place is a point, null for what has none of its own.
    """
    made = Table(
        name="findings", zh="结论", en="Findings", fields=FIELDS, geometry="point",
        placed=False, key=KEY, batches=(),
    )  # fmt: skip
    return made.over(_batches(parts, registry, made.schema()))


def _batches(
    parts: Iterable[Sequence[Row]], registry: Registry, schema: pa.Schema
) -> Iterator[pa.RecordBatch]:
    with held(parts):
        for part in parts:
            yield batch([_row(row, registry) for row in part], schema)


def _row(row: Row, registry: Registry) -> list[Any]:
    told = sentence(row, registry)
    rule = registry.rules.get(row["rule"])
    made = {
        "tier": None if rule is None else rule.instrument.tier.value,
        "missing": ";".join(row["missing"]),
        "sentence_zh": told.zh,
        "sentence_en": told.en,
    }
    nowhere = row["lon"] is None
    place = None if nowhere else shapely.Point(row["lon"], row["lat"]).wkb
    return [*(made[name] if name in made else row.get(name) for name in COLUMNS), place]
