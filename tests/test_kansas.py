"""The real case: 15,229 wells and 801 public-supply areas, against figures computed elsewhere."""

import pandas as pd
import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from gis_app import offline, registers
from gis_app.cli import app
from tests.database import dsn

PAPER = ["--instrument", "yangquan-2023-75", "--anywhere"]


@pytest.fixture(scope="module")
def kansas(databases, worker, shared, tmp_path_factory):
    """Both layers imported through the command line, as docs/kansas.md says."""
    home = tmp_path_factory.mktemp("kansas")
    with databases.clone(f"gis_kansas_{worker}") as engine:
        url = dsn(engine)
        runner = CliRunner(env={"GIS_DATABASE_URL": url, "GIS_HOME": str(home), "COLUMNS": "200"})

        def run(*words: str) -> str:
            result = runner.invoke(app, [str(w) for w in words], catch_exceptions=False)
            assert result.exit_code == 0, result.output
            return result.output

        file = shared / "data" / "kansas" / "kansas.gpkg"
        wells = [
            "import", file, "--layer", "well", "--source-layer", "wells", "--map", "code=Well_ID",
            "--set", "self_supply=true", "--set", "status=active",
        ]  # fmt: skip
        run(*wells, "--set", "position_accuracy_m=0")
        told = run(
            "import", file, "--layer", "public_supply_coverage", "--source-layer",
            "public_supply_areas", "--map", "name=NAME", "--repair",
            "--set", "valid_from=2020-01-01", "--set", "boundary_accuracy_m=0",
        )  # fmt: skip
        yield {"run": run, "engine": engine, "told": told, "wells": wells, "home": home}


def _audit(kansas, on: str) -> pd.DataFrame:
    out = kansas["home"] / f"{on}.csv"
    kansas["run"]("audit", *PAPER, "--on", on, "--out", out)
    return pd.read_csv(out)


@pytest.mark.xdist_group("kansas")
def test_the_27_invalid_areas_are_reported_by_name_and_reason(kansas):
    with kansas["engine"].connect() as conn:
        rows = conn.execute(
            text("select label, zh from gis.batch_problem where code like 'invalid%'")
        ).all()
        zones = conn.execute(text("select count(*) from gis.zone")).scalar_one()
        wells = conn.execute(text("select count(*) from gis.well")).scalar_one()
    assert (zones, wells) == (801, 15_229)
    assert len(rows) == 27
    for row in rows:
        assert row.label in kansas["told"]


@pytest.mark.xdist_group("kansas")
def test_exactly_the_wells_inside_an_area_must_close(kansas, shared):
    flags = pd.read_csv(shared / "data" / "kansas" / "expected_wells_flags.csv")
    edges = pd.read_csv(shared / "data" / "kansas" / "expected_edges.csv")
    findings = _audit(kansas, "2024-06-30")
    yq03 = findings[findings.rule == "YQ-03"]
    assert set(yq03.answer) == {"applies"}
    assert len(yq03) == 7238
    assert set(yq03.subject_code) == set(flags[flags.NAME.notna()].Well_ID)
    assert set(yq03.subject_code) == set(edges[edges.inside].well_id)
    joined = yq03.merge(edges, left_on="subject_code", right_on="well_id")
    # the oracle's nearest point is found in the plane, and may lie on a neighbour's boundary
    error = (joined.edge_m - joined.edge_zone_m).abs()
    assert error.max() < 3
    assert (error < 0.05).mean() > 0.95


def _of_files(shared, accuracy_m: int) -> offline.Audit:
    """The same files without a server, every register at hand and empty."""
    file = shared / "data" / "kansas" / "kansas.gpkg"
    wells = offline.Source(
        data=file, source_layer="wells", columns={"code": "Well_ID"},
        constants={"self_supply": "true", "status": "active",
                   "position_accuracy_m": str(accuracy_m)},
    )  # fmt: skip
    areas = offline.Source(
        data=file, source_layer="public_supply_areas", columns={"name": "NAME"}, repair=True,
        constants={"valid_from": "2020-01-01", "boundary_accuracy_m": "0"},
    )  # fmt: skip
    return offline.audit(
        wells, {"public_supply_coverage": areas}, instruments=["yangquan-2023-75"], anywhere=True,
        on="2024-06-30", registers={each.id: offline.EMPTY for each in registers.ALL},
    )  # fmt: skip


_SAID = ["subject_code", "rule", "answer", "verdict", "missing", "sentence_zh", "sentence_en"]


def _same(service: pd.DataFrame, files: pd.DataFrame) -> None:
    one, other = (
        each[_SAID].fillna("").sort_values(_SAID[:2], ignore_index=True).astype(object)
        for each in (service, files)
    )
    assert len(one) > 7238
    assert (one["sentence_zh"] == other["sentence_zh"]).all()
    assert one.equals(other)


@pytest.mark.xdist_group("kansas")
def test_the_files_alone_say_the_same_word_for_word(kansas, shared):
    audit = _of_files(shared, 0)
    found = audit.findings()
    _same(_audit(kansas, "2024-06-30"), found)
    assert len(audit.closures()) == 7238
    edges = pd.read_csv(shared / "data" / "kansas" / "expected_edges.csv")
    assert set(audit.closures().subject_code) == set(edges[edges.inside].well_id)
    assert audit.wells == 15_229


@pytest.mark.xdist_group("kansas")
@pytest.mark.parametrize("on", ["2028-10-19", "2023-10-17"])
def test_nothing_applies_while_the_paper_is_not_in_force(kansas, on):
    assert _audit(kansas, on).empty


@pytest.mark.xdist_group("kansas")
def test_a_position_known_to_100_m_makes_1228_answers_unknown(kansas, shared):
    edges = pd.read_csv(shared / "data" / "kansas" / "expected_edges.csv")
    kansas["run"](*kansas["wells"], "--set", "position_accuracy_m=100", "--update", "code")
    findings = _audit(kansas, "2024-06-30")
    yq03 = findings[findings.rule == "YQ-03"]
    unknown = set(yq03[yq03.answer == "indeterminate"].subject_code)
    near = edges[edges.edge_layer_m < 100]
    assert len(unknown ^ set(near.well_id)) <= 3
    assert abs(len(unknown & set(edges[edges.inside].well_id)) - 723) <= 3
    assert abs(len(unknown) - 1228) <= 3
    assert abs((yq03.answer == "applies").sum() - 6515) <= 3
    _same(findings, _of_files(shared, 100).findings())


@pytest.mark.xdist_group("kansas")
def test_repealing_one_area_closes_exactly_its_findings(kansas):
    with kansas["engine"].connect() as conn:
        zone_id = conn.execute(text("select zone_id from gis.zone where name = 'Wichita'")).scalar()
    kansas["run"](*kansas["wells"], "--set", "position_accuracy_m=0", "--update", "code")
    _audit(kansas, "2024-06-30")
    with kansas["engine"].connect() as conn:
        before = _open(conn)
    kansas["run"]("zone", "repeal", zone_id, "--on", "2024-06-01", "--past",
                  "--reason", "worked example")  # fmt: skip
    _audit(kansas, "2024-06-30")
    with kansas["engine"].connect() as conn:
        closed = conn.execute(
            text(
                "select finding_id, zone_name, closed_cause from gis.finding where closed_run ="
                " (select max(run_id) from gis.audit_run)"
            )
        ).all()
        after = _open(conn)
    assert len(closed) == 3096
    assert {(c.zone_name, c.closed_cause) for c in closed} == {("Wichita", "zone_repealed")}
    assert after == before - {c.finding_id for c in closed}


def _open(conn) -> set[int]:
    rows = conn.execute(text("select finding_id from gis.finding where closed_run is null"))
    return set(rows.scalars())
