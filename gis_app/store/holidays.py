"""The state's holiday calendar in the database."""

from sqlalchemy import Connection, delete, insert

from gis_app.registers.holidays import EDITION, days_off
from gis_app.store.tables import day_off

__all__ = ["EDITION", "fill"]


def fill(conn: Connection) -> None:
    """Replace gis.day_off by what the library knows; its last row is the last known day."""
    conn.execute(delete(day_off))
    conn.execute(insert(day_off), days_off())
