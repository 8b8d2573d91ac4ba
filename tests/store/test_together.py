"""Several writers at once, versions over time, and values that must not pass for an answer."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from gis_app.store import schema, zones
from gis_app.store.engine import reading, sign, turn_day, writing
from tests.world import add_well, add_zone, square


def _impatient(engine: Engine) -> Engine:
    """The same database for a client that waits at most a second for a lock."""
    return create_engine(engine.url, connect_args={"options": "-c lock_timeout=1000"})


def _stale_pairs(engine: Engine) -> int:
    """How many pairs differ from a full recompute."""
    with engine.connect() as conn:
        kept = conn.execute(text("select well_id, zone_id from gis.well_zone")).all()
        conn.execute(text("select gis.refresh_incidence()"))
        fresh = conn.execute(text("select well_id, zone_id from gis.well_zone")).all()
        conn.rollback()
    return len(set(map(tuple, kept)) ^ set(map(tuple, fresh)))


@pytest.mark.parametrize("first", ["wells", "zone"])
def test_wells_and_a_zone_written_at_the_same_time_still_meet(fresh_database, first):
    def write(kind: str) -> None:
        with writing(fresh_database, kind) as conn:
            if kind == "wells":
                add_well(conn, "w", 500, 500)
            else:
                add_zone(conn, "public_supply_coverage", square(0, 0, 1000))

    second = threading.Thread(target=write, args=({"wells": "zone", "zone": "wells"}[first],))
    with writing(fresh_database, first) as conn:
        if first == "wells":
            add_well(conn, "w", 500, 500)
        else:
            add_zone(conn, "public_supply_coverage", square(0, 0, 1000))
        second.start()
        second.join(timeout=0.5)  # it waits for us, or has finished
        assert second.is_alive()
    second.join(timeout=10)
    assert not second.is_alive()
    with fresh_database.connect() as conn:
        assert conn.execute(text("select count(*) from gis.well_zone")).scalar_one() == 1
    assert _stale_pairs(fresh_database) == 0


def test_two_writers_of_different_wells_do_not_wait_for_each_other(fresh_database):
    with writing(fresh_database, "test") as conn:
        add_well(conn, "a", 0, 0)
        add_well(conn, "b", 10, 0)
    other = _impatient(fresh_database)
    with fresh_database.connect() as slow, other.begin() as quick:
        slow.execute(text("update gis.well set remark = 'x' where code = 'a'"))
        quick.execute(text("update gis.well set remark = 'y' where code = 'b'"))
        slow.rollback()
    other.dispose()


def test_a_command_that_finds_the_schema_in_step_takes_no_lock(fresh_database):
    other = _impatient(fresh_database)
    with fresh_database.connect() as writer:
        writer.execute(text("insert into gis.party (name) values ('busy')"))
        writer.execute(text("lock table gis.well in row exclusive mode"))
        schema.upgrade(other)
        writer.rollback()
    other.dispose()


def test_every_commit_changes_the_version_of_its_layer(fresh_database):
    seen = set()
    for n in range(3):
        with writing(fresh_database, "test") as conn:
            add_well(conn, f"w{n}", n, 0)
        with reading(fresh_database) as conn:
            seen.add(zones.data_version(conn, "well"))
    assert len(seen) == 3
    with fresh_database.begin() as conn:
        before = zones.data_version(conn, "well")
        conn.execute(text("select gis.compact_versions()"))
        assert zones.data_version(conn, "well") == before


def test_two_versions_of_a_zone_are_never_law_on_the_same_day(conn):
    zone = add_zone(conn, "prohibited_zone", square(0, 0, 1000))
    later = conn.execute(text("select gis.today() + 5")).scalar_one()
    with pytest.raises(IntegrityError, match="zone_one_version_a_day"), conn.begin_nested():
        add_zone(conn, "prohibited_zone", square(0, 0, 1000), zone_id=zone, version=2,
                 valid_from=later)  # fmt: skip


def test_the_key_of_a_zone_cannot_be_changed(conn):
    later = conn.execute(text("select gis.today() + 5")).scalar_one()
    add_zone(conn, "prohibited_zone", square(0, 0, 1000), valid_from=later)
    for change in ("zone_id = 9999", "version = 7"):
        with pytest.raises(DBAPIError, match="cannot be changed"), conn.begin_nested():
            conn.execute(text(f"update gis.zone set {change}"))


def test_an_ended_zone_is_not_brought_back_by_a_plain_update(conn):
    add_zone(conn, "prohibited_zone", square(0, 0, 1000))
    conn.execute(text("update gis.zone set valid_to = gis.today()"))
    with pytest.raises(DBAPIError, match="make a new version"), conn.begin_nested():
        conn.execute(text("update gis.zone set valid_to = null"))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("position_accuracy_m", "'NaN'"), ("position_accuracy_m", "'Infinity'"),
        ("position_accuracy_m", "-1"), ("status", "'Active'"), ("status", "''"),
        ("use", "'工业'"), ("well_type", "''"), ("area_code", "''"), ("area_code", "'阳泉'"),
        ("permit_state", "''"), ("coord_method", "'gps'"),
    ],
)  # fmt: skip
def test_a_value_that_is_not_of_the_vocabulary_is_refused_by_the_database(conn, column, value):
    add_well(conn, "w", 0, 0)
    with pytest.raises(IntegrityError), conn.begin_nested():
        conn.execute(text(f"update gis.well set {column} = {value}"))


@pytest.mark.parametrize("accuracy", ["NaN", "Infinity", "-1"])
def test_a_boundary_accuracy_that_is_no_number_is_refused(conn, accuracy):
    with pytest.raises(IntegrityError), conn.begin_nested():
        add_zone(conn, "prohibited_zone", square(0, 0, 1000), boundary_accuracy_m=float(accuracy))


def test_the_database_takes_every_value_of_the_registers_vocabulary(conn):
    from layers.well import LAYER

    add_well(conn, "w", 0, 0)
    sign(conn, "test", "to and fro")
    conn.execute(text("select set_config('gis.correcting', 'on', true)"))
    for field in LAYER.fields:
        for key in field.choices:
            conn.execute(text(f"update gis.well set {field.name} = :key"), {"key": key})


def test_the_new_day_is_kept_when_a_reader_meets_it_first(fresh_database):
    with writing(fresh_database, "test") as conn:
        today = conn.execute(text("select gis.today()")).scalar_one()
        add_well(conn, "w", 500, 500)
        add_zone(conn, "prohibited_zone", square(0, 0, 1000), valid_from=today)
        conn.execute(text("delete from gis.well_zone"))
        conn.execute(text("delete from gis.incidence_day"))
        conn.execute(
            text("insert into gis.incidence_day (day) values (:d)"),
            {"d": today - timedelta(days=1)},
        )
    with reading(fresh_database) as conn:
        turn_day(conn)
    with fresh_database.connect() as conn:
        assert conn.execute(text("select count(*) from gis.well_zone")).scalar_one() == 1
