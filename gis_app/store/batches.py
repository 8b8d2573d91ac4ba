"""Import batches and their problems."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
from sqlalchemy import Connection, RowMapping, func, insert, select, text, update

from gis_app.errors import Conflict, NotFound
from gis_app.store.staging import copy_in
from gis_app.store.tables import batch, batch_problem


def create(conn: Connection, values: Mapping[str, Any]) -> int:
    """The id of a new batch in preview; `values` are columns of gis.batch."""
    statement = insert(batch).values(**values).returning(batch.c.batch_id)
    return int(conn.execute(statement).scalar_one())


def get(conn: Connection, batch_id: int) -> RowMapping:
    """One batch. Raises `NotFound`."""
    row = conn.execute(select(batch).where(batch.c.batch_id == batch_id)).mappings().first()
    if row is None:
        raise NotFound(f"没有批次 {batch_id}。", f"There is no batch {batch_id}.")
    return row


def queue(conn: Connection, layer: str) -> None:
    """Let imports of a layer commit one after another, so that each sees what the last one did."""
    conn.execute(
        text("select pg_advisory_xact_lock(hashtext('gis.import'), hashtext(:layer))"),
        {"layer": layer},
    )


def lock(conn: Connection, batch_id: int, state: str) -> RowMapping:
    """One batch, locked until the end of the transaction. Raises `Conflict` in another state."""
    statement = select(batch).where(batch.c.batch_id == batch_id).with_for_update()
    row = conn.execute(statement).mappings().first()
    if row is None:
        raise NotFound(f"没有批次 {batch_id}。", f"There is no batch {batch_id}.")
    if row["state"] != state:
        zh = {"preview": "待提交", "committed": "已提交", "undone": "已撤销", "discarded": "已放弃"}
        way = _WAYS.get(row["state"], ("", ""))
        raise Conflict(
            f"批次 {batch_id} 的状态是“{zh[row['state']]}”，不是“{zh[state]}”。{way[0]}",
            f"Batch {batch_id} is {row['state']}, not {state}.{way[1]}",
        )
    return row


_WAYS = {
    "preview": ("放弃预览用 gis-app discard。", " A preview is given up by gis-app discard."),
    "committed": ("撤销用 gis-app undo。", " What was committed is taken back by gis-app undo."),
}


def recent(conn: Connection, limit: int = 20, offset: int = 0) -> list[RowMapping]:
    """Batches, newest first."""
    statement = select(batch).order_by(batch.c.batch_id.desc()).limit(limit).offset(offset)
    return list(conn.execute(statement).mappings())


def committed_twin(
    conn: Connection, sha256: str, layer: str, options: Mapping[str, Any]
) -> RowMapping | None:
    """The standing batch that brought the same file into the same layer with the same options."""
    statement = (
        select(batch)
        .where(batch.c.sha256 == sha256, batch.c.layer == layer, batch.c.state == "committed")
        .where(batch.c.options == dict(options))
        .order_by(batch.c.batch_id.desc())
    )
    return conn.execute(statement).mappings().first()


def set_state(conn: Connection, batch_id: int, state: str, report: Mapping[str, Any]) -> None:
    """Move a batch to another state, with its report as it now is."""
    stamp = {"committed": "committed_at", "undone": "undone_at"}.get(state)
    values: dict[str, Any] = {"state": state, "report": dict(report)}
    if stamp is not None:
        values[stamp] = func.now()
    conn.execute(update(batch).where(batch.c.batch_id == batch_id).values(**values))


def save_problems(conn: Connection, problems: pa.Table) -> None:
    """Store problems: an Arrow table with the columns of gis.batch_problem."""
    copy_in(conn, "gis.batch_problem", problems)


def problems(
    conn: Connection, batch_id: int, codes: Sequence[str] = (), limit: int = 1000, offset: int = 0
) -> list[RowMapping]:
    """The problems of a batch: of the whole file first, then by row; of some codes if named."""
    statement = select(batch_problem).where(batch_problem.c.batch_id == batch_id)
    if codes:
        statement = statement.where(batch_problem.c.code.in_(codes))
    statement = (
        statement.order_by(batch_problem.c.row_no.asc().nulls_first(), batch_problem.c.code)
        .limit(limit)
        .offset(offset)
    )
    return list(conn.execute(statement).mappings())


_SUMMARY = """
    select code, level, count(*) as times, count(distinct row_no) as rows,
           column_name as column, (array_agg(zh order by row_no))[1] as zh,
           (array_agg(en order by row_no))[1] as en,
           (array_agg(coalesce(label, '#' || row_no) order by row_no)
              filter (where row_no is not null))[1:50] as examples
    from gis.batch_problem
    where batch_id = :batch_id
    group by code, level, column_name
    order by array_position(array['refuse', 'warn', 'info'], level), times desc, code, min(row_no)
"""


def problem_groups(conn: Connection, batch_id: int) -> list[dict[str, Any]]:
    """The problems of a batch by code, level and column, gravest first, with examples of each."""
    rows = conn.execute(text(_SUMMARY), {"batch_id": batch_id}).mappings()
    return [dict(row) | {"examples": _distinct(row["examples"])} for row in rows]


def _distinct(labels: Sequence[str] | None) -> list[str]:
    return list(dict.fromkeys(labels or ()))[:5]
