"""The sample city in tiles, by processes or dask workers, some of which are killed."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from gis_app import offline
from gis_app.demo import load
from gis_app.errors import BadInput, SetupError, Unfinished, UnreadableFile
from gis_app.offline import partitioning, quadkeys, workers
from tests.demo.conftest import DAY, hamlet  # noqa: F401
from tests.offline.both import differences, files, offline_says

pytestmark = pytest.mark.xdist_group("tiles")
MOST = 90
SOME = ("yangquan-2023-75",)  # enough law where the subject is who works


@pytest.fixture(scope="module")
def city(databases, worker, hamlet, tmp_path_factory):  # noqa: F811
    """The small city's files, in tiles; and what audits of the whole say of it."""
    with databases.clone(f"gis_tiles_{worker}") as engine, engine.connect() as conn:
        load(conn, hamlet)
        given = files(conn)
        conn.rollback()
    folder = tmp_path_factory.mktemp("tiles")
    told = offline.partition(**given, folder=folder, most=MOST)
    whole = offline_says(offline.audit(**given, on=DAY))
    some = offline_says(offline.audit(**given, on=DAY, instruments=SOME))
    return {"folder": folder, "told": told, "whole": whole, "some": some, "given": given}


def _done(out: Path) -> list[Path]:
    return sorted(out.glob("*.flags.*.parquet"))


def test_the_tiles_together_say_what_the_whole_says(city, tmp_path):
    audit = offline.audit_tiles(city["folder"], out=tmp_path, on=DAY, processes=2)
    assert len(city["told"].tiles) > 3
    assert differences(offline_says(audit), city["whole"]) == []
    assert audit.wells == 300
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    again = offline.audit_tiles(city["folder"], out=tmp_path, on=DAY, processes=2)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before
    assert differences(offline_says(again), city["whole"]) == []
    _done(tmp_path)[0].unlink()
    offline.audit_tiles(city["folder"], out=tmp_path, on=DAY, processes=1)
    changed = [p for p, at in before.items() if p.stat().st_mtime_ns != at]
    assert len(changed) == 2  # the findings and flags of one tile


def test_every_well_lies_in_one_tile_of_no_more_than_asked_with_all_it_needs(city):
    own, others = [], 0
    for tile in city["told"].tiles:
        table = pq.read_table(city["folder"] / "tiles" / tile.key / "wells.parquet")
        codes, mine = np.array(table["code"]), np.array(table["own"])
        own += list(codes[mine])
        others += int((~mine).sum())
        assert 0 < mine.sum() == tile.wells <= MOST
    assert sorted(own) == sorted(city["given"]["wells"]["code"])
    assert others > 0
    geo = pq.read_schema(city["folder"] / "zones.parquet").metadata[b"geo"]
    assert b'"covering"' in geo


COMMAND = """
import sys
from datetime import date
from gis_app import offline
if __name__ == "__main__":
    folder, out, day, *some = sys.argv[1:]
    day = date.fromisoformat(day)
    offline.audit_tiles(folder, out=out, on=day, instruments=some, processes=2)
"""


def test_a_process_killed_in_the_middle_changes_nothing(city, tmp_path):
    script, out = tmp_path / "run.py", tmp_path / "out"
    script.write_text(COMMAND, encoding="utf-8")
    command = [sys.executable, str(script), str(city["folder"]), str(out), DAY.isoformat(), *SOME]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as run:
        killed = _kill_once(run, out, lambda: _workers_of(run.pid))
        _, told = run.communicate(timeout=300)
    assert run.returncode == 0, told
    assert killed
    audit = offline.audit_tiles(city["folder"], out=out, on=DAY, instruments=SOME, processes=1)
    assert differences(offline_says(audit), city["some"]) == []


def _kill_once(run, out, candidates) -> int | None:
    """Kill a worker as soon as the first tile is done and before the last is."""
    while run.poll() is None:
        if out.exists() and any(out.glob("*.known.*.json")):
            for pid in candidates():
                os.kill(pid, signal.SIGKILL)
                return pid
        time.sleep(0.01)  # looks again; nothing waits for a time to pass
    return None


def _workers_of(parent: int) -> list[int]:
    """The spawned workers of a process."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
            words = (stat.parent / "cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[1]) == parent and b"spawn_main" in words:
            found.append(int(stat.parent.name))
    return found


@pytest.fixture
def cluster(tmp_path):
    """A dask scheduler and two workers, as on other hosts: its address, and the workers' pids."""
    pytest.importorskip("distributed")
    where = tmp_path / "scheduler.json"
    dask = [sys.executable, "-W", "ignore", "-m", "distributed.cli.dask_scheduler"]
    alone = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
    worker = [sys.executable, "-W", "ignore", "-m", "distributed.cli.dask_worker"]
    one = ["--scheduler-file", str(where), "--nthreads", "1", "--nworkers", "1", "--no-dashboard",
           "--no-nanny", "--local-directory", str(tmp_path)]  # fmt: skip
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    started = [subprocess.Popen([*dask, *alone, "--scheduler-file", str(where)], **quiet)]
    started += [subprocess.Popen([*worker, *one], **quiet) for _ in range(2)]
    try:
        from distributed import Client

        with Client(scheduler_file=str(where), timeout="60s", set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
            address = client.scheduler.address
        yield address, [each.pid for each in started[1:]]
    finally:
        for each in started:
            each.kill()
            each.wait()


def test_a_dask_worker_killed_in_the_middle_changes_nothing(city, cluster, tmp_path):
    address, pids = cluster
    out = tmp_path / "out"
    with ThreadPoolExecutor(1) as thread:
        asked = {"out": out, "on": DAY, "instruments": SOME, "scheduler": address}
        running = thread.submit(offline.audit_tiles, city["folder"], **asked)
        while not (out.exists() and any(out.glob("*.known.*.json"))):
            assert not running.done(), running.result()
            time.sleep(0.01)  # looks again; nothing waits for a time to pass
        os.kill(pids[0], signal.SIGKILL)
        audit = running.result(timeout=300)
    assert differences(offline_says(audit), city["some"]) == []


def test_tiles_that_fail_are_tried_again_and_named(city, tmp_path):
    damaged = city["told"].tiles[1].key
    folder = tmp_path / "copy"
    for path in city["folder"].rglob("*"):
        if path.is_file() and "audits" not in path.parts:
            to = folder / path.relative_to(city["folder"])
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_bytes(path.read_bytes())
    (folder / "tiles" / damaged / "wells.parquet").write_bytes(b"not a file")
    with pytest.raises(Unfinished, match=rf"(?s)1 个分块反复失败：{damaged}：.*run again"):
        offline.audit_tiles(folder, out=tmp_path / "out", on=DAY, instruments=SOME, processes=1)
    known = list((tmp_path / "out").glob("*.known.*.json"))
    assert len(known) == len(city["told"].tiles) - 1


def test_a_failing_work_is_given_up_after_three_times_and_named_with_its_reason():
    crew = workers.Pool(1)
    assert crew.run(int, []) == {}
    assert crew.run(int, ["1", "a", "2"]) == {
        "a": "ValueError: invalid literal for int() with base 10: 'a'"
    }


def test_what_is_no_partition_is_named_with_the_way_out(tmp_path, monkeypatch):
    with pytest.raises(UnreadableFile, match="gis-app partition"):
        offline.audit_tiles(tmp_path, on=DAY)
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(BadInput, match="neither empty nor a partition"):
        partitioning._fresh(tmp_path)
    monkeypatch.setattr(workers, "PATIENCE", "1s")
    with (
        pytest.raises(SetupError, match=r"(?s)dask scheduler.*dask worker"),
        workers.crew("tcp://127.0.0.1:9", 1),
    ):
        pass


def test_quadkeys_are_those_of_web_maps():
    """By the Bing Maps tile system's own figures: pixel, tile and key of a place."""
    x, y = np.array([-122.34, 113.6, 179.9, -179.9]), np.array([47.61, 37.9, -80.0, 80.0])
    keys = [np.base_repr(n, 4).zfill(20) for n in quadkeys.morton(x, y)]
    assert [key[0] for key in keys] == ["0", "1", "3", "0"]
    for key, lon, lat in zip(keys, x, y, strict=True):
        column, row = (int("".join(str(int(d) >> n & 1) for d in key), 2) for n in (0, 1))
        assert column == int((lon + 180) / 360 * 2**20)
        north = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * row / 2**20))))
        south = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * (row + 1) / 2**20))))
        assert south <= lat <= north


def test_tiles_hold_every_point_once_and_are_of_about_one_size():
    rng = np.random.default_rng(4)
    towns = rng.uniform([108, 34], [116, 40], (50, 2))
    xy = towns[rng.integers(50, size=20_000)] + rng.normal(size=(20_000, 2)) * 0.05
    found = quadkeys.tiles(*xy.T, 2000)
    sizes = [len(points) for _, points in found]
    assert np.array_equal(np.sort(np.concatenate([p for _, p in found])), np.arange(20_000))
    assert max(sizes) <= 2000
    assert min(sizes[:-1]) > 1000
    assert len({key for key, _ in found}) == len(found)
    one_spot = quadkeys.tiles(np.full(9, 113.6), np.full(9, 37.9), 4)
    assert [len(points) for _, points in one_spot] == [9]  # a spot is never cut
    assert quadkeys.tiles(np.zeros(0), np.zeros(0), 4) == []
