"""A preview tells how the file was understood, and what it would write where."""

import json
from pathlib import Path

import geopandas
import orjson
import pytest
import shapely

from gis_app.errors import BadInput, Conflict
from gis_app.intake import batch as journey
from gis_app.intake import staged
from gis_app.intake.batch import Desk
from gis_app.intake.options import ImportOptions
from tests.world import square

HEADER = "水井编号,水井名称,经度,纬度,备注二"
ROWS = ["W1,一号井,113.580001,37.860001,甲", "W2,二号井,113.580101,37.860101,乙"]
ANY = ImportOptions(layer="")


def zones(folder: Path, name: str = "禁采区.geojson", **columns: list[object]) -> Path:
    """A file of one zone for each value of the columns."""
    shapes = [square(1000 * n, 0, 500) for n in range(len(next(iter(columns.values()))))]
    frame = geopandas.GeoDataFrame(columns, geometry=shapes, crs=4490)
    frame.to_file(folder / name, driver="GeoJSON")
    return folder / name


def test_the_headers_of_wells_are_enough_to_guess_wells(desk: Desk, csv_file) -> None:
    made = journey.preview(desk, csv_file(HEADER, *ROWS, name="表一.csv"), ANY)
    read = made.report["read"]
    assert (made.layer, read["layer_guessed"]) == ("well", True)
    assert read["headers"] == HEADER.split(",")
    assert read["columns"]["code"] == "水井编号"
    assert read["coordinates"] == {"lon": "经度", "lat": "纬度"}
    assert (read["crs_by"], read["encoding_by"]) == ("assumed", "found")


def test_the_name_of_a_file_tells_which_of_many_alike_layers_it_is(desk: Desk, tmp_path) -> None:
    made = journey.preview(desk, zones(tmp_path, name_=["甲"], 名称=["甲"]), ANY)
    assert made.layer == "prohibited_zone"


def test_what_nothing_tells_apart_is_asked_for(desk: Desk, tmp_path) -> None:
    path = zones(tmp_path, "图形.geojson", 名称=["甲"])
    with pytest.raises(BadInput, match="prohibited_zone（禁止开采区）"):
        journey.preview(desk, path, ANY)
    told = journey.preview(desk, path, ImportOptions(layer="禁采区"))
    assert told.report["read"]["layer_guessed"] is False


def test_a_field_may_be_told_to_take_no_column(desk: Desk, csv_file) -> None:
    path = csv_file(HEADER, *ROWS)
    made = journey.preview(desk, path, ImportOptions(layer="well", mapping={"name": ""}))
    assert "name" not in made.report["read"]["columns"]
    (about,) = [p for p in journey.problems(desk.engine, made.batch_id, ("unknown_column",))
                if p.column == "水井名称"]  # fmt: skip
    assert about.level == "info"


def test_what_would_be_draft_and_what_law_is_counted(desk: Desk, tmp_path) -> None:
    path = zones(tmp_path, 名称=["甲", "乙"], 生效日期=["2020-01-01", None])
    told = journey.preview(desk, path, ANY).report["read"]["law_status"]
    assert told == {"approved": 1, "draft": 1}
    constants = {"law_status": "draft"}
    drafts = journey.preview(desk, path, ImportOptions(layer="禁采区", constants=constants))
    assert drafts.report["read"]["law_status"] == {"draft": 2}


def test_the_rows_of_a_preview_are_shown_with_their_shapes_until_it_is_committed(
    desk: Desk, tmp_path
) -> None:
    made = journey.preview(desk, zones(tmp_path, 名称=["甲", "乙"]), ANY)
    path = desk.staged(made.batch_id)
    told = staged.features(made, path, 1)
    assert (told["numberMatched"], told["numberReturned"]) == (2, 1)
    (feature,) = told["features"]
    assert feature["properties"] == {"name": "甲", "law_status": "draft"}
    shape = shapely.geometry.shape(json.loads(orjson.dumps(feature))["geometry"])
    assert shape.symmetric_difference(square(0, 0, 500)).area < 1e-12
    both = square(0, 0, 500).union(square(1000, 0, 500))
    assert told["bbox"] == pytest.approx(both.bounds)
    done = journey.commit(desk, made.batch_id)
    with pytest.raises(Conflict, match="已不是预览"):
        staged.features(done, path, 1)


def test_shapes_with_very_many_corners_come_a_few_at_a_time(
    desk: Desk, tmp_path, monkeypatch
) -> None:
    made = journey.preview(desk, zones(tmp_path, 名称=["甲", "乙", "丙"]), ANY)
    for most, shown in ((1, 1), (10, 2), (15, 3)):
        monkeypatch.setattr(staged, "MOST_CORNERS", most)
        told = staged.features(made, desk.staged(made.batch_id), 100)
        assert (told["numberReturned"], told["numberMatched"]) == (shown, 3)


def test_records_without_a_place_are_shown_too(desk: Desk, csv_file) -> None:
    path = csv_file("名称,类型", "示例厂,企业", name="水表.csv")
    options = ImportOptions(layer="meter", mapping={"serial": "名称"})
    made = journey.preview(desk, path, options)
    told = staged.features(made, desk.staged(made.batch_id), 10)
    assert "bbox" not in told
    assert all(feature["geometry"] is None for feature in told["features"])
