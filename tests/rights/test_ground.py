"""A zone or well is written by who holds the right on the ground where it lies."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from gis_app.rights import Caller, Grant, Role
from gis_app.store.engine import sign
from tests.rights.conftest import OTHER, OWN, SECRET
from tests.rights.test_writes import send, well, zone

MOVED = "update gis.well set geom = (select geom from gis.well where code = '{}') where code = '{}'"
LAW = (
    "update gis.zone set law_status = 'approved', valid_from = '2030-01-01' where name = '{} draft'"
)


@pytest.mark.parametrize(("made", "role", "kind"),
                         [(well("G", OTHER), "analyst", "well"),
                          (zone(OTHER), "planner", "prohibited_zone")])  # fmt: skip
def test_ones_own_code_opens_no_ground_of_another(http, people, made, role, kind):
    body = {**made, "properties": {**made["properties"], "area_code": OWN}}
    answer = send(http, people[role], "POST", f"/collections/{kind}/items", body)
    assert answer.status_code == 403, answer.text
    told = answer.json()
    assert [(p["code"], p["column"]) for p in told["problems"]] == [
        ("ground_elsewhere", "geometry")
    ]
    assert OTHER in told["detail_zh"]
    assert "mend the place" in told["detail_en"]


@pytest.mark.parametrize(
    ("area", "refused"), [(OWN, True), ("1403", False), ("", False)], ids=["county", "city", "all"]
)
def test_the_database_asks_for_the_right_on_the_ground(counties, area, refused):
    caller = Caller("x", (Grant(Role.ANALYST, area), Grant(Role.APPROVER, area)))
    moved = MOVED.format(f"{SECRET[OTHER]}-0", f"{SECRET[OWN]}-0")
    with counties.connect() as conn, conn.begin() as step:
        sign(conn, "test")
        conn.execute(text(f"update gis.zone set area_code = '{OWN}', law_status = 'in_review'"
                          f" where name = '{SECRET[OTHER]} draft'"))  # fmt: skip
        sign(conn, caller)
        for statement in (moved, LAW.format(SECRET[OTHER])):
            with conn.begin_nested() as tried:
                if refused:
                    with pytest.raises(DBAPIError, match=OTHER) as told:
                        conn.execute(text(statement))
                    assert told.value.orig.sqlstate == "GI004"
                else:
                    assert conn.execute(text(statement)).rowcount == 1
                tried.rollback()
        step.rollback()


def test_a_well_that_lies_on_anothers_ground_already_is_mended_where_it_stands(
    http, people, service
):
    body = well("STRAY", OTHER)
    body["properties"]["area_code"] = OWN
    made = send(http, service.headers, "POST", "/collections/well/items", body)
    assert made.status_code == 201, made.text
    path, tag = f"/collections/well/items/{made.json()['id']}", {"If-Match": made.headers["ETag"]}
    patch = {"type": "Feature", "properties": {"name": "改名"}}
    kept = send(http, people["analyst"], "PATCH", path, patch, **tag)
    assert kept.status_code == 200, kept.text
    tag = {"If-Match": kept.headers["ETag"]}
    lon, lat = body["geometry"]["coordinates"]
    moved = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [lon, lat + 1e-4]}}
    refused = send(http, people["analyst"], "PATCH", path, moved, **tag)
    assert refused.status_code == 403, refused.text
    assert OTHER in refused.json()["detail_zh"]
    assert send(http, service.headers, "DELETE", path, **tag).status_code == 204
