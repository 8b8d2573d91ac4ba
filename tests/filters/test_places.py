"""Places in filters: shapely is the oracle, pyproj that of coordinate systems."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import shapely
from pyproj import Transformer
from shapely import LineString, Point, Polygon
from shapely.geometry import mapping
from sqlalchemy import func, select, text
from sqlalchemy.dialects import postgresql

from gis_app.crs import CRS84, SERVED
from gis_app.errors import BadInput
from gis_app.store.sources import source
from tests.filters.asking import LAW, WELL, codes, condition, found
from tests.world import add_well, add_zone, at

ZONE = LAW.layers["district"]
RELATIONS: dict[str, Callable[..., Any]] = {
    "s_intersects": shapely.intersects, "s_disjoint": shapely.disjoint,
    "s_equals": shapely.equals, "s_touches": shapely.touches, "s_crosses": shapely.crosses,
    "s_within": shapely.within, "s_contains": shapely.contains, "s_overlaps": shapely.overlaps,
}  # fmt: skip
# a grid that binary numbers hit exactly, so that corners and edges fall together; about 100 m
STEP, WEST, SOUTH, CELLS = 2.0**-10, 113.5, 37.75, 30


def places(rng, number):
    """Places on the grid."""
    cells = rng.integers(0, CELLS, (number, 2))
    return [(WEST + STEP * x, SOUTH + STEP * y) for x, y in cells.tolist()]


def star(rng, centre, cells):
    """A polygon round a place, its corners on the grid; None where they fall together."""
    turns = np.sort(rng.uniform(0, 2 * np.pi, 7))
    steps = STEP * np.round(cells * np.column_stack([np.cos(turns), np.sin(turns)]))
    found = Polygon(np.array(centre) + steps)
    return found if found.is_valid and found.area else None


def stars(rng, number, cells):
    """Some polygons."""
    return [each for each in (star(rng, c, cells) for c in places(rng, number)) if each]


@pytest.fixture
def world(conn):
    """Random wells and zones."""
    rng = np.random.default_rng(20240630)
    move = text("update gis.well set geom = st_setsrid(st_makepoint(:x, :y), 4490) where code = :c")
    for n, (x, y) in enumerate(places(rng, 120)):
        add_well(conn, f"W{n}", 0, 0)
        conn.execute(move, {"x": x, "y": y, "c": f"W{n}"})
    for n, zone in enumerate(stars(rng, 30, 6)):
        add_zone(conn, ZONE.id, zone, name=f"Z{n}")
    return conn


def shapes(conn, collection):
    """Every place of a collection as it is stored, by id."""
    there = source(collection)
    rows = conn.execute(select(there.key, func.st_asbinary(there.geom)).where(there.where))
    return {key: shapely.from_wkb(bytes(wkb)) for key, wkb in rows}


def literals(rng, held):
    """Polygons, lines and points, some of which share corners or edges with what is there."""
    some = [held[key] for key in rng.permutation(list(held))[:4].tolist()]
    corners = [Point(shapely.get_coordinates(each)[0]) for each in some]
    lines = [LineString(places(rng, 3)) for _ in range(4)]
    edges = [LineString(shapely.get_coordinates(each)[:2]) for each in some if each.area]
    every = [*stars(rng, 8, 9), *lines, *some, *corners, *edges]
    return [each for each in every if each.is_valid]


@pytest.mark.parametrize("relation", RELATIONS)
def test_random_shapes_stand_to_wells_and_zones_as_shapely_says(world, relation):
    rng = np.random.default_rng(7)
    held_any = False
    for collection in (WELL, ZONE):
        held = shapes(world, collection)
        for literal in literals(rng, held):
            want = {key for key, each in held.items() if RELATIONS[relation](each, literal)}
            tree = {"op": relation, "args": [{"property": "geometry"}, mapping(literal)]}
            assert {f["id"] for f in found(world, collection, tree)} == want
            turned = {key for key, each in held.items() if RELATIONS[relation](literal, each)}
            wkt = f"{relation}({shapely.to_wkt(literal, rounding_precision=-1)}, geom)"
            assert {f["id"] for f in found(world, collection, wkt)} == turned
            held_any |= bool(want)
    assert held_any


def test_a_shape_is_looked_up_in_the_index_of_places(world):
    there = source(ZONE)
    where = condition("S_WITHIN(geometry, BBOX(113.5, 37.8, 113.52, 37.82))", there)
    world.execute(text("set local enable_seqscan = off"))
    asked = select(there.key).select_from(there.rows).where(where)
    made = asked.compile(dialect=postgresql.psycopg.dialect())
    plan = world.exec_driver_sql(f"explain (format json) {made}", made.params).scalar_one()
    assert "zone_geom" in str(plan)
    assert "geom && " in str(plan) or "geom @ " in str(plan)


@pytest.mark.parametrize("uri", [uri for uri in SERVED if uri != CRS84])
def test_a_shape_in_another_system_means_the_same_ground(world, uri):
    crs = SERVED[uri]
    project = Transformer.from_crs("EPSG:4490", f"EPSG:{crs.srid}", always_xy=True)

    def there(xy):
        x, y = project.transform(xy[:, 0], xy[:, 1])
        return np.column_stack([y, x] if crs.north_first else [x, y])

    rng = np.random.default_rng(3)
    held = shapes(world, WELL)
    found_any = False
    for on_grid in stars(rng, 6, 12):
        # off the grid: what lies on an edge is a matter of nanometres here
        literal = shapely.transform(on_grid, lambda xy: xy + STEP / 3)
        want = {key for key, each in held.items() if literal.intersects(each)}
        tree = {
            "op": "s_intersects",
            "args": [{"property": "geom"}, mapping(shapely.transform(literal, there))],
        }
        assert {f["id"] for f in found(world, WELL, tree, crs)} == want
        found_any |= bool(want)
    assert found_any


def test_a_box_is_given_in_the_axis_order_of_its_system(conn):
    add_well(conn, "in", 0, 0)
    add_well(conn, "out", 900, 0)
    (w, s), (e, n) = at(-50, -50), at(50, 50)
    lat_first = next(c for c in SERVED.values() if c.srid == 4490 and c.north_first)
    assert codes(conn, f"S_INTERSECTS(geometry, BBOX({w}, {s}, {e}, {n}))") == ["in"]
    turned = f"S_INTERSECTS(geometry, BBOX({s}, {w}, {n}, {e}))"
    assert codes(conn, turned, lat_first) == ["in"]
    with pytest.raises(BadInput, match="easting first"):
        codes(conn, turned)  # 113° north is nowhere


def test_a_box_across_the_antimeridian_is_two(conn):
    add_well(conn, "china", 0, 0)
    assert codes(conn, "S_INTERSECTS(geometry, BBOX(100, 30, -170, 40))") == ["china"]
    assert codes(conn, "S_INTERSECTS(geometry, BBOX(170, 30, -170, 40))") == []


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("S_INTERSECTS(geometry, POLYGON((0 0, 1 1, 1 0, 0 1, 0 0)))", "not valid"),
        ("S_INTERSECTS(geometry, POLYGON((0 0, 1 1)))", "cannot be read"),
        ("S_INTERSECTS(geometry, POINT(113 137))", "off the earth"),
        ("S_INTERSECTS(geometry, BBOX(1, 2, 3))", "no"),
        ("S_INTERSECTS(geometry, BBOX(1, 20, 3, 4))", "turned around"),
        ("S_INTERSECTS(geometry, name)", "property name is not"),
        ("S_INTERSECTS(geometry, nowhere)", "no property 'nowhere'"),
        ("S_INTERSECTS(geometry, 'POINT(1 2)')", "takes places"),
        ("S_INTERSECTS(geometry)", "takes 2 arguments, not 1"),
        ("S_WITHIN(geometry, GEOMETRYCOLLECTION(POINT(1 2), POINT(3 4)))", "GEOMETRYCOLLECTION"),
        ("S_DWITHIN(geometry, POINT(1 2), 10)", "no operator or function"),
        ({"op": "s_within", "args": [{"property": "geom"}, {"type": "Polygon", "coordinates": []}]},
         "empty"),
    ],
)  # fmt: skip
def test_a_shape_that_is_wrong_says_what_to_do(conn, asked, words):
    with pytest.raises(BadInput) as refused:
        codes(conn, asked)
    assert words in refused.value.en
