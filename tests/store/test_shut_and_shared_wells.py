"""Volumes that several wells share a permit for, and water taken that must not be."""

import pytest
from sqlalchemy import Connection, text

from gis_app.store import wells
from tests.store.records import day, facts_of, record, told
from tests.store.test_volumes_on_a_day import add_owner, months, taken, year
from tests.world import add_well


def permit(conn: Connection, number: str, *codes: str, **more) -> None:
    values = {"state": "issued", "valid_from": "2020-01-01", "annual_m3": 10_000, **more}
    record(conn, "permit", number=number, **values)
    for code in codes:
        record(conn, "permit_well", permit_number=number, well_code=code)


def under_permit(conn: Connection, code: str, on: str = "2024-01-01") -> tuple:
    mine = facts_of(conn, code, on)
    return mine["permit_taken_m3"], mine["permit_this_year_m3"]


def test_a_permit_for_several_wells_counts_what_they_take_together(conn):
    for code, m3 in [("A", 6000), ("B", 5000), ("C", 700)]:
        add_well(conn, code, 0, 0)
        year(conn, code, 2023, m3=m3)
        months(conn, code, 2024, 1, m3=m3 / 100)
    permit(conn, "P", "A", "B")
    permit(conn, "Q", "C")
    assert under_permit(conn, "A", "2024-02-01") == (11_000, 110)
    assert under_permit(conn, "B", "2024-02-01") == (11_000, 110)
    assert under_permit(conn, "C", "2024-02-01") == (700, 7)


def test_a_permit_is_unknown_where_one_of_its_wells_is(conn):
    add_well(conn, "A", 0, 0, annual_reported_m3=6000)
    add_well(conn, "B", 0, 0)
    permit(conn, "P", "A", "B")
    assert under_permit(conn, "A")[0] is None
    assert facts_of(conn, "A", "2024-01-01")["annual_m3"] == 6000
    conn.execute(text("update gis.well set annual_reported_m3 = 1 where code = 'B'"))
    assert under_permit(conn, "A")[0] == 6001


def test_a_well_with_several_permits_has_what_was_taken_under_all_of_them(conn):
    for code, m3 in [("A", 1), ("B", 20), ("C", 300), ("D", 4000)]:
        add_well(conn, code, 0, 0, annual_reported_m3=m3)
    permit(conn, "P", "A", "B")
    permit(conn, "Q", "A", "C")
    permit(conn, "R", "D")
    permit(conn, "S", "D")
    assert under_permit(conn, "A")[0] == 321
    # what A took under P and what under Q cannot be told apart
    assert under_permit(conn, "B")[0] is None
    assert under_permit(conn, "C")[0] is None
    assert under_permit(conn, "D")[0] == 4000


def test_wells_of_a_void_permit_are_not_counted_together(conn):
    add_well(conn, "A", 0, 0, annual_reported_m3=1)
    add_well(conn, "B", 0, 0, annual_reported_m3=20)
    permit(conn, "old", "A", "B", state="cancelled")
    permit(conn, "new", "A")
    assert under_permit(conn, "A")[0] == 1


def test_wells_that_name_the_same_permit_themselves_are_counted_together(conn):
    add_well(conn, "A", 0, 0, annual_reported_m3=1, permit_number="D140302G2021-0001")
    add_well(conn, "B", 0, 0, annual_reported_m3=20)
    add_well(conn, "C", 0, 0, annual_reported_m3=300, permit_number="D140302G2021-0001")
    permit(conn, "D140302G2021-0001", "B")
    permit(conn, "other", "C")  # the register of both stands above a well's own entry
    assert under_permit(conn, "A")[0] == under_permit(conn, "B")[0] == 21
    assert under_permit(conn, "C")[0] == 300


def read_under_permit(conn: Connection, code: str, on: str = "2024-02-01") -> tuple[str, str]:
    mine = facts_of(conn, code, on)
    return str(mine["permit_last_taken_on"]), str(mine["permit_read_until"])


def test_a_permit_was_last_used_by_the_last_of_its_wells_and_is_read_until_the_first(conn):
    for code in "ABC":
        add_well(conn, code, 0, 0)
    permit(conn, "P", "A", "B")
    year(conn, "A", 2021, m3=50)
    year(conn, "A", 2022, m3=0)
    months(conn, "A", 2023, 1, m3=0)
    assert read_under_permit(conn, "A") == ("None", "None")  # nobody has read B
    year(conn, "B", 2022, m3=7)
    year(conn, "C", 2023, m3=9)
    assert read_under_permit(conn, "A") == ("2022-12-31", "2022-12-31")
    assert read_under_permit(conn, "B") == ("2022-12-31", "2022-12-31")
    assert read_under_permit(conn, "C") == ("2023-12-31", "2023-12-31")
    permit(conn, "Q", "A", "C")
    assert read_under_permit(conn, "A") == ("2023-12-31", "2022-12-31")
    conn.execute(text("update gis.permit set state = 'cancelled' where number = 'Q'"))
    assert read_under_permit(conn, "A") == ("2022-12-31", "2022-12-31")
    assert read_under_permit(conn, "C") == ("2023-12-31", "2023-12-31")


def since_shut(conn: Connection, on: str) -> tuple:
    mine = facts_of(conn, "W", on)
    return mine["taken_since_shut_m3"], mine["kwh_since_shut"]


def test_what_is_taken_after_a_well_was_closed_counts_through_its_sealing(conn):
    add_well(conn, "W", 0, 0, completed_on=day("2001-01-01"))
    months(conn, "W", 2024, 2, 3, 4, 5, 6, m3=10)
    wells.set_status(conn, "W", "closed", on=day("2024-03-15"))
    wells.set_status(conn, "W", "sealed", on=day("2024-05-20"))
    assert since_shut(conn, "2024-03-14") == (0, 0)
    assert since_shut(conn, "2024-03-31") == (0, 0)  # March began before it was closed
    assert since_shut(conn, "2024-04-30") == (10, 0)
    assert since_shut(conn, "2024-06-30") == (30, 0)


def test_a_reading_from_the_day_of_closing_on_counts(conn):
    add_well(conn, "W", 0, 0)
    wells.set_status(conn, "W", "closed", on=day("2024-03-01"))
    months(conn, "W", 2024, 3, m3=10, kwh=4)
    assert since_shut(conn, "2024-04-01") == (10, 4)


def test_the_same_water_seen_by_two_methods_is_not_counted_twice(conn):
    add_well(conn, "W", 0, 0)
    wells.set_status(conn, "W", "closed", on=day("2024-01-01"))
    months(conn, "W", 2024, 2, 3, m3=10)
    months(conn, "W", 2024, 2, 3, method="electricity", kwh=5, m3_per_kwh=3)
    assert since_shut(conn, "2024-04-01") == (30, 10)


def test_a_well_in_use_again_takes_nothing_since_it_was_shut(conn):
    add_well(conn, "W", 0, 0)
    wells.set_status(conn, "W", "closed", on=day("2024-01-01"))
    record(
        conn, "exemption_grant", subject="well", subject_code="W", kind="reopening",
        from_on="2024-01-01",
    )  # fmt: skip
    wells.set_status(conn, "W", "active", on=day("2024-03-01"))
    months(conn, "W", 2024, 2, 3, m3=10)
    assert since_shut(conn, "2024-02-29") == (10, 0)
    assert since_shut(conn, "2024-03-31") == (0, 0)


def test_a_well_registered_as_sealed_may_have_been_used_before(conn):
    add_well(conn, "W", 0, 0, status="sealed", completed_on=day("1998-01-01"))
    assert since_shut(conn, "2024-06-01") == (0, 0)
    months(conn, "W", 2024, 2, m3=0, kwh=0)
    assert since_shut(conn, "2024-06-01") == (0, 0)
    months(conn, "W", 2024, 1, m3=10, kwh=3)
    assert since_shut(conn, "2024-06-01") == (None, None)
    wells.set_status(conn, "W", "sealed", on=day("2024-02-01"))
    assert since_shut(conn, "2024-06-01") == (0, 0)
    wells.set_status(conn, "W", "sealed", on=day("1999-01-01"))
    assert since_shut(conn, "2024-06-01") == (10, 3)


def grant(conn: Connection, kind: str, first: str, last: str | None, **more) -> None:
    record(
        conn, "exemption_grant", subject="well", subject_code="W", kind=kind, from_on=first,
        until_on=last, **more,
    )  # fmt: skip


def after_emergency(conn: Connection, on: str) -> float | None:
    return facts_of(conn, "W", on)["taken_after_emergency_m3"]


def test_only_water_wholly_after_the_last_emergency_is_taken_after_it(conn):
    add_well(conn, "W", 0, 0, status="emergency_only")
    months(conn, "W", 2024, *range(1, 9), m3=10)
    grant(conn, "drought_emergency", "2024-03-10", "2024-04-20")
    assert after_emergency(conn, "2024-03-31") == 20  # without any emergency until then
    assert after_emergency(conn, "2024-04-30") == 0
    assert after_emergency(conn, "2024-05-31") == 10
    assert after_emergency(conn, "2024-08-31") == 40
    grant(conn, "engineering_emergency", "2024-07-31", None)
    assert after_emergency(conn, "2024-06-30") == 20
    assert after_emergency(conn, "2024-08-31") == 20


def test_a_year_later_what_was_taken_after_an_emergency_is_past(conn):
    add_well(conn, "W", 0, 0, status="emergency_only")
    grant(conn, "drought_emergency", "2023-12-01", "2023-12-31")
    taken(conn, "W", "2024-01-01", "2024-01-31", m3=10)
    assert after_emergency(conn, "2024-12-30") == 10  # 364 days after 1 January
    assert after_emergency(conn, "2024-12-31") == 0


def test_what_a_well_took_before_it_was_kept_for_emergencies_is_not_held_against_it(conn):
    add_well(conn, "W", 0, 0)
    months(conn, "W", 2024, *range(1, 5), m3=10)
    assert after_emergency(conn, "2024-04-30") == 40
    wells.set_status(conn, "W", "emergency_only", on=day("2024-03-01"))
    assert after_emergency(conn, "2024-02-29") == 20
    assert after_emergency(conn, "2024-04-30") == 20


@pytest.mark.parametrize(("m3_per_kwh", "after_m3"), [(3, 15), (None, None)])
def test_electricity_without_a_coefficient_is_an_unknown_volume(conn, m3_per_kwh, after_m3):
    add_well(conn, "W", 0, 0, status="emergency_only")
    months(conn, "W", 2024, 1, method="electricity", kwh=5, m3_per_kwh=m3_per_kwh)
    assert after_emergency(conn, "2024-02-01") == after_m3


def test_a_well_whose_latest_readings_show_none_has_stopped(conn):
    add_well(conn, "W", 0, 0, status="emergency_only")
    months(conn, "W", 2024, 1, 2, m3=10)
    months(conn, "W", 2024, 3, m3=0)
    assert after_emergency(conn, "2024-03-30") == 20
    assert after_emergency(conn, "2024-03-31") == 0
    months(conn, "W", 2024, 3, method="electricity", kwh=4, m3_per_kwh=2)  # another says no
    assert after_emergency(conn, "2024-03-31") == 20
    months(conn, "W", 2024, 4, method="electricity", kwh=5)  # without a coefficient
    assert after_emergency(conn, "2024-04-30") is None
    months(conn, "W", 2024, 5, m3=1)
    assert after_emergency(conn, "2024-05-31") == 21


def test_that_nobody_owns_a_well_is_known_where_it_was_found_so(conn):
    owner = add_owner(conn, "某厂")
    known = {
        "W": {"owner_id": owner, "ownerless": True},
        "V": {"ownerless": True},
        "U": {},
        "T": {"ownerless": False},
    }
    for code, entry in known.items():
        add_well(conn, code, 0, 0, **entry)
    told = [facts_of(conn, code, "2024-06-30")["owner_known"] for code in "WVUT"]
    assert told == [True, False, None, True]


@pytest.mark.parametrize("kind", ["close", "seal"])
def test_a_well_was_ordered_to_close_from_the_day_of_the_order_on(conn, kind):
    add_well(conn, "W", 0, 0)
    record(conn, "correction_order", well_code="W", kind="fit_meter", ordered_on="2024-01-01",
           due_on="2024-02-01")  # fmt: skip
    record(conn, "correction_order", well_code="W", kind=kind, ordered_on="2024-03-01",
           due_on="2024-04-01", done_on="2024-03-20")  # fmt: skip
    assert told(conn, "2024-02-29", "close_ordered") == [False]
    assert told(conn, "2024-03-01", "close_ordered") == [True]
    assert told(conn, "2025-03-01", "close_ordered", "close_due_on") == [True, None]


def test_a_well_whose_state_was_that_of_being_ordered_to_close_was_ordered(conn):
    add_well(conn, "W", 0, 0)
    wells.set_status(conn, "W", "ordered_to_close", on=day("2024-03-01"))
    wells.set_status(conn, "W", "closed", on=day("2024-04-01"))
    assert told(conn, "2024-02-29", "close_ordered") == [False]
    assert told(conn, "2024-05-01", "close_ordered") == [True]
