"""Near: the nearest on the ground, wherever on Earth, with what the shown ledger says of them."""

import random

import pytest
from pyproj import Geod
from sqlalchemy import text

from gis_app import audit, registry
from gis_app.store import wells
from gis_app.store.engine import reading, writing
from tests.world import LAT, LON, add_well, add_zone, at, square

GEOD = Geod(a=6378137.0, rf=298.257222101)
PUT = text("""
    insert into gis.well (code, area_code, geom)
    select code, '140302', st_setsrid(st_makepoint(lon, lat), 4490)
    from unnest(cast(:codes as text[]), cast(:lons as float8[]), cast(:lats as float8[]))
      as w (code, lon, lat)
""")


def put(conn, lon, lat, around) -> list[tuple[float, str]]:
    """Wells at azimuths and metres from a place: their metres and codes, nearest first."""
    azimuths, metres = zip(*around, strict=True)
    n = len(around)
    lons, lats, _ = GEOD.fwd([lon] * n, [lat] * n, azimuths, metres)
    codes = [f"W{i:04d}" for i in range(n)]
    conn.execute(PUT, {"codes": codes, "lons": list(lons), "lats": list(lats)})
    return sorted(zip(metres, codes, strict=True))


def test_the_nearest_on_the_ground_is_found_where_the_plane_has_others_nearer(conn):
    """A hundred wells in the east, and one in the north that is nearer but farther in 3857."""
    ranked = put(conn, LON, LAT, [(90, 1003 + n / 1000) for n in range(100)] + [(0, 1000)])
    for limit in (1, 2, 50):
        found = wells.near(conn, LON, LAT, 5000, limit=limit)
        assert [well["code"] for well in found] == [code for _, code in ranked[:limit]]


@pytest.mark.parametrize("lat", [0.01, -0.2, 37.9, -53.5, 70, 84.3])
@pytest.mark.parametrize("within_m", [30, 2000, 50_000])
def test_it_finds_what_the_geodesic_says_wherever_on_earth(conn, lat, within_m):
    dice = random.Random(f"{lat} {within_m}")
    around = [(dice.uniform(0, 360), dice.random() ** 0.5 * within_m * 1.2) for _ in range(400)]
    ranked = put(conn, 113.6, lat, around)
    for limit in (1, 7, 60, 500):
        found = wells.near(conn, 113.6, lat, within_m, limit=limit)
        expected = [(m, code) for m, code in ranked if m <= within_m][:limit]
        assert [well["code"] for well in found] == [code for _, code in expected]
        told = [well["distance_m"] for well in found]
        assert told == pytest.approx([m for m, _ in expected], abs=1e-3)


def test_wells_are_chosen_by_flag_before_they_are_counted(conn):
    ranked = put(conn, LON, LAT, [(n * 7 % 360, 10.0 * n + 5) for n in range(200)])
    conn.execute(text("insert into gis.well_flag (well_id, flag, rule) select well_id, 'close', 'R'"
                      " from gis.well where right(code, 1) = '3'"))  # fmt: skip
    close = [code for _, code in ranked if code.endswith("3")]
    others = [code for _, code in ranked if not code.endswith("3")]
    for flags, codes in ((["close"], close), (["unassessed"], others), (["exempt"], [])):
        found = wells.near(conn, LON, LAT, 5000, limit=15, flags=flags)
        assert [well["code"] for well in found] == codes[:15]
        assert {well["flag"] for well in found} <= set(flags)


def test_each_well_has_its_gravest_finding_of_the_shown_ledger(fresh_database):
    law = registry.load()
    with writing(fresh_database, "test") as conn:
        for x, accuracy in ((-100, 1), (-200, 1), (20, 300)):  # the deepest inside the second
            add_zone(conn, "public_supply_coverage", square(x, -200, 700), name=str(x),
                     boundary_accuracy_m=accuracy)  # fmt: skip
        add_well(conn, "inside", 150, 100)
        add_well(conn, "outside", 5000, 0)
    for anywhere in (True, False):  # the standing ledger, once there is one, is the one shown
        audit.run(fresh_database, law, audit.Scope(anywhere=anywhere), actor="test")
        with reading(fresh_database) as conn:
            gravest = conn.execute(
                text("select rule, answer, verdict, zone_name, edge_m from gis.finding"
                     " where subject_code = 'inside' and closed_run is null and ledger = :ledger"
                     " order by gis.gravity(answer, verdict), rule, edge_m desc limit 1"),
                {"ledger": "standing+anywhere" if anywhere else "standing"},
            ).one()  # fmt: skip
            first, second = wells.near(conn, *at(0, 0), 9000)
        assert (first["code"], second["code"]) == ("inside", "outside")
        assert {name: first[name] for name in gravest._fields} == gravest._asdict()
        assert first["zone_name"] == "-200"
        assert second["zone_name"] is None
