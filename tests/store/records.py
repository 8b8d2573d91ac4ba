"""Rows of the registers, and what they make a subject's facts on a day."""

from datetime import date
from typing import Any

from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection, text

from gis_app.store.facts import Asked
from gis_app.store.tables import REGISTER_TABLES


def day(text_day: str) -> date:
    """A date from its ISO form."""
    return date.fromisoformat(text_day)


def record(
    conn: Connection, register: str, *, shape: BaseGeometry | None = None, **values: Any
) -> int:
    """Insert a row into a register, days given as ISO text; its id."""
    names = list(values)
    places = [f":{name}" for name in names]
    if shape is not None:
        names, places = [*names, "geom"], [*places, "st_geomfromtext(:wkt, 4490)"]
        values = {**values, "wkt": shape.wkt}
    key = f"{register}_id"
    assert key in REGISTER_TABLES[register].c
    statement = (
        f"insert into gis.{register} ({', '.join(names)}) values ({', '.join(places)})"
        f" returning {key}"
    )
    return int(conn.execute(text(statement), values).scalar_one())


def facts_of(conn: Connection, code: str, on: str, subject: str = "well") -> dict[str, Any]:
    """Every fact of a subject's own on a day, by name."""
    found = all_facts(conn, on, subject)
    (mine,) = [row for row in found if row["code"] == code]
    return mine


def all_facts(conn: Connection, on: str, subject: str) -> list[dict[str, Any]]:
    """The facts of every subject of a kind on a day."""
    base = Asked(day(on), subject).base().as_string()
    return [dict(row) for row in conn.execute(text(base.replace(":", "\\:"))).mappings()]


def told(conn: Connection, on: str, *names: str, code: str = "W", subject: str = "well") -> list:
    """Some facts of a subject on a day, days as ISO text."""
    mine = facts_of(conn, code, on, subject)
    values = (mine[name] for name in names)
    return [value.isoformat() if isinstance(value, date) else value for value in values]
