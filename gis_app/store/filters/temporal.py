"""Days, instants and intervals compared. Both ends of an interval belong to it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import Date, DateTime, Text, and_, cast, literal, or_
from sqlalchemy.sql.elements import ColumnElement

from gis_app.errors import BadInput
from gis_app.store.filters import faults
from gis_app.store.filters.term import Term
from gis_app.store.filters.terms import Asked, as_day, day_of, instant_of, plain

Element = ColumnElement[Any]
_OPEN = ".."
# OGC 21-065r2, 8.5: of two periods, the first and last moment of each
_RELATIONS: dict[str, Callable[[Element, Element, Element, Element], ColumnElement[bool]]] = {
    "t_after": lambda s, _e, _s2, e2: s > e2,
    "t_before": lambda _s, e, s2, _e2: e < s2,
    "t_contains": lambda s, e, s2, e2: and_(s < s2, e > e2),
    "t_disjoint": lambda s, e, s2, e2: or_(e < s2, s > e2),
    "t_during": lambda s, e, s2, e2: and_(s > s2, e < e2),
    "t_equals": lambda s, e, s2, e2: and_(s == s2, e == e2),
    "t_finishedBy": lambda s, e, s2, e2: and_(s < s2, e == e2),
    "t_finishes": lambda s, e, s2, e2: and_(s > s2, e == e2),
    "t_intersects": lambda s, e, s2, e2: and_(s <= e2, e >= s2),
    "t_meets": lambda _s, e, s2, _e2: e == s2,
    "t_metBy": lambda s, _e, _s2, e2: s == e2,
    "t_overlappedBy": lambda s, e, s2, e2: and_(s > s2, s < e2, e > e2),
    "t_overlaps": lambda s, e, s2, e2: and_(s < s2, e > s2, e < e2),
    "t_startedBy": lambda s, e, s2, e2: and_(s == s2, e > e2),
    "t_starts": lambda s, e, s2, e2: and_(s == s2, e < e2),
}


def related(name: str, args: list[Any], asked: Asked) -> ColumnElement[bool]:
    """Whether two days, instants or intervals lie so in time. Raises `BadInput`."""
    if len(args) != 2:
        raise faults.arguments(name, "2", len(args))
    ends = [end for each in args for end in _ends(name, each, asked)]
    if any(end.kind == "date" for end in ends):
        # where a day meets an instant, the day of the instant counts
        ends = [as_day(end) for end in ends]
    else:
        ends = [replace(end, kind="instant") for end in ends]
    return _RELATIONS[name](*(_moment(end, ends) for end in ends))


def _moment(end: Term, ends: list[Term]) -> Element:
    if end.written != _OPEN:
        return end.value
    kind = Date() if any(each.kind == "date" for each in ends) else DateTime(timezone=True)
    return cast(end.value, kind)


def _ends(name: str, node: Any, asked: Asked) -> tuple[Term, Term]:
    match node:
        case {"interval": [start, end]}:
            pair = (_end(name, start, "-infinity", asked), _end(name, end, "infinity", asked))
            _check_order(*pair)
            return pair
        case {"interval": _}:
            raise BadInput("INTERVAL 需要起止两端。", "INTERVAL takes a start and an end.")
        case _:
            moment = _end(name, node, "", asked)
            return moment, moment


def _end(name: str, node: Any, opened: str, asked: Asked) -> Term:
    if isinstance(node, str) and opened:
        if node == _OPEN:
            return Term("open", literal(opened, Text), written=_OPEN)
        return day_of(node) if len(node) == 10 else instant_of(node)
    term = plain(node, asked)
    if term.kind not in {"date", "instant"}:
        raise faults.wanted(term, "date", name.upper())
    return term


def _check_order(start: Term, end: Term) -> None:
    fixed = start.written is not None and end.written is not None
    if fixed and start.kind == end.kind != "open" and start.written > end.written:
        raise BadInput(
            f"INTERVAL 的起点 {start.written} 晚于终点 {end.written}。",
            f"INTERVAL starts at {start.written}, after its end {end.written}.",
        )
