"""Rows of registers: told apart by their key, staged, inserted, refreshed."""

from collections.abc import Sequence

import pyarrow as pa
from psycopg import sql
from sqlalchemy import Connection, text

from gis_app.layer import Register
from gis_app.store.staging import copy_in, stage_like

SCHEMA = "gis"


def table_of(register: Register) -> sql.Identifier:
    """The table of a register."""
    return sql.Identifier(SCHEMA, register.id)


def known(conn: Connection, register: Register, keys: pa.Table) -> list[int]:
    """The rows (`row_no` and the columns of the key) whose key is registered, in their order."""
    stage_like(conn, "keyed", register.id, keys)
    statement = sql.SQL(
        "select s.row_no from pg_temp.keyed s join {table} r on {same} order by s.row_no"
    ).format(table=table_of(register), same=same(register, "s", "r"))
    return list(conn.execute(text(statement.as_string())).scalars())


def stage(conn: Connection, register: Register, rows: pa.Table) -> None:
    """Copy rows (columns of the register's table) into pg_temp.staged."""
    conn.execute(text("drop table if exists pg_temp.staged"))
    columns = _names(rows.column_names)
    like = sql.SQL("create temp table staged on commit drop as select {} from {} with no data")
    _execute(conn, like.format(columns, table_of(register)))
    copy_in(conn, "pg_temp.staged", rows)
    conn.execute(text("analyze pg_temp.staged"))


def refresh(conn: Connection, register: Register, columns: Sequence[str]) -> int:
    """Refresh registered rows by key; a blank changes nothing. How many really changed."""
    fresh = [c for c in columns if c not in register.key]
    if not fresh:
        return 0
    parts = {
        "table": table_of(register),
        "same": same(register, "s", "r"),
        "sets": _each("{c} = coalesce(s.{c}, r.{c})", fresh),
        "now": _each("r.{c}", fresh),
        "then": _each("coalesce(s.{c}, r.{c})", fresh),
    }
    statement = sql.SQL(
        "update {table} r set {sets} from pg_temp.staged s"
        " where {same} and row({now}) is distinct from row({then})"
    )
    return _execute(conn, statement.format(**parts))


def insert(
    conn: Connection,
    register: Register,
    columns: Sequence[str],
    batch_id: int,
    *,
    only_new: bool = False,
) -> int:
    """Insert the staged rows, those with an unknown key only if `only_new`; how many."""
    unknown = sql.SQL("where not exists (select from {table} r where {same})")
    statement = sql.SQL(
        "insert into {table} ({names}, batch_id)"
        " select {given}, {batch} from pg_temp.staged s {new}"
    ).format(
        table=table_of(register),
        names=_names(columns),
        given=_each("s.{c}", columns),
        batch=sql.Literal(batch_id),
        new=unknown.format(table=table_of(register), same=same(register, "s", "r"))
        if only_new
        else sql.SQL(""),
    )
    return _execute(conn, statement)


def _execute(conn: Connection, statement: sql.Composable) -> int:
    """Through SQLAlchemy, so that a refusal of the database is known for what it is."""
    return conn.execute(text(statement.as_string())).rowcount


def same(register: Register, one: str, other: str) -> sql.Composable:
    """Whether two rows have the same key; a blank counts as a value.

    Equality where there is no blank, because only that is found by an index.
    """
    parts = []
    for field in register.fields:
        if field.name in register.key:
            operator = "=" if field.required else "is not distinct from"
            parts.append(
                sql.SQL("{} {} {}").format(
                    sql.Identifier(one, field.name),
                    sql.SQL(operator),
                    sql.Identifier(other, field.name),
                )
            )
    return sql.SQL(" and ").join(parts)


def _names(columns: Sequence[str]) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(c) for c in columns)


def _each(pattern: str, columns: Sequence[str]) -> sql.Composed:
    return sql.SQL(", ").join(sql.SQL(pattern).format(c=sql.Identifier(c)) for c in columns)
