"""A staged batch of wells or zones written in single statements; registers: see `records`."""

from collections.abc import Sequence

import pyarrow as pa
from sqlalchemy import Connection, text

from gis_app.store.staging import copy_in
from gis_app.store.tables import well, zone

_GENERATED = {"geom_web", "uncertainty_m"}
_OWN = {"well_id", "owner_id", "batch_id", "recorded_at"}
WELL_COLUMNS = [c.name for c in well.columns if c.name not in _GENERATED | _OWN]
ZONE_COLUMNS = [
    c.name
    for c in zone.columns
    if c.name not in {"zone_id", "version", "geom_web", "batch_id", "recorded_at", "recorded_by"}
]
# the database's own default stands in for a blank in a column that must not be null
DEFAULTS = {"permit_state": "'unknown'", "boundary_accuracy_m": "10", "attrs": "'{}'::jsonb"}


def stage_wells(conn: Connection, rows: pa.Table) -> None:
    """Copy rows (columns of gis.well, `owner`, `owner_uscc`) into pg_temp.staged."""
    _stage(conn, "gis.well", rows, ("owner", "owner_uscc"))


def stage_zones(conn: Connection, rows: pa.Table) -> None:
    """Copy rows (columns of gis.zone) into pg_temp.staged."""
    _stage(conn, "gis.zone", rows, ())


def _stage(conn: Connection, like: str, rows: pa.Table, extra: Sequence[str]) -> None:
    columns = [f'"{name}"' for name in rows.column_names if name not in extra]
    columns += [f"null::text as {name}" for name in extra]
    conn.execute(
        text(
            f"create temp table staged on commit drop as select {', '.join(columns)} "
            f"from {like} with no data"
        )
    )
    copy_in(conn, "pg_temp.staged", rows)
    conn.execute(text("analyze pg_temp.staged"))


_PARTIES = """
    insert into gis.party (name, uscc)
    select distinct coalesce(owner, owner_uscc), owner_uscc from pg_temp.staged
    where owner is not null or owner_uscc is not null
    on conflict do nothing
"""
_OWNED = """
    left join gis.party p on p.name = coalesce(s.owner, s.owner_uscc)
     and coalesce(p.uscc, '') = coalesce(s.owner_uscc, '')
"""


def newest_party(conn: Connection) -> int:
    """The highest party id so far: parties above it came later."""
    return int(conn.execute(text("select coalesce(max(party_id), 0) from gis.party")).scalar_one())


# a file that names the owner and not his number (as every export does) says nothing new of him
_SAME_OWNER = """
    update pg_temp.staged s set owner_uscc = p.uscc
    from gis.well w join gis.party p on p.party_id = w.owner_id
    where w.code = s.code and s.owner = p.name and s.owner_uscc is null and p.uscc is not null
"""


def insert_parties(conn: Connection) -> None:
    """Make owners that are not known yet; a registered well's owner of the same name is."""
    conn.execute(text(_SAME_OWNER))
    conn.execute(text(_PARTIES))


def update_wells(conn: Connection, columns: Sequence[str]) -> int:
    """Refresh registered wells by code; a blank changes nothing. How many really changed."""
    own = [c for c in columns if c in WELL_COLUMNS and c != "code"]
    fresh = {c: f'coalesce(s."{c}", w."{c}")' for c in own}
    if {"owner", "owner_uscc"} & set(columns):
        fresh["owner_id"] = "coalesce(p.party_id, w.owner_id)"
    if not fresh:
        return 0
    sets = ", ".join(f'"{c}" = n."{c}"' for c in fresh)
    now = ", ".join(f'w."{c}"' for c in fresh)
    then = ", ".join(fresh.values())
    named = ", ".join(f'{value} as "{c}"' for c, value in fresh.items())
    # w stands in the join, so that the owner may be joined too
    statement = (
        f"update gis.well t set {sets} from ("
        f" select w.well_id, {named}"
        f" from pg_temp.staged s join gis.well w on w.code = s.code {_OWNED}"
        f" where ({now}) is distinct from ({then})"
        ") n where t.well_id = n.well_id"
    )
    return conn.execute(text(statement)).rowcount


def insert_wells(
    conn: Connection, columns: Sequence[str], batch_id: int, *, only_new: bool = False
) -> int:
    """Insert the staged wells, those with unknown codes only if `only_new`; how many."""
    own = [c for c in columns if c in WELL_COLUMNS]
    names = ", ".join(f'"{c}"' for c in own)
    given = ", ".join(_given(c) for c in own)
    unknown = "where not exists (select from gis.well w where w.code = s.code)" if only_new else ""
    # in the order of the ground: neighbours on one page
    statement = (
        f"insert into gis.well ({names}, owner_id, batch_id) "
        f"select {given}, p.party_id, :batch_id from pg_temp.staged s {_OWNED} {unknown} "
        "order by s.geom"
    )
    return conn.execute(text(statement), {"batch_id": batch_id}).rowcount


def insert_zones(conn: Connection, columns: Sequence[str], batch_id: int) -> int:
    """Insert the staged zones as first versions; how many."""
    own = [c for c in columns if c in ZONE_COLUMNS]
    names, given = ", ".join(f'"{c}"' for c in own), ", ".join(_given(c) for c in own)
    statement = (
        f"insert into gis.zone ({names}, batch_id) select {given}, :batch_id from pg_temp.staged s"
    )
    return conn.execute(text(statement), {"batch_id": batch_id}).rowcount


def _given(column: str) -> str:
    default = DEFAULTS.get(column)
    return f'coalesce(s."{column}", {default})' if default else f's."{column}"'


def analyze(conn: Connection, table: str) -> None:
    """Tell the planner of the new rows."""
    conn.execute(text(f"analyze {table}"))
