"""`gis-app raster` as a person types it."""

import csv

import pytest
import typer
from typer.testing import CliRunner

from gis_app.cli import Boundary, docs, raster
from gis_app.store.engine import writing
from tests.rasters import made
from tests.rasters.conftest import ground, place
from tests.world import add_zone


@pytest.fixture
def run(fresh_database, tmp_path, monkeypatch):
    with writing(fresh_database, "test") as conn:
        add_zone(conn, "district", ground(0, 0, 6000, 4000), area_code="140302", name="示例县")
    app = typer.Typer(cls=Boundary)
    raster.register(app)
    docs.register(app)
    monkeypatch.setenv("GIS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "250")
    monkeypatch.setattr(raster.deps, "engine", lambda *_, **__: fresh_database)
    return lambda *words: CliRunner().invoke(app, ["raster", *map(str, words)])


def test_a_raster_is_brought_listed_asked_and_taken_back(run, tmp_path):
    path = made.write(tmp_path / "埋深.tif", made.slope(), nodata=float("nan"))
    refused = run("add", path, "--layer", "埋深")
    assert refused.exit_code == 1
    assert "--unit" in refused.output
    assert "埋深.tif" in refused.output
    done = run("add", path, "--layer", "埋深", "--unit", "m", "--valid-from", "2024-01-01")
    assert done.exit_code == 0, done.output
    assert "depth_to_water" in done.output
    assert "raster remove 1" in done.output
    listed = run("list").output
    assert "埋深.tif" in listed
    assert "地面高程" in listed  # of which there is none
    lon, lat = place(50, 3950)
    assert "10.0 米 / 10.0 m" in run("value", "depth_to_water", lon, lat).output
    assert "不是 0" in run("value", "埋深", *place(3000, 2000)).output
    assert "没有栅格" in run("value", "埋深", lon, lat, "--on", "2023-12-31").output
    told = run("info", 1).output
    assert "CGCS2000" in told
    out = tmp_path / "out.csv"
    assert run("statistics", "埋深", out).exit_code == 0
    (row,) = csv.DictReader(out.read_text("utf-8-sig").splitlines())
    assert float(row["nodata_pct"]) == pytest.approx(100 * 100 / 2400, rel=1e-2)
    assert (tmp_path / "out.codebook.csv").is_file()
    assert run("end", 1, "--on", "2025-01-01").exit_code == 0
    assert "埋深.tif" not in run("list").output
    assert run("remove", 1, "--reason", "登记有误").exit_code == 0
    assert "登记有误" in run("list", "--all").output
    assert run("remove", 9, "--reason", "x").exit_code == 1
