"""A place asked about: a temporary table shaped like the register of applications, and its ground.

Everything here lives in the transaction of the connection and is gone when it ends.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from psycopg import sql
from sqlalchemy import Connection, text

from gis_app.rules.engine import DISTRICT
from gis_app.store import facts, wells
from gis_app.store.facts import Asked
from gis_app.store.statements import run, script

SOURCE = "pg_temp.precheck"
NEAREST_LIMIT_M = 50_000
_CLOSE_M = 10_000


def put(conn: Connection, values: Mapping[str, Any], wkb: bytes) -> None:
    """Make the temporary table `precheck` with one application: fields and place (EPSG:4490)."""
    conn.execute(text("drop table if exists pg_temp.precheck"))
    conn.execute(
        text(
            "create temp table precheck (like gis.application including defaults"
            " including constraints) on commit drop"
        )
    )
    row = {"application_id": 1, **values}
    statement = "insert into pg_temp.precheck ({}, geom) values ({}, st_geomfromwkb({}, 4490))"
    run(
        conn,
        sql.SQL(statement).format(
            sql.SQL(", ").join(map(sql.Identifier, row)),
            sql.SQL(", ").join(map(sql.Literal, row.values())),
            sql.Literal(wkb),
        ),
    )


def settle_area(conn: Connection, on: date) -> str | None:
    """Give the place the code of the area that surely holds it on a day; that area's name."""
    facts.incidence(conn, [DISTRICT], Asked(on, "application", source=SOURCE))
    statement = text(script("precheck_area").as_string())
    found = conn.execute(statement, {"district": DISTRICT}).first()
    if found is None or found.area_code is None:
        return None
    conn.execute(text("update pg_temp.precheck set area_code = :code"), {"code": found.area_code})
    return str(found.name)


def place(conn: Connection) -> dict[str, Any]:
    """Where it is: lon, lat (of a parcel a point on it), area_code, area_m2 (a point: None)."""
    statement = (
        "select st_x(at.geom) as lon, st_y(at.geom) as lat, p.area_code,"
        " case when st_dimension(p.geom) = 2 then st_area(p.geom::geography) end as area_m2"
        " from pg_temp.precheck p"
        " cross join lateral (select st_pointonsurface(p.geom) as geom) at"
    )
    return dict(conn.execute(text(statement)).mappings().one())


def zones_met(conn: Connection, layers: Sequence[str], on: date) -> list[dict[str, Any]]:
    """The zones of a day that the place touches within the tolerance, deepest first."""
    facts.incidence(conn, layers, Asked(on, "application", source=SOURCE))
    return [dict(row) for row in wells.zones_touched(conn)]


def nearest_limits(conn: Connection, on: date) -> list[dict[str, Any]]:
    """Per layer the nearest boundary of a zone in force on a day, within 50 km, nearest first.

    Each has layer, zone_id, name, inside, distance_m (geodesic) and bearing_deg (clockwise from
    north, from the place; 0 where the boundary runs through it).
    """
    statement = text(script("precheck_nearest").as_string())
    within = {"within_m": NEAREST_LIMIT_M, "close_m": _CLOSE_M}
    rows = conn.execute(statement, {"on": on, **within}).mappings()
    return [dict(row) for row in rows]


def unit(conn: Connection, on: date) -> dict[str, Any] | None:
    """The unit that would bear what is asked for, with its figures; None where that is unknown."""
    row = conn.execute(text(script("precheck_unit").as_string()), {"on": on}).mappings().first()
    return None if row is None else dict(row)
