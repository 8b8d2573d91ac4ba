"""Many rows read some at a time, by a cursor of the server's."""

from collections.abc import Generator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select


def parts(
    conn: Connection, statement: Select[Any], rows: int
) -> Generator[Sequence[Row[Any]], None, None]:
    """The rows of a statement, `rows` at a time; the cursor is closed however the reading ends."""
    with conn.execute(statement.execution_options(yield_per=rows)) as result:
        yield from result.partitions()
