"""Exports over a real HTTP server: whole, selected like items, or broken off."""

import csv
import io
import time
from urllib.parse import unquote

import httpx
import pytest
from sqlalchemy import text

from gis_app.export import FORMATS
from gis_app.export.findings import COLUMNS
from gis_app.settings import Settings
from gis_app.store import exports, items
from gis_app.store.engine import writing
from tests.database import WELLS
from tests.exports.conftest import LAW, wells
from tests.exports.readers import inside, read
from tests.service import serving


def saved(answer, folder, form):
    assert answer.status_code == 200, answer.text
    path = folder / f"got{form.suffix}"
    path.write_bytes(answer.content)
    return path


def as_csv(answer):
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("form", FORMATS.values(), ids=list(FORMATS))
def test_every_format_has_every_well_once(http, service, tmp_path, form):
    answer = http.get("/collections/well/export", params={"f": form.key})
    with service.engine.connect() as conn:
        told = exports.table(conn, LAW.layer("well"), items.Query())
        ids = conn.execute(text("select well_id from gis.well order by 1")).scalars().all()
    found = read(saved(answer, tmp_path, form), {f.name: f.kind for f in told.fields})
    assert sorted(row["well_id"] for row in found.rows) == ids
    assert len(ids) == WELLS
    assert all(place.within(place.buffer(1)) and 112 < place.x < 114.5 for place in found.places)
    assert answer.headers["content-type"] == form.media
    assert "transfer-encoding" in answer.headers  # streamed: no length is known beforehand


def test_a_file_is_named_in_ascii_and_as_the_office_says_it(http):
    answer = http.get("/collections/well/export", params={"f": "csv", "code": "none"})
    kind, plain, told = answer.headers["content-disposition"].split("; ")
    day = http.get("/healthz").json()["legal_day"]
    assert (kind, plain) == ("attachment", f'filename="well_{day}.csv"')
    assert unquote(told) == f"filename*=UTF-8''取水井_{day}.csv"


def test_every_answer_has_the_headers_of_safety_and_the_map_its_policy(http):
    ask = {"f": "csv", "code": "none"}
    for answer in (http.get("/healthz"), http.get("/collections/well/export", params=ask)):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert "content-security-policy" not in answer.headers
    policy = http.get("/map/").headers["content-security-policy"]
    assert "script-src 'self'" in policy


def test_what_is_packed_already_is_not_packed_again(http):
    ask = {"code": "none"}
    for form in FORMATS.values():
        answer = http.get("/collections/well/export", params={**ask, "f": form.key})
        packed = answer.headers.get("content-encoding") == "identity"
        assert packed == form.packed


@pytest.mark.parametrize(
    "asked",
    [
        {"status": "active"},
        {"bbox": "113.5,37.8,113.7,37.95"},
        {"self_supply": "true", "bbox": "113.5,37.8,113.7,37.95"},
    ],
)
def test_an_export_selects_what_items_selects(http, asked):
    page = http.get("/collections/well/items", params={**asked, "limit": 5000}).json()
    got = as_csv(http.get("/collections/well/export", params={**asked, "f": "csv"}))
    assert [int(row["well_id"]) for row in got] == [f["id"] for f in page["features"]]
    assert 0 < len(got) < WELLS


def test_zones_are_those_of_the_day(http):
    ask = {"f": "geojson", "datetime": "1990-01-01"}
    got = http.get("/collections/public_supply_coverage/export", params=ask).json()
    assert got["features"] == []
    now = http.get("/collections/public_supply_coverage/export", params={"f": "geojson"}).json()
    items_now = http.get("/collections/public_supply_coverage/items").json()
    assert len(now["features"]) == items_now["numberMatched"] > 0


@pytest.mark.parametrize(
    ("path", "asked", "words"),
    [
        ("well", {}, "f"),
        ("well", {"f": "dwg"}, "parquet, gpkg, fgb"),
        ("well", {"f": "csv", "encoding": "gbk"}, "shp: utf-8, gbk"),
        ("well", {"f": "shp", "encoding": "big5"}, "shp: utf-8, gbk"),
        ("well", {"f": "csv", "statuss": "active"}, "statuss"),
        ("well", {"f": "csv", "depth_m": "deep"}, "depth_m"),
        ("well", {"f": "csv", "bbox": "1,2"}, "bbox"),
        ("well", {"f": "csv", "limit": "5"}, "limit"),
        ("permit", {"f": "kml"}, "parquet, gpkg, csv, xlsx, geojson"),
    ],
)
def test_what_cannot_be_answered_is_a_400_with_the_way_out(http, path, asked, words):
    answer = http.get(f"/collections/{path}/export", params=asked)
    assert answer.status_code == 400
    assert words in answer.json()["detail_en"]
    assert "content-disposition" not in answer.headers


def test_an_unknown_collection_is_a_404(http):
    assert http.get("/collections/nowhere/export", params={"f": "csv"}).status_code == 404


def test_registers_are_exported_too(http, service):
    got = as_csv(http.get("/collections/permit/export", params={"f": "csv"}))
    with service.engine.connect() as conn:
        assert len(got) == conn.execute(text("select count(*) from gis.permit")).scalar_one() > 0
    assert "holder_uscc" not in got[0]


def test_the_codebook_tells_every_column_with_its_unit_and_values(http):
    book = {row["column"]: row for row in as_csv(http.get("/collections/well/codebook"))}
    got = as_csv(http.get("/collections/well/export", params={"f": "csv", "status": "active"}))
    assert set(got[0]) <= set(book)
    assert book["annual_permitted_m3"]["unit"] == "m3"
    assert "sealed=已封存 sealed" in book["status"]["values"]
    assert "WGS 84" in book["geometry"]["en"]


@pytest.fixture(scope="session")
def run(http):
    return http.get("/audits").json()["audits"][0]["run_id"]


@pytest.mark.parametrize("form", FORMATS.values(), ids=list(FORMATS))
def test_findings_come_in_every_format(http, run, tmp_path, form):
    told = {"rule": "YQ-03", "answer": "applies"}
    page = http.get(f"/audits/{run}/findings", params={**told, "limit": 10_000}).json()
    answer = http.get(f"/audits/{run}/findings/export", params={**told, "f": form.key})
    kinds = dict.fromkeys(COLUMNS, "text") | {"lon": "number", "lat": "number"}
    found = read(saved(answer, tmp_path, form), kinds)
    assert found.columns == COLUMNS
    assert sorted(row["subject_code"] for row in found.rows) == sorted(
        f["subject_code"] for f in page["findings"]
    )
    for row, place in zip(found.rows, found.places, strict=True):
        assert (place.x, place.y) == pytest.approx((row["lon"], row["lat"]), abs=1e-9)


def test_sentences_that_a_shapefile_cuts_stand_beside_it_under_the_key_of_the_finding(
    http, run, tmp_path
):
    answer = http.get(f"/audits/{run}/findings/export", params={"f": "shp"})
    path = saved(answer, tmp_path, FORMATS["shp"])
    cut = inside(path, "cut.csv")
    page = http.get(f"/audits/{run}/findings", params={"limit": 10_000}).json()["findings"]
    told = {(f["subject_code"], f["rule"], str(f["zone_id"] or ""), f["since"]): f for f in page}
    assert len(told) == len(page)
    listed = {}
    for row in cut:
        key = (row["subject_code"], row["rule"], row["zone_id"], row["since"])
        assert row["text"] == told[key][row["column"]]
        listed[key, row["column"]] = row
    assert len(listed) == len(cut) > 0
    long = [k for k, f in told.items() if len(f["sentence_zh"].encode()) > 254]
    assert all((k, "sentence_zh") in listed for k in long)


def test_findings_are_selected_like_findings(http, run):
    every = as_csv(http.get(f"/audits/{run}/findings/export", params={"f": "csv"}))
    sites = http.get(f"/audits/{run}/findings/export", params={"f": "csv", "subject": "dataset"})
    assert {row["subject"] for row in as_csv(sites)} <= {"dataset"}
    assert len(as_csv(sites)) < len(every)
    ask = {"f": "csv", "rule": "none"}
    assert http.get(f"/audits/{run}/findings/export", params=ask).status_code == 404
    ask = {"f": "csv", "nonsense": "1"}
    assert http.get(f"/audits/{run}/findings/export", params=ask).status_code == 400
    book = as_csv(http.get("/findings/codebook"))
    assert [row["column"] for row in book] == [*COLUMNS, "geometry"]


MANY = 30_000


@pytest.fixture(scope="module")
def crowd(databases, worker, tmp_path_factory):
    """A service with more wells than the buffers between it and its client hold."""
    with databases.clone(f"gis_exports_{worker}") as engine:
        with writing(engine, "test") as conn:
            wells(conn)
            conn.execute(
                text(
                    "insert into gis.well (code, name, area_code, geom) select 'C' || n,"
                    " repeat('示例', 60), '140302', st_setsrid(st_makepoint(113 + n / 1e5, 37.9),"
                    " 4490) from generate_series(1, :many) n"
                ),
                {"many": MANY},
            )
        with serving(Settings(home=tmp_path_factory.mktemp("crowd")), engine, LAW) as found:
            yield found


def test_a_transfer_whose_source_dies_never_looks_whole(crowd):
    with httpx.Client(base_url=crowd.url, headers=crowd.headers, timeout=60) as client:
        ask = {"f": "geojson"}
        with client.stream("GET", "/collections/well/export", params=ask) as answer:
            assert answer.status_code == 200
            parts = answer.iter_raw()
            next(parts)
            _end_exports(crowd.engine)
            with pytest.raises(httpx.RemoteProtocolError):
                b"".join(parts)
    _all_given_back(crowd.engine)


def test_a_client_that_leaves_gives_the_connection_back(crowd):
    with httpx.Client(base_url=crowd.url, headers=crowd.headers, timeout=60) as client:
        ask = {"f": "geojson"}
        with client.stream("GET", "/collections/well/export", params=ask) as answer:
            next(answer.iter_raw())
            assert crowd.engine.pool.checkedout() == 1
    _all_given_back(crowd.engine)


def test_a_large_export_is_whole_when_nobody_disturbs_it(crowd):
    with httpx.Client(base_url=crowd.url, headers=crowd.headers, timeout=60) as client:
        got = client.get("/collections/well/export", params={"f": "geojson"}).json()
    assert len({f["properties"]["code"] for f in got["features"]}) == MANY + 23


def _end_exports(engine):
    """End the sessions of the database that are at work."""
    statement = (
        "select count(pg_terminate_backend(pid)) from pg_stat_activity"
        " where datname = current_database() and pid <> pg_backend_pid()"
        " and state in ('active', 'idle in transaction')"
    )
    with engine.connect() as conn:
        assert conn.execute(text(statement)).scalar_one() >= 1


def _all_given_back(engine):
    until = time.monotonic() + 20
    while engine.pool.checkedout():
        assert time.monotonic() < until
        time.sleep(0.02)
