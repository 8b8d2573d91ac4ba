"""How statements reach the database: a file of `sql/` by its name, a composed one by its parts."""

from importlib.resources import files

from psycopg import sql
from sqlalchemy import Connection


def run(conn: Connection, statement: sql.Composable) -> int:
    """Execute a composed statement; the number of rows it touched."""
    cursor = conn.connection.cursor()
    try:
        cursor.execute(statement.as_string(cursor.connection))
        return int(cursor.rowcount)
    finally:
        cursor.close()


def script(name: str) -> sql.SQL:
    """The text of `store/sql/<name>.sql`."""
    path = files("gis_app.store").joinpath("sql", f"{name}.sql")
    return sql.SQL(path.read_text(encoding="utf-8"))
