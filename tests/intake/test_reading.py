"""Every format, encoding and layer is read as it was written."""

import zipfile
from pathlib import Path

import geopandas
import numpy as np
import pandas as pd
import pytest
import shapely
from openpyxl import Workbook

from gis_app.errors import UnknownCrs, UnreadableFile
from gis_app.intake import geometry
from gis_app.intake.read import read

SHAPES = [shapely.box(113.5, 37.8, 113.6, 37.9), shapely.box(113.6, 37.8, 113.7, 37.9)]
NAMES = ["示例城区", "示例矿区（测试）"]


@pytest.fixture
def frame() -> geopandas.GeoDataFrame:
    return geopandas.GeoDataFrame(
        {"name": NAMES, "size": np.array([1, 2], dtype="int32")}, geometry=SHAPES, crs=4490
    )


@pytest.mark.parametrize(
    ("name", "driver"),
    [
        ("zones.gpkg", "GPKG"),
        ("zones.geojson", "GeoJSON"),
        ("zones.kml", "LIBKML"),
        ("zones.gdb", "OpenFileGDB"),
        ("zones.shp", "ESRI Shapefile"),
    ],
)
def test_what_gdal_wrote_is_read_back(
    frame: geopandas.GeoDataFrame, tmp_path: Path, name: str, driver: str
) -> None:
    source = frame.to_crs(4326) if driver in {"GeoJSON", "LIBKML"} else frame
    source.to_file(tmp_path / name, driver=driver)
    table = read(tmp_path / name)
    column = "Name" if "Name" in table.frame else "name"
    assert list(table.frame[column]) == NAMES
    assert shapely.equals_exact(
        shapely.normalize(geometry.to_storage(table)),
        shapely.normalize([shapely.MultiPolygon([s]) if "Multi" in g.geom_type else s
                           for s, g in zip(SHAPES, table.geometry, strict=True)]),
        tolerance=1e-6,
    ).all()  # fmt: skip


def test_a_geoparquet_file_is_read(frame: geopandas.GeoDataFrame, tmp_path: Path) -> None:
    frame.to_parquet(tmp_path / "zones.parquet")
    table = read(tmp_path / "zones.parquet")
    assert list(table.frame["name"]) == NAMES
    assert table.crs is not None
    assert table.crs.to_epsg() == 4490


@pytest.mark.parametrize("name", ["zones.shp", "zones.gdb"])
def test_a_zipped_source_is_read(frame: geopandas.GeoDataFrame, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "parts"
    folder.mkdir()
    frame.to_file(folder / name)
    with zipfile.ZipFile(tmp_path / "packed.zip", "w") as out:
        for part in folder.rglob("*"):
            out.write(part, f"数据/{part.relative_to(folder)}")
    assert list(read(tmp_path / "packed.zip").frame["name"]) == NAMES


def _gbk_shapefile(folder: Path) -> Path:
    """Polygons in Gauss–Krüger zone 38, GBK table, no .cpg: as county offices have them."""
    shapes = geopandas.GeoSeries(SHAPES, crs=4490).to_crs(4526)
    frame = geopandas.GeoDataFrame({"名称": NAMES}, geometry=shapes.to_numpy(), crs=4526)
    frame.to_file(folder / "县界.shp", encoding="gbk")
    (folder / "县界.cpg").unlink()
    return folder / "县界.shp"


def test_a_gbk_table_without_cpg_in_a_gauss_zone_is_read(tmp_path: Path) -> None:
    table = read(_gbk_shapefile(tmp_path))
    assert table.encoding == "gb18030"
    assert list(table.frame["名称"]) == NAMES
    assert np.allclose(shapely.bounds(geometry.to_storage(table)[0]), (113.5, 37.8, 113.6, 37.9))


def test_a_cpg_that_lies_is_refused_with_the_encoding_that_fits(tmp_path: Path) -> None:
    shp = _gbk_shapefile(tmp_path)
    shp.with_suffix(".cpg").write_text("UTF-8")
    with pytest.raises(UnreadableFile, match="--encoding gb18030"):
        read(shp)
    assert list(read(shp, encoding="gb18030").frame["名称"]) == NAMES


def test_a_table_in_no_known_encoding_is_refused_naming_the_option(tmp_path: Path) -> None:
    shp = _gbk_shapefile(tmp_path)
    dbf = shp.with_suffix(".dbf")
    dbf.write_bytes(dbf.read_bytes().replace("示例".encode("gbk"), b"\xff\xff\xff\xff"))
    with pytest.raises(UnreadableFile, match="--encoding"):
        read(shp)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_read_in_its_encoding(csv_file, encoding: str) -> None:
    table = read(csv_file("编号,名称", "001,示例井", encoding=encoding))
    assert table.encoding == encoding
    assert table.frame.iloc[0].tolist() == ["001", "示例井"]


def test_a_csv_in_no_known_encoding_is_refused_naming_the_option(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes("编号,名称\n1,".encode() + b"\xff\xff\n")
    with pytest.raises(UnreadableFile, match="--encoding"):
        read(tmp_path / "x.csv")


def test_a_title_above_the_header_is_skipped_and_blank_lines_keep_the_numbering(csv_file) -> None:
    table = read(csv_file("示例市机井统计表,,", "编号,名称,村", "A1,甲,一村", ",,", "A2,乙,二村"))
    assert list(table.frame.columns) == ["编号", "名称", "村"]
    assert table.rows.tolist() == [1, 3]


def test_a_line_with_more_cells_than_the_header_is_named(csv_file) -> None:
    with pytest.raises(UnreadableFile, match="row 2"):
        read(csv_file("编号,名称", "A1,甲", "A2,乙,丙"))


def test_an_excel_sheet_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "井"
    book.active.append(["水井编号", "井深（米）", "成井日期"])
    book.active.append(["001", 80, pd.Timestamp("2003-05-01")])
    book.create_sheet("说明").append(["填表说明", "略"])
    book.save(tmp_path / "wells.xlsx")
    table = read(tmp_path / "wells.xlsx")
    assert table.frame.iloc[0].tolist() == ["001", "80", "2003-05-01"]
    assert table.other_layers == ("说明",)
    assert read(tmp_path / "wells.xlsx", source_layer="说明").source_layer == "说明"
    with pytest.raises(UnreadableFile, match="说明"):
        read(tmp_path / "wells.xlsx", source_layer="没有")


def test_a_file_of_several_layers_asks_which(frame: geopandas.GeoDataFrame, tmp_path: Path) -> None:
    for layer in ("one", "two"):
        frame.to_file(tmp_path / "two.gpkg", layer=layer)
    with pytest.raises(UnreadableFile, match=r"--source-layer.*one, two"):
        read(tmp_path / "two.gpkg")
    assert read(tmp_path / "two.gpkg", source_layer="two").other_layers == ("one",)


def test_a_file_without_a_crs_is_refused_until_one_is_named(
    frame: geopandas.GeoDataFrame, tmp_path: Path
) -> None:
    frame.to_file(tmp_path / "zones.shp")
    (tmp_path / "zones.prj").unlink()
    with pytest.raises(UnknownCrs, match="--crs"):
        geometry.to_storage(read(tmp_path / "zones.shp"))
    told = read(tmp_path / "zones.shp", crs="EPSG:4490")
    assert np.allclose(shapely.bounds(geometry.to_storage(told)[0])[:2], (113.5, 37.8))


@pytest.mark.parametrize("code", ["EPSG:4610", "EPSG:4214", "EPSG:2383", "EPSG:2435"])
def test_xian_80_and_beijing_54_are_refused_without_parameters(
    frame: geopandas.GeoDataFrame, tmp_path: Path, code: str
) -> None:
    frame.set_crs(code, allow_override=True).to_file(tmp_path / "old.gpkg")
    with pytest.raises(UnknownCrs, match="towgs84"):
        geometry.to_storage(read(tmp_path / "old.gpkg"))


def test_the_two_readers_agree_on_the_same_water_samples(shared: Path) -> None:
    as_csv = read(shared / "data/kwale/water_samples.csv")
    as_xlsx = read(shared / "data/kwale/water_samples.xlsx")
    assert list(as_csv.frame.columns) == list(as_xlsx.frame.columns)
    assert len(as_csv.frame) == len(as_xlsx.frame)
    for name in as_csv.frame.columns:
        left, right = as_csv.frame[name], as_xlsx.frame[name]
        numbers = pd.to_numeric(left, errors="coerce"), pd.to_numeric(right, errors="coerce")
        if numbers[0].notna().any():
            assert np.allclose(*numbers, rtol=1e-12, equal_nan=True), name
        elif name != "date":
            blank = ["", "NA"]
            assert (
                left.fillna("").replace(blank, "").tolist()
                == right.fillna("").replace(blank, "").tolist()
            )
