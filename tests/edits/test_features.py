"""Part 4 over HTTP: features created, replaced, changed in part and removed, with ETags."""

import threading

import httpx
import pytest
from pyproj import Transformer

from tests.edits.given import WELLS, ZONES, drawn, history, made, point
from tests.world import LAT, LON

# --- create ------------------------------------------------------------------------------------


def test_a_well_is_created_where_it_says_and_its_address_answers(http, town):
    answer = made(http, f"{WELLS}?reason=示例", point("N-1", depth_m=120.5))
    found = http.get(answer.headers["Location"])
    assert found.json()["properties"]["depth_m"] == 120.5
    assert found.headers["ETag"] == answer.headers["ETag"]
    assert found.json()["geometry"]["coordinates"] == pytest.approx([LON, LAT])
    assert history(town, "well", found.json()["id"]) == [("insert", "tester", "示例")]


def test_a_place_is_taken_in_the_system_it_is_given_in(http):
    uri = "http://www.opengis.net/def/crs/EPSG/0/4547"
    north, east = Transformer.from_crs(4490, 4547).transform(LAT, LON)
    body = point("N-2") | {"geometry": {"type": "Point", "coordinates": [north, east]}}
    answer = made(http, WELLS, body, headers={"Content-Crs": f"<{uri}>"})
    assert answer.json()["geometry"]["coordinates"] == pytest.approx([LON, LAT], abs=1e-9)
    wrong = http.post(WELLS, json=body, headers={"Content-Crs": "<urn:nothing>"})
    assert wrong.status_code == 400


CGCS2000 = {"Content-Crs": "<http://www.opengis.net/def/crs/EPSG/0/4490>"}


def told_of(answer):
    return [each["code"] for each in answer.json().get("warnings", [])]


@pytest.mark.parametrize("headers", [{}, CGCS2000], ids=["CRS84", "EPSG:4490"])
def test_heights_are_left_out_and_the_editor_is_told(http, headers):
    place = [LAT, LON] if headers else [LON, LAT]
    body = point("N-3") | {"geometry": {"type": "Point", "coordinates": [*place, 731.5]}}
    answer = made(http, WELLS, body, headers=headers)
    assert "z_dropped" in told_of(answer)
    assert answer.json()["geometry"]["coordinates"] == pytest.approx([LON, LAT])
    address, seen = answer.headers["Location"], {"If-Match": answer.headers["ETag"], **headers}
    again = http.patch(address, json={"geometry": body["geometry"]}, headers=seen)
    assert "z_dropped" in told_of(again)
    flat = {"type": "Point", "coordinates": place}
    assert "z_dropped" not in told_of(http.patch(address, json={"geometry": flat}, headers=seen))
    assert http.delete(address, headers={"If-Match": "*"}).status_code == 204


def test_a_ring_that_was_not_closed_is_closed_and_the_editor_is_told(http):
    body = drawn("示例未闭合区")
    whole = body["geometry"]["coordinates"]
    body["geometry"] = {"type": "Polygon", "coordinates": [ring[:-1] for ring in whole]}
    answer = made(http, ZONES, body)
    (warning,) = (w for w in answer.json()["warnings"] if w["code"] == "ring_closed")
    assert "1 个环未闭合" in warning["zh"]
    (stored,) = answer.json()["geometry"]["coordinates"]
    assert stored[0][0] == stored[0][-1]
    seen = {"If-Match": answer.headers["ETag"]}
    address = answer.headers["Location"]
    body["geometry"]["coordinates"] = whole
    assert "ring_closed" not in told_of(http.put(address, json=body, headers=seen))
    empty = {"type": "Polygon", "coordinates": [[]]}
    assert http.patch(address, json={"geometry": empty}, headers=seen).status_code == 400


@pytest.mark.parametrize(
    ("properties", "word"),
    [({"depth_m": -1}, "depth_m"), ({"status": "在用呀"}, "status"), ({"colour": "red"}, "colour"),
     ({"completed_on": "2024-13-01"}, "2024-13-01"), ({"self_supply": "maybe"}, "self_supply"),
     ({"permit_state": 1}, "permit_state")],
)  # fmt: skip
def test_a_fault_is_a_400_that_names_the_field_and_nothing_is_written(http, properties, word):
    answer = http.post(WELLS, json=point("N-bad", **properties))
    assert answer.status_code == 400, answer.text
    told = answer.json()
    assert word in str(told["problems"]) + told["detail"]
    assert http.get(WELLS, params={"code": "N-bad"}).json()["numberMatched"] == 0


@pytest.mark.parametrize(
    "body",
    [b"{", b"[]", b'{"type": "Point"}', b'{"type": "Feature", "properties": 1, "geometry": null}',
     b'{"type":"Feature","properties":{"code":"X"},"geometry":{"type":"Point","coordinates":[1]}}',
     b'{"type":"Feature","properties":{"code":"X"},"geometry":{"type":"Blob"}}',
     b'{"type":"Feature","properties":{"code":"X"},"geometry":null}'],
)  # fmt: skip
def test_what_is_no_feature_is_a_400(http, body):
    answer = http.post(WELLS, content=body, headers={"Content-Type": "application/geo+json"})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_code_that_is_taken_is_a_conflict(http):
    made(http, WELLS, point("N-3"))
    again = http.post(WELLS, json=point("N-3"))
    assert again.status_code == 409
    assert "PUT" in again.json()["detail_en"]


# --- replace and update --------------------------------------------------------------------------


def test_a_put_replaces_and_what_is_not_given_becomes_blank(http):
    first = made(http, WELLS, point("N-4", depth_m=80, owner="示例厂"))
    path, tag = f"{WELLS}/{first.json()['id']}", first.headers["ETag"]
    put = http.put(path, json=point("N-4", name="新名"), headers={"If-Match": tag})
    assert put.status_code == 200, put.text
    now = http.get(path).json()["properties"]
    assert (now["depth_m"], now["name"], now["owner"]) == (None, "新名", None)
    assert put.headers["ETag"] == http.get(path).headers["ETag"] != tag


def test_what_was_read_may_be_put_back_as_it_is_and_changes_nothing(http, town):
    first = made(http, WELLS, point("N-5", depth_m=80, owner="示例厂", use="industry"))
    path = f"{WELLS}/{first.json()['id']}"
    read = http.get(path)
    put = http.put(path, json=read.json(), headers={"If-Match": read.headers["ETag"]})
    assert put.status_code == 200, put.text
    assert put.json()["properties"] == read.json()["properties"]
    assert [op for op, _, _ in history(town, "well", read.json()["id"])] == ["insert"]


def test_a_patch_changes_what_it_names_and_null_makes_blank(http):
    first = made(http, WELLS, point("N-6", depth_m=80, name="旧名"))
    path = f"{WELLS}/{first.json()['id']}"
    patch = {"properties": {"name": None, "use": "irrigation"}}
    answer = http.patch(path, json=patch, headers={"If-Match": first.headers["ETag"]})
    assert answer.status_code == 200, answer.text
    now = http.get(path).json()
    values = now["properties"]
    assert (values["name"], values["use"], values["depth_m"]) == (None, "irrigation", 80)
    assert now["geometry"] == first.json()["geometry"]
    moved = {"geometry": {"type": "Point", "coordinates": [LON + 0.01, LAT]}}
    tag = answer.headers["ETag"]
    assert http.patch(path, json=moved, headers={"If-Match": tag}).status_code == 200
    assert http.get(path).json()["geometry"]["coordinates"][0] == pytest.approx(LON + 0.01)
    other = http.patch(path, json={"id": 1}, headers={"If-Match": "*"})
    assert other.status_code == 400


def test_without_if_match_nothing_is_changed_and_with_an_old_one_both_versions_are_told(http):
    first = made(http, WELLS, point("N-7", name="甲"))
    path, tag = f"{WELLS}/{first.json()['id']}", first.headers["ETag"]
    for call in (lambda h: http.put(path, json=point("N-7"), headers=h),
                 lambda h: http.patch(path, json={"properties": {"name": "丙"}}, headers=h),
                 lambda h: http.delete(path, headers=h)):  # fmt: skip
        assert call({}).status_code == 428
    done = http.patch(path, json={"properties": {"name": "乙"}}, headers={"If-Match": tag})
    late = http.patch(path, json={"properties": {"name": "丙"}}, headers={"If-Match": tag})
    assert late.status_code == 412
    assert late.json()["current"]["properties"]["name"] == "乙"
    assert late.json()["current"]["etag"] == done.headers["ETag"]
    assert http.get(path).json()["properties"]["name"] == "乙"


def test_a_missing_feature_is_a_404_for_every_change_and_is_not_made(http):
    for call in (http.put, http.patch):
        assert call(f"{WELLS}/999999", json=point("N-8")).status_code == 404
    answer = http.patch(f"{WELLS}/999999", json=point("N-8"), headers={"If-Match": "*"})
    assert answer.status_code == 404
    # the standard has it so (put-rid-exception): of no state it is said to be of
    answer = http.put(f"{WELLS}/999999", json=point("N-8"), headers={"If-Match": '"some"'})
    assert answer.status_code == 412
    assert "999999" in answer.json()["detail_en"]
    assert http.delete(f"{WELLS}/999999", headers={"If-Match": "*"}).status_code == 404
    assert http.get(WELLS, params={"code": "N-8"}).json()["numberMatched"] == 0


def test_two_editors_at_once_lose_no_update(http, town):
    first = made(http, WELLS, point("N-9", remark=""))
    path = f"{WELLS}/{first.json()['id']}"

    def write(mark):
        with httpx.Client(base_url=town.url, headers=town.headers, timeout=30) as mine:
            for n in range(6):
                while True:
                    read = mine.get(path)
                    told = (read.json()["properties"]["remark"] or "") + f"{mark}{n};"
                    change = {"properties": {"remark": told}}
                    answer = mine.patch(path, json=change,
                                        headers={"If-Match": read.headers["ETag"]})  # fmt: skip
                    if answer.status_code == 200:
                        break
                    assert answer.status_code == 412

    writers = [threading.Thread(target=write, args=(mark,)) for mark in "ab"]
    for each in writers:
        each.start()
    for each in writers:
        each.join()
    kept = http.get(path).json()["properties"]["remark"].split(";")
    assert sorted(kept[:-1]) == sorted(f"{mark}{n}" for mark in "ab" for n in range(6))


def test_an_illegal_change_of_status_is_refused_with_the_reason(http):
    first = made(http, WELLS, point("N-10", status="backfilled"))
    path = f"{WELLS}/{first.json()['id']}"
    answer = http.patch(path, json={"properties": {"status": "active"}},
                        headers={"If-Match": first.headers["ETag"]})  # fmt: skip
    assert answer.status_code == 409
    assert "backfilled" in answer.json()["detail_en"]


def test_what_is_not_served_counts_as_a_change_too(http):
    first = made(http, WELLS, point("N-12", owner="示例厂"))
    path, tag = f"{WELLS}/{first.json()['id']}", first.headers["ETag"]
    number = {"properties": {"owner_uscc": "91350100M000100Y43"}}
    done = http.patch(path, json=number, headers={"If-Match": tag})
    assert done.status_code == 200
    assert done.headers["ETag"] != tag
    assert "sealed" not in done.json()
    assert "91350100M000100Y43" not in done.text
    again = http.patch(path, json=number, headers={"If-Match": tag})
    assert again.status_code == 412
    assert "91350100M000100Y43" not in again.text


@pytest.mark.parametrize("patch", [{"name": "x"}, {"foo": 1}, {}, {"type": "Feature"}])
def test_a_patch_that_forgets_where_changes_stand_is_a_400(http, patch):
    first = made(http, WELLS, point(f"N-13-{len(patch)}-{''.join(patch)}"))
    path = f"{WELLS}/{first.json()['id']}"
    answer = http.patch(path, json=patch, headers={"If-Match": first.headers["ETag"]})
    assert answer.status_code == 400
    assert "properties" in answer.json()["detail_en"]


def test_another_site_cannot_write_and_no_form_can(http):
    body = b'{"type":"Feature","geometry":null,"properties":{"code":"X"}}'
    plain = http.post(WELLS, content=body, headers={"Content-Type": "text/plain"})
    assert plain.status_code == 415
    elsewhere = {"Origin": "https://elsewhere.example"}
    assert http.post(WELLS, json=point("N-14"), headers=elsewhere).status_code == 403
    assert http.post("/audits", json={}, headers=elsewhere).status_code == 403
    here = {"Origin": str(http.base_url).rstrip("/")}
    assert http.post(WELLS, json=point("N-14"), headers=here).status_code == 201


@pytest.mark.parametrize("text_", ["A\0B", "A\0"])
def test_a_nul_is_refused_and_not_dropped(http, text_):
    answer = http.post(WELLS, json=point(text_))
    assert answer.status_code == 400
    assert "code" in answer.json()["detail_en"]


def test_a_state_is_named_by_a_list_weakly_or_by_a_star(http):
    first = made(http, WELLS, point("N-15"))
    path, tag = f"{WELLS}/{first.json()['id']}", first.headers["ETag"]
    for named in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        assert http.get(path, headers={"If-None-Match": named}).status_code == 304
    named = {"If-Match": f'"other", {tag}'}
    assert http.patch(path, json={"properties": {"name": "甲"}}, headers=named).status_code == 200


# --- records, what may be done -----------------------------------------------------------------


def test_records_of_registers_are_written_too(http):
    made(http, WELLS, point("N-11"))
    values = {"well_code": "N-11", "serial": "S1", "state": "online", "fitted_on": "2024-01-01"}
    record = {"type": "Feature", "geometry": None, "properties": values}
    first = made(http, "/collections/meter/items", record)
    path = f"/collections/meter/items/{first.json()['id']}"
    change = {"properties": {"state": "fault"}}
    done = http.patch(path, json=change, headers={"If-Match": first.headers["ETag"]})
    assert done.status_code == 200, done.text
    assert done.json()["properties"]["state"] == "fault"
    held = http.delete(f"{WELLS}/{well_id(http, 'N-11')}", headers={"If-Match": "*"})
    assert held.status_code == 409
    assert http.delete(path, headers={"If-Match": done.headers["ETag"]}).status_code == 204
    assert http.get(path).status_code == 404


def well_id(http, code):
    return http.get(WELLS, params={"code": code}).json()["features"][0]["id"]


def test_options_say_what_may_be_done(http):
    assert "POST" in http.options(WELLS).headers["Allow"]
    allowed = http.options(f"{WELLS}/1").headers["Allow"].split(", ")
    assert {"GET", "PUT", "PATCH", "DELETE"} <= set(allowed)
    assert http.options("/collections/nothing/items").status_code == 404
