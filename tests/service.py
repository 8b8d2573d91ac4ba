"""A real service for tests: uvicorn on a free port, the demo city in a real PostGIS, audited."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

import httpx
import pytest
import uvicorn
from sqlalchemy import Engine

from api.main import create
from gis_app import registry
from gis_app.settings import Settings
from tests.people import admit, bearer

_numbers = count(1)


@dataclass(frozen=True)
class Service:
    """A running service: its address, its database and its law."""

    url: str
    engine: Engine
    registry: registry.Registry
    token: str

    @property
    def headers(self) -> dict[str, str]:
        """What a client shows who may do everything."""
        return bearer(self.token)


@pytest.fixture(scope="session")
def service(databases, worker, tmp_path_factory) -> Iterator[Service]:
    """The demo city (1,500 wells) served over HTTP, audited as of today."""
    law = registry.load()
    # a folder of tests has one of its own, and comes back to it after another's
    with databases.clone(f"gis_service_{worker}_{next(_numbers)}", databases.city()) as engine:
        settings = Settings(home=tmp_path_factory.mktemp("service"))
        with serving(settings, engine, law) as found:
            yield found


@pytest.fixture(scope="session")
def http(service) -> Iterator[httpx.Client]:
    """A client of that service who may do everything."""
    with httpx.Client(base_url=service.url, headers=service.headers, timeout=60) as client:
        yield client


class serving:  # noqa: N801
    """Serve an engine over HTTP while the `with` block runs; `tester` may do everything."""

    def __init__(
        self, settings: Settings, engine: Engine, law: registry.Registry, visitors: str = "wells"
    ) -> None:
        open_settings = settings.model_copy(update={"visitors": visitors})
        config = uvicorn.Config(
            create(open_settings, engine, law),
            host="127.0.0.1",
            port=0,
            log_level="error",
            ws="none",
        )
        self._server = uvicorn.Server(config)
        self._engine, self._law = engine, law
        self._thread = threading.Thread(target=self._server.run, daemon=True)

    def __enter__(self) -> Service:
        self._thread.start()
        until = time.monotonic() + 30
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > until:
                raise RuntimeError("the service did not start")
            time.sleep(0.02)
        port = self._server.servers[0].sockets[0].getsockname()[1]
        url = f"http://127.0.0.1:{port}"
        return Service(url, self._engine, self._law, admit(self._engine))

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=10)
