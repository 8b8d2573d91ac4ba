"""Incidence is kept by the database, whatever door a change comes through."""

from datetime import timedelta

import numpy as np
import pytest
from pyproj import Geod
from shapely import MultiPolygon, Point, Polygon, from_wkt
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from gis_app.terms import COORD_METHOD
from tests.world import add_well, add_zone, at, square

GEOD = Geod(a=6378137.0, rf=298.257222101)


def pairs(conn: Connection) -> set[tuple[str, int]]:
    rows = conn.execute(
        text("select w.code, z.zone_id from gis.well_zone z join gis.well w using (well_id)")
    )
    return {(row.code, row.zone_id) for row in rows}


def edge(conn: Connection, code: str) -> float:
    return conn.execute(
        text("select edge_m from gis.well_zone join gis.well using (well_id) where code = :code"),
        {"code": code},
    ).scalar_one()


def test_a_well_inserted_into_a_zone_meets_it_at_once(conn):
    zone = add_zone(conn, "prohibited_zone", square(0, 0, 1000))
    add_well(conn, "in", 300, 500)
    add_well(conn, "out", 5000, 5000)
    assert pairs(conn) == {("in", zone)}


def test_a_zone_published_over_wells_meets_them_at_once(conn):
    add_well(conn, "in", 300, 500)
    zone = add_zone(conn, "prohibited_zone", square(0, 0, 1000))
    assert pairs(conn) == {("in", zone)}


def test_the_distance_to_the_boundary_is_geodesic_and_positive_inside(conn):
    add_zone(conn, "prohibited_zone", square(0, 0, 1000))
    add_well(conn, "in", 300, 500)
    add_well(conn, "near", -20, 500, position_accuracy_m=50)
    _, _, west = GEOD.inv(*at(300, 500), *at(0, 500))
    assert edge(conn, "in") == pytest.approx(west, abs=0.01)
    assert edge(conn, "near") == pytest.approx(-20, abs=0.1)


def test_the_distance_is_the_least_over_the_whole_boundary(conn):
    rng = np.random.default_rng(3)
    shape = _blob(rng, 0, 0)
    add_zone(conn, "prohibited_zone", shape)
    for n in range(20):
        add_well(conn, f"w{n}", *rng.uniform(-1500, 1500, 2))
    dense = np.array(shape.exterior.segmentize(1e-5).coords)  # a vertex every metre
    rows = conn.execute(
        text("select st_x(geom) x, st_y(geom) y, edge_m from gis.well join gis.well_zone"
             " using (well_id) where inside")
    ).all()  # fmt: skip
    assert len(rows) > 10
    for row in rows:
        x, y = np.full(len(dense), row.x), np.full(len(dense), row.y)
        least = np.min(GEOD.inv(x, y, dense[:, 0], dense[:, 1])[2])
        assert least > 10  # so that half a metre along the boundary is a hundredth towards it
        assert row.edge_m == pytest.approx(least, rel=5e-4, abs=0.02)


def test_a_well_outside_meets_a_zone_only_within_both_accuracies_together(conn):
    zone = add_zone(conn, "prohibited_zone", square(0, 0, 1000), boundary_accuracy_m=30)
    add_well(conn, "49 m", -49, 500, position_accuracy_m=20)
    add_well(conn, "51 m", -51, 500, position_accuracy_m=20)
    assert pairs(conn) == {("49 m", zone)}


def test_a_plain_update_by_another_client_moves_the_incidence(conn):
    zone = add_zone(conn, "prohibited_zone", square(0, 0, 1000))
    add_well(conn, "w", 5000, 5000)
    assert pairs(conn) == set()
    lon, lat = at(500, 500)
    conn.execute(
        text("update gis.well set geom = st_setsrid(st_makepoint(:x, :y), 4490)"),
        {"x": lon, "y": lat},
    )
    assert pairs(conn) == {("w", zone)}
    conn.execute(text("delete from gis.well"))
    assert pairs(conn) == set()


def test_a_change_of_accuracy_alone_moves_the_incidence(conn):
    add_zone(conn, "prohibited_zone", square(0, 0, 1000))
    add_well(conn, "w", -50, 500)
    assert pairs(conn) == set()
    conn.execute(text("update gis.well set position_accuracy_m = 60"))
    assert edge(conn, "w") == pytest.approx(-50, abs=0.2)


def test_drafts_future_ended_and_withdrawn_zones_are_not_in_todays_incidence(conn):
    add_well(conn, "w", 500, 500)
    today = conn.execute(text("select gis.today()")).scalar_one()
    shape = square(0, 0, 1000)
    add_zone(conn, "prohibited_zone", shape, law_status="draft", valid_from=None)
    add_zone(conn, "prohibited_zone", shape, valid_from=today + timedelta(days=1))
    add_zone(conn, "prohibited_zone", shape, valid_to=today)
    add_zone(conn, "prohibited_zone", shape, law_status="withdrawn")
    last_day = add_zone(conn, "prohibited_zone", shape, valid_to=today + timedelta(days=1))
    assert pairs(conn) == {("w", last_day)}


def test_a_zone_comes_into_force_when_its_day_comes(conn):
    add_well(conn, "w", 500, 500)
    today = conn.execute(text("select gis.today()")).scalar_one()
    begun = add_zone(conn, "prohibited_zone", square(0, 0, 1000), valid_from=today)
    ended = add_zone(conn, "restricted_zone", square(0, 0, 1000), valid_to=today)
    # as if the incidence had last been looked at yesterday
    conn.execute(text("delete from gis.well_zone"))
    conn.execute(
        text(
            "insert into gis.well_zone select * from gis.meet(array[:z ::bigint], array[1], null)"
        ).bindparams(z=ended)
    )
    conn.execute(text("delete from gis.incidence_day"))
    conn.execute(text("insert into gis.incidence_day (day) values (gis.today() - 1)"))
    conn.execute(text("select gis.roll()"))
    assert pairs(conn) == {("w", begun)}


def test_repeal_takes_a_zone_out_and_a_new_version_takes_its_place(conn):
    add_well(conn, "w", 500, 500)
    zone = add_zone(conn, "prohibited_zone", square(0, 0, 1000))
    today = conn.execute(text("select gis.today()")).scalar_one()
    conn.execute(text("update gis.zone set valid_to = :d"), {"d": today})
    assert pairs(conn) == set()
    again = add_zone(
        conn, "prohibited_zone", square(0, 0, 2000), zone_id=zone, version=2, valid_from=today
    )
    assert again == zone
    assert pairs(conn) == {("w", zone)}


def test_what_has_been_in_force_is_never_changed_or_deleted(conn):
    add_zone(conn, "prohibited_zone", square(0, 0, 1000))
    for statement in (
        "update gis.zone set name = 'x'",
        "update gis.zone set geom = st_multi(st_buffer(geom, 0.001))",
        "update gis.zone set law_status = 'draft'",
        "delete from gis.zone",
    ):
        with pytest.raises(DBAPIError, match="in force"), conn.begin_nested():
            conn.execute(text(statement))


def test_many_wells_in_one_statement_meet_as_if_one_by_one(conn):
    rng = np.random.default_rng(7)
    for n in range(12):
        x, y = rng.uniform(0, 20_000, 2)
        add_zone(conn, "overdraft_zone", _blob(rng, x, y), name=f"z{n}", boundary_accuracy_m=n)
    conn.execute(
        text(
            "insert into gis.well (code, position_accuracy_m, geom) select 'w' || g, g % 40,"
            " st_setsrid(st_makepoint(113.6 + random() * 0.25, 37.9 + random() * 0.2), 4490)"
            " from generate_series(1, 3000) g"
        )
    )
    kept = conn.execute(text("select * from gis.well_zone order by 1, 2")).all()
    conn.execute(text("select gis.refresh_incidence()"))
    fresh = conn.execute(text("select * from gis.well_zone order by 1, 2")).all()
    assert len(kept) > 200
    assert kept == fresh
    _agrees_with_shapely(conn)


def test_everything_met_anew_leaves_the_keys_and_indexes_as_they_are_declared(conn):
    asked = text(
        "select pg_get_indexdef(indexrelid), pg_get_constraintdef(c.oid) from pg_index"
        " left join pg_constraint c on c.conindid = indexrelid"
        " where indrelid = 'gis.well_zone'::regclass order by 1"
    )
    declared = conn.execute(asked).all()
    conn.execute(text("select gis.refresh_incidence()"))
    assert len(declared) == 2
    assert conn.execute(asked).all() == declared


def test_a_boundary_of_many_vertices_is_as_near_as_one_of_few(conn):
    """One is searched by pieces, the other looked through as a whole."""
    few = square(0, 0, 3000)
    zones = {
        add_zone(conn, "overdraft_zone", few, name="few"),
        add_zone(conn, "spring_domain", few.segmentize(few.length / 3000), name="many"),
    }
    conn.execute(
        text(
            "insert into gis.well (code, geom) select 'w' || g,"
            " st_setsrid(st_makepoint(113.6 + random() * 0.03, 37.9 + random() * 0.03), 4490)"
            " from generate_series(1, 500) g"
        )
    )
    conn.execute(text("select gis.refresh_incidence()"))
    rows = conn.execute(
        text("select well_id, array_agg(zone_id), max(edge_m) - min(edge_m) as apart"
             " from gis.well_zone where inside group by well_id")
    ).all()  # fmt: skip
    assert len(rows) > 100
    for row in rows:
        assert set(row.array_agg) == zones
        assert row.apart < 1e-3


def _blob(rng: np.random.Generator, x: float, y: float) -> Polygon:
    angles = np.sort(rng.uniform(0, 2 * np.pi, 300))
    radius = 2500 * (1 + 0.3 * np.sin(3 * angles) + 0.1 * rng.normal(size=300))
    return Polygon(
        [at(x + r * np.cos(a), y + r * np.sin(a)) for a, r in zip(angles, radius, strict=True)]
    ).buffer(0)


def _agrees_with_shapely(conn: Connection) -> None:
    zones = {
        row.zone_id: from_wkt(row.wkt)
        for row in conn.execute(text("select zone_id, st_astext(geom, 17) as wkt from gis.zone"))
    }
    inside = {
        (row.well_id, row.zone_id)
        for row in conn.execute(text("select well_id, zone_id from gis.well_zone where inside"))
    }
    wells = conn.execute(text("select well_id, st_x(geom) as x, st_y(geom) as y from gis.well"))
    want = {
        (w.well_id, z)
        for w in wells
        for z, shape in zones.items()
        if shape.intersects(Point(w.x, w.y))
    }
    assert inside == want


def test_a_zone_of_many_parts_and_holes_is_met_by_its_ground_only(conn):
    ring = square(0, 0, 1000).difference(square(400, 400, 200))
    zone = add_zone(conn, "spring_domain", MultiPolygon([ring, square(3000, 0, 500)]))
    for code, east in (("in ring", 100), ("in hole", 500), ("in second part", 3100)):
        add_well(conn, code, east, 450)
    add_well(conn, "between", 2000, 450)
    assert pairs(conn) == {("in ring", zone), ("in second part", zone)}


def test_the_accuracy_assumed_for_a_method_is_that_of_the_layer_file(conn):
    for method, (_, metres) in COORD_METHOD.items():
        found = conn.execute(text("select gis.uncertainty_m(null, :m)"), {"m": method}).scalar_one()
        assert found == metres
    assert conn.execute(text("select gis.uncertainty_m(null, null)")).scalar_one() == 100
    assert conn.execute(text("select gis.uncertainty_m(0, 'phone')")).scalar_one() == 0


def test_both_directions_of_the_join_use_their_index(conn):
    conn.execute(
        text(
            "insert into gis.well (code, geom) select 'w' || g,"
            " st_setsrid(st_makepoint(113 + random(), 37 + random()), 4490)"
            " from generate_series(1, 5000) g"
        )
    )
    zone = add_zone(conn, "prohibited_zone", square(0, 0, 1000))
    conn.execute(text("analyze gis.well"))

    def plan(statement: str) -> str:
        return "\n".join(conn.execute(text("explain " + statement)).scalars())

    outward = plan(f"select * from gis.meet(array[{zone}]::bigint[], array[1], null)")
    assert "using well_reach" in outward
    assert "zone_part_zone_id_version" in outward or "Seq Scan on zone_part" in outward
    inward = plan("select * from gis.meet(null, null, array[1]::bigint[])")
    assert "zone_part_reach" in inward
    assert "zone_edge_nearest" in outward
