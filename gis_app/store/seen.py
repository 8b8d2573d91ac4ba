"""What an import refreshes, and the newest change of it: is it still what the preview has seen?"""

from typing import Any

import pyarrow as pa
from psycopg import sql
from sqlalchemy import Connection

from gis_app.layer import Layer, Register
from gis_app.store import records
from gis_app.store.staging import stage_like
from gis_app.store.statements import rows, run

# changes of one row are numbered in their order, for a row is locked while it is changed; what is
# gone by its key is known by the change that was seen
_CHANGED = sql.SQL("""
    select s.row_no, concat_ws(' ', {label}) as label, c.change_id, c.actor
    from pg_temp.seen s
    left join {table} r on {same}
    left join gis.change k on k.change_id = s.change_id
    cross join lateral (
      select c.change_id, c.actor from gis.change c
      where c.table_name = {name} and c.key = coalesce(r.{id}, k.key)
      order by c.change_id desc limit 1) c
    where c.change_id is distinct from s.change_id
    order by s.row_no
""")
_LOCK = sql.SQL("""
    select from {table} r join pg_temp.seen s on {same} order by r.{id} for no key update of r
""")


def changed(
    conn: Connection, collection: Layer | Register, keys: pa.Table, *, lock: bool = False
) -> list[dict[str, Any]]:
    """Rows whose newest change is another than `change_id`, of which a blank is none: `row_no`,
    `label`, `change_id`, `actor`.

    `keys`: `row_no`, the columns of the key, `change_id` if there is one. `lock` keeps what is
    registered as it is until the transaction ends.
    """
    name = collection.id if isinstance(collection, Register) else "well"
    own = [c for c in keys.column_names if c not in {"row_no", "change_id"}]
    parts = {
        "name": sql.Literal(name),
        "table": sql.Identifier(records.SCHEMA, name),
        "id": sql.Identifier(f"{name}_id"),
        "same": records.same(collection, "s", "r")
        if isinstance(collection, Register)
        else sql.SQL("s.code = r.code"),
        "label": sql.SQL(", ").join(sql.Identifier("s", c) for c in own),
    }
    stage_like(conn, "seen", name, keys)
    if lock:
        run(conn, _LOCK.format(**parts))
    return [dict(row._mapping) for row in rows(conn, _CHANGED.format(**parts))]
