"""The service dies while a zone is drawn and not saved: nothing of the drawing is lost."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.database import dsn
from tests.e2e import desk as at
from tests.e2e.browser import DESK, Viewer, watched
from tests.ports import free_port
from tests.service import Service
from tests.tiles.workers import until_listening


class Server:
    """A process of its own that serves a database, to be killed and started again."""

    def __init__(self, database_url: str, home: Path) -> None:
        self._port = free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        self._environment = {**os.environ, "GIS_DATABASE_URL": database_url, "GIS_HOME": str(home),
                             "GIS_VISITORS": "wells"}  # fmt: skip
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin to serve, at the same address each time."""
        command = [sys.executable, "-m", "uvicorn", "api.main:from_environment", "--factory",
                   "--log-level", "error", "--port", str(self._port)]  # fmt: skip
        self._process = subprocess.Popen(command, env=self._environment)
        until_listening(self.url)

    def kill(self) -> None:
        """End it as a power cut would."""
        if self._process is not None:
            self._process.kill()
            assert self._process.wait(timeout=15) == -signal.SIGKILL
            self._process = None


@pytest.fixture
def server(service: Service, tmp_path: Path) -> Iterator[Server]:
    """A server process on the database of the sample city."""
    found = Server(dsn(service.engine), tmp_path)
    found.start()
    yield found
    found.kill()


@pytest.fixture
def planner(browser, server: Server, service: Service) -> Iterator[Viewer]:
    """Somebody at the desk of that server."""
    with watched(browser, server.url, **DESK, extra_http_headers=service.headers) as viewer:
        viewer.headers = service.headers
        yield viewer
        # the answers that never came are what this is about; anything else is a fault
        viewer.complaints = [c for c in viewer.complaints if "Failed to fetch" not in c]


def test_a_drawing_survives_a_killed_service_and_is_saved_when_it_is_back(planner, server):
    planner.open("#14/37.8975/113.43&l=restricted_zone")
    at.begin(planner, "restricted_zone")
    at.put(planner, *at.FREE[:3])
    server.kill()
    at.put(planner, *at.FREE[3:])
    planner.page.keyboard.press("Enter")
    planner.find("[data-impact=failed]").wait_for()
    assert "连接不上服务" in planner.find("[data-impact=failed]").inner_text()
    drawn = at.drawn(planner)
    assert len(drawn.geoms[0].exterior.coords) == 5
    server.start()
    planner.page.on("dialog", lambda dialog: dialog.accept())  # leaving asks first
    planner.page.reload()
    planner.settle()
    planner.find("[data-key=desk]").click()
    planner.find("[data-key^='kept-']").click()
    planner.find(".desk-tools").wait_for()
    planner.settle()
    assert at.drawn(planner).equals(drawn)
    ((layer, zone_id),) = at.save(planner, "断电后还在的区")
    saved = at.latest(planner, layer, zone_id, 1)
    assert saved["properties"]["name"] == "断电后还在的区"
    assert at.shape(saved["geometry"]).hausdorff_distance(drawn) < 1e-7
    script = "() => Object.keys(localStorage).filter((key) => key.startsWith('gw-desk:'))"
    assert planner.page.evaluate(script) == []
