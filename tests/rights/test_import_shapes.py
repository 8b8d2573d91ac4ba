"""The staged shapes of an import are its maker's: none sees them who may not read drafts."""

import json

import pytest

from gis_app.rights import Grant, Role
from tests.people import admit, bearer
from tests.rights.conftest import OWN
from tests.world import square


@pytest.fixture(scope="module")
def maker(counties):
    """What a planner shows who brings files, beside the one who does not."""
    return bearer(admit(counties, "bringing-planner", (Grant(Role.PLANNER, OWN),)))


def brought(http, headers):
    """A preview of one zone of the own county, by whom the headers show; its address."""
    ring = [list(each) for each in square(350, 350, 50).exterior.coords]
    zone = {"type": "Feature", "properties": {"name": "未定", "area_code": OWN},
            "geometry": {"type": "Polygon", "coordinates": [ring]}}  # fmt: skip
    body = json.dumps({"type": "FeatureCollection", "features": [zone]}).encode()
    file = {"file": ("禁采区.geojson", body, "application/geo+json")}
    made = http.post("/imports", files=file, headers=headers)
    assert made.status_code == 201, made.text
    assert made.json()["layer"] == "prohibited_zone"
    return f"/imports/{made.json()['batch_id']}/shapes"


def test_staged_shapes_are_shown_to_who_brought_them_and_to_no_other(http, people, maker):
    path = brought(http, maker)
    own = http.get(path, headers=maker)
    assert own.headers["content-type"] == "application/geo+json"
    assert own.json()["features"][0]["properties"]["name"] == "未定"
    for other in ({}, *people.values()):
        assert http.get(path, headers=other).status_code == 404


def test_who_reads_every_register_but_no_drafts_does_not_see_staged_zones(
    http, maker, counties, service
):
    path = brought(http, maker)
    reader = bearer(admit(counties, "all-viewer", (Grant(Role.VIEWER),)))
    assert http.get(path.removesuffix("/shapes"), headers=reader).status_code == 200
    refused = http.get(path, headers=reader)
    assert refused.status_code == 403
    assert "未定" not in refused.text
    assert http.get(path, headers=service.headers).status_code == 200  # reads drafts everywhere


def test_the_number_of_all_is_told_and_an_unknown_parameter_refused(http, maker):
    path = brought(http, maker)
    told = http.get(path, params={"limit": 1}, headers=maker).json()
    assert told["numberMatched"] == told["numberReturned"] == 1
    for wrong in ({"limit": 0}, {"limit": 5001}, {"most": 3}):
        assert http.get(path, params=wrong, headers=maker).status_code == 400
