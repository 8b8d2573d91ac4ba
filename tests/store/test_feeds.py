"""Which register each fact comes from: it is taken away, and these facts change and no others."""

import itertools
from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from shapely import Point
from sqlalchemy import Connection, text

from gis_app import registry
from gis_app.layer import Field
from gis_app.report.feeds import sources_of
from gis_app.rules.columns import GRANTS, VIOLATIONS
from gis_app.rules.subjects import SUBJECTS
from gis_app.store import wells
from gis_app.store.tables import REGISTER_TABLES
from tests.store.records import all_facts, record
from tests.world import add_well, add_zone, at, square

LAW = registry.load()
ON = "2024-06-30"
LAST_YEAR = {"from_on": "2023-01-01", "to_on": "2023-12-31"}
# the coordinate system of a file is a fact of its import, not of a register
FROM_ELSEWHERE = {
    "dataset": {"area_code", "coordinate_system", "local_system_approved"},
    # asked of wells alone: an application has built and taken nothing, and begins on the day
    "application": {"completed_on", "permitted_since", "this_year_m3"},
}
WITHDRAWN = "update gis.zone set law_status = 'withdrawn'"
WHOLE_ENTRY = {
    "well_type": "geothermal_pump",
    "use": "industry",
    "industry_class": "food",
    "completed_on": date(2015, 5, 1),
    "works_started_on": date(2015, 1, 1),
    "filing_state": "filed",
    "filed_on": date(2014, 1, 1),
    "no_alternative_source": True,
    "ownerless": False,
    "risk_class": "low",
    "depth_m": 100.0,
    "diameter_mm": 300.0,
    "aquifer_renewal": "normal",
    "aquifer_depth": "shallow",
    "permit_state": "held",
    "annual_permitted_m3": 20_000.0,
    "prior_permitted_m3": 30_000.0,
    "permitted_since": date(2016, 1, 1),
    "replaces": "示例旧井",
    "meter_state": "online",
    "annual_reported_m3": 15_000.0,
    "exemption_kind": "public_safety_emergency",
    "exemption_until": date(2024, 12, 31),
}


def _party(conn: Connection, name: str) -> int:
    statement = text(
        "insert into gis.party (name, uscc) values (:name, 'a code') returning party_id"
    )
    return int(conn.execute(statement, {"name": name}).scalar_one())


def _owned(conn: Connection, code: str, **more: Any) -> None:
    add_well(conn, code, 0, 0, owner_id=_party(conn, f"示例 {code}"), **more)


@pytest.fixture
def registered(conn):
    """Wells of which every register has something to say."""
    _owned(conn, "by entry", **WHOLE_ENTRY)
    _owned(conn, "ended", exemption_kind="engineering_emergency",
           exemption_until=date(2024, 3, 29))  # fmt: skip
    add_well(conn, "works", 0, 0, exemption_kind="engineering_emergency",
             exemption_until=date(2024, 12, 31))  # fmt: skip
    _owned(conn, "recorded", use="industry")
    _owned(conn, "beside", use="industry")
    _owned(conn, "electric")
    add_well(conn, "probe", 0, 0, well_type="monitoring")
    _owned(conn, "shut")
    for code in ("newly permitted", "in an emergency"):
        _owned(conn, code)
    wells.set_status(conn, "shut", "closed", on=date(2024, 1, 10))
    _permitted(conn)
    _measured(conn)
    _supervised(conn)
    return conn


def _permitted(conn: Connection) -> None:
    shared = {"number": "示例证1", "state": "issued", "approved_on": "2015-01-01"}
    record(conn, "permit", **shared, annual_m3=9e3)
    record(conn, "permit", **shared, changed_on="2020-01-01", valid_to="2025-01-01",
           renewal_applied_on="2024-06-01", annual_m3=8e3)  # fmt: skip
    record(conn, "permit", number="示例证2", state="issued", place_lon=113.7, place_lat=37.9)
    record(conn, "permit_well", permit_number="示例证2", well_code="electric")
    record(conn, "permit_purpose", permit_number="示例证1", use="industry")
    record(conn, "annual_report", permit_number="示例证1", year=2023, state="filed")
    record(conn, "permit", number="示例证3", state="issued", valid_from="2024-01-01")
    record(conn, "annual_report", permit_number="示例证3", year=2023, state="filed")
    for number, code in (
        ("示例证1", "recorded"),
        ("示例证1", "beside"),
        ("示例证3", "newly permitted"),
        ("示例证3", "in an emergency"),
    ):
        record(conn, "permit_well", permit_number=number, well_code=code)


def _measured(conn: Connection) -> None:
    record(conn, "meter", well_code="recorded", serial="1", state="fault")
    record(conn, "calibration", well_code="recorded", serial="1", checked_on="2023-01-01",
           due_on="2025-01-01")  # fmt: skip
    for code, m3, until in (("recorded", 5e3, "2024-06-29"), ("beside", 2e3, "2024-05-31")):
        record(conn, "withdrawal", well_code=code, method="metered", **LAST_YEAR, m3=m3)
        record(conn, "withdrawal", well_code=code, method="metered", from_on="2024-01-01",
               to_on=until, m3=m3)  # fmt: skip
    record(conn, "withdrawal", well_code="recorded", method="billed", **LAST_YEAR, m3=4e3)
    record(conn, "withdrawal", well_code="electric", method="electricity", **LAST_YEAR, kwh=100.0)
    record(conn, "withdrawal", well_code="electric", method="electricity", from_on="2024-01-01",
           to_on="2024-06-29", kwh=50.0)  # fmt: skip
    record(conn, "withdrawal", well_code="shut", method="metered", from_on="2024-02-01",
           to_on="2024-05-31", kwh=9.0)  # fmt: skip
    record(conn, "electricity_coefficient", area_code="1403", m3_per_kwh=3.0, from_on="2023-01-01")
    record(conn, "water_user", owner="示例 beside", year=2023, annual_use_m3=7e4,
           industry_class="paper", key_monitored=True, water_manager=True)  # fmt: skip


def _supervised(conn: Connection) -> None:
    for kind in GRANTS:
        record(conn, "exemption_grant", subject="well", subject_code="beside", kind=kind,
               from_on="2024-06-01", until_on="2024-12-31")  # fmt: skip
    record(conn, "exemption_grant", subject="well", subject_code="in an emergency",
           kind="drought_emergency", from_on="2023-12-01", until_on="2024-01-31")  # fmt: skip
    record(conn, "exemption_grant", subject="well", subject_code="recorded",
           kind="engineering_emergency", from_on="2024-03-01", until_on="2024-03-31",
           filing_state="filed", filed_on="2024-04-01")  # fmt: skip
    for kind in ("fit_meter", "repair_meter", "close"):
        record(conn, "correction_order", well_code="recorded", kind=kind, ordered_on="2024-01-01",
               due_on="2024-12-31")  # fmt: skip
    for kind in VIOLATIONS:
        record(conn, "violation", well_code="recorded", kind=kind, found_on="2024-01-01")
    for top_m, aquifer, quality in ((20.0, "潜水", 5), (80.0, "承压水", 3)):
        record(conn, "screen", well_code="recorded", top_m=top_m, bottom_m=top_m + 9.0,
               aquifer=aquifer, quality_class=quality, polluted=quality == 5)  # fmt: skip


def _changed(conn: Connection, subject: str, *statements: str) -> set[str]:
    """The facts of any subject that some statements change; nothing of it is kept."""
    before = {row["code"]: row for row in all_facts(conn, ON, subject)}
    with conn.begin_nested() as tried:
        conn.execute(text("select set_config('gis.correcting', 'on', true)"))
        for statement in statements:
            conn.execute(text(statement))
        after = {row["code"]: row for row in all_facts(conn, ON, subject)}
        tried.rollback()
    return {
        name
        for code, row in before.items()
        for name, value in row.items()
        if name in SUBJECTS[subject].columns and after[code][name] != value
    }


def _fed(conn: Connection, subject: str, *besides: str) -> dict[str, set[str]]:
    """The facts of a subject that each register feeds, but for those named."""
    found = {
        register: _changed(conn, subject, f"delete from gis.{register}")
        for register in REGISTER_TABLES
        if register not in besides
    }
    return {register: facts for register, facts in found.items() if facts}


def _declared(subject: str) -> dict[str, set[str]]:
    return {source: set(facts) for source, facts in sources_of(subject).items()}


def _differing(conn: Connection, subject: str, bare: str, *whole: str) -> set[str]:
    """The facts in which whole entries differ from a bare one."""
    rows = {row["code"]: row for row in all_facts(conn, ON, subject)}
    columns = SUBJECTS[subject].columns
    return {name for code in whole for name in columns if rows[code][name] != rows[bare][name]}


def test_the_facts_of_wells_come_from_where_it_is_declared(registered):
    declared = _declared("well")
    own = declared.pop("well")
    assert _fed(registered, "well") == declared
    add_well(registered, "bare", 0, 0, area_code="140303", self_supply=None, status=None)
    assert _differing(registered, "well", "bare", "by entry", "works", "ended", "probe") == own


@pytest.fixture
def asked_for(conn):
    """An application and a site of which every register has something to say."""
    add_zone(conn, "management_unit", square(-500, -500, 1000), code="U1", area_code="140302")
    record(conn, "unit_year", unit_code="U1", year=2024, sector="total", unit_level="city",
           area_code="140302", quota_m3=1.0, cap_m3=2.0, permitted_m3=3.0,
           allowable_m3=5.0, control_level_m=6.0, measure_taken=True)  # fmt: skip
    record(conn, "unit_year", unit_code="U1", year=2023, sector="total", taken_m3=4.0, quota_m3=5.0)
    add_zone(conn, "source_protection_zone", square(-500, -500, 1000),
             attrs={"water_type": "groundwater", "centralised": True})  # fmt: skip
    record(conn, "water_level", unit_code="U1", measured_on="2024-01-01", level_m=7.0)
    record(conn, "water_norm", area_code="14", product="钢", m3_per_output=8.0,
           from_on="2020-01-01")  # fmt: skip
    record(conn, "application", shape=Point(at(0, 0)), code="bare", kind="renewal")
    record(conn, "application", shape=Point(at(0, 0)), code="whole", **_whole("application"))
    record(conn, "site", shape=Point(at(0, 0)), code="bare", kind="outfall", position_accuracy_m=0)
    record(conn, "site", shape=square(-100, -100, 200), code="whole", **_whole("site"))
    for subject, kind in itertools.product(("application", "site"), GRANTS):
        record(conn, "exemption_grant", subject=subject, subject_code="whole", kind=kind,
               from_on="2024-01-01", until_on="2024-12-31")  # fmt: skip
    record(conn, "application", shape=Point(at(0, 0)), code="probe", kind="replacement",
           use="monitoring_test", well_type="monitoring")  # fmt: skip
    add_well(conn, "watch", 0, 0, well_type="monitoring")
    return conn


def _whole(register: str) -> dict[str, Any]:
    """A value for every field of a register but its code and the day of a decision."""
    fields = LAW.registers[register].fields
    kept = [field for field in fields if field.name not in ("code", "decided_on")]
    return _whole_of(kept) | {"area_code": "140302"}


def _whole_of(fields: Iterable[Field]) -> dict[str, Any]:
    """A value for every field: its first choice, yes, a number, a day, a word."""
    values: dict[str, Any] = {"boolean": True, "number": 0.5, "integer": 9, "date": "2024-01-01"}
    return {f.name: next(iter(f.choices), values.get(f.kind, "钢")) for f in fields}


def test_the_facts_of_applications_come_from_where_it_is_declared(asked_for):
    declared = _declared("application")
    own, unit = declared.pop("application"), declared.pop("management_unit")
    assert _fed(asked_for, "application", "application") == declared
    assert _changed(asked_for, "application", WITHDRAWN) == unit
    granted = declared["exemption_grant"]
    assert _differing(asked_for, "application", "bare", "whole", "probe") - granted == own


def test_the_facts_of_sites_come_from_where_it_is_declared(asked_for):
    declared = _declared("site")
    own, wells_near = declared.pop("site"), declared.pop("well")
    source = declared.pop("source_protection_zone")
    assert _fed(asked_for, "site", "site") == declared
    assert _changed(asked_for, "site", WITHDRAWN) == source
    assert _changed(asked_for, "site", "delete from gis.well") == wells_near
    granted = declared["exemption_grant"]
    assert _differing(asked_for, "site", "bare", "whole") - granted == own


def test_the_facts_of_units_come_from_where_it_is_declared(asked_for):
    declared = _declared("unit")
    own = declared.pop("unit_year")
    assert _fed(asked_for, "unit", "unit_year") == declared
    record(asked_for, "unit_year", unit_code="bare", year=2024, sector="total")
    assert _differing(asked_for, "unit", "bare 2024", "U1 2024") == own


def test_the_facts_of_zones_come_from_where_it_is_declared(conn):
    for layer, declared in _declared("zone").items():
        grade = next(iter(LAW.layers[layer].grades))
        add_zone(conn, layer, square(0, 0, 100), code=f"{layer} bare")
        add_zone(conn, layer, square(0, 0, 100), code=f"{layer} whole", area_code="140302",
                 grade=grade, attrs=_whole_of(LAW.layers[layer].fields))  # fmt: skip
        found = _differing(conn, "zone", f"{layer} bare", f"{layer} whole")
        assert found | {"layer"} == declared


def test_every_fact_of_every_subject_has_a_source_and_every_register_a_use():
    for subject, columns in ((each.id, each.columns) for each in SUBJECTS.values()):
        fed = {name for facts in sources_of(subject).values() for name in facts}
        assert fed == set(columns) - FROM_ELSEWHERE.get(subject, set())
    used = {source for subject in SUBJECTS for source in sources_of(subject)}
    assert set(LAW.registers) - used == {"document"}
    assert used <= {*LAW.registers, *LAW.layers}
