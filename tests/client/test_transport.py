"""When the service stutters, is away, or answers nonsense: a real server that misbehaves."""

import json
import os
import pty
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from gis_app import errors
from gis_app.client import Client
from gis_app.client import http as module
from gis_app.client.http import TRIES, Transport
from gis_app.client.progress import progress
from gis_app.errors import BadInput, GisError, Unavailable


@contextmanager
def answering(*answers) -> Iterator[tuple[str, list[str]]]:
    """A server that gives these answers in turn, the last for ever: (status, headers, body)."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            status, headers, body = answers[min(len(asked), len(answers) - 1)]
            asked.append(self.requestline)
            length = int(self.headers.get("content-length") or 0)
            self.rfile.read(length)
            if status is None:  # hang up
                self.close_connection = True
                return
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            for name, value in {"Content-Length": len(content), **headers}.items():
                self.send_header(name, str(value))
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


BUSY = (503, {"Retry-After": "0"}, {"title": "x", "detail_zh": "忙", "detail_en": "busy"})
FOUND = (200, {}, {"results": []})


@pytest.mark.parametrize("stutter", [BUSY, (None, {}, b"")])
def test_a_short_absence_is_not_noticed(stutter):
    with answering(stutter, stutter, FOUND) as (url, asked), Transport_of(url) as http:
        assert http.get("/search", {"q": "井"}) == {"results": []}
        assert len(asked) == 3


def test_a_busy_service_gets_a_file_again_from_its_beginning(tmp_path):
    batch = {"batch_id": 1, "layer": "well", "file_name": "a", "state": "preview", "report": {}}
    (tmp_path / "a.csv").write_text("编号\n1\n")
    with answering(BUSY, (201, {}, batch)) as (url, asked), Client(url) as gis:
        assert gis.import_(tmp_path / "a.csv", "well").batch_id == 1
        assert len(asked) == 2


def test_a_service_that_stays_busy_is_unavailable_in_its_own_words():
    with answering(BUSY) as (url, asked), Client(url) as gis:
        with pytest.raises(Unavailable) as error:
            gis.search("井")
        assert (error.value.zh, error.value.en) == ("忙", "busy")
        assert len(asked) == TRIES


def test_a_request_that_may_have_been_done_is_not_repeated_blindly():
    with answering((None, {}, b"")) as (url, asked), Client(url) as gis:
        with pytest.raises(Unavailable, match="broke"):
            gis.audit()
        assert len(asked) == 1


def test_a_question_is_asked_again_where_a_proxy_gave_up_and_a_change_is_not():
    gone = (502, {}, b"<html>")
    with answering(gone, FOUND) as (url, asked), Transport_of(url) as http:
        assert http.get("/search") == {"results": []}
        assert len(asked) == 2
    with answering(gone, FOUND) as (url, asked), Transport_of(url) as http:
        assert http.ask("/precheck", {}).json() == {"results": []}
        assert len(asked) == 2
    with answering(gone, FOUND) as (url, asked), Client(url) as gis:
        with pytest.raises(Unavailable):
            gis.audit()
        assert len(asked) == 1


def test_how_long_to_wait_is_what_the_service_says_as_a_number_or_a_date():
    soon = format_datetime(datetime.now(UTC) - timedelta(seconds=5), usegmt=True)
    for told in (soon, "0", "nonsense"):
        busy = (429, {"Retry-After": told}, {"title": "x"})
        with answering(busy, FOUND) as (url, asked), Transport_of(url) as http:
            assert http.get("/search") == {"results": []}
            assert len(asked) == 2


def test_a_wait_that_is_long_is_told_instead_of_waited():
    busy = (503, {"Retry-After": "3600"}, {"title": "x", "detail_zh": "忙", "detail_en": "busy"})
    with answering(busy, FOUND) as (url, asked), Transport_of(url) as http:
        with pytest.raises(Unavailable, match="busy"):
            http.get("/search")
        assert len(asked) == 1


def test_pauses_grow_and_are_never_in_step():
    pauses = [[module._pause(attempt) for _ in range(50)] for attempt in (1, 2, 3)]
    for attempt, told in enumerate(pauses):
        longest = module._FIRST_S * 2**attempt
        assert all(longest / 2 <= each <= longest for each in told)
        assert len(set(told)) > 40


def test_a_file_that_breaks_off_is_begun_anew():
    cut = (200, {"Content-Length": 100}, b"half")
    with answering(cut, (200, {}, b"whole")) as (url, asked), Transport_of(url) as http:
        assert http.download("/file") == b"whole"
        assert len(asked) == 2


def test_a_service_that_is_away_is_said_with_the_way_to_start_it():
    with Client("http://127.0.0.1:9") as gis, pytest.raises(Unavailable) as error:
        gis.layers()
    assert "gis-app serve --port 9" in error.value.en
    assert "启动" in error.value.zh


def test_a_proxy_s_page_is_an_error_that_names_the_address():
    for status, body, kind in (
        (502, b"<html>Bad Gateway</html>", Unavailable),
        (418, [], GisError),
    ):
        with answering((status, {}, body)) as (url, _), pytest.raises(kind, match=str(status)):
            Client(url).search("井")


def _every(kind):
    yield kind
    for each in kind.__subclasses__():
        yield from _every(each)


@pytest.mark.parametrize("kind", sorted(set(_every(GisError)), key=lambda k: k.__name__))
def test_every_error_of_ours_comes_back_as_itself(kind):
    problem = {
        "status": kind.status, "title": kind.title, "detail_zh": "中", "detail_en": "en",
        "problems": [{"row": 1}],
    }  # fmt: skip
    answer = (kind.status, {"Retry-After": "0"}, problem)
    with answering(answer) as (url, _), pytest.raises(kind) as error:
        Client(url).search("井")
    assert type(error.value) is kind
    assert error.value.problems == [{"row": 1}]


def test_the_errors_are_those_of_the_tree():
    assert {k.__name__ for k in _every(GisError)} <= set(vars(errors))


@pytest.mark.parametrize("url", ["127.0.0.1:8000", "ftp://host", "", "http://"])
def test_an_address_that_is_none_is_refused_at_once(url):
    with pytest.raises(BadInput):
        Client(url)


def test_an_office_s_proxy_is_not_asked_for_this_machine(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with answering(FOUND) as (url, asked), Transport_of(url) as http:
        assert http.get("/search") == {"results": []}
        assert len(asked) == 1


def test_progress_is_silent_where_nobody_looks(capsys):
    with progress("wells", 10) as bar:
        bar.update(5)
    assert capsys.readouterr() == ("", "")


def test_in_a_terminal_progress_is_seen_and_gone_again():
    """On a real terminal: what a fresh Python writes to its standard error."""
    ours, theirs = pty.openpty()
    script = (
        "import gis_app.client.progress as p; p._DELAY_S = 0\n"
        "with p.progress('wells 井', 10) as bar:\n    bar.update(4); bar.update(6)\n"
    )
    env = {**os.environ, "TERM": "xterm", "COLUMNS": "80"}
    with os.fdopen(ours, "rb", buffering=0) as seen:
        subprocess.run([sys.executable, "-c", script], stderr=theirs, check=True, env=env)
        os.close(theirs)
        told = b""
        try:
            while part := seen.read(4096):
                told += part
        except OSError:  # the other end is closed
            pass
    assert "wells 井" in told.decode()
    assert b"10/10" in told


@contextmanager
def Transport_of(url):  # noqa: N802
    http = Transport(url, 10)
    yield http
    http.close()
