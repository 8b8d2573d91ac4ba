"""OGC API – Features, Part 1: the assertions of the official suite, by the names it gives them."""

from datetime import datetime
from random import Random

import jsonschema
import pytest
from shapely import box
from shapely.geometry import shape

from tests.conformance import shapes

LAYERS = ["well", "public_supply_coverage", "prohibited_zone", "spring_domain"]


def valid(answer, schema):
    assert answer.status_code == 200, answer.text
    body = answer.json()
    jsonschema.validate(body, schema, format_checker=jsonschema.FormatChecker())
    return body


def by_rel(body, rel):
    return [each for each in body["links"] if each["rel"] == rel]


def followed(http, url):
    """Every feature of all pages from a first one on."""
    found = []
    while url:
        page = http.get(url).json()
        found += page["features"]
        url = next((k["href"] for k in page["links"] if k["rel"] == "next"), None)
    return found


def test_core_http(http):
    assert http.get("/").http_version == "HTTP/1.1"


def test_core_root_success(http):
    body = valid(http.get("/"), shapes.LANDING)
    assert by_rel(body, "service-desc")
    assert by_rel(body, "service-doc")
    assert by_rel(body, "conformance")
    assert by_rel(body, "data")


def test_core_api_definition_success(http):
    for each in by_rel(http.get("/").json(), "service-desc"):
        answer = http.get(each["href"])
        assert answer.status_code == 200
        if "3.0" in each["type"]:
            assert answer.headers["content-type"] == each["type"]
            assert answer.json()["openapi"].startswith("3.0")


def test_core_conformance_success(http):
    body = valid(http.get("/conformance"), shapes.CONFORMANCE)
    core = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf"
    assert {f"{core}/core", f"{core}/geojson", f"{core}/html", f"{core}/oas30"} <= set(
        body["conformsTo"]
    )


def test_core_fc_md_success_links_items_and_crs(http):
    body = valid(http.get("/collections"), shapes.COLLECTIONS)
    assert {k["type"] for k in by_rel(body, "self") + by_rel(body, "alternate")} >= {
        "application/json", "text/html",
    }  # fmt: skip
    for each in body["collections"]:
        if each["itemType"] == "coverage":
            assert by_rel(each, "items") == []
            continue
        assert {k["type"] for k in by_rel(each, "items")} == {"application/geo+json", "text/html"}
        if each["itemType"] == "feature":
            assert each["crs"][0] == "http://www.opengis.net/def/crs/OGC/1.3/CRS84"


def test_core_sfc_md_success_equals_its_entry(http, collections):
    for each in collections:
        assert valid(http.get(f"/collections/{each['id']}"), shapes.COLLECTION) == each
    answer = http.get("/collections/there-is-none")
    assert answer.status_code == 404
    jsonschema.validate(answer.json(), shapes.PROBLEM)


def test_core_fc_response_of_every_collection(http, collections):
    for each in collections:
        (items,) = (k for k in by_rel(each, "items") if k["type"] == "application/geo+json")
        body = valid(http.get(items["href"]), shapes.FEATURES)
        assert body["type"] == "FeatureCollection"
        assert body["numberReturned"] == len(body["features"])
        assert datetime.fromisoformat(body["timeStamp"].replace("Z", "+00:00")).tzinfo
        for rel, kind in (("self", "application/geo+json"), ("alternate", "text/html")):
            assert [k["type"] for k in by_rel(body, rel)] == [kind]
        if body["numberMatched"] <= 10_000:
            assert len(followed(http, items["href"])) == body["numberMatched"]


@pytest.mark.parametrize("layer", LAYERS)
def test_core_fc_bbox_response(http, layer):
    """Six boxes: small ones, the world, across the antimeridian, none."""
    everything = followed(http, f"/collections/{layer}/items?limit=10000")
    rng = Random(7)
    boxes = [(-180, -90, 180, 90), (170, -10, -170, 10), (0, 0, 1, 1)]
    for _ in range(3):
        west, south = rng.uniform(113.2, 113.8), rng.uniform(37.6, 38.1)
        boxes.append((west, south, west + 0.1, south + 0.1))
    for west, south, east, north in boxes:
        asked = f"{west},{south},{east},{north}"
        url = f"/collections/{layer}/items?limit=10000&bbox={asked}"
        found = {f["id"] for f in http.get(url).json()["features"]}
        parts = (
            [box(west, south, east, north)]
            if west < east
            else [box(west, south, 180, north), box(-180, south, east, north)]
        )
        expected = {
            f["id"]
            for f in everything
            if f["geometry"] and any(shape(f["geometry"]).intersects(p) for p in parts)
        }
        assert found == expected, asked


@pytest.mark.parametrize("limit", [1, 2, 10, 1000, 10_000])
def test_core_fc_limit_response(http, limit):
    body = http.get(f"/collections/well/items?limit={limit}").json()
    assert body["numberReturned"] == min(limit, body["numberMatched"])


def test_core_parameter_definitions_of_bbox_limit_and_datetime(http):
    """fc-bbox-definition, fc-limit-definition, fc-time-definition."""
    operation = http.get("/api").json()["paths"]["/collections/{collectionId}/items"]["get"]
    told = {p["name"]: p for p in operation["parameters"]}
    for name in ("bbox", "limit", "datetime"):
        assert told[name]["in"] == "query"
        assert not told[name]["required"]
        assert (told[name]["style"], told[name]["explode"]) == ("form", False)
    assert told["bbox"]["schema"]["items"] == {"type": "number"}
    assert (told["bbox"]["schema"]["minItems"], told["bbox"]["schema"]["maxItems"]) == (4, 6)
    assert told["limit"]["schema"]["type"] == "integer"
    assert told["datetime"]["schema"]["type"] == "string"


SPANS = [
    ("2024-06-30", "2024-06-30"),
    ("2019-01-01/2021-12-31", "2019-01-01 2021-12-31"),
    ("../2020-06-30", "0001-01-01 2020-06-30"),
    ("2031-01-01/..", "2031-01-01 9999-12-31"),
    ("2020-06-29T20:00:00Z", "2020-06-30"),  # in China the next day has begun
    ("9999-12-31T23:59:59Z", "9999-12-31"),
    ("0001-01-01T00:00:00%2B14:00", "0001-01-01"),
]


@pytest.mark.parametrize(("asked", "days"), SPANS)
@pytest.mark.parametrize("layer", ["public_supply_coverage", "prohibited_zone"])
def test_core_fc_time_response_holds_what_meets_the_time_and_nothing_else(http, layer, asked, days):
    """Of the features of every day those whose validity (the end not in it) meets the days."""
    first, last = days.split()[0], days.split()[-1]
    everything = followed(http, f"/collections/{layer}/items?datetime=../..&limit=10000")
    expected = {
        f["id"]
        for f in everything
        for told in [f["properties"]]
        if told["valid_from"] <= last and (told["valid_to"] or "9999-12-32") > first
    }
    found = followed(http, f"/collections/{layer}/items?datetime={asked}&limit=10000")
    assert {f["id"] for f in found} == expected


def test_core_fc_time_response_holds_what_was_built_by_then_or_has_no_time(http):
    wells = followed(http, "/collections/well/items?limit=10000")
    built = [w["properties"]["completed_on"] for w in wells]
    day = http.get("/collections/well/items?limit=1&datetime=1990-01-01").json()["numberMatched"]
    assert {type(each) for each in built} == {str, type(None)}
    assert day == sum(each is None or each <= "1990-01-01" for each in built) < len(wells)


@pytest.mark.parametrize(
    "when",
    ["2024-06-30", "2024-06-30T12:00:00Z", "2019-01-01/2024-06-30", "../2024-06-30",
     "2024-06-30/..", "../..", "2024-06-30T00:00:00Z/2024-07-01T00:00:00+08:00"],
)  # fmt: skip
def test_core_fc_time_response(http, when):
    url = f"/collections/public_supply_coverage/items?datetime={when.replace('+', '%2B')}"
    valid(http.get(url), shapes.FEATURES)


@pytest.mark.parametrize("path", ["/layers", "/collections/public_supply_coverage/items/1"])
def test_where_one_day_is_meant_an_interval_is_refused_and_not_read_as_its_first_day(http, path):
    for asked in ("../2020-01-01", "2020-01-01/2021-01-01", "../.."):
        answer = http.get(path, params={"datetime": asked})
        assert answer.status_code == 400, (asked, answer.text[:200])
        assert "one day" in answer.json()["detail_en"]


@pytest.mark.parametrize(
    "query",
    ["limit=unlimited", "limit=0", "limit=-1", "limit=10001", "bbox=1,2,3", "bbox=a,b,c,d",
     "datetime=yesterday", "datetime=2024-01-01/2023-01-01", "unknownQueryParameter4711=1",
     "crs=nowhere", "filter=", "filter=colour%3D1", "sortby=colour", "properties=colour", "f=xml"],
)  # fmt: skip
def test_core_query_param_invalid_and_unknown(http, query):
    answer = http.get(f"/collections/well/items?{query}")
    assert answer.status_code == 400, query
    assert answer.headers["content-type"] == "application/problem+json"
    jsonschema.validate(answer.json(), shapes.PROBLEM)


def test_core_query_param_invalid_and_unknown_of_every_collection(http, collections):
    for each in collections:
        for query in ("limit=unlimited", "unknownQueryParameter4711=1", "bbox=1,2", "datetime=x"):
            answer = http.get(f"/collections/{each['id']}/items?{query}")
            assert answer.status_code == 400, (each["id"], query)


def test_core_crs84(http, collections):
    for each in collections:
        for feature in http.get(f"/collections/{each['id']}/items?limit=20").json()["features"]:
            if feature["geometry"]:
                west, south, east, north = shape(feature["geometry"]).bounds
                assert 100 < west <= east < 120  # longitude first: the sample city
                assert 30 < south <= north < 45


def test_core_f_success_and_links_of_every_collection(http, collections):
    seen = 0
    for layer in (each["id"] for each in collections):
        assert http.get(f"/collections/{layer}/items/987654321").status_code == 404
        for first in http.get(f"/collections/{layer}/items?limit=1").json()["features"]:
            body = valid(http.get(f"/collections/{layer}/items/{first['id']}"), shapes.FEATURE)
            assert body["id"] == first["id"]
            assert {k["type"] for k in by_rel(body, "self")} == {"application/geo+json"}
            assert {k["type"] for k in by_rel(body, "alternate")} == {"text/html"}
            assert {k["type"] for k in by_rel(body, "collection")} == {
                "application/json", "text/html",
            }  # fmt: skip
            for each in body["links"]:
                assert http.get(each["href"]).status_code == 200
            seen += 1
    assert seen > 20


def test_selection_sorting_and_no_geometry(http):
    url = "/collections/well/items?limit=50&properties=code,depth_m&sortby=-depth_m"
    features = http.get(url + "&skipGeometry=true").json()["features"]
    assert all(set(f["properties"]) == {"code", "depth_m"} for f in features)
    assert all(f["geometry"] is None for f in features)
    depths = [f["properties"]["depth_m"] for f in features]
    assert depths == sorted(depths, reverse=True)


def test_html_of_every_resource(http, collections):
    for path in ("/", "/conformance", "/collections", "/api"):
        answer = http.get(path, headers={"Accept": "text/html"})
        assert answer.headers["content-type"].startswith("text/html")
    for each in collections:
        for path in ("", "/items", "/schema", "/queryables"):
            answer = http.get(f"/collections/{each['id']}{path}", params={"f": "html"})
            assert answer.status_code == 200
            assert answer.headers["content-type"].startswith("text/html"), answer.url
