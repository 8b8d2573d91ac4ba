"""Each format read back by another reader and compared with the database, value by value."""

from datetime import UTC, date, datetime
from math import isclose

import geopandas
import pandas as pd
import pytest
import shapely

from gis_app.errors import BadInput
from gis_app.export import FORMATS, Table, by_suffix, write
from gis_app.export.table import batch
from gis_app.field import Field
from gis_app.intake import typed
from gis_app.store import exports, items
from tests.exports.conftest import LAW, truth
from tests.exports.readers import read

ALL = list(FORMATS.values())
# formats in which an empty text is a blank
_BLANK = {"csv", "xlsx", "kml", "shp"}
PLACED = ("well", "overdraft_zone", "site")
CASES = [
    pytest.param(form, collection, id=f"{form.key}-{collection}")
    for form in ALL
    for collection in (*PLACED, *([] if form.places_only else ["permit"]))
]


def export(conn, collection, folder, form, query=None):
    """A collection as a file, in small batches; its kinds by name and the file."""
    told = exports.table(conn, LAW.collection(collection), query or items.Query(), 5)
    kinds = {f.name: f.kind for f in told.fields}
    path, *_ = write(told, folder / f"{collection}{form.suffix}")
    return kinds, path


def alike(kept, held, form):
    """Whether a file kept what the database holds, as far as its format can."""
    if form.key in _BLANK and held in {"", None}:
        return kept in {"", None}
    if isinstance(held, float):
        return kept is not None and isclose(kept, held, rel_tol=1e-14, abs_tol=1e-15)
    if isinstance(held, str) and form.key == "shp":  # a DBF pads texts with blanks
        return held.rstrip(" ").startswith(kept or "") and len((kept or "").encode()) <= 254
    if isinstance(held, str) and form.key == "kml":  # GDAL's reader takes the blanks away
        return kept == held.strip(" ")
    if isinstance(held, str) and form.key == "csv" and kept.startswith("'"):
        return kept in {held, f"'{held}"}
    return kept == held


def same_place(kept, held):
    """Whether two places are one within 1e-9 degrees; a polygon may be given as one of many."""
    parts = [sorted(shapely.get_parts(p.normalize()), key=str) for p in (kept, held)]
    assert len(parts[0]) == len(parts[1])
    return all(shapely.equals_exact(*pair, 1e-9) for pair in zip(*parts, strict=True))


@pytest.mark.parametrize(("form", "collection"), CASES)
def test_every_row_comes_back_once_with_its_values_and_its_place(world, tmp_path, form, collection):
    kinds, path = export(world, collection, tmp_path, form)
    found, held = read(path, kinds), truth(world, collection)
    assert found.columns == list(kinds)
    key = found.columns[0]
    kept = found.by(key)
    assert sorted(kept) == sorted(held)
    attrs = next(iter(held.values())).get("attrs", {})
    for number, row in held.items():
        mine, place = kept[number]
        for name in found.columns[1:]:
            value = row["attrs"].get(name) if attrs and name in row["attrs"] else row.get(name)
            assert alike(mine[name], value, form), (number, name, mine[name], value)
        if row["wkb"] is None:
            assert place is None
        else:
            where = shapely.from_wkb(row["wkb"])
            assert same_place(place, where)


@pytest.mark.parametrize(("form", "collection"), CASES)
def test_an_empty_collection_has_all_its_columns(conn, tmp_path, form, collection):
    kinds, path = export(conn, collection, tmp_path, form)
    if form.key in {"geojson", "kml"}:  # columns are of features; KML declares them all the same
        text = path.read_text(encoding="utf-8")
        declared = [name for name in kinds if f'name="{name}"' in text]
        assert declared == (list(kinds) if form.key == "kml" else [])
        return
    found = read(path, kinds)
    assert found.columns == list(kinds)
    assert found.rows == []


@pytest.mark.parametrize("form", [f for f in ALL if f.places_only], ids=lambda f: f.key)
def test_records_without_places_are_refused_where_a_format_holds_nothing_else(
    world, tmp_path, form
):
    with pytest.raises(BadInput, match="parquet, gpkg, csv, xlsx, geojson") as error:
        export(world, "permit", tmp_path, form)
    assert "没有位置" in error.value.zh
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_suffix_is_refused_with_those_there_are(tmp_path):
    with pytest.raises(BadInput, match=r"\.kml"):
        by_suffix(tmp_path / "list.docx")


def test_a_query_selects_what_is_written(world, tmp_path):
    query = items.Query(equal={"name": "示例井"}, properties=("code", "depth_m"))
    kinds, path = export(world, "well", tmp_path, FORMATS["csv"], query)
    found = read(path, kinds)
    assert found.columns == ["well_id", "code", "depth_m"]
    assert [row["code"] for row in found.rows] == ["W01", "W05", "W09", "W13"]
    every = items.Query(start=date.min, end=date.max)
    kinds, path = export(world, "overdraft_zone", tmp_path, FORMATS["csv"], every)
    assert len(read(path, kinds).rows) == 3


@pytest.mark.parametrize("collection", [*LAW.layers, *LAW.registers])
def test_every_collection_has_its_units_in_the_names_of_its_columns(conn, collection):
    told = exports.table(conn, LAW.collection(collection), items.Query())
    spelled = {"m3/d": "m3d", "m3/s": "m3s", "m3/kWh": "m3_per_kwh", "%": "pct", "kWh": "kwh"}
    for field in told.fields:
        if field.unit == "deg":
            assert field.name.endswith(("lon", "lat"))
        elif field.unit and field.name != "m3_per_output":
            assert f"_{field.name}".endswith("_" + spelled.get(field.unit, field.unit))
    for form in ALL:
        if not (form.places_only and told.geometry == "none"):
            assert b"".join(form.write(told.over([]), None))


@pytest.mark.parametrize("key", sorted(FORMATS))
def test_an_instant_is_carried_by_every_format(key, tmp_path):
    at = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
    fields = (Field(name="code", zh="编号", en="code"),
              Field(name="seen_at", zh="时刻", en="seen at", kind="instant"))  # fmt: skip
    table = Table(name="seen", zh="所见", en="seen", fields=fields, geometry="point", batches=())
    row = ("A", at, shapely.to_wkb(shapely.Point(113.6, 37.9)))
    blank = ("B", None, row[2])
    form = FORMATS[key]
    path = tmp_path / f"seen{form.suffix}"
    write(table.over([batch([row, blank], table.schema())]), path)
    if form.suffix == ".xlsx":
        told = str(pd.read_excel(path, dtype=str, engine="calamine").loc[0, "seen_at"])
    elif form.suffix == ".csv":
        told = str(pd.read_csv(path, dtype=str).loc[0, "seen_at"])
    elif form.suffix == ".parquet":
        told = str(pd.read_parquet(path).loc[0, "seen_at"])
    else:
        told = str(geopandas.read_file(path).iloc[0]["seen_at"])
    assert "2024-05-06" in told
    assert "07:08:09" in told
    read = typed.column(pd.Series([at, None], dtype=object), fields[1])
    assert read.to_pylist() == [at, None]
