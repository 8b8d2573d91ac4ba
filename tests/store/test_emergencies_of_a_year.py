"""Whether water was taken in an emergency within last year or this one, worked out by hand."""

import pytest
from sqlalchemy import Connection

from tests.store.records import day, record, told
from tests.store.test_permits_on_a_day import link, permit
from tests.world import add_well

YEARS = ("emergency_last_year", "emergency_this_year")


def _granted(conn: Connection, from_on: str, until_on: str | None, **more: str) -> None:
    grant = {"subject": "well", "subject_code": "W", "kind": "drought_emergency", **more}
    record(conn, "exemption_grant", **grant, from_on=from_on, until_on=until_on)


@pytest.mark.parametrize(
    ("from_on", "until_on", "last_year", "this_year"),
    [
        ("2023-01-01", "2023-01-01", True, False),
        ("2022-01-01", "2022-12-31", False, False),
        ("2022-12-31", "2023-01-01", True, False),
        ("2023-12-31", "2024-01-01", True, True),
        ("2024-01-01", "2024-01-01", False, True),
        ("2024-06-01", "2024-12-31", False, True),
        ("2024-06-02", "2024-12-31", False, False),
        ("2022-05-01", None, True, True),
    ],
)
def test_an_emergency_counts_in_the_years_that_it_lasted_in(
    conn, from_on, until_on, last_year, this_year
):
    add_well(conn, "W", 0, 0)
    assert told(conn, "2024-06-01", *YEARS) == [False, False]
    _granted(conn, from_on, until_on)
    assert told(conn, "2024-06-01", *YEARS) == [last_year, this_year]


def test_what_else_is_granted_is_no_emergency(conn):
    add_well(conn, "W", 0, 0)
    _granted(conn, "2023-01-01", None, kind="permit_kept")
    assert told(conn, "2024-06-01", *YEARS) == [False, False]


def test_an_emergency_of_one_well_counts_for_all_of_its_permit(conn):
    for code in ("W", "companion", "stranger"):
        add_well(conn, code, 0, 0)
    link(conn, "P")
    link(conn, "P", code="companion")
    link(conn, "Q", code="stranger")
    permit(conn, valid_from="2015-01-01")
    _granted(conn, "2023-05-01", "2023-05-31")
    assert told(conn, "2024-06-01", *YEARS, code="companion") == [True, False]
    assert told(conn, "2024-06-01", *YEARS, code="stranger") == [False, False]


def test_a_well_that_its_own_entry_lets_take_counts(conn):
    add_well(
        conn, "W", 0, 0, exemption_kind="engineering_emergency", exemption_until=day("2023-08-31")
    )
    assert told(conn, "2024-06-01", *YEARS) == [True, False]
