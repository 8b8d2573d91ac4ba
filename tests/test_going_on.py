"""An audit that goes on from the last one says what one of everything says, whatever changed."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from gis_app import audit, registry
from gis_app.store import standing
from gis_app.store.engine import writing
from tests.world import add_well, add_zone, at, record, square

LAW = registry.load()
LAYERS = ("public_supply_coverage", "prohibited_zone", "restricted_zone", "overdraft_zone")
WELLS = 90
SHARED = 20  # owners, and permits
Edit = Callable[[Connection, np.random.Generator], Any]


def well(rng: np.random.Generator) -> dict[str, Any]:
    return {"code": f"W{rng.integers(WELLS)}"}


def any_of(rng: np.random.Generator, *values: Any) -> Any:
    return values[rng.integers(len(values))]


def set_well(column: str, *values: Any) -> Edit:
    """An edit of one column of some well."""

    def edit(conn: Connection, rng: np.random.Generator) -> None:
        statement = text(f"update gis.well set {column} = :value where code = :code")
        conn.execute(statement, {**well(rng), "value": any_of(rng, *values)})

    return edit


def say(statement: str, **choices: tuple[Any, ...]) -> Edit:
    """An edit by a statement, with a well's code, an owner's or permit's number, choices."""

    def edit(conn: Connection, rng: np.random.Generator) -> None:
        chosen = {name: any_of(rng, *values) for name, values in choices.items()}
        conn.execute(text(statement), {**well(rng), "n": int(rng.integers(SHARED)), **chosen})

    return edit


def new_zone(conn: Connection, rng: np.random.Generator) -> None:
    place = square(*(int(n) for n in rng.integers(0, 1500, 2)), 400)
    add_zone(conn, any_of(rng, *LAYERS), place, name="新", boundary_accuracy_m=5)


def new_well(conn: Connection, rng: np.random.Generator) -> None:
    code = f"W{WELLS + rng.integers(1000)}"
    add_well(conn, code, *rng.integers(0, 2000, 2), use="industry", permit_state="none")


def move_well(conn: Connection, rng: np.random.Generator) -> None:
    lon, lat = at(*(int(n) for n in rng.integers(0, 2000, 2)))
    place = "st_setsrid(st_makepoint(:lon, :lat), 4490)"
    conn.execute(text(f"update gis.well set geom = {place} where code = :code"),
                 {**well(rng), "lon": lon, "lat": lat})  # fmt: skip


EDITS: dict[str, Edit] = {
    "a well is new": new_well,
    "a well moves": move_well,
    "a well goes": say("delete from gis.well where code = :code"),
    "a well's status": set_well("status", "active", "paused", "closed", "sealed"),
    "a well's use": set_well("use", "industry", "irrigation", "domestic_rural", None),
    "a well's supply": set_well("self_supply", True, False, None),
    "a well's county": set_well("area_code", "140302", "140303"),
    "a well's owner": say("update gis.well set owner_id = (select party_id from gis.party"
                          " where name = 'o' || :n) where code = :code"),
    "a well's own permit": say("update gis.well set permit_number = 'P' || :n where code = :code"),
    "a well's code": say("update gis.well set code = code || 'x' where code = :code"),
    "a permit ends": say("update gis.permit set state = :state where number = 'P' || :n",
                         state=("issued", "cancelled", "revoked")),
    "a permit's volume": say("update gis.permit set annual_m3 = :m3 where number = 'P' || :n",
                             m3=(10.0, 1e6, None)),
    "a permit covers a well": say("insert into gis.permit_well (permit_number, well_code)"
                                  " values ('P' || :n, :code)"),
    "a permit loses a well": say("delete from gis.permit_well where well_code = :code"),
    "a permit's purpose": say("update gis.permit_purpose set use = :use"
                              " where permit_number = 'P' || :n", use=("industry", "irrigation")),
    "a report": say("update gis.annual_report set state = :state where permit_number = 'P' || :n",
                    state=("filed", "none")),
    "a volume": say("update gis.withdrawal set m3 = :m3 where well_code = :code",
                    m3=(0.0, 5e3, 2e6)),
    "a volume goes": say("delete from gis.withdrawal where well_code = :code"),
    "a meter": say("update gis.meter set state = :state where well_code = :code",
                   state=("online", "fault")),
    "a calibration": say("update gis.calibration set due_on = :day where well_code = :code",
                         day=("2020-01-01", "2999-01-01")),
    "an order": say("insert into gis.correction_order (well_code, kind, ordered_on, due_on)"
                    " values (:code, 'fit_meter', '2020-01-01', '2021-01-01')"),
    "a violation": say("insert into gis.violation (well_code, kind, found_on)"
                       " values (:code, :kind, '2020-01-01')", kind=("resale", "over_plan")),
    "a violation is settled": say("update gis.violation set settled_on = '2021-01-01'"
                                  " where well_code = :code"),
    "an emergency": say("insert into gis.exemption_grant (subject, subject_code, kind, from_on,"
                        " until_on) values ('well', :code, 'engineering_emergency',"
                        " '2020-01-01', :until)", until=("2021-01-01", "2999-01-01", None)),
    "screens": say("update gis.screen set polluted = :is where well_code = :code",
                   **{"is": (True, False)}),
    "a user's year": say("update gis.water_user set annual_use_m3 = :m3 where owner = 'o' || :n",
                         m3=(1.0, 1e7)),
    "a party's name": say("update gis.party set name = name || 'x' where name = 'o' || :n"),
    "a coefficient": say("insert into gis.electricity_coefficient (area_code, m3_per_kwh, from_on)"
                         " values ('1403', 2, '2019-01-01')"),
    "a zone is new": new_zone,
    "a zone is withdrawn": say("update gis.zone set law_status = 'withdrawn' where zone_id ="
                               " (select min(zone_id) from gis.zone"
                               " where law_status = 'approved')"),
    "a zone is repealed": say("update gis.zone set valid_to = gis.today() where zone_id = (select"
                              " max(zone_id) from gis.zone where law_status = 'approved'"
                              " and valid_to is null)"),
    "everything met anew": say("select gis.refresh_incidence()"),
}  # fmt: skip


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


LEDGER = """
select subject, subject_code, rule, answer, verdict, zone_id, zone_version, zone_name, edge_m,
       joint, missing, exemption, area_code, inputs, digest, st_asewkt(geom)
from gis.finding where closed_run is null order by subject, subject_code, rule, zone_id
"""
FLAGS = "select well_id, flag, rule from gis.well_flag order by well_id"


def told(engine: Engine) -> tuple[list[Any], list[Any]]:
    with engine.connect() as conn:
        return list(conn.execute(text(LEDGER)).all()), list(conn.execute(text(FLAGS)).all())


def changed(engine: Engine, edits: list[Edit], rng: np.random.Generator) -> None:
    """Edits of one transaction; one that the register refuses is none."""
    with writing(engine, "test") as conn:
        for edit in edits:
            try:
                with conn.begin_nested():
                    edit(conn, rng)
            except DBAPIError:
                continue


def same_as_everything(engine: Engine) -> None:
    """Audit, then audit everything anew: the second must find nothing to do and count the same."""
    done = audit.run(engine, LAW, audit.Scope(), actor="test")
    ledger = told(engine)
    with writing(engine, "test") as conn:
        conn.execute(text("delete from gis.audited"))
    anew = audit.run(engine, LAW, audit.Scope(), actor="test")
    assert told(engine) == ledger
    assert (anew.counts["opened"], anew.counts["closed"]) == (0, {})
    for name in ("wells", "wells_by_flag", "findings", "unrecorded"):
        assert done.counts[name] == anew.counts[name], name
    assert done.counts["opened"] + done.counts["continued"] == anew.counts["continued"]
    assert done.not_assessed == anew.not_assessed


@pytest.fixture
def gone_on(monkeypatch):
    """How many wells each audit was content to ask (None: everything)."""
    asked: list[int | None] = []
    others_too = standing.others_too

    def watched(conn, rules, since):
        found = others_too(conn, rules, since)
        asked.append(None if found else len(since.well_ids))
        return found

    monkeypatch.setattr(standing, "others_too", watched)
    return asked


def test_after_every_kind_of_edit(fresh_database, gone_on):
    fill(fresh_database)
    audit.run(fresh_database, LAW, audit.Scope(), actor="test")
    rng = np.random.default_rng(11)
    for edit in EDITS.values():
        changed(fresh_database, [edit, edit, edit], rng)
        same_as_everything(fresh_database)
    few = [n for n in gone_on if n is not None and n < WELLS / 2]
    assert len(few) > len(EDITS) / 4, gone_on


@pytest.mark.parametrize("seed", range(2))
def test_after_many_edits_one_after_another(fresh_database, gone_on, seed):
    rng = np.random.default_rng(seed)
    fill(fresh_database)
    audit.run(fresh_database, LAW, audit.Scope(), actor="test")
    for _ in range(8):
        some = [list(EDITS.values())[n] for n in rng.integers(len(EDITS), size=rng.integers(1, 4))]
        changed(fresh_database, some, rng)
        same_as_everything(fresh_database)
    assert any(n is not None for n in gone_on), gone_on


def test_without_a_change_no_well_is_asked(fresh_database, gone_on):
    fill(fresh_database)
    audit.run(fresh_database, LAW, audit.Scope(), actor="test")
    same_as_everything(fresh_database)
    assert gone_on == [0]
