"""What meters, orders, faults and exemptions say of a well as of a day, worked out by hand."""

from typing import Any

import numpy as np
from sqlalchemy import Connection, text

from gis_app.registry import load
from gis_app.store import facts
from gis_app.store.facts import Asked
from gis_app.store.tables import REGISTER_TABLES
from tests.store.records import day, record, told
from tests.world import add_well, add_zone, square

METER = ("meter_state", "calibration_due_on")


def test_the_meter_in_place_is_the_one_fitted_last(conn):
    add_well(conn, "W", 0, 0, meter_state="online")
    assert told(conn, "2024-01-01", *METER) == ["online", None]
    record(conn, "meter", well_code="W", serial="a", state="offline", removed_on="2021-05-01")
    record(conn, "meter", well_code="W", serial="b", state="fault", fitted_on="2022-01-01",
           removed_on="2024-01-01")  # fmt: skip
    checks = [("a", "2020-01-01", "2022-01-01"), ("b", "2022-01-05", "2024-01-05"),
              ("b", "2023-06-01", "2025-06-01")]  # fmt: skip
    for serial, checked, due in checks:
        record(conn, "calibration", well_code="W", serial=serial, checked_on=checked, due_on=due)
    assert told(conn, "2019-12-31", *METER) == ["offline", None]
    assert told(conn, "2021-04-30", *METER) == ["offline", "2022-01-01"]
    assert told(conn, "2021-05-01", *METER) == ["none", None]  # taken out, none put in
    assert told(conn, "2022-01-04", *METER) == ["fault", None]
    assert told(conn, "2023-05-31", *METER) == ["fault", "2024-01-05"]
    assert told(conn, "2023-06-01", *METER) == ["fault", "2025-06-01"]
    assert told(conn, "2024-01-01", *METER) == ["none", None]


def test_a_meter_that_failed_is_due_from_the_day_it_was_checked(conn):
    add_well(conn, "W", 0, 0)
    record(conn, "meter", well_code="W", serial="a", state="online", fitted_on="2020-01-01")
    checks = [("2022-01-01", "2024-01-01", "passed"), ("2023-01-01", "2025-01-01", "failed")]
    for checked, due, result in checks:
        record(conn, "calibration", well_code="W", serial="a", checked_on=checked, due_on=due,
               result=result)  # fmt: skip
    assert told(conn, "2022-12-31", *METER) == ["online", "2024-01-01"]
    assert told(conn, "2023-01-01", *METER) == ["online", "2023-01-01"]


def test_an_order_stands_from_its_day_until_it_is_done(conn):
    add_well(conn, "W", 0, 0)
    orders = [("fit_meter", "2024-01-01", "2024-03-01", "2024-02-10"),
              ("fit_meter", "2024-02-01", "2024-02-20", None),
              ("seal", "2024-02-01", "2024-05-01", None),
              ("close", "2024-02-02", "2024-04-01", None)]  # fmt: skip
    for kind, ordered, due, done in orders:
        record(conn, "correction_order", well_code="W", kind=kind, ordered_on=ordered, due_on=due,
               done_on=done)  # fmt: skip
    names = ("meter_due_on", "repair_due_on", "close_due_on")
    assert told(conn, "2023-12-31", *names) == [None, None, None]
    assert told(conn, "2024-01-01", *names) == ["2024-03-01", None, None]
    assert told(conn, "2024-02-09", *names) == ["2024-03-01", None, "2024-05-01"]
    assert told(conn, "2024-02-10", *names) == ["2024-02-20", None, "2024-05-01"]


def test_a_violation_stands_until_it_is_settled(conn):
    add_well(conn, "W", 0, 0)
    record(conn, "violation", well_code="W", kind="resale", found_on="2024-01-10",
           settled_on="2024-03-01")  # fmt: skip
    stands = {
        on: told(conn, on, "violation__resale", "violation__data_false")
        for on in ("2024-01-09", "2024-01-10", "2024-02-29", "2024-03-01")
    }
    assert [pair[0] for pair in stands.values()] == [False, True, True, False]
    assert {pair[1] for pair in stands.values()} == {False}


def test_screens_cross_aquifers_whose_water_is_known_or_not(conn):
    add_well(conn, "W", 0, 0)
    names = ("aquifers_crossed", "aquifer_polluted", "quality_class_gap")
    assert told(conn, "2024-01-01", *names) == [None, None, None]
    record(conn, "screen", well_code="W", top_m=10, bottom_m=20, aquifer="Q", quality_class=2,
           polluted=False)  # fmt: skip
    record(conn, "screen", well_code="W", top_m=30, bottom_m=40, aquifer="Q", quality_class=3,
           polluted=False)  # fmt: skip
    assert told(conn, "2024-01-01", *names) == [1, False, 1]
    record(conn, "screen", well_code="W", top_m=90, bottom_m=99, aquifer="O2")
    assert told(conn, "2024-01-01", *names) == [2, None, None]
    conn.execute(text("update gis.screen set polluted = true, quality_class = 5 where top_m = 90"))
    assert told(conn, "2024-01-01", *names) == [2, True, 3]


def grant(conn: Connection, kind: str, first: str, last: str | None, code="W", **more) -> None:
    record(conn, "exemption_grant", subject="well", subject_code=code, kind=kind, from_on=first,
           until_on=last, **more)  # fmt: skip


def test_a_grant_holds_on_its_last_day_and_one_without_end_cannot_be_known(conn):
    add_well(conn, "W", 0, 0)
    grant(conn, "public_safety_emergency", "2024-03-01", "2024-03-31")
    grant(conn, "reopening", "2024-03-15", None)
    names = ("granted__public_safety_emergency", "granted__reopening", "granted__relocation")
    assert told(conn, "2024-02-29", *names) == [False, False, False]
    assert told(conn, "2024-03-01", *names) == [True, False, False]
    assert told(conn, "2024-03-31", *names) == [True, None, False]
    assert told(conn, "2024-04-01", *names) == [False, None, False]
    assert told(conn, "2024-03-31", "exemption_lapsed_on") == [None]
    assert told(conn, "2024-04-01", "exemption_lapsed_on") == ["2024-03-31"]


def test_an_exemption_in_the_wells_own_entry_counts_until_its_day(conn):
    add_well(conn, "W", 0, 0, exemption_kind="engineering_emergency",
             exemption_until=day("2024-06-03"))  # fmt: skip
    add_well(conn, "V", 0, 0, exemption_kind="none")
    names = ("granted__engineering_emergency", "exemption_lapsed_on")
    assert told(conn, "2024-06-03", *names) == [True, None]
    assert told(conn, "2024-06-04", *names) == [False, "2024-06-03"]
    assert told(conn, "2024-06-04", *names, code="V") == [False, None]


def test_the_filing_of_the_emergency_that_ended_last_is_asked_for(conn):
    add_well(conn, "W", 0, 0)
    grant(conn, "engineering_emergency", "2024-05-01", "2024-06-03", filing_state="none")
    grant(conn, "engineering_emergency", "2024-01-01", "2024-01-31", filing_state="filed",
          filed_on="2024-02-05")  # fmt: skip
    names = ("emergency_ended_on", "emergency_filing_due_on", "emergency_filing",
             "emergency_filed_on")  # fmt: skip
    # 2024-01-31 was a Wednesday: Th 1, F 2, (Su 4 was worked), M 5, Tu 6 of February
    assert told(conn, "2024-06-03", *names) == ["2024-01-31", "2024-02-06", "filed", "2024-02-05"]
    # 2024-06-03 a Monday; the 10th was Dragon Boat Festival
    assert told(conn, "2024-06-04", *names) == ["2024-06-03", "2024-06-11", "none", None]
    assert told(conn, "2024-06-12", *names) == ["2024-06-03", "2024-06-11", "none", None]
    # another that ended later, and has time left, hides none that should have been filed
    grant(conn, "engineering_emergency", "2024-06-05", "2024-06-10", filing_state="none")
    assert told(conn, "2024-06-11", names[0]) == ["2024-06-10"]
    assert told(conn, "2024-06-12", names[0]) == ["2024-06-03"]
    conn.execute(text("delete from gis.exemption_grant where from_on = '2024-06-05'"))
    conn.execute(text("update gis.exemption_grant set until_on = '2024-06-05'"
                      " where from_on = '2024-05-01'"))  # fmt: skip
    assert told(conn, "2024-06-05", names[0]) == ["2024-01-31"]


def prepared(conn: Connection, asked: Asked) -> dict[int, dict[str, Any]]:
    """The facts that all known rules read, by well."""
    facts.prepare(conn, load().rules_on(asked.on, subject="well"), asked)
    rows = conn.execute(text("select * from facts")).mappings()
    return {row["subject_id"]: dict(row) for row in rows}


def fill_registers(conn: Connection, rng: np.random.Generator) -> None:
    """A small register where wells share owners and permits by both kinds of entry."""
    owners = "insert into gis.party (name) values ('a'), ('b'), ('c') returning party_id"
    parties = [*conn.execute(text(owners)).scalars(), None]
    for n in range(24):
        add_well(
            conn, f"W{n}", 40 * n, 0, owner_id=parties[rng.integers(4)],
            status=["active", "paused", "proposed", "sealed"][rng.integers(4)],
            annual_reported_m3=[None, 500.0][rng.integers(2)],
            permit_number=[None, f"P{n % 5}"][rng.integers(2)],
        )  # fmt: skip
        if rng.random() < 0.5:
            record(conn, "permit_well", permit_number=f"P{rng.integers(6)}", well_code=f"W{n}")
        if rng.random() < 0.7:
            record(conn, "withdrawal", well_code=f"W{n}", method="electricity", kwh=float(n),
                   from_on="2023-01-01", to_on="2023-12-31")  # fmt: skip
        if rng.random() < 0.3:
            grant(conn, "engineering_emergency", "2023-01-01", "2023-06-30", code=f"W{n}")
    for n in range(6):
        record(conn, "permit", number=f"P{n}", state="issued", valid_from="2020-01-01",
               annual_m3=1000.0 * n)  # fmt: skip
    record(conn, "electricity_coefficient", area_code="1403", m3_per_kwh=3.0, from_on="2020-01-01")
    record(conn, "electricity_coefficient", well_code="W3", m3_per_kwh=2.0, from_on="2020-01-01")
    record(conn, "water_user", owner="a", year=2023, annual_use_m3=9000.0)
    add_zone(conn, "public_supply_coverage", square(-50, -50, 500))


def test_the_facts_of_one_well_are_those_it_has_among_all(conn):
    fill_registers(conn, np.random.default_rng(7))
    on = day("2024-03-01")
    among_all = prepared(conn, Asked(on))
    assert len(among_all) == 24
    assert len({row["permit_taken_m3"] for row in among_all.values()}) > 5
    for well, row in among_all.items():
        assert prepared(conn, Asked(on, ids=[well])) == {well: row}


def plan(conn: Connection, facts_read: str, asked: Asked) -> list[str]:
    """How the database finds some facts, as it does were every table large."""
    conn.execute(text("set local enable_seqscan = off"))
    base = asked.base().as_string().replace(":", "\\:")
    statement = f"explain (analyze, costs off, timing off) select {facts_read} from ({base}) b"
    return [line.strip() for line in conn.execute(text(statement)).scalars()]


def tables(lines: list[str]) -> set[str]:
    """The tables that a plan has read. (What is shared is planned even where nobody asks it.)"""
    read = [line for line in lines if "(never executed)" not in line]
    return {name for line in read for name in REGISTER_TABLES if f" on {name} " in f"{line} "}


def test_registers_that_nobody_asks_are_not_read(conn):
    fill_registers(conn, np.random.default_rng(7))
    record(conn, "meter", well_code="W1", serial="M", state="online")
    asked = Asked(day("2024-06-01"))
    assert tables(plan(conn, "self_supply, use", asked)) == set()
    assert tables(plan(conn, "meter_state", asked)) == {"meter"}
    assert tables(plan(conn, "calibration_due_on", asked)) == {"meter", "calibration"}
    assert tables(plan(conn, "read_until", asked)) == {"withdrawal"}
    assert tables(plan(conn, "use_permitted", asked)) == {
        "permit", "permit_well", "permit_purpose",
    }  # fmt: skip


def conditions(lines: list[str], table: str) -> list[str]:
    """The index conditions of every scan of a table in a plan ("" where a scan has none)."""
    starts = [n for n, line in enumerate(lines) if f" on {table} " in f"{line} "]
    ends = [
        next((m for m in range(n + 1, len(lines)) if lines[m].startswith("->")), len(lines))
        for n in starts
    ]
    return [
        " ".join(line for line in lines[n:end] if line.startswith(("Index Cond", "Recheck Cond")))
        for n, end in zip(starts, ends, strict=True)
    ]


def test_for_a_few_wells_only_their_own_readings_are_looked_up(conn):
    for statement in (
        "insert into gis.well (code, geom)"
        " select 'W' || n, st_setsrid(st_makepoint(113 + n / 1e4, 37), 4490)"
        " from generate_series(1, 5000) n",
        "insert into gis.withdrawal (well_code, method, m3, from_on, to_on)"
        " select 'W' || n, 'metered', n, make_date(y, 1, 1), make_date(y, 12, 31)"
        " from generate_series(1, 5000) n, generate_series(2020, 2023) y",
        "analyze gis.well, gis.withdrawal",
    ):
        conn.execute(text(statement))
    found = conditions(plan(conn, "*", Asked(day("2024-06-01"), codes=["W1", "W2"])), "withdrawal")
    assert len(found) > 5
    assert all("well_code = " in condition for condition in found), found
