"""What careless and hostile callers send: an answer in our form, never a 500, never everything."""

import pytest


@pytest.mark.parametrize(
    "path",
    [
        "/collections/well/items?code=%00", "/search?q=%00", "/wells/%00/verdict",
        "/collections/well/items?after=99999999999999999999",
        "/collections/well/items/99999999999999999999999", "/audits/99999999999999999999",
        "/search?q=%20", "/wells/SL-D001/verdict?on=1717200000",
        "/collections/well/items?limit=1&limit=2", "/audits/1/findings?answer=nope",
        "/audits/1/findings?rule=nope", "/collections/well/items?datetime=2024-06-30T25:00:00Z",
    ],
)  # fmt: skip
def test_a_senseless_request_is_a_problem_in_two_languages(http, path):
    answer = http.get(path)
    assert answer.status_code in {400, 404}, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail_zh"]


def test_a_senseless_body_is_a_problem_in_two_languages(http):
    for path, body in (
        ("/imports/1/commit", {"actor": "a\u0000b"}), ("/audits", {"area": "１４０３"}),
        ("/audits", {"area": "99"}), ("/audits", {"on": "someday"}), ("/audits", []),
    ):  # fmt: skip
        answer = http.post(path, json=body)
        assert answer.status_code in {400, 404, 409}, (path, body, answer.text)
        assert answer.headers["content-type"] == "application/problem+json"
    broken = http.post("/audits", content=b"{", headers={"content-type": "application/json"})
    assert broken.status_code == 400


def test_an_instant_is_taken_by_the_calendar_of_law(http):
    # 20:00 UTC on 17 October is the 18th in China
    def count(moment: str) -> int:
        path = "/collections/public_supply_coverage/items"
        return http.get(path, params={"datetime": moment}).json()["numberMatched"]

    assert count("2026-12-31T20:00:00Z") == count("2027-01-01") != count("2026-12-31")


def test_a_head_request_has_the_headers_of_a_get_and_no_body(http):
    head, get = http.head("/collections"), http.get("/collections")
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["content-type"] == get.headers["content-type"]


def test_a_well_code_with_a_slash_has_a_verdict(http):
    body = "编号,经度,纬度\nA/B-1,113.6,37.9\n"
    files = {"file": ("w.csv", body.encode(), "text/csv")}
    made = http.post("/imports", files=files, data={"layer": "well", "anywhere": "true"}).json()
    http.post(f"/imports/{made['batch_id']}/commit", json={})
    assert http.get("/wells/A/B-1/verdict").json()["well"]["code"] == "A/B-1"
    http.post(f"/imports/{made['batch_id']}/undo", json={})


@pytest.mark.parametrize(
    ("path", "zh"),
    [
        ("/collections/well/items?limit=0", "参数 limit 应不小于 1"),
        ("/wells/near?lat=x&lon=1", "参数 lat 应为数"),
        ("/wells/near?lat=1", "参数 lon 缺少"),
        ("/wells/near?lon=1&lat=1&within_m=-5", "距离须大于 0 米"),
        ("/search?q=%00", "NUL"),
    ],
)
def test_what_is_wrong_is_said_in_chinese_without_english(http, path, zh):
    said = http.get(path).json()
    assert zh in said["detail_zh"]
    for english in ("nput should", "required", "None", "cannot"):
        assert english not in said["detail_zh"]
    assert "距离过大" not in said["title"]


def test_each_fault_of_a_body_is_told_by_its_name_in_both_languages(http):
    sent = {"area": "1" * 13, "instruments": "x", "anywhere": "yes", "more": 1}
    said = http.post("/audits", json=sent).json()
    zh = {each["where"]: each["zh"] for each in said["problems"]}
    assert zh["body.area"] == "正文 area 至多 12 个字"
    assert zh["body.instruments"] == "正文 instruments 应为列表"
    assert zh["body.more"] == "正文 more 没有这一项"
    assert {each["where"] for each in said["problems"] if each["en"]} == set(zh)


@pytest.mark.parametrize("day", ["9999-12-31", "2201-01-01", "1799-12-31", "0001-01-01"])
def test_a_day_too_far_away_is_refused_at_every_door_with_the_range(http, day):
    here = {"type": "Point", "coordinates": [113.58, 37.86]}
    ring = [[113.5, 37.8], [113.6, 37.8], [113.6, 37.9], [113.5, 37.8]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    ground = {"type": "Feature", "properties": {}, "geometry": shape}
    for method, path, body in (
        ("GET", f"/wells/SL-D001/verdict?on={day}", None),
        ("GET", f"/law?on={day}", None),
        ("POST", "/audits", {"on": day, "area": "140303"}),
        ("POST", f"/collections/prohibited_zone/impact?on={day}", ground),
        ("POST", "/precheck", {"geometry": here, "kind": "new", "on": day}),
    ):
        said = http.request(method, path, json=body)
        assert said.status_code == 400, (path, said.text)
        assert "1800-01-01" in said.json()["detail"]
        assert "2200-12-31" in said.json()["detail"]


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
@pytest.mark.parametrize(
    "path",
    [
        "/layers",
        "/collections/well/items",
        "/collections/prohibited_zone/items",
        "/collections/findings/items",
        "/collections/well/tiles/WebMercatorQuad/0/0/0",
        "/collections/prohibited_zone/tiles/WebMercatorQuad/9/198/417",
    ],
)
def test_far_datetimes_are_answered(http, path, day):
    assert http.get(path, params={"datetime": day}).status_code in {200, 204, 400}
