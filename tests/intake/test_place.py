"""Where districts are loaded, a row must lie in one, and in the one it names."""

from pathlib import Path

import geopandas
import pytest
import shapely
from sqlalchemy import text

from gis_app.crs import gcj02
from gis_app.intake import batch as journey
from gis_app.intake.batch import Desk
from gis_app.intake.options import ImportOptions
from gis_app.intake.problem import Problem

HEADER = "水井编号,行政区划代码,经度,纬度"


@pytest.fixture
def districts(desk: Desk, tmp_path: Path) -> Desk:
    """Two districts side by side, near Yangquan."""
    frame = geopandas.GeoDataFrame(
        {"name": ["示例城区", "示例郊区"], "area_code": ["140302", "140311"]},
        geometry=[shapely.box(113.5, 37.8, 113.6, 37.9), shapely.box(113.6, 37.8, 113.7, 37.9)],
        crs=4490,
    )
    frame.to_file(tmp_path / "districts.gpkg")
    options = ImportOptions(layer="district", constants={"valid_from": "2020-01-01"})
    preview = journey.preview(desk, tmp_path / "districts.gpkg", options)
    journey.commit(desk, preview.batch_id)
    return desk


def found(desk: Desk, path: Path, **options: object) -> list[Problem]:
    preview = journey.preview(desk, path, ImportOptions(layer="well", **options))
    problems = journey.problems(desk.engine, preview.batch_id)
    return [p for p in problems if p.level != "info"]


def test_a_well_in_its_district_passes_by_county_and_by_city_code(
    districts: Desk, csv_file
) -> None:
    path = csv_file(HEADER, "W1,140302,113.55001,37.85001", "W2,1403,113.65001,37.85001",
                    "W3,,113.65002,37.85001", "W4,140302001,113.55002,37.85001")  # fmt: skip
    assert found(districts, path) == []


def test_a_blank_area_code_is_that_of_the_only_district_a_new_well_lies_in_and_it_is_told(
    districts: Desk, csv_file
) -> None:
    rows = ["W1,,113.55001,37.85001", "W2,,113.6,37.85001", "W3,1403,113.65001,37.85001"]
    preview = journey.preview(districts, csv_file(HEADER, *rows), ImportOptions(layer="well"))
    told = journey.problems(districts.engine, preview.batch_id)
    assert [(p.row, p.code, p.value) for p in told if p.code == "area_code_filled"] == [
        (1, "area_code_filled", "140302")
    ]
    assert [(p.row, p.level) for p in told if p.code == "area_code_blank"] == [(2, "warn")]
    journey.commit(districts, preview.batch_id)
    held = "select code, area_code from gis.well order by code"
    assert codes(districts, held) == [("W1", "140302"), ("W2", None), ("W3", "1403")]
    again = csv_file("水井编号,经度,纬度", "W3,113.65002,37.85001", name="moved.csv")
    refresh = journey.preview(districts, again, ImportOptions(layer="well", update="code"))
    journey.commit(districts, refresh.batch_id)
    assert codes(districts, held)[2] == ("W3", "1403")


def codes(desk: Desk, sql: str) -> list[tuple[object, ...]]:
    with desk.engine.connect() as conn:
        return [tuple(row) for row in conn.execute(text(sql))]


def test_a_well_outside_every_district_is_refused_unless_anywhere(
    districts: Desk, csv_file
) -> None:
    path = csv_file(HEADER, "W1,140302,115.00001,39.00001")
    assert [(p.code, p.level) for p in found(districts, path)] == [("outside_districts", "refuse")]
    assert found(districts, path, anywhere=True) == []


def test_a_well_in_another_district_than_it_says_is_named(districts: Desk, csv_file) -> None:
    path = csv_file(HEADER, "W1,140302,113.65001,37.85001", "W2,999999,113.65002,37.85001")
    problems = found(districts, path)
    assert [(p.row, p.code, p.level) for p in problems] == [
        (1, "wrong_district", "warn"),
        (2, "area_code_unknown", "warn"),
    ]
    assert "示例郊区 140311" in problems[0].zh


def test_a_gcj_offset_is_suspected_with_both_positions_and_nothing_moved(
    districts: Desk, csv_file
) -> None:
    shown = gcj02(113.5975, 37.85)  # 600 m east of the truth: over the district line
    path = csv_file(HEADER, f"W1,140302,{shown.lon:.6f},{shown.lat:.6f}")
    problem = found(districts, path)[0]
    assert (problem.code, problem.level) == ("gcj02_suspected", "warn")
    assert f"{shown.lon:.6f}" in problem.zh
    assert "113.5975" in problem.zh
    assert "未作改动" in problem.zh


def test_the_wrong_zone_is_suspected_where_another_lands_inside(districts: Desk, csv_file) -> None:
    path = csv_file("水井编号,东坐标,北坐标", "W1,39461000.5,4191000.5")  # zone 38 is meant
    problem = found(districts, path)[0]
    assert (problem.code, problem.level) == ("wrong_zone", "refuse")


def test_a_zone_that_touches_no_district_is_refused(districts: Desk, tmp_path: Path) -> None:
    frame = geopandas.GeoDataFrame(
        {"name": ["远区", "近区"]},
        geometry=[shapely.box(110, 30, 110.1, 30.1), shapely.box(113.58, 37.7, 113.62, 37.85)],
        crs=4490,
    )
    frame.to_file(tmp_path / "zones.gpkg")
    preview = journey.preview(
        districts, tmp_path / "zones.gpkg", ImportOptions(layer="recharge_area")
    )
    problems = journey.problems(districts.engine, preview.batch_id)
    refused = [(p.code, p.label) for p in problems if p.level == "refuse"]
    assert refused == [("outside_districts", "远区")]
