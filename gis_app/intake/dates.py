"""Days as registers write them: 2003, 2003-05, 2003年5月1日, 20030501, an Excel serial."""

import re
from datetime import date, datetime, timedelta

from gis_app import days
from gis_app.intake.cells import BLANKS, NOTHING, UNKNOWN, Reading, bad, tidy
from gis_app.law import LEGAL_CLOCK
from gis_app.layer import Field

_DATE = re.compile(
    r"(\d{4})(?:\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2}))?)?\s*[年月日号]?"
    r"(?:[t ]\s*[\d:.+z]+)?",
    re.I,
)
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})?")
_SERIAL = re.compile(r"\d{5}(\.\d+)?")
_EXCEL_DAY_0 = date(1899, 12, 30)


def read_date(text: str, field: Field) -> Reading:
    """A day; a month or a year stands for its first day, and that is said."""
    plain = tidy(text)
    if plain.lower() in BLANKS or plain in UNKNOWN or plain in NOTHING:
        return Reading()
    year_text = plain.removesuffix(".0") if re.fullmatch(r"\d{4}\.0", plain) else plain
    if re.fullmatch(r"\d{4}\.1", year_text):
        return bad(
            "ambiguous_date",
            f"“{text}”可能是 1 月也可能是 10 月（Excel 会丢掉末尾的 0）",
            f"{text!r} may be January or October (Excel drops a last 0)",
            field,
        )
    if _SERIAL.fullmatch(year_text):
        serial = _EXCEL_DAY_0 + timedelta(days=int(float(year_text)))
        words = (
            f"“{text}”按 Excel 日期序号读作 {serial}",
            f"{text!r} is read as the Excel day {serial}",
        )
        return Reading(serial, "excel_serial", "info", *words)
    found = _DATE.fullmatch(year_text) or _PACKED.fullmatch(year_text)
    parts = [int(part) if part else None for part in found.groups()[:3]] if found else []
    day = _day(*parts) if parts else None
    if found is None or day is None:
        return bad("bad_date", f"“{text}”不是日期", f"{text!r} is not a date", field)
    if found[3]:
        return Reading(day)
    return Reading(
        day,
        "date_incomplete",
        "info",
        f"“{text}”没有写到日，按 {day} 记",
        f"{text!r} does not name the day and is kept as {day}",
    )


def read_instant(text: str, field: Field) -> Reading:
    """An instant as ISO 8601 writes it; without an offset it is told by the clock of China."""
    plain = tidy(text)
    if plain.lower() in BLANKS or plain in UNKNOWN or plain in NOTHING:
        return Reading()
    try:
        instant = datetime.fromisoformat(plain)
    except ValueError:
        return bad("bad_date", f"“{text}”不是时刻", f"{text!r} is not an instant", field)
    return Reading(instant if instant.tzinfo else instant.replace(tzinfo=LEGAL_CLOCK))


def _day(year: int | None, month: int | None = None, day: int | None = None) -> date | None:
    if year is None or not days.FIRST.year <= year <= days.LAST.year:
        return None
    try:
        return date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
