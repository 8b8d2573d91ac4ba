"""Depths of shapes in zones are kept from audit to audit, and are never those of another shape."""

from datetime import date

import pytest
from shapely import Point
from sqlalchemy import Engine, text

from gis_app import audit, registry
from gis_app.report.sentences import sentence
from gis_app.store.engine import writing
from tests.world import add_zone, at, record, square

LAW = registry.load()
ON = date(2024, 6, 30)
COVERAGE = "public_supply_coverage"


def audited(engine: Engine) -> dict[str, float]:
    """An audit's depths of overdraft zones in the coverage, by name."""
    done = audit.run(engine, LAW, audit.Scope(ON), actor="test")
    found = audit.findings(engine, done)
    return {f["subject_code"]: f["edge_m"] for f in found if f["rule"] == "N-13"}


def kept(engine: Engine) -> list[float]:
    with engine.connect() as conn:
        return list(conn.execute(text("select metres from gis.shape_depth order by 1")).scalars())


@pytest.fixture
def plan_area(fresh_database):
    with writing(fresh_database, "test") as conn:
        add_zone(conn, COVERAGE, square(0, 0, 1000), name="网")
        add_zone(conn, "overdraft_zone", square(200, 200, 400), name="超采区")
    return fresh_database


def test_a_second_audit_takes_the_depths_that_the_first_has_kept(plan_area):
    first = audited(plan_area)
    assert first["超采区"] == pytest.approx(400, abs=5)
    with writing(plan_area, "test") as conn:  # a mark that only a kept depth can show
        conn.execute(text("update gis.shape_depth set metres = 321"))
    assert audited(plan_area) == {"超采区": 321}


def test_another_shape_is_measured_anew(plan_area):
    audited(plan_area)
    before = kept(plan_area)
    with writing(plan_area, "test") as conn:
        add_zone(conn, COVERAGE, square(-3000, 0, 3350), name="西网")
    assert audited(plan_area)["超采区"] == pytest.approx(400, abs=5)
    assert len(kept(plan_area)) == len(before) + 1


def test_zones_settle_together_only_what_none_of_them_settles_alone(fresh_database):
    with writing(fresh_database, "test") as conn:
        add_zone(conn, COVERAGE, square(0, 0, 1000), name="西")
        add_zone(conn, COVERAGE, square(1000, 0, 1000), name="东")
        add_zone(conn, "overdraft_zone", square(800, 200, 300), name="跨界")
    done = audit.run(fresh_database, LAW, audit.Scope(ON), actor="test")
    (found,) = [f for f in audit.findings(fresh_database, done) if f["rule"] == "N-13"]
    assert (found["zone_name"], found["joint"]) == ("西", False)
    assert found["edge_m"] == pytest.approx(200, abs=5)
    told = sentence(found, LAW)  # a part of it is no whole
    metres = f"{found['edge_m']:.0f}"
    assert f"与公共供水管网覆盖范围“西”有重合，重合处距边界最深 {metres} 米；" in told.zh
    assert f"shares ground with public supply coverage “西”, at its deepest {metres} m" in told.en


def test_depths_of_what_is_gone_are_forgotten_and_those_of_days_gone_by_are_not(plan_area):
    audited(plan_area)
    first = kept(plan_area)
    with writing(plan_area, "test") as conn:
        zone = add_zone(conn, COVERAGE, square(-3000, 0, 3350), name="西网")
        for place in (Point(*at(100, 100)), Point(*at(5000, 5000))):
            record(conn, "site", code=f"S{place.x}", kind="mine", area_code="140302", shape=place)
    audited(plan_area)
    both = kept(plan_area)
    assert len(both) > len(first) + 1
    with writing(plan_area, "test") as conn:
        conn.execute(text("delete from gis.site"))
    audited(plan_area)
    assert len(kept(plan_area)) == len(first) + 1
    with writing(plan_area, "test") as conn:  # it was law, and is law on days gone by
        conn.execute(
            text("update gis.zone set valid_to = '2024-03-01' where zone_id = :z"), {"z": zone}
        )
    audited(plan_area)
    assert len(kept(plan_area)) == len(first) + 1
    with writing(plan_area, "test") as conn:
        conn.execute(
            text("update gis.zone set law_status = 'withdrawn' where zone_id = :z"), {"z": zone}
        )
    audited(plan_area)
    assert kept(plan_area) == first
