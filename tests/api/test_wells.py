"""Near, verdict, search, audits and imports over HTTP."""

import csv
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from pyproj import Geod
from sqlalchemy import text

from api.deps import AT_ONCE
from gis_app import audit
from gis_app.flags import flag_of
from gis_app.store import wells

GEOD = Geod(a=6378137.0, rf=298.257222101)
HERE = {"lon": 113.6, "lat": 37.9}


def test_near_gives_all_wells_within_the_distance_nearest_first(http, service):
    got = http.get("/wells/near", params={**HERE, "within_m": 5000, "limit": 500}).json()["wells"]
    with service.engine.connect() as conn:
        rows = conn.execute(text("select code, st_x(geom) x, st_y(geom) y from gis.well")).all()
    want = []
    for row in rows:
        azimuth, _, metres = GEOD.inv(HERE["lon"], HERE["lat"], row.x, row.y)
        if metres <= 5000:
            want.append((metres, row.code, azimuth % 360))
    want.sort()
    assert [w["code"] for w in got] == [code for _, code, _ in want]
    for well, (metres, _, bearing) in zip(got, want, strict=True):
        assert well["distance_m"] == pytest.approx(metres, abs=0.01)
        assert well["bearing_deg"] == pytest.approx(bearing, abs=0.01)
    assert len(want) > 10


def test_near_is_answered_some_at_a_time_and_holds_up_nothing_else(http, service, monkeypatch):
    asked, at_once, go = [], threading.Semaphore(0), threading.Event()

    def slow(*args, **kwargs):
        asked.append(args)
        at_once.release()
        assert go.wait(30)
        return []

    monkeypatch.setattr(wells, "near", slow)
    with ThreadPoolExecutor(6) as phones:
        waiting = [phones.submit(http.get, "/wells/near", params=HERE) for _ in range(6)]
        try:
            assert all(at_once.acquire(timeout=30) for _ in range(AT_ONCE))
            assert http.get("/search", params={"q": "SL-D001"}).status_code == 200
            assert not at_once.acquire(timeout=0.3)
        finally:
            go.set()
        assert [each.result().status_code for each in waiting] == [200] * 6
    assert len(asked) == 6


def test_near_filters_by_finding_before_it_limits(http):
    every = http.get("/wells/near", params={**HERE, "within_m": 20_000, "limit": 500}).json()
    close = [w["code"] for w in every["wells"] if w["flag"] == "close"][:5]
    got = http.get(
        "/wells/near", params={**HERE, "within_m": 20_000, "limit": 5, "finding": "close"}
    ).json()["wells"]
    assert [w["code"] for w in got] == close
    assert all(w["gravest"]["answer"] == "applies" for w in got)


def test_near_says_when_there_are_more_than_it_lists(http):
    asked = {**HERE, "within_m": 1500, "limit": 500}
    every = http.get("/wells/near", params=asked).json()
    n = len(every["wells"])
    for limit, more in ((n - 1, True), (n, False), (5, True)):
        got = http.get("/wells/near", params={**asked, "limit": limit}).json()
        assert (len(got["wells"]), got["truncated"]) == (limit, more)
    assert not every["truncated"]
    page = http.get("/wells/near", params={**asked, "limit": 5, "f": "html"}).text
    assert "只列最近的 5 口" in page


def test_each_well_nearby_tells_the_finding_that_makes_its_flag(http, service):
    """The gravest; of one rule's findings by several zones, the deepest inside."""
    got = http.get("/wells/near", params={**HERE, "within_m": 20_000, "limit": 500}).json()["wells"]
    with service.engine.connect() as conn:
        rows = conn.execute(text(
            "select subject_code as code, rule, answer, verdict, edge_m,"
            " gis.flag(min(gis.gravity(answer, verdict)) over (partition by subject_id)) as flag"
            " from gis.finding where closed_run is null and subject = 'well'"
            " and ledger = 'standing'")).all()  # fmt: skip
    seen = {well["flag"] for well in got}
    assert {"close", "indeterminate", "clear"} <= seen
    for well in got:
        of_well = [row for row in rows if row.code == well["code"]]
        told = well["gravest"]
        if told is None:
            assert well["flag"] in {"clear", "unassessed"}
            continue
        assert {row.flag for row in of_well} == {well["flag"]}
        assert flag_of(told["answer"], told["verdict"]) == well["flag"]
        same = [row for row in of_well if (row.rule, row.answer) == (told["rule"], told["answer"])]
        depths = [row.edge_m for row in same if row.edge_m is not None]
        assert told["edge_m"] == (max(depths) if depths else None)
        assert told["sentence_zh"].startswith(well["code"]) or well["code"] in told["sentence_zh"]


@pytest.mark.parametrize(
    "query", ["lon=113", "lon=200&lat=38", "lon=113&lat=38&within_m=60000",
              "lon=113&lat=38&finding=perhaps", "lon=113&lat=38&radius=5"],
)  # fmt: skip
def test_a_malformed_near_is_a_400(http, query):
    assert http.get(f"/wells/near?{query}").status_code == 400


def test_the_verdict_over_http_is_that_of_the_engine(http, service):
    with service.engine.connect() as conn:
        code = (
            conn.execute(
                text(
                    "select subject_code from gis.finding"
                    " where rule = 'YQ-03' and answer = 'applies'"
                )
            )
            .scalars()
            .first()
        )
    told = audit.explain(service.engine, service.registry, code)
    got = http.get(f"/wells/{code}/verdict").json()
    assert [f["rule"] for f in got["findings"]] == [f["rule"] for f in told.findings]
    found = next(f for f in got["findings"] if f["rule"] == "YQ-03")
    assert found["quote"] == (
        "依法限期关闭并封存未经批准的自备水井以及城市公共供水管网覆盖范围内的自备水井"
    )
    assert found["tier"] == "municipal"
    assert found["text_as_of"] == "2025-04-19"
    assert got["well"]["code"] == code


def test_the_verdict_of_another_day_takes_the_law_of_that_day(http, service):
    with service.engine.connect() as conn:
        code = (
            conn.execute(
                text(
                    "select subject_code from gis.finding"
                    " where rule = 'YQ-03' and answer = 'applies'"
                )
            )
            .scalars()
            .first()
        )
    later = http.get(f"/wells/{code}/verdict?on=2028-10-19").json()
    assert "YQ-03" not in {f["rule"] for f in later["findings"]}


def test_search_finds_wells_by_code_and_zones_by_name(http):
    well = http.get("/search", params={"q": "sl-d001"}).json()["results"][0]
    assert (well["kind"], well["code"]) == ("well", "SL-D001")
    kinds = {r["kind"] for r in http.get("/search", params={"q": "泉域"}).json()["results"]}
    assert "zone" in kinds
    assert http.get("/search", params={"q": "%"}).json()["results"] == []


def test_search_finds_wells_by_owner_and_by_place(http):
    listed = http.get("/collections/well/items?limit=200").json()["features"]
    owned = next(f["properties"] for f in listed if f["properties"]["owner"])
    found = http.get("/search", params={"q": owned["owner"], "limit": 50}).json()["results"]
    assert owned["owner"] in {r.get("owner") for r in found}
    placed = next(f["properties"] for f in listed if f["properties"]["village"])
    found = http.get("/search", params={"q": placed["village"], "limit": 50}).json()["results"]
    assert placed["village"] in {r.get("village") for r in found}


@pytest.mark.parametrize(
    "q",
    ["113.58, 37.86", "37.86 113.58", "113°34′48″E 37°51′36″N",
     "东经113度34分48秒 北纬37度51分36秒", "１１３．５８，３７．８６"],
)  # fmt: skip
def test_search_finds_a_place_by_its_coordinates(http, q):
    (found,) = http.get("/search", params={"q": q}).json()["results"]
    assert (found["kind"], found["name"]) == ("place", "113.580000, 37.860000")
    assert (found["lon"], found["lat"]) == pytest.approx((113.58, 37.86), abs=1e-9)
    page = http.get("/search", params={"q": q, "limit": 1, "f": "html"}).text
    assert "/wells/near?lon=113.58" in page


def test_an_audit_over_http_is_kept_with_its_counts_and_findings(http):
    done = http.post("/audits", json={"on": "2024-06-30", "instruments": ["yangquan-2023-75"]})
    assert done.status_code == 201
    run = done.json()
    kept = http.get(f"/audits/{run['run_id']}").json()
    assert kept["counts"] == run["counts"]
    page = http.get(f"/audits/{run['run_id']}/findings", params={"limit": 10_000}).json()
    assert len(page["findings"]) == sum(row["subjects"] for row in run["counts"]["findings"])
    assert all(f["sentence_zh"] for f in page["findings"])
    assert http.post("/audits", json={"day": "2024-06-30"}).status_code == 400
    assert http.post("/audits", json={"instruments": ["nothing"]}).status_code == 404


def test_a_file_is_previewed_committed_and_undone_over_http(http):
    body = "编号,名称,经度,纬度,是否自备井\nHTTP-1,示例,113.6,37.9,是\nHTTP-2,示例,113.61,37.9,否\n"
    files = {"file": ("wells.csv", body.encode("utf-8-sig"), "text/csv")}
    made = http.post("/imports", files=files, data={"layer": "well", "anywhere": "true"})
    assert made.status_code == 201, made.text
    batch = made.json()
    assert (batch["state"], batch["report"]["rows"]) == ("preview", 2)
    done = http.post(f"/imports/{batch['batch_id']}/commit", json={"reason": "test"})
    assert done.json()["state"] == "committed"
    assert http.get("/wells/HTTP-1/verdict").json()["well"]["self_supply"] is True
    undone = http.post(f"/imports/{batch['batch_id']}/undo", json={})
    assert undone.json()["state"] == "undone"
    assert http.get("/wells/HTTP-1/verdict").status_code == 404


def test_refused_rows_come_back_as_a_file_with_a_reason(http):
    body = "编号,经度,纬度\nHTTP-3,113.6,37.9\nHTTP-3,113.6,95\n"
    files = {"file": ("wells.csv", body.encode(), "text/csv")}
    made = http.post("/imports", files=files, data={"layer": "well", "anywhere": "true"}).json()
    refused = http.post(f"/imports/{made['batch_id']}/commit", json={})
    assert refused.status_code == 409
    assert refused.json()["problems"]
    told = http.get(f"/imports/{made['batch_id']}/refused.csv").text
    assert told.startswith("\ufeff")
    rows = list(csv.reader(told[1:].splitlines()))
    assert {"编号", "经度", "纬度"} < set(rows[0])
    assert len(rows) == made["report"]["refused"] + 1
    assert http.post(f"/imports/{made['batch_id']}/discard", json={}).json()["state"] == "discarded"


def test_health_tells_the_schema_and_the_legal_day(http):
    told = http.get("/healthz").json()
    assert told["status"] == "ok"
    assert told["schema"]


def test_a_verdict_tells_which_exemptions_were_tried_and_why_each_holds_or_not(http, service):
    with service.engine.connect() as conn:
        codes = set(conn.execute(text(ONE_OF_EACH)).scalars())
    answers = set()
    for code in codes:
        for found in http.get(f"/wells/{code}/verdict").json()["findings"]:
            rule = service.registry.rules[found["rule"]]
            tried = {way["id"]: way for way in found["examined"]}
            assert list(tried) == [each.id for each in rule.exemptions]
            answers |= {(found["answer"], way["holds"]) for way in tried.values()}
            if found["answer"] == "exempt":
                assert tried[found["exemption"]["id"]]["holds"] is True
            else:
                assert True not in {way["holds"] for way in tried.values()}
            if found["answer"] == "applies":
                assert None not in {way["holds"] for way in tried.values()}
    assert answers >= {("exempt", True), ("applies", False), ("indeterminate", None)}


ONE_OF_EACH = """
select distinct on (rule, answer) subject_code from gis.finding
where subject = 'well' and closed_run is null and ledger = 'standing'
"""


def test_what_a_finding_rests_on_is_told_in_a_line(http):
    found = http.get("/wells/SL-D001/verdict").json()["findings"]
    page = http.get("/wells/SL-D001/verdict?f=html").text
    for each in found:
        told = [f"{f['zh']}：{f['value_zh']}" for f in each["facts"] if f["decides"]]
        assert (each["because_zh"] or "") == "；".join(told)
        assert (each["because_zh"] or "") in page
    assert any(each["because_en"] for each in found)


def test_why_an_exemption_does_not_hold_is_told_in_the_words_of_an_office(http):
    found = http.get("/wells/SL-D001/verdict").json()["findings"]
    tried = next(way for each in found for way in each["examined"] if way["holds"] is False)
    assert tried["answer_zh"] == "不成立"
    assert "：" in tried["because_zh"]
    assert "_" not in tried["because_en"]
    page = http.get("/wells/SL-D001/verdict?f=html").text
    assert tried["because_zh"] in page


def test_a_code_is_known_in_any_case_where_one_well_only_is_meant(http):
    assert http.get("/wells/sl-d001/verdict").json()["well"]["code"] == "SL-D001"
    assert http.get("/wells/sl-d%25/verdict").status_code == 404
