"""Collections and items over HTTP, against the table and against shapely."""

import jsonschema
import pytest
from shapely import box
from shapely.geometry import shape
from sqlalchemy import text


def test_the_landing_page_links_to_everything_and_the_links_answer(http):
    links = http.get("/").json()["links"]
    assert {"self", "service-desc", "conformance", "data"} <= {link["rel"] for link in links}
    for link in links:
        if "map" not in link["href"]:
            assert http.get(link["href"]).status_code == 200, link


def test_another_site_may_read_and_not_write(http):
    elsewhere = {"Origin": "http://localhost:8888"}
    answer = http.get("/collections/well/items?limit=1", headers=elsewhere)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    for method, status in (("GET", 200), ("PUT", 400)):
        asked = {**elsewhere, "Access-Control-Request-Method": method}
        assert http.options("/collections/well/items/1", headers=asked).status_code == status


def test_every_collection_is_listed_and_its_links_answer(http, service):
    listed = http.get("/collections").json()["collections"]
    known = {*service.registry.served, *service.registry.rasters}
    assert {c["id"] for c in listed} == known
    for collection in listed:
        assert http.get(f"/collections/{collection['id']}").json() == collection
        for link in collection["links"]:
            if link["rel"] != "enclosure":  # whole collections as files: see tests/exports
                assert http.get(link["href"]).status_code == 200, link


def test_paging_gives_every_well_once(http, service):
    seen, url, matched = [], "/collections/well/items?limit=400", []
    while url:
        page = http.get(url).json()
        matched += [page["numberMatched"]] if "numberMatched" in page else []
        seen += [f["properties"]["code"] for f in page["features"]]
        assert page["numberReturned"] == len(page["features"]) <= 400
        url = next((k["href"] for k in page["links"] if k["rel"] == "next"), None)
    with service.engine.connect() as conn:
        codes = conn.execute(text("select code from gis.well")).scalars().all()
    assert sorted(seen) == sorted(codes)
    assert matched == [len(codes)]  # counted once, on the first page


def test_bbox_gives_what_shapely_gives(http):
    everything = http.get("/collections/well/items?limit=10000").json()["features"]
    window = box(113.5, 37.85, 113.6, 37.95)
    want = {f["id"] for f in everything if shape(f["geometry"]).intersects(window)}
    got = http.get("/collections/well/items?limit=10000&bbox=113.5,37.85,113.6,37.95").json()
    assert {f["id"] for f in got["features"]} == want
    assert 0 < len(want) < len(everything)


def test_property_filters_are_equalities_and_count_like_the_table(http, service):
    got = http.get("/collections/well/items?status=active&self_supply=true&limit=10000").json()
    with service.engine.connect() as conn:
        want = conn.execute(
            text("select count(*) from gis.well where status = 'active' and self_supply")
        ).scalar_one()
    assert got["numberMatched"] == want > 0
    assert {f["properties"]["status"] for f in got["features"]} == {"active"}


def test_datetime_chooses_the_zones_in_force_on_that_day(http, service):
    with service.engine.connect() as conn:
        for day in ("2016-01-01", "2024-06-30", "2030-01-01"):
            want = conn.execute(
                text(
                    "select count(*) from gis.zone where layer = 'prohibited_zone' and"
                    " gis.binds(law_status, valid_from, valid_to, :d)"
                ),
                {"d": day},
            ).scalar_one()
            got = http.get(f"/collections/prohibited_zone/items?datetime={day}").json()
            assert got["numberMatched"] == want


@pytest.mark.parametrize(
    "query",
    [
        "unknown=1", "limit=0", "limit=ten", "limit=10001", "bbox=1,2,3", "bbox=a,b,c,d",
        "bbox=113,38,114,37", "bbox=0,0,nan,1", "datetime=yesterday", "datetime=2024-13-01",
        "datetime=2025-01-01/2024-01-01", "datetime=..", "status=flying", "depth_m=deep",
        "self_supply=perhaps", "after=-1",
    ],
)  # fmt: skip
def test_a_malformed_or_unknown_parameter_is_a_400_never_everything(http, query):
    answer = http.get(f"/collections/well/items?{query}")
    assert answer.status_code == 400, answer.text
    body = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert body["detail_zh"]
    assert body["detail_en"]


def test_what_is_not_there_is_a_404_with_the_way_out(http):
    for path in (
        "/collections/nothing",
        "/collections/nothing/items",
        "/wells/none/verdict",
        "/collections/well/items/999999999",
        "/audits/999999",
        "/imports/999999",
    ):
        answer = http.get(path)
        assert answer.status_code == 404, path
        assert answer.headers["content-type"] == "application/problem+json"
    assert "prohibited_zone" in http.get("/collections/nothing").json()["detail_en"]


def test_one_feature_is_the_one_of_the_list(http):
    listed = http.get("/collections/spring_domain/items").json()["features"][0]
    single = http.get(f"/collections/spring_domain/items/{listed['id']}").json()
    assert single["geometry"] == listed["geometry"]
    assert single["properties"] == listed["properties"]


def test_the_schema_of_a_collection_is_its_declaration(http, service):
    for layer in service.registry.layers.values():
        told = http.get(f"/collections/{layer.id}/schema").json()
        assert layer.json_schema()["properties"].items() <= told["properties"].items()
        assert told["properties"]["geometry"]["x-ogc-role"] == "primary-geometry"
        found = http.get(f"/collections/{layer.id}/items?limit=5").json()["features"]
        for each in found:
            jsonschema.validate(each["properties"], told)


def test_a_hostile_value_is_only_a_value(http):
    answer = http.get("/collections/well/items", params={"name": "x'; drop table gis.well; --"})
    assert answer.json()["numberMatched"] == 0
    assert http.get("/collections/well/items?limit=1").json()["numberMatched"] > 0
