"""Where and when a pre-check is asked: the county, the day, the nearest limits; nothing is kept."""

from datetime import date

import pytest
import shapely
from pyproj import Geod
from shapely import Point
from sqlalchemy import text

from tests.asking import add, ask, county, geojson, ids, told
from tests.world import at, square

GEOD = Geod(a=6378137.0, rf=298.257222101)


@pytest.fixture
def town(fresh_database):
    return county(fresh_database)


def test_off_the_districts_municipal_rules_cannot_be_known_and_the_county_is_asked_for(town):
    add(town, "surface_supply_area", square(30_000, 0, 1000))
    found = told(town, 30_500, 500)
    assert (found["place"]["area_code"], found["place"]["district"]) == (None, None)
    doubt = next(f for f in found["unknown"] if f["rule"] == "YQ-01-A")
    assert "area_code" in {m["name"] for m in doubt["missing"]}
    brought = {b["name"]: b["zh"] for b in found["bring"]}
    assert "市级文件是否适用不能确定" in brought["area_code"]
    assert "completed_on" not in brought  # what is not built yet has no such day
    # of these the authority asks other departments, no applicant can say them
    assert brought["network_can_meet"].startswith("由主管部门查明：")
    assert brought["output_quantity"].startswith("由申请人说明：")


def test_the_zones_and_the_law_are_those_of_the_day(town):
    add(town, "prohibited_zone", square(0, 0, 1000), valid_from=date(2030, 1, 1))
    add(town, "surface_supply_area", square(0, 0, 1000), valid_to=date(2024, 1, 1))
    before, now, later = (told(town, on=day) for day in ("2023-12-31", "2024-06-30", "2031-01-01"))
    assert {z["layer"] for z in now["zones"]} == {"district"}
    assert "YQ-01-A" in ids(before["grounds"])
    assert "N-02" in ids(later["grounds"])
    assert {"YQ-01-A", "N-02"}.isdisjoint(ids(now["grounds"]))
    assert {n["layer"] for n in now["nearest"]} == {"district"}
    assert now["on"] == "2024-06-30"


def test_the_nearest_limit_of_every_layer_is_geodesic_inside_and_outside(town):
    zone = square(0, 0, 2000)
    add(town, "prohibited_zone", zone, name="内")
    add(town, "restricted_zone", square(5000, 0, 1000), name="外")
    add(town, "restricted_zone", square(9000, 0, 1000), name="更远")
    ring = square(-10_000, -10_000, 20_000).difference(square(-300, 0, 1500))
    add(town, "spring_domain", ring, name="环")
    add(town, "overdraft_zone", square(60_000, 0, 1000), name="太远")
    here = at(300, 1000)
    found = {n["layer"]: n for n in told(town, 300, 1000)["nearest"]}
    assert set(found) == {"district", "prohibited_zone", "restricted_zone", "spring_domain"}
    want = {
        "prohibited_zone": ("内", True, at(0, 1000)),
        "restricted_zone": ("外", False, at(5000, 1000)),
        "spring_domain": ("环", False, at(300, 1500)),  # the edge of the hole
    }
    for layer, (name, inside, boundary) in want.items():
        bearing, _, distance = GEOD.inv(*here, *boundary)
        limit = found[layer]
        assert (limit["name"], limit["inside"]) == (name, inside)
        assert limit["distance_m"] == pytest.approx(distance, abs=0.01)
        assert limit["bearing_deg"] == pytest.approx(bearing % 360, abs=0.1)


def test_of_many_zones_the_nearest_boundary_is_the_one_brute_force_finds(town):
    shapes = [
        Point(at(300 * n % 17_000, 700 * n % 13_000)).buffer(0.002 + n % 7 * 0.003, 16)
        for n in range(60)
    ]
    zones = {add(town, "overdraft_zone", shape): shape for shape in shapes}
    for place in (at(4000, 4000), at(9000, 2000), at(-3000, 500)):
        wanted = {"type": "Point", "coordinates": place}
        limit = next(
            n for n in told(town, geometry=wanted)["nearest"] if n["layer"] == "overdraft_zone"
        )
        metres = {zone: _brute(place, shape) for zone, shape in zones.items()}
        assert limit["distance_m"] == pytest.approx(min(metres.values()), abs=0.05)
        assert metres[limit["zone_id"]] == pytest.approx(min(metres.values()), abs=0.05)


def _brute(place, shape):
    line = shapely.segmentize(shape.boundary, 1e-5)
    longs, lats = shapely.get_coordinates(line).T
    _, _, metres = GEOD.inv([place[0]] * len(longs), [place[1]] * len(lats), longs, lats)
    return min(metres)


def test_where_the_boundary_runs_through_a_parcel_its_distance_is_nothing(town):
    add(town, "prohibited_zone", square(0, 0, 1000))
    found = told(town, geometry=geojson(square(900, 400, 200)))
    limit = next(n for n in found["nearest"] if n["layer"] == "prohibited_zone")
    assert (limit["inside"], limit["distance_m"], limit["bearing_deg"]) == (False, 0, 0)


def test_a_pre_check_leaves_nothing_behind(town):
    add(town, "prohibited_zone", square(0, 0, 1000))
    tables = "application", "finding", "audit_run", "zone"
    counted = " union all ".join(f"select count(*) from gis.{name}" for name in tables)
    temporary = "select count(*) from pg_class where relpersistence = 't'"
    with town.connect() as conn:
        before = conn.execute(text(counted)).all()
    ask(town)
    with town.connect() as conn:
        assert conn.execute(text(counted)).all() == before
        assert conn.execute(text(temporary)).scalar_one() == 0
