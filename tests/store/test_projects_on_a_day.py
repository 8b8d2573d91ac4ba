"""What units, applications, sites, zones and data sets are as of a day, worked out by hand."""

from datetime import date

import pytest
from shapely import Point, union_all
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection, text

from gis_app.store import wells
from tests.store.records import all_facts, day, record, told
from tests.world import add_well, add_zone, at, square


def working_day(conn: Connection, since: str, n: int) -> date | None:
    statement = text("select gis.working_days_after(:since, :n)")
    return conn.execute(statement, {"since": since, "n": n}).scalar_one()


@pytest.mark.parametrize(
    ("since", "fifth"),
    [
        ("2024-06-03", "2024-06-11"),  # Monday; 10 June was Dragon Boat Festival
        ("2024-06-07", "2024-06-17"),  # Friday
        ("2024-06-08", "2024-06-17"),  # Saturday
        ("2023-09-28", "2023-10-11"),  # 29 September to 6 October off, 7 and 8 October worked
        ("2024-02-09", "2024-02-22"),  # 10 to 17 February off, Sunday the 18th worked
    ],
)
def test_the_fifth_working_day_skips_holidays_and_takes_worked_weekends(conn, since, fifth):
    assert working_day(conn, since, 5) == day(fifth)


def test_working_days_are_unknown_beyond_the_known_years(conn):
    last = conn.execute(text("select max(day) from gis.day_off")).scalar_one()
    assert (last.month, last.day) == (12, 31)
    assert working_day(conn, f"{last.year}-12-01", 5) is not None
    assert working_day(conn, f"{last.year}-12-28", 5) is None
    assert working_day(conn, f"{last.year + 1}-06-03", 5) is None
    assert working_day(conn, "1999-06-03", 5) is None


def unit(conn: Connection, code: str, number: int, **more) -> None:
    record(conn, "unit_year", **{"unit_code": code, "year": number, "sector": "total", **more})


def test_a_unit_is_controlled_by_the_year_or_else_the_year_before(conn):
    unit(conn, "U", 2022, quota_m3=100, taken_m3=120)
    unit(conn, "U", 2024, quota_m3=90, cap_m3=85, permitted_m3=80, allowable_m3=95)
    unit(conn, "U", 2024, sector="industry", quota_m3=7)
    codes = {
        on: [row["code"] for row in all_facts(conn, on, "unit")]
        for on in (
            "2021-12-31",
            "2022-01-01",
            "2023-12-31",
            "2024-01-01",
            "2025-12-31",
            "2026-01-01",
        )
    }
    assert codes == {
        "2021-12-31": [],
        "2022-01-01": ["U 2022"],
        "2023-12-31": ["U 2022"],
        "2024-01-01": ["U 2024"],
        "2025-12-31": ["U 2024"],
        "2026-01-01": [],
    }
    names = ("unit_quota_m3", "unit_cap_m3", "unit_permitted_m3", "unit_taken_m3",
             "unit_allowable_m3", "unit_level")  # fmt: skip
    now = told(conn, "2024-01-01", *names, code="U 2024", subject="unit")
    assert now == [90, 85, 80, None, 95, "unit"]


def test_what_a_unit_took_is_that_of_the_last_full_year(conn):
    unit(conn, "U", 2022, taken_m3=120)
    unit(conn, "U", 2023, taken_m3=15)
    taken = [
        told(conn, on, "unit_taken_m3", code=f"U {on[:4]}", subject="unit")
        for on in ("2022-12-31", "2023-01-01", "2023-12-31")
    ]
    assert taken == [[None], [120], [120]]
    assert told(conn, "2024-01-01", "unit_taken_m3", code="U 2023", subject="unit") == [15]


def test_what_a_unit_took_stands_beside_the_quota_of_that_year(conn):
    unit(conn, "U", 2022, quota_m3=100, taken_m3=95)
    unit(conn, "U", 2023, quota_m3=80)
    names = ("unit_taken_m3", "unit_taken_quota_m3", "unit_quota_m3")
    assert told(conn, "2023-06-01", *names, code="U 2023", subject="unit") == [95, 100, 80]
    assert told(conn, "2022-06-01", *names, code="U 2022", subject="unit") == [None, None, 100]
    assert told(conn, "2024-06-01", *names, code="U 2023", subject="unit") == [None, 80, 80]


def test_the_level_of_a_unit_is_the_latest_measured_by_the_day(conn):
    unit(conn, "U", 2024, control_level_m=700, measure_taken=False)
    for measured, level in [("2024-03-01", 705), ("2024-04-01", 698), ("2023-01-01", 720)]:
        record(conn, "water_level", unit_code="U", measured_on=measured, level_m=level)
    record(conn, "water_level", unit_code="V", measured_on="2024-03-31", level_m=1)
    levels = [
        told(conn, on, "unit_level_m", "unit_control_level_m", code="U 2024", subject="unit")
        for on in ("2024-02-29", "2024-03-01", "2024-03-31", "2024-04-01")
    ]
    assert levels == [[720, 700], [705, 700], [705, 700], [698, 700]]


def test_a_unit_lies_where_the_management_unit_or_district_of_its_code_does(conn):
    add_zone(conn, "management_unit", square(0, 0, 1000), code="U", area_code="140302")
    add_zone(conn, "district", square(5000, 0, 1000), code="140303", area_code="140303")
    for code in ("U", "140303", "nowhere"):
        unit(conn, code, 2024)
    placed = {
        row["code"]: (row["area_code"], row["geom"] is not None)
        for row in all_facts(conn, "2024-01-01", "unit")
    }
    assert placed == {
        "U 2024": ("140302", True),
        "140303 2024": ("140303", True),
        "nowhere 2024": (None, False),
    }


def apply(conn: Connection, shape: BaseGeometry | None = None, **more) -> None:
    values = {"code": "A", "kind": "new", "position_accuracy_m": 0, **more}
    record(conn, "application", shape=shape or Point(at(0, 0)), **values)


def asked(conn: Connection, on: str, *names: str) -> list:
    return told(conn, on, *names, code="A", subject="application")


def test_an_application_is_pending_from_its_day_to_the_day_before_it_is_decided(conn):
    apply(conn, applied_on="2024-03-01", decided_on="2024-04-01")
    apply(conn, code="undated")
    pending = {
        on: sorted(row["code"] for row in all_facts(conn, on, "application"))
        for on in ("2024-02-29", "2024-03-01", "2024-03-31", "2024-04-01")
    }
    assert pending == {
        "2024-02-29": ["undated"],
        "2024-03-01": ["A", "undated"],
        "2024-03-31": ["A", "undated"],
        "2024-04-01": ["undated"],
    }


@pytest.mark.parametrize(
    ("kind", "held_m3", "status", "prior_m3", "added_m3"),
    [
        ("new", None, "proposed", 0, 5000),
        ("new", 2000, "proposed", 2000, 3000),
        ("replacement", 5000, "proposed", 5000, 0),
        ("replacement", None, "proposed", None, None),
        ("renewal", 6000, "active", 6000, -1000),
        ("renewal", None, "active", None, None),
        ("increase", 2000, "active", 2000, 3000),
    ],
)
def test_what_an_application_adds_depends_on_its_kind(
    conn, kind, held_m3, status, prior_m3, added_m3
):
    apply(conn, kind=kind, annual_m3=5000, held_m3=held_m3)
    names = ("status", "annual_permitted_m3", "prior_permitted_m3", "added_m3")
    assert asked(conn, "2024-01-01", *names) == [status, 5000, prior_m3, added_m3]


def test_the_norm_is_that_of_the_product_the_day_and_the_narrowest_area(conn):
    apply(conn, area_code="140302", product="steel", output_quantity=10)
    norms = [(None, "steel", 9, "2015-01-01", None), ("14", "steel", 5, "2018-01-01", "2023-12-31"),
             ("14", "steel", 4, "2024-01-01", None), ("1404", "steel", 1, "2018-01-01", None),
             ("14", "paper", 2, "2018-01-01", None)]  # fmt: skip
    for area, product, m3, first, last in norms:
        record(conn, "water_norm", area_code=area, product=product, m3_per_output=m3,
               from_on=first, to_on=last)  # fmt: skip
    found = {
        on: asked(conn, on, "norm_m3_per_output")[0]
        for on in ("2014-12-31", "2017-12-31", "2023-12-31", "2024-01-01")
    }
    assert found == {"2014-12-31": None, "2017-12-31": 9, "2023-12-31": 5, "2024-01-01": 4}


@pytest.mark.parametrize(
    ("east_m", "accuracy_m", "quota_m3"),
    [
        (500, 400, 1),  # 500 m inside the first unit
        (980, 10, 1),
        (980, 30, None),  # the second begins 20 m away
        (1500, 100, 2),
        (2020, 10, 99),  # beyond the last unit: the county
        (1990, 30, None),  # in the last unit or in none
    ],
)
def test_the_unit_that_would_bear_it_is_known_or_in_doubt(conn, east_m, accuracy_m, quota_m3):
    add_zone(conn, "management_unit", square(0, 0, 1000), code="U1")
    add_zone(conn, "management_unit", square(1000, 0, 1000), code="U2")
    for code, quota in [("U1", 1), ("U2", 2), ("140302", 99), ("1403", 999)]:
        unit(conn, code, 2024, quota_m3=quota)
    apply(conn, Point(at(east_m, 500)), area_code="140302", position_accuracy_m=accuracy_m)
    assert asked(conn, "2024-06-01", "unit_quota_m3") == [quota_m3]


def test_a_parcel_across_two_units_is_in_doubt_and_a_wider_area_stands_in(conn):
    add_zone(conn, "management_unit", square(0, 0, 1000), code="U1")
    add_zone(conn, "management_unit", square(1000, 0, 1000), code="U2")
    unit(conn, "U1", 2024, quota_m3=1)
    unit(conn, "1403", 2024, quota_m3=999)
    apply(conn, square(900, 400, 200), area_code="140302")
    assert asked(conn, "2024-06-01", "unit_quota_m3") == [None]
    conn.execute(text("update gis.zone set valid_to = '2024-01-01'"))
    assert asked(conn, "2024-06-01", "unit_quota_m3") == [999]


def add_site(conn: Connection, shape: BaseGeometry, **more) -> None:
    values = {"code": "S", "kind": "construction", "position_accuracy_m": 10, **more}
    record(conn, "site", shape=shape, **values)


def monitored(conn: Connection, on: str = "2024-06-01") -> list:
    return told(conn, on, "meets_monitoring", "monitoring_wells", code="S", subject="site")


@pytest.mark.parametrize(
    ("east_m", "meets"),
    [
        (500, [True, 1]),
        (985, [True, 1]),  # 15 m inside, both together within 14 m
        (987, [None, None]),
        (1013, [None, None]),
        (1015, [False, None]),
    ],
)
def test_a_site_stands_on_a_monitoring_well_surely_perhaps_or_not(conn, east_m, meets):
    add_site(conn, square(0, 0, 1000))
    add_well(conn, "M", east_m, 500, well_type="monitoring", position_accuracy_m=4)
    add_well(conn, "W", 500, 500)
    assert monitored(conn) == meets


def test_a_monitoring_well_counts_while_it_works(conn):
    add_site(conn, square(0, 0, 1000), monitoring_wells=3)
    add_well(conn, "M", 500, 500, well_type="monitoring")
    wells.set_status(conn, "M", "abandoned", on=day("2024-05-01"))
    assert monitored(conn, "2024-04-30") == [True, 3]
    assert monitored(conn, "2024-05-01") == [False, 3]


def test_a_site_known_by_a_point_may_stand_on_a_well_nearby(conn):
    add_site(conn, Point(at(0, 0)))
    add_well(conn, "M", 0, 12, well_type="monitoring", position_accuracy_m=4)
    assert monitored(conn) == [None, None]
    conn.execute(text("update gis.site set position_accuracy_m = 7"))
    assert monitored(conn) == [False, None]


def test_grants_are_of_the_subject_they_name(conn):
    add_site(conn, Point(at(0, 0)))
    apply(conn, code="S")
    record(conn, "exemption_grant", subject="site", subject_code="S", kind="relocation",
           from_on="2024-01-01", until_on="2024-12-31")  # fmt: skip
    relocation = [
        told(conn, "2024-06-01", "granted__relocation", code="S", subject=subject)[0]
        for subject in ("site", "application")
    ]
    assert relocation == [True, False]


def test_zones_that_rules_speak_of_are_read_on_the_days_they_bind(conn):
    area = square(0, 0, 1000)
    add_zone(conn, "district", union_all([area, square(2000, 0, 10)]), area_code="140302")
    add_zone(conn, "overdraft_zone", area, code="O", grade="severe", valid_to=date(2024, 6, 1),
             attrs={"alternative_solved": False, "plan_state": "none"})  # fmt: skip
    add_zone(conn, "prohibited_zone", area)
    names = ("layer", "grade", "area_code", "alternative_solved", "plan_state", "source_at_risk")
    assert told(conn, "2024-05-31", *names, code="O", subject="zone") == [
        "overdraft_zone", "severe", "140302", False, "none", None,
    ]  # fmt: skip
    assert all_facts(conn, "2024-06-01", "zone") == []


def test_a_data_set_is_a_committed_import_with_its_coordinate_system(conn):
    statement = text(
        "insert into gis.batch (layer, file_name, sha256, state, actor, committed_at, report)"
        " values ('well', 'f', 'x', :state, 'test', :at, jsonb_build_object('crs', cast(:crs as"
        " text), 'local_system_approved', true))"
    )
    committed = [("EPSG:4547", "2024-05-31T17:00Z"), ("GCJ-02", "2024-05-30T00:00Z"),
                 ("阳泉地方坐标系", "2024-05-30T00:00Z")]  # fmt: skip
    for crs, at_time in committed:
        conn.execute(statement, {"state": "committed", "at": at_time, "crs": crs})
    conn.execute(statement, {"state": "undone", "at": "2024-05-01T00:00Z", "crs": "EPSG:4326"})

    def systems(on: str) -> list[str]:
        return sorted(row["coordinate_system"] for row in all_facts(conn, on, "dataset"))

    assert systems("2024-05-31") == ["gcj02", "local"]
    assert systems("2024-06-01") == ["cgcs2000", "gcj02", "local"]  # 1 a.m. in China
