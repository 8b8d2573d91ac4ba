"""What a draft would change is what its publication changes; asking changes nothing."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import psycopg
import pytest
from shapely import Polygon, area, box, from_wkt
from sqlalchemy import text

from gis_app import audit, demo, impact, registry
from gis_app.crs import served
from gis_app.errors import BadInput, NotFound
from gis_app.intake import draft
from gis_app.intake.feature import Written
from gis_app.layer import Overlap, policy
from gis_app.store import audits, facts, supposed
from gis_app.store.engine import looking, reading, writing
from gis_app.store.facts import Asked
from tests.database import dsn
from tests.world import add_well, add_zone, at, record, square

LAW = registry.load()


def ask(engine, layer, shape, amends=None, on=None, **properties):
    written = Written(properties, shape.__geo_interface__, served(None))
    return impact.foresee(engine, LAW, draft.read(LAW.layer(layer), written, amends, on))


def publish(engine, layer, shape, amends=None, **values):
    """Make the draft law, as an approval does: what it amends ends on its first day."""
    with writing(engine, "test") as conn:
        if amends is None:
            return add_zone(conn, layer, shape, **values)
        given = {"zone": amends, "since": values["valid_from"]}
        conn.execute(text("update gis.zone set valid_to = :since where zone_id = :zone"
                          " and law_status = 'approved' and valid_from < :since"
                          " and (valid_to is null or valid_to > :since)"), given)  # fmt: skip
        version = conn.execute(
            text("select max(version) + 1 from gis.zone where zone_id = :zone"), given
        ).scalar_one()
        add_zone(conn, layer, shape, zone_id=amends, version=version, **values)
        return amends


def flags(engine):
    with reading(engine) as conn:
        return dict(conn.execute(text("select well_id, flag from gis.well_flag")).all())


def opened_and_closed(engine, run_id):
    """What an audit did to the ledger: by subject, rule … answer: (opened, closed)."""
    found = {}
    with reading(engine) as conn:
        for n, column in enumerate(("opened_run", "closed_run")):
            rows = conn.execute(
                text("select subject, rule, clause, verdict, answer, count(*) from gis.finding"
                     f" where {column} = :run group by 1, 2, 3, 4, 5"), {"run": run_id}
            )  # fmt: skip
            for *key, count in rows:
                found.setdefault(tuple(key), [0, 0])[n] = count
    return {key: tuple(counts) for key, counts in found.items()}


def foretold(told):
    names = ("subject", "rule", "clause", "verdict", "answer")
    return {tuple(row[n] for n in names): (row["gained"], row["lost"]) for row in told.findings}


def compare(engine, layer, shape, amends=None, **values):
    """Ask, publish in the same database, audit again: the figures are the same."""
    given = {k: v.isoformat() if isinstance(v, date) else v for k, v in values.items()}
    extra = given.pop("attrs", {})
    told = ask(engine, layer, shape, amends, **given, **extra)
    assert not told.problems, told.problems
    before = flags(engine)
    publish(engine, layer, shape, amends, name="草案", **{"valid_from": told.on, **values})
    done = audit.run(engine, LAW, audit.Scope(), actor="test")
    assert foretold(told) == opened_and_closed(engine, done.run_id)
    after = flags(engine)
    turned = Counter((before[w], after[w]) for w in before if before[w] != after[w])
    assert told.flags == turned
    return told


@pytest.fixture
def town(fresh_database):
    """A county with wells in a grid, on edges and in doubt, zones, a site, an application."""
    engine = fresh_database
    with writing(engine, "test") as conn:
        add_zone(conn, "district", square(-20_000, -20_000, 40_000), area_code="140302", name="县")
        add_zone(conn, "overdraft_zone", square(-5000, -5000, 5000), grade="severe", name="超采",
                 area_code="140302", boundary_accuracy_m=20.0)  # fmt: skip
        add_zone(
            conn, "prohibited_zone", square(2000, 0, 1000), name="邻", boundary_accuracy_m=10.0
        )
        for n in range(36):
            add_well(conn, f"G{n}", (n % 6) * 400 + 50, (n // 6) * 400 + 50,
                     use="industry" if n % 2 else "domestic_urban", annual_permitted_m3=1000.0,
                     permit_state="held" if n % 3 else "none",
                     completed_on=date(2015, 1, 1 + n % 28),
                     position_accuracy_m=float(n % 5 * 6))  # fmt: skip
        add_well(conn, "edge", 995, 500, position_accuracy_m=12.0, use="industry")
        add_well(conn, "outside", 1005, 300, position_accuracy_m=12.0, use="industry")
        add_well(conn, "joint", 1999, 500, position_accuracy_m=5.0, use="industry")
        record(conn, "site", code="S1", kind="landfill", build_type="new", pollution_risk=True,
               shape=square(300, 300, 100))  # fmt: skip
        record(
            conn,
            "application",
            code="A1",
            kind="new",
            use="industry",
            annual_m3=5000.0,
            area_code="140302",
            applied_on=date(2024, 1, 1),
            shape=square(500, 500, 10).centroid,
        )
    audit.run(engine, LAW, audit.Scope(), actor="test")
    return engine


LAYERS = ["prohibited_zone", "restricted_zone", "public_supply_coverage", "overdraft_zone",
          "spring_domain", "source_protection_zone", "surface_supply_area",
          "pollution_priority_zone", "hard_to_renew_groundwater"]  # fmt: skip


@pytest.mark.parametrize("layer", LAYERS)
def test_a_draft_of_any_layer_foretells_what_its_publication_opens_and_closes(town, layer):
    grade = next(iter(LAW.layer(layer).grades), None)
    more = {"grade": grade} if grade else {}
    told = compare(town, layer, square(-100, -100, 1100), boundary_accuracy_m=8.0, **more)
    assert told.wells["inside"] > 3
    assert told.wells["in_doubt"] >= 2


def test_sites_applications_and_the_zone_itself_have_findings_too(town):
    subjects = set()
    for layer in ("prohibited_zone", "source_protection_zone", "spring_domain"):
        grade = next(iter(LAW.layer(layer).grades), None)
        told = ask(town, layer, square(-100, -100, 1100), **({"grade": grade} if grade else {}))
        subjects |= {row["subject"] for row in told.findings}
    told = ask(town, "overdraft_zone", square(-100, -100, 1100), grade="severe", area_code="140302")
    subjects |= {row["subject"] for row in told.findings}
    assert subjects == {"well", "application", "site", "zone"}


def test_a_draft_beside_its_neighbour_foretells_the_wells_that_both_hold_together(town):
    told = compare(town, "prohibited_zone", square(1000, 0, 1000), boundary_accuracy_m=10.0)
    assert told.findings


def test_an_amended_version_foretells_what_is_gained_and_what_is_lost(town):
    with reading(town) as conn:
        zone = conn.execute(text("select zone_id from gis.zone where name = '邻'")).scalar_one()
    told = compare(town, "prohibited_zone", square(800, 0, 1600), zone, boundary_accuracy_m=10.0)
    assert told.wells["gained"] > 0
    assert told.wells["lost"] == 0


def test_a_zone_made_smaller_loses_wells_and_closes_their_findings(town):
    with reading(town) as conn:
        zone = conn.execute(text("select zone_id from gis.zone where name = '邻'")).scalar_one()
    told = compare(town, "prohibited_zone", square(2500, 0, 300), zone, boundary_accuracy_m=10.0)
    assert (told.wells["gained"], told.wells["inside"]) == (0, 0)
    assert told.wells["lost"] > 0
    assert any(row["lost"] for row in told.findings)


def test_a_district_redrawn_foretells_the_law_that_no_longer_binds(town):
    with reading(town) as conn:
        zone = conn.execute(text("select zone_id from gis.zone where name = '县'")).scalar_one()
    west = Polygon([at(-20_000, -20_000), at(600, -20_000), at(600, 20_000), at(-20_000, 20_000)])
    compare(town, "district", west, zone, area_code="140302")


def test_the_made_city_too_is_told_what_publication_does(fresh_database):
    engine = fresh_database
    with writing(engine, "test") as conn:
        demo.load(conn, demo.city(wells=300))
    audit.run(engine, LAW, audit.Scope(), actor="test")
    with reading(engine) as conn:
        lon, lat = conn.execute(text("select avg(st_x(geom)), avg(st_y(geom)) from gis.well")).one()
        zone = conn.execute(
            text("select zone_id, st_astext(st_buffer(geom, 0.004)) from gis.zone"
                 " where layer = 'public_supply_coverage' order by st_area(geom) desc limit 1")
        ).one()  # fmt: skip
    around = box(lon - 0.1, lat - 0.1, lon + 0.1, lat + 0.1)
    compare(engine, "prohibited_zone", around, boundary_accuracy_m=10.0)
    told = compare(
        engine, "public_supply_coverage", from_wkt(zone[1]), zone[0], boundary_accuracy_m=10.0
    )
    assert told.findings


# --- asking is only asking --------------------------------------------------------------------


def counted(engine):
    with reading(engine) as conn:
        return conn.execute(text(
            "select (select count(*) from gis.change), (select count(*) from gis.zone),"
            " (select sum(changes) from gis.layer_version), (select count(*) from gis.finding),"
            " (select count(*) from gis.cell_version), (select max(run_id) from gis.audit_run)"
        )).one()  # fmt: skip


def test_asking_writes_nothing_and_notifies_nobody(town):
    before = counted(town)
    with psycopg.connect(dsn(town), autocommit=True) as listener:
        listener.execute("listen gis_tiles")
        ask(town, "prohibited_zone", square(0, 0, 1000))
        assert list(listener.notifies(timeout=0.3)) == []
        assert counted(town) == before
        publish(town, "prohibited_zone", square(0, 0, 1000))
        assert list(listener.notifies(timeout=5, stop_after=1))


def test_while_somebody_asks_another_writes_and_the_other_way_round(town):
    with looking(town) as conn:
        day = facts.legal_day(conn)
        values = {"layer": "prohibited_zone", "name": "草案", "valid_from": day,
                  "boundary_accuracy_m": 10.0, "attrs": "{}"}  # fmt: skip
        supposed.put(conn, supposed.Amended(), values, square(0, 0, 1000).wkb)
        ids = supposed.wells(conn, "prohibited_zone", day)
        audits.answer(conn, LAW.rules_on(day, subject="well"), Asked(day, ids=ids, supposed=True))
        held = conn.execute(text(
            "select l.mode, c.relname from pg_locks l left join pg_class c on c.oid = l.relation"
            " left join pg_namespace n on n.oid = c.relnamespace where l.pid = pg_backend_pid()"
            " and (l.locktype = 'advisory' or n.nspname = 'gis') and l.mode <> 'AccessShareLock'"
        )).all()  # fmt: skip
        assert held == []
        with writing(town, "another") as other:
            other.execute(text("set local lock_timeout = '3s'"))
            add_well(other, "new", 10, 10)
            add_zone(other, "prohibited_zone", square(0, 0, 1000))
    with writing(town, "another") as other:
        add_zone(other, "restricted_zone", square(0, 5000, 1000))
        other.execute(text("update gis.zone set valid_to = '2030-01-01' where name = '邻'"))
        assert ask(town, "prohibited_zone", square(0, 0, 1000)).wells["inside"] > 0


# --- sizes, overlaps, gaps, slivers -----------------------------------------------------------


def test_a_strip_left_between_two_borders_is_a_gap_of_its_area_and_a_wide_one_is_none(town):
    told = ask(town, "prohibited_zone", square(995, 0, 1000))  # 5 m short of the neighbour
    assert [each.area_m2 for each in told.gaps] == [pytest.approx(5000, rel=0.01)]
    assert "邻" in told.gaps[0].remedy.zh
    assert told.slivers == []
    assert ask(town, "prohibited_zone", square(950, 0, 1000)).gaps == []
    assert ask(town, "prohibited_zone", square(1000, 0, 1000)).gaps == []  # a shared border
    assert ask(town, "restricted_zone", square(995, 0, 1000)).gaps == []  # another layer


def test_a_narrow_overlap_with_a_neighbour_is_a_sliver_and_a_wide_one_an_overlap_only(town):
    told = ask(town, "prohibited_zone", square(1005, 0, 1000))
    assert [each.area_m2 for each in told.slivers] == [pytest.approx(5000, rel=0.01)]
    assert told.gaps == []
    wide = ask(town, "prohibited_zone", square(1500, 0, 1000))
    assert wide.slivers == []
    shared = [each for each in wide.overlaps if each.zone["name"] == "邻"]
    assert [each.zone["area_m2"] for each in shared] == [pytest.approx(500_000, rel=0.01)]
    assert area(shared[0].shape) > 0


def test_overlaps_are_told_by_what_the_layers_declare(town):
    with writing(town, "test") as conn:
        add_zone(conn, "spring_domain", square(-9000, 0, 4000), name="泉域", grade="niangziguan")
    told = ask(town, "restricted_zone", square(1500, 0, 1000)).overlaps
    policies = {each.zone["layer"]: each.policy.value for each in told}
    assert policies == {"prohibited_zone": "forbidden", "district": "allowed"}
    nested = ask(town, "spring_key_area", square(-8000, 1000, 500)).overlaps
    assert {each.zone["layer"]: each.policy.value for each in nested} == {
        "spring_domain": "nested", "district": "allowed"}  # fmt: skip


def test_grades_of_one_layer_may_have_a_policy_of_their_own():
    one = replace(LAW.layer("source_protection_zone"), grade_overlap=Overlap.NESTED,
                  self_overlap=Overlap.FORBIDDEN)  # fmt: skip
    assert policy(one, one, grades=("level_1", "level_2")) is Overlap.NESTED
    assert policy(one, one, grades=("level_1", "level_1")) is Overlap.FORBIDDEN
    assert policy(one, one, grades=("level_1", None)) is Overlap.FORBIDDEN


def test_a_permit_of_two_wells_counts_once_and_what_nobody_recorded_is_no_zero(town):
    with writing(town, "test") as conn:
        add_well(conn, "P1", -3000, 3000)
        add_well(conn, "P2", -3100, 3000)
        record(conn, "permit", number="许可1", state="issued", annual_m3=700.0)
        for code in ("P1", "P2"):
            record(conn, "permit_well", permit_number="许可1", well_code=code)
    told = ask(town, "prohibited_zone", square(-3500, 2800, 600))
    assert (told.figures["permits"], told.figures["permitted_m3"]) == (1, 700)
    assert told.figures["reported_m3"] is None
    assert {"people", "reported_m3", "without_replacement"} <= set(told.unknown)
    assert "permitted_m3" not in told.unknown


# --- what is drawn ----------------------------------------------------------------------------


def test_a_shape_that_crosses_itself_is_told_with_the_place_and_nothing_else(town):
    bow = Polygon([at(0, 0), at(1000, 1000), at(1000, 0), at(0, 1000)])
    told = ask(town, "prohibited_zone", bow)
    assert [each.code for each in told.problems] == ["invalid_geometry"]
    assert told.problems[0].place == pytest.approx(at(500, 500), abs=1e-6)
    assert told.wells == {}


def test_a_draft_is_looked_at_on_its_first_day_if_that_is_still_to_come(town):
    with reading(town) as conn:
        later = facts.legal_day(conn) + timedelta(days=40)
    told = ask(town, "prohibited_zone", square(0, 0, 1000), valid_from=later.isoformat())
    assert told.on == later
    assert told.wells["inside"] > 0


def test_an_amendment_begins_after_the_version_it_ends(town):
    with reading(town) as conn:
        zone = conn.execute(text("select zone_id from gis.zone where name = '邻'")).scalar_one()
    told = ask(town, "prohibited_zone", square(0, 0, 1000), zone, valid_from="2019-01-01")
    assert [each.code for each in told.problems] == ["begins_before_the_law"]


def test_what_is_no_zone_is_refused(town):
    with pytest.raises(NotFound, match="没有编号为 999"):
        ask(town, "prohibited_zone", square(0, 0, 1000), 999)
    with pytest.raises(BadInput, match="不是区划图层"):
        ask(town, "well", square(0, 0, 1000))
    with pytest.raises(BadInput, match="Polygon"):
        ask(town, "prohibited_zone", square(0, 0, 1000).exterior)
    with pytest.raises(BadInput, match="grade"):
        ask(town, "overdraft_zone", square(0, 0, 1000), grade="unheard")
