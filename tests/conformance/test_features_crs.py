"""OGC API – Features, Part 2: the assertions of the official suite, for every collection.

Whether the coordinates are right the suite does not look at; tests/api/test_crs.py does.
"""

import re

import numpy as np
import pytest
from pyproj import CRS, Transformer

DEFAULT = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
UNSUPPORTED = "http://www.opengis.net/def/crs/0/unsupported"
URI = re.compile(r"http://www\.opengis\.net/def/crs/[A-Z]+/[0-9.]+/\w+")


@pytest.fixture(scope="module")
def spatial(collections):
    return [each for each in collections if each["itemType"] == "feature"]


def items(each):
    return f"/collections/{each['id']}/items"


def test_crs_uri_and_fc_md_crs_list_and_storage_crs(http, collections, spatial):
    listed = http.get("/collections").json()["crs"]
    assert DEFAULT in listed
    for each in spatial:
        assert all(URI.fullmatch(crs) for crs in each["crs"])
        assert DEFAULT in each["crs"]
        assert each["storageCrs"] in each["crs"]
    for each in collections:
        if each["itemType"] == "record":
            assert "crs" not in each


def test_crs_parameter_definitions(http, spatial):
    """fc-crs-definition, fc-bbox-crs-definition."""
    paths = http.get("/api").json()["paths"]
    for path, names in (("items", {"crs", "bbox-crs"}), ("items/{featureId}", {"crs"})):
        operation = paths["/collections/{collectionId}/" + path]["get"]
        told = {p["name"]: p for p in operation["parameters"]}
        for name in names:
            assert told[name]["in"] == "query"
            assert not told[name]["required"]
            assert (told[name]["style"], told[name]["explode"]) == ("form", False)
            schema = told[name]["schema"]
            assert (schema["type"], schema["format"]) == ("string", "uri")
            assert set(schema["enum"]) == set(spatial[0]["crs"])


def test_crs_valid_values_and_the_header_of_every_collection_and_its_features(http, spatial):
    """fc-crs-valid-value, ogc-crs-header, ogc-crs-header-value, fc-crs-default-value, geojson."""
    for each in spatial:
        addresses = [f"{items(each)}?limit=1"]
        found = http.get(addresses[0]).json()["features"]
        addresses += [f"{items(each)}/{feature['id']}" for feature in found]
        for address in addresses:
            told = http.get(address)
            assert told.headers["Content-Crs"] == f"<{DEFAULT}>"
            for crs in each["crs"]:
                answer = http.get(address, params={**dict(told.url.params), "crs": crs})
                assert answer.status_code == 200, (address, crs)
                assert answer.headers["Content-Crs"] == f"<{crs}>"
                assert answer.headers["content-type"] == "application/geo+json"
            wrong = http.get(address, params={**dict(told.url.params), "crs": UNSUPPORTED})
            assert wrong.status_code == 400


def test_crs_bbox_crs_gives_the_same_features_in_every_system(http, spatial):
    """bbox-crs-action, -default-value, -parameter-invalid.

    A box of degrees is no box in a projection: the features compared are those that the same box,
    turned, holds by either way of asking; a margin of a kilometre makes up for the difference.
    """
    seen = 0
    for each in spatial:
        if "extent" not in each:
            continue
        west, south, east, north = each["extent"]["spatial"]["bbox"][0]
        edges = west - 0.05, south - 0.05, east + 0.05, north + 0.05
        ask = {"limit": 10_000, "bbox": ",".join(map(str, edges))}
        plain = {f["id"] for f in http.get(items(each), params=ask).json()["features"]}
        for crs in each["crs"]:
            asked = {**ask, "bbox": turned(edges, crs), "bbox-crs": crs}
            answer = http.get(items(each), params=asked)
            assert answer.status_code == 200
            assert {f["id"] for f in answer.json()["features"]} == plain, (each["id"], crs)
        wrong = http.get(items(each), params={**ask, "bbox-crs": UNSUPPORTED})
        assert wrong.status_code == 400
        seen += bool(plain)
    assert seen > 10


def turned(edges, uri):
    """A box around a box of degrees, in a CRS and its axis order, by pyproj."""
    if uri == DEFAULT:
        return ",".join(map(str, edges))
    west, south, east, north = edges
    system = CRS.from_epsg(int(uri.rsplit("/", 1)[1]))
    ahead = Transformer.from_crs(CRS.from_epsg(4490), system)
    lon = np.concatenate([np.linspace(west, east, 21)] * 2)
    lat = np.repeat([south, north], 21)
    first, second = ahead.transform(lat, lon)
    return ",".join(f"{n:.9f}" for n in (first.min(), second.min(), first.max(), second.max()))
