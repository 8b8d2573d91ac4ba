"""What the passing of days alone changes in the answers of rules, read from the rules themselves.

A rule's text is built for a day; built for two days it differs in nothing but days. Wherever one
of these is compared with a date among the facts, only a date that lies between the two can make
another answer of the same facts. No rule names its days: what cannot be read so is told.
"""

import operator
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis.expr.operations as ops
from ibis.common.graph import Node

from gis_app.law import Rule
from gis_app.rules.engine import parts, reads


@dataclass(frozen=True)
class Turn:
    """Dates among the facts (from, to, included) that a rule answers otherwise on the later day."""

    column: str
    first: date
    last: date


class Unreadable(Exception):
    """What a rule makes of the day is more than to compare a fact with it."""


def turns(rules: Iterable[Rule], was: date, now: date) -> set[Turn] | None:
    """The dates on which these rules' answers turn between two days, the facts being the same.

    None: any answer may, because a rule that compares two days says otherwise now, or because what
    it makes of the day cannot be read.
    """
    try:
        of_day = [rule for rule in rules if reads(rule).of_day]
        built = [(parts(rule, was).op(), parts(rule, now).op()) for rule in of_day]
        return {turn for before, after in built for turn in _between(before, after)}
    except Unreadable:
        return None


def _between(was: Any, now: Any) -> Iterator[Turn]:
    """The turns below two nodes of one place in a rule, as built for two days."""
    if was == now:
        return
    if isinstance(was, ops.Comparison) and type(was) is type(now):
        yield from _compared(was, now)
        return
    before, after = _below(was), _below(now)
    if type(was) is not type(now) or not before or len(before) != len(after):
        raise Unreadable
    for one, other in zip(before, after, strict=True):
        yield from _between(one, other)


def _compared(was: ops.Comparison, now: ops.Comparison) -> Iterator[Turn]:
    days = [_day(side) for node in (was, now) for side in (node.left, node.right)]
    if None not in days:  # a day with a day, no fact between them
        if _holds(was) is not _holds(now):
            raise Unreadable
        return
    fact = was.left if isinstance(was.left, ops.Field) else was.right
    if not isinstance(fact, ops.Field) or fact not in (now.left, now.right):
        raise Unreadable
    found = [day for day in days if day is not None]
    if len(found) != 2 or type(was) not in _ORDER:
        raise Unreadable
    yield Turn(fact.name, min(found), max(found))


_ORDER: dict[type[ops.Comparison], Callable[[Any, Any], bool]] = {
    ops.Less: operator.lt,
    ops.LessEqual: operator.le,
    ops.Greater: operator.gt,
    ops.GreaterEqual: operator.ge,
    ops.Equals: operator.eq,
    ops.NotEquals: operator.ne,
}


def _holds(compared: ops.Comparison) -> bool:
    order = _ORDER.get(type(compared))
    if order is None:
        raise Unreadable
    return order(_day(compared.left), _day(compared.right))


def _day(side: Any) -> date | None:
    return side.value if isinstance(side, ops.Literal) and isinstance(side.value, date) else None


def _below(node: Any) -> list[Any]:
    """What a node is made of, in its order: nodes and what tells it from others of its kind."""
    if isinstance(node, Node):
        return list(node.__args__)
    if isinstance(node, tuple):
        return list(node)
    if hasattr(node, "items"):
        return [part for pair in node.items() for part in pair]
    return []
