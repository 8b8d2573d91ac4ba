"""The journey of an audit: three answers, one ledger, each change with its cause."""

import threading
from dataclasses import dataclass, replace
from datetime import date

import pytest
from sqlalchemy import Engine, text

from gis_app import audit, registry
from gis_app.errors import BadInput, NotFound
from gis_app.report.sentences import sentence
from gis_app.store.engine import writing
from tests.world import add_well, add_zone, square

LAW = registry.load()
COVERAGE = "public_supply_coverage"
ON = date(2024, 6, 30)


@dataclass
class Done:
    run: audit.Run
    findings: list[dict]


def run(engine: Engine, on: date = ON, law=LAW, **scope: object) -> Done:
    done = audit.run(engine, law, audit.Scope(on, **scope), actor="test")
    return Done(done, audit.findings(engine, done))


def answers(done: Done, rule: str = "YQ-03") -> dict[str, str]:
    return {f["subject_code"]: f["answer"] for f in done.findings if f["rule"] == rule}


@pytest.fixture
def town(fresh_database):
    """Two adjoining coverage areas and wells in, at the shared border, at the edge and outside."""
    with writing(fresh_database, "test") as conn:
        add_zone(conn, COVERAGE, square(0, 0, 1000), name="西区")
        add_zone(conn, COVERAGE, square(1000, 0, 1000), name="东区")
        for code, east, accuracy in (
            ("deep", 500, 100), ("shared border", 980, 100), ("edge", 20, 100),
            ("just outside", -20, 100), ("outside", -200, 100), ("exact on border", 1000, 0),
        ):  # fmt: skip
            add_well(conn, code, east, 500, position_accuracy_m=accuracy, permit_state="held",
                     use="service")  # fmt: skip
    return fresh_database


def test_the_answer_is_about_the_layer_not_one_polygon(town):
    done = run(town)
    assert answers(done) == {
        "deep": "applies",
        "shared border": "applies",
        "edge": "indeterminate",
        "just outside": "indeterminate",
        "exact on border": "applies",
    }
    border = next(
        f for f in done.findings if f["subject_code"] == "shared border" and f["rule"] == "YQ-03"
    )
    assert border["edge_m"] >= border["tolerance_m"] == 100


def test_zones_that_touch_only_at_a_gap_do_not_cover_the_disc(fresh_database):
    with writing(fresh_database, "test") as conn:
        add_zone(conn, COVERAGE, square(0, 0, 1000))
        add_zone(conn, COVERAGE, square(1030, 0, 1000))
        add_well(conn, "w", 980, 500, position_accuracy_m=60)
    done = run(fresh_database)
    assert answers(done) == {"w": "indeterminate"}
    found = next(f for f in done.findings if f["rule"] == "YQ-03")
    assert found["edge_m"] == pytest.approx(20, abs=0.2)
    assert found["missing"] == ["in__public_supply_coverage"]


def test_a_rerun_without_changes_opens_and_closes_nothing(town):
    first, second = run(town), run(town)
    assert second.run.counts["opened"] == 0
    assert second.run.counts["closed"] == {}
    assert second.run.counts["continued"] == len(first.findings)
    assert [f["finding_id"] for f in first.findings] == [f["finding_id"] for f in second.findings]


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        ("update gis.zone set valid_to = '2024-06-01'", "zone_repealed"),
        ("update gis.well set geom = st_translate(geom, 1, 0)", "moved"),
        ("update gis.well set status = 'sealed'", "register_changed"),
        ("update gis.well set position_accuracy_m = 30000", "register_changed"),
        ("delete from gis.well", "removed"),
    ],
)
def test_a_finding_that_no_longer_holds_is_closed_with_its_cause(town, change, cause):
    run(town)
    with writing(town, "test") as conn:
        conn.execute(text(change + " where true" if "where" not in change else change))
        sealed = "update gis.well_state set from_on = '2024-01-01' where status = 'sealed'"
        conn.execute(text(sealed))
    done = run(town)
    assert set(done.run.counts["closed"]) == {cause}


def test_the_ledger_closes_findings_when_the_law_lapses(town):
    run(town, date(2023, 11, 1))
    ended = registry.build(LAW.layers.values(), [
        _ending(rule, date(2024, 1, 1)) for rule in LAW.rules.values()
    ])  # fmt: skip
    done = run(town, law=ended)
    assert set(done.run.counts["closed"]) == {"law_lapsed"}
    assert done.findings == []


def _ending(rule, day):
    return replace(rule, instrument=replace(rule.instrument, until=day))


def test_repealing_one_zone_closes_exactly_its_findings(town):
    run(town)
    with writing(town, "test") as conn:
        conn.execute(text("update gis.zone set valid_to = '2024-06-30' where name = '东区'"))
    done = run(town)
    # the well on the shared border is no longer certainly covered: its answer changes too
    assert done.run.counts["closed"] == {"zones_changed": 1}
    assert answers(done)["shared border"] == "indeterminate"
    assert answers(done)["deep"] == "applies"


def test_looking_back_or_ahead_rewrites_nothing_in_the_standing_ledger(town):
    standing = run(town)
    before, after = run(town, date(2023, 10, 17)), run(town, date(2028, 10, 19))
    assert (before.findings, after.findings) == ([], [])
    assert {before.run.ledger, after.run.ledger} == {"2023-10-17", "2028-10-19"}
    assert run(town).run.counts["continued"] == len(standing.findings)


def test_an_audit_of_a_past_day_takes_the_zones_of_that_day(town):
    with writing(town, "test") as conn:
        conn.execute(text("update gis.zone set valid_to = '2024-07-01' where name = '西区'"))
    assert answers(run(town, date(2024, 6, 30)))["deep"] == "applies"
    assert "deep" not in answers(run(town, date(2024, 7, 1)))


def test_a_well_elsewhere_is_bound_only_with_anywhere(fresh_database):
    with writing(fresh_database, "test") as conn:
        add_zone(conn, COVERAGE, square(0, 0, 1000))
        add_well(conn, "xianyang", 500, 500, area_code="610402")
        add_well(conn, "nobody knows", 500, 500, area_code=None)
    assert answers(run(fresh_database)) == {"nobody knows": "indeterminate"}
    assert answers(run(fresh_database, anywhere=True)) == {
        "xianyang": "applies",
        "nobody knows": "applies",
    }


def test_the_district_a_well_lies_in_says_which_law_binds_it(fresh_database):
    with writing(fresh_database, "test") as conn:
        around = square(-5000, -5000, 10_000)
        add_zone(conn, "district", around, name="示例城区", area_code="140302")
        add_zone(conn, COVERAGE, square(0, 0, 1000))
        add_well(conn, "mislabelled", 500, 500, area_code="610402")
    assert answers(run(fresh_database)) == {"mislabelled": "applies"}


def test_layers_without_data_are_not_assessed_never_clear(town):
    done = run(town)
    gaps = {(g["area_code"], g["layer"]) for g in done.run.not_assessed}
    assert gaps == {
        ("140302", "prohibited_zone"), ("140302", "restricted_zone"),
        ("140302", "surface_supply_area"), ("140302", "overdraft_zone"),
        ("140302", "hard_to_renew_groundwater"),
    }  # fmt: skip
    told = audit.explain(town, LAW, "outside", ON)
    assert told.findings == []
    assert told.not_concerned == [COVERAGE]
    assert set(told.not_assessed) >= {"prohibited_zone", "restricted_zone", "surface_supply_area"}


def test_explaining_gives_the_verdict_of_the_audit(town):
    done = run(town)
    for code in answers(done):
        told = audit.explain(town, LAW, code, ON)
        of_audit = [f for f in done.findings if f["subject_code"] == code]
        keys = ("rule", "answer", "verdict", "zone_id", "edge_m", "tolerance_m", "missing")
        assert [{k: f[k] for k in keys} for f in told.findings] == [
            {k: f[k] for k in keys} for f in of_audit
        ]


def test_a_sentence_names_well_zone_distance_clause_and_reason(town):
    rows = {f["subject_code"]: f for f in run(town).findings}
    deep = sentence(rows["deep"], LAW)
    assert "deep 号井位于公共供水管网覆盖范围“西区”内" in deep.zh
    assert (
        "（阳政办发〔2023〕75号）二(九)“依法限期关闭并封存未经批准的自备水井以及城市公共供水管网覆盖范围内的自备水井”"
        in deep.zh
    )
    assert deep.zh.endswith("应当限期关闭并封存。")
    outside = sentence(rows["just outside"], LAW)
    assert "外，距边界 20 米" in outside.zh
    assert "误差之和 100 米" in outside.zh
    assert "cannot be known" in outside.en


def test_the_map_flag_of_a_well_is_its_gravest_open_finding(town):
    run(town)
    with town.connect() as conn:
        rows = conn.execute(
            text("select code, flag from gis.well_flag join gis.well using (well_id)")
        )
        flags = {row.code: row.flag for row in rows}
    assert flags["deep"] == "close"
    assert flags["edge"] == "indeterminate"
    assert flags["outside"] == "clear"


def test_a_wrong_area_or_well_is_an_error_never_everything(town):
    with pytest.raises(BadInput, match="area code"):
        audit.Scope(area="阳泉")
    with pytest.raises(NotFound):
        run(town, instruments=("no-such-paper",))
    with pytest.raises(NotFound):
        audit.explain(town, LAW, "no such well")


def test_an_audit_anywhere_does_not_touch_the_flags_of_the_standing_ledger(town):
    run(town)
    with town.connect() as conn:
        before = conn.execute(text("select * from gis.well_flag order by 1")).all()
    run(town, anywhere=True, instruments=("groundwater-regulation-2021",))
    with town.connect() as conn:
        assert conn.execute(text("select * from gis.well_flag order by 1")).all() == before


def _verdict(engine: Engine, code: str) -> str:
    told = audit.explain(engine, LAW, code)
    return next(f["verdict"] for f in told.findings if f["rule"] == "N-03")


def test_a_well_older_than_the_restriction_of_its_own_ground_is_not_new(fresh_database):
    with writing(fresh_database, "test") as conn:
        zone = add_zone(
            conn, "restricted_zone", square(0, 0, 1000),
            valid_from=date(2015, 1, 1), valid_to=date(2024, 1, 1),
        )  # fmt: skip
        add_zone(conn, "restricted_zone", square(0, 0, 9000), zone_id=zone, version=2,
                 valid_from=date(2024, 1, 1))  # fmt: skip
        add_well(conn, "newly covered", 5000, 5000, completed_on=date(2022, 6, 1), use="industry")
        add_well(
            conn, "covered since 2015", 500, 500, completed_on=date(2022, 6, 1), use="industry"
        )
    assert _verdict(fresh_database, "newly covered") == "restrict"
    assert _verdict(fresh_database, "covered since 2015") == "prohibit"


def test_a_zone_that_may_not_hold_the_well_makes_no_verdict_graver(fresh_database):
    with writing(fresh_database, "test") as conn:
        add_zone(conn, "restricted_zone", square(0, 0, 1000), valid_from=date(2010, 1, 1),
                 boundary_accuracy_m=30)  # fmt: skip
        add_zone(conn, "restricted_zone", square(-5000, -5000, 9000), valid_from=date(2024, 1, 1))
        add_well(conn, "w", 9, 500, completed_on=date(2022, 6, 1), use="industry")
    assert _verdict(fresh_database, "w") == "restrict"


def test_a_well_that_moved_to_another_county_keeps_its_finding_until_its_county_is_audited(town):
    run(town)
    with writing(town, "test") as conn:
        conn.execute(text("update gis.well set area_code = '140303' where code = 'deep'"))
    assert run(town, area="140302").run.counts["closed"] == {}
    there = run(town, area="140303")
    assert there.run.counts["opened"] == 0
    assert answers(there) == {"deep": "applies"}


def test_a_well_of_unknown_area_is_not_told_that_layers_without_data_do_not_concern_it(town):
    with writing(town, "test") as conn:
        conn.execute(text("update gis.zone set valid_to = '2024-01-01'"))
        add_zone(conn, COVERAGE, square(0, 0, 10), area_code="140302")
        add_well(conn, "lost", 9e5, 0, area_code=None)
    told = audit.explain(town, LAW, "lost", ON)
    assert told.not_concerned == []
    assert COVERAGE in told.not_assessed


def test_a_finding_without_a_zone_follows_the_well_and_closes_for_the_right_cause(fresh_database):
    with writing(fresh_database, "test") as conn:
        add_well(conn, "w", 0, 0, permit_state="none", use="industry")
    run(fresh_database)
    with writing(fresh_database, "test") as conn:
        conn.execute(text("update gis.well set geom = st_translate(geom, 0.0005, 0)"))
    moved = run(fresh_database)
    assert moved.run.counts["closed"] == {}
    with fresh_database.connect() as conn:
        here = conn.execute(text("select st_x(geom) from gis.well")).scalar_one()
    assert moved.findings[0]["lon"] == here
    with writing(fresh_database, "test") as conn:
        conn.execute(text("update gis.well set permit_state = 'held'"))
    done = run(fresh_database)
    assert set(done.run.counts["closed"]) == {"register_changed"}
    assert not answers(done, "YQ-02")


def test_a_distance_settled_by_several_zones_is_told_as_that_of_the_layer(town):
    rows = {f["subject_code"]: f for f in run(town).findings if f["rule"] == "YQ-03"}
    assert rows["shared border"]["joint"]
    assert "与相邻区划），距图层边界不少于" in sentence(rows["shared border"], LAW).zh
    assert not rows["deep"]["joint"]


def test_two_audits_at_once_follow_one_another(town):
    runs: list[Done] = []
    threads = [threading.Thread(target=lambda: runs.append(run(town))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    opened = sorted(each.run.counts["opened"] for each in runs)
    assert opened[:2] == [0, 0]
    assert opened[2] == len(runs[0].findings) > 0
