"""The days this system speaks of: how one is written, and between which two it lies.

The range is that of the registers: no well is older, no permit runs longer, and whatever law
reckons from such a day still is one.
"""

from datetime import date

from gis_app.errors import BadInput

FIRST, LAST = date(1800, 1, 1), date(2200, 12, 31)


def read(text: str) -> date:
    """The day of a text like 2024-06-30. Raises `BadInput`."""
    try:
        if len(text) == len("2024-06-30"):
            return within(date.fromisoformat(text))
    except ValueError:
        pass
    raise BadInput(
        f"日期应写成 2024-06-30，不是“{text}”。", f"A day is written 2024-06-30, not {text!r}."
    )


def within(day: date) -> date:
    """The day itself. Raises `BadInput` where it lies outside the range."""
    if not FIRST <= day <= LAST:
        raise BadInput(
            f"日期应在 {FIRST} 与 {LAST} 之间，不是 {day}。",
            f"A day lies between {FIRST} and {LAST}; {day} does not.",
        )
    return day
