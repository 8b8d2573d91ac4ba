"""What migrations made is what the tables declare: Alembic's own check does not compare checks."""

import pytest
from sqlalchemy import CheckConstraint, text

from gis_app.store.tables import metadata


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_every_check_of_a_table_stands_in_the_database(conn, table):
    found = conn.execute(
        text("select conname from pg_constraint where contype = 'c' and conrelid = :t ::regclass"),
        {"t": table.fullname},
    )
    declared = {str(c.name) for c in table.constraints if isinstance(c, CheckConstraint)}
    assert set(found.scalars()) == declared
