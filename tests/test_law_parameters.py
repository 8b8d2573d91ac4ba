"""Numbers that the law delegates: empty is *cannot be known*, set is per area, with a source."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from typer.testing import CliRunner

from gis_app import audit, registry
from gis_app.cli import app
from gis_app.errors import BadInput
from gis_app.report.sentences import sentence
from gis_app.store import parameters
from gis_app.store.engine import writing
from tests.database import dsn
from tests.world import add_well

LAW = registry.load()
LIMIT = "household_small_take_m3"


def put(engine, value, area="14", since=date(2020, 1, 1), source="示例文件第一条"):
    with writing(engine, "admin") as conn:
        parameters.put(conn, LIMIT, value, area=area, since=since, source=source)


def yq02(engine, on=date(2024, 6, 30)):
    done = audit.run(engine, LAW, audit.Scope(on), actor="test")
    rows = [f for f in audit.findings(engine, done) if f["rule"] == "YQ-02"]
    return done, {f["subject_code"]: f for f in rows}


@pytest.fixture
def village(fresh_database):
    with writing(fresh_database, "test") as conn:
        for code, volume in (("small", 500.0), ("large", 5000.0)):
            add_well(
                conn,
                code,
                0,
                0,
                permit_state="none",
                use="domestic_rural",
                annual_reported_m3=volume,
            )
    return fresh_database


def test_an_empty_parameter_makes_the_answer_unknown_and_is_named(village):
    _, found = yq02(village)
    assert {f["answer"] for f in found.values()} == {"indeterminate"}
    assert found["small"]["missing"] == [f"param__{LIMIT}"]
    assert "少量取水的年限额尚未录入" in sentence(found["small"], LAW).zh


def test_a_parameter_set_for_the_province_decides_and_changes_the_law_hash(village):
    before, _ = yq02(village)
    put(village, 1000.0)
    after, found = yq02(village)
    assert (found["small"]["answer"], found["small"]["exemption"]) == ("exempt", "WPR4-2")
    assert found["large"]["answer"] == "applies"
    assert before.law_hash != after.law_hash
    again, _ = yq02(village)
    assert again.law_hash == after.law_hash
    assert again.counts["opened"] == 0


def test_the_narrowest_area_holds_and_other_areas_do_not(village):
    put(village, 1000.0)
    put(village, 100.0, area="1403")
    put(village, 1e6, area="15")
    assert yq02(village)[1]["small"]["answer"] == "applies"


def test_a_parameter_holds_from_its_day_and_can_be_taken_back(village):
    put(village, 1000.0, since=date(2024, 6, 30))
    put(village, None, since=date(2024, 8, 1))
    assert yq02(village, date(2024, 6, 29))[1]["small"]["answer"] == "indeterminate"
    assert yq02(village, date(2024, 6, 30))[1]["small"]["answer"] == "exempt"
    assert yq02(village, date(2024, 8, 1))[1]["small"]["answer"] == "indeterminate"


def test_what_was_set_is_never_overwritten(village):
    put(village, 1000.0)
    put(village, 2000.0)
    with village.connect() as conn:
        assert [row["value"] for row in parameters.history(conn)] == [1000.0, 2000.0]
        with pytest.raises(DBAPIError, match="append-only"):
            conn.execute(text("update gis.law_parameter set value = 1"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": -1.0},
        {"value": 1.0, "area": "山西"},
        {"value": 1.0, "area": "1"},
        {"value": 1.0, "area": "²²"},
        {"value": 1.0, "source": " "},
    ],
)
def test_a_number_without_sense_area_or_source_is_refused(village, wrong):
    with pytest.raises(BadInput):
        put(village, **wrong)


def test_the_command_sets_lists_and_refuses_what_it_does_not_know(village, tmp_path):
    url = dsn(village)
    runner = CliRunner(env={"GIS_DATABASE_URL": url, "GIS_HOME": str(tmp_path), "COLUMNS": "200"})
    words = ["law", "set", LIMIT, "800", "--area", "14", "--since", "1990-01-01"]
    assert runner.invoke(app, words).exit_code == 2  # no source
    assert runner.invoke(app, [*words, "--source", "示例文"]).exit_code == 0
    told = runner.invoke(app, ["law", "list"])
    assert "示例文" in told.output
    assert "800 m3/a" in told.output
    unknown = runner.invoke(
        app, ["law", "set", "nothing", "1", "--since", "2020-01-01", "--source", "x"]
    )
    assert unknown.exit_code == 1


def test_a_day_on_which_no_known_law_was_in_force_is_not_called_clear(village, tmp_path):
    url = dsn(village)
    runner = CliRunner(env={"GIS_DATABASE_URL": url, "GIS_HOME": str(tmp_path), "COLUMNS": "200"})
    for words in (["audit", "--on", "1990-01-01"], ["explain", "small", "--on", "1990-01-01"]):
        told = runner.invoke(app, words).output
        assert "没有库内文件有效" in told
        assert "clear" not in told.replace("not clear", "")


def test_a_county_list_is_set_by_yes_or_no(village, tmp_path):
    url = dsn(village)
    runner = CliRunner(env={"GIS_DATABASE_URL": url, "GIS_HOME": str(tmp_path), "COLUMNS": "250"})
    words = ["law", "set", "yellow_river_county", "no", "--area", "1403", "--since", "2023-04-01",
             "--source", "示例文件"]  # fmt: skip
    assert "不在列" in runner.invoke(app, words).output
    assert runner.invoke(app, [*words[:3], "perhaps", *words[4:]]).exit_code == 2
    with village.connect() as conn:
        held = parameters.in_force(conn, ["yellow_river_county"], date(2024, 1, 1))
    assert held == [{"name": "yellow_river_county", "area": "1403", "value": 0.0}]
