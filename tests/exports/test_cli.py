"""`gis-app export` as a person types it."""

from datetime import date

import pandas as pd
import pytest
import typer
from sqlalchemy import text
from typer.testing import CliRunner

from gis_app.cli import Boundary, docs
from gis_app.cli import export as command
from gis_app.export import FORMATS
from gis_app.offline.auditing import inputs
from gis_app.offline.facts import numbers_held
from gis_app.offline.tables import connect, fill
from gis_app.registry import load
from gis_app.store import parameters
from gis_app.store.engine import writing
from gis_app.store.histories import HISTORIES
from tests.exports.conftest import wells
from tests.exports.readers import read_zip, sheet
from tests.world import add_zone, square


@pytest.fixture
def run(fresh_database, tmp_path, monkeypatch):
    with writing(fresh_database, "test") as conn:
        wells(conn)
        add_zone(conn, "overdraft_zone", square(0, 0, 500), name="示例区")
    app = typer.Typer(cls=Boundary)
    command.register(app)
    docs.register(app)  # one command alone would be no group
    monkeypatch.setenv("GIS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(command.deps, "engine", lambda *_, **__: fresh_database)
    return lambda *words: CliRunner().invoke(app, ["export", *map(str, words)])


def test_a_layer_is_exported_by_the_suffix_of_the_file(run, tmp_path):
    first = next(iter(FORMATS.values()))
    for form in FORMATS.values():
        path = tmp_path / "out" / f"wells{form.suffix}"
        done = run("well", path)
        assert done.exit_code == 0, done.output
        assert path.name in done.output
        assert ("the folder was made" in done.output) == (form is first)
        assert path.stat().st_size > 100


def test_what_is_asked_for_is_what_is_written(run, tmp_path):
    path = tmp_path / "wells.xlsx"
    done = run("well", path, "--where", "name=示例井", "--where", "area_code=140302")
    assert done.exit_code == 0, done.output
    assert [row["code"] for row in sheet(path, 0)[1:]] == ["W01", "W05", "W09", "W13"]
    assert run("well", path, "--bbox", "113.6,37.8,113.603,38").exit_code == 0
    assert [row["code"] for row in sheet(path, 0)[1:]] == ["W00", "W01", "W02"]
    zones = tmp_path / "zones.zip"
    assert run("overdraft_zone", zones, "--on", "2019-01-01").exit_code == 0
    assert read_zip(zones).rows == []
    assert run("overdraft_zone", zones, "--encoding", "gbk").exit_code == 0
    assert [row["name"] for row in read_zip(zones).rows] == ["示例区"]


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".xlsx"])
def test_numbers_and_states_are_exported_as_audits_of_files_read_them(
    run, fresh_database, tmp_path, suffix
):
    with writing(fresh_database, "test") as conn:
        parameters.put(
            conn, "small_take_m3", 300, area="1403", since=date(2024, 1, 1), source="示例文"
        )
        parameters.put(
            conn, "small_take_m3", None, area="1403", since=date(2025, 1, 1), source="示例文"
        )
        conn.execute(text("update gis.well_state set from_on = '2020-05-01' where well_id = 1"))
    for name in HISTORIES:
        done = run(name, tmp_path / f"{name}{suffix}")
        assert done.exit_code == 0, done.output
    given = {name: tmp_path / f"{name}{suffix}" for name in HISTORIES}
    law = load()
    read = inputs(pd.DataFrame({"code": ["W00"], "lon": [113.6], "lat": [37.8]}), {}, given, law)
    days = (date(2024, 6, 1), date(2025, 6, 1))
    told = [numbers_held(read.parameters, ["small_take_m3"], day) for day in days]
    assert told == [[("small_take_m3", "1403", 300.0)], []]
    with connect(1) as conn:
        fill(conn, read.wells, read.registers, None)
        (state,) = conn.sql("select status, from_on, corrected from gis.well_state").fetchall()
    assert state == ("active", date(2020, 5, 1), True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("well_state", "w.csv", "--where", "status=active"), "whole"),
        (("law_parameter", "w.csv", "--on", "2024-01-01"), "--filter"),
        (("law_parameter", "w.kml"), "parquet"),
        (("well", "w.docx"), ".parquet"),
        (("well", "w.csv", "--where", "nonsense=1"), "depth_m"),
        (("well", "w.csv", "--where", "depth_m"), "property=value"),
        (("well", "w.csv", "--where", "code=a", "--where", "code=b"), "once"),
        (("well", "w.csv", "--encoding", "gbk"), "shp: utf-8, gbk"),
        (("nowhere", "w.csv"), "well"),
        (("permit", "p.kml"), "parquet"),
    ],
)
def test_what_cannot_be_done_says_the_way_out_and_writes_nothing(run, tmp_path, words, told):
    layer, name, *rest = words
    done = run(layer, tmp_path / name, *rest)
    assert done.exit_code == 1
    assert told in done.stderr + done.output
    assert not (tmp_path / name).exists()
