"""A county in which pre-checks are asked, and how they are asked in tests."""

from datetime import date

import shapely
from sqlalchemy import text

from gis_app import precheck, registry
from gis_app.intake import application
from gis_app.precheck.answer import answer
from gis_app.store.engine import writing
from tests.world import add_zone, at, square

LAW = registry.load()
ON = date(2024, 6, 30)
COUNTY = "140302"  # in Yangquan, whose rules begin with 1403


def add(engine, layer, shape, **more):
    with writing(engine, "test") as conn:
        return add_zone(conn, layer, shape, **more)


def run(engine, sql, **values):
    with writing(engine, "test") as conn:
        conn.execute(text(sql), values)


def ask(engine, east_m=500.0, north_m=500.0, /, **members):
    """The pre-check of a point in metres: a new industrial well, on ON, unless said otherwise."""
    geometry = members.pop("geometry", {"type": "Point", "coordinates": at(east_m, north_m)})
    usual = {"geometry": geometry, "kind": "new", "use": "industry", "on": ON}
    wanted = application.read({**usual, **members})
    return precheck.judge(engine, LAW, wanted)


def told(engine, *place, **members):
    """The same as it is answered."""
    return answer(ask(engine, *place, **members), LAW)


def ids(rows):
    return [row["rule"] for row in rows]


def geojson(shape):
    return shapely.geometry.mapping(shape)


def add_unit(engine, *, quota_m3, permitted_m3, level_m=900, code=COUNTY):
    run(
        engine,
        "insert into gis.unit_year (unit_code, year, sector, quota_m3, cap_m3, permitted_m3,"
        " taken_m3, control_level_m)"
        " values (:code, 2024, 'total', :quota, 5000, :permitted, 700, 880)",
        code=code,
        quota=quota_m3,
        permitted=permitted_m3,
    )
    run(
        engine,
        "insert into gis.water_level (unit_code, measured_on, level_m)"
        " values (:code, '2024-05-01', :level)",
        code=code,
        level=level_m,
    )


def county(engine):
    """A county of Yangquan, 40 km across, and nothing else; the engine."""
    whole = square(-20_000, -20_000, 40_000)
    add(engine, "district", whole, area_code=COUNTY, name="示例县")
    return engine
