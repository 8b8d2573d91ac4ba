"""`gis-app partition` and `gis-app offline audit`, from files to a list of findings."""

from datetime import date

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from typer.testing import CliRunner

from gis_app.cli import app
from tests.world import at, square


@pytest.fixture
def given(tmp_path):
    """Wells and zones as files."""
    wells = gpd.GeoDataFrame(
        {"code": ["A", "B", "C"], "area_code": "140302", "self_supply": True, "status": "active",
         "position_accuracy_m": 0.0},
        geometry=[shapely.Point(at(e, 500)) for e in (500, 1500, 600)], crs=4490,
    )  # fmt: skip
    zones = gpd.GeoDataFrame(
        {"layer": ["public_supply_coverage"], "name": ["管网"], "valid_from": [date(2020, 1, 1)],
         "boundary_accuracy_m": [0.0]},
        geometry=[square(0, 0, 1000)], crs=4490,
    )  # fmt: skip
    wells.to_parquet(tmp_path / "wells.parquet")
    zones.to_file(tmp_path / "zones.gpkg")
    return tmp_path


def _run(*words):
    done = CliRunner(env={"COLUMNS": "200"}).invoke(app, [str(w) for w in words])
    return done.exit_code, done.output


def test_from_files_to_a_list_of_findings(given):
    code, told = _run("partition", given / "wells.parquet", "--zones", given / "zones.gpkg", "--to",
                      given / "tiles", "--empty", "exemption_grant", "--most", 2)  # fmt: skip
    assert (code, "3 口井" in told) == (0, True), told
    code, told = _run("offline", "audit", given / "tiles", "--on", "2024-06-30", "--instrument",
                      "yangquan-2023-75", "--processes", 1, "--out", given / "f.csv")  # fmt: skip
    assert code == 0, told
    assert "YQ-03" in told
    assert "surface_supply_area" in told  # not assessed
    assert "withdrawal" in told  # not given
    listed = pd.read_csv(given / "f.csv")
    close = listed[(listed["rule"] == "YQ-03") & (listed["answer"] == "applies")]
    assert sorted(close["subject_code"]) == ["A", "C"]
    assert close["sentence_zh"].str.contains("应当限期关闭并封存").all()


def test_a_register_without_a_file_and_a_folder_without_tiles_are_named(given):
    code, told = _run("partition", given / "wells.parquet", "--zones", given / "zones.gpkg", "--to",
                      given / "t", "--register", "permit")  # fmt: skip
    assert (code, "permit=permits.csv" in told) == (1, True), told
    code, told = _run("offline", "audit", given)
    assert (code, "gis-app partition" in told) == (1, True), told
