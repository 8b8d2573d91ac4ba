"""Part 2, CRS: the axis order of the definition, to a millimetre of pyproj, in both directions."""

import numpy as np
import pytest
from pyproj import CRS, Transformer
from shapely import transform
from shapely.geometry import shape

from gis_app.crs import SERVED

CRS84, *OTHERS = SERVED
ITEMS = "/collections/well/items"


def epsg(uri: str) -> CRS:
    return CRS.from_epsg(int(uri.rsplit("/", 1)[1]))


def from_degrees(uri: str) -> Transformer:
    """From longitude and latitude to the CRS in the axis order of its definition (pyproj)."""
    return Transformer.from_crs(CRS.from_epsg(4490), epsg(uri), always_xy=False)


def test_every_collection_names_its_systems_the_default_first(http):
    body = http.get("/collections").json()
    assert body["crs"][0] == CRS84
    for each in body["collections"]:
        if each["itemType"] == "feature":
            assert each["crs"] == body["crs"]
            assert each["storageCrs"] in each["crs"]


@pytest.mark.parametrize("uri", OTHERS)
def test_a_hundred_wells_are_where_pyproj_puts_them_and_the_header_says_in_what(http, uri):
    ask = {"limit": 100, "sortby": "-code"}
    plain, turned = http.get(ITEMS, params=ask), http.get(ITEMS, params={**ask, "crs": uri})
    assert plain.headers["Content-Crs"] == f"<{CRS84}>"
    assert turned.headers["Content-Crs"] == f"<{uri}>"
    degrees = np.array([f["geometry"]["coordinates"] for f in plain.json()["features"]])
    found = np.array([f["geometry"]["coordinates"] for f in turned.json()["features"]])
    expected = np.column_stack(from_degrees(uri).transform(degrees[:, 1], degrees[:, 0]))
    assert len(found) == 100
    metre = 1e-8 if epsg(uri).is_geographic else 1e-3  # 1e-8 degrees are a millimetre
    assert np.abs(found - expected).max() < metre


@pytest.mark.parametrize("uri", OTHERS)
def test_a_box_in_any_system_holds_the_same_wells(http, uri):
    everything = http.get(ITEMS, params={"limit": 10000}).json()["features"]
    middle = np.median([f["geometry"]["coordinates"] for f in everything], axis=0)
    west, south = middle - 0.05
    east, north = middle + 0.05
    corners = from_degrees(uri).transform([south, north], [west, east])
    box = ",".join(f"{corners[axis][end]:.10f}" for end in (0, 1) for axis in (0, 1))
    ask = {"limit": 10000, "bbox": box, "bbox-crs": uri}
    found = {f["id"] for f in http.get(ITEMS, params=ask).json()["features"]}
    back = Transformer.from_crs(epsg(uri), CRS.from_epsg(4490), always_xy=True)
    ahead = Transformer.from_crs(CRS.from_epsg(4490), epsg(uri), always_xy=True)
    low, high = ahead.transform(west, south), ahead.transform(east, north)
    within = {
        f["id"]
        for f in everything
        for x, y in [ahead.transform(*f["geometry"]["coordinates"])]
        if low[0] <= x <= high[0] and low[1] <= y <= high[1]
    }
    assert found == within
    assert len(found) > 100
    assert back.transform(*low)[0] == pytest.approx(west)


def test_zones_and_single_features_are_turned_too(http):
    uri = next(u for u in SERVED if u.endswith("/4547"))
    zone = http.get("/collections/public_supply_coverage/items?limit=1").json()["features"][0]
    path = f"/collections/public_supply_coverage/items/{zone['id']}"
    turned = http.get(path, params={"crs": uri})
    assert turned.headers["Content-Crs"] == f"<{uri}>"
    ahead = from_degrees(uri)
    expected = transform(
        shape(zone["geometry"]), lambda xy: np.column_stack(ahead.transform(xy[:, 1], xy[:, 0]))
    )
    assert shape(turned.json()["geometry"]).hausdorff_distance(expected) < 1e-3


@pytest.mark.parametrize("name", ["crs", "bbox-crs"])
def test_a_system_that_is_not_served_is_a_400_that_names_those_that_are(http, name):
    wrong = "http://www.opengis.net/def/crs/0/unsupported"
    answer = http.get(ITEMS, params={name: wrong, "bbox": "113,37,114,38"})
    assert answer.status_code == 400
    assert "EPSG/0/4547" in answer.json()["detail_en"]


@pytest.mark.parametrize("uri", OTHERS)
@pytest.mark.parametrize("box", ["0,0,1e7,1e7", "-1e8,-1e8,1e8,1e8", "5,5,1,1", "1,2,3"])
def test_a_box_beyond_a_system_is_answered_or_refused_and_never_an_error(http, uri, box):
    answer = http.get(ITEMS, params={"bbox": box, "bbox-crs": uri})
    assert answer.status_code in {200, 400}
