"""What permits let a well take in the last full year and in this one, worked out by hand."""

from datetime import date

from sqlalchemy import Connection

from tests.store.records import record, told
from tests.store.test_permits_on_a_day import link, permit
from tests.store.test_volumes_on_a_day import months, taken, year
from tests.world import add_well

YEAR = ("permit_taken_m3", "permit_year_least_m3", "permit_year_most_m3")
KNOWN = ("permit_taken_m3", "permit_taken_least_m3")
NOW = ("permit_this_year_m3", "annual_permitted_m3", "permit_now_most_m3")


def test_a_permit_that_did_not_change_permits_the_same_in_both_years(conn):
    add_well(conn, "W", 0, 0, annual_reported_m3=90)
    link(conn, "P")
    permit(conn, valid_from="2020-01-01", annual_m3=100)
    assert told(conn, "2024-06-01", *YEAR) == [90, 100, 100]
    assert told(conn, "2024-06-01", *NOW) == [None, 100, 100]


def test_a_permit_lowered_this_year_permitted_more_last_year(conn):
    add_well(conn, "W", 0, 0)
    link(conn, "P")
    permit(conn, valid_from="2020-01-01", annual_m3=100)
    permit(conn, state="amended", changed_on="2024-03-01", annual_m3=50)
    assert told(conn, "2024-02-29", *YEAR[1:], *NOW[1:]) == [100, 100, 100, 100]
    assert told(conn, "2024-03-01", *YEAR[1:], *NOW[1:]) == [100, 100, 50, 100]
    assert told(conn, "2025-01-01", *YEAR[1:], *NOW[1:]) == [50, 100, 50, 50]
    assert told(conn, "2026-01-01", *YEAR[1:], *NOW[1:]) == [50, 50, 50, 50]


def test_a_change_on_new_years_day_is_of_the_new_year(conn):
    add_well(conn, "W", 0, 0)
    link(conn, "P")
    permit(conn, valid_from="2020-01-01", annual_m3=100)
    permit(conn, state="amended", changed_on="2024-01-01", annual_m3=50)
    assert told(conn, "2024-06-01", *YEAR[1:], *NOW[1:]) == [100, 100, 50, 50]
    assert told(conn, "2025-06-01", *YEAR[1:]) == [50, 50]


def test_a_permit_held_for_a_part_of_the_year_tells_no_bound_above(conn):
    add_well(conn, "W", 0, 0, annual_reported_m3=90)
    link(conn, "P")
    permit(conn, valid_from="2023-06-01", annual_m3=100)
    assert told(conn, "2023-07-01", *YEAR, *NOW[1:]) == [90, 0, None, 100, None]
    assert told(conn, "2024-07-01", *YEAR, *NOW[1:]) == [90, 100, None, 100, 100]
    assert told(conn, "2025-07-01", *YEAR[1:]) == [100, 100]


def test_a_permit_cancelled_within_the_year_was_held_for_a_part_of_it(conn):
    add_well(conn, "W", 0, 0)
    link(conn, "P")
    permit(conn, "P", valid_from="2015-01-01", annual_m3=100)
    permit(conn, "P", state="cancelled", changed_on="2023-06-01")
    assert told(conn, "2024-07-01", "permit_state", *YEAR[1:]) == ["none", 100, None]
    link(conn, "Q")
    assert told(conn, "2024-07-01", *YEAR[1:]) == [None, None]  # there is no record of it
    permit(conn, "Q", valid_from="2023-06-01", annual_m3=80)  # another from the same day
    assert told(conn, "2024-07-01", "permit_state", *YEAR[1:]) == ["held", 80, 100]
    assert told(conn, "2025-07-01", *YEAR[1:]) == [80, 80]


def test_permits_held_together_permit_their_sum_day_by_day(conn):
    add_well(conn, "W", 0, 0)
    link(conn, "P")
    link(conn, "Q", from_on="2023-04-01", to_on="2023-09-30")
    permit(conn, "P", valid_from="2015-01-01", annual_m3=100)
    permit(conn, "Q", valid_from="2015-01-01", annual_m3=30)
    assert told(conn, "2024-07-01", *YEAR[1:], *NOW[1:]) == [100, 130, 100, 100]
    permit(conn, "Q", changed_on="2023-05-01")  # from then on it tells no volume
    assert told(conn, "2024-07-01", *YEAR[1:]) == [None, None]


def test_an_undated_version_holds_until_the_next(conn):
    add_well(conn, "W", 0, 0)
    link(conn, "P")
    permit(conn, annual_m3=100)
    permit(conn, changed_on="2022-05-01", annual_m3=90)
    assert told(conn, "2022-07-01", *YEAR[1:], *NOW[1:]) == [100, 100, 90, 100]
    assert told(conn, "2024-07-01", *YEAR[1:]) == [90, 90]


def test_where_permits_tell_nothing_the_wells_own_entry_does(conn):
    add_well(conn, "W", 0, 0, annual_permitted_m3=80, permit_number="no record of it")
    assert told(conn, "2024-07-01", *YEAR[1:], *NOW[1:]) == [80, 80, 80, 80]
    link(conn, "P")
    permit(conn, valid_from="2024-02-01")  # without a volume
    assert told(conn, "2025-07-01", *YEAR[1:], *NOW[1:]) == [80, 80, 80, 80]


def test_a_wells_own_entry_tells_of_one_change(conn):
    own = {"annual_permitted_m3": 80, "permitted_since": date(2023, 5, 1)}
    add_well(conn, "W", 0, 0, prior_permitted_m3=100, **own)
    add_well(conn, "V", 0, 0, **own)
    add_well(conn, "U", 0, 0, prior_permitted_m3=60, **own)
    names = (*YEAR[1:], NOW[2])
    assert told(conn, "2023-06-01", *names) == [100, 100, 100]
    assert told(conn, "2024-06-01", *names) == [80, 100, 80]
    assert told(conn, "2025-06-01", *names) == [80, 80, 80]
    assert told(conn, "2023-06-01", *names, code="U") == [60, 60, 80]
    assert told(conn, "2024-06-01", *names, code="U") == [60, 80, 80]
    assert told(conn, "2023-06-01", *names, code="V") == [0, None, None]
    assert told(conn, "2024-06-01", *names, code="V") == [80, None, 80]


def wells_of_a_permit(conn: Connection) -> None:
    for code, m3 in [("A", 40), ("B", 500), ("C", 6000)]:
        add_well(conn, code, 0, 0)
        year(conn, code, 2023, m3=m3)
        months(conn, code, 2024, 1, m3=m3 / 10)
    permit(conn, valid_from="2015-01-01", annual_m3=1000)
    link(conn, "P", code="A")
    link(conn, "P", code="B")


def test_what_a_well_took_before_it_came_under_the_permit_was_not_taken_under_it(conn):
    wells_of_a_permit(conn)
    link(conn, "P", code="C", from_on="2024-01-01")
    assert told(conn, "2024-02-01", *YEAR, code="A") == [540, 1000, 1000]
    assert told(conn, "2024-02-01", *NOW, code="A") == [654, 1000, 1000]
    assert told(conn, "2024-02-01", *YEAR, code="C") == [6000, 0, None]


def test_what_is_taken_under_a_permit_for_a_part_of_the_year_leaves_the_sum_in_doubt(conn):
    wells_of_a_permit(conn)
    link(conn, "P", code="C", to_on="2023-09-30")
    assert told(conn, "2024-02-01", *YEAR, code="A") == [6540, 1000, None]
    assert told(conn, "2024-02-01", *NOW, code="A") == [54, 1000, 1000]
    add_well(conn, "D", 0, 0, annual_reported_m3=0)  # took nothing, whenever that was
    link(conn, "P", code="D", from_on="2023-09-30")
    assert told(conn, "2025-02-01", YEAR[2], code="A") == [1000]


def test_of_a_year_that_was_not_read_whole_the_known_part_is_told(conn):
    add_well(conn, "W", 0, 0)
    months(conn, "W", 2023, *range(1, 12), m3=10)
    assert told(conn, "2023-12-15", NOW[0]) == [110]
    assert told(conn, "2024-01-01", *KNOWN, "owner_taken_least_m3") == [None, 110, 110]
    year(conn, "W", 2023, method="billed", m3=90)
    assert told(conn, "2024-01-01", *KNOWN) == [90, 90]  # what covers the year is believed


def test_of_a_part_that_two_readings_count_nothing_is_known(conn):
    add_well(conn, "W", 0, 0, annual_reported_m3=None)
    months(conn, "W", 2023, 1, 2, m3=10)
    taken(conn, "W", "2023-02-15", "2023-03-14", m3=10)
    assert told(conn, "2024-01-01", *KNOWN) == [None, 0]


def test_readings_of_a_part_may_show_more_than_was_reported_of_the_year(conn):
    add_well(conn, "W", 0, 0, annual_reported_m3=90)
    months(conn, "W", 2023, 1, m3=10)
    assert told(conn, "2024-01-01", *KNOWN) == [90, 90]
    months(conn, "W", 2023, 2, m3=81)
    assert told(conn, "2024-01-01", *KNOWN) == [90, 91]


def test_the_known_part_under_a_permit_is_that_of_all_its_wells(conn):
    wells_of_a_permit(conn)
    add_well(conn, "D", 0, 0)
    link(conn, "P", code="D")
    assert told(conn, "2024-02-01", *KNOWN, code="A") == [None, 540]
    months(conn, "D", 2023, 3, 4, m3=200)
    assert told(conn, "2024-02-01", *KNOWN, YEAR[2], code="A") == [None, 940, 1000]
    assert told(conn, "2024-02-01", *KNOWN, code="D") == [None, 940]
    link(conn, "P", code="C", from_on="2023-07-01")  # some of it, or none, before that day
    assert told(conn, "2024-02-01", *KNOWN, YEAR[2], code="A") == [None, 6940, None]
    link(conn, "Q", code="A")  # a second permit, of A alone
    permit(conn, "Q", valid_from="2015-01-01", annual_m3=5)
    assert told(conn, "2024-02-01", *KNOWN, code="A") == [None, 6940]
    assert told(conn, "2024-02-01", *KNOWN, code="B") == [None, None]


def test_wells_that_left_within_this_year_leave_its_sum_in_doubt(conn):
    wells_of_a_permit(conn)
    link(conn, "P", code="C", to_on="2024-01-15")
    assert told(conn, "2024-02-01", *NOW, code="A") == [654, 1000, None]
    assert told(conn, "2024-01-10", *NOW[1:], code="A") == [1000, 1000]


def test_two_records_of_one_link_count_once(conn):
    add_well(conn, "W", 0, 0)
    link(conn, "P", to_on="2023-05-01")
    link(conn, "P", from_on="2020-01-01")
    link(conn, "P", from_on="2021-01-01", to_on="2021-12-31")
    permit(conn, valid_from="2015-01-01", annual_m3=100)
    assert told(conn, "2024-07-01", *YEAR[1:]) == [100, 100]


def test_a_void_version_permits_nothing_of_what_was_taken(conn):
    add_well(conn, "W", 0, 0, annual_reported_m3=90)
    link(conn, "P")
    permit(conn, valid_from="2015-01-01", state="lapsed", annual_m3=100)
    record(conn, "permit", number="P", state="issued", changed_on="2024-05-01", annual_m3=100)
    assert told(conn, "2024-07-01", *YEAR) == [90, 0, None]


def test_a_permit_first_given_this_year_was_not_held_last_year(conn):
    add_well(conn, "W", 0, 0, permit_state="held")
    owed = ("permit_held_last_year", "last_report_filed")
    assert told(conn, "2024-06-01", *owed) == [None, None]
    link(conn, "P")
    permit(conn, valid_from="2023-12-31", annual_m3=100)
    record(conn, "annual_report", permit_number="P", year=2023, state="none")
    assert told(conn, "2023-12-31", *owed) == [False, None]
    assert told(conn, "2024-01-01", *owed) == [True, False]


def test_the_report_of_a_year_is_owed_under_the_permits_of_that_year(conn):
    add_well(conn, "W", 0, 0)
    link(conn, "old", to_on="2023-12-31")
    link(conn, "new", from_on="2024-01-01")
    permit(conn, "old", valid_from="2015-01-01")
    permit(conn, "new", valid_from="2024-01-01")
    record(conn, "annual_report", permit_number="old", year=2023, state="filed")
    assert told(conn, "2024-06-01", "permit_held_last_year", "last_report_filed") == [True, True]
    assert told(conn, "2025-06-01", "permit_held_last_year", "last_report_filed") == [True, None]
