"""Wells in tiles as of another day: what the items of that day say, for whoever may see them."""

from collections import Counter
from datetime import date

import httpx
import pytest
from sqlalchemy import text

from gis_app import audit
from gis_app.rights import Sight
from gis_app.settings import Settings
from gis_app.store import tiles
from gis_app.store.engine import writing
from tests.service import serving
from tests.tiles.reading import decoded, path, read, tile_of
from tests.world import LAT, LON, add_well, add_zone, square

DAYS = ("2023-12-31", "2024-01-01", "2024-12-31", "2025-01-01", "2026-01-01")


@pytest.fixture(scope="module")
def there(databases, worker, service, tmp_path_factory):
    """Wells in a zone until 2025 and out of it, in two counties, audited on two days."""
    with databases.clone(f"gis_{worker}_of_a_day") as engine:
        with writing(engine, "test") as conn:
            add_zone(conn, "public_supply_coverage", square(-100, -100, 200),
                     valid_to=date(2025, 1, 1))  # fmt: skip
            for n in range(6):
                area = "140302" if n % 2 else "140311"
                add_well(conn, f"in-{n}", 10 * n, 0, area_code=area, use="industry")
                add_well(conn, f"out-{n}", 500 + 10 * n, 0, area_code=area, use="industry")
        for day in (date(2024, 1, 1), date(2025, 1, 1)):
            audit.run(engine, service.registry, audit.Scope(on=day), actor="test")
        with writing(engine, "test") as conn:
            conn.execute(text("update gis.well set status = 'paused' where code = 'in-1'"))
            conn.execute(text("update gis.well_state set from_on = '2024-06-30'"
                              " where status = 'paused'"))  # fmt: skip
        home = tmp_path_factory.mktemp("of_a_day")
        with serving(Settings(home=home), engine, service.registry) as found:
            yield found


@pytest.fixture(scope="module")
def their(there):
    with httpx.Client(base_url=there.url, headers=there.headers, timeout=30) as client:
        yield client


def _items(http, day):
    page = http.get("/collections/well/items", params={"datetime": day, "limit": 100}).json()
    return {f["id"]: f["properties"] for f in page["features"]}


def test_the_zone_and_the_audits_make_days_that_differ(their):
    flags = [Counter(p["flag"] for p in _items(their, day).values()) for day in DAYS]
    assert flags[0] == {"unassessed": 12}
    assert flags[1] == flags[2] != flags[3] == flags[4]
    assert flags[1]["close"] == 6
    assert flags[3]["close"] == 0
    paused = [sum(p["status"] == "paused" for p in _items(their, d).values()) for d in DAYS]
    assert paused == [0, 0, 1, 1, 1]


@pytest.mark.parametrize("day", DAYS)
def test_points_are_the_items_of_that_day(their, day):
    wanted = _items(their, day)
    for z, shared in ((10, {"flag"}), (14, {"flag", "rule", "status", "use", "code"})):
        got = read(their, "well", tile_of(LON, LAT, z), datetime=day)["well"]
        assert {f["id"] for f in got} == set(wanted)
        for f in got:
            told = f["properties"]
            assert set(told) <= shared | {"name", "well_type", "self_supply"}
            for name in shared:
                assert told.get(name) == wanted[f["id"]][name], name


@pytest.mark.parametrize("z", [0, 4, 9])
def test_counts_are_of_that_day(their, z):
    for day in DAYS:
        wanted = Counter(p["flag"] for p in _items(their, day).values())
        got = Counter()
        for f in read(their, "well", tile_of(LON, LAT, z), datetime=day)["well_count"]:
            got.update({k: v for k, v in f["properties"].items() if k in tiles.FINDINGS})
        assert got == wanted


def test_who_sees_a_county_sees_its_wells_of_that_day(there):
    well = there.registry.layers["well"]
    z, x, y = tile_of(LON, LAT, 14)
    with there.engine.connect() as conn:
        for sight, zoom, seen in (
            (Sight(("140302",), counts=False), 14, 6), (Sight(("140302",), counts=False), 6, 6),
            (Sight((), counts=True), 6, 12), (Sight(("140302", "140311")), 14, 12),
        ):  # fmt: skip
            step = z - zoom
            asked = tiles.question(well, zoom, x >> step, y >> step, date(2024, 6, 30), sight)
            cursor = conn.connection.cursor()
            cursor.execute(asked.statement, dict(asked.values))
            [(_, _, body)] = cursor.fetchall()
            [features] = decoded(bytes(body)).values()
            assert sum(f["properties"].get("wells", 1) for f in features) == seen
    for sight, zoom in ((Sight((), counts=True), 14), (Sight((), counts=False), 6)):
        assert tiles.question(well, zoom, 0, 0, date(2024, 6, 30), sight) is None


def test_what_was_found_out_later_about_that_day_is_seen_at_once(there, their):
    address = path("well", tile_of(LON, LAT, 14))
    asked = {"datetime": "2024-06-30"}
    first = their.get(address, params=asked)
    mark = {"If-None-Match": first.headers["etag"]}
    assert their.get(address, params=asked, headers=mark).status_code == 304
    with writing(there.engine, "test") as conn:
        conn.execute(text("update gis.well_state set from_on = '2024-12-30'"
                          " where status = 'paused'"))  # fmt: skip
    try:
        later = their.get(address, params=asked, headers=mark)
        assert later.status_code == 200
        assert later.headers["etag"] != first.headers["etag"]
    finally:
        with writing(there.engine, "test") as conn:
            conn.execute(text("update gis.well_state set from_on = '2024-06-30'"
                              " where status = 'paused'"))  # fmt: skip


def test_today_by_name_is_today(their):
    today = their.get("/layers").json()["legal_day"]
    for z in (6, 14):
        address = path("well", tile_of(LON, LAT, z))
        first = their.get(address)
        assert (
            their.get(address, params={"datetime": today}).headers["etag"] == first.headers["etag"]
        )
