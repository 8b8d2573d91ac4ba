"""Part 4 over HTTP: zones are changed by versions, and the law stays as it is."""

from shapely import box

from tests.edits.given import ZONES, by, drawn, history, law, made, reviewed, step
from tests.world import at, square


def test_a_put_on_a_zone_in_force_makes_a_draft_and_the_law_stays_as_it_is(http):
    first = law(http, drawn("示例区一"))
    zone = first.json()["id"]
    path = f"{ZONES}/{zone}"
    read = http.get(path)
    wider = drawn("示例区一", 800)
    put = http.put(path, json=wider, headers={"If-Match": read.headers["ETag"]})
    assert put.status_code == 200, put.text
    values = put.json()["properties"]
    assert (values["version"], values["law_status"]) == (2, "draft")
    now = http.get(path).json()
    assert (now["properties"]["version"], now["geometry"]) == (1, read.json()["geometry"])
    draft = http.get(path, params={"version": 2})
    assert draft.headers["ETag"] == put.headers["ETag"]
    # the next change is of the draft, and must have seen it
    stale = http.patch(path, json={"properties": {"name": "乙"}},
                       headers={"If-Match": read.headers["ETag"]})  # fmt: skip
    assert stale.status_code == 412
    assert stale.json()["current"]["properties"]["version"] == 2
    done = http.patch(path, json={"properties": {"name": "乙"}},
                      headers={"If-Match": put.headers["ETag"]})  # fmt: skip
    assert done.json()["properties"]["version"] == 2
    assert http.delete(path, headers={"If-Match": done.headers["ETag"]}).status_code == 204
    assert http.get(path, params={"version": 2}).status_code == 404
    assert http.get(path).json()["properties"]["version"] == 1


def test_what_says_the_same_writes_nothing_whatever_it_is(http, town):
    first = law(http, drawn("示例区三"))
    path = f"{ZONES}/{first.json()['id']}"
    read = http.get(path)
    put = http.put(path, json=read.json(), headers={"If-Match": read.headers["ETag"]})
    assert (put.status_code, put.headers["ETag"]) == (200, read.headers["ETag"])
    assert http.get(path, params={"version": 2}).status_code == 404
    district = "/collections/district/items/1"  # it may lie over itself
    read = http.get(district)
    put = http.put(district, json=read.json(), headers={"If-Match": read.headers["ETag"]})
    assert (put.status_code, put.headers["ETag"]) == (200, read.headers["ETag"]), put.text
    site = {"type": "Feature", "geometry": square(0, 0, 50).__geo_interface__,
            "properties": {"code": "S-1", "kind": "landfill", "permit_state": "none"}}  # fmt: skip
    first = made(http, "/collections/site/items", site)
    assert first.json()["geometry"]["type"] == "Polygon"
    path = f"/collections/site/items/{first.json()['id']}"
    put = http.put(path, json=first.json(), headers={"If-Match": first.headers["ETag"]})
    assert (put.status_code, put.headers["ETag"]) == (200, first.headers["ETag"])
    assert [op for op, _, _ in history(town, "site", first.json()["id"])] == ["insert"]


def test_an_approved_draft_follows_the_law_it_amends(http):
    first = law(http, drawn("示例区四"))
    path = f"{ZONES}/{first.json()['id']}"
    put = http.put(path, json=drawn("示例区四", 700), headers={"If-Match": first.headers["ETag"]})
    reviewed(http, path, 2, put.headers["ETag"], valid_from="2025-01-01")
    assert http.get(path).json()["properties"]["version"] == 2
    was = http.get(path, params={"datetime": "2024-12-31"}).json()["properties"]
    assert (was["version"], was["valid_to"]) == (1, "2025-01-01")


def test_of_a_draft_beside_the_law_it_is_said_which_is_deleted(http):
    first = law(http, drawn("示例区五"))
    path, tag = f"{ZONES}/{first.json()['id']}", first.headers["ETag"]
    put = http.put(path, json=drawn("示例区五", 700), headers={"If-Match": tag})
    late = http.delete(path, headers={"If-Match": tag})
    assert late.status_code == 412
    assert "?version=2" in late.json()["detail_en"]
    assert http.delete(path, headers={"If-Match": "*"}).status_code == 409
    ended = http.delete(path, params={"version": 1}, headers={"If-Match": tag})
    assert ended.status_code == 204
    assert http.get(path).status_code == 404  # the law has ended, the draft is still there
    draft = http.get(path, params={"version": 2})
    assert draft.headers["ETag"] == put.headers["ETag"]


def test_deleting_a_version_that_has_ended_leaves_the_law_in_force(http):
    first = law(http, drawn("示例区七"))
    path = f"{ZONES}/{first.json()['id']}"
    put = http.put(path, json=drawn("示例区七", 700), headers={"If-Match": first.headers["ETag"]})
    reviewed(http, path, 2, put.headers["ETag"], valid_from="2025-01-01")
    old = http.get(path, params={"version": 1}).headers["ETag"]
    answer = http.delete(path, params={"version": 1}, headers={"If-Match": old})
    assert answer.status_code == 409, answer.text
    assert "version 2" in answer.json()["detail_en"]
    now = http.get(path).json()["properties"]
    assert (now["version"], now["valid_to"]) == (2, None)


def test_deleting_a_zone_that_is_law_ends_it_and_keeps_it(http, town):
    first = law(http, drawn("示例区二"))
    path = f"{ZONES}/{first.json()['id']}"
    tag = http.get(path).headers["ETag"]
    assert http.delete(path, headers={"If-Match": tag}).status_code == 204
    assert http.get(path).status_code == 404
    was = http.get(path, params={"datetime": "2024-06-30"})
    assert was.json()["properties"]["name"] == "示例区二"
    assert was.json()["properties"]["valid_to"] is not None


def test_a_draft_is_no_feature_of_today(http):
    body = drawn("示例草案", law_status="draft", valid_from=None)
    first = made(http, ZONES, body)
    path = f"{ZONES}/{first.json()['id']}"
    assert http.get(path).status_code == 404
    assert http.get(path, params={"version": 1}).json()["properties"]["law_status"] == "draft"


def test_a_shape_that_crosses_itself_is_refused_with_the_place(http):
    bow = {"type": "Polygon", "coordinates": [[[113.6, 37.9], [113.61, 37.91], [113.61, 37.9],
                                               [113.6, 37.91], [113.6, 37.9]]]}  # fmt: skip
    answer = http.post(ZONES, json=drawn("蝶") | {"geometry": bow})
    assert answer.status_code == 400
    assert answer.json()["problems"]


def test_a_change_of_a_name_leaves_the_shape_to_the_last_bit(http):
    first = law(http, drawn("示例区六"))
    path = f"{ZONES}/{first.json()['id']}"
    named = http.patch(path, json={"properties": {"name": "改名"}},
                       headers={"If-Match": first.headers["ETag"]})  # fmt: skip
    again = http.patch(path, json={"properties": {"name": "再改"}},
                       headers={"If-Match": named.headers["ETag"]})  # fmt: skip
    assert again.json()["properties"]["version"] == 2
    told = http.get(f"{path}/versions/1/diff/2").json()
    assert (told["added"], told["removed"]) == (None, None)
    assert [each["name"] for each in told["changed"]] == ["name"]


UNITS = "/collections/management_unit/items"


def unit(name: str, west_m: float, east_m: float):
    shape = box(*at(west_m, 9000), *at(east_m, 9500))
    properties = {"name": name, "area_code": "140302", "valid_from": "2024-01-01"}
    return {"type": "Feature", "geometry": shape.__geo_interface__, "properties": properties}


def next_version(http, path: str, body, day: str):
    """A draft of a zone's next version, sent to review; its ETag there."""
    read = http.get(path)
    headers = {**by(http, "起草人"), "If-Match": read.headers["ETag"]}
    put = http.put(path, json=body, headers=headers)
    assert put.status_code == 200, put.text
    assert put.json()["properties"]["law_status"] == "draft"
    sent = step(http, path, 2, "submit", put.headers["ETag"], "起草人")
    assert sent.status_code == 200, sent.text
    return put.json(), sent.headers["ETag"]


def test_a_border_between_zones_that_may_not_overlap_is_moved_and_becomes_law_on_both_sides(http):
    paths, day = [], "2025-01-01"
    for name, west, east in (("西单元", 0, 1000), ("东单元", 1000, 2000)):
        first = made(http, UNITS, unit(name, west, east), headers=by(http, "起草人"))
        path = f"{UNITS}/{first.json()['id']}"
        reviewed(http, path, 1, first.headers["ETag"])
        paths.append(path)
    west, east = paths
    wider, west_tag = next_version(http, west, unit("西单元", 0, 1100), day)
    assert "overlap" in {each["code"] for each in wider["warnings"]}
    alone = step(http, west, 2, "approve", west_tag, "审批人", valid_from=day)
    assert alone.status_code == 409
    assert "东单元" in alone.json()["detail_zh"]
    assert http.get(f"{west}/versions/2").json()["properties"]["law_status"] == "in_review"
    _, east_tag = next_version(http, east, unit("东单元", 1100, 2000), day)
    for path, tag in ((west, west_tag), (east, east_tag)):
        done = step(http, path, 2, "approve", tag, "审批人", valid_from=day)
        assert done.status_code == 200, done.text
        assert http.get(path).json()["properties"]["version"] == 2


def test_a_draft_on_forbidden_ground_does_not_become_law_by_a_patch_either(http):
    first = made(http, UNITS, unit("北单元", 4000, 5000), headers=by(http, "起草人"))
    reviewed(http, f"{UNITS}/{first.json()['id']}", 1, first.headers["ETag"])
    second = made(http, UNITS, unit("压界单元", 4500, 5500), headers=by(http, "起草人"))
    path = f"{UNITS}/{second.json()['id']}"
    sent = step(http, path, 1, "submit", second.headers["ETag"], "起草人")
    patch = {"properties": {"law_status": "approved"}}
    headers = {**by(http, "审批人"), "If-Match": sent.headers["ETag"]}
    answer = http.patch(path, json=patch, headers=headers)
    assert answer.status_code == 409, answer.text
    assert "北单元" in answer.json()["detail_zh"]
