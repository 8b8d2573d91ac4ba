"""`make bench`: incidence, audit, publishing, updating, against geopandas in the same run; and near
over HTTP, which needs `wrk`.

ARGS="--wells 200000 --zones 1000 --repeats 3" makes it smaller. Prints Markdown tables.
"""

import argparse
import datetime
import os
import platform
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np
from sqlalchemy import Engine, text

from gis_app import audit, registry
from gis_app.cluster import Cluster
from gis_app.store import parameters, schema
from gis_app.store.engine import connect, reading, writing
from tests.bench import load, near, world
from tests.bench.measure import Measure, fresh_process, timed
from tests.world import declaring

SJOIN = """
import sys, time, geopandas as gpd
w, z = (gpd.read_parquet(p, columns=["geometry"]) for p in sys.argv[1:3])
cpu, wall = time.process_time(), time.perf_counter()
pairs = len(gpd.sjoin(w, z, predicate="within"))
print(time.process_time() - cpu, time.perf_counter() - wall, pairs)
"""
TOUCH = """
create temp table pairs on commit drop as
select w.well_id, k.zone_id, k.version, w.inside
from unnest(cast(:ids as bigint[]), cast(:versions as int[])) as k (zone_id, version)
cross join lateral gis.wells_touching(k.zone_id, k.version) w
"""


def main() -> None:
    """Fill a cluster, measure everything, print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--wells", type=int, default=1_000_000)
    parser.add_argument("--zones", type=int, default=5_000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--only", default="incidence audit edits near", help="which parts")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gis-bench-") as folder:
        Path(folder).chmod(0o755)
        files = world.write(Path(folder), asked.wells, asked.zones)
        cluster = Cluster(Path(folder) / "home")
        cluster.start()
        try:
            cluster.ensure_database("bench")
            engine = connect(cluster.url("bench"))
            schema.upgrade(engine)
            begun = time.perf_counter()
            load.fill(engine, *files)
            print(f"filled in {time.perf_counter() - begun:.0f} s\n", flush=True)
            pid = cluster.status().pid
            assert pid is not None
            if asked.only != "near":
                report(measure(engine, pid, files, asked), asked)
            if "near" in asked.only.split():
                print(head(asked))
                near.measure(engine, pid, Path(folder), asked.repeats)
            engine.dispose()
        finally:
            cluster.stop()


def measure(
    engine: Engine, pid: int, files: tuple[Path, Path], asked: argparse.Namespace
) -> list[Measure]:
    """Each work once a round, interleaved; edits are followed by audits of their own."""
    law, only = registry.load(), set(asked.only.split())
    names = (
        "geopandas.sjoin(within)", "incidence: pairs", "incidence with signed distances",
        "audit, first (opens every finding)", "audit of everything anew (nothing changed)",
        "audit again (nothing changed)", "audit after a number of the law was set",
        "audit of the next day",
        "one zone published", "… until its findings stand", "10,000 wells updated",
    )  # fmt: skip
    (
        sjoin,
        pairs,
        incidence,
        first,
        anew,
        again,
        number,
        next_day,
        published,
        standing,
        updated,
    ) = made = [Measure(n) for n in names]
    for round_ in range(asked.repeats):
        answer = fresh_process(sjoin, SJOIN, str(files[0]), str(files[1]))
        if "incidence" in only:
            timed(pairs, pid, lambda: touch(engine))
            timed(incidence, pid, lambda: sql(engine, "select gis.refresh_incidence()"))
        with reading(engine) as conn:
            inside = conn.execute(text("select count(*) from gis.well_zone where inside"))
            assert inside.scalar_one() == int(answer) or round_, "not the peer's pairs"
        if "audit" in only:
            clear_ledger(engine)
            timed(first, pid, lambda: everything(engine, law))
            sql(engine, "delete from gis.audited")
            timed(anew, pid, lambda: everything(engine, law))
            timed(again, pid, lambda: everything(engine, law))
            set_number(engine, 5.0 + round_)
            timed(number, pid, lambda: everything(engine, law))
            turn_day(engine)
            timed(next_day, pid, lambda: everything(engine, law))
        if "edits" in only:
            everything(engine, law)
            for n in range(4):
                publish(engine, law, pid, (published, standing), seed=round_ * 10 + n)
            timed(updated, pid, lambda: update(engine))
    return [each for each in made if each.cpu]


def set_number(engine: Engine, value: float) -> None:
    """Give a number that the law leaves to others, and that one rule reads, another value."""
    with writing(engine, "bench") as conn:
        given = {"area": "", "since": datetime.date(2020, 1, 1), "source": "bench"}
        parameters.put(conn, "crosscheck_tolerance_percent", value, **given)


def turn_day(engine: Engine) -> None:
    """Let the database believe that it is tomorrow."""
    with engine.begin() as conn:
        tomorrow = conn.execute(text("select gis.today() + 1")).scalar_one()
        conn.execute(text("create or replace function gis.today() returns date language sql stable"
                          f" as $$ select date '{tomorrow}' $$"))  # fmt: skip


def touch(engine: Engine) -> None:
    """All pairs from nothing, without distances."""
    with reading(engine) as conn:
        live = conn.execute(text("select distinct zone_id, version from gis.zone_part where live"))
        ids, versions = zip(*live.all(), strict=True)
        conn.execute(text(TOUCH), {"ids": list(ids), "versions": list(versions)})


def publish(
    engine: Engine, law: registry.Registry, pid: int, measures: tuple[Measure, Measure], seed: int
) -> None:
    """A new zone over about 2,000 wells, until its incidence and until its findings stand; then it
    is withdrawn.
    """
    rng = np.random.default_rng(seed)
    with reading(engine) as conn:
        lon, lat, metres = conn.execute(text(CENTRE), {"seed": seed}).one()
    shape = world.blob(rng, np.array([lon, lat]), metres / 90_000, 400)
    made = {}

    def insert() -> None:
        with writing(engine, "bench") as conn, declaring(conn):
            made["id"] = conn.execute(text(INSERT), {"wkt": shape.wkt}).scalar_one()

    timed(measures[0], pid, insert)
    timed(measures[1], pid, lambda: everything(engine, law))
    with writing(engine, "bench") as conn:
        conn.execute(text("update gis.zone set law_status = 'withdrawn' where zone_id = :z"),
                     {"z": made["id"]})  # fmt: skip
    everything(engine, law)


def everything(engine: Engine, law: registry.Registry) -> None:
    """The audit that an office runs: it goes on from the last one."""
    audit.run(engine, law, audit.Scope(), actor="bench")


CENTRE = """
with here as (select geom, geom_web from gis.well offset (:seed * 7919) % 40000 limit 1)
select st_x(here.geom), st_y(here.geom), max(st_distance(w.geom::geography, here.geom::geography))
from here, lateral (select geom from gis.well w order by w.geom_web <-> here.geom_web limit 2000) w
group by here.geom
"""
INSERT = """
insert into gis.zone (layer, name, law_status, valid_from, boundary_accuracy_m, geom)
values ('prohibited_zone', 'new', 'approved', '2024-01-01', 5,
        st_multi(st_geomfromtext(:wkt, 4490)))
returning zone_id
"""


def update(engine: Engine) -> None:
    """Ten thousand wells moved a metre in one statement."""
    sql(engine, "update gis.well set geom = st_translate(geom, 1e-5, 0) where well_id % 97 = 3"
                " and well_id <= 970000")  # fmt: skip


def clear_ledger(engine: Engine) -> None:
    """An empty ledger, so that the next audit opens everything."""
    sql(engine, "truncate gis.finding; delete from gis.well_flag; delete from gis.audit_run")


def sql(engine: Engine, statement: str) -> None:
    """Run statements in one transaction."""
    with writing(engine, "bench") as conn:
        conn.execute(text(statement))


def report(measures: list[Measure], asked: argparse.Namespace) -> None:
    """Print the table of what was measured against the peer."""
    sjoin = measures[0]
    base = sorted(sjoin.cpu)[len(sjoin.cpu) // 2]
    print(head(asked))
    print("| work | CPU s, median (range) | wall s, median (range) | CPU ÷ sjoin |")
    print("|--|--|--|--|")
    for each in measures:
        ratio = sorted(each.cpu)[len(each.cpu) // 2] / base
        print(f"| {each.name} | {each.told(each.cpu)} | {each.told(each.wall)} | {ratio:.2f} |")


def head(asked: argparse.Namespace) -> str:
    """The day, the commit, the machine, the command."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    ).stdout.strip()
    return (
        f"\n{datetime.date.today()} · {commit} · {platform.machine()}, {os.cpu_count()} cores, load"
        f' {os.getloadavg()[0]:.1f} · `make bench ARGS="--wells {asked.wells} --zones'
        f' {asked.zones} --repeats {asked.repeats} --only {asked.only}"`\n'
    )


if __name__ == "__main__":
    main()
