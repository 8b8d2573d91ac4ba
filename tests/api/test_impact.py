"""The impact of a draft over HTTP: the contract with the map."""

import pytest
from shapely import Point

from tests.world import square


def test_the_answer_has_what_the_map_reads(http):
    well = http.get("/collections/well/items", params={"limit": 1}).json()["features"][0]
    shape = Point(well["geometry"]["coordinates"]).buffer(0.05).__geo_interface__
    body = {"type": "Feature", "geometry": shape, "properties": {}}
    told = http.post("/collections/prohibited_zone/impact", json=body)
    assert told.status_code == 200, told.text
    found = told.json()
    assert set(found) == {
        "on", "area_m2", "area_km2", "area_mu", "perimeter_m", "wells", "findings", "flags",
        "permits", "permitted_m3", "reported_m3", "people", "without_replacement", "known",
        "overlaps", "gaps", "slivers", "problems", "unknown",
    }  # fmt: skip
    assert set(found["wells"]) == {"inside", "gained", "lost", "in_doubt"}
    assert found["wells"]["inside"] > 0
    assert found["area_mu"] * 2000 / 3 == pytest.approx(found["area_m2"])
    assert {"rule", "clause", "verdict", "answer", "gained", "lost"} <= set(found["findings"][0])
    assert sum(found["flags"]["gained"].values()) == sum(found["flags"]["lost"].values()) > 0
    shared = found["overlaps"][0]
    assert {"layer", "zone_id", "version", "name", "policy", "area_m2", "geometry"} <= set(shared)
    assert found["people"] is None
    assert "people" in found["unknown"]


def test_a_faulty_request_is_told_how_to_mend_it(http):
    path, good = "/collections/prohibited_zone/impact", square(0, 0, 500).__geo_interface__
    assert http.post(path, json={"type": "Feature"}).status_code == 400
    strange = {"type": "Feature", "geometry": good, "properties": {"valid_from": "soon"}}
    assert "valid_from" in http.post(path, json=strange).json()["detail_en"]
    body = {"type": "Feature", "geometry": good, "properties": {}}
    assert http.post(path, json=body, params={"amends": 10**9}).status_code == 404
    assert http.post(path, json=body, params={"on": "someday"}).status_code == 400
    assert http.post("/collections/well/impact", json=body).status_code == 400
    assert http.post("/collections/nothing/impact", json=body).status_code == 404
