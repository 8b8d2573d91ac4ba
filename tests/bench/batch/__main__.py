"""`make bench-batch`: pairs, distances and tiles of files, against geopandas and shapely.

ARGS="--wells 1000000 --repeats 3" makes it smaller. The engines take turns, each in a new process,
and their pairs are compared. Prints a Markdown table.
"""

import argparse
import datetime
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

import geopandas as gpd
import numpy as np

from gis_app import offline
from tests.bench import world
from tests.bench.batch import works
from tests.bench.measure import Measure, fresh_process
from tests.offline import hard


def main() -> None:
    """Make the world, take turns, print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--wells", type=int, default=10_000_000)
    parser.add_argument("--distances", type=int, default=1_000_000)
    parser.add_argument("--tiles", type=int, default=1_000_000, help="wells audited in tiles")
    parser.add_argument("--zones", type=int, default=5_000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--only", default="exact pairs distances tiles", help="which parts")
    asked = parser.parse_args()
    command = " ".join(sys.argv[1:])
    print(f'{stamp()} · `make bench-batch ARGS="{command}"`\n', flush=True)
    with tempfile.TemporaryDirectory(prefix="gis-batch-") as folder:
        parts = {"exact": exact, "pairs": pairs, "distances": distances, "tiles": tiles}
        for name in asked.only.split():
            parts[name](Path(folder), asked)
            print(f"\nload {os.getloadavg()[0]:.1f}\n", flush=True)


def stamp() -> str:
    """Day, commit, machine, load."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    ).stdout.strip()
    load = os.getloadavg()[0]
    return (
        f"{datetime.date.today()} · {commit} · {platform.machine()}, {os.cpu_count()} cores, "
        f"load {load:.1f}"
    )


def exact(_: Path, __: argparse.Namespace) -> None:
    """A million adversarial points against GEOS: the number of differences."""
    shapes = hard.shapes(scale=20)
    xy = hard.points(shapes)
    wells, zones = offline.pairs(xy[:, 0], xy[:, 1], shapes)
    found = np.sort(wells.astype(np.int64) * len(shapes) + zones)
    differ = len(np.setxor1d(found, hard.geos(xy, shapes)))
    print(f"{len(xy):,} adversarial points × {len(shapes)} polygons: {differ} differences to GEOS")


def pairs(folder: Path, asked: argparse.Namespace) -> None:
    """All pairs, engines taking turns."""
    files = [str(path) for path in world.write(folder, asked.wells, asked.zones)]
    rows = [
        (Measure("geopandas.sjoin(within)"), works.SJOIN, []),
        (Measure("kernel, 1 thread"), works.KERNEL, ["1"]),
        (Measure("kernel, 2 threads"), works.KERNEL, ["2"]),
        (Measure("geopandas.sjoin, with reading"), works.SJOIN_READING, []),
        (Measure("kernel, 2 threads, with reading"), works.KERNEL_READING, ["2"]),
    ]
    show(f"{asked.wells:,} wells × {asked.zones:,} zones", _turns(rows, files, asked.repeats, True))


def distances(folder: Path, asked: argparse.Namespace) -> None:
    """Pairs with signed geodesic distances."""
    files = [str(path) for path in world.write(folder, asked.distances, asked.zones)]
    rows = [
        (Measure("shapely, a boundary a pair (20,000 measured)"), works.BOUNDARIES, ["20000"]),
        (Measure("shapely, boundaries made once (20,000 measured)"), works.SHAPELY, ["20000"]),
        (Measure("kernel, 1 thread"), works.METRES, []),
    ]
    title = f"{asked.distances:,} wells, pairs and distances"
    show(title, _turns(rows, files, asked.repeats, False))


def tiles(folder: Path, asked: argparse.Namespace) -> None:
    """A whole audit in tiles, by one process and by two."""
    wells, zones = world.write(folder, asked.tiles, asked.zones)
    place = folder / "tiles"
    frame = gpd.read_parquet(wells).assign(
        area_code="140302", self_supply=True, status="active", use="industry"
    )
    ground = gpd.read_parquet(zones).assign(
        layer="prohibited_zone", valid_from=datetime.date(2024, 1, 1)
    )
    given = dict.fromkeys(("exemption_grant", "withdrawal", "permit"), offline.EMPTY)
    offline.partition(frame, ground, place, registers=given, most=max(asked.tiles // 32, 1))
    rows = [
        (Measure("one process"), works.TILES, ["1"]),
        (Measure("two processes"), works.TILES, ["2"]),
    ]
    found = _turns(rows, [str(place)], asked.repeats, True)
    show(f"{asked.tiles:,} wells audited in tiles (wall of one ÷ wall)", found, wall=True)


def _turns(
    rows: list[tuple[Measure, str, list[str]]], files: list[str], repeats: int, same: bool
) -> list[tuple[Measure, list[float]]]:
    """Every row once a round; the peak of memory of each, and their answers compared."""
    peaks: dict[str, list[float]] = {row[0].name: [] for row in rows}
    for _ in range(repeats):
        answers = set()
        for measure, code, more in rows:
            answer, peak = fresh_process(measure, code, *files, *more).split(":")
            answers.add(answer if same else answer.split("/")[0])
            peaks[measure.name].append(float(peak))
        if len(answers) != 1:
            raise SystemExit(f"the engines differ: {answers}")
    return [(row[0], peaks[row[0].name]) for row in rows]


def show(title: str, rows: list[tuple[Measure, list[float]]], *, wall: bool = False) -> None:
    """A table: CPU and wall with their range, peak memory, and how many times faster."""
    print(f"| {title} | CPU s, median (range) | wall s, median (range) | peak MB | × faster |")
    print("|--|--|--|--|--|")
    first = rows[0][0]
    for each, peak in rows:
        mine, base = (each.wall, first.wall) if wall else (each.cpu, first.cpu)
        faster = median(base) / median(mine)
        memory = f"{median(peak):,.0f}" if any(peak) else ""
        told = f"{each.told(each.cpu)} | {each.told(each.wall)} | {memory} | {faster:.2f}"
        print(f"| {each.name} | {told} |", flush=True)


if __name__ == "__main__":
    main()
