"""Tiles over HTTP: unchanged ones without SQL, codings, refusals, one reading for many readers."""

import gzip
import threading

import brotli
import httpx
import mapbox_vector_tile
import pytest
import zstandard
from sqlalchemy import text

from api.tiles.cache import OVERHEAD_BYTES, Cache, Entry
from gis_app.settings import Settings
from gis_app.store.engine import writing
from tests.service import serving
from tests.tiles.reading import decoded, path
from tests.world import add_well, add_zone, at, square

BUSY = path("well", (6, 52, 24))


def _statements(http):
    return http.get("/healthz/tiles").json()["statements"]


def test_an_unchanged_tile_is_a_304_without_sql_and_an_edit_changes_its_mark(http, service):
    first = http.get(BUSY)
    asked = _statements(http)
    for mark in (first.headers["etag"], f"W/{first.headers['etag']}", '"x", *', "*"):
        again = http.get(BUSY, headers={"If-None-Match": mark})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
    assert http.get(BUSY).content == first.content
    assert _statements(http) == asked
    with writing(service.engine, "test") as conn:
        conn.execute(text("update gis.well set remark = 'seen' where code like 'SL-D%'"))
    until = threading.Event()
    for _ in range(100):
        later = http.get(BUSY, headers={"If-None-Match": first.headers["etag"]})
        if later.status_code == 200:
            break
        until.wait(0.01)
    assert later.headers["etag"] != first.headers["etag"]


def test_an_edit_elsewhere_leaves_a_tile_unchanged(fresh_database, tmp_path, service):
    with writing(fresh_database, "test") as conn:
        add_well(conn, "here", 0, 0)
        add_well(conn, "far", 200_000, 0)
    from tests.tiles.reading import tile_of

    with (
        serving(Settings(home=tmp_path), fresh_database, service.registry) as there,
        httpx.Client(base_url=there.url, headers=there.headers) as http,
    ):
        from tests.tiles.workers import until_listening

        until_listening(there.url)
        here, far = (path("well", tile_of(*at(east, 0), 14)) for east in (0, 200_000))
        before = [http.get(each).headers["etag"] for each in (here, far)]
        with writing(fresh_database, "test") as conn:
            conn.execute(text("update gis.well set name = 'new' where code = 'far'"))
        for _ in range(200):
            if http.get(far).headers["etag"] != before[1]:
                break
        assert http.get(far).headers["etag"] != before[1]
        assert http.get(here).headers["etag"] == before[0]


@pytest.mark.parametrize(
    ("accepted", "coding", "unpack"),
    [
        ("gzip, deflate, br, zstd", "zstd", zstandard.decompress),
        ("gzip, br;q=0.9", "gzip", gzip.decompress),
        ("br", "br", brotli.decompress),
        ("zstd;q=0, gzip", "gzip", gzip.decompress),
        ("*", "zstd", zstandard.decompress),
        ("identity", None, bytes),
        ("", None, bytes),
    ],
)
def test_a_tile_comes_in_the_best_coding_the_reader_takes(http, accepted, coding, unpack):
    with http.stream("GET", BUSY, headers={"Accept-Encoding": accepted}) as answer:
        sent = b"".join(answer.iter_raw())
        assert answer.headers.get("content-encoding") == coding
        assert int(answer.headers["content-length"]) == len(sent)
        body = unpack(sent)
        assert int(answer.headers["x-tile-bytes"]) == len(body)
        assert mapbox_vector_tile.decode(body)["well_count"]
        # another coding is another representation, but the same state of the tile
        assert answer.headers["etag"].endswith(f'.{coding}"' if coding else '"')
        again = http.get(BUSY, headers={"If-None-Match": answer.headers["etag"]})
        assert again.status_code == 304


def test_head_tells_what_get_would_send(http):
    get = http.get(BUSY)
    head = http.head(BUSY)
    assert head.content == b""
    assert head.status_code == 200
    assert head.headers["etag"] == get.headers["etag"]


@pytest.mark.parametrize("base", ["/collections/well", ""])
@pytest.mark.parametrize(
    ("place", "status"),
    [
        ("3/8/0", 404),
        ("3/0/8", 404),
        ("23/0/0", 404),
        ("2/2147483647/0", 404),
        ("2/0/2147483647", 404),
        ("2/0/99999999999999999999999999999999", 404),
        ("a/0/0", 400),
        ("2/-1/0", 400),
        ("2/0/1.5", 400),
        ("2/٣/0", 400),
        ("2/0/0?datetime=2020-13-01", 400),
        ("2/0/0?datetime=2020-01-01/2021-01-01", 400),
        ("2/0/0?datetime=2020-01-01&datetime=2020-01-01", 400),
        ("2/0/0?limit=5", 400),
    ],
)
def test_what_is_no_tile_is_refused_as_a_problem(http, base, place, status):
    answer = http.get(f"{base}/tiles/WebMercatorQuad/{place}")
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail_zh"]


def test_a_tile_of_no_layer_is_a_404(http):
    assert http.get("/collections/nothing/tiles/WebMercatorQuad/0/0/0").status_code == 404
    assert http.get("/collections/well/tiles/WorldCRS84Quad/0/0/0").status_code == 404


def test_the_tile_of_all_layers_holds_the_layers_tiles(http, service):
    for address in ((6, 52, 24), (10, 835, 394), (12, 3341, 1577)):
        parts = {}
        for layer in service.registry.layers:
            answer = http.get(path(layer, address))
            parts |= decoded(answer.content) if answer.status_code == 200 else {}
        whole = http.get(path(None, address))
        assert decoded(whole.content) == parts
        again = http.get(path(None, address), headers={"If-None-Match": whole.headers["etag"]})
        assert again.status_code == 304


def test_fifty_readers_of_a_cold_tile_cause_one_statement(fresh_database, tmp_path, service):
    with writing(fresh_database, "test") as conn:
        add_zone(conn, "prohibited_zone", square(0, 0, 900))
    with serving(Settings(home=tmp_path), fresh_database, service.registry) as there:
        from tests.tiles.workers import until_listening

        until_listening(there.url)
        with httpx.Client(base_url=there.url, headers=there.headers) as http:
            before = _statements(http)
            start = threading.Barrier(50)
            marks = []

            def read() -> None:
                with httpx.Client(base_url=there.url, headers=there.headers) as mine:
                    start.wait()
                    marks.append(mine.get(path("prohibited_zone", (0, 0, 0))).headers["etag"])

            readers = [threading.Thread(target=read) for _ in range(50)]
            for reader in readers:
                reader.start()
            for reader in readers:
                reader.join()
            assert len(marks) == 50
            assert len(set(marks)) == 1
            assert _statements(http) == before + 1


def test_the_cache_keeps_to_its_bound_and_lets_the_least_used_go():
    cache = Cache(10 * (OVERHEAD_BYTES + 1000))
    made = [Entry(str(n), (0, 0, 0), None, {"": bytes(1000)}) for n in range(30)]
    for n, entry in enumerate(made):
        cache.keep(n, entry)
        cache.get(0)  # always in use
    assert len(cache) == 10
    assert cache.get(0) is made[0]
    assert cache.get(1) is None
    assert cache.get(29) is made[29]
    cache.add(29, made[29], "br", bytes(5000))
    assert cache.bytes <= 10 * (OVERHEAD_BYTES + 1000)
    assert cache.bytes == sum(made[n].size for n in range(30) if cache.get(n) is made[n])


def test_a_tile_over_the_budget_is_sent_whole_and_reported(fresh_database, tmp_path, service):
    with writing(fresh_database, "test") as conn:
        conn.execute(
            text(
                "insert into gis.well (code, name, geom) select 'W' || n,"
                " repeat(md5(n::text), 8), st_setsrid(st_makepoint(113.6 + n * 1e-7, 37.9), 4490)"
                " from generate_series(1, 3000) n"
            )
        )
    with (
        serving(Settings(home=tmp_path), fresh_database, service.registry) as there,
        httpx.Client(base_url=there.url, headers=there.headers, timeout=30) as http,
    ):
        from tests.tiles.reading import tile_of

        answer = http.get(path("well", tile_of(113.60005, 37.9, 14)))
        assert len(decoded(answer.content)["well"]) == 3000
        assert answer.headers["x-tile-over-budget"] == "500000"
        health = http.get("/healthz/tiles").json()
        assert health["over_budget"] >= 1
        assert max(health["largest"].values()) == int(answer.headers["x-tile-bytes"]) > 500_000
