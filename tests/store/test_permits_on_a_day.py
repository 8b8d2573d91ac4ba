"""What permits say of a well as of a day, worked out by hand."""

from datetime import date

import pytest
from sqlalchemy import Connection, text

from tests.store.records import record, told
from tests.world import LAT, LON, PER_M_LAT, add_well


def permit(conn: Connection, number: str = "P", **more) -> None:
    record(conn, "permit", number=number, **{"state": "issued", **more})


def link(conn: Connection, *numbers: str, code: str = "W", **more) -> None:
    for number in numbers:
        record(conn, "permit_well", permit_number=number, well_code=code, **more)


VOLUMES = ("permit_state", "annual_permitted_m3", "prior_permitted_m3")


def test_a_version_of_a_permit_holds_from_its_day_until_the_next(conn):
    add_well(conn, "W", 0, 0)
    link(conn, "P")
    permit(conn, valid_from="2018-03-01", valid_to="2023-02-28", annual_m3=8000)
    permit(conn, state="amended", changed_on="2020-07-01", valid_from="2018-03-01",
           valid_to="2023-02-28", annual_m3=6000)  # fmt: skip
    permit(conn, changed_on="2023-03-01", valid_to="2028-02-29", annual_m3=6500)
    permit(conn, state="cancelled", changed_on="2025-01-15", valid_to="2028-02-29")
    ends = (*VOLUMES, "permit_valid_to")
    assert told(conn, "2018-02-28", *ends) == [None, None, None, None]
    assert told(conn, "2018-03-01", *ends) == ["held", 8000, None, "2023-02-28"]
    assert told(conn, "2020-06-30", *ends) == ["held", 8000, None, "2023-02-28"]
    assert told(conn, "2020-07-01", *ends) == ["held", 6000, 8000, "2023-02-28"]
    assert told(conn, "2023-03-01", *ends) == ["held", 6500, 6000, "2028-02-29"]
    assert told(conn, "2025-01-14", *ends) == ["held", 6500, 6000, "2028-02-29"]
    assert told(conn, "2025-01-15", *ends) == ["none", 0, 6500, "2028-02-29"]


@pytest.mark.parametrize(
    ("state", "held"),
    [
        *[(s, "held") for s in ("issued", "amended", "transferred", "renew_pending", "expired")],
        *[(s, "none") for s in ("applied", "approved", "denied", "cancelled", "revoked", "lapsed")],
        (None, "held"),
    ],
)
def test_a_permit_that_was_issued_is_held_until_it_is_void(conn, state, held):
    add_well(conn, "W", 0, 0, permit_state="held")
    link(conn, "P")
    permit(conn, state=state, valid_from="2020-01-01")
    assert told(conn, "2024-01-01", "permit_state") == [held]


def test_a_renewal_counts_from_the_day_it_was_applied_for(conn):
    add_well(conn, "W", 0, 0)
    link(conn, "P")
    permit(conn, valid_from="2019-01-01", valid_to="2023-12-31", approved_on="2018-12-01",
           renewal_applied_on="2023-11-16")  # fmt: skip
    names = ("permit_approved_on", "renewal_applied_on", "permit_valid_to")
    assert told(conn, "2023-11-15", *names) == ["2018-12-01", None, "2023-12-31"]
    assert told(conn, "2023-11-16", *names) == ["2018-12-01", "2023-11-16", "2023-12-31"]


@pytest.mark.parametrize("state", ["denied", "cancelled", "revoked"])
def test_an_approval_that_was_taken_back_is_none(conn, state):
    add_well(conn, "W", 0, 0)
    link(conn, "P")
    permit(conn, state="approved", approved_on="2020-01-01")
    permit(conn, state=state, approved_on="2020-01-01", changed_on="2021-05-01")
    assert told(conn, "2021-04-30", "permit_approved_on") == ["2020-01-01"]
    assert told(conn, "2021-05-01", "permit_approved_on") == [None]


def test_a_renewal_is_under_review_while_the_permit_says_so(conn):
    add_well(conn, "W", 0, 0)
    link(conn, "P")
    permit(conn, valid_from="2019-01-01", valid_to="2023-12-31")
    permit(conn, changed_on="2023-11-01", valid_to="2023-12-31", state="renew_pending")
    permit(conn, changed_on="2024-02-01", valid_to="2023-12-31", state="expired")
    permit(conn, changed_on="2024-03-01", valid_to="2023-12-31", state=None)
    days = ("2023-10-31", "2023-11-01", "2024-02-01", "2024-03-01")
    assert [told(conn, on, "renewal_pending") for on in days] == [[False], [True], [False], [None]]


def test_several_permits_of_a_well_permit_their_sum(conn):
    add_well(conn, "W", 0, 0)
    link(conn, "P", "Q")
    permit(conn, "P", valid_from="2015-01-01", valid_to="2024-12-31", annual_m3=8000)
    permit(conn, "Q", valid_from="2018-01-01", valid_to="2027-12-31", annual_m3=5000)
    assert told(conn, "2017-12-31", *VOLUMES) == ["held", 8000, None]
    assert told(conn, "2018-01-01", *VOLUMES) == ["held", 13_000, 8000]
    permit(conn, "P", state="amended", changed_on="2020-01-01", annual_m3=6000,
           valid_to="2024-12-31")  # fmt: skip
    assert told(conn, "2020-01-01", *VOLUMES) == ["held", 11_000, 13_000]
    permit(conn, "P", state="revoked", changed_on="2022-01-01", annual_m3=6000)
    assert told(conn, "2022-01-01", *VOLUMES) == ["held", 5000, 11_000]
    permit(conn, "Q", state=None, changed_on="2023-01-01")
    assert told(conn, "2023-01-01", *VOLUMES) == [None, None, 5000]


def test_since_when_a_volume_is_permitted_is_the_day_of_the_change(conn):
    add_well(conn, "W", 0, 0, permitted_since=date(2019, 4, 1), prior_permitted_m3=7000)
    assert told(conn, "2024-01-01", "permitted_since") == ["2019-04-01"]
    link(conn, "P", "Q")
    permit(conn, "P", valid_from="2010-01-01", annual_m3=5000)
    assert told(conn, "2024-01-01", "permitted_since") == ["2019-04-01"]
    permit(conn, "P", changed_on="2015-06-01", valid_from="2010-01-01", annual_m3=8000)
    assert told(conn, "2015-05-31", "permitted_since") == ["2019-04-01"]
    assert told(conn, "2015-06-01", "permitted_since") == ["2015-06-01"]
    permit(conn, "Q", valid_from="2022-02-01", annual_m3=1000)
    assert told(conn, "2022-01-31", "permitted_since") == ["2015-06-01"]
    assert told(conn, "2022-02-01", "permitted_since", "prior_permitted_m3") == ["2022-02-01", 8000]


def test_a_well_that_names_the_one_it_replaces_is_a_replacement(conn):
    add_well(conn, "W", 0, 0, replaces="V")
    add_well(conn, "V", 0, 0)
    assert told(conn, "2024-01-01", "replaces_another") == [True]
    assert told(conn, "2024-01-01", "replaces_another", code="V") == [False]


def test_where_several_permits_end_is_known_if_the_last_end_is(conn):
    add_well(conn, "W", 0, 0)
    link(conn, "P", "Q")
    permit(conn, "P", valid_from="2018-01-01", valid_to="2022-12-31")
    permit(conn, "Q", valid_from="2018-01-01")
    assert told(conn, "2022-12-31", "permit_valid_to") == ["2022-12-31"]
    assert told(conn, "2023-01-01", "permit_valid_to") == [None]
    permit(conn, "Q", changed_on="2019-01-01", valid_to="2021-12-31")
    assert told(conn, "2023-01-01", "permit_valid_to") == ["2022-12-31"]


def test_a_permit_without_a_volume_makes_no_total_of_the_others(conn):
    add_well(conn, "W", 0, 0, annual_permitted_m3=700)
    link(conn, "P")
    permit(conn, "P", valid_from="2018-01-01")
    assert told(conn, "2024-01-01", "annual_permitted_m3") == [700]
    link(conn, "Q")
    permit(conn, "Q", valid_from="2018-01-01", annual_m3=5000)
    assert told(conn, "2024-01-01", "annual_permitted_m3") == [None]


def test_a_permit_counts_for_the_wells_it_covers_while_it_covers_them(conn):
    for code in "ABC":
        add_well(conn, code, 0, 0)
    permit(conn, valid_from="2015-01-01", annual_m3=9000)
    link(conn, "P", code="A")
    link(conn, "P", code="B", from_on="2020-01-01", to_on="2022-12-31")
    states = {
        on: [told(conn, on, "permit_state", code=code)[0] for code in "ABC"]
        for on in ("2019-12-31", "2020-01-01", "2022-12-31", "2023-01-01")
    }
    assert states == {
        "2019-12-31": ["held", None, None],
        "2020-01-01": ["held", "held", None],
        "2022-12-31": ["held", "held", None],
        "2023-01-01": ["held", None, None],
    }


def test_a_permit_that_only_the_well_itself_names_is_looked_up(conn):
    add_well(conn, "W", 0, 0, permit_number="P", permit_state="none", annual_permitted_m3=1)
    add_well(conn, "V", 0, 0, permit_number="of another book", permit_state="held",
             annual_permitted_m3=250)  # fmt: skip
    permit(conn, valid_from="2020-01-01", annual_m3=9000)
    assert told(conn, "2024-01-01", *VOLUMES[:2]) == ["held", 9000]
    assert told(conn, "2024-01-01", *VOLUMES[:2], code="V") == ["held", 250]
    link(conn, "Q", to_on="2021-12-31")
    assert told(conn, "2024-01-01", *VOLUMES[:2]) == ["none", 1]


def test_a_use_is_permitted_by_any_permit_that_names_it_on_the_day(conn):
    add_well(conn, "W", 0, 0, use="industry")
    link(conn, "P", "Q")
    permit(conn, "P", valid_from="2018-01-01")
    permit(conn, "Q", valid_from="2018-01-01")
    record(conn, "permit_purpose", permit_number="P", use="irrigation")
    assert told(conn, "2024-01-01", "use_permitted") == [None]  # Q does not say
    record(conn, "permit_purpose", permit_number="Q", use="industry", from_on="2020-01-01",
           to_on="2022-12-31")  # fmt: skip
    record(conn, "permit_purpose", permit_number="Q", use="service", from_on="2020-01-01")
    assert told(conn, "2019-12-31", "use_permitted") == [None]
    assert told(conn, "2020-01-01", "use_permitted") == [True]
    assert told(conn, "2022-12-31", "use_permitted") == [True]
    assert told(conn, "2023-01-01", "use_permitted") == [False]
    conn.execute(text("update gis.well set use = null"))
    assert told(conn, "2023-01-01", "use_permitted") == [None]


@pytest.mark.parametrize(
    ("away_m", "well_m", "permit_m", "misplaced"),
    [
        (119, 20, 100, False),
        (121, 20, 100, True),
        (149, 50, None, False),  # an unknown accuracy counts as 100 m
        (151, 50, None, True),
        (1, 0, 0, True),
    ],
)
def test_a_well_is_not_where_its_permit_says_beyond_both_accuracies(
    conn, away_m, well_m, permit_m, misplaced
):
    add_well(conn, "W", 0, 0, position_accuracy_m=well_m)
    link(conn, "P")
    place = {"place_lon": LON, "place_lat": LAT + away_m * PER_M_LAT}
    permit(conn, valid_from="2020-01-01", place_accuracy_m=permit_m, **place)
    assert told(conn, "2024-01-01", "permit_misplaced") == [misplaced]


def test_where_no_permit_says_where_a_well_is_it_cannot_be_known_to_be_there(conn):
    add_well(conn, "W", 0, 0, permit_state="held")
    assert told(conn, "2024-01-01", "permit_misplaced") == [None]
    link(conn, "P")
    permit(conn, valid_from="2020-01-01")
    assert told(conn, "2024-01-01", "permit_misplaced") == [None]


def test_the_one_place_of_a_permit_for_two_wells_misplaces_neither(conn):
    add_well(conn, "W", 0, 0)
    add_well(conn, "V", 5000, 0)
    add_well(conn, "U", 0, 0)
    link(conn, "P")
    link(conn, "P", code="V")
    permit(conn, valid_from="2020-01-01", place_lon=LON, place_lat=LAT)
    assert told(conn, "2024-01-01", "permit_misplaced", code="V") == [False]
    assert told(conn, "2024-01-01", "permit_misplaced", code="U") == [None]


def test_the_report_asked_for_is_that_of_the_year_before(conn):
    add_well(conn, "W", 0, 0)
    link(conn, "P")
    permit(conn, valid_from="2020-01-01")
    record(conn, "annual_report", permit_number="P", year=2023, state="filed")
    record(conn, "annual_report", permit_number="P", year=2024, state="none")
    record(conn, "annual_report", permit_number="P", year=2025, state="filed",
           filed_on="2026-01-20")  # fmt: skip
    assert told(conn, "2024-12-31", "last_report_filed") == [True]
    assert told(conn, "2025-01-01", "last_report_filed") == [False]
    assert told(conn, "2026-01-19", "last_report_filed") == [False]
    assert told(conn, "2026-01-20", "last_report_filed") == [True]
    assert told(conn, "2023-12-31", "last_report_filed") == [None]
    link(conn, "Q")
    permit(conn, "Q", valid_from="2020-01-01")
    assert told(conn, "2024-12-31", "last_report_filed") == [None]
    assert told(conn, "2025-01-01", "last_report_filed") == [False]
