"""A made world that fits in a test: a few zones and wells near 113.6°E 37.9°N."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import orjson
from shapely import Polygon, box
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection, text

LON, LAT = 113.6, 37.9
# metres to degrees here (WGS 84 / CGCS2000 at 37.9°N; good to 1 in 1000 over a few km)
PER_M_LON, PER_M_LAT = 1 / 87_976, 1 / 110_996


def at(east_m: float, north_m: float) -> tuple[float, float]:
    """Longitude and latitude of a place given in metres from (LON, LAT)."""
    return LON + east_m * PER_M_LON, LAT + north_m * PER_M_LAT


def square(east_m: float, north_m: float, side_m: float) -> Polygon:
    """A square by its south-west corner and side, in metres."""
    return box(*at(east_m, north_m), *at(east_m + side_m, north_m + side_m))


def add_zone(conn: Connection, layer: str, shape: BaseGeometry, **more: Any) -> int:
    """Insert a zone, declared to be in force since 2020 unless said otherwise; its id."""
    values = {
        "layer": layer,
        "name": "示例区",
        "law_status": "approved",
        "valid_from": date(2020, 1, 1),
        "boundary_accuracy_m": 0.0,
        **more,
    }
    if "attrs" in values:
        values["attrs"] = orjson.dumps(values["attrs"]).decode()
    names = ", ".join(values)
    places = ", ".join(f":{name}" for name in values)
    statement = (
        f"insert into gis.zone ({names}, geom) values ({places},"
        " st_multi(st_geomfromtext(:wkt, 4490))) returning zone_id"
    )
    with declaring(conn):
        return int(conn.execute(text(statement), {**values, "wkt": shape.wkt}).scalar_one())


@contextmanager
def declaring(conn: Connection) -> Iterator[None]:
    """Say that what is inserted meanwhile is law already."""
    said = "select set_config('gis.declaring', :on, true), set_config('gis.reason', :why, true)"
    why = conn.execute(text("select gis.reason()")).scalar() or ""
    conn.execute(text(said), {"on": "on", "why": why or "示例"})
    yield
    conn.execute(text(said), {"on": "", "why": why})


def add_well(conn: Connection, code: str, east_m: float, north_m: float, **more: Any) -> int:
    """Insert a self-supplied active well with an exact position in Yangquan; its id."""
    lon, lat = at(east_m, north_m)
    values = {
        "code": code,
        "area_code": "140302",
        "self_supply": True,
        "status": "active",
        "position_accuracy_m": 0.0,
        **more,
    }
    names = ", ".join(values)
    places = ", ".join(f":{name}" for name in values)
    statement = (
        f"insert into gis.well ({names}, geom) values ({places},"
        " st_setsrid(st_makepoint(:lon, :lat), 4490)) returning well_id"
    )
    found = conn.execute(text(statement), {**values, "lon": lon, "lat": lat}).scalar_one()
    return int(found)


def record(conn: Connection, register: str, **values: Any) -> int:
    """Insert a record into a register; its id. `shape` (EPSG:4490) is its place."""
    shape = values.pop("shape", None)
    names = [*values, *(["geom"] if shape is not None else [])]
    places = [f":{name}" for name in values]
    if shape is not None:
        places.append("st_geomfromtext(:wkt, 4490)")
        values["wkt"] = shape.wkt
    statement = (
        f"insert into gis.{register} ({', '.join(names)}) values ({', '.join(places)})"
        f" returning {register}_id"
    )
    return int(conn.execute(text(statement), values).scalar_one())
