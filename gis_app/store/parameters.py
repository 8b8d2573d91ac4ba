"""Delegated numbers of the law: what holds where, since when, and who says so."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, insert, select, text

from gis_app.areas import area_code
from gis_app.errors import BadInput
from gis_app.store.statements import script
from gis_app.store.tables import law_parameter


def put(
    conn: Connection, name: str, value: float | None, *, area: str, since: date, source: str
) -> None:
    """Set a number for an area (adcode prefix) from a day on; None takes it back.

    Nothing is overwritten: the latest entry for a day holds. Raises `BadInput` for a negative
    number, an area that is no division code, or no source.
    """
    if value is not None and value < 0:
        raise BadInput(f"参数值 {value} 不能为负。", f"The value {value} must not be negative.")
    area_code(area, blank=True)
    if not source.strip():
        raise BadInput("请写明出处（--source）。", "Say where the number comes from (--source).")
    conn.execute(
        insert(law_parameter).values(
            name=name, value=value, area=area, since=since, source=source.strip()
        )
    )


def history(conn: Connection) -> list[dict[str, Any]]:
    """Every entry ever made, by name, area and day."""
    columns = law_parameter.c
    statement = select(law_parameter).order_by(
        columns.name, columns.area, columns.since, columns.law_parameter_id
    )
    return [dict(row) for row in conn.execute(statement).mappings()]


def in_force(conn: Connection, names: Sequence[str], on: date) -> list[dict[str, Any]]:
    """What holds on a day: (name, area, value), the latest entry per name and area."""
    statement = text(script("parameters_on").as_string())
    rows = conn.execute(statement, {"names": list(names), "on": on}).mappings()
    return [dict(row) for row in rows]
