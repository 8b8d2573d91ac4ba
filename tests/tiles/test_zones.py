"""Tiles of zones: none vanishes, the ground is the zone's, and each day has its own."""

from datetime import date

import pytest
import shapely
from shapely.affinity import affine_transform
from shapely.geometry import shape
from sqlalchemy import text

from gis_app import registry
from gis_app.store import tiles
from tests.tiles.reading import decoded, read, tile_of
from tests.world import LAT, LON, add_zone, at, square

LAYER = registry.load().layers["prohibited_zone"]
HALF = 20037508.342789244


def _all_parts(conn, z, lon=LON, lat=LAT, on=None):
    found = tiles.tile(conn, LAYER, z, *tile_of(lon, lat, z)[1:], on)
    return decoded(found.body)


@pytest.mark.parametrize("z", range(0, 19))
@pytest.mark.parametrize("side_m", [0.5, 20, 3000])
def test_a_zone_of_any_size_is_somewhere_in_the_tiles_of_every_zoom(conn, z, side_m):
    zone = add_zone(conn, "prohibited_zone", square(10, 10, side_m))
    middle = at(10 + side_m / 2, 10 + side_m / 2)
    parts = _all_parts(conn, z, *middle)
    ground = [f["id"] for f in parts.get("prohibited_zone", [])]
    marks = [f["id"] for f in parts.get("prohibited_zone_point", [])]
    assert set(ground) | set(marks) == {zone}
    assert not (ground and marks)
    units = side_m / 40075016 / 0.79 * 2**z * 4096
    assert bool(marks) == (units < 8) or 7 < units < 9


def test_a_needle_longer_than_a_pixel_but_thinner_is_still_drawn(conn):
    needle = shapely.box(*at(0, 0), *at(5000, 0.5))
    zone = add_zone(conn, "prohibited_zone", needle)
    for z in range(6, 15):
        seen = set()
        for east in range(0, 5001, 100):
            for features in _all_parts(conn, z, *at(east, 0.2)).values():
                seen |= {f["id"] for f in features}
        assert seen == {zone}, z


def test_the_pieces_of_a_high_zoom_make_up_the_zone_and_the_outline_is_its_edge(conn):
    blob = shapely.Point(*at(0, 0)).buffer(0.03, quad_segs=200)
    add_zone(conn, "prohibited_zone", blob.difference(shapely.Point(*at(900, 0)).buffer(0.004)))
    z = 12
    pieces, lines = [], []
    for x in range(tile_of(LON - 0.05, LAT, z)[1], tile_of(LON + 0.05, LAT, z)[1] + 1):
        for y in range(tile_of(LON, LAT + 0.05, z)[2], tile_of(LON, LAT - 0.05, z)[2] + 1):
            parts = decoded(tiles.tile(conn, LAYER, z, x, y).body)
            place = [1, 0, 0, 1, x * 4096, y * 4096]
            window = shapely.box(0, 0, 4096, 4096)
            for f in parts.get("prohibited_zone", []):
                ground = shapely.make_valid(shape(f["geometry"]))
                pieces.append(affine_transform(ground.intersection(window), place))
            for f in parts.get("prohibited_zone_outline", []):
                line = shape(f["geometry"]).intersection(window)
                lines.append(affine_transform(line, place))
    size = 2 * HALF / 2**z / 4096
    wkb = conn.execute(text("select st_asbinary(geom_web) from gis.zone")).scalar_one()
    to_units = [1 / size, 0, 0, -1 / size, HALF / size, HALF / size]
    true = affine_transform(shapely.from_wkb(bytes(wkb)), to_units)
    drawn = shapely.union_all(pieces)
    assert drawn.symmetric_difference(true).area < 0.002 * true.area
    # pieces lie side by side, none over another
    assert sum(p.area for p in pieces) < 1.002 * true.area
    edge = shapely.union_all(lines)
    assert edge.hausdorff_distance(true.boundary) < 3
    assert abs(edge.length - true.boundary.length) < 0.01 * true.boundary.length


def test_a_tile_of_a_day_shows_what_was_in_force_then(conn):
    old = add_zone(conn, "prohibited_zone", square(0, 0, 900), valid_from=date(2020, 1, 1),
                   valid_to=date(2022, 1, 1))  # fmt: skip
    new = add_zone(conn, "prohibited_zone", square(0, 0, 900), valid_from=date(2022, 1, 1))
    draft = add_zone(conn, "prohibited_zone", square(0, 0, 900), law_status="draft")
    for z in (5, 11, 14):
        for on, wanted in (
            (date(2019, 12, 31), set()),
            (date(2021, 12, 31), {old}),
            (date(2022, 1, 1), {new}),
            (None, {new}),
        ):
            parts = _all_parts(conn, z, *at(100, 100), on)
            seen = {f["id"] for fs in parts.values() for f in fs}
            assert seen == wanted, (z, on)
    assert draft


def test_a_withdrawal_of_what_is_not_yet_law_takes_its_shapes(conn):
    zone = add_zone(conn, "prohibited_zone", square(0, 0, 900), valid_from=date(2990, 1, 1))
    on = date(2991, 1, 1)
    assert _all_parts(conn, 14, *at(100, 100), on)
    conn.execute(
        text("update gis.zone set law_status = 'withdrawn' where zone_id = :z"), {"z": zone}
    )
    assert not _all_parts(conn, 14, *at(100, 100), on)
    for table in ("zone_band", "zone_fill", "zone_outline", "zone_mark"):
        assert conn.execute(text(f"select count(*) from gis.{table}")).scalar_one() == 0


def test_the_zones_in_force_today_are_in_the_tile_as_the_collection_lists_them(http, service):
    for layer in service.registry.layers.values():
        if layer.geometry != "polygon":
            continue
        listed = http.get(f"/collections/{layer.id}/items").json()["features"]
        for z in (0, 4, 6):
            seen = set()
            for x in range(2**z * 294 // 360 - 1, 2**z * 294 // 360 + 2):
                for y in range(2**z * 38 // 100 - 1, 2**z * 38 // 100 + 2):
                    if 0 <= x < 2**z and 0 <= y < 2**z:
                        for features in read(http, layer.id, (z, x, y)).values():
                            seen |= {f["id"] for f in features}
            assert seen == {f["id"] for f in listed}, (layer.id, z)


def test_a_database_from_before_the_shapes_gets_them_from_the_upgrade(fresh_database):
    from gis_app.store import schema

    with fresh_database.begin() as conn:
        zone = add_zone(conn, "prohibited_zone", square(0, 0, 900))
        before = _all_parts(conn, 14, *at(100, 100))
    schema.downgrade(fresh_database, "0002")
    schema.upgrade(fresh_database)
    with fresh_database.connect() as conn:
        assert _all_parts(conn, 14, *at(100, 100)) == before
        assert {f["id"] for f in before["prohibited_zone"]} == {zone}
