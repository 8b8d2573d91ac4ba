"""Parcels and footprints against zones: hand-drawn squares whose distances are known."""

import sys
from datetime import date

import pytest
from pyproj import Geod
from shapely import LineString, MultiPolygon, Point, Polygon, box, from_wkt
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection, text

from gis_app.law import Instrument, Tier, Verdict
from gis_app.rules import engine
from gis_app.rules.facts import Facts
from gis_app.store import facts
from gis_app.store.facts import Asked
from tests.store.records import record
from tests.world import add_zone, at, square

LAYER = "prohibited_zone"
ON = date(2024, 6, 1)
GEOD = Geod(a=6378137.0, rf=298.257222101)
_LAW = Instrument(
    id="made", key="made", zh="示例", en="sample", number="1", area="", since=date(2020, 1, 1),
    tier=Tier.MUNICIPAL,
)  # fmt: skip


@engine.rule(
    "made", _LAW, "一", "示例", Verdict.REFER, en="sample", subjects=("application", "site")
)
def _asks(facts: Facts):
    """示例。"""
    return facts.inside(LAYER) & (facts.zone_since(LAYER) <= facts.on)


def inside(conn: Connection, subject: str, shape: BaseGeometry, accuracy_m: float) -> bool | None:
    """Whether an application or a site surely lies in the zones (None: perhaps)."""
    kind = {"application": "new", "site": "mine"}[subject]
    conn.execute(text(f"delete from gis.{subject}"))
    record(conn, subject, shape=shape, code="S", kind=kind, position_accuracy_m=accuracy_m)
    facts.prepare(conn, engine.rules_of(sys.modules[__name__]), Asked(ON, subject))
    return conn.execute(text(f"select in__{LAYER} from facts")).scalar_one()


def depth(conn: Connection, shape: BaseGeometry, zone: BaseGeometry, *, footprint: bool) -> float:
    statement = text(
        "select gis.depth(st_geomfromtext(:s, 4490), st_multi(st_geomfromtext(:z, 4490)), :f)"
    )
    given = {"s": shape.wkt, "z": zone.wkt, "f": footprint}
    return conn.execute(statement, given).scalar_one()


def block(west_m: float, south_m: float, east_m: float, north_m: float) -> Polygon:
    return box(*at(west_m, south_m), *at(east_m, north_m))


@pytest.mark.parametrize(
    ("shape", "metres"),
    [
        (block(300, 400, 500, 600), 300),  # its nearest side to the west border
        (block(0, 400, 200, 600), 0),
        (block(-100, 400, 200, 600), 0),  # across the border: it may stand outside
        (block(-100, 400, -40, 600), -40),
        (Point(at(980, 500)), 20),
        (Point(at(1030, 1040)), -50),
    ],
)
def test_a_parcel_lies_as_deep_as_its_shallowest_point(conn, shape, metres):
    found = depth(conn, shape, square(0, 0, 1000), footprint=False)
    assert found == pytest.approx(metres, abs=0.15)


@pytest.mark.parametrize(
    ("shape", "metres"),
    [
        (block(300, 400, 500, 600), 500),  # its east side, half a kilometre from either border
        (block(-500, 0, 120, 1000), 120),
        (block(-500, -500, 1500, 1500), 500),  # covers the zone: the zone's own middle
        (block(-500, 0, 0, 1000), 0),
        (block(-500, 0, -70, 1000), -70),
        (LineString([at(-500, 400), at(1500, 400)]), 400),  # through it, with both ends outside
        (Point(at(980, 500)), 20),
    ],
)
def test_a_footprint_lies_as_deep_as_its_deepest_point(conn, shape, metres):
    found = depth(conn, shape, square(0, 0, 1000), footprint=True)
    assert found == pytest.approx(metres, rel=0.002, abs=0.15)


def test_a_long_border_is_straight_in_degrees_not_on_the_ellipsoid(conn):
    zone = box(113.0, 37.0, 115.0, 37.9)
    place = Point(114.0, 37.905)  # a great circle between the corners passes 440 m further north
    _, _, metres = GEOD.inv(114.0, 37.9, 114.0, 37.905)
    for footprint in (False, True):
        assert depth(conn, place, zone, footprint=footprint) == pytest.approx(-metres, abs=0.1)
    deep = Point(114.0, 37.895)
    assert depth(conn, deep, zone, footprint=True) == pytest.approx(metres, abs=0.1)


def test_a_shape_drawn_across_itself_is_mended_not_refused(conn):
    bow = Polygon([at(100, 400), at(300, 600), at(300, 400), at(100, 600)])
    assert not bow.is_valid
    assert depth(conn, bow, square(0, 0, 1000), footprint=True) == pytest.approx(300, abs=0.5)


@pytest.mark.parametrize(
    ("shape", "accuracy_m", "answer"),
    [
        (block(300, 400, 500, 600), 299, True),
        (block(300, 400, 500, 600), 301, None),
        (block(-100, 400, 200, 600), 0, None),  # part of it outside
        (block(-100, 400, 0, 600), 0, False),  # beside the zone
        (block(-100, 400, 0, 600), 1, None),
        (block(-100, 400, -40, 600), 39, False),
        (block(-100, 400, -40, 600), 41, None),
        (Point(at(0, 500)), 0, True),  # the border belongs to the zone
        (Point(at(0, 500)), 1, None),
    ],
)
def test_a_parcel_is_inside_with_every_place_the_well_may_have(conn, shape, accuracy_m, answer):
    add_zone(conn, LAYER, square(0, 0, 1000))
    assert inside(conn, "application", shape, accuracy_m) is answer


@pytest.mark.parametrize(
    ("shape", "accuracy_m", "answer"),
    [
        (block(-500, 400, 120, 600), 119, True),
        (block(-500, 400, 120, 600), 121, None),
        (block(-500, 400, 0, 600), 0, False),  # touches along a line: no ground is shared
        (block(-500, 400, 0, 600), 1, None),
        (block(-500, 400, -40, 600), 39, False),
        (block(-500, 400, -40, 600), 41, None),
        (block(-500, -500, 1500, 1500), 499, True),
        (block(-500, -500, 1500, 1500), 501, None),
        (Point(at(0, 500)), 0, True),
        (Point(at(0, 500)), 1, None),
        (Point(at(-1, 500)), 0, False),
    ],
)
def test_a_footprint_meets_a_zone_where_it_surely_shares_ground(conn, shape, accuracy_m, answer):
    add_zone(conn, LAYER, square(0, 0, 1000))
    assert inside(conn, "site", shape, accuracy_m) is answer


@pytest.mark.parametrize(("boundary_m", "answer"), [(19, True), (21, None)])
def test_the_accuracy_of_the_boundary_counts_beside_that_of_the_place(conn, boundary_m, answer):
    add_zone(conn, LAYER, square(0, 0, 1000), boundary_accuracy_m=boundary_m)
    assert inside(conn, "site", block(-500, 400, 120, 600), 100) is answer
    assert inside(conn, "application", block(120, 400, 200, 600), 100) is answer


def test_a_parcel_across_two_adjoining_zones_lies_in_both_together(conn):
    add_zone(conn, LAYER, square(0, 0, 1000))
    parcel = block(900, 400, 1100, 600)
    assert inside(conn, "application", parcel, 0) is None
    add_zone(conn, LAYER, square(1000, 0, 1000))
    assert inside(conn, "application", parcel, 399) is True
    assert inside(conn, "application", parcel, 401) is None
    row = conn.execute(text("select joint, edge_m from nearest")).one()
    assert row.joint
    assert row.edge_m == pytest.approx(400, abs=0.2)


def test_a_footprint_deep_in_two_zones_together_is_deeper_than_in_either(conn):
    add_zone(conn, LAYER, square(0, 0, 1000))
    add_zone(conn, LAYER, square(1000, 0, 1000))
    footprint = block(960, 480, 1040, 520)
    assert inside(conn, "site", footprint, 100) is True
    assert inside(conn, "site", block(1980, 480, 2500, 520), 30) is None


def test_a_hole_in_a_zone_is_outside(conn):
    ring = square(0, 0, 1000).difference(square(400, 400, 200))
    add_zone(conn, LAYER, ring)
    assert inside(conn, "application", square(450, 450, 100), 49) is False
    assert inside(conn, "application", square(450, 450, 100), 51) is None
    assert inside(conn, "site", square(350, 350, 300), 40) is True


def test_a_site_of_several_parts_meets_a_zone_with_one_of_them(conn):
    add_zone(conn, LAYER, square(0, 0, 1000))
    parts = MultiPolygon([square(400, 400, 100), square(5000, 0, 100)])
    assert inside(conn, "site", parts, 50) is True
    assert inside(conn, "application", parts, 0) is None


def test_shapes_meet_the_zones_that_bind_on_the_day(conn):
    add_zone(conn, LAYER, square(0, 0, 1000), valid_from=ON)
    add_zone(conn, LAYER, square(0, 0, 1000), valid_to=ON)
    parcel = from_wkt(square(400, 400, 100).wkt)
    assert inside(conn, "application", parcel, 0) is True
    assert conn.execute(text("select count(*) from incidence")).scalar_one() == 1
    since = conn.execute(text(f"select since__{LAYER} from facts")).scalar_one()
    assert since == ON


def test_only_the_subjects_asked_for_are_met(conn):
    add_zone(conn, LAYER, square(0, 0, 1000))
    ids = [
        record(conn, "site", shape=square(100 * n, 0, 50), code=f"S{n}", kind="mine")
        for n in range(3)
    ]
    facts.incidence(conn, [LAYER], Asked(ON, "site", ids=ids[:1]))
    assert conn.execute(text("select subject_id from incidence")).scalars().all() == ids[:1]
