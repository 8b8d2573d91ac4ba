"""Several server processes on one database, as real as in the field."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.ports import free_port


@contextmanager
def processes(database_url: str, home: Path, count: int) -> Iterator[list[str]]:
    """Addresses of `count` uvicorn processes that serve a database and have begun to listen."""
    environment = {**os.environ, "GIS_DATABASE_URL": database_url, "GIS_HOME": str(home),
                   "GIS_VISITORS": "wells"}  # fmt: skip
    ports = [free_port() for _ in range(count)]
    command = [sys.executable, "-m", "uvicorn", "api.main:from_environment", "--factory",
               "--log-level", "error"]  # fmt: skip
    running = [subprocess.Popen([*command, "--port", str(port)], env=environment) for port in ports]
    try:
        urls = [f"http://127.0.0.1:{port}" for port in ports]
        for url in urls:
            until_listening(url)
        yield urls
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(timeout=15)


def until_listening(url: str) -> None:
    """Wait until a process hears the database."""
    until = time.monotonic() + 180  # three of them start at once, on whatever machine
    while time.monotonic() < until:
        try:
            if httpx.get(f"{url}/healthz/tiles").json()["listening"]:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    raise AssertionError(f"{url} does not listen")
