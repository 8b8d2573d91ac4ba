"""Who may write what, and where: at the door, and in the database."""

import httpx
import pytest
from sqlalchemy import text

from gis_app.errors import Forbidden
from gis_app.rights import CARRIES, Caller, Grant, Right, Role
from gis_app.store.engine import writing
from tests.people import admit, bearer
from tests.rights.conftest import OTHER, OWN, SECRET
from tests.world import at, square

AREAS = {OWN: 0, OTHER: 4000}


def well(code: str, area: str) -> dict:
    lon, lat = at(AREAS[area] + 500, 500)
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": [lon, lat]},
            "properties": {"code": code, "status": "active", "area_code": area}}  # fmt: skip


def zone(area: str) -> dict:
    shape = square(AREAS[area] + 300, 300, 100)
    ring = [list(each) for each in shape.exterior.coords]
    return {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [ring]},
            "properties": {"name": "新", "area_code": area, "boundary_accuracy_m": 1}}  # fmt: skip


def send(http: httpx.Client, headers: dict, method: str, path: str, body=None, **more):
    kind = {"Content-Type": "application/geo+json"}
    return http.request(method, path, json=body, headers={**kind, **headers, **more})


def test_a_visitor_writes_nothing_and_is_told_to_sign_in(http):
    bodies = [("POST", "/collections/well/items", well("V-1", OWN)),
              ("POST", "/collections/prohibited_zone/items", zone(OWN)),
              ("PUT", "/collections/well/items/1", well("V-1", OWN)),
              ("DELETE", "/collections/well/items/1", None),
              ("POST", "/audits", {}), ("GET", "/accounts", None)]  # fmt: skip
    for method, path, body in bodies:
        answer = send(http, {}, method, path, body)
        assert answer.status_code == 401, (method, path, answer.text)
        assert "登录" in answer.json()["detail_zh"]
        assert answer.headers["www-authenticate"].startswith("Bearer")
    answer = http.post("/imports", files={"file": ("a.csv", b"code\n1")}, data={"layer": "well"})
    assert answer.status_code == 401


def test_a_planner_who_approves_is_told_whom_to_ask(http, people):
    planner = people["planner"]
    made = send(http, planner, "POST", "/collections/prohibited_zone/items", zone(OWN))
    path = f"/collections/prohibited_zone/items/{made.json()['id']}"
    tag = made.headers["ETag"]
    for step, status, word in (("submit", 200, ""), ("approve", 403, "“审批人”"),
                               ("return", 400, "理由"), ("return", 200, "")):  # fmt: skip
        body = {"reason": "边界不清"} if status == 200 else {}
        more = {"If-Match": tag, "Content-Type": "application/json"}
        told = send(http, planner, "POST", f"{path}/versions/1/{step}", body, **more)
        assert told.status_code == status, told.text
        assert word in told.text
        tag = told.headers.get("ETag", tag)


@pytest.mark.parametrize("role", [role.value for role in Role])
@pytest.mark.parametrize("area", [OWN, OTHER])
def test_each_role_writes_what_it_may_where_it_may(http, people, role, area):
    rights, headers = CARRIES[Role(role)], people[role]
    own = area == OWN
    made = send(http, headers, "POST", "/collections/well/items", well(f"{role}-{area}", area))
    expected = 201 if own and Right.EDIT_REGISTERS in rights else 403
    assert made.status_code == expected, made.text
    drawn = send(http, headers, "POST", "/collections/prohibited_zone/items", zone(area))
    expected = 201 if own and Right.DRAFT in rights else 403
    assert drawn.status_code == expected, drawn.text
    audited = send(http, headers, "POST", "/audits", {"area": area, "on": "2025-01-01"})
    expected = 201 if own and Right.AUDIT in rights else 403
    assert audited.status_code == expected, audited.text
    everywhere = send(http, headers, "POST", "/audits", {"on": "2025-01-01"})
    assert everywhere.status_code == 403
    if made.status_code == 201:
        assert send(http, headers, "DELETE", f"/collections/well/items/{made.json()['id']}",
                    **{"If-Match": made.headers["etag"]}).status_code == 204  # fmt: skip


def test_what_lies_elsewhere_is_neither_changed_nor_told(http, counties, people, service):
    with counties.connect() as conn:
        code = f"{SECRET[OTHER]}-0"
        found = conn.execute(text("select well_id from gis.well where code = :c"), {"c": code})
        path = f"/collections/well/items/{found.scalar_one()}"
        ask = "select zone_id from gis.zone where name = :n"
        drafted = conn.execute(text(ask), {"n": f"{SECRET[OTHER]} draft"}).scalar_one()
    draft = f"/collections/prohibited_zone/items/{drafted}"
    for role, there in (("analyst", path), ("planner", draft)):
        for method in ("PUT", "PATCH", "DELETE"):
            answer = send(http, people[role], method, there, well("X", OTHER), **{"If-Match": "*"})
            assert answer.status_code == 403, (method, answer.text)
            assert SECRET[OTHER] not in answer.text


def test_a_well_is_not_moved_into_a_county_where_one_may_not_write(http, people):
    headers = people["analyst"]
    made = send(http, headers, "POST", "/collections/well/items", well("MOVED", OWN))
    path = f"/collections/well/items/{made.json()['id']}"
    moved = {"properties": {"area_code": OTHER}}
    answer = send(http, headers, "PATCH", path, moved, **{"If-Match": made.headers["etag"]})
    assert answer.status_code == 403, answer.text
    assert OTHER in answer.json()["detail_zh"]


def test_the_database_itself_refuses_whoever_goes_round_the_doors(counties):
    planner = Caller("p", (Grant(Role.PLANNER, OWN),))
    analyst = Caller("a", (Grant(Role.ANALYST, OWN),))
    approver = Caller("b", (Grant(Role.APPROVER, OWN),))
    refused = [
        (planner, "update gis.zone set law_status = 'approved', valid_from = '2030-01-01'"
                  " where name = 'OWNMARK draft'"),
        (planner, "update gis.zone set valid_to = '2030-01-01' where layer = 'district'"),
        (approver, "update gis.zone set valid_to = '2030-01-01' where name = '管网140321'"),
        (approver, "update gis.zone set name = 'x' where name = 'OWNMARK draft'"),
        (planner, "update gis.well set name = 'x' where code = 'OWNMARK-0'"),
        (analyst, "update gis.well set name = 'x' where code = 'OTHERMARK-0'"),
        (analyst, "delete from gis.meter"),
        (analyst, "insert into gis.withdrawal (well_code, method, m3, from_on, to_on)"
                  " values ('OTHERMARK-0', 'metered', 1, '2025-01-01', '2025-02-01')"),
        # of a division of his own, and of a well of another's
        (analyst, "insert into gis.electricity_coefficient (area_code, well_code, m3_per_kwh,"
                  " from_on) values ('140302', 'OTHERMARK-0', 9, '2020-01-01')"),
    ]  # fmt: skip
    for caller, statement in refused:
        with pytest.raises(Forbidden), writing(counties, caller) as conn:
            conn.execute(text(statement))
    with writing(counties, analyst) as conn:
        done = conn.execute(
            text("update gis.meter set serial = serial where well_code = 'OWNMARK-0'")
        )
        assert done.rowcount == 1
        assert conn.execute(text("select gis.actor()")).scalar() == "a"


def test_who_approves_is_told_where_he_may_not_to_become_a_planner():
    approver = Caller("li", (Grant(Role.APPROVER, "1403"),))
    for may in ((Right.DRAFT, Right.APPROVE), (Right.APPROVE, Right.DRAFT)):
        approver.require_one(may, "140302")
        with pytest.raises(Forbidden, match="1403") as told:
            approver.require_one(may, "1502")
        assert "规划员" not in told.value.zh
    with pytest.raises(Forbidden, match="规划员"):
        Caller("wu", (Grant(Role.VIEWER),)).require_one((Right.DRAFT, Right.APPROVE), "1502")


def test_options_tell_what_this_caller_may_do(http, people):
    def allowed(who: dict, path: str) -> set[str]:
        return set(http.options(path, headers=who).headers["allow"].split(", "))

    assert allowed({}, "/collections/well/items") == {"GET", "HEAD", "OPTIONS"}
    assert allowed(people["planner"], "/collections/well/items") == {"GET", "HEAD", "OPTIONS"}
    assert "POST" in allowed(people["analyst"], "/collections/well/items")
    assert "POST" in allowed(people["planner"], "/collections/prohibited_zone/items")
    assert "PUT" in allowed(people["approver"], "/collections/prohibited_zone/items/1")


def test_a_batch_is_its_maker_s(http, people, service):
    lon, lat = at(600, 600)
    file = {"file": ("wells.csv", f"code,lon,lat\nB-1,{lon},{lat}\n".encode(), "text/csv")}
    data = {"layer": "well", "crs": "EPSG:4490", "set": ["area_code=140302"]}
    made = http.post("/imports", files=file, data=data, headers=people["analyst"])
    assert made.status_code == 201, made.text
    path = f"/imports/{made.json()['batch_id']}"
    assert http.get(path, headers=people["analyst"]).json()["actor"] == "own-analyst"
    assert http.get(path, headers=service.headers).status_code == 200  # reads registers everywhere
    for other in ({}, people["planner"]):
        assert http.get(path, headers=other).status_code == 404
        assert http.post(f"{path}/commit", json={}, headers=other).status_code in {401, 404}
        assert http.get("/imports", headers=other).json()["imports"] == []


def test_whoever_sees_a_batch_of_another_can_neither_discard_nor_commit_nor_undo_it(
    http, people, counties, service
):
    lon, lat = at(650, 650)
    file = {"file": ("wells.csv", f"code,lon,lat\nB-2,{lon},{lat}\n".encode(), "text/csv")}
    data = {"layer": "well", "crs": "EPSG:4490", "set": [f"area_code={OWN}"]}
    made = http.post("/imports", files=file, data=data, headers=people["analyst"])
    path = f"/imports/{made.json()['batch_id']}"
    sees_all = (Grant(Role.VIEWER), Grant(Role.ANALYST, OTHER))
    for grants in (sees_all[:1], sees_all):
        other = bearer(admit(counties, f"sees-all-{len(grants)}", grants))
        assert http.get(path, headers=other).status_code == 200
        for act in ("discard", "commit", "undo"):
            answer = http.post(f"{path}/{act}", json={}, headers=other)
            assert answer.status_code == 403, (act, answer.text)
            assert "own-analyst" in answer.json()["detail_zh"]
    assert http.get(path, headers=people["analyst"]).json()["state"] == "preview"
    done = http.post(f"{path}/discard", json={}, headers=service.headers)  # may write everywhere
    assert done.json()["state"] == "discarded", done.text


def test_an_import_into_another_county_is_refused_whole(http, people, counties):
    lon, lat = at(4600, 600)
    file = {"file": ("wells.csv", f"code,lon,lat\nB-9,{lon},{lat}\n".encode(), "text/csv")}
    data = {"layer": "well", "crs": "EPSG:4490", "set": [f"area_code={OTHER}"]}
    made = http.post("/imports", files=file, data=data, headers=people["analyst"])
    assert made.status_code == 201, made.text
    path = f"/imports/{made.json()['batch_id']}/commit"
    answer = http.post(path, json={"skip_refused": True}, headers=people["analyst"])
    assert answer.status_code == 403, answer.text
    assert "B-9" in answer.json()["detail_zh"]
    assert OTHER in answer.json()["detail_en"]
    with counties.connect() as conn:
        assert conn.scalar(text("select count(*) from gis.well where code = 'B-9'")) == 0


def test_a_record_without_an_area_code_is_refused_by_name_with_the_way_out(counties):
    analyst = Caller("a", (Grant(Role.ANALYST, OWN),))
    with (
        pytest.raises(Forbidden, match=r"well B-10.*give the area code"),
        writing(counties, analyst) as conn,
    ):
        conn.execute(text("insert into gis.well (code, geom) values"
                          " ('B-10', st_setsrid(st_makepoint(113.6, 37.9), 4490))"))  # fmt: skip


def test_that_a_code_is_taken_is_told_without_the_name_of_what_is_unseen(http, people):
    for area, named in ((OWN, True), (OTHER, False)):
        body = well(f"{SECRET[area]}-0", OWN)
        answer = send(http, people["analyst"], "POST", "/collections/well/items", body)
        assert answer.status_code == 409, answer.text
        assert "已在册" in answer.json()["detail_zh"]
        assert (f"{SECRET[area]} well" in answer.text) is named


def test_options_tell_what_may_be_done_with_this_feature(http, counties, people):
    for area, changed in ((OWN, True), (OTHER, False)):
        with counties.connect() as conn:
            asked = text("select well_id from gis.well where code = :code")
            found = conn.execute(asked, {"code": f"{SECRET[area]}-0"}).scalar_one()
        answer = send(http, people["analyst"], "OPTIONS", f"/collections/well/items/{found}")
        assert ("PATCH" in answer.headers["allow"]) is changed


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (None, 401),
        ("viewer", 403),
        ("inspector", 403),
        ("planner", 200),
        ("approver", 200),
        ("analyst", 200),
        ("administrator", 403),
    ],
)
def test_what_a_draft_would_do_is_asked_by_who_sees_drafts_where_he_sees_wells(
    http, people, role, status
):
    headers = people[role] if role else {}
    for east, expected in ((0, status), (4000, 403 if status == 200 else status)):
        ground = square(east - 100, -100, 300).__geo_interface__
        body = {"type": "Feature", "geometry": ground, "properties": {}}
        told = http.post("/collections/prohibited_zone/impact", json=body, headers=headers)
        assert told.status_code == expected, told.text
        assert expected != 200 or told.json()["wells"]["inside"] > 0
