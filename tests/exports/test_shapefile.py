"""Zipped shapefiles: both encodings, short names, and nothing lost in silence."""

import zipfile

import pytest

from gis_app.errors import BadInput
from gis_app.export import as_shapefile, write
from gis_app.export.short_names import shortened
from gis_app.store import exports, items
from tests.exports.conftest import LAW, LONG, RARE
from tests.exports.readers import inside, read_zip
from tests.world import add_well


def zipped(conn, folder, collection="well", encoding=None):
    told = exports.table(conn, LAW.collection(collection), items.Query(), 5)
    (path,) = write(told, folder / f"{collection}.zip", encoding)
    return path


def test_a_gbk_shapefile_says_so_and_is_read_by_its_cpg(world, tmp_path):
    path = zipped(world, tmp_path, encoding="gbk")
    with zipfile.ZipFile(path) as archive:
        assert archive.read("well.cpg") == b"GBK"
        raw = archive.read("well.dbf")
    assert "示例井".encode("gbk") in raw
    assert "示例井".encode() not in raw
    kept = {row["code"]: row for row in read_zip(path).rows}
    assert kept["W01"]["name"] == "示例井"
    assert kept["W01"]["owner"] == "示例“水务”公司"


def test_a_utf_8_shapefile_says_so(world, tmp_path):
    path = zipped(world, tmp_path)
    with zipfile.ZipFile(path) as archive:
        assert archive.read("well.cpg") == b"UTF-8"
        assert "China_2000" in archive.read("well.prj").decode()


@pytest.mark.parametrize(("encoding", "kept_bytes"), [("utf-8", 252), ("gbk", 254)])
def test_what_is_cut_stands_in_full_beside_it(world, tmp_path, encoding, kept_bytes):
    path = zipped(world, tmp_path, encoding=encoding)
    kept = {row["code"]: row for row in read_zip(path).rows}
    cut = kept["long"]["remark"]
    assert LONG.startswith(cut)
    assert len(cut.encode(encoding)) == kept_bytes
    listed = {(row["well_id"], row["column"]): row["text"] for row in inside(path, "cut.csv")}
    expected = {(str(kept["long"]["well_id"]), "remark"): LONG}
    if encoding == "gbk":
        assert kept["rare"]["name"] == "示例?井"
        expected[str(kept["rare"]["well_id"]), "name"] = RARE
    assert listed == expected


def test_a_formula_in_the_list_of_cuts_is_made_harmless(conn, tmp_path):
    add_well(conn, "F", 0, 0, remark="=1+" + "1" * 300)
    (row,) = inside(zipped(conn, tmp_path), "cut.csv")
    assert row["text"] == "'=1+" + "1" * 300


def test_nothing_cut_is_no_list_of_cuts(world, tmp_path):
    with zipfile.ZipFile(zipped(world, tmp_path, "overdraft_zone")) as archive:
        assert "cut.csv" not in archive.namelist()


def test_points_and_polygons_are_a_shapefile_each(world, tmp_path):
    with zipfile.ZipFile(zipped(world, tmp_path, "site")) as archive:
        names = {n for n in archive.namelist() if n.endswith(".shp")}
    assert names == {"site_point.shp", "site_polygon.shp"}


def test_short_names_are_told_apart_and_keep_their_units():
    for collection in (*LAW.layers.values(), *LAW.registers.values()):
        short = shortened(f.name for f in collection.all_fields)
        assert len({s.lower() for s in short.values()}) == len(short)
        assert all(len(s.encode()) <= 10 for s in short.values())
    assert shortened(["annual_permitted_m3", "annual_permanent_m3", "code"]) == {
        "annual_permitted_m3": "ann_per_m3", "annual_permanent_m3": "ann_per__2", "code": "code",
    }  # fmt: skip


def test_more_than_two_gigabytes_are_refused_with_the_way_out(world, tmp_path, monkeypatch):
    monkeypatch.setattr(as_shapefile, "LARGEST", 20_000)
    with pytest.raises(BadInput, match="gpkg or parquet"):
        zipped(world, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_another_encoding_is_refused_with_those_there_are(world, tmp_path):
    with pytest.raises(BadInput, match="utf-8, gbk"):
        zipped(world, tmp_path, encoding="latin-1")
