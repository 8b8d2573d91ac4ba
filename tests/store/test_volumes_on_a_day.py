"""Volumes of wells, permits and owners as of a day, computed by hand."""

import calendar

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from tests.store.records import day, facts_of, record, told
from tests.world import add_well


def taken(conn: Connection, code: str, first: str, last: str, **more) -> None:
    values = {"method": "metered", **more}
    record(conn, "withdrawal", well_code=code, from_on=first, to_on=last, **values)


def year(conn: Connection, code: str, number: int, **more) -> None:
    taken(conn, code, f"{number}-01-01", f"{number}-12-31", **more)


def months(conn: Connection, code: str, number: int, *which: int, **more) -> None:
    for month in which or range(1, 13):
        last = calendar.monthrange(number, month)[1]
        taken(conn, code, f"{number}-{month:02}-01", f"{number}-{month:02}-{last}", **more)


def add_owner(conn: Connection, name: str, uscc: str | None = None) -> int:
    statement = "insert into gis.party (name, uscc) values (:name, :uscc) returning party_id"
    return conn.execute(text(statement), {"name": name, "uscc": uscc}).scalar_one()


def annual(conn: Connection, on: str, code: str = "W") -> float | None:
    return facts_of(conn, code, on)["annual_m3"]


def test_an_owner_with_a_code_is_told_from_one_without(conn):
    coded, plain = add_owner(conn, "某宾馆", "91140000MA0000000X"), add_owner(conn, "某户")
    for code, owner in {
        "W": coded,
        "V": plain,
        "U": None,
        "T": add_owner(conn, "某店", ""),
    }.items():
        add_well(conn, code, 0, 0, owner_id=owner)
    told = {code: facts_of(conn, code, "2024-06-30")["owner_has_uscc"] for code in "WVUT"}
    assert told == {"W": True, "V": False, "U": False, "T": False}


def test_twelve_months_make_a_year_and_the_year_before_is_asked_for(conn):
    add_well(conn, "W", 0, 0)
    months(conn, "W", 2023, m3=100)
    months(conn, "W", 2024, 1, 2, m3=70)
    assert annual(conn, "2023-12-31") is None
    assert annual(conn, "2024-01-01") == 1200
    assert annual(conn, "2024-12-31") == 1200
    assert annual(conn, "2025-01-01") is None


def test_a_leap_year_needs_its_leap_day(conn):
    add_well(conn, "W", 0, 0)
    taken(conn, "W", "2024-01-01", "2024-02-28", m3=59)
    taken(conn, "W", "2024-03-01", "2024-12-31", m3=306)
    assert annual(conn, "2025-01-01") is None
    taken(conn, "W", "2024-02-29", "2024-02-29", m3=1)
    assert annual(conn, "2025-01-01") == 366


def test_a_missing_month_leaves_the_volume_of_the_register(conn):
    add_well(conn, "W", 0, 0, annual_reported_m3=5000)
    add_well(conn, "V", 0, 0)
    for code in "WV":
        months(conn, code, 2023, *range(1, 8), *range(9, 13), m3=100)
    assert annual(conn, "2024-01-01") == 5000
    assert annual(conn, "2024-01-01", "V") is None
    taken(conn, "W", "2023-08-01", "2023-08-31", m3=100)
    assert annual(conn, "2024-01-01") == 1200


def test_what_was_read_after_the_day_is_not_known_on_it(conn):
    add_well(conn, "W", 0, 0)
    months(conn, "W", 2024, m3=10)
    assert facts_of(conn, "W", "2024-06-15")["this_year_m3"] == 50
    assert facts_of(conn, "W", "2024-06-30")["this_year_m3"] == 60
    assert facts_of(conn, "W", "2024-01-30")["this_year_m3"] is None


def test_a_reading_across_new_year_is_shared_by_days(conn):
    add_well(conn, "W", 0, 0)
    taken(conn, "W", "2022-12-17", "2023-01-15", m3=300)  # 15 days in each year
    taken(conn, "W", "2023-01-16", "2023-12-31", m3=1000)
    assert annual(conn, "2024-01-01") == pytest.approx(1150)
    taken(conn, "W", "2024-01-01", "2024-01-31", m3=31)
    taken(conn, "W", "2024-02-01", "2024-04-30", m3=90)
    assert facts_of(conn, "W", "2024-05-01")["this_year_m3"] == pytest.approx(121)


def test_days_that_two_readings_count_make_a_sum_unknown(conn):
    add_well(conn, "W", 0, 0, annual_reported_m3=5000)
    months(conn, "W", 2023, m3=100)
    year(conn, "W", 2023, m3=1200)
    months(conn, "W", 2024, 1, m3=100)
    taken(conn, "W", "2024-01-31", "2024-02-29", m3=100)
    assert annual(conn, "2024-03-01") == 5000
    assert facts_of(conn, "W", "2024-03-01")["this_year_m3"] is None
    year(conn, "W", 2023, method="billed", m3=1300)
    assert annual(conn, "2024-03-01") == 1300


def test_a_gap_is_not_filled_by_days_that_count_twice(conn):
    add_well(conn, "W", 0, 0)
    taken(conn, "W", "2023-01-01", "2023-06-30", m3=100)
    taken(conn, "W", "2023-06-01", "2023-11-30", m3=100)  # 30 days twice, 31 days never
    taken(conn, "W", "2023-12-31", "2023-12-31", m3=1)
    assert annual(conn, "2024-01-01") is None


def test_what_ends_before_it_begins_is_refused_by_whatever_door(conn):
    add_well(conn, "W", 0, 0)
    taken(conn, "W", "2023-05-01", "2023-05-01", m3=100)
    with pytest.raises(IntegrityError, match="withdrawal_to_on_not_before_from_on"):
        taken(conn, "W", "2023-05-01", "2023-04-30", m3=100)


def test_the_better_method_is_believed_where_it_covers_the_year(conn):
    add_well(conn, "W", 0, 0, annual_reported_m3=1)
    for method, m3 in [("estimated", 9000), ("billed", 8000), ("electricity", 7000)]:
        year(conn, "W", 2023, method=method, m3=m3)
        assert annual(conn, "2024-01-01") == m3
    months(conn, "W", 2023, *range(1, 12), m3=500)
    assert annual(conn, "2024-01-01") == 7000
    taken(conn, "W", "2023-12-01", "2023-12-31", m3=500)
    assert annual(conn, "2024-01-01") == 6000


def coefficient(conn: Connection, m3_per_kwh: float, first: str, **more) -> None:
    record(conn, "electricity_coefficient", m3_per_kwh=m3_per_kwh, from_on=first, **more)


def test_electricity_times_its_coefficient_is_a_volume(conn):
    add_well(conn, "W", 0, 0, area_code="140302")
    year(conn, "W", 2023, method="electricity", kwh=1000)
    assert annual(conn, "2024-01-01") is None
    coefficient(conn, 3.2, "2020-01-01", area_code="1403")
    coefficient(conn, 9, "2020-01-01", area_code="1404")
    assert annual(conn, "2024-01-01") == pytest.approx(3200)
    coefficient(conn, 3, "2020-01-01", area_code="140302")
    assert annual(conn, "2024-01-01") == pytest.approx(3000)
    coefficient(conn, 2.5, "2020-01-01", well_code="W")
    assert annual(conn, "2024-01-01") == pytest.approx(2500)
    conn.execute(text("update gis.withdrawal set m3_per_kwh = 4"))
    assert annual(conn, "2024-01-01") == pytest.approx(4000)
    conn.execute(text("update gis.withdrawal set m3 = 4321"))
    assert annual(conn, "2024-01-01") == 4321


def test_a_coefficient_turns_the_electricity_of_its_own_time(conn):
    add_well(conn, "W", 0, 0, area_code=None)
    year(conn, "W", 2023, method="electricity", kwh=1000)
    coefficient(conn, 3.2, "2020-01-01", to_on="2023-12-31")
    coefficient(conn, 2, "2024-01-01", to_on="2024-06-30")
    mine = facts_of(conn, "W", "2024-06-30")
    assert (mine["annual_m3"], mine["kwh_coefficient"]) == (pytest.approx(3200), 2)
    coefficient(conn, 7, "2024-01-01", well_code="W", to_on="2024-03-31")
    coefficient(conn, 8, "2020-01-01", well_code="W", to_on="2023-12-30")
    mine = facts_of(conn, "W", "2024-03-31")
    assert (mine["annual_m3"], mine["kwh_coefficient"]) == (pytest.approx(3200), 7)
    assert facts_of(conn, "W", "2024-07-01")["kwh_coefficient"] is None
    assert facts_of(conn, "W", "2023-12-31")["kwh_coefficient"] == 3.2
    assert facts_of(conn, "W", "2023-12-30")["kwh_coefficient"] == 8


def test_no_electricity_is_no_water_whatever_the_coefficient(conn):
    add_well(conn, "W", 0, 0)
    year(conn, "W", 2023, method="electricity", kwh=0)
    assert annual(conn, "2024-01-01") == 0


def test_a_small_volume_stays_small(conn):
    add_well(conn, "W", 0, 0)
    year(conn, "W", 2023, m3=4.15)
    assert annual(conn, "2024-01-01") == pytest.approx(4.15)


def test_volumes_of_two_sources_are_held_against_each_other(conn):
    add_well(conn, "W", 0, 0)
    year(conn, "W", 2023, m3=10_000)
    year(conn, "W", 2023, method="billed", m3=18_000)
    year(conn, "W", 2023, method="estimated", m3=99_000)
    months(conn, "W", 2023, 1, method="electricity", m3=7)
    mine = facts_of(conn, "W", "2024-01-01")
    names = ("crosscheck_sources", "crosscheck_least_m3", "crosscheck_most_m3")
    assert [mine[name] for name in names] == [2, 10_000, 18_000]


def idle(conn: Connection, on: str) -> tuple[str, str]:
    mine = facts_of(conn, "W", on)
    return str(mine["last_taken_on"]), str(mine["read_until"])


def test_a_well_took_water_at_the_latest_when_readings_last_show_it_or_leave_a_gap(conn):
    add_well(conn, "W", 0, 0)
    assert idle(conn, "2020-01-01") == ("None", "None")
    months(conn, "W", 2021, 1, 2, m3=0)
    assert idle(conn, "2022-01-01") == ("2020-12-31", "2021-02-28")
    taken(conn, "W", "2021-03-01", "2021-12-31", m3=50)
    year(conn, "W", 2022, m3=0)
    assert idle(conn, "2023-01-01") == ("2021-12-31", "2022-12-31")
    months(conn, "W", 2024, 1, m3=0)  # nobody has read 2023
    assert idle(conn, "2023-12-31") == ("2021-12-31", "2022-12-31")
    assert idle(conn, "2024-02-01") == ("2023-12-31", "2024-01-31")
    year(conn, "W", 2023, method="electricity", kwh=0)  # another method has
    assert idle(conn, "2024-02-01") == ("2021-12-31", "2024-01-31")
    conn.execute(text("update gis.withdrawal set kwh = 3 where method = 'electricity'"))
    assert idle(conn, "2024-02-01") == ("2023-12-31", "2024-01-31")


def test_an_owner_takes_what_all_wells_take_or_at_least_what_is_known(conn):
    owner = add_owner(conn, "某厂")
    for code in "ABC":
        add_well(conn, code, 0, 0, owner_id=owner)
    year(conn, "A", 2023, m3=3000)
    conn.execute(text("update gis.well set annual_reported_m3 = 2000 where code = 'B'"))
    mine = facts_of(conn, "A", "2024-01-01")
    assert (mine["user_annual_m3"], mine["user_least_m3"]) == (None, 5000)
    assert (mine["owner_taken_m3"], mine["owner_taken_least_m3"]) == (None, 5000)
    year(conn, "C", 2023, m3=0)
    for code in "ABC":
        mine = facts_of(conn, code, "2024-01-01")
        assert (mine["user_annual_m3"], mine["user_least_m3"]) == (5000, 5000)
    add_well(conn, "nobody's", 0, 0, annual_reported_m3=77)
    mine = facts_of(conn, "nobody's", "2024-01-01")
    assert (mine["user_annual_m3"], mine["user_least_m3"]) == (None, 77)


def test_wells_not_yet_built_or_shut_all_the_year_take_nothing_for_their_owner(conn):
    owner = add_owner(conn, "某厂")
    add_well(conn, "A", 0, 0, owner_id=owner, annual_reported_m3=3000)
    add_well(conn, "planned", 0, 0, owner_id=owner, status="approved")
    add_well(conn, "filled", 0, 0, owner_id=owner, status="backfilled")
    add_well(conn, "sealed", 0, 0, owner_id=owner, status="sealed", completed_on=day("2023-01-01"))
    assert facts_of(conn, "A", "2024-01-01")["user_annual_m3"] == 3000
    conn.execute(text("update gis.well_state set from_on = '2023-01-02' where status = 'sealed'"))
    assert facts_of(conn, "A", "2024-01-01")["user_annual_m3"] is None


def test_a_well_completed_since_took_nothing_for_its_owner(conn):
    owned = {"owner_id": add_owner(conn, "某厂")}
    add_well(conn, "W", 0, 0, annual_reported_m3=90, **owned)
    add_well(conn, "new", 0, 0, completed_on=day("2024-01-01"), **owned)
    assert told(conn, "2024-06-01", "owner_taken_m3") == [90]
    assert told(conn, "2025-06-01", "owner_taken_m3") == [None]
    conn.execute(text("update gis.well set annual_reported_m3 = 7 where code = 'new'"))
    assert told(conn, "2024-06-01", "owner_taken_m3", "owner_taken_least_m3") == [90, 90]
    assert told(conn, "2025-06-01", "owner_taken_m3", "owner_taken_least_m3") == [97, 97]


def test_the_use_that_a_user_reports_stands_above_the_sum_of_its_wells(conn):
    owner = add_owner(conn, "某厂", "91140000MA0000000X")
    add_well(conn, "W", 0, 0, owner_id=owner)
    year(conn, "W", 2023, m3=3000)
    namesake = {"owner": "某厂", "owner_uscc": "91140000MA0000001X"}
    record(conn, "water_user", **namesake, year=2024, key_monitored=False)
    user = {"owner": "某厂", "owner_uscc": "91140000MA0000000X"}
    record(conn, "water_user", **user, year=2023, annual_use_m3=120_000, key_monitored=True)
    record(conn, "water_user", **user, year=2024, industry_class="steel", water_manager=False)
    mine = facts_of(conn, "W", "2024-01-01")
    assert (mine["user_annual_m3"], mine["user_least_m3"]) == (120_000, 120_000)
    # what is used is not what is taken: the rest came from the tap
    assert (mine["owner_taken_m3"], mine["owner_taken_least_m3"]) == (3000, 3000)
    assert (mine["key_monitored"], mine["water_manager"]) == (True, False)
    assert mine["industry_class"] == "steel"
    before = facts_of(conn, "W", "2023-12-31")
    assert (before["user_annual_m3"], before["industry_class"]) == (None, None)
    after = facts_of(conn, "W", "2025-01-01")
    assert (after["user_annual_m3"], after["key_monitored"]) == (None, True)


def test_readings_of_electricity_count_where_something_makes_water_of_them(conn):
    add_well(conn, "W", 0, 0, area_code="140302")
    record(conn, "withdrawal", well_code="W", method="electricity", from_on="2023-01-01",
           to_on="2023-06-30", kwh=10)  # fmt: skip
    assert told(conn, "2024-06-01", "electricity_readings") == [0]
    record(conn, "electricity_coefficient", area_code="1403", m3_per_kwh=2, from_on="2020-01-01")
    assert told(conn, "2024-06-01", "electricity_readings") == [1]
    assert told(conn, "2023-06-29", "electricity_readings") == [0]
    assert told(conn, "2025-01-01", "electricity_readings") == [0]
    record(conn, "withdrawal", well_code="W", method="metered", from_on="2023-07-01",
           to_on="2023-12-31", m3=10)  # fmt: skip
    assert told(conn, "2024-06-01", "electricity_readings") == [1]
    record(conn, "withdrawal", well_code="W", method="billed", from_on="2023-07-01",
           to_on="2023-12-31", m3=10, kwh=5)  # fmt: skip
    assert told(conn, "2024-06-01", "electricity_readings") == [2]


def test_an_owner_surely_takes_the_larger_of_an_entry_and_a_known_part(conn):
    owned = {"owner_id": add_owner(conn, "某厂")}
    add_well(conn, "W", 0, 0, annual_reported_m3=90, **owned)
    add_well(conn, "beside", 0, 0, annual_reported_m3=5, **owned)
    record(conn, "withdrawal", well_code="W", method="metered", from_on="2023-01-01",
           to_on="2023-06-30", m3=120)  # fmt: skip
    assert told(conn, "2024-06-01", "owner_taken_m3", "owner_taken_least_m3") == [95, 125]
