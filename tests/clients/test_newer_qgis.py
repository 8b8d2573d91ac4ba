"""What QGIS 3.32 and newer asks, in its order: Debian's is older, so its requests are replayed."""

import pytest

from tests.world import LAT, LON

BASIC = {
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/filter",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/features-filter",
    "http://www.opengis.net/spec/cql2/1.0/conf/cql2-text",
    "http://www.opengis.net/spec/cql2/1.0/conf/basic-cql2",
    "http://www.opengis.net/spec/cql2/1.0/conf/advanced-comparison-operators",
    "http://www.opengis.net/spec/cql2/1.0/conf/case-insensitive-comparison",
    "http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions",
    "http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-operators",
}


def test_it_opens_a_layer_filters_on_the_server_and_edits(http):
    landing = http.get("/", headers={"Accept": "application/json"}).json()
    hrefs = {k["rel"]: k["href"] for k in landing["links"] if "html" not in k["type"]}
    assert set(http.get(hrefs["conformance"]).json()["conformsTo"]) >= BASIC
    assert http.get(hrefs["service-desc"]).status_code == 200
    collection = http.get("/collections/well").json()
    crs = collection["storageCrs"]  # used by default, in its axis order
    assert crs in collection["crs"]
    allowed = http.options("/collections/well/items").headers["Allow"]
    assert "POST" in allowed  # only then it lets edit
    told = http.get("/collections/well/queryables").json()["properties"]
    assert told["depth_m"]["type"] == "number"
    page = http.get(
        "/collections/well/items",
        params={"limit": 1000, "crs": crs, "filter-lang": "cql2-text",
                "filter": "((depth_m > 100) AND (use IN ('industry','service')))"},
    )  # fmt: skip
    assert page.headers["Content-Crs"] == f"<{crs}>"
    features = page.json()["features"]
    assert features
    for each in features:
        lat, lon = each["geometry"]["coordinates"]
        assert lat < 90 < lon  # latitude first, as EPSG:4490 has it
        assert each["properties"]["depth_m"] > 100
    place = {"type": "Point", "coordinates": [LAT, LON]}
    body = {"type": "Feature", "geometry": place, "properties": {"code": "QGIS-1"}}
    content = {"Content-Crs": f"<{crs}>", "Content-Type": "application/geo+json"}
    made = http.post("/collections/well/items", json=body, headers=content)
    assert made.status_code == 201
    assert made.json()["geometry"]["coordinates"] == pytest.approx([LON, LAT], abs=1e-9)
    path = made.headers["Location"]
    tag = http.get(path).headers["ETag"]
    done = http.patch(path, json={"properties": {"name": "甲"}}, headers={"If-Match": tag})
    assert done.status_code == 200
    gone = http.delete(path, headers={"If-Match": done.headers["ETag"]})
    assert gone.status_code == 204
