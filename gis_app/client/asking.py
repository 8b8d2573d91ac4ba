"""What is asked of a collection, as parameters and CQL2 text; what is no question is refused."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from gis_app.areas import area_code
from gis_app.client import frames
from gis_app.errors import BadInput

# what a method has an argument of its own for, or does by itself
_OWN = ("bbox", "datetime", "limit", "after", "f", "words", "crs", "sortby", "properties")
_MANY = (list, tuple, set, frozenset, np.ndarray, pd.Series, pd.Index)


def where(
    kinds: Mapping[str, str],
    properties: Mapping[str, Any],
    area: str | None = None,
    text: str | None = None,
) -> str | None:
    """One CQL2 condition: properties that equal a value or one of several, an area, and `text`.

    `kinds` are those of the collection's fields. Raises `BadInput` for what cannot be meant, never
    asks for everything instead.
    """
    parts = [_condition(name, value, kinds) for name, value in properties.items()]
    if area is not None:
        parts.append(_within(area))
    if text is not None:
        if not text.strip():
            raise BadInput(
                "filter 是空的；不筛选时不要写它。",
                "The filter is empty: leave it out where nothing is to be filtered.",
            )
        parts.append(f"({text})")
    return " AND ".join(parts) or None


def _within(area: str) -> str:
    return f"area_code LIKE '{area_code(area)}%'"


def _condition(name: str, value: Any, kinds: Mapping[str, str]) -> str:
    if name in _OWN:
        raise BadInput(
            f"{name} 不是属性名；日期用 on=，范围用 bbox= 或 area=，分页是自动的。",
            f"{name} is no property: days are on=, places bbox= or area=, and paging is automatic.",
        )
    if isinstance(value, _MANY):
        return _one_of(name, value, kinds)
    return f"{_name(name)} = {_literal(name, value, kinds.get(name, ''))}"


def _one_of(name: str, values: Iterable[Any], kinds: Mapping[str, str]) -> str:
    told = [_literal(name, each, kinds.get(name, "")) for each in values]
    if not told:
        raise BadInput(
            f"{name} 没有给出任何值。不筛选时不要写它。",
            f"No value is given for {name}: leave it out where nothing is to be filtered.",
        )
    if isinstance(values, set | frozenset):
        told.sort()
    return f"{_name(name)} IN ({', '.join(told)})"


def _name(name: str) -> str:
    return name if re.fullmatch(r"[a-z_][a-z0-9_]*", name) else '"{}"'.format(name.replace('"', ""))


def _literal(name: str, value: Any, kind: str) -> str:
    """A value in CQL2, in the type of its field."""
    if value is None or isinstance(value, dict) or value is pd.NA or value is pd.NaT:
        raise BadInput(
            f'{name} 只能等于值，不能是 {value!r}。找空白：filter="{name} IS NULL"。',
            f'{name} equals a value, not {value!r}. To find blanks: filter="{name} IS NULL".',
        )
    if isinstance(value, bool | np.bool_):
        return "TRUE" if value else "FALSE"
    if kind == "date" or isinstance(value, date | np.datetime64):
        return f"DATE('{frames.day(value)}')"
    if kind in {"number", "integer", "id"} or isinstance(value, int | float | np.number):
        return _number(name, value)
    return "'{}'".format(str(value).replace("'", "''"))


def _number(name: str, value: Any) -> str:
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise BadInput(
            f"{name} 是数，不是“{value}”。", f"{name} is a number, not {value!r}."
        ) from None
    return str(int(number)) if number.is_integer() else repr(number)
