"""A pre-check through the client says what the service says, and prints what it prints."""

import geopandas as gpd
import pytest
from shapely import Point

from gis_app.errors import BadInput

ASKED = {"use": "industry", "annual_m3": 30_000}


@pytest.fixture(scope="module")
def told(gis):
    return gis.precheck((113.6, 37.9), **ASKED)


def test_it_is_the_answer_of_the_service(gis, told, service):
    body = {"geometry": {"type": "Point", "coordinates": [113.6, 37.9]}, "kind": "new", **ASKED}
    want = gis._http.post("/precheck", body)
    assert (told.outcome, str(told.on)) == (want["outcome"]["key"], want["on"])
    for part in ("grounds", "conditions", "unknown", "exempt"):
        assert list(getattr(told, part)["rule"]) == [each["rule"] for each in want[part]]
    assert told.nearest["distance_m"].tolist() == [each["distance_m"] for each in want["nearest"]]
    shown = told._repr_html_()
    assert want["outcome"]["zh"] in shown
    assert told.permit == want["permit"]
    assert want["permit"]["zh"] in shown
    assert all(each["sentence_zh"] in shown for each in want["grounds"])


def test_a_place_is_a_pair_a_shape_or_a_row(gis, told):
    row = gpd.GeoDataFrame(geometry=[Point(113.6, 37.9)], crs=4490).to_crs(4547)
    for place in (Point(113.6, 37.9), row):
        same = gis.precheck(place, **ASKED)
        assert list(same.grounds["rule"]) == list(told.grounds["rule"])
    assert row.crs == 4547
    for wrong in ("here", (1, 2, 3), row.set_crs(None, allow_override=True)):
        with pytest.raises(BadInput):
            gis.precheck(wrong)
    with pytest.raises(BadInput, match="kind"):
        gis.precheck((113.6, 37.9), "strange")


def test_its_page_is_saved_as_html_and_pdf(told, tmp_path):
    page = told.save(tmp_path / "new" / "precheck.html").read_text(encoding="utf-8")
    assert told.outcome_zh in page
    assert told.save(tmp_path / "precheck.pdf").read_bytes().startswith(b"%PDF")
    with pytest.raises(BadInput, match="pdf"):
        told.save(tmp_path / "precheck.docx")
