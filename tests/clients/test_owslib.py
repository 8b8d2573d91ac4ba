"""OWSLib reads, filters, creates, updates and deletes."""

import json

import pytest
from owslib.ogcapi.features import Features

from tests.world import LAT, LON


@pytest.fixture
def features(service):
    return Features(service.url)


def test_it_finds_collections_and_reads_items_by_box_and_filter(features):
    listed = features.feature_collections()
    assert {"well", "public_supply_coverage"} <= set(listed)
    page = features.collection_items("well", limit=5, filter="use = 'industry' AND depth_m > 100")
    assert len(page["features"]) == 5
    assert all(f["properties"]["use"] == "industry" for f in page["features"])
    boxed = features.collection_items("well", bbox=[113.5, 37.8, 113.6, 37.9], limit=10)
    for each in boxed["features"]:
        lon, lat = each["geometry"]["coordinates"]
        assert 113.5 <= lon <= 113.6
        assert 37.8 <= lat <= 37.9


def test_it_reads_the_schema_and_the_queryables(features):
    assert "depth_m" in features.collection_schema("well")["properties"]
    assert "depth_m" in features.collection_queryables("well")["properties"]
    assert any("create-replace-delete" in c for c in features.conformance()["conformsTo"])


def test_it_creates_updates_and_deletes(service):
    body = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [LON, LAT]},
        "properties": {"code": "OWS-1", "status": "active"},
    }
    sends = {**service.headers, "Content-Type": "application/geo+json"}
    writer = Features(service.url, headers=sends)
    assert writer.collection_item_create("well", json.dumps(body))
    found = writer.collection_items("well", filter="code = 'OWS-1'")["features"]
    assert len(found) == 1
    path = f"{service.url}/collections/well/items/{found[0]['id']}"
    import httpx

    tag = httpx.get(path, headers=service.headers).headers["ETag"]
    headers = {**sends, "If-Match": tag}
    writer = Features(service.url, headers=headers)
    body["properties"]["name"] = "改名"
    assert writer.collection_item_update("well", str(found[0]["id"]), json.dumps(body))
    changed = httpx.get(path, headers=service.headers)
    assert changed.json()["properties"]["name"] == "改名"
    writer = Features(service.url, headers={**service.headers, "If-Match": changed.headers["ETag"]})
    assert writer.collection_item_delete("well", str(found[0]["id"]))
    assert httpx.get(path, headers=service.headers).status_code == 404
