"""What the panel says of roles is what the database holds: drafts planners, law approvers."""

import json

import pytest
from sqlalchemy import text

from gis_app.rights import Grant, Role
from tests.people import admit, bearer
from tests.rights.conftest import OWN
from tests.world import square


@pytest.mark.parametrize("role", [Role.PLANNER, Role.APPROVER])
@pytest.mark.parametrize("status", ["draft", "approved"])
def test_drafts_are_imported_by_planners_and_law_by_approvers(http, counties, role, status):
    headers = bearer(admit(counties, f"bringing-{role.value}", (Grant(role, OWN),)))
    ring = [list(each) for each in square(420, 420, 20).exterior.coords]
    zone = {"type": "Feature", "properties": {"name": f"{role.value} {status}", "area_code": OWN},
            "geometry": {"type": "Polygon", "coordinates": [ring]}}  # fmt: skip
    body = json.dumps({"type": "FeatureCollection", "features": [zone]}).encode()
    file = {"file": ("泉域.geojson", body, "application/geo+json")}
    said = [f"law_status={status}", "boundary_accuracy_m=1"]
    data = {"set": [*said, "valid_from=2024-01-01"] if status == "approved" else said}
    made = http.post("/imports", files=file, data=data, headers=headers)
    assert made.status_code == 201, made.text
    assert made.json()["report"]["read"]["law_status"] == {status: 1}
    path = f"/imports/{made.json()['batch_id']}"
    done = http.post(f"{path}/commit", json={"reason": "公布"}, headers=headers)
    may = (role is Role.PLANNER) == (status == "draft")
    assert done.status_code == (200 if may else 403), done.text
    if may:
        assert http.post(f"{path}/undo", json={}, headers=headers).status_code == 200
    else:
        with counties.connect() as conn:
            count = text("select count(*) from gis.zone where name = :name")
            assert conn.scalar(count, {"name": f"{role.value} {status}"}) == 0
