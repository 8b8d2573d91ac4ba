"""A committed batch taken back: what it brought goes, what it changed is as it was.

What the batch did is read from the history, so that a later change by somebody else is seen.
"""

from collections.abc import Collection, Sequence
from typing import Any

from psycopg import sql
from sqlalchemy import Connection, text

from gis_app.layer import Register
from gis_app.store.imports import WELL_COLUMNS
from gis_app.store.tables import REGISTER_TABLES

# What an undone batch did is undone with it, and stands in nobody's way; nor does a row that is
# gone, or again as the batch left it (a state that was changed and changed back is remembered).
_CHANGED_SINCE = sql.SQL("""
    with mine as (
      select distinct on (key) key, change_id as last, new
      from gis.change
      where batch_id = {batch} and table_name = {table}
      order by key, change_id desc
    )
    select c.key, concat_ws(' ', {label}) as label, c.actor
    from mine
    cross join lateral (
      select k.new from gis.change k
      where k.table_name = {table} and k.key = mine.key
      order by k.change_id desc limit 1) now
    join gis.change c
      on c.table_name = {table} and c.key = mine.key and c.change_id > mine.last
     and c.batch_id is distinct from {batch}
     and not exists (
       select from gis.batch b where b.batch_id = c.batch_id and b.state = 'undone')
    where now.new is not null
      and (now.new <> mine.new or c.old ->> 'status' is distinct from c.new ->> 'status')
    order by c.change_id
""")
_FIRST_CHANGES = """
    create temp table first_changes on commit drop as
    select distinct on (key) key, op, old, new ->> 'owner_id' as owner_id
    from gis.change
    where batch_id = :batch_id and table_name = :table_name and key <> all (:kept)
    order by key, change_id
"""
# rows of other registers hold these wells fast, whoever wrote them
_HELD = sql.SQL("""
    select {register} as register, count(*) as rows, array_agg(distinct r.well_code) as wells,
           array_agg(distinct w.well_id) as keys
    from {table} r
    join gis.well w on w.code = r.well_code
    join first_changes f on f.op = 'insert' and f.key = w.well_id
    having count(*) > 0
""")


def changed_since(
    conn: Connection, table_name: str, named_by: Sequence[str], batch_id: int
) -> list[dict[str, Any]]:
    """What a batch wrote and others have changed since: key, label (of `named_by`), actor."""
    label = sql.SQL(", ").join(
        sql.SQL("coalesce(c.new, c.old) ->> {}").format(sql.Literal(name)) for name in named_by
    )
    statement = _CHANGED_SINCE.format(
        batch=sql.Literal(batch_id), table=sql.Literal(table_name), label=label
    )
    return [dict(row) for row in conn.execute(text(statement.as_string())).mappings()]


def wells_held(
    conn: Connection, registers: Sequence[Register], batch_id: int
) -> list[dict[str, Any]]:
    """Registers that speak of wells a batch brought: register, rows, and the wells by code and
    by key.
    """
    _first_changes(conn, "well", batch_id)
    statement = sql.SQL(" union all ").join(
        _HELD.format(register=sql.Literal(each.id), table=sql.Identifier("gis", each.id))
        for each in registers
        if each.well_field is not None
    )
    return [dict(row) for row in conn.execute(text(statement.as_string())).mappings()]


def _first_changes(
    conn: Connection, table_name: str, batch_id: int, kept: Collection[int] = ()
) -> None:
    """Make pg_temp.first_changes: of each row that a batch wrote, but those, the first change."""
    conn.execute(text("drop table if exists pg_temp.first_changes"))
    given = {"batch_id": batch_id, "table_name": table_name, "kept": list(kept)}
    conn.execute(text(_FIRST_CHANGES), given)


def undo_records(
    conn: Connection, register: Register, batch_id: int, kept: Collection[int]
) -> tuple[int, int]:
    """Delete the records a batch brought and put back those it changed: (deleted, restored).

    In all of these `kept` are keys of rows that stay as they are.
    """
    _first_changes(conn, register.id, batch_id, kept)
    table, key = sql.Identifier("gis", register.id), sql.Identifier(f"{register.id}_id")
    gone = sql.SQL(
        "delete from {table} t using first_changes f where f.op = 'insert' and t.{key} = f.key"
    )
    deleted = conn.execute(text(gone.format(table=table, key=key).as_string())).rowcount
    columns = [c.name for c in REGISTER_TABLES[register.id].columns if not c.primary_key]
    sets = sql.SQL(", ").join(sql.SQL("{c} = r.{c}").format(c=sql.Identifier(c)) for c in columns)
    back = sql.SQL(
        "update {table} t set {sets} from first_changes f"
        " cross join lateral jsonb_populate_record(null::{table}, f.old) r"
        " where f.op = 'update' and t.{key} = f.key"
    )
    statement = back.format(table=table, sets=sets, key=key).as_string()
    return deleted, conn.execute(text(statement)).rowcount


def _wells_before() -> str:
    names = [*WELL_COLUMNS, "owner_id", "batch_id", "recorded_at"]
    sets = ", ".join(f'"{c}" = r."{c}"' for c in names)
    return (
        f"update gis.well w set {sets} "
        "from first_changes f cross join lateral jsonb_populate_record(null::gis.well, f.old) r "
        "where f.op = 'update' and w.well_id = f.key"
    )


def undo_wells(
    conn: Connection, batch_id: int, kept: Collection[int], party_after: int
) -> tuple[int, int]:
    """Delete the wells a batch brought and put back those it changed: (deleted, restored)."""
    _first_changes(conn, "well", batch_id, kept)
    deleted = conn.execute(
        text(
            "delete from gis.well w using first_changes f "
            "where f.op = 'insert' and w.well_id = f.key"
        )
    ).rowcount
    restored = conn.execute(text(_wells_before())).rowcount
    _forget_states(conn, batch_id)
    conn.execute(
        text(
            "delete from gis.party p where p.party_id > :party_after "
            "and p.party_id in (select owner_id::bigint from first_changes) "
            "and not exists (select from gis.well w where w.owner_id = p.party_id)"
        ),
        {"party_after": party_after},
    )
    return deleted, restored


def _forget_states(conn: Connection, batch_id: int) -> None:
    """What an undone batch said of states was never so, on any day."""
    conn.execute(
        text("delete from gis.well_state where batch_id = :batch_id"
             " and well_id in (select key from first_changes)"), {"batch_id": batch_id}
    )  # fmt: skip
    conn.execute(
        text(
            "update gis.well_state s set to_on = null from ("
            " select max(s.well_state_id) as last from gis.well_state s"
            " join first_changes f on f.key = s.well_id and f.op = 'update' group by s.well_id) l"
            " where s.well_state_id = l.last and s.to_on is not null"
        )
    )


def undo_zones(conn: Connection, batch_id: int, kept: Collection[int]) -> tuple[int, int]:
    """Delete the zones a batch brought; withdraw those that have been law: (deleted, withdrawn)."""
    mine = "batch_id = :batch_id and zone_id <> all (:kept)"
    law = "law_status = 'approved' and valid_from <= gis.today()"
    given = {"batch_id": batch_id, "kept": list(kept)}
    withdrawn = conn.execute(
        text(f"update gis.zone set law_status = 'withdrawn' where {mine} and {law}"), given
    ).rowcount
    deleted = conn.execute(
        text(f"delete from gis.zone where {mine} and law_status <> 'withdrawn'"), given
    ).rowcount
    return deleted, withdrawn
