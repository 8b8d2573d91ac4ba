"""Findings as a collection: read, filtered, sorted and exported like any other, never written."""

import csv
import io
from datetime import date

import httpx
import pytest
from sqlalchemy import text

from gis_app.export.findings import COLUMNS
from gis_app.store.engine import writing

ITEMS = "/collections/findings/items"
OPEN = "ledger = 'standing' and closed_run is null"


def counted(service, where):
    with service.engine.connect() as conn:
        return conn.execute(text(f"select count(*) from gis.finding where {where}")).scalar_one()


def matched(http, **asked):
    answer = http.get(ITEMS, params={"limit": 1, **asked})
    assert answer.status_code == 200, answer.text
    return answer.json()["numberMatched"]


def test_every_open_finding_is_once_in_the_pages_at_its_wells_place(http, service):
    found, url = [], f"{ITEMS}?limit=700"
    while url:
        page = http.get(url).json()
        found += page["features"]
        url = next((k["href"] for k in page["links"] if k["rel"] == "next"), None)
    with service.engine.connect() as conn:
        rows = conn.execute(
            text(
                "select finding_id, rule, subject_code, st_x(w.geom), st_y(w.geom) from gis.finding"
                " f left join gis.well w on f.subject = 'well' and w.well_id = f.subject_id"
                f" where {OPEN} order by finding_id"
            )
        ).all()
    assert [f["id"] for f in found] == [row[0] for row in rows]
    assert len(rows) > 700
    for feature, (_, rule, code, lon, lat) in zip(found, rows, strict=True):
        told = feature["properties"]
        assert (told["rule"], told["subject_code"]) == (rule, code)
        if lon is not None:
            assert feature["geometry"]["coordinates"] == pytest.approx([lon, lat], abs=1e-7)
        assert feature["geometry"] is None or feature["geometry"]["type"] == "Point"


@pytest.mark.parametrize(
    ("condition", "where"),
    [
        ("answer = 'indeterminate'", "answer = 'indeterminate'"),
        ("verdict IN ('close_by', 'seal') AND edge_m > 50",
         "verdict in ('close_by', 'seal') and edge_m > 50"),
        ("missing LIKE '%annual_m3%'", "array_to_string(missing, ';') like '%annual_m3%'"),
        ("T_DURING(since, INTERVAL('2000-01-01', '..'))", "since >= date '2000-01-01'"),
        ("tier = 'municipal'", "instrument in (select unnest(cast(:municipal as text[])))"),
        ("S_INTERSECTS(geometry, BBOX(113.5, 37.8, 113.6, 37.9))",
         "st_intersects(st_pointonsurface(geom), st_makeenvelope(113.5, 37.8, 113.6, 37.9, 4490))"),
    ],
)  # fmt: skip
def test_a_filter_finds_what_sql_does(http, service, condition, where):
    municipal = [i.id for i in service.registry.instruments.values() if i.tier == "municipal"]
    with service.engine.connect() as conn:
        statement = text(f"select count(*) from gis.finding where {OPEN} and {where}")
        bound = {"municipal": municipal} if ":municipal" in where else {}
        expected = conn.execute(statement, bound).scalar_one()
    assert matched(http, filter=condition) == expected
    assert expected > 0


def test_a_property_a_box_and_an_order_are_taken_too(http, service):
    assert matched(http, subject="well") == counted(service, f"{OPEN} and subject = 'well'")
    box = matched(http, bbox="113.5,37.8,113.6,37.9")
    assert 0 < box < matched(http)
    edges = [
        f["properties"]["edge_m"]
        for f in http.get(ITEMS, params={"sortby": "-edge_m", "limit": 50}).json()["features"]
    ]
    assert edges == sorted(edges, reverse=True)
    assert edges[0] > edges[-1]


def test_a_finding_has_the_sentence_an_inspector_reads_aloud(http):
    (one,) = http.get(ITEMS, params={"limit": 1, "filter": "subject = 'well'"}).json()["features"]
    alone = http.get(f"{ITEMS}/{one['id']}").json()["properties"]
    assert alone == one["properties"]
    assert alone["subject_code"] in alone["sentence_zh"]
    assert alone["clause"] in alone["sentence_en"]
    page = http.get(f"{ITEMS}/{one['id']}?f=html").text
    assert alone["subject_code"] in page
    assert f"/wells/{alone['subject_code']}/verdict" in page
    declared = http.get("/collections/findings/schema").json()["properties"]
    assert set(alone) <= set(declared)
    assert all(each.get("readOnly") for name, each in declared.items() if name != "geometry")
    asked = http.get("/collections/findings/queryables").json()["properties"]
    assert "sentence_zh" not in asked
    assert asked["edge_m"]["type"] == "number"


def test_nothing_writes_a_finding_but_an_audit(http):
    (one,) = http.get(ITEMS, params={"limit": 1}).json()["features"]
    address = f"{ITEMS}/{one['id']}"
    for method, path in (("POST", ITEMS), ("PUT", address), ("PATCH", address),
                         ("DELETE", address)):  # fmt: skip
        body = None if method == "DELETE" else one
        answer = http.request(method, path, json=body, headers={"If-Match": "*"})
        assert answer.status_code == 405, method
        assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
        assert "audit" in answer.json()["detail_en"]
    for path in (ITEMS, address):
        assert http.options(path).headers["allow"] == "GET, HEAD, OPTIONS"
    assert http.get(address).json()["properties"] == one["properties"]
    answer = http.post(
        "/imports", files={"file": ("a.csv", b"rule\nx\n")}, data={"layer": "findings"}
    )
    assert answer.status_code == 405


def test_an_export_is_the_file_that_an_audit_gives(http, service):
    run = http.post("/audits", json={}).json()["run_id"]
    condition = {"filter": "answer = 'indeterminate' AND subject = 'well'", "f": "csv"}
    answer = http.get("/collections/findings/export", params=condition)
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert rows[0] == COLUMNS
    told = {"answer": "indeterminate", "subject": "well", "f": "csv"}
    assert answer.text == http.get(f"/audits/{run}/findings/export", params=told).text
    assert len(rows) - 1 == counted(
        service, f"{OPEN} and answer = 'indeterminate' and subject = 'well'"
    )
    book = http.get("/collections/findings/codebook").text
    assert book == http.get("/findings/codebook").text


@pytest.fixture
def diary(fresh_database, tmp_path):
    """A ledger of three findings: open, closed, and one of a look ahead."""
    from gis_app import registry
    from gis_app.settings import Settings
    from tests.service import serving

    with writing(fresh_database, "t") as conn:
        runs = [
            conn.execute(
                text("insert into gis.audit_run (\"on\", instruments, ledger, law_hash) values"
                     " ('2024-01-01', '{}', :ledger, 'x') returning run_id"),
                {"ledger": ledger},
            ).scalar_one()
            for ledger in ("standing+anywhere", "2031-01-01")
        ]  # fmt: skip
        for n, (run, ledger, since, until) in enumerate([
            (runs[0], "standing+anywhere", date(2024, 1, 1), None),
            (runs[0], "standing+anywhere", date(2023, 1, 1), date(2023, 7, 1)),
            (runs[1], "2031-01-01", date(2031, 1, 1), None),
        ]):  # fmt: skip
            conn.execute(
                text("insert into gis.finding (ledger, subject, subject_id, subject_code, rule,"
                     " instrument, clause, answer, verdict, since, until, opened_run, closed_run,"
                     " closed_cause) values (:ledger, 'well', :n, 'W', 'gone', 'gone', '1',"
                     " 'applies', 'close', :since, :until, :run, :closed, :cause)"),
                {"ledger": ledger, "n": n, "since": since, "until": until, "run": run,
                 "closed": run if until else None, "cause": "law" if until else None},
            )  # fmt: skip
    with (
        serving(Settings(home=tmp_path), fresh_database, registry.load()) as service,
        httpx.Client(base_url=service.url, timeout=30) as client,
    ):
        yield client


def test_a_day_shows_the_findings_that_stood_then_and_only_of_the_ledger_that_maps_show(diary):
    def since(**asked):
        return [f["properties"]["since"] for f in diary.get(ITEMS, params=asked).json()["features"]]

    assert since() == ["2024-01-01"]
    assert since(datetime="2023-06-30") == ["2023-01-01"]
    assert since(datetime="2023-07-01") == []
    assert since(datetime="2023-06-30/2024-06-30") == ["2024-01-01", "2023-01-01"]
    assert since(datetime="../..") == ["2024-01-01", "2023-01-01"]
    closed = diary.get(ITEMS, params={"datetime": "2023-06-30"}).json()["features"][0]["id"]
    told = diary.get(f"{ITEMS}/{closed}").json()["properties"]
    assert (told["until"], told["closed_cause"]) == ("2023-07-01", "law")
    assert told["tier"] is None


def test_they_are_described_where_wells_and_zones_are(http):
    told = http.get("/collections/findings").json()
    west, south, east, north = told["extent"]["spatial"]["bbox"][0]
    for feature in http.get(ITEMS, params={"limit": 10_000}).json()["features"]:
        if feature["geometry"]:
            lon, lat = feature["geometry"]["coordinates"]
            assert west <= lon <= east
            assert south <= lat <= north
    paths = http.get("/api").json()["paths"]["/collections/{collectionId}/items"]
    named = {
        method: next(p for p in each["parameters"] if p["name"] == "collectionId")["schema"]["enum"]
        for method, each in paths.items()
    }
    assert "findings" in named["get"]
    assert "findings" not in named["post"]
