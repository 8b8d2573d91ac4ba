"""The state's holiday calendar: which weekdays are off, which weekends are worked.

From the kept library `chinesecalendar`, which follows the yearly notices of the State Council.
Years it does not know yet are unknown, and so is every count of working days that reaches there.
"""

from datetime import date
from importlib.metadata import version
from typing import Any

import chinese_calendar
from chinese_calendar import constants

EDITION = version("chinesecalendar")


def days_off() -> list[dict[str, Any]]:
    """Every day that differs from its weekday: day, worked, name; the last is the last known."""
    days = {day: (False, name) for day, name in constants.holidays.items() if day.weekday() < 5}
    days |= {day: (True, name) for day, name in constants.workdays.items() if day.weekday() > 4}
    known = max(constants.holidays).year
    for edge in (date(min(constants.holidays).year, 1, 1), date(known, 12, 31)):
        days.setdefault(edge, (chinese_calendar.is_workday(edge), None))
    return [{"day": day, "worked": worked, "name": name} for day, (worked, name) in days.items()]
