"""The values that a filter compares: properties of a collection and what is written out."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from math import isfinite
from typing import Any

from sqlalchemy import Boolean, Date, DateTime, Double, Text, cast, func, literal
from sqlalchemy.sql.elements import ColumnElement

from gis_app.crs import Served
from gis_app.errors import BadInput
from gis_app.law import LEGAL_CLOCK
from gis_app.store.filters import faults
from gis_app.store.filters.term import Term
from gis_app.store.sources import Source

GEOMETRY_NAMES = ("geometry", "geom")
_KINDS = {"choice": "text", "integer": "number"}
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@dataclass(frozen=True)
class Asked:
    """What a filter is asked of: a collection, and the CRS of the filter's geometries."""

    source: Source
    crs: Served


def plain(node: Any, asked: Asked) -> Term:
    """A property that is no geometry, or a literal. Raises `BadInput` for anything else."""
    match node:
        case bool():
            return Term("boolean", literal(node, Boolean), written=node)
        case int() | float():
            return _number(float(node))
        case str():
            return text_of(node)
        case {"property": str(name)}:
            return _property(name, asked.source)
        case {"date": str(text)}:
            return day_of(text)
        case {"timestamp": str(text)}:
            return instant_of(text)
        case None:
            raise faults.null()
        case _:
            raise faults.no_value(node)


def _number(number: float) -> Term:
    if not isfinite(number):
        raise BadInput("过滤条件中的数值过大。", "A number in the filter is too large.")
    return Term("number", literal(number, Double), written=number)


def text_of(text: str) -> Term:
    """A text as it is written."""
    if "\x00" in text:
        raise BadInput(
            "过滤条件中的文本含有空字符（U+0000）。", "A text in the filter has a NUL character."
        )
    return Term("text", literal(text, Text), written=text)


def _property(name: str, source: Source) -> Term:
    held = source.properties.get(name)
    if held is None:
        if name in GEOMETRY_NAMES:
            raise faults.no_scalar(name)
        raise faults.unknown(name, source, GEOMETRY_NAMES[0])
    return Term(_KINDS.get(held.field.kind, held.field.kind), held.value, held.field)


def day_of(text: str) -> Term:
    """A day written 2024-06-30."""
    try:
        if _DAY.fullmatch(text):
            found = date.fromisoformat(text)
            return Term("date", literal(found, Date), written=found)
    except ValueError:
        pass
    raise BadInput(
        f"“{text}”不是日期，应写作 DATE('2024-06-30')。",
        f"{text!r} is no date: write DATE('2024-06-30').",
    )


def instant_of(text: str) -> Term:
    """An instant written 2024-06-30T08:00:00Z, or with another offset."""
    try:
        if _INSTANT.fullmatch(text):
            found = datetime.fromisoformat(text)
            return Term("instant", literal(found, DateTime(timezone=True)), written=found)
    except ValueError:
        pass
    raise BadInput(
        f"“{text}”不是时刻，应写作 TIMESTAMP('2024-06-30T08:00:00Z')。",
        f"{text!r} is no instant: write TIMESTAMP('2024-06-30T08:00:00Z').",
    )


def as_day(term: Term) -> Term:
    """An instant as its day by the calendar of law; a day as it is."""
    if term.kind != "instant":
        return term
    return replace(term, kind="date", value=cast(func.timezone(LEGAL_CLOCK.key, term.value), Date))


def alike(*terms: Term) -> list[ColumnElement[Any]]:
    """The values of terms that can be compared with one another, in their order.

    Where a day meets an instant, the day of the instant counts. Raises `BadInput` if they are of
    different kinds, or if a choice is compared with a text that is none of its values.
    """
    kinds = {term.kind for term in terms}
    if kinds == {"date", "instant"}:
        return [as_day(term).value for term in terms]
    if len(kinds) > 1:
        raise faults.different(terms)
    return [term.value for term in terms]


def known_choices(*terms: Term) -> None:
    """Raise `BadInput` where a choice is said to equal a text that is none of its values."""
    for field in (t.field for t in terms if t.field is not None and t.field.kind == "choice"):
        for text in (t.written for t in terms if t.written is not None):
            if text not in field.choices:
                raise faults.no_choice(field, text)
