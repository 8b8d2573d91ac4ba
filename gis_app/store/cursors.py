"""Many rows read some at a time, by a cursor of the server's."""

from collections.abc import Generator, Sequence
from contextlib import closing
from typing import Any

from sqlalchemy import Connection, Row, Select


def parts(
    conn: Connection, statement: Select[Any], rows: int
) -> Generator[Sequence[Row[Any]], None, None]:
    """The rows of a statement, `rows` at a time; the cursor is closed however the reading ends."""
    with conn.execute(statement.execution_options(yield_per=rows)) as result:
        cursor: Any = result.cursor
        # where the server is gone SQLAlchemy lets go of the cursor without closing it
        with closing(cursor):
            yield from result.partitions()
