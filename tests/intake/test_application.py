"""One application as typed or sent: an office's words are read, anything else is refused."""

from datetime import date

import pytest
import shapely

from gis_app.errors import BadInput, UnreadableFile
from gis_app.intake import application
from tests.world import square

HERE = {"type": "Point", "coordinates": [113.6, 37.9]}


def test_an_offices_words_are_understood():
    wanted = application.read({
        "geometry": HERE, "kind": "替代井", "use": "工业", "industry_class": "化工",
        "annual_m3": "3万", "surface_usable": "否", "self_supply": "yes", "on": "2024年6月30日",
    })  # fmt: skip
    assert wanted.facts == {
        "kind": "replacement", "use": "industry", "industry_class": "chemical",
        "annual_m3": 30_000.0, "surface_usable": False, "self_supply": True,
        "position_accuracy_m": 10.0,
    }  # fmt: skip
    assert wanted.on == date(2024, 6, 30)


@pytest.mark.parametrize(
    ("members", "named"),
    [
        ({"kind": "second"}, ("replacement", "替代井")),
        ({"kind": None}, ("new", "新建")),
        ({"use": "swimming"}, ("snowmaking", "人工造雪")),  # every word, the last ones too
        ({"colour": "red"}, ("surface_usable", "annual_m3")),
        ({"annual_m3": -1}, ("annual_m3", "0")),
        ({"annual_m3": "约1000"}, ("一个数", "a number")),
        ({"annual_m3": True}, ("一个数", "a number")),
        ({"self_supply": "perhaps"}, ("是或否", "yes or no")),
        ({"product": "a\nb"}, ("一行文字", "one line of text")),
        ({"product": "\ud800"}, ("一行文字", "one line of text")),
        ({"on": "someday"}, ("2024-06-30", "a day like")),
        ({"on": "9990-12-31"}, ("2200-12-31", "1800-01-01")),
    ],
)
def test_what_is_not_understood_is_refused_with_what_may_be_said(members, named):
    with pytest.raises(BadInput) as wrong:
        application.read({"geometry": HERE, "kind": "new", **members})
    both = wrong.value.zh + wrong.value.en
    assert all(word in both for word in named), both
    both.encode()  # nothing that cannot be sent


@pytest.mark.parametrize(
    ("geometry", "why"),
    [
        (None, "type"),
        ({"type": "LineString", "coordinates": [[1, 2], [3, 4]]}, "Polygon"),
        ({"type": "Point", "coordinates": [37.9, 113.6]}, "longitude comes first"),
        ({"type": "Point", "coordinates": ["a", 1]}, "coordinates"),
        ({"type": "Point", "coordinates": [float("nan"), 1]}, "coordinates"),
        ({"type": "Point", "coordinates": []}, "empty"),
        ({"type": "Polygon", "coordinates": [[[1, 1], [2, 2], [2, 1], [1, 2], [1, 1]]]}, "crosses"),
        ({"type": "Polygon", "coordinates": [[[1, 1], [2, 1], [2, 2]]]}, "ring"),
        (shapely.geometry.mapping(square(0, 0, 90_000)), "50 km"),
        ({**HERE, "crs": {"type": "name", "properties": {"name": "EPSG:3857"}}}, "CGCS2000"),
    ],
)
def test_what_is_no_place_is_refused_with_the_reason(geometry, why):
    with pytest.raises(BadInput, match=why):
        application.read({"geometry": geometry, "kind": "new"})


@pytest.mark.parametrize(
    "content",
    [
        '{"type":"Point","coordinates":[113.6,37.9]}',
        '{"type":"Feature","properties":null,"geometry":{"type":"Point","coordinates":[113.6,37.9]}}',
        '{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":'
        '"urn:ogc:def:crs:EPSG::4490"}},"features":[{"type":"Feature","geometry":'
        '{"type":"Point","coordinates":[113.6,37.9]}}]}',
    ],
)
def test_the_one_place_of_a_geojson_file_is_taken(tmp_path, content):
    path = tmp_path / "parcel.geojson"
    path.write_text(content)
    shape = application.place(application.parcel_in(path))
    assert (shape.x, shape.y) == (113.6, 37.9)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ('{"type":"FeatureCollection","features":[]}', "0 features"),
        ("编号,经度", "Cannot read"),
        ("[1, 2]", "type"),
        ('{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:2435"}},'
         '"features":[{"geometry":{"type":"Point","coordinates":[1,2]},"type":"Feature"}]}',
         "EPSG:2435"),
    ],
)  # fmt: skip
def test_a_file_that_holds_no_one_place_is_refused(tmp_path, content, why):
    path = tmp_path / "parcel.geojson"
    path.write_text(content)
    with pytest.raises((BadInput, UnreadableFile), match=why):
        application.place(application.parcel_in(path))
