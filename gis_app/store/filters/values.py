"""Values that are worked out: arithmetic, and text without regard to case or accents."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Double, Numeric, Text, cast, collate, func, literal, literal_column
from sqlalchemy.sql.elements import ColumnElement

from gis_app.store.filters import faults
from gis_app.store.filters.names import CONDITIONS
from gis_app.store.filters.term import Term
from gis_app.store.filters.terms import Asked, plain

Element = ColumnElement[Any]
# the ICU root collation knows the case of every script, whatever the locale of the database
_EVERY_SCRIPT = "und-x-icu"
_MARKS = "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"


def value(node: Any, asked: Asked) -> Term:
    """A property, a literal, or what is worked out of them. Raises `BadInput`."""
    match node:
        case {"op": str(name), "args": list(args)} if name in ARITHMETIC:
            return _arithmetic(name, args, asked)
        case {"op": str(name), "args": list(args)} if name in FOLDING:
            return folded(name, args, lambda inner: value(inner, asked))
        case {"op": str(name)} if name not in CONDITIONS:
            raise faults.no_function(name)
        case _:
            return plain(node, asked)


def _arithmetic(name: str, args: list[Any], asked: Asked) -> Term:
    if len(args) != 2:
        raise faults.arguments(name, "2", len(args))
    sides = []
    for each in args:
        term = value(each, asked)
        if term.kind != "number":
            raise faults.wanted(term, "number", name)
        sides.append(cast(term.value, Double) if term.field is not None else term.value)
    return Term("number", ARITHMETIC[name](*sides))


def folded(name: str, args: list[Any], read: Callable[[Any], Term]) -> Term:
    """CASEI or ACCENTI of one text, which `read` makes of the argument."""
    if len(args) != 1:
        raise faults.arguments(name, "1", len(args))
    term = read(args[0])
    if term.kind != "text":
        raise faults.wanted(term, "text", name.upper())
    return Term("text", FOLDING[name](term.value))


def _without_zero(number: Element) -> Element:
    # what is divided by zero is unknown
    return func.nullif(number, literal(0.0, Double), type_=Double)


def _exact(number: Element) -> Element:
    return cast(number, Numeric)


ARITHMETIC: dict[str, Callable[[Element, Element], Element]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / _without_zero(b),
    # in decimals: 0.3 % 0.1 is 0
    "%": lambda a, b: cast(func.mod(_exact(a), _exact(_without_zero(b))), Double),
    "div": lambda a, b: cast(func.div(_exact(a), _exact(_without_zero(b))), Double),
    "^": lambda a, b: func.power(a, b, type_=Double),
}


def _same_case(text: Element) -> Element:
    # upper, not lower: the two small sigmas and ß are alike there
    return collate(func.upper(collate(text, _EVERY_SCRIPT), type_=Text), "C")


def _no_accents(text: Element) -> Element:
    apart = func.normalize(text, literal_column("NFD"), type_=Text)
    bare = func.regexp_replace(apart, _MARKS, "", "g", type_=Text)
    return func.normalize(bare, literal_column("NFC"), type_=Text)


FOLDING: dict[str, Callable[[Element], Element]] = {"casei": _same_case, "accenti": _no_accents}
