"""Formats that can carry it have the codebook inside, where other programs show it."""

import csv
import io
import sqlite3
from contextlib import closing

import pyarrow.parquet as pq
import pyogrio

from gis_app.export import Table, write
from gis_app.layer import Field
from gis_app.store import exports, items
from tests.exports.conftest import LAW


def exported(conn, path, collection="well"):
    return write(exports.table(conn, LAW.collection(collection), items.Query()), path)[0]


def test_a_geopackage_has_it_in_its_metadata_and_in_the_titles_of_its_columns(world, tmp_path):
    path = exported(world, tmp_path / "list.gpkg")
    book = pyogrio.read_info(path)["layer_metadata"]["codebook"]
    told = {row["column"]: row for row in csv.DictReader(io.StringIO(book))}
    assert told["depth_m"]["unit"] == "m"
    with closing(sqlite3.connect(path)) as db:
        titles = dict(db.execute("select column_name, name from gpkg_data_columns"))
        (name,) = db.execute("select description from gpkg_contents").fetchone()
    assert titles["depth_m"] == "井深（米）"
    assert name == "取水井 / Well"


def test_columns_with_one_title_are_told_apart(tmp_path):
    fields = tuple(Field(name=n, zh="（分析者添加的列）", en="added") for n in ("a", "b"))
    table = Table(name="t", zh="表", en="Table", fields=fields, geometry="none", batches=())
    path, _ = write(table, tmp_path / "list.gpkg")
    assert list(pyogrio.read_info(path)["fields"]) == ["a", "b"]


def test_a_parquet_has_the_words_of_each_column(world, tmp_path):
    schema = pq.read_schema(exported(world, tmp_path / "list.parquet"))
    told = schema.field("status").metadata
    assert told[b"zh"].decode() == "应用状况"
    assert "closed=已关闭 closed" in told[b"values"].decode()
    assert schema.field("depth_m").metadata[b"unit"] == b"m"


def test_columns_whose_name_lacks_the_unit_get_it(tmp_path):
    from gis_app.export.table import column

    named = {
        ("depth", "m"): "depth_m",
        ("flow", "m3/d"): "flow_m3_d",
        ("share", "%"): "share_pct",
        ("depth_m", "m"): "depth_m",
        ("discharge_m3s", "m3/s"): "discharge_m3s",
        ("place_lon", "deg"): "place_lon",
        ("bearing", "deg"): "bearing_deg",
        ("name", None): "name",
    }
    for (name, unit), wanted in named.items():
        assert column(Field(name=name, zh="", en="", unit=unit)).name == wanted
