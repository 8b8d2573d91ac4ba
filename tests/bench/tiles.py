"""`make bench-tiles`: tiles against tipg, on one database in one run, interleaved, CPU accounted.

ARGS="--wells 100000 --zones 1000 --repeats 3 --seconds 1" makes it smaller. Needs `wrk`. The peer
has tables of its own with the same rows, as its user would: one a layer, geometry in EPSG:4490 with
an index, the fields that our tiles carry. Wells it serves also from the register itself, as found
when it is pointed at the database: all its columns, no finding. Prints a Markdown table.
"""

import argparse
import datetime
import os
import random
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import httpx
import psycopg
from sqlalchemy import Engine, text

from gis_app import registry
from gis_app.cluster import Cluster
from gis_app.store import schema, tiles
from gis_app.store.engine import connect, writing
from tests.bench import load, world
from tests.bench.peers import Load, Server, ours, tipg, told
from tests.database import dsn
from tests.tiles.reading import path, tile_of

ZONES = "prohibited_zone"
SAMPLES = {14: 500, 12: 200, 10: 60}
# requests per second of ours ÷ tipg's
GATES = {("well", 14): 5, ("well", 12): 5, ("well", 10): 4,
         (ZONES, 14): 4, (ZONES, 12): 3, (ZONES, 10): 1.5}  # fmt: skip
FLAGS = """
insert into gis.well_flag (well_id, flag, rule)
select well_id, (array['close', 'indeterminate', 'restricted', 'duty', 'exempt', 'clear', 'clear',
                       'clear', 'clear', 'clear'])[1 + well_id % 10], 'N-' || well_id % 60
from gis.well
"""
PEER = f"""
create schema peer;
create table peer.well as
select w.well_id, w.code, w.name, w.status, w.use, w.well_type, w.self_supply, f.flag, f.rule,
       w.geom
from gis.well w left join gis.well_flag f using (well_id) order by w.geom;
alter table peer.well add primary key (well_id);
create index on peer.well using gist (geom);
create table peer.{ZONES} as
select zone_id, code, name, grade, valid_from::text, geom from gis.zone where layer = '{ZONES}';
alter table peer.{ZONES} add primary key (zone_id);
create index on peer.{ZONES} using gist (geom);
"""


def main() -> None:
    """Fill a cluster, measure everything, print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--wells", type=int, default=1_000_000)
    parser.add_argument("--zones", type=int, default=5_000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=2)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gis-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        files = world.write(folder, asked.wells, asked.zones)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        cluster = Cluster(folder / "home", port)
        cluster.start()
        try:
            cluster.ensure_database("bench")
            engine = connect(cluster.url("bench"))
            fill(engine, files)
            pid = cluster.status().pid or 0
            measure(engine, f"postgresql://postgres:bench@127.0.0.1:{port}/bench", pid, asked)
            engine.dispose()
        finally:
            cluster.stop()


def fill(engine: Engine, files: tuple[Path, Path]) -> None:
    """The world, findings without an audit, the peer's tables, everything settled."""
    schema.upgrade(engine)
    timed("filled", lambda: load.fill(engine, *files))
    with writing(engine, "bench") as conn:
        timed("findings written", lambda: conn.execute(text(FLAGS)))
    with writing(engine, "bench") as conn:
        timed("wells settled", lambda: conn.execute(text("select gis.settle_tiles()")))
        timed("tiles drawn", lambda: conn.execute(text("select gis.draw_tiles(1000000)")))
        conn.execute(text("select gis.compact_versions()"))
        for statement in PEER.split(";\n"):
            if statement.strip():
                conn.execute(text(statement))
        conn.execute(text("alter role postgres password 'bench'"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        conn.execute(text("vacuum analyze"))
        sizes = conn.execute(
            text("select relname, pg_total_relation_size(oid) >> 20 from pg_class where relname in"
                 " ('well_overview', 'well_counted', 'well_tile', 'zone_band', 'zone_fill',"
                 " 'zone_outline')")
        ).all()  # fmt: skip
    print("MB:", ", ".join(f"{name} {size}" for name, size in sizes), flush=True)


def timed(name: str, work: Callable[[], object]) -> None:
    """Run and say how long it took."""
    begun = time.perf_counter()
    work()
    print(f"{name} in {time.perf_counter() - begun:.1f} s", flush=True)


def measure(engine: Engine, database: str, pid: int, asked: argparse.Namespace) -> None:
    """Cold tiles of both, interleaved; then kept and unchanged ones; sizes; the share of SQL."""
    places = chosen(engine)
    with tempfile.TemporaryDirectory(prefix="gis-bench-") as name:
        folder = Path(name)
        with (
            ours(database, pid, folder, 0) as cold,
            ours(database, pid, folder, 64) as warm,
            tipg(database, pid, folder) as peer,
        ):
            print(head(asked))
            print("| tiles | ours, CPU ms: server + database | tipg | CPU × | ours, a second | tipg"
                  " | × | gate |\n|--|--|--|--|--|--|--|--|")  # fmt: skip
            for (layer, z), gate in GATES.items():
                mine, theirs = files_of(folder, layer, places[z])
                first, second = Load(f"{layer} z{z}"), Load("tipg")
                for _ in range(asked.repeats):
                    cold.load(first, mine, asked.seconds)
                    peer.load(second, theirs, asked.seconds)
                row(f"{layer} z{z}, cold", first, second, gate)
                if layer == "well":
                    over_the_register(cold, peer, folder, (z, places[z], gate), asked)
            kept_and_unchanged(warm, peer, folder, places[14], asked)
            share(engine, cold, folder, places, asked)
            sizes(engine, cold, places)


def over_the_register(
    cold: Server, peer: Server, folder: Path, of: tuple[int, list[tuple[int, int, int]], float],
    asked: argparse.Namespace,
) -> None:  # fmt: skip
    """The same tiles of wells, the peer pointed at the register."""
    z, places, gate = of
    mine, theirs = files_of(folder, "well", places)
    theirs.write_text(theirs.read_text().replace("/peer.", "/gis."))
    first, second = Load(f"well z{z}"), Load("tipg, register")
    for _ in range(asked.repeats):
        cold.load(first, mine, asked.seconds)
        peer.load(second, theirs, asked.seconds)
    row(f"well z{z}, cold; tipg: the register itself", first, second, gate)


def kept_and_unchanged(
    warm: Server, peer: Server, folder: Path, places: list[tuple[int, int, int]],
    asked: argparse.Namespace,
) -> None:  # fmt: skip
    """Tiles in memory, and those the reader has, against the peer's, which has neither."""
    mine, theirs = files_of(folder, "well", places)
    marked = folder / "marked"
    with httpx.Client(base_url=warm.url) as http:
        marks = [http.get(path("well", place)).headers["etag"] for place in places]
    marked.write_text(
        "\n".join(f"{path('well', p)}\t{m}" for p, m in zip(places, marks, strict=True))
    )
    kept, unchanged, second = Load("kept"), Load("304"), Load("tipg")
    for _ in range(asked.repeats):
        warm.load(kept, mine, asked.seconds)
        peer.load(second, theirs, asked.seconds)
        warm.load(unchanged, marked, asked.seconds)
    row("well z14, kept in memory", kept, second, 30)
    row("well z14, 304", unchanged, second, 60)


def chosen(engine: Engine) -> dict[int, list[tuple[int, int, int]]]:
    """Tiles that wells lie in, at random, by zoom."""
    with engine.connect() as conn:
        rows = conn.execute(text("select st_x(geom), st_y(geom) from gis.well")).all()
    dice = random.Random(7)
    dice.shuffle(rows)
    return {
        z: list(dict.fromkeys(tile_of(lon, lat, z) for lon, lat in rows[: 8 * n]))[:n]
        for z, n in SAMPLES.items()
    }


def files_of(folder: Path, layer: str, places: list[tuple[int, int, int]]) -> tuple[Path, Path]:
    """The same tiles as addresses of ours and of the peer's."""
    mine, theirs = folder / "mine", folder / "theirs"
    mine.write_text("\n".join(path(layer, place) for place in places))
    theirs.write_text(
        "\n".join(
            f"/collections/peer.{layer}/tiles/WebMercatorQuad/{z}/{x}/{y}" for z, x, y in places
        )
    )
    return mine, theirs


def row(name: str, first: Load, second: Load, gate: float) -> None:
    """One line of the table; ratios are medians of rounds."""
    faster = median(a / b for a, b in zip(first.rate, second.rate, strict=True))
    cheaper = median(b / a for a, b in zip(first.cpu_ms(), second.cpu_ms(), strict=True))
    print(
        f"| {name} | {told(first.server_ms)} + {told(first.database_ms)} | "
        f"{told(second.server_ms)} + {told(second.database_ms)} | {cheaper:.1f} | "
        f"{told(first.rate)} | {told(second.rate)} | {faster:.1f} | "
        f"≥ {gate}{'' if faster >= gate else ': missed'} |",
        flush=True,
    )


def share(
    engine: Engine, cold: Server, folder: Path, places: dict[int, list[tuple[int, int, int]]],
    asked: argparse.Namespace,
) -> None:  # fmt: skip
    """How much of a tile's time is the statement's own, one at a time."""
    law = registry.load()
    url = dsn(engine)
    low = {z: sorted({(z, x >> (10 - z), y >> (10 - z)) for _, x, y in places[10]}) for z in (6, 8)}
    print("\n| one after another | raw SQL, ms | over HTTP, ms | share | gate |\n|--|--|--|--|--|")
    for layer, z in ((ZONES, 6), (ZONES, 8), (ZONES, 10), ("well", 6), ("well", 8), ("well", 10)):
        mine, _ = files_of(folder, layer, (low | places)[z])
        asking = [tiles.question(law.layers[layer], *place) for place in (low | places)[z]]
        raw: list[float] = []
        over = Load("http")
        with psycopg.connect(url, autocommit=True, prepare_threshold=0) as conn:
            for _ in range(asked.repeats):
                begun, n = time.perf_counter(), 0
                while time.perf_counter() - begun < asked.seconds:
                    each = asking[n % len(asking)]
                    conn.cursor(binary=True).execute(each.statement, dict(each.values)).fetchall()
                    n += 1
                raw.append((time.perf_counter() - begun) / n * 1000)
                cold.load(over, mine, asked.seconds, connections=1)
        http = [1000 / rate for rate in over.rate]
        part = median(a / b for a, b in zip(raw, http, strict=True))
        gate = "" if median(raw) < 2.5 else ("≥ 0.85" if part >= 0.85 else "≥ 0.85: missed")
        print(f"| {layer} z{z} | {told(raw)} | {told(http)} | {part:.2f} | {gate} |", flush=True)


def sizes(engine: Engine, cold: Server, places: dict[int, list[tuple[int, int, int]]]) -> None:
    """The largest tiles of each zoom, as they are and as zstd, of all that a well lies in."""
    print("\n| zoom | wells, largest KB | zones of one layer | all layers |\n|--|--|--|--|")
    with engine.connect() as conn:
        rows = conn.execute(text("select st_x(geom), st_y(geom) from gis.well")).all()
    dice = random.Random(3)
    with httpx.Client(base_url=cold.url, timeout=60) as http:
        for z in (4, 6, 8, 9, 10, 11, 12, 13, 14):
            counted: dict[tuple[int, int, int], int] = {}
            for lon, lat in rows if z > 9 else dice.sample(rows, min(len(rows), 20_000)):
                place = tile_of(lon, lat, z)
                counted[place] = counted.get(place, 0) + 1
            fullest = sorted(counted, key=counted.__getitem__, reverse=True)[:12]
            most = [
                max(int(http.get(path(layer, p)).headers.get("x-tile-bytes", 0)) for p in fullest)
                for layer in ("well", ZONES, None)
            ]
            print(f"| {z} | {' | '.join(f'{b / 1000:.0f}' for b in most)} |", flush=True)


def head(asked: argparse.Namespace) -> str:
    """The day, the commit, the machine, the command."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    ).stdout.strip()
    return (
        f"\n{datetime.date.today()} · {commit} · {os.cpu_count()} cores, load"
        f" {os.getloadavg()[0]:.1f} · {asked.wells} wells, {asked.zones} zones,"
        f" {asked.repeats} rounds of {asked.seconds} s\n"
    )


if __name__ == "__main__":
    main()
