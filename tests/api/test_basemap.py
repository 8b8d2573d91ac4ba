"""天地图 through the service: a local server stands for the provider, there being no other here."""

import logging
import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from api.basemap.shelf import Shelf
from gis_app import registry
from gis_app.settings import Settings
from tests.service import serving

KEY = "0123456789abcdef-geheim"
PNG = bytes.fromhex("89504e470d0a1a0a") + b"tile"


class Provider(ThreadingHTTPServer):
    """Answers as the provider does, and remembers what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.answer: tuple[int, dict[str, str], bytes] = (200, {"Content-Type": "image/png"}, PNG)
        self.url = f"http://127.0.0.1:{self.server_port}"


class _Answer(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        status, headers, body = self.server.answer
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.send_header("Set-Cookie", "provider=1")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def provider() -> Iterator[Provider]:
    with Provider() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def home(tmp_path):
    return tmp_path


@pytest.fixture
def http(engine, provider, home) -> Iterator[httpx.Client]:
    settings = Settings(home=home, tianditu_key=KEY, tianditu_url=provider.url + "/t{server}",
                        map_approval="GS（2026）0000号")  # fmt: skip
    with (
        serving(settings, engine, registry.load()) as service,
        httpx.Client(base_url=service.url, headers=service.headers, timeout=30) as client,
    ):
        yield client


def test_a_tile_is_asked_for_with_the_key_and_nothing_of_the_caller(http, provider):
    headers = {"Cookie": "session=mine", "X-Forwarded-For": "10.0.0.1", "Referer": "http://x/?a=b"}
    answer = http.get("/basemap/tdt/vec/9/417/196", headers=headers)
    assert (answer.status_code, answer.content) == (200, PNG)
    assert answer.headers["content-type"] == "image/png"
    ((path, sent),) = provider.asked
    asked = {k: v[0] for k, v in parse_qs(urlsplit(path).query).items()}
    assert urlsplit(path).path == f"/t{(417 + 196) % 8}/vec_w/wmts"
    assert asked == {
        "SERVICE": "WMTS", "REQUEST": "GetTile", "VERSION": "1.0.0", "LAYER": "vec",
        "STYLE": "default", "TILEMATRIXSET": "w", "FORMAT": "tiles",
        "TILEMATRIX": "9", "TILEROW": "196", "TILECOL": "417", "tk": KEY,
    }  # fmt: skip
    assert set(sent) <= {"Host", "Accept", "Accept-Encoding", "Connection", "User-Agent"}
    assert sent["User-Agent"] == "gis-app"
    assert "set-cookie" not in answer.headers


def test_a_tile_is_fetched_once_and_then_kept_on_disk_also_while_the_provider_fails(
    http, provider, home
):
    for _ in range(3):
        assert http.get("/basemap/tdt/img/3/6/3").content == PNG
    assert len(provider.asked) == 1
    assert (home / "basemap/img/3/6/3").read_bytes() == PNG
    os.utime(home / "basemap/img/3/6/3", (0, 0))  # long out of date
    provider.answer = (500, {}, b"down")
    assert http.get("/basemap/tdt/img/3/6/3").content == PNG
    assert len(provider.asked) == 2


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ((418, {"Content-Type": "text/html"}, b"no right"), 502),
        ((200, {"Content-Type": "image/png"}, b"<html>key refused</html>"), 502),
        ((302, {"Location": "http://127.0.0.1:9/elsewhere"}, b""), 502),
        ((200, {"Content-Type": "image/png"}, PNG + b"\0" * 2_100_000), 502),
        ((404, {}, b""), 404),
    ],
)
def test_what_is_no_tile_is_an_error_that_does_not_tell_the_key(http, provider, given, status):
    status_given, headers, body = given
    provider.answer = (status_given, headers, body.replace(b"key", KEY.encode()))
    answer = http.get("/basemap/tdt/vec/1/0/0")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert KEY not in answer.text + str(answer.headers)
    assert str(provider.server_port) not in answer.text


def test_a_provider_that_is_gone_is_said_without_its_address(http, provider, caplog):
    provider.shutdown()
    provider.server_close()
    with caplog.at_level(logging.DEBUG):
        answer = http.get("/basemap/tdt/cva/1/0/0")
    assert answer.status_code == 502
    assert "空白底图" in answer.json()["detail_zh"]
    assert KEY not in answer.text + caplog.text


def test_the_log_does_not_tell_the_key(http, provider, caplog):
    with caplog.at_level(logging.DEBUG):
        http.get("/basemap/tdt/cia/1/0/0").raise_for_status()
    assert provider.asked
    assert caplog.records
    assert KEY not in caplog.text


@pytest.mark.parametrize(
    ("place", "status"),
    [
        ("vec/0/0/0", 400), ("vec/19/0/0", 400), ("vec/2/4/0", 400), ("vec/2/0/4", 400),
        ("vec/2/-1/0", 400), ("vec/2/a/0", 400), ("vec/2/1.5/0", 400), ("ter/2/0/0", 404),
        ("vec_w/2/0/0", 404), ("..%2Fimg/2/0/0", 404),
    ],
)  # fmt: skip
def test_a_tile_that_cannot_be_is_never_asked_for(http, provider, place, status):
    assert http.get(f"/basemap/tdt/{place}").status_code == status
    assert provider.asked == []


def test_pages_of_other_sites_do_not_spend_the_key(http, provider):
    answer = http.get("/basemap/tdt/vec/1/0/0", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert provider.asked == []


def test_the_layers_offer_the_base_maps_and_never_tell_the_key(http):
    answer = http.get("/layers", params={"f": "json"})
    assert [each["id"] for each in answer.json()["basemaps"]] == ["vec", "img"]
    assert answer.json()["map_approval"] == "GS（2026）0000号"
    assert KEY not in answer.text


def test_without_a_key_nothing_is_offered_and_the_route_says_the_way_out(engine, tmp_path):
    with serving(Settings(home=tmp_path), engine, registry.load()) as service:
        answer = httpx.get(f"{service.url}/basemap/tdt/vec/1/0/0")
        offered = httpx.get(f"{service.url}/layers").json()["basemaps"]
    assert answer.status_code == 404
    assert "GIS_TIANDITU_KEY" in answer.json()["detail_zh"]
    assert offered == []


def test_the_shelf_stays_within_its_size_and_drops_the_longest_unread(tmp_path):
    shelf = Shelf(tmp_path, most_bytes=10_000)
    for number in range(40):
        shelf.keep(f"vec/9/{number}/0", b"x" * 500)
        path = tmp_path / f"vec/9/{number}/0"
        os.utime(path, (number, path.stat().st_mtime))
        assert shelf.find("vec/9/0/0") is not None  # read each time, so it stays
        kept = sum(p.stat().st_size for p in tmp_path.rglob("*") if p.is_file())
        assert kept <= 10_000 * 1.05
    assert shelf.find("vec/9/1/0") is None
    assert shelf.find("vec/9/39/0") is not None
