"""What is asked for in words, parsed strictly: what is malformed is refused, never everything."""

from collections.abc import Mapping
from datetime import date, datetime
from math import isfinite

from gis_app import days as days_of_law
from gis_app.crs import STORAGE_SRID, Served
from gis_app.errors import BadInput
from gis_app.law import LEGAL_CLOCK
from gis_app.layer import Field
from gis_app.store.items import Box

Days = tuple[date | None, date | None]
_FARTHEST_M = 1e8  # eastings carry their zone: 45 million


def boxes(text: str | None, crs: Served) -> tuple[Box, ...]:
    """`bbox=` four numbers (or six with heights) in the axis order of a CRS; x first.

    A box of degrees across the antimeridian becomes two.
    """
    if text is None:
        return ()
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) not in {4, 6} or not all(isfinite(n) for n in numbers):
        raise BadInput(
            f"bbox 应为四个数（或带高程的六个数），依坐标系的轴序，如“西,南,东,北”，不是“{text}”。",
            "bbox is four numbers in the axis order of its CRS, as west,south,east,north (or six "
            f"with heights), not {text!r}.",
        )
    if len(numbers) == 6:
        numbers = [numbers[0], numbers[1], numbers[3], numbers[4]]
    if crs.north_first:
        numbers = [numbers[1], numbers[0], numbers[3], numbers[2]]
    west, south, east, north = numbers
    if crs.srid != STORAGE_SRID:
        return (_metres(text, (west, south, east, north)),)
    if south > north or abs(west) > 180 or abs(east) > 180 or abs(south) > 90 or abs(north) > 90:
        raise BadInput(
            f"bbox“{text}”不在经纬度范围内，或南北颠倒；请核对坐标系 {crs.uri} 的轴序。",
            f"bbox {text!r} is outside longitude and latitude, or south is above north: "
            f"check the axis order of {crs.uri}.",
        )
    if west > east:
        return ((west, south, 180.0, north), (-180.0, south, east, north))
    return ((west, south, east, north),)


def _metres(text: str, box: Box) -> Box:
    if box[0] > box[2] or box[1] > box[3] or max(abs(n) for n in box) > _FARTHEST_M:
        raise BadInput(
            f"bbox“{text}”的两角颠倒，或不在坐标系范围内；请核对轴序。",
            f"bbox {text!r} has its corners the wrong way round or lies outside its CRS: "
            "check the axis order.",
        )
    return box


def days(text: str | None) -> Days:
    """`datetime=`: a day or instant, or an interval a/b with `..` for an open end.

    (None, None) when not given: today.
    """
    if text is None:
        return None, None
    parts = text.split("/")
    if len(parts) == 1 and parts[0] not in {"", ".."}:
        on = _day(parts[0], text)
        return on, on
    if len(parts) == 2:
        start, end = (None if p in {"", ".."} else _day(p, text) for p in parts)
        if start is None and end is None:
            return date.min, date.max
        if start is None or end is None or start <= end:
            return start or date.min, end or date.max
    raise _bad_time(text)


def one_day(text: str | None) -> date | None:
    """`datetime=` where a single day is meant; None: today. Raises `BadInput`."""
    start, end = days(text)
    if start != end:
        raise BadInput(
            "此处按某一日取，datetime 不能是区间。",
            "This is asked of one day: datetime cannot be an interval.",
        )
    return start


def day(text: str | None) -> date | None:
    """A plain day like 2024-06-30; None where none is given."""
    return None if text is None else days_of_law.read(text)


def _day(part: str, text: str) -> date:
    try:
        if len(part) == 10:
            return date.fromisoformat(part)
        instant = datetime.fromisoformat(part.replace("Z", "+00:00"))
    except ValueError:
        raise _bad_time(text) from None
    try:
        # law goes by the calendar of China, whatever clock the caller has
        return (instant.astimezone(LEGAL_CLOCK) if instant.tzinfo else instant).date()
    except OverflowError:  # beyond the first or last day there is
        return instant.date()


def _bad_time(text: str) -> BadInput:
    return BadInput(
        f"datetime 应为 2024-06-30、RFC 3339 时刻或区间“起/止”，不是“{text}”。",
        f"datetime is a day like 2024-06-30, an RFC 3339 instant or an interval start/end, "
        f"not {text!r}.",
    )


def filters(names: Mapping[str, Field], query: Mapping[str, str]) -> dict[str, object]:
    """`property=value` parameters, typed by the properties of a collection."""
    return {name: value(names[name], text) for name, text in query.items() if name in names}


def _finite(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise ValueError(text)
    return number


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    return instant if instant.tzinfo else instant.replace(tzinfo=LEGAL_CLOCK)


def value(field: Field, text: str) -> object:
    """A property value from text. Raises `BadInput` naming the field and what it takes."""
    try:
        if field.kind == "number":
            return _finite(text)
        if field.kind == "integer":
            return int(text)
        if field.kind == "boolean":
            return {"true": True, "false": False}[text.lower()]
        if field.kind == "date":
            return date.fromisoformat(text)
        if field.kind == "instant":
            return _instant(text)
    except (ValueError, KeyError):
        raise BadInput(
            f"{field.name}（{field.zh}）的值“{text}”不是{field.kind}。",
            f"{field.name}: {text!r} is not a {field.kind}.",
        ) from None
    if field.kind == "choice" and text not in field.choices:
        raise BadInput(
            f"{field.name}（{field.zh}）没有取值“{text}”。可取：{'、'.join(field.choices)}。",
            f"{field.name} has no value {text!r}. It takes: {', '.join(field.choices)}.",
        )
    return text
