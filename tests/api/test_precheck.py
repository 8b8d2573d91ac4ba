"""The pre-check over HTTP: the agreed members, the page, the paper, and errors in two languages."""

import io
import json
import re

import pypdf
import pytest

INSIDE = {"type": "Point", "coordinates": [113.63, 37.90]}
ASKED = {"geometry": INSIDE, "kind": "new", "use": "industry", "annual_m3": 30_000}
FINDING = {
    "rule", "verdict", "verdict_zh", "verdict_en", "answer", "sentence_zh", "sentence_en",
    "clause", "quote", "tier", "tier_zh", "missing", "layer", "zone_id", "inputs",
}  # fmt: skip


def test_the_answer_has_the_agreed_shape(http):
    sent = http.post("/precheck", json={**ASKED, "on": "2024-06-30"})
    assert sent.status_code == 200, sent.text
    assert sent.headers["content-type"] == "application/json"
    found = sent.json()
    assert set(found) == {
        "on", "asked", "place", "outcome", "permit", "grounds", "conditions", "unknown", "exempt",
        "bring", "zones", "nearest", "not_assessed", "unit", "hidden", "text_as_of",
    }  # fmt: skip
    assert found["on"] == "2024-06-30"
    assert found["asked"]["geometry"] == INSIDE
    assert found["asked"]["position_accuracy_m"] == 10
    assert set(found["place"]) == {"lon", "lat", "area_code", "district", "area_m2"}
    assert set(found["outcome"]) == {"key", "zh", "en"}
    assert found["outcome"]["key"] == "refused"
    for each in (*found["grounds"], *found["unknown"]):
        assert set(each) >= FINDING
    assert {f["answer"] for f in found["grounds"]} == {"applies"}
    assert {f["answer"] for f in found["unknown"]} == {"indeterminate"}
    assert all(set(each) == {"name", "zh", "en"} for each in found["bring"])
    names = [each["name"] for each in found["bring"]]
    assert len(names) == len(set(names))


def test_zones_nearest_limits_and_gaps_are_told_by_layer(http):
    found = http.post("/precheck", json=ASKED).json()
    titled = {"layer", "layer_zh", "layer_en", "name", "inside"}
    assert all(set(z) >= titled | {"grade", "edge_m", "tolerance_m"} for z in found["zones"])
    assert all(
        set(n) >= titled | {"zone_id", "distance_m", "bearing_deg"} for n in found["nearest"]
    )
    layers = [n["layer"] for n in found["nearest"]]
    assert len(layers) == len(set(layers))
    metres = [n["distance_m"] for n in found["nearest"]]
    assert metres == sorted(metres)
    assert max(metres) <= 50_000
    assert all(set(layer) == {"layer", "zh", "en"} for layer in found["not_assessed"])


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({**ASKED, "colour": "red"}, "colour"),
        ({**ASKED, "use": "swimming"}, "irrigation"),
        ({**ASKED, "geometry": {"type": "LineString", "coordinates": [[1, 2], [3, 4]]}}, "Polygon"),
        ({**ASKED, "geometry": {"type": "Point", "coordinates": [37.9, 113.6]}}, "longitude"),
        ({**ASKED, "geometry": {"type": "Polygon", "coordinates": [[[1, 1], [2, 2]]]}}, "ring"),
        ({"kind": "new"}, "geometry"),
        ({"geometry": INSIDE}, "kind"),
        ({**ASKED, "annual_m3": [1]}, "annual_m3"),
        ({**ASKED, "product": "a\u0000b"}, "product"),
        ({**ASKED, "\ud800": 1}, "Unknown"),
        ({**ASKED, "on": "0001-01-01"}, "day"),
        ([], "body"),
    ],
)
def test_what_is_not_understood_is_a_problem_in_two_languages(http, body, named):
    sent = http.post(
        "/precheck", content=json.dumps(body), headers={"content-type": "application/json"}
    )
    assert sent.status_code == 400, sent.text
    assert sent.headers["content-type"] == "application/problem+json"
    problem = sent.json()
    assert named in problem["detail_en"]
    assert re.search("[\u4e00-\u9fff]", problem["detail_zh"])


def test_the_page_comes_by_accept_or_by_its_own_address(http):
    posted = http.post("/precheck", json=ASKED, headers={"accept": "text/html"})
    asked = {"lon": 113.63, "lat": 37.90, "kind": "new", "use": "工业", "annual_m3": "3万"}
    got = http.get("/precheck/page", params=asked)
    for sent in (posted, got):
        assert sent.status_code == 200
        assert sent.headers["content-type"].startswith("text/html")
        assert "default-src 'none'" in sent.headers["content-security-policy"]
    assert posted.text == got.text
    assert "有不予批准的依据" in got.text


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("text/html;q=0.1, application/json", "application/json"),
        ("application/json;q=0.1, application/pdf;q=0.9, text/html;q=0.5", "application/pdf"),
        ("text/html, */*;q=0.8", "text/html"),
        ("text/html;q=0, */*", "application/json"),
        ("text/plain", "application/json"),
    ],
)
def test_what_the_caller_likes_best_is_answered(http, accept, media):
    sent = http.post("/precheck", json=ASKED, headers={"accept": accept})
    assert sent.headers["content-type"].split(";")[0] == media


def test_the_paper_comes_by_accept_and_its_text_can_be_searched(http):
    sent = http.post("/precheck", json=ASKED, headers={"accept": "application/pdf"})
    assert sent.headers["content-type"] == "application/pdf"
    text = pypdf.PdfReader(io.BytesIO(sent.content)).pages[0].extract_text()
    assert "不予批准的依据" in text.replace("\n", "")


@pytest.mark.parametrize(
    "query", ["lat=37.9&kind=new", "lon=x&lat=37.9&kind=new", "lon=113.6&lat=37.9",
              "lon=113.6&lat=37.9&kind=new&colour=red", "lon=nan&lat=37.9&kind=new",
              "lon=113.6&lat=37.9&kind=new&kind=renewal"],
)  # fmt: skip
def test_a_malformed_page_address_is_a_400(http, query):
    sent = http.get(f"/precheck/page?{query}")
    assert sent.status_code == 400
    assert sent.json()["detail_zh"]


def test_the_members_are_documented(http):
    paths = http.get("/openapi.json").json()["paths"]
    body = paths["/precheck"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert {"geometry", "kind", "surface_usable", "on"} <= set(body["properties"])
    assert "replacement" in body["properties"]["kind"]["enum"]
