"""Overview and kept tiles equal the table in every snapshot, settled or not, whoever writes."""

import random
import threading

import pytest
from sqlalchemy import text

from gis_app import registry
from gis_app.store import tiles
from gis_app.store.engine import sign, writing
from tests.tiles.reading import decoded, tile_of, wells_drawn, wells_in
from tests.world import LAT, LON, add_well

FLAGS = ("close", "indeterminate", "restricted", "duty", "exempt", "clear")
KEPT = """
select z, x, y, cell, flag, wells from gis.well_overview o, lateral (values
  ('close', close), ('indeterminate', indeterminate), ('restricted', restricted), ('duty', duty),
  ('exempt', exempt), ('clear', clear), ('unassessed', unassessed)) v (flag, wells)
where wells <> 0
"""
TRUE = """
select z, c.x >> (15 - z) as x, c.y >> (15 - z) as y,
       ((c.y >> (9 - z)) % 64) * 64 + (c.x >> (9 - z)) % 64 as cell, flag, count(*)
from (select gis.tile_column(st_x(w.geom_web), 15) as x,
             gis.tile_column(-st_y(w.geom_web), 15) as y,
             coalesce(f.flag, 'unassessed') as flag
      from gis.well w left join gis.well_flag f using (well_id)) c
cross join generate_series(4, 9) z
group by 1, 2, 3, 4, 5
"""
IDS = "select well_id from gis.well"


def _differ(conn):
    kept = {tuple(row) for row in conn.execute(text(KEPT))}
    return kept ^ {tuple(row) for row in conn.execute(text(TRUE))}


def _counted(conn, z=0):
    """Wells by finding as the tile of the whole world tells them, whatever is settled."""
    body = tiles.tile(conn, registry.load().layers["well"], z, 0, 0).body
    told: dict[str, int] = {}
    for feature in decoded(body).get("well_count", []):
        for flag in (*FLAGS, "unassessed"):
            told[flag] = told.get(flag, 0) + feature["properties"].get(flag, 0)
    return {flag: n for flag, n in told.items() if n}


def _true(conn):
    rows = conn.execute(
        text(
            "select coalesce(f.flag, 'unassessed'), count(*) from gis.well w"
            " left join gis.well_flag f using (well_id) group by 1"
        )
    )
    return {row[0]: row[1] for row in rows}


def _drawn_true(conn):
    """Whether some tiles of wells one by one are what drawing them gives."""
    well = registry.load().layers["well"]
    places = [tile_of(LON + 0.05, LAT + 0.04, z) for z in (10, 12, 14)]
    told = [wells_in(tiles.tile(conn, well, *place).body) for place in places]
    return told == [wells_drawn(conn, place) for place in places]


def act(conn, dice, serial):
    """One random change of the register or its findings."""
    kind = dice.choice(["insert", "move", "far", "delete", "flag", "unflag", "rename"])
    some = "well_id in (select well_id from gis.well order by md5(code || :s) limit 5)"
    values = {"s": str(serial)}
    if kind == "insert":
        for n in range(4):
            add_well(conn, f"N{serial}-{n}", dice.uniform(-9e4, 9e4), dice.uniform(-9e4, 9e4))
    elif kind == "move":
        moved = f"update gis.well set geom = st_translate(geom, 1e-4, 0) where {some}"
        conn.execute(text(moved), values)
    elif kind == "far":
        moved = f"update gis.well set geom = st_translate(geom, -0.3, 0.2) where {some}"
        conn.execute(text(moved), values)
    elif kind == "delete":
        conn.execute(text(f"delete from gis.well where {some}"), values)
    elif kind == "flag":
        conn.execute(
            text(
                f"insert into gis.well_flag select well_id, :f from gis.well where {some}"
                " on conflict (well_id) do update set flag = excluded.flag"
            ),
            {**values, "f": dice.choice(FLAGS)},
        )
    elif kind == "unflag":
        conn.execute(text(f"delete from gis.well_flag where {some}"), values)
    else:
        conn.execute(text(f"update gis.well set name = :s where {some}"), values)


@pytest.mark.parametrize("seed", range(3))
def test_after_random_changes_the_overview_is_the_tables(conn, seed):
    dice = random.Random(seed)
    for n in range(30):
        add_well(conn, f"W{n}", dice.uniform(-9e4, 9e4), dice.uniform(-9e4, 9e4))
    for serial in range(60):
        act(conn, dice, serial)
        assert _counted(conn) == _true(conn)
        if dice.random() < 0.3:
            conn.execute(text("select gis.settle_tiles()"))
            assert _differ(conn) == set()
            assert _counted(conn) == _true(conn)
    conn.execute(text("select gis.settle_tiles()"))
    assert _differ(conn) == set()


def test_writers_audits_and_settling_at_once_leave_counts_and_tiles_exact(fresh_database):
    with writing(fresh_database, "test") as conn:
        for n in range(60):
            add_well(conn, f"W{n}", n * 900, n * 700)
    done = threading.Event()
    faults: list[BaseException] = []

    def write(seed: int) -> None:
        dice = random.Random(seed)
        mine = [f"W{n}" for n in range(60) if n % 3 == seed]
        for serial in range(60):
            with writing(fresh_database, "test") as conn:
                conn.execute(
                    text("update gis.well set geom = st_translate(geom, :d, 0) where code = :c"),
                    {"d": dice.uniform(-0.2, 0.2), "c": dice.choice(mine)},
                )
                if serial % 10 == 0:
                    add_well(conn, f"N{seed}-{serial}", serial * 100, seed * 100)

    def flag() -> None:
        # as an audit does: it sees the register as it was when it began
        dice = random.Random(9)
        alone = fresh_database.execution_options(isolation_level="REPEATABLE READ")
        for _ in range(25):
            with alone.begin() as conn:
                sign(conn, "audit")
                conn.execute(text(IDS)).all()
                done.wait(0.02)
                conn.execute(
                    text(
                        "insert into gis.well_flag select well_id, :f from gis.well"
                        " where well_id % 3 = :r"
                        " on conflict (well_id) do update set flag = excluded.flag"
                    ),
                    {"f": dice.choice(FLAGS), "r": dice.randrange(3)},
                )

    def settle() -> None:
        while not done.is_set():
            with fresh_database.begin() as conn:
                conn.execute(text("select gis.settle_tiles(), gis.draw_tiles(9)"))
            with fresh_database.begin() as conn:
                conn.execute(text("select gis.compact_versions()"))

    def read() -> None:
        alone = fresh_database.execution_options(isolation_level="REPEATABLE READ")
        while not done.is_set():
            with alone.begin() as conn:
                assert _counted(conn) == _true(conn)
                assert _drawn_true(conn)

    def guarded(work, *arguments):
        try:
            work(*arguments)
        except BaseException as error:
            faults.append(error)

    writers = [threading.Thread(target=guarded, args=(write, seed)) for seed in range(3)]
    writers.append(threading.Thread(target=guarded, args=(flag,)))
    others = [threading.Thread(target=guarded, args=(w,)) for w in (settle, settle, read)]
    for thread in writers + others:
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    for thread in others:
        thread.join()
    assert faults == []
    with fresh_database.begin() as conn:
        conn.execute(text("select gis.settle_tiles()"))
        assert _differ(conn) == set()
        assert _counted(conn) == _true(conn)
        assert conn.execute(text("select count(*) from gis.well_unsettled")).scalar_one() == 0


def test_versions_survive_being_summed_up(conn):
    add_well(conn, "W", 0, 0)
    well = registry.load().layers["well"]

    def versions():
        return [tiles.tile(conn, well, z, *tile_of(LON, LAT, z)[1:]).version for z in range(17)]

    before = versions()
    conn.execute(text("select gis.compact_versions()"))
    assert versions() == before
    conn.execute(text("update gis.well set name = 'x'"))
    assert all(now > then for now, then in zip(versions(), before, strict=True))


def test_writers_of_the_same_cell_do_not_wait_for_each_other(fresh_database):
    from sqlalchemy import create_engine

    with writing(fresh_database, "test") as conn:
        add_well(conn, "a", 0, 0)
        add_well(conn, "b", 1, 0)
    other = create_engine(fresh_database.url, connect_args={"options": "-c lock_timeout=1000"})
    with fresh_database.connect() as slow, other.begin() as quick:
        slow.execute(text("update gis.well set geom = st_translate(geom, .5, 0) where code = 'a'"))
        quick.execute(text("update gis.well set geom = st_translate(geom, .5, 0) where code = 'b'"))
        slow.rollback()
    other.dispose()
