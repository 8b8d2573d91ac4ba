"""Which blanks leave a condition unknown, by how it is put together.

Where one part of a conjunction is false the whole is, whatever else is blank; where one of some
alternatives is true they are. So a blank counts only where nothing it is a part of is known:
neither the whole, nor any conjunction or alternative on the way to it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import ibis.expr.operations as ops
from ibis.expr.types import BooleanValue

Way = frozenset[str]  # parts and nodes: a blank leaves all of them unknown in one place


@dataclass(frozen=True)
class Blanks:
    """Where each fact may leave some parts unknown; `nodes`: which (by place) are looked at."""

    nodes: Mapping[str, int]
    ways: Mapping[str, set[Way]]


def found_in(parts: Mapping[str, BooleanValue]) -> Blanks:
    """What has to be looked at below these parts, and each fact with its ways.

    A blank fact leaves a part unknown where, for one of its ways, all that is named is unknown.
    """
    nodes: list[Any] = []
    places: dict[str, set[tuple[str, tuple[int, ...]]]] = {}
    for name, part in parts.items():
        for fact, way in _walk(part.op(), nodes):
            places.setdefault(fact, set()).add((name, way))
    first = {node: n for n, node in reversed(list(enumerate(nodes)))}
    same = [first[node] for node in nodes]
    every = {
        fact: {frozenset([name, *(f"n{same[n]}" for n in way)]) for name, way in some}
        for fact, some in places.items()
    }
    # what a shorter way asks, a longer one asks too
    ways = {
        fact: {way for way in some if not any(other < way for other in some)}
        for fact, some in every.items()
    }
    named = {name for some in ways.values() for way in some for name in way}
    return Blanks({f"n{n}": n for n in sorted(set(same)) if f"n{n}" in named}, ways)


def nodes_of(parts: Mapping[str, BooleanValue]) -> list[BooleanValue]:
    """The conjunctions and alternatives below these parts, by place: the same on any day."""
    nodes: list[Any] = []
    for part in parts.values():
        for _ in _walk(part.op(), nodes):
            pass
    return [node.to_expr() for node in nodes]


def _walk(
    node: Any,
    nodes: list[Any],
    way: tuple[int, ...] = (),
    joined: bool | None = None,
    turned: bool = False,
) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Each fact read below a node, with the places of the conjunctions and alternatives between.

    Those of one kind that stand one in another are one; what is denied is `turned` (De Morgan).
    """
    if isinstance(node, ops.Not):
        yield from _walk(node.arg, nodes, way, joined, not turned)
    elif isinstance(node, ops.And | ops.Or):
        all_of = isinstance(node, ops.And) != turned
        if joined is not None and all_of != joined:
            way = (*way, len(nodes))
            nodes.append(node)
        for side in (node.left, node.right):
            yield from _walk(side, nodes, way, all_of, turned)
    else:
        for field in node.find(ops.Field):
            yield field.name, way
