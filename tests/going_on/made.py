"""A made register, audited again and again: an audit that goes on beside one of everything."""

from typing import Any

import numpy as np
import pytest
from sqlalchemy import Connection, Engine, text

from gis_app import audit, registry
from gis_app.store import standing
from gis_app.store.engine import writing
from tests.world import add_well, add_zone, record, square

LAW = registry.load()
LAYERS = ("public_supply_coverage", "prohibited_zone", "restricted_zone", "overdraft_zone")
WELLS = 90
SHARED = 20  # owners, and permits


def any_of(rng: np.random.Generator, *values: Any) -> Any:
    """One of them."""
    return values[rng.integers(len(values))]


def fill(engine: Engine) -> None:
    """Wells that share owners and permits, with a row of every register for most of them."""
    rng = np.random.default_rng(3)
    with writing(engine, "test") as conn:
        names = [{"name": f"o{n}"} for n in range(SHARED)]
        conn.execute(text("insert into gis.party (name) values (:name)"), names)
        owners = conn.execute(text("select party_id from gis.party")).scalars().all()
        for n in range(SHARED):
            number = {"permit_number": f"P{n}"}
            record(conn, "permit", number=f"P{n}", state="issued", annual_m3=1000.0 * n,
                   valid_from="2022-01-01", valid_to="2099-01-01")  # fmt: skip
            record(conn, "permit_purpose", use="industry", **number)
            conn.execute(text("insert into gis.annual_report (permit_number, year, state) values"
                              " (:permit_number, extract(year from gis.today()) - 1, 'filed')"),
                         number)  # fmt: skip
            if n % 4 == 0:  # what the other owners use is the sum of their wells
                conn.execute(text("insert into gis.water_user (owner, year, annual_use_m3) values"
                                  " (:name, extract(year from gis.today()) - 1, 5000)"),
                             {"name": f"o{n}"})  # fmt: skip
        for n in range(WELLS):
            code = {"well_code": f"W{n}"}
            add_well(
                conn, f"W{n}", *rng.integers(0, 2000, 2), use="industry", depth_m=80,
                owner_id=any_of(rng, None, *owners[n % 3 :: 3]), completed_on="2000-01-01",
                permit_number=any_of(rng, None, f"P{rng.integers(SHARED)}"), position_accuracy_m=20,
                area_code=any_of(rng, "140302", "140303"), annual_reported_m3=500,
            )  # fmt: skip
            if rng.random() < 0.5:
                record(conn, "permit_well", permit_number=f"P{rng.integers(SHARED)}", **code)
            record(conn, "meter", serial="M", state="online", fitted_on="2020-01-01", **code)
            record(conn, "calibration", serial="M", checked_on="2024-01-01", due_on="2099-01-01",
                   **code)  # fmt: skip
            record(conn, "screen", top_m=1, bottom_m=9, aquifer="Q", polluted=False, **code)
            conn.execute(text(
                "insert into gis.withdrawal (well_code, method, m3, from_on, to_on)"
                " values (:well_code, 'metered', 700, gis.new_year(gis.today(), -1),"
                " gis.new_year(gis.today(), 0) - 1)"), code)  # fmt: skip
        for n, layer in enumerate(LAYERS):
            add_zone(conn, layer, square(300 * n, 200, 900), boundary_accuracy_m=5)
        add_projects(conn)


def add_projects(conn: Connection) -> None:
    """What the law speaks of beside wells: sites, applications, units, an import."""
    for n in range(6):
        place = square(350 * n, 350 * n, 60)
        record(conn, "site", code=f"S{n}", kind=("landfill", "construction", "geothermal")[n % 3],
               build_type="new", pollution_risk=n % 2 == 0, position_accuracy_m=10, shape=place,
               area_code="140302")  # fmt: skip
        record(conn, "application", code=f"A{n}", kind=("new", "renewal", "increase")[n % 3],
               annual_m3=5000.0, use="industry", product="steel", output_quantity=100,
               position_accuracy_m=5, shape=place.centroid, area_code="140302")  # fmt: skip
    for n in range(2):
        add_zone(conn, "management_unit", square(1000 * n, 0, 1000), code=f"U{n}", name=f"单元{n}",
                 area_code="140302")  # fmt: skip
        conn.execute(text(
            "insert into gis.unit_year (unit_code, year, sector, quota_m3, taken_m3, permitted_m3)"
            " values (:code, extract(year from gis.today()), 'total', 9000, 8000, 7000)"),
            {"code": f"U{n}"})  # fmt: skip
    record(conn, "water_norm", product="steel", m3_per_output=9, from_on="2020-01-01")
    conn.execute(text(IMPORTED), {"crs": "EPSG:4490"})


IMPORTED = """
insert into gis.batch (layer, file_name, sha256, state, actor, committed_at, report)
values ('well', 'f', gen_random_uuid()::text, 'committed', 'test', '2022-01-01',
        jsonb_build_object('crs', cast(:crs as text)))
"""


LEDGER = """
select subject, subject_code, rule, answer, verdict, zone_id, zone_version, zone_name, edge_m,
       joint, missing, exemption, area_code, inputs, digest, st_asewkt(geom)
from gis.finding where closed_run is null order by subject, subject_code, rule, zone_id
"""
FLAGS = "select well_id, flag, rule from gis.well_flag order by well_id"


def told(engine: Engine) -> tuple[list[Any], list[Any]]:
    with engine.connect() as conn:
        return list(conn.execute(text(LEDGER)).all()), list(conn.execute(text(FLAGS)).all())


def same_as_everything(engine: Engine, law: registry.Registry = LAW) -> None:
    """Audit, then audit everything anew: the second must find nothing to do and count the same."""
    done = audit.run(engine, law, audit.Scope(), actor="test")
    ledger = told(engine)
    with writing(engine, "test") as conn:
        conn.execute(text("delete from gis.audited"))
    anew = audit.run(engine, law, audit.Scope(), actor="test")
    assert told(engine) == ledger
    assert (anew.counts["opened"], anew.counts["closed"]) == (0, {})
    for name in ("wells", "wells_by_flag", "findings", "unrecorded"):
        assert done.counts[name] == anew.counts[name], name
    assert done.counts["opened"] + done.counts["continued"] == anew.counts["continued"]
    assert done.not_assessed == anew.not_assessed


def watched(monkeypatch: pytest.MonkeyPatch) -> list[int | None]:
    """How many wells each audit that goes on is content to ask (None: everything after all)."""
    asked: list[int | None] = []
    last, others_too = standing.last, standing.others_too

    def went_on(conn, run_id, rules, law):
        since = last(conn, run_id, rules, law)
        if since is not None:
            asked.append(len(since.well_ids) + len(since.by_zones))
        return since

    def looked(conn, rules, since):
        found = others_too(conn, rules, since)
        if found:
            asked[-1] = None
        return found

    monkeypatch.setattr(standing, "last", went_on)
    monkeypatch.setattr(standing, "others_too", looked)
    return asked
