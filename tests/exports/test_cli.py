"""`gis-app export` as a person types it."""

import pytest
import typer
from typer.testing import CliRunner

from gis_app.cli import Boundary, docs
from gis_app.cli import export as command
from gis_app.export import FORMATS
from gis_app.store.engine import writing
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


@pytest.mark.parametrize(
    ("words", "told"),
    [
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
