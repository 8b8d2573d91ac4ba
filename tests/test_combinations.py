"""Ten combinations in which one clause alone would mislead (domain catalogue, B2)."""

from datetime import date
from typing import Any

import pytest
from shapely import Point
from sqlalchemy import Connection, Engine

from gis_app import audit, registry
from gis_app.report.sentences import notes
from gis_app.store import audits, parameters, wells
from gis_app.store.engine import reading, writing
from gis_app.store.facts import Asked
from tests.world import add_well, add_zone, at, record, square

LAW = registry.load()
ON = date(2024, 6, 30)
HOTEL = {"use": "service", "permit_state": "held", "well_type": "tube_well"}
CLOSING = {"prohibit", "close_by", "seal"}


@pytest.fixture
def world(fresh_database: Engine) -> Engine:
    return fresh_database


def said(engine: Engine, code: str, on: date = ON) -> dict[str, dict[str, Any]]:
    """The findings on a well, by rule."""
    return {f["rule"]: f for f in audit.explain(engine, LAW, code, on).findings}


def closing(found: dict[str, dict[str, Any]]) -> set[str]:
    return {
        rule for rule, f in found.items() if f["answer"] == "applies" and f["verdict"] in CLOSING
    }


def judged(engine: Engine, subject: str, on: date = ON) -> dict[str, dict[str, Any]]:
    """The findings on the only application (site, unit …), by rule."""
    rules = LAW.rules_on(on, subject=subject)
    with reading(engine) as conn:
        audits.answer(conn, rules, Asked(on, subject))
        return {f["rule"]: f for f in audits.decided(conn, rules)}


def listed(conn: Connection, name: str, value: float, area: str) -> None:
    since = date(2020, 1, 1)
    parameters.put(conn, name, value, area=area, since=since, source="示例")


def test_1_a_permitted_hotel_well_in_yangquans_coverage_closes_on_municipal_ground_only(world):
    with writing(world, "test") as conn:
        add_zone(conn, "public_supply_coverage", square(0, 0, 1000))
        add_well(conn, "hotel", 500, 500, **HOTEL)
    found = said(world, "hotel")
    assert closing(found) == {"YQ-03"}
    told = notes(list(found.values()), {"use": "service"}, LAW)
    assert any("没有法律、法规层面的关闭依据" in note.zh for note in told)


def test_2_the_same_well_in_xianyang_is_not_closed_and_its_renewal_is_for_the_officer(world):
    with writing(world, "test") as conn:
        add_zone(conn, "public_supply_coverage", square(0, 0, 1000))
        add_well(conn, "hotel", 500, 500, **HOTEL | {"area_code": "610402"})
        record(conn, "application", code="A", kind="renewal", shape=Point(at(500, 500)),
               area_code="610402", self_supply=True, construction_project=True,
               network_can_meet=True, use="service", position_accuracy_m=1.0,
               annual_m3=1000.0, held_m3=1000.0)  # fmt: skip
    assert closing(said(world, "hotel")) == set()
    assert judged(world, "application")["N-12"]["answer"] == "indeterminate"


def test_3_the_day_after_the_paper_ends_it_closes_nothing(world):
    with writing(world, "test") as conn:
        add_zone(conn, "public_supply_coverage", square(0, 0, 1000))
        add_well(conn, "hotel", 500, 500, **HOTEL)
    assert "YQ-03" in closing(said(world, "hotel", date(2028, 10, 17)))
    assert "YQ-03" not in said(world, "hotel", date(2028, 10, 19))


def test_4_a_waterworks_well_in_coverage_is_not_closed(world):
    with writing(world, "test") as conn:
        add_zone(conn, "public_supply_coverage", square(0, 0, 1000))
        add_well(conn, "works", 500, 500, permit_state="held", use="public_supply",
                 well_type="public_supply")  # fmt: skip
    found = said(world, "works")
    assert found["YQ-03"]["answer"] == "exempt"
    assert closing(found) == set()


def test_5_a_village_well_in_a_prohibited_zone_closes_and_needs_another_source_first(world):
    with writing(world, "test") as conn:
        add_zone(conn, "prohibited_zone", square(0, 0, 1000))
        add_well(conn, "village", 500, 500, permit_state="held", use="domestic_rural",
                 self_supply=False, well_type="tube_well")  # fmt: skip
    found = said(world, "village")
    assert found["N-01"]["answer"], found["N-01"]["verdict"] == ("applies", "close_by")
    told = notes(list(found.values()), {"use": "domestic_rural"}, LAW)
    assert any("先落实替代水源" in note.zh for note in told)


def test_6_heating_make_up_in_an_exceeding_ordos_unit_is_exempt_there_but_not_from_the_quota(world):
    with writing(world, "test") as conn:
        add_zone(conn, "management_unit", square(0, 0, 1000), code="U1", area_code="150602")
        record(conn, "unit_year", unit_code="U1", year=2024, sector="total", area_code="150602",
               quota_m3=1000.0, permitted_m3=980.0, taken_m3=1100.0)  # fmt: skip
        record(conn, "application", code="A", kind="new", shape=Point(at(500, 500)),
               area_code="150602", use="heating_makeup", annual_m3=30.0, held_m3=0.0,
               position_accuracy_m=1.0)  # fmt: skip
    found = judged(world, "application")
    assert found["ORD-01"]["answer"] == "exempt"
    assert (found["N-06"]["answer"], found["N-06"]["verdict"]) == ("applies", "deny")


def test_7_ten_thousand_cubic_metres_on_the_edge_of_an_overdraft_zone_cannot_be_known(world):
    with writing(world, "test") as conn:
        add_zone(conn, "overdraft_zone", square(0, 0, 1000), area_code="140581")
        for code, east in (("edge", 1000), ("deep", 500), ("far", 2000)):
            add_well(conn, code, east, 500, area_code="140581", use="industry",
                     position_accuracy_m=30, permit_state="held", annual_reported_m3=10_000.0,
                     owner_id=_owner(conn, code))  # fmt: skip
    answers = {code: said(world, code).get("JC-02", {}).get("answer")
               for code in ("edge", "deep", "far")}  # fmt: skip
    assert answers == {"edge": "indeterminate", "deep": "applies", "far": None}


def _owner(conn: Connection, name: str) -> int:
    from sqlalchemy import text

    statement = "insert into gis.party (name) values (:name) returning party_id"
    return int(conn.execute(text(statement), {"name": name}).scalar_one())


def test_8_a_deep_irrigation_well_breaks_two_laws_in_ordos_and_one_in_yangquan(world):
    deep = {"use": "irrigation", "depth_m": 300.0, "aquifer_depth": "deep",
            "aquifer_renewal": "hard", "permit_state": "held",
            "completed_on": date(2010, 1, 1)}  # fmt: skip
    with writing(world, "test") as conn:
        listed(conn, "yellow_river_county", 1.0, "1506")
        listed(conn, "yellow_river_county", 0.0, "1403")
        add_well(conn, "ordos", 0, 0, area_code="150602", **deep)
        add_well(conn, "yangquan", 0, 0, area_code="140302", **deep)
    for code, broken in (("ordos", {"N-05", "N-45"}), ("yangquan", {"N-05"})):
        found = {r for r, f in said(world, code).items() if f["answer"] == "applies"}
        assert found & {"N-05", "N-45"} == broken


def test_9_a_sealed_well_that_drew_electricity_is_referred(world):
    with writing(world, "test") as conn:
        for code, kwh in (("used", 120.0), ("quiet", 0.0)):
            add_well(conn, code, 0, 0)
            wells.set_status(conn, code, "sealed", on=date(2024, 4, 1))
            record(conn, "withdrawal", well_code=code, method="electricity",
                   from_on=date(2024, 5, 1), to_on=date(2024, 5, 31), kwh=kwh,
                   m3_per_kwh=3.2)  # fmt: skip
    found = said(world, "used")["YQ-06"]
    assert (found["answer"], found["missing"]) == ("applies", [])
    assert "YQ-06" not in said(world, "quiet")


def test_10_a_monitoring_bore_in_a_prohibited_zone_may_stand_but_must_be_filed(world):
    with writing(world, "test") as conn:
        add_zone(conn, "prohibited_zone", square(0, 0, 1000))
        add_well(conn, "bore", 500, 500, self_supply=False, well_type="monitoring",
                 use="monitoring_test", works_started_on=date(2023, 5, 10),
                 filing_state="none")  # fmt: skip
    found = said(world, "bore")
    assert (found["N-01"]["answer"], found["N-01"]["exemption"]) == ("exempt", "E35-3")
    assert (found["N-30"]["answer"], found["N-30"]["verdict"]) == ("applies", "file")
