"""The history of wells and zones is written by the database, whole, and never rewritten."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from gis_app.store.tables import well, zone
from tests.world import add_well, add_zone, square


def test_the_history_cannot_be_rewritten(conn):
    add_well(conn, "w", 0, 0)
    for statement in ("update gis.change set actor = 'x'", "delete from gis.change"):
        with pytest.raises(DBAPIError, match="append-only"), conn.begin_nested():
            conn.execute(text(statement))


def test_the_history_holds_actor_old_and_new_for_every_change(conn):
    add_well(conn, "w", 0, 0)
    conn.execute(text("update gis.well set status = 'sealed'"))
    rows = conn.execute(
        text(
            "select actor, op, old->>'status' as was, new->>'status' as now from gis.change"
            " where table_name = 'well' order by change_id"
        )
    ).all()
    assert [tuple(r) for r in rows] == [
        ("test", "insert", None, "active"),
        ("test", "update", "active", "sealed"),
    ]
    states = conn.execute(text("select status, to_on is null from gis.well_state order by 1")).all()
    assert [tuple(s) for s in states] == [("active", False), ("sealed", True)]


def test_a_history_row_puts_the_geometry_back_to_the_last_bit(conn):
    lon, lat = 113.123456789012345, 37.987654321098765
    conn.execute(
        text(
            "insert into gis.well (code, geom) values ('w', st_setsrid(st_makepoint(:x,:y),4490))"
        ),
        {"x": lon, "y": lat},
    )
    same = conn.execute(
        text(
            "select st_orderingequals((c.new->>'geom')::geometry, w.geom)"
            " from gis.change c, gis.well w where c.table_name = 'well'"
        )
    ).scalar_one()
    assert same


@pytest.mark.parametrize("table", [well, zone], ids=lambda table: table.name)
def test_every_column_that_is_not_computed_is_in_the_history(conn, table):
    add_well(conn, "w", 0, 0)
    add_zone(conn, "prohibited_zone", square(0, 0, 1000))
    # blanks are left out of an image, so a type tells what it can hold
    columns = {column.name for column in table.c if column.computed is None}
    held = conn.execute(
        text("select attname from pg_attribute where attrelid = cast(:row as regclass)"),
        {"row": f"gis.{table.name}_row"},
    )
    assert set(held.scalars()) == columns
    image, filled = conn.execute(
        text(
            f"select c.new, (to_jsonb(t) - 'geom_web' - 'uncertainty_m') as row"
            f" from gis.change c, gis.{table.name} t where c.table_name = :name"
        ),
        {"name": table.name},
    ).one()
    same = {name: value for name, value in filled.items() if value is not None and name != "geom"}
    assert {name: value for name, value in image.items() if name != "geom"} == same
