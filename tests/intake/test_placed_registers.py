"""Registers with a place and without one, and the coordinate system that a batch keeps."""

from pathlib import Path

import geopandas
import pytest
import shapely
from sqlalchemy import text

from gis_app.crs import gcj02
from gis_app.errors import BadInput
from gis_app.intake import batch as journey
from gis_app.intake.batch import Desk
from gis_app.intake.options import ImportOptions
from tests.intake.rooms import said
from tests.world import square


def test_a_record_needs_no_place_and_says_when_one_is_left_out(desk: Desk, tmp_path: Path) -> None:
    frame = geopandas.GeoDataFrame({"证号": ["A"]}, geometry=[shapely.Point(113.6, 37.9)], crs=4490)
    frame.to_file(tmp_path / "permits.gpkg")
    made = journey.preview(desk, tmp_path / "permits.gpkg", ImportOptions(layer="permit"))
    assert (made.report["refused"], made.report["new"]) == (0, 1)
    assert [p["code"] for p in made.report["problems"]] == ["geometry_left_out"]
    assert "crs" not in made.report
    assert journey.commit(desk, made.batch_id).report["inserted"] == 1


SHAPES = "项目编号,场地类型,经度,纬度,WKT"
SQUARE = "POLYGON((113.6 37.9,113.61 37.9,113.61 37.91,113.6 37.9))"


def placed(desk: Desk) -> dict[str, str]:
    with desk.engine.connect() as conn:
        rows = conn.execute(text("select code, st_asewkt(geom, 4) from gis.site order by code"))
        return {row[0]: row[1] for row in rows}


def test_a_site_is_a_point_or_a_polygon_by_columns_wkt_or_shapes(
    desk: Desk, csv_file, tmp_path: Path
) -> None:
    lines = ["S1,矿山,113.60012,37.90045,", f'S2,矿山,,,"{SQUARE}"',
             f'S3,矿山,113.6,37.9,"SRID=4490;{SQUARE}"']  # fmt: skip
    made = journey.preview(desk, csv_file(SHAPES, *lines), ImportOptions(layer="site"))
    assert made.report["crs"] == "EPSG:4490"
    journey.commit(desk, made.batch_id)
    frame = geopandas.GeoDataFrame(
        {"code": ["S4", "S5"], "kind": ["landfill", "mine"]},
        geometry=[shapely.Point(113.7, 37.8), shapely.from_wkt(SQUARE)], crs=4326,
    )  # fmt: skip
    frame.to_file(tmp_path / "sites.geojson")
    drawn = journey.preview(desk, tmp_path / "sites.geojson", ImportOptions(layer="site"))
    assert drawn.report["crs"] == "EPSG:4326"
    journey.commit(desk, drawn.batch_id)
    multi = f"SRID=4490;MULTI{SQUARE.replace('((', '(((').replace('))', ')))')}"
    assert placed(desk) == {
        "S1": "SRID=4490;POINT(113.6001 37.9004)",
        **dict.fromkeys(("S2", "S3", "S5"), multi),
        "S4": "SRID=4490;POINT(113.7 37.8)",
    }


def test_what_is_no_place_of_a_site_is_refused(desk: Desk, csv_file) -> None:
    lines = [
        'S1,矿山,,,"LINESTRING(113.6 37.9,113.61 37.9)"',
        "S2,矿山,,,半山坡上",
        "S3,矿山,,,",
        'S4,矿山,,,"POLYGON((113.6 37.9,113.61 37.91,113.61 37.9,113.6 37.91,113.6 37.9))"',
        'S5,矿山,,,"POINT(37.9 113.6)"',
    ]
    found = {
        p.row: p.code for p in said(desk, csv_file, "site", SHAPES, *lines) if p.level == "refuse"
    }
    assert found == {1: "wrong_geometry_type", 2: "bad_wkt", 3: "null_geometry",
                     4: "invalid_geometry", 5: "swapped_axes"}  # fmt: skip
    with pytest.raises(BadInput, match="wkt"):
        said(desk, csv_file, "site", "项目编号,场地类型", "S1,矿山")


def test_a_refresh_without_a_place_leaves_it_and_with_one_moves_it_and_back(
    desk: Desk, csv_file
) -> None:
    first = journey.preview(
        desk, csv_file(SHAPES, "S1,矿山,113.60012,37.90045,"), ImportOptions(layer="site")
    )
    journey.commit(desk, first.batch_id)
    before = placed(desk)
    update = ImportOptions(layer="site", update="code")
    renamed = journey.preview(desk, csv_file("项目编号,名称", "S1,示例", name="n.csv"), update)
    journey.commit(desk, renamed.batch_id)
    assert placed(desk) == before
    path = csv_file(SHAPES, f'S1,,,,"{SQUARE}"', name="moved.csv")
    moved = journey.commit(desk, journey.preview(desk, path, update).batch_id)
    assert "POLYGON" in placed(desk)["S1"]
    journey.undo(desk, moved.batch_id)
    assert placed(desk) == before


@pytest.mark.parametrize(
    ("sheet", "kept"),
    [
        (("经度,纬度", "113.60001,37.90001", None), ("EPSG:4490", "cgcs2000")),
        (("经度,纬度", "113.60001,37.90001", "EPSG:4326"), ("EPSG:4326", "wgs84")),
        (("东坐标,北坐标", "38463040.5,4190000.5", None), ("EPSG:4526", "cgcs2000")),
        (("东坐标,北坐标", "463040.5,4190000.5", "EPSG:4547"), ("EPSG:4547", "cgcs2000")),
        (("经度,纬度,坐标系", "113.60001,37.90001,WGS84", None), ("EPSG:4326", "wgs84")),
        (("经度,纬度,坐标系", "113.60001,37.90001,CGCS2000", None), ("EPSG:4490", "cgcs2000")),
        (("经度,纬度,坐标系", "113.60001,37.90001,火星坐标", None), ("GCJ-02", "gcj02")),
        (("经度,纬度,坐标系", "113.60001,37.90001,百度", None), ("BD-09", "bd09")),
        (("经度,纬度,坐标系", "113.60001,37.90001,西安80", None), ("Xian 1980", "xian80")),
        (("经度,纬度,坐标系", "113.60001,37.90001,北京54", None), ("Beijing 1954", "beijing54")),
    ],
)
@pytest.mark.parametrize("layer", ["well", "site"])
def test_the_batch_keeps_the_coordinate_system_of_the_file(
    desk: Desk, csv_file, layer, sheet, kept
) -> None:
    header, line, crs = sheet
    path = csv_file(f"编号,类型,{header}", f"X1,{'矿山' if layer == 'site' else '管井'},{line}")
    made = journey.preview(desk, path, ImportOptions(layer=layer, crs=crs))
    assert made.report["crs"] == kept[0]
    with desk.engine.connect() as conn:
        asked = text("select gis.coordinate_system(report ->> 'crs') from gis.batch")
        assert conn.execute(asked).scalar_one() == kept[1]


def test_the_coordinate_system_is_that_of_the_rows_which_are_kept(desk: Desk, csv_file) -> None:
    shown = gcj02(113.6, 37.9)
    lines = ["W1,113.60001,37.90001,CGCS2000", f"W2,{shown.lon:.6f},{shown.lat:.6f},高德"]
    path = csv_file("编号,经度,纬度,坐标系", *lines)
    made = journey.preview(desk, path, ImportOptions(layer="well"))
    assert (made.report["crs"], made.report["refused"]) == ("EPSG:4490", 1)


def test_a_zone_file_keeps_its_coordinate_system_too(desk: Desk, tmp_path: Path) -> None:
    frame = geopandas.GeoDataFrame({"name": ["甲"]}, geometry=[square(0, 0, 500)], crs=4490)
    frame.to_crs(4547).to_file(tmp_path / "zone.shp", encoding="utf-8")
    made = journey.preview(desk, tmp_path / "zone.shp", ImportOptions(layer="recharge_area"))
    assert made.report["crs"] == "EPSG:4547"
