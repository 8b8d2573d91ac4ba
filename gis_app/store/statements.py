"""How statements reach the database: a file of `sql/` by its name, a composed one by its parts."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from psycopg import sql
from sqlalchemy import Connection, Row, TextClause, text


def run(conn: Connection, statement: sql.Composable) -> int:
    """Execute a composed statement; the number of rows it touched."""
    cursor = conn.connection.cursor()
    try:
        cursor.execute(statement.as_string(cursor.connection))
        return int(cursor.rowcount)
    finally:
        cursor.close()


def rows(conn: Connection, statement: sql.Composable) -> Sequence[Row[Any]]:
    """The rows that a composed statement answers."""
    return conn.execute(text(statement.as_string().replace(":", "\\:"))).all()


def answers(conn: Connection, name: str, **given: Any) -> list[dict[str, Any]]:
    """What `store/sql/<name>.sql` answers for these values, a row a dict."""
    found = conn.execute(_question(name), given)
    names = tuple(found.keys())
    return [dict(zip(names, row, strict=True)) for row in found.all()]


@cache
def _question(name: str) -> TextClause:
    return text(script(name).as_string())


def script(name: str) -> sql.SQL:
    """The text of `store/sql/<name>.sql`."""
    return sql.SQL(_text(name))


@cache
def _text(name: str) -> str:
    path = files("gis_app.store").joinpath("sql", f"{name}.sql")
    return path.read_text(encoding="utf-8")
