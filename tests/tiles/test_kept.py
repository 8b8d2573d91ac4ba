"""Tiles of wells that the database keeps drawn: always what drawing them would give."""

import random

import pytest
from sqlalchemy import text

from gis_app import registry
from gis_app.rights import Sight
from gis_app.store import tiles
from tests.tiles.reading import all_drawn, tile_of, wells_in
from tests.tiles.test_overview import act
from tests.world import LAT, LON, add_well

KEPT = "select z, x, y, areas, body from gis.well_tile where body <> ''"


@pytest.fixture(scope="module")
def layer():
    return registry.load().layers["well"]


def _told(conn, layer, place, sight=tiles.EVERYTHING) -> dict:
    asked = tiles.question(layer, *place, sight=sight)
    cursor = conn.connection.cursor()
    cursor.execute(asked.statement, dict(asked.values))
    [(_, _, body)] = cursor.fetchall()
    return wells_in(bytes(body))


def _settle(conn) -> None:
    conn.execute(text("select gis.settle_tiles(), gis.draw_tiles(1000)"))


def _places(conn) -> list:
    """The tiles of zooms 10 to 14 that wells are in, and those around them."""
    wells = conn.execute(text("select st_x(geom), st_y(geom) from gis.well")).all()
    mine = {tile_of(*well, z) for well in wells for z in range(10, 15)}
    return sorted({(z, x + i, y + j) for z, x, y in mine for i in (-1, 0, 1) for j in (-1, 0, 1)})


@pytest.mark.parametrize("seed", range(2))
def test_after_random_changes_every_tile_is_what_drawing_it_gives(conn, layer, seed):
    dice = random.Random(seed)
    for n in range(30):
        add_well(conn, f"W{n}", dice.uniform(-3e4, 3e4), dice.uniform(-3e4, 3e4))
    for serial in range(20):
        act(conn, dice, serial)
        true = all_drawn(conn, _places(conn))
        for place, wells in true.items():
            assert _told(conn, layer, place) == wells, (serial, place)
        _settle(conn)  # which changes no well
        kept = {(z, x, y): wells_in(bytes(body)) for z, x, y, _, body in conn.execute(text(KEPT))}
        assert kept == {place: wells for place, wells in true.items() if wells}


def test_a_kept_tile_is_told_as_it_lies_there(conn, layer):
    add_well(conn, "W", 0, 0)
    _settle(conn)
    place = tile_of(LON, LAT, 12)
    true = _told(conn, layer, place)
    assert len(true) == 1
    conn.execute(text("update gis.well_tile set body = ''"))
    assert _told(conn, layer, place) == {}
    conn.execute(text("update gis.well set name = '另一名'"))
    [(_, properties)] = _told(conn, layer, place).values()  # unsettled: drawn, not taken from there
    assert properties["name"] == "另一名"


def test_who_sees_a_part_is_told_no_kept_tile_with_a_well_beyond_it(conn, layer):
    mine = add_well(conn, "W1", 0, 0, area_code="140302")
    other = add_well(conn, "W2", 10, 0, area_code="140303")
    nobodys = add_well(conn, "W3", 20_000, 20_000, area_code=None)
    _settle(conn)
    place = tile_of(LON, LAT, 12)
    assert set(_told(conn, layer, place)) == {mine, other}
    assert set(_told(conn, layer, place, Sight(("140302",)))) == {mine}
    assert set(_told(conn, layer, place, Sight(("1403",)))) == {mine, other}
    assert _told(conn, layer, place, Sight(("1404",))) == {}
    whole = tile_of(LON, LAT, 10)
    seen = _told(conn, layer, whole, Sight(("14",)))
    assert set(seen) == {mine, other}
    assert nobodys in _told(conn, layer, tile_of(*_lon_lat(conn, nobodys), 12))
    assert _told(conn, layer, tile_of(*_lon_lat(conn, nobodys), 12), Sight(("14",))) == {}


def test_who_sees_all_that_lies_in_a_tile_is_told_the_kept_one(conn, layer):
    add_well(conn, "W", 0, 0, area_code="140302")
    _settle(conn)
    conn.execute(text("update gis.well_tile set body = ''"))
    place = tile_of(LON, LAT, 11)
    assert _told(conn, layer, place, Sight(("1403",))) == {}
    assert _told(conn, layer, place, Sight(("140302", "1404"))) == {}
    assert _told(conn, layer, tile_of(LON, LAT, 15), Sight(("1403",))) != {}


def _lon_lat(conn, well_id):
    place = "select st_x(geom), st_y(geom) from gis.well where well_id = :id"
    return conn.execute(text(place), {"id": well_id}).one()
