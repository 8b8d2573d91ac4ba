"""How wells come to a notebook: the service's GeoParquet against pages of GeoJSON, as frames.

`python -m tests.bench.batch.wire` fills a cluster with the sample city, serves it in a process of
its own and reads the same wells both ways in turn. Prints a Markdown table: wall seconds, and CPU
seconds of client, server and cluster together. ARGS: --wells 1000 20000 100000 --repeats 5.
"""

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import geopandas as gpd
import httpx
import pandas as pd

from gis_app import demo
from gis_app.client import Client
from gis_app.cluster import Cluster
from gis_app.store import schema
from gis_app.store.engine import connect, writing
from tests.bench.measure import TICKS, Measure, family_cpu

PAGE = 5000


def main() -> None:
    """Fill, serve, measure, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--wells", type=int, nargs="+", default=[1_000, 20_000, 100_000])
    parser.add_argument("--repeats", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gis-bench-") as folder:
        Path(folder).chmod(0o755)
        home = Path(folder) / "home"
        cluster = Cluster(home)
        cluster.start()
        try:
            _fill(cluster, max(asked.wells))
            postmaster = cluster.status().pid
            assert postmaster is not None
            with _Served(home) as served:
                _measure(served, postmaster, asked.wells, asked.repeats)
        finally:
            cluster.stop()


def _fill(cluster: Cluster, wells: int) -> None:
    cluster.ensure_database("gis")
    engine = connect(cluster.url("gis"))
    schema.upgrade(engine)
    begun = time.perf_counter()
    with writing(engine, "bench") as conn:
        demo.load(conn, demo.city(wells=wells))
    engine.dispose()
    print(f"filled in {time.perf_counter() - begun:.0f} s\n", flush=True)


class _Served:
    """The service in a process of its own."""

    def __init__(self, home: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        env = {**os.environ, "GIS_HOME": str(home), "GIS_VISITORS": "wells"}
        command = [str(Path(sys.executable).parent / "gis-app"), "serve", "--port", str(port)]
        self._server = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)

    def __enter__(self) -> "_Served":
        for _ in range(600):
            try:
                httpx.get(f"{self.url}/healthz", trust_env=False).raise_for_status()
            except httpx.HTTPError:
                time.sleep(0.1)
            else:
                return self
        raise RuntimeError("the service did not start")

    def __exit__(self, *_: object) -> None:
        self._server.terminate()
        self._server.wait(30)

    def cpu(self) -> float:
        """CPU seconds of the server's processes so far."""
        total = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rsplit(")", 1)[1].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            if self._server.pid in (int(stat.parent.name), int(fields[1])):
                total += int(fields[11]) + int(fields[12])
        return total / TICKS


def paged(url: str, west: float, east: float) -> gpd.GeoDataFrame:
    """The same wells in pages of GeoJSON, as a plain client reads them."""
    ask: dict[str, object] = {"bbox": f"{west},0,{east},60", "limit": PAGE}
    rows: list[dict[str, object]] = []
    with httpx.Client(base_url=url, timeout=600, trust_env=False) as http:
        while True:
            page = http.get("/collections/well/items", params=ask).json()
            rows += page["features"]
            if not any(link["rel"] == "next" for link in page["links"]):
                break
            ask["after"] = rows[-1]["id"]
    return gpd.GeoDataFrame.from_features(rows, crs=4490)


def _measure(served: _Served, postmaster: int, sizes: list[int], repeats: int) -> None:
    client = Client(served.url, timeout=600)
    lons = client.wells().geometry.x.sort_values(ignore_index=True)
    print(f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
    print("| wells | GeoParquet s | pages of GeoJSON s | ratio | CPU s | CPU s | ratio |")
    print("|--|--|--|--|--|--|--|")
    for size in sizes:
        west, east = float(lons[0]), float(lons[min(size, len(lons)) - 1])
        ways: dict[str, Callable[[], pd.DataFrame]] = {
            "parquet": lambda w=west, e=east: client.wells(bbox=(w, 0, e, 60)),  # type: ignore[misc]
            "pages": lambda w=west, e=east: paged(served.url, w, e),  # type: ignore[misc]
        }
        told = {name: Measure(name) for name in ways}
        for _ in range(repeats):
            got = {name: _timed(told[name], served, postmaster, way) for name, way in ways.items()}
            assert set(got["parquet"]["code"]) == set(got["pages"]["code"])
        one, other = told["parquet"], told["pages"]
        wall = median(other.wall) / median(one.wall)
        cpu = median(other.cpu) / median(one.cpu)
        print(
            f"| {len(got['parquet']):,} | {one.told(one.wall)} | {other.told(other.wall)} |"
            f" {wall:.1f}× | {one.told(one.cpu)} | {other.told(other.cpu)} | {cpu:.1f}× |",
            flush=True,
        )


def _timed(
    measure: Measure, served: _Served, postmaster: int, way: Callable[[], pd.DataFrame]
) -> pd.DataFrame:
    def cpu() -> float:
        return family_cpu(postmaster) + served.cpu() + time.process_time()

    before, wall = cpu(), time.perf_counter()
    got = way()
    measure.add(cpu() - before, time.perf_counter() - wall)
    return got


if __name__ == "__main__":
    main()
