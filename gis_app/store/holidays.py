"""The state's holiday calendar in the database: which weekdays are off, which weekends are worked.

From the kept library `chinesecalendar`, which follows the yearly notices of the State Council.
Years it does not know yet are unknown, and so is every count of working days that reaches there.
"""

from datetime import date
from importlib.metadata import version

import chinese_calendar
from chinese_calendar import constants
from sqlalchemy import Connection, delete, insert

from gis_app.store.tables import day_off

EDITION = version("chinesecalendar")


def fill(conn: Connection) -> None:
    """Replace gis.day_off by what the library knows; its last row is the last known day."""
    days = {day: (False, name) for day, name in constants.holidays.items() if day.weekday() < 5}
    days |= {day: (True, name) for day, name in constants.workdays.items() if day.weekday() > 4}
    known = max(constants.holidays).year
    for edge in (date(min(constants.holidays).year, 1, 1), date(known, 12, 31)):
        days.setdefault(edge, (chinese_calendar.is_workday(edge), None))
    rows = [{"day": day, "worked": worked, "name": name} for day, (worked, name) in days.items()]
    conn.execute(delete(day_off))
    conn.execute(insert(day_off), rows)
