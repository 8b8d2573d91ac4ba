"""Tiles of wells, decoded and compared with the table: every well once, none lost."""

import random
from collections import Counter

import pytest
from sqlalchemy import text

from gis_app.flags import FLAGS
from gis_app.store import tiles
from tests.tiles.reading import read

HALF = 20037508.342789244


def _wells(service):
    """Per well: id, its place (3857) and its finding."""
    with service.engine.connect() as conn:
        return conn.execute(
            text(
                "select w.well_id, st_x(geom_web) x, st_y(geom_web) y,"
                " coalesce(f.flag, 'unassessed') flag"
                " from gis.well w left join gis.well_flag f using (well_id)"
            )
        ).all()


def _unit(row, z, of):
    """A well's place in whole units of the map at a zoom, `of` to a tile, from the north-west."""
    size = 2 * HALF / 2**z / of
    return int((row.x + HALF) // size), int((HALF - row.y) // size)


def _by_tile(rows, z):
    found = {}
    for row in rows:
        x, y = _unit(row, z, 1)
        found.setdefault((z, x, y), []).append(row)
    return found


@pytest.mark.parametrize("z", range(10, 17))
def test_every_well_is_once_in_the_tiles_of_a_zoom_at_its_place(http, service, z):
    wanted = _by_tile(_wells(service), z)
    chosen = random.Random(z).sample(sorted(wanted), min(40, len(wanted)))
    for address in chosen if z > 11 else wanted:
        got = read(http, "well", address)["well"]
        inside = Counter(
            f["id"] for f in got if all(0 <= c < 4096 for c in f["geometry"]["coordinates"])
        )
        mine = {row.well_id for row in wanted[address]}
        # a well on the very edge may be rounded onto the next tile's side of it
        assert mine <= {f["id"] for f in got}
        assert set(inside.values()) <= {1}
        for row in wanted[address]:
            f = next(f for f in got if f["id"] == row.well_id)
            x, y = _unit(row, z, 4096)
            px, py = f["geometry"]["coordinates"]
            assert abs(px - (x - address[1] * 4096)) <= 1
            assert abs(py - (y - address[2] * 4096)) <= 1
            assert f["properties"]["flag"] == row.flag


@pytest.mark.parametrize("z", range(10))
def test_counts_of_a_zoom_are_the_tables_cell_by_cell(http, service, z):
    wanted: dict = {}
    for row in _wells(service):
        x, y = _unit(row, z, 64)
        cell = wanted.setdefault((z, x // 64, y // 64), {}).setdefault((x % 64, y % 64), Counter())
        cell[row.flag] += 1
    for address, cells in wanted.items():
        got = read(http, "well", address)
        assert set(got) == {"well_count"}
        told = {}
        for f in got["well_count"]:
            x, y = f["geometry"]["coordinates"]
            p = f["properties"]
            told[(x - 32) // 64, (y - 32) // 64] = Counter(
                {k: p[k] for k in (*FLAGS, "unassessed") if k in p}
            )
            assert p["wells"] == sum(p.get(k, 0) for k in (*FLAGS, "unassessed"))
            assert p["flag"] == next(k for k in (*FLAGS, "unassessed") if k in p)
        assert told == cells


def test_a_well_outside_a_tile_but_in_its_margin_is_drawn_whole(fresh_database):
    from tests.world import add_well

    with fresh_database.begin() as conn:
        add_well(conn, "W", 0, 0)
        x, y = conn.execute(text("select st_x(geom_web), st_y(geom_web) from gis.well")).one()
        side = 2 * HALF / 2**14
        column, row = int((x + HALF) // side), int((HALF - y) // side)
        # a hair west of the tile's western edge
        conn.execute(
            text(
                "update gis.well set geom = st_transform(st_setsrid(st_makepoint(:x, :y), 3857),"
                " 4490)"
            ),
            {"x": column * side - HALF - side / 100, "y": y},
        )
        from gis_app import registry

        well = registry.load().layers["well"]
        here = tiles.tile(conn, well, 14, column, row)
        west = tiles.tile(conn, well, 14, column - 1, row)
        assert here.body
        assert west.body
