"""An audit of another day goes on from the last one and says what one of everything says."""

from datetime import date, timedelta

import numpy as np
import pytest
from sqlalchemy import Connection, Date, Engine, Table, text

from gis_app import audit
from gis_app.store import turned
from gis_app.store.engine import writing
from tests.going_on.made import LAW, WELLS, any_of, fill, same_as_everything
from tests.world import add_well, add_zone, record, square

START = date(2025, 9, 20)
DATES = [(t, c.name) for t in turned.TABLES for c in t.c if isinstance(c.type, Date)]
# dates that are measured from another day than the asked one
ELSEWHERE = {
    ("permit", "valid_to"): 45,
    ("permit", "approved_on"): -3 * 365 - 1,  # three years, one of them a leap year
    ("withdrawal", "from_on"): -365,
    ("exemption_grant", "until_on"): -7,  # five working days and a weekend
    ("well", "exemption_until"): -7,
}


@pytest.fixture(scope="module")
def founded(another):
    """The made register with a row of every register for half of the wells, on `START`."""
    with another() as engine:
        keep_calendar(engine, START)
        fill(engine)
        with writing(engine, "test") as conn:
            for n in range(0, WELLS, 2):
                add_records(conn, f"W{n}", n)
            for statement in APART.split(";"):
                conn.execute(text(statement), {"day": START})
        engine.dispose()
        yield engine.url.database


@pytest.fixture
def city(another, founded):
    """A copy of it, to be changed."""
    with another(founded) as engine:
        yield engine


def add_records(conn: Connection, code: str, n: int) -> None:
    """What registers say of a well that `fill` has left blank, each with an end for every other."""
    well, long_ago, last = {"well_code": code}, "2020-01-01", "2024-12-31" if n % 4 else None
    record(conn, "correction_order", kind=("fit_meter", "repair_meter", "close")[n % 3],
           ordered_on=long_ago, due_on="2021-01-01", done_on=last, **well)  # fmt: skip
    record(conn, "violation", kind="resale", found_on=long_ago, settled_on=last, **well)
    record(conn, "electricity_coefficient", m3_per_kwh=n, from_on=long_ago, to_on=last, **well)
    record(conn, "withdrawal", method="estimated", m3=n, from_on="2025-02-01", to_on="2025-02-03",
           **well)  # fmt: skip
    record(conn, "exemption_grant", subject="well", subject_code=code, from_on=long_ago,
           kind=("engineering_emergency", "permit_kept")[n % 3 // 2], until_on=last)  # fmt: skip


# Most wells have an owner and a permit of their own, or none: few companions are asked with them.
APART = """
select set_config('gis.correcting', 'on', true), set_config('gis.reason', '示例', true);
update gis.well set owner_id = null, permit_number = null where well_id % 4 <> 0;
delete from gis.permit_well where permit_well_id % 3 <> 0;
insert into gis.permit (number, state, annual_m3, approved_on, valid_from, valid_to)
select 'Q' || well_id, 'issued', 9000, '2021-01-01', '2022-01-01', '2099-01-01'
from gis.well where well_id % 4 = 1;
insert into gis.permit (number, state, annual_m3, changed_on, valid_to)
select 'Q' || well_id, 'amended', 8000, '2023-01-01', '2099-01-01'
from gis.well where well_id % 8 = 1;
insert into gis.permit_purpose (permit_number, use)
select 'Q' || well_id, 'industry' from gis.well where well_id % 4 = 1;
insert into gis.annual_report (permit_number, year, state, filed_on)
select 'Q' || well_id, 2024, 'filed', '2025-01-09' from gis.well where well_id % 4 = 1;
insert into gis.permit_well (permit_number, well_code)
select 'Q' || well_id, code from gis.well where well_id % 4 = 1;
update gis.well set exemption_kind = 'public_safety_emergency',
                    exemption_until = case when well_id % 7 < 4 then date '2024-12-31' end
where well_id % 3 = 0;
update gis.well set status = (array['trial', 'approved'])[well_id % 2 + 1] where well_id % 6 < 2
"""


# what must not lie before what
ENDS = {
    "from_on": ("to_on", "until_on"),
    "valid_from": ("valid_to",),
    "ordered_on": ("due_on", "done_on"),
    "fitted_on": ("removed_on",),
    "checked_on": ("due_on",),
    "found_on": ("settled_on",),
}


def cross(conn: Connection, rng: np.random.Generator, table: Table, column: str, day: date) -> None:
    """Give a date of some row of a table a day, and those before and after it days that fit."""
    key = f"{table.name}_id"
    keys = conn.execute(text(f"select {key} from gis.{table.name} order by 1")).scalars().all()
    values = {column: day}
    for after in ENDS.get(column, ()):
        if after in table.c:
            values[after] = day + timedelta(5 if table.name == "withdrawal" else 400)
    named = ", ".join(f"{name} = :{name}" for name in values)
    statement = text(f"update gis.{table.name} set {named} where {key} = :key")
    conn.execute(statement, {**values, "key": any_of(rng, *keys)})


def keep_calendar(engine: Engine, day: date) -> None:
    """Let the database go by a calendar of its own, on that day."""
    with engine.begin() as conn:
        conn.execute(text("create table public.calendar as select cast(:day as date) as day"),
                     {"day": day})  # fmt: skip
        conn.execute(text("create or replace function gis.today() returns date language sql stable"
                          " as $$ select day from public.calendar $$"))  # fmt: skip


def turn_to(engine: Engine, day: date) -> None:
    with engine.begin() as conn:
        conn.execute(text("update public.calendar set day = :day"), {"day": day})


@pytest.mark.parametrize("beside", [None, "1403"])
def test_day_after_day_whatever_begins_ends_or_falls_due(city, gone_on, beside):
    """`beside`: every other day only this area is audited."""
    rng = np.random.default_rng(9)
    cases = [(*each, 0) for each in DATES]
    cases += [(t, c, ELSEWHERE[t.name, c]) for t, c in DATES if (t.name, c) in ELSEWHERE]
    rng.shuffle(cases)
    with writing(city, "test") as conn:
        for n, (table, column, offset) in enumerate(cases):
            cross(conn, rng, table, column, START + timedelta(2 + n // 6 + int(offset)))
    audit.run(city, LAW, audit.Scope(), actor="test")
    for n in range(1, len(cases) // 6 + 4):
        turn_to(city, START + timedelta(n))
        if beside and n % 2:
            audit.run(city, LAW, audit.Scope(area=beside), actor="test")
        else:
            same_as_everything(city)
    assert len(gone_on) == (n // 2 if beside else n)
    few = [asked for asked in gone_on if asked is not None and asked < WELLS / 2]
    assert len(few) > len(gone_on) / 2, gone_on


FRIDAY, SATURDAY = date(2025, 9, 19), date(2025, 9, 20)


def test_who_turns_from_one_day_to_the_next_is_asked_and_nobody_else(fresh_database, gone_on):
    keep_calendar(fresh_database, FRIDAY)
    with writing(fresh_database, "test") as conn:
        for n in range(12):
            status = {1: "emergency_only", 4: "emergency_only", 6: "approved"}.get(n, "active")
            add_well(conn, f"W{n}", 100 * n, 0, use="industry", completed_on="2000-01-01",
                     status=status)  # fmt: skip
            record(conn, "meter", well_code=f"W{n}", serial="M", state="online")
        # began in the year before Friday, not in that before Saturday
        record(conn, "withdrawal", well_code="W1", method="metered", m3=50,
               from_on=date(2024, 9, 20), to_on=date(2024, 9, 24))  # fmt: skip
        # to be filed by Friday, the fifth working day
        record(conn, "exemption_grant", subject="well", subject_code="W2",
               kind="engineering_emergency", filing_state="none", from_on="2025-09-01",
               until_on="2025-09-12")  # fmt: skip
        record(conn, "calibration", well_code="W3", serial="M", checked_on="2022-01-01",
               due_on=FRIDAY)  # fmt: skip
        record(conn, "correction_order", well_code="W3", kind="repair_meter",
               ordered_on="2025-01-01", due_on="2025-02-01")  # fmt: skip
        # kept for emergencies from Saturday on: what it took before counts no longer
        record(conn, "withdrawal", well_code="W4", method="metered", m3=50, from_on="2025-03-01",
               to_on="2025-03-05")  # fmt: skip
        conn.execute(text("insert into gis.well_state (well_id, status, from_on) select well_id,"
                          " 'emergency_only', :day from gis.well where code = 'W4'"),
                     {"day": SATURDAY})  # fmt: skip
        for code, dates in (
            ("W5", {"approved_on": "2020-01-01", "valid_to": SATURDAY + timedelta(days=45)}),
            ("W6", {"approved_on": date(2022, 9, 19), "valid_to": "2099-01-01"}),
        ):
            record(conn, "permit", number=code, state="issued", annual_m3=9, **dates)
            record(conn, "permit_well", permit_number=code, well_code=code)
        record(conn, "violation", well_code="W7", kind="resale", found_on="2025-01-01",
               settled_on=SATURDAY)  # fmt: skip
    audit.run(fresh_database, LAW, audit.Scope(), actor="test")
    turn_to(fresh_database, SATURDAY)
    done = audit.run(fresh_database, LAW, audit.Scope(), actor="test")
    with fresh_database.connect() as conn:
        moved = conn.execute(text(MOVED), {"run_id": done.run_id}).all()
    assert {(f"W{n}", rule) for n, rule in TURNED} == set(moved)
    assert gone_on == [7]
    same_as_everything(fresh_database)


TURNED = {(1, "N-48"), (2, "N-37"), (3, "N-20"), (3, "N-20-WPR"), (4, "N-48"), (5, "N-24"),
          (6, "N-26"), (7, "YQ-08")}  # fmt: skip
MOVED = """
select subject_code, rule from gis.finding
where :run_id in (opened_run, closed_run) and subject = 'well'
"""


def test_where_a_zone_begins_or_ends_the_wells_in_it_are_asked(city, gone_on):
    with writing(city, "test") as conn:
        for n, (first, last) in enumerate([(3, None), (-90, 3), (2, 4)]):
            ends = None if last is None else START + timedelta(last)
            add_zone(conn, "prohibited_zone", square(600 * n, 600, 500), valid_to=ends,
                     valid_from=START + timedelta(first))  # fmt: skip
    audit.run(city, LAW, audit.Scope(), actor="test")
    for n in range(1, 6):
        turn_to(city, START + timedelta(n))
        same_as_everything(city)
    assert len(gone_on) == 5
    assert 0 < max(n or 0 for n in gone_on) < WELLS


@pytest.mark.parametrize(
    ("was", "now"),
    [
        (date(2025, 12, 31), date(2026, 1, 1)),  # volumes and reports of another year
        (
            date(2028, 10, 17),
            date(2028, 10, 18),
        ),  # 阳政办发〔2023〕75号 lapses, with facts of its own
    ],
)
def test_where_a_year_or_a_law_turns_everything_is_asked(city, gone_on, was, now):
    turn_to(city, was)
    audit.run(city, LAW, audit.Scope(), actor="test")
    turn_to(city, now)
    same_as_everything(city)
    assert gone_on == []


def test_where_a_law_begins_its_rules_alone_are_asked_of_all_wells(city, gone_on):
    turn_to(city, date(2024, 4, 30))
    audit.run(city, LAW, audit.Scope(), actor="test")
    turn_to(city, date(2024, 5, 1))  # 《节约用水条例》 enters into force
    same_as_everything(city)
    assert len(gone_on) == 1
    assert gone_on[0] is not None


def test_after_an_audit_of_a_day_gone_by_everything_is_asked(city, gone_on):
    turn_to(city, START + timedelta(3))
    audit.run(city, LAW, audit.Scope(START), actor="test")
    same_as_everything(city)
    assert gone_on == []


def test_after_an_audit_by_some_instruments_of_another_day_everything_is_asked(city, gone_on):
    audit.run(city, LAW, audit.Scope(), actor="test")
    turn_to(city, START + timedelta(1))
    some = ("permit-regulation-2017",)
    audit.run(city, LAW, audit.Scope(instruments=some), actor="test")
    same_as_everything(city)
    assert gone_on == []
