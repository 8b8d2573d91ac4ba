"""A filter's tree as a condition on the rows of a collection, every value a bound parameter.

NULL is SQL's: a comparison with an unknown value is unknown, and so is its NOT.
"""

import operator
from collections.abc import Callable
from typing import Any

from sqlalchemy import Boolean, and_, literal, not_, or_
from sqlalchemy.sql.elements import ColumnElement

from gis_app.crs import CRS84, SERVED, Served
from gis_app.errors import BadInput
from gis_app.store.filters import faults, spatial, temporal
from gis_app.store.filters.names import COMPARISONS, CONDITIONS, VALUES
from gis_app.store.filters.parse import Language, tree
from gis_app.store.filters.term import Term
from gis_app.store.filters.terms import (
    GEOMETRY_NAMES,
    Asked,
    alike,
    known_choices,
    plain,
    text_of,
)
from gis_app.store.filters.values import FOLDING, folded, value
from gis_app.store.sources import Source

Condition = ColumnElement[bool]
_COMPARE: dict[str, Callable[[Any, Any], Condition]] = dict(
    zip(
        COMPARISONS,
        (operator.eq, operator.ne, operator.lt, operator.le, operator.gt, operator.ge),
        strict=True,
    )
)


def compiled(
    text: str, language: Language, source: Source, crs: Served = SERVED[CRS84]
) -> ColumnElement[bool]:
    """The condition that a CQL2 filter puts on the features of a source.

    `language` is "cql2-text" or "cql2-json"; geometries in the filter are in `crs`, in its axis
    order. Raises `BadInput` for what cannot be read, goes beyond the limits (`parse`), names what
    the collection has not, or compares values of different kinds.
    """
    return _condition(tree(text, language), Asked(source, crs))


def _condition(node: Any, asked: Asked) -> Condition:
    match node:
        case bool():
            return literal(node, Boolean)
        case {"property": str()}:
            term = plain(node, asked)
            if term.kind != "boolean":
                raise faults.no_boolean(term)
            return term.value
        case {"op": str(name), "args": list(args)}:
            return _operation(name, args, asked)
        case _:
            raise faults.no_condition(node)


def _operation(name: str, args: list[Any], asked: Asked) -> Condition:
    if name in _OPERATIONS:
        made, least, most = _OPERATIONS[name]
        if not least <= len(args) <= (most or len(args)):
            raise faults.arguments(name, f"{least}{'' if most else '+'}", len(args))
        return made(args, asked)
    if name in _COMPARE:
        return _compared(name, args, asked)
    if name in CONDITIONS:
        related = spatial.related if name.startswith("s_") else temporal.related
        return related(name, args, asked)
    if name in VALUES:
        raise faults.no_condition({"op": name})
    raise faults.no_function(name)


def _compared(name: str, args: list[Any], asked: Asked) -> Condition:
    if len(args) != 2:
        raise faults.arguments(name, "2", len(args))
    left, right = (value(each, asked) for each in args)
    values = alike(left, right)
    if name in {"=", "<>"}:
        known_choices(left, right)
    return _COMPARE[name](*values)


def _and(args: list[Any], asked: Asked) -> Condition:
    return and_(*(_condition(each, asked) for each in args))


def _or(args: list[Any], asked: Asked) -> Condition:
    return or_(*(_condition(each, asked) for each in args))


def _not(args: list[Any], asked: Asked) -> Condition:
    return not_(_condition(args[0], asked))


def _between(args: list[Any], asked: Asked) -> Condition:
    held, low, high = alike(*(value(each, asked) for each in args))
    return held.between(low, high)


def _in(args: list[Any], asked: Asked) -> Condition:
    if not isinstance(args[1], list) or not args[1]:
        raise BadInput("IN 后面需要一串值。", "IN takes a list of values.")
    terms = [value(each, asked) for each in (args[0], *args[1])]
    held, *listed = alike(*terms)
    known_choices(*terms)
    return held.in_(listed)


def _is_null(args: list[Any], asked: Asked) -> Condition:
    match args[0]:
        case {"property": str(name)} if name in GEOMETRY_NAMES:
            return spatial.place(name, asked).is_(None)
        case _:
            return value(args[0], asked).value.is_(None)


def _like(args: list[Any], asked: Asked) -> Condition:
    held, pattern = value(args[0], asked), _pattern(args[1])
    if held.kind != "text":
        raise faults.wanted(held, "text", "LIKE")
    return held.value.like(pattern.value)


def _pattern(node: Any) -> Term:
    match node:
        case {"op": str(name), "args": list(args)} if name in FOLDING:
            return folded(name, args, _pattern)
        case str():
            if (len(node) - len(node.rstrip("\\"))) % 2:
                raise BadInput(
                    "LIKE 模式不能以单个反斜杠结尾；反斜杠本身写作 \\\\。",
                    "A LIKE pattern does not end in one backslash: a backslash is written \\\\.",
                )
            return text_of(node)
        case _:
            raise BadInput(
                "LIKE 的模式须是单引号中的文本，% 代表任意一串字符，_ 代表一个字符。",
                "LIKE takes a text in single quotes; % stands for any characters, _ for one.",
            )


_OPERATIONS: dict[str, tuple[Callable[[list[Any], Asked], Condition], int, int | None]] = {
    "and": (_and, 2, None),
    "or": (_or, 2, None),
    "not": (_not, 1, 1),
    "between": (_between, 3, 3),
    "in": (_in, 2, 2),
    "isNull": (_is_null, 1, 1),
    "like": (_like, 2, 2),
}
