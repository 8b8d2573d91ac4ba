"""`make bench-import`: wells from GeoParquet, checked, committed, incidence current; and `ogr2ogr`.

The peer copies the same rows from a GeoPackage (its GDAL may read no Parquet) into a table of its
own with a spatial index, checks nothing and keeps no history. CPU: the client's and the cluster's.
"""

import argparse
import os
import resource
import subprocess
import tempfile
import time
from pathlib import Path

import geopandas as gpd
import numpy as np
from sqlalchemy import text

from gis_app.cluster import Cluster
from gis_app.store import schema
from gis_app.store.engine import connect
from tests.bench import load, world
from tests.bench.measure import Measure, family_cpu


def main() -> None:
    """Make the files and a cluster with zones, measure both in turns, print a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--wells", type=int, default=200_000)
    parser.add_argument("--zones", type=int, default=1_000)
    parser.add_argument("--repeats", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gis-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        _, zones = world.write(folder, asked.wells, asked.zones)
        cluster = Cluster(folder / "home")
        cluster.start()
        try:
            peer, mine = Measure("ogr2ogr"), Measure("gis-app import")
            for n in range(asked.repeats):
                files = write(folder, asked.wells, n)
                cluster.ensure_database("bench")
                engine = connect(cluster.url("bench"))
                schema.upgrade(engine)
                if n == 0:
                    load.copy(engine, gpd.read_parquet(zones), load.ZONES)
                with engine.connect() as conn:
                    before = conn.execute(text("select count(*) from gis.well")).scalar_one()
                once(peer, cluster, ogr2ogr(cluster, files["gpkg"]), folder)
                once(mine, cluster, ["gis-app", "import", str(files["parquet"]), "--layer", "well"],
                     folder)  # fmt: skip
                with engine.connect() as conn:
                    after = conn.execute(text("select count(*) from gis.well")).scalar_one()
                assert after - before == asked.wells, "not all wells came in"
                engine.dispose()
            report(peer, mine, asked)
        finally:
            cluster.stop()


def write(folder: Path, count: int, number: int) -> dict[str, Path]:
    """The same wells as GeoParquet and GeoPackage, under codes of their own."""
    frame, n = world.wells(count, seed=10 + number), np.arange(count)
    frame["code"] = [f"I{number}-{each:07d}" for each in n]
    frame["name"] = [f"{each}号井" for each in n]
    frame["area_code"] = [f"1403{1 + each % 20:02d}" for each in n]
    frame["status"] = np.array(["active", "active", "active", "sealed", "paused"])[n % 5]
    frame["use"] = np.array(["industry", "irrigation", "irrigation", "domestic_rural"])[n % 4]
    frame["self_supply"] = n % 3 > 0
    frame["permit_state"] = np.array(["held", "held", "none", "unknown"])[n % 4]
    frame["completed_on"] = np.datetime64("1980-01-01") + (n % 16000)
    frame["depth_m"] = (n % 300 + 20).astype(float)
    frame["owner"] = [f"业主{each % 5000}" for each in n]
    files = {kind: folder / f"wells-{number}.{kind}" for kind in ("parquet", "gpkg")}
    frame.to_parquet(files["parquet"])
    frame.to_file(files["gpkg"])
    return files


def ogr2ogr(cluster: Cluster, file: Path) -> list[str]:
    """The peer's command, at its best: by COPY."""
    there = cluster.status()
    place = f"dbname=bench user=postgres host={there.socket} port={there.port or 5432}"
    return ["ogr2ogr", "-f", "PostgreSQL", f"PG:{place}", str(file), "-nln", "public.peer",
            "-overwrite", "--config", "PG_USE_COPY", "YES"]  # fmt: skip


def once(measure: Measure, cluster: Cluster, command: list[str], folder: Path) -> None:
    """Run a command and add its CPU, the cluster's, and the wall time."""
    pid = cluster.status().pid or 0
    own = {"GIS_DATABASE_URL": cluster.url("bench"), "GIS_HOME": str(folder / "uploads")}
    database, client, wall = family_cpu(pid), _children(), time.perf_counter()
    subprocess.run(command, env={**os.environ, **own}, check=True, capture_output=True)
    measure.add(family_cpu(pid) - database + _children() - client, time.perf_counter() - wall)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def report(peer: Measure, mine: Measure, asked: argparse.Namespace) -> None:
    """A Markdown table."""
    ratio = sorted(a / b for a, b in zip(mine.cpu, peer.cpu, strict=True))[len(mine.cpu) // 2]
    print(f"\n{asked.wells:,} wells, {asked.zones:,} zones, load {os.getloadavg()[0]:.1f}\n")
    print("| work | CPU s | wall s | × |\n|--|--|--|--|")
    for each, times in ((peer, 1.0), (mine, ratio)):
        print(f"| {each.name} | {each.told(each.cpu)} | {each.told(each.wall)} | {times:.1f} |")


if __name__ == "__main__":
    main()
