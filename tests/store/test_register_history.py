"""The history of the registers is written by the database, whatever door a change comes through."""

import pytest
from shapely import Point
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from gis_app import registers
from gis_app.store import zones
from gis_app.store.engine import sign
from tests.store.records import record
from tests.world import add_well, at, square

RESULT = "select op, old, new, actor, reason, batch_id from gis.change"


def history(conn: Connection, register: str) -> list:
    return conn.execute(
        text(f"{RESULT} where table_name = :name order by change_id"), {"name": register}
    ).all()


def reading(conn: Connection, first: str, last: str, **more) -> int:
    return record(
        conn, "withdrawal", well_code="W", method="metered", from_on=first, to_on=last, **more
    )


def test_every_register_has_a_history(conn):
    named = conn.execute(text("select gis.register_tables()")).scalar_one()
    assert sorted(named) == sorted(register.id for register in registers.ALL)


def test_a_row_is_kept_as_it_was_at_every_change_with_who_and_why(conn):
    add_well(conn, "W", 0, 0)
    sign(conn, "clerk", "year of readings", 7)
    made = reading(conn, "2024-01-01", "2024-12-31", m3=1200.5)
    sign(conn, "chief", "misread")
    conn.execute(text("update gis.withdrawal set m3 = 1300"))
    conn.execute(text("delete from gis.withdrawal"))
    first, second, third = history(conn, "withdrawal")
    assert (first.op, second.op, third.op) == ("insert", "update", "delete")
    assert (first.actor, first.reason, first.batch_id) == ("clerk", "year of readings", 7)
    assert (second.actor, second.reason, second.batch_id) == ("chief", "misread", None)
    assert first.old is None
    assert third.new is None
    assert first.new["withdrawal_id"] == made
    assert first.new == second.old
    assert second.new == third.old == {**first.new, "m3": 1300}
    assert (first.new["m3"], first.new["to_on"]) == (1200.5, "2024-12-31")
    keys = "select distinct key from gis.change where table_name = 'withdrawal'"
    assert conn.execute(text(keys)).scalar_one() == made


def test_one_statement_on_many_rows_leaves_a_row_for_each_that_changed(conn):
    add_well(conn, "W", 0, 0)
    for month in range(1, 10):
        reading(conn, f"2024-0{month}-01", f"2024-0{month}-28", m3=month)
    conn.execute(text("update gis.withdrawal set m3 = greatest(m3, 5)"))
    changed = [row for row in history(conn, "withdrawal") if row.op == "update"]
    assert sorted(row.old["m3"] for row in changed) == [1, 2, 3, 4]
    assert {row.new["m3"] for row in changed} == {5}


def test_an_insert_that_turns_into_an_update_is_kept_as_one(conn):
    add_well(conn, "W", 0, 0)
    reading(conn, "2024-01-01", "2024-12-31", m3=1)
    conn.execute(
        text(
            "insert into gis.withdrawal (well_code, method, from_on, to_on, m3)"
            " values ('W', 'metered', '2024-01-01', '2024-12-31', 2)"
            " on conflict (well_code, method, from_on, to_on) do update set m3 = excluded.m3"
        )
    )
    assert [(r.op, r.new["m3"]) for r in history(conn, "withdrawal")] == [
        ("insert", 1),
        ("update", 2),
    ]


def test_rows_copied_in_bulk_are_in_the_history(conn):
    cursor = conn.connection.cursor()
    with cursor.copy("copy gis.water_level (unit_code, measured_on, level_m) from stdin") as copy:
        for n in range(1, 4):
            copy.write_row((f"U{n}", "2024-05-01", 700 + n))
    assert [row.new["level_m"] for row in history(conn, "water_level")] == [701, 702, 703]


def test_a_well_that_is_renamed_leaves_its_trace_in_the_records_that_follow(conn):
    add_well(conn, "W", 0, 0)
    reading(conn, "2024-01-01", "2024-12-31", m3=1)
    conn.execute(text("update gis.well set code = 'V'"))
    (last,) = [row for row in history(conn, "withdrawal") if row.op == "update"]
    assert (last.old["well_code"], last.new["well_code"]) == ("W", "V")


def test_a_place_is_put_back_from_the_history_to_the_last_bit(conn):
    lon, lat = at(1 / 3, 1 / 7)
    record(conn, "site", shape=Point(lon, lat), code="S", kind="mine")
    record(conn, "site", shape=square(0, 0, 333.3), code="T", kind="landfill")
    conn.execute(text("update gis.site set geom = st_translate(geom, 1, 1)"))
    back = conn.execute(
        text(
            "select bool_and(r.geom::text = c.old ->> 'geom'), max(st_x(r.geom))"
            " filter (where r.code = 'S')"
            " from gis.change c cross join lateral jsonb_populate_record(null::gis.site, c.old) r"
            " where c.table_name = 'site' and c.op = 'update'"
        )
    ).one()
    assert tuple(back) == (True, lon)


@pytest.mark.parametrize("register", [register.id for register in registers.ALL])
def test_no_register_is_emptied_without_a_trace(conn, register):
    with pytest.raises(DBAPIError, match="truncate leaves no history"), conn.begin_nested():
        conn.execute(text(f"truncate gis.{register}"))


def test_a_register_is_known_to_have_changed_and_only_then(conn):
    before = zones.data_version(conn, "water_level")
    record(conn, "water_level", unit_code="U", measured_on="2024-05-01", level_m=700)
    after = zones.data_version(conn, "water_level")
    assert after == before + 1
    conn.execute(text("update gis.water_level set level_m = 700"))
    conn.execute(text("delete from gis.water_level where unit_code = 'another'"))
    assert zones.data_version(conn, "water_level") == after
    assert len(history(conn, "water_level")) == 1
