"""An audit that goes on from the last one says what one of everything says, whatever changed."""

from collections.abc import Callable
from typing import Any

import numpy as np
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from gis_app.store.engine import writing
from tests.going_on.made import (
    IMPORTED,
    LAYERS,
    SHARED,
    WELLS,
    any_of,
    same_as_everything,
)
from tests.world import add_well, add_zone, at, square

Edit = Callable[[Connection, np.random.Generator], Any]


def well(rng: np.random.Generator) -> dict[str, Any]:
    return {"code": f"W{rng.integers(WELLS)}"}


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


def new_zones(conn: Connection, rng: np.random.Generator) -> None:
    """Zones of several layers in one place; of one of them no rule asks wells."""
    place = square(*(int(n) for n in rng.integers(0, 1500, 2)), 300)
    for layer in ("prohibited_zone", "spring_domain", "source_protection_zone"):
        add_zone(conn, layer, place, name="同", boundary_accuracy_m=15)


def new_district(conn: Connection, rng: np.random.Generator) -> None:
    place = square(*(int(n) for n in rng.integers(0, 1500, 2)), 300)
    add_zone(conn, "district", place, area_code=any_of(rng, "140303", "150602", "140402"))


def new_version(conn: Connection, rng: np.random.Generator) -> None:
    """The next version of a zone in force, which ends the one before."""
    which = int(conn.execute(text("select max(zone_id) from gis.zone where valid_to is null"
                                  " and law_status = 'approved'")).scalar_one())  # fmt: skip
    conn.execute(text("update gis.zone set valid_to = gis.today() where zone_id = :z"),
                 {"z": which})  # fmt: skip
    layer, version, today = conn.execute(text(
        "select layer, max(version) + 1, gis.today() from gis.zone where zone_id = :z group by 1"),
        {"z": which}).one()  # fmt: skip
    place = square(*(int(n) for n in rng.integers(0, 1500, 2)), 500)
    add_zone(conn, layer, place, zone_id=which, version=version, valid_from=today)


def an_import(conn: Connection, rng: np.random.Generator) -> None:
    conn.execute(text(IMPORTED), {"crs": any_of(rng, "EPSG:4490", "EPSG:4326")})


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
    "zones of several layers are new": new_zones,
    "a district is new": new_district,
    "a district goes": say("update gis.zone set law_status = 'withdrawn' where zone_id = (select"
                           " max(zone_id) from gis.zone where layer = 'district'"
                           " and law_status = 'approved')"),
    "a zone is amended": new_version,
    "a unit is new": lambda conn, rng: add_zone(conn, "management_unit",
                                                square(int(rng.integers(1000)), 1000, 500),
                                                code="U0", name="新单元"),
    "a unit's year": say("update gis.unit_year set taken_m3 = :m3", m3=(1.0, 1e7)),
    "a norm": say("update gis.water_norm set m3_per_output = :m3", m3=(1.0, 1e3)),
    "an application": say("update gis.application set use = :use where code = 'A' || (:n % 6)",
                          use=("industry", "domestic_urban", "irrigation")),
    "a site": say("update gis.site set kind = :kind where code = 'S' || (:n % 6)",
                  kind=("landfill", "mine", "gas_station")),
    "a site goes": say("delete from gis.site where code = 'S' || (:n % 6)"),
    "a monitoring well": set_well("well_type", "monitoring", "production"),
    "an import": an_import,
    "marks without layers": say("update gis.unaudited set layers = null"),
    "everything met anew": say("select gis.refresh_incidence()"),
}  # fmt: skip


def changed(engine: Engine, edits: list[Edit], rng: np.random.Generator) -> None:
    """Edits of one transaction; one that the register refuses is none."""
    with writing(engine, "test") as conn:
        for edit in edits:
            try:
                with conn.begin_nested():
                    edit(conn, rng)
            except DBAPIError:
                continue


def test_after_every_kind_of_edit(audited, gone_on):
    rng = np.random.default_rng(11)
    for edit in EDITS.values():
        changed(audited, [edit, edit, edit], rng)
        same_as_everything(audited)
    few = [n for n in gone_on if n is not None and n < WELLS / 2]
    assert len(few) > len(EDITS) / 4, gone_on


def test_after_many_edits_one_after_another(audited, gone_on):
    rng = np.random.default_rng(0)
    for _ in range(8):
        some = [list(EDITS.values())[n] for n in rng.integers(len(EDITS), size=rng.integers(1, 4))]
        changed(audited, some, rng)
        same_as_everything(audited)
    assert any(n is not None for n in gone_on), gone_on


def test_without_a_change_no_well_is_asked(audited, gone_on):
    same_as_everything(audited)
    assert gone_on == [0]
