"""Two audits compared: what opened, closed and changed, and the cause put there by hand."""

from datetime import date

import pytest
from sqlalchemy import text

from gis_app import audit, compare, registry
from gis_app.errors import BadInput, Forbidden, NotFound
from gis_app.rights import Caller, Grant, Role
from gis_app.store import changes
from gis_app.store.engine import writing
from tests.world import add_well, add_zone, square

LAW = registry.load()
COUNTY = "140302"


@pytest.fixture
def world(fresh_database):
    """A county, a coverage that began in 2024, and a self-supply well inside and one outside it."""
    with writing(fresh_database, "test") as conn:
        add_zone(conn, "district", square(-5000, -5000, 10_000), area_code=COUNTY)
        add_zone(
            conn, "public_supply_coverage", square(-500, -500, 1000), name="示例供水区",
            valid_from=date(2024, 5, 1),
        )  # fmt: skip
        for code, east in (("IN", 0), ("OUT", 2000)):
            add_well(
                conn, code, east, 0, use="industry", permit_state="held",
                completed_on=date(2010, 1, 1),
            )  # fmt: skip
    return fresh_database


def audited(engine, on=None, area=COUNTY, **more):
    return audit.run(engine, LAW, audit.Scope(on, area, **more), actor="test").run_id


def changed(engine, one, other):
    """Changes by (rule, well): (kind, causes, facts)."""
    rows = [row for part in compare.parts(engine, LAW, (one, other)) for row in part]
    return {(r["rule"], r["subject_code"]): (r["kind"], r["causes"], r["facts"]) for r in rows}


def write(engine, statement, **values):
    with writing(engine, "test", reason="测试 test") as conn:
        conn.execute(text(statement), values)


def test_two_runs_of_the_same_state_differ_in_nothing(world):
    one = audited(world)
    other = audited(world)
    told = compare.compare(world, LAW, (one, other))
    assert told.counts == []
    assert told.continued > 0
    assert changed(world, one, other) == {}


def test_a_comparison_sees_one_state_of_the_world(world, monkeypatch):
    levels, find = [], changes.find

    def spied(conn, pair):
        levels.append(conn.get_isolation_level())
        find(conn, pair)

    monkeypatch.setattr(changes, "find", spied)
    one, other = audited(world), audited(world)
    compare.compare(world, LAW, (one, other))
    changed(world, one, other)
    assert levels == ["REPEATABLE READ"] * 2


def test_a_zone_that_came_into_force_between_two_days_is_the_cause(world):
    one, other = audited(world, date(2024, 4, 30)), audited(world, date(2024, 5, 1))
    kind, causes, facts = changed(world, one, other)["YQ-03", "IN"]
    assert (kind, causes) == ("opened", ["zone_new"])
    assert facts["in__public_supply_coverage"] == [False, True]
    assert ("YQ-03", "OUT") not in changed(world, one, other)


def test_backwards_what_opened_has_closed(world):
    one, other = audited(world, date(2024, 4, 30)), audited(world, date(2024, 5, 1))
    kind, causes, facts = changed(world, other, one)["YQ-03", "IN"]
    assert (kind, causes) == ("closed", ["zone_repealed"])
    assert facts["in__public_supply_coverage"] == [True, False]


def test_law_that_began_is_the_cause_and_is_named(world):
    """阳政办发〔2023〕75号 is in force from 2023-10-18; the coverage is made older than it."""
    with writing(world, "test") as conn:
        add_zone(
            conn, "public_supply_coverage", square(1500, -500, 1000), name="老供水区",
            valid_from=date(2015, 1, 1),
        )  # fmt: skip
    one, other = audited(world, date(2023, 10, 17)), audited(world, date(2023, 10, 18))
    assert changed(world, one, other)["YQ-03", "OUT"][:2] == ("opened", ["law_began"])
    told = compare.compare(world, LAW, (one, other))
    assert [each.id for each in told.began] == ["yangquan-2023-75"]
    assert told.lapsed == []
    back = compare.compare(world, LAW, (other, one))
    assert [each.id for each in back.lapsed] == ["yangquan-2023-75"]


def test_a_register_that_was_mended_between_two_runs_is_the_cause_with_both_values(world):
    one = audited(world)
    write(world, "update gis.well set self_supply = false where code = 'IN'")
    other = audited(world)
    kind, causes, facts = changed(world, one, other)["YQ-03", "IN"]
    assert (kind, causes, facts) == ("closed", ["register_changed"], {"self_supply": [True, False]})
    write(world, "update gis.well set self_supply = true where code = 'IN'")
    kind, causes, facts = changed(world, other, audited(world))["YQ-03", "IN"]
    assert (kind, causes, facts) == ("opened", ["register_changed"], {"self_supply": [False, True]})


def test_a_blank_makes_an_answer_change_and_not_open_and_close(world):
    one = audited(world)
    write(world, "update gis.well set self_supply = null where code = 'IN'")
    other = audited(world)
    kind, causes, facts = changed(world, one, other)["YQ-03", "IN"]
    assert (kind, causes, facts) == ("changed", ["register_changed"], {"self_supply": [True, None]})


def test_a_well_that_moved_out_and_one_that_was_removed_are_told_apart(world):
    with writing(world, "test") as conn:
        add_well(conn, "GOES", 10, 10, use="industry")
    one = audited(world)
    away = "st_translate(geom, 0.05, 0)"
    write(world, f"update gis.well set geom = {away} where code = 'IN'")
    write(world, "delete from gis.well where code = 'GOES'")
    found = changed(world, one, audited(world))
    assert found["YQ-03", "IN"][:2] == ("closed", ["moved"])
    assert found["YQ-03", "GOES"][:2] == ("closed", ["removed"])


def test_a_well_that_was_recorded_between_two_runs_is_new(world):
    one = audited(world)
    with writing(world, "test") as conn:
        add_well(conn, "NEW", 20, 20, use="industry")
    found = changed(world, one, audited(world))
    assert found["YQ-03", "NEW"][:2] == ("opened", ["recorded"])


def test_only_what_both_audits_asked_is_compared(world):
    narrow = audited(world, instruments=("yangquan-2023-75",))
    wide = audited(world, area="")
    told = compare.compare(world, LAW, (narrow, wide))
    assert (told.area, list(told.instruments)) == (COUNTY, ["yangquan-2023-75"])
    assert "groundwater-regulation-2021" in told.alone
    assert told.counts == []


def test_what_has_nothing_in_common_is_refused_with_the_way_out(world):
    county = audited(world)
    with writing(world, "test") as conn:
        add_well(conn, "FAR", 20_000, 0, area_code="140303")
    with pytest.raises(BadInput, match="140303"):
        compare.compare(world, LAW, (county, audited(world, area="140303")))
    with pytest.raises(BadInput, match="same option"):
        compare.compare(world, LAW, (county, audited(world, anywhere=True)))
    one = audited(world, instruments=("yangquan-2023-75",))
    with pytest.raises(BadInput, match="same instruments"):
        compare.compare(world, LAW, (one, audited(world, instruments=("water-law-2016",))))
    with pytest.raises(NotFound):
        compare.compare(world, LAW, (county, 10**9))


def test_a_comparison_is_not_told_to_whom_the_area_is_not_open(world):
    run = audited(world)
    elsewhere = Caller(name="x", grants=(Grant(Role.VIEWER, "140303"),))
    with pytest.raises(Forbidden):
        compare.compare(world, LAW, (run, run), elsewhere)
    with pytest.raises(Forbidden):
        compare.parts(world, LAW, (run, run), elsewhere)  # before the first row is asked for
    at_home = Caller(name="x", grants=(Grant(Role.VIEWER, COUNTY),))
    assert compare.compare(world, LAW, (run, run), at_home).counts == []
