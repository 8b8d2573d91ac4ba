"""No tile older than a second is ever served: several processes, racing editors, a restart."""

import threading
import time
from dataclasses import dataclass, field
from datetime import date

import httpx
import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from gis_app.cluster import Cluster
from gis_app.store import schema
from gis_app.store.engine import connect, writing
from tests.database import dsn, new_home, remove
from tests.tiles.reading import decoded, path, tile_of
from tests.tiles.workers import processes, until_listening
from tests.world import LAT, LON, add_well, add_zone, at, square

WORKERS, EDITORS, WELLS = 2, 3, 4
EDITS, ANSWERS = 12, 200  # before the restart, and again after it
ALLOWED_S = 1.0
PATHS = [path("well", tile_of(LON + 0.001, LAT + 0.001, z)) for z in (12, 14)]


@dataclass
class Diary:
    """What was committed and when, what was seen, and what was seen too late."""

    done: threading.Event = field(default_factory=threading.Event)
    committed: dict[str, list[tuple[float, int]]] = field(default_factory=dict)
    stale: list[str] = field(default_factory=list)
    lag_s: float = 0.0
    answers: int = 0
    unchanged: int = 0
    heard: set[str] = field(default_factory=set)  # addresses that a tile came from

    def filled(self, processes: int) -> None:
        """Wait for so many more edits of every well, and answers with some of every process; or
        until a thread has failed.
        """
        edits = {code: len(made) + EDITS for code, made in self.committed.items()}
        answers = self.answers + ANSWERS
        self.heard.clear()
        until = time.monotonic() + 120
        while not self.done.wait(0.05) and (
            any(len(self.committed[code]) < number for code, number in edits.items())
            or self.answers < answers
            or len(self.heard) < processes
        ):
            assert time.monotonic() < until, "edits or answers have stopped"

    def due(self, code: str, before: float) -> int:
        """The newest number committed before a moment."""
        return max((n for at, n in list(self.committed[code]) if at <= before), default=0)


def edit(engine: Engine, diary: Diary, codes: list[str]) -> None:
    """Write ever higher numbers into wells' names; what the database confirmed is in the diary."""
    number = 0
    while not diary.done.is_set():
        number += 1
        for code in codes:
            try:
                with writing(engine, code) as conn:
                    conn.execute(
                        text("update gis.well set name = :n where code = :c"),
                        {"n": str(number), "c": code},
                    )
                diary.committed[code].append((time.monotonic(), number))
            except Exception as error:  # the restart; whether it was committed nobody knows
                if not isinstance(error, DBAPIError) and "Unavailable" not in type(error).__name__:
                    raise
                time.sleep(0.05)
        time.sleep(0.01)


def watch(url: str, diary: Diary) -> None:
    """Read tiles, with the mark of the one before; whatever is too old goes into the diary."""
    with httpx.Client(base_url=url, timeout=30) as http:
        kept: dict[str, httpx.Response] = {}
        while not diary.done.is_set():
            for each in PATHS:
                asked = time.monotonic()
                mark = {"If-None-Match": kept[each].headers["etag"]} if each in kept else {}
                answer = http.get(each, headers=mark)
                if answer.status_code == 503:
                    time.sleep(0.05)
                    continue
                diary.answers += 1
                diary.heard.add(url)
                if answer.status_code == 304:
                    diary.unchanged += 1
                else:
                    assert answer.status_code == 200, answer.text
                    kept[each] = answer
                judge(diary, kept[each].content, asked, f"{url}{each}")


def judge(diary: Diary, body: bytes, asked: float, where: str) -> None:
    """Compare a tile with what had been committed a second before it was asked for."""
    for well in decoded(body)["well"]:
        code, seen = well["properties"]["code"], int(well["properties"]["name"])
        missed = [at for at, n in list(diary.committed[code]) if n > seen and at <= asked]
        if missed:
            diary.lag_s = max(diary.lag_s, asked - min(missed))
        if seen < diary.due(code, asked - ALLOWED_S):
            diary.stale.append(f"{where}: {code} is {seen}, {asked - min(missed):.2f} s late")


@pytest.fixture
def own_cluster():
    home = new_home()
    cluster = Cluster(home)  # durable: what was confirmed survives
    cluster.start()
    try:
        cluster.ensure_database("gis")
        yield cluster
    finally:
        remove(home)


def test_no_process_serves_a_stale_tile_through_races_and_a_restart(own_cluster, tmp_path, capsys):
    engine = connect(own_cluster.url("gis"))
    schema.upgrade(engine)
    groups = [[f"W{e}-{n}" for n in range(WELLS)] for e in range(EDITORS)]
    with writing(engine, "test") as conn:
        for n, code in enumerate(code for codes in groups for code in codes):
            add_well(conn, code, n * 20, n * 20, name="0")
    diary = Diary(committed={code: [] for codes in groups for code in codes})
    faults: list[BaseException] = []

    def guarded(work, *arguments):
        try:
            work(*arguments)
        except BaseException as error:
            faults.append(error)
            diary.done.set()

    with processes(own_cluster.url("gis"), tmp_path, WORKERS) as urls:
        threads = [
            *(threading.Thread(target=guarded, args=(edit, engine, diary, g)) for g in groups),
            *(threading.Thread(target=guarded, args=(watch, url, diary)) for url in urls * 2),
        ]
        for thread in threads:
            thread.start()
        diary.filled(WORKERS)
        own_cluster.stop("immediate")
        own_cluster.start()
        for url in urls:
            until_listening(url)
        before = {url: httpx.get(f"{url}/healthz/tiles").json() for url in urls}
        diary.filled(WORKERS)
        diary.done.set()
        for thread in threads:
            thread.join()
        after = {url: httpx.get(f"{url}/healthz/tiles").json() for url in urls}
        assert faults == []
        assert diary.stale == []
        # the edits went on after the restart, and every process heard of them and used its cache
        assert all(after[u]["announcements"] > before[u]["announcements"] for u in urls)
        assert all(after[u]["connected"] >= 2 for u in urls)
        last = {code: made[-1][1] for code, made in diary.committed.items()}
        time.sleep(ALLOWED_S)
        for url in urls:
            for each in PATHS:
                first = httpx.get(url + each)
                again = httpx.get(url + each, headers={"If-None-Match": first.headers["etag"]})
                assert again.status_code == 304
                seen = {
                    w["properties"]["code"]: int(w["properties"]["name"])
                    for w in decoded(first.content)["well"]
                }
                assert all(seen[code] >= number for code, number in last.items())
    engine.dispose()
    edits = sum(len(made) for made in diary.committed.values())
    with capsys.disabled():
        print(
            f"\n  {edits} edits, {diary.answers} tiles ({diary.unchanged} unchanged) from "
            f"{WORKERS} processes, oldest {diary.lag_s * 1000:.0f} ms behind a commit"
        )


def test_a_tile_read_before_a_commit_is_not_kept_after_it(fresh_database, tmp_path):
    with writing(fresh_database, "test") as conn:
        add_well(conn, "W", 0, 0, name="before")
        # reading a tile now takes a while, with its snapshot taken at the beginning
        conn.execute(
            text(
                "create function public.slow() returns int language plpgsql volatile as $$ begin"
                " if current_query() ~ 'draw_wells' then perform pg_sleep(0.7); end if;"
                " return 1; end $$"
            )
        )
        conn.execute(
            text(
                "create or replace function gis.today() returns date language sql volatile as"
                " $$ select (now() at time zone 'Asia/Shanghai')::date from public.slow() $$"
            )
        )
    place = path("well", tile_of(LON, LAT, 14))
    with processes(dsn(fresh_database), tmp_path, 1) as [url]:
        answers: list[httpx.Response] = []
        reader = threading.Thread(target=lambda: answers.append(httpx.get(url + place)))
        reader.start()
        _until_reading(fresh_database)
        with fresh_database.begin() as conn:
            conn.execute(text("update gis.well set name = 'after' where code = 'W'"))
        reader.join()
        # it was asked for before the commit, but answered long after: it is read again
        assert decoded(answers[0].content)["well"][0]["properties"]["name"] == "after"
        assert httpx.get(f"{url}/healthz/tiles").json()["rebuilt"] >= 1
        later = httpx.get(url + place)
        assert decoded(later.content)["well"][0]["properties"]["name"] == "after"


def test_when_the_legal_day_turns_tiles_show_what_then_is_law(fresh_database, tmp_path):
    with writing(fresh_database, "test") as conn:
        add_zone(conn, "prohibited_zone", square(0, 0, 900), valid_from=date(2090, 1, 2))
        conn.execute(text("create table public.calendar as select date '2090-01-01' as day"))
        conn.execute(
            text(
                "create or replace function gis.today() returns date language sql stable as"
                " $$ select day from public.calendar $$"
            )
        )
    place = path("prohibited_zone", tile_of(*at(100, 100), 14))
    with processes(dsn(fresh_database), tmp_path, 1) as [url]:
        before = httpx.get(url + place)
        assert before.status_code == 204
        with writing(fresh_database, "midnight") as conn:  # nothing of the layer is written
            conn.execute(text("update public.calendar set day = '2090-01-02'"))
        until = time.monotonic() + 30
        while (after := httpx.get(url + place)).status_code == 204:
            assert time.monotonic() < until
        assert decoded(after.content)["prohibited_zone"]
        assert after.headers["etag"] != before.headers["etag"]
        stale = {"If-None-Match": before.headers["etag"]}
        assert httpx.get(url + place, headers=stale).status_code == 200
        # a day that is asked for has its own tiles, whatever the day is
        assert httpx.get(f"{url}{place}?datetime=2090-01-01").status_code == 204
        assert httpx.get(f"{url}{place}?datetime=2090-01-02").content == after.content


def _until_reading(engine: Engine) -> None:
    """Wait until some other connection is asleep inside a tile."""
    until = time.monotonic() + 30
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        while time.monotonic() < until:
            asleep = conn.execute(
                text("select count(*) from pg_stat_activity where wait_event = 'PgSleep'"
                     " and datname = current_database()")
            ).scalar_one()  # fmt: skip
            if asleep:
                return
            time.sleep(0.01)
    raise AssertionError("nobody reads a tile")
