"""Audits of an area: what they look at, what they leave alone, and what they cannot tell."""

from datetime import date

import pytest
from sqlalchemy import text

from gis_app import audit, registry
from gis_app.errors import BadInput, NotFound
from gis_app.store.engine import reading, writing
from tests.world import add_well, add_zone, square

LAW = registry.load()
ON = date(2024, 6, 30)


def run(engine, area=""):
    return audit.run(engine, LAW, audit.Scope(ON, area), actor="test")


def test_an_area_limits_the_wells_looked_at_and_the_findings_touched(fresh_database):
    with writing(fresh_database, "test") as conn:
        add_zone(conn, "public_supply_coverage", square(0, 0, 1000))
        add_well(conn, "a", 400, 500, area_code="140302")
        add_well(conn, "b", 500, 500, area_code="140303")
    run(fresh_database)
    with writing(fresh_database, "test") as conn:
        conn.execute(text("update gis.zone set valid_to = '2024-01-01'"))
    assert run(fresh_database, "140303").counts["closed"] == {"zone_repealed": 1}
    left = audit.findings(fresh_database, run(fresh_database))
    assert [f for f in left if f["rule"] == "YQ-03"] == []


def test_an_area_without_wells_is_an_error_not_a_clean_bill(fresh_database):
    with writing(fresh_database, "test") as conn:
        add_well(conn, "a", 0, 0)
    with pytest.raises(NotFound, match="no well"):
        run(fresh_database, "99")
    with pytest.raises(BadInput):
        audit.Scope(area="１４０３")


def test_what_a_county_lacks_is_not_told_by_one_of_its_townships(fresh_database):
    with writing(fresh_database, "test") as conn:
        add_well(conn, "a", 0, 0, area_code="140302001")
        add_well(conn, "b", 500, 0, area_code="140302002", meter_state="online")
    done = run(fresh_database)
    lacking = "select facts from gis.unrecorded where area_code = '140302'"
    with reading(fresh_database) as conn:
        before = conn.execute(text(lacking)).scalar_one()
    assert "meter_state" not in before
    findings = {f["rule"]: f["answer"] for f in audit.findings(fresh_database, done)
                if f["subject_code"] == "a"}  # fmt: skip
    part = run(fresh_database, "140302001")
    with reading(fresh_database) as conn:
        assert conn.execute(text(lacking)).scalar_one() == before
    assert (part.counts["opened"], part.counts["closed"]) == (0, {})
    assert findings == {f["rule"]: f["answer"] for f in audit.findings(fresh_database, part)
                        if f["subject_code"] == "a"}  # fmt: skip
