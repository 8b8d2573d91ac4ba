"""A checked batch written into the table it is for, and taken back from it."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
from sqlalchemy import Connection

from gis_app.intake import overlap, refusals
from gis_app.intake.match import key_of
from gis_app.layer import Layer, Register
from gis_app.registry import Registry
from gis_app.store import imports, records, seen, undo

MANY = 5_000  # rows after which the planner is told
_BESIDE = ("row_no", "change_id")  # staged beside the columns of the table


def write(
    conn: Connection,
    rows: pa.Table,
    declared: tuple[Registry, Layer | Register],
    batch_id: int,
    *,
    update: bool,
) -> dict[str, Any]:
    """Write staged rows; what the report of the batch says of it (`inserted`, `changed`).

    Raises `Conflict` when zones drawn since the preview forbid one of them, or somebody has since
    changed what they would refresh.
    """
    registry, collection = declared
    plain = rows.select([c for c in rows.column_names if c not in _BESIDE])
    if update:
        keys = [c for c in rows.column_names if c in {*_BESIDE, *key_of(collection)}]
        refusals.refuse_changed(seen.changed(conn, collection, rows.select(keys), lock=True))
    if isinstance(collection, Register):
        done, table = _records(conn, plain, collection, batch_id, update=update), collection.id
    elif collection.geometry == "polygon":
        overlap.refuse_new(conn, rows, collection, registry)
        done, table = _zones(conn, plain, batch_id), "zone"
    else:
        done, table = _wells(conn, plain, batch_id, update=update), "well"
    if rows.num_rows >= MANY:
        imports.analyze(conn, f"gis.{table}")
    return done


def _records(
    conn: Connection, rows: pa.Table, register: Register, batch_id: int, *, update: bool
) -> dict[str, Any]:
    names = rows.column_names
    records.stage(conn, register, rows)
    changed = records.refresh(conn, register, names) if update else 0
    inserted = records.insert(conn, register, names, batch_id, only_new=update)
    return {"inserted": inserted, "changed": changed}


def _zones(conn: Connection, rows: pa.Table, batch_id: int) -> dict[str, Any]:
    imports.stage_zones(conn, rows)
    return {"inserted": imports.insert_zones(conn, rows.column_names, batch_id), "changed": 0}


def _wells(conn: Connection, rows: pa.Table, batch_id: int, *, update: bool) -> dict[str, Any]:
    names = rows.column_names
    imports.stage_wells(conn, rows)
    before = imports.newest_party(conn)
    imports.insert_parties(conn)
    changed = imports.update_wells(conn, names) if update else 0
    inserted = imports.insert_wells(conn, names, batch_id, only_new=update)
    return {"inserted": inserted, "changed": changed, "party_after": before}


def take_back(
    conn: Connection,
    declared: tuple[Registry, Layer | Register],
    batch_id: int,
    report: Mapping[str, Any],
    *,
    keep_changed: bool = False,
) -> dict[str, Any]:
    """Put everything back as it was before a batch; what its report says of it.

    Raises `Refused`, with names, when somebody else has changed a row since, or when registers
    speak of a well that would go; `keep_changed` leaves these rows as they are.
    """
    registry, collection = declared
    kept = _stand_in_the_way(conn, registry, collection, batch_id, refuse=not keep_changed)
    second = "restored"
    if isinstance(collection, Register):
        done = undo.undo_records(conn, collection, batch_id, kept)
    elif collection.geometry == "polygon":
        done, second = undo.undo_zones(conn, batch_id, kept), "withdrawn"
    else:
        done = undo.undo_wells(conn, batch_id, kept, report.get("party_after", 0))
    return {"deleted": done[0], second: done[1], "kept": len(kept)}


def _stand_in_the_way(
    conn: Connection,
    registry: Registry,
    collection: Layer | Register,
    batch_id: int,
    *,
    refuse: bool,
) -> set[int]:
    """Keys of rows that others have changed since, or that other registers speak of."""
    table: str = "well"
    named_by: tuple[str, ...] = ("code",)
    if isinstance(collection, Register):
        table, named_by = collection.id, key_of(collection)
    elif collection.geometry == "polygon":
        table, named_by = "zone", ("name",)
    changed = undo.changed_since(conn, table, named_by, batch_id)
    held = []
    if table == "well":
        held = undo.wells_held(conn, list(registry.registers.values()), batch_id)
    if refuse:
        refusals.refuse_undo(changed, held, registry, batch_id)
    return {row["key"] for row in changed} | {key for row in held for key in row["keys"]}
