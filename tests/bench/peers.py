"""The servers that are measured and compared, and the load that is put on them."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import httpx

from tests.bench.measure import family_cpu

SCRIPT = Path(__file__).with_name("requests.lua")
TIPG = ["tipg==1.6.1", "uvicorn[standard]"]


@dataclass
class Load:
    """What one server did under one kind of load, a number per round."""

    name: str
    rate: list[float] = field(default_factory=list)
    server_ms: list[float] = field(default_factory=list)
    database_ms: list[float] = field(default_factory=list)
    p50_ms: list[float] = field(default_factory=list)
    p95_ms: list[float] = field(default_factory=list)

    def cpu_ms(self) -> list[float]:
        """CPU per answer, server and database together."""
        return [s + d for s, d in zip(self.server_ms, self.database_ms, strict=True)]


@dataclass(frozen=True)
class Server:
    """A running server and the processes whose CPU it costs."""

    url: str
    pid: int
    postmaster: int

    def cpu(self) -> float:
        """CPU seconds of the server's processes so far."""
        return family_cpu(self.pid)

    def load(
        self, into: Load, addresses: Path, seconds: float, connections: int = 4,
        headers: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        """Ask for the addresses in turn for a while, and add what it cost."""
        server, database = self.cpu(), family_cpu(self.postmaster)
        said = "\n".join(f"{name}: {value}" for name, value in (headers or {}).items())
        done = subprocess.run(
            ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(SCRIPT), self.url],
            check=True, capture_output=True, text=True,
            env={**os.environ, "ADDRESSES": str(addresses), "HEADERS": said},
        )  # fmt: skip
        [line] = [each for each in done.stdout.splitlines() if each.startswith("RESULT")]
        _, answers, lasted, failed, p50, p95 = line.split()
        if int(failed):
            raise RuntimeError(f"{into.name}: {failed} answers failed")
        into.rate.append(int(answers) / float(lasted))
        into.server_ms.append((self.cpu() - server) / int(answers) * 1000)
        into.database_ms.append((family_cpu(self.postmaster) - database) / int(answers) * 1000)
        into.p50_ms.append(float(p50))
        into.p95_ms.append(float(p95))


@contextmanager
def ours(
    database: str, postmaster: int, home: Path, cache_mb: int = 64, workers: int = 1
) -> Iterator[Server]:
    """This service, in so many processes."""
    more = {"GIS_DATABASE_URL": database, "GIS_HOME": str(home), "GIS_VISITORS": "wells",
            "GIS_TILE_CACHE_MB": str(cache_mb)}  # fmt: skip
    command = [sys.executable, "-m", "uvicorn", "api.main:from_environment", "--factory",
               "--workers", str(workers)]  # fmt: skip
    with _served(command, more, "/healthz/tiles", postmaster) as server:
        yield server


@contextmanager
def tipg(database: str, postmaster: int, home: Path) -> Iterator[Server]:
    """The peer, one process, in an environment of its own."""
    more = {"DATABASE_URL": database, "TIPG_DB_SCHEMAS": '["peer", "gis"]'}
    uv = os.environ.get("UV", "uv")
    python = home / "tipg" / "bin" / "python"
    subprocess.run([uv, "venv", "--quiet", str(home / "tipg")], check=True)
    subprocess.run([uv, "pip", "install", "--quiet", "--python", str(python), *TIPG], check=True)
    command = [str(python), "-m", "uvicorn", "tipg.main:app"]
    with _served(command, more, "/healthz", postmaster) as server:
        yield server


@contextmanager
def _served(
    command: list[str], more: dict[str, str], health: str, postmaster: int
) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [*command, "--port", str(port), "--log-level", "error", "--no-access-log"],
        env={**os.environ, **more},
    )
    url = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + 120
        while True:
            try:
                if httpx.get(url + health).status_code == 200:
                    break
            except httpx.TransportError:
                if time.monotonic() > until or process.poll() is not None:
                    raise
            time.sleep(0.2)
        yield Server(url, process.pid, postmaster)
    finally:
        process.terminate()
        process.wait(timeout=20)


def told(values: list[float]) -> str:
    """Median and range."""
    return f"{median(values):.3g} ({min(values):.3g}–{max(values):.3g})"
