"""Answers of rules for given facts, from PostgreSQL and from DuckDB; rules changed by a little."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

import duckdb
import ibis.expr.operations as ops
import pyarrow as pa
from ibis import Table, to_sql
from sqlalchemy import Connection, text

from gis_app.law import Rule
from gis_app.rules import answers, engine
from gis_app.rules.facts import facts_table

Row = tuple[int, str, str, str, str | None, tuple[str, ...]]
Given = Sequence[dict[str, Any]]
_SQL_TYPES = {
    "int64": "bigint",
    "string": "text",
    "boolean": "boolean",
    "float64": "float8",
    "date": "date",
}


@dataclass(frozen=True)
class Case:
    """One line a jurist can read: these facts on this day get this answer (None: no finding).

    What is not among the facts is blank; an exemption, an emergency, an order to close or a fault
    not among them is not recorded, and so is that a well replaces another, or that its owner has a
    code. Whether the type of a well
    speaks of monitoring follows from its type and use, as in the facts.
    Tags: unknown, edge, out of force, example (of the domain catalogue).
    """

    why: str
    facts: dict[str, Any]
    answer: str | None
    verdict: str | None = None
    exemption: str | None = None
    missing: tuple[str, ...] = ()
    on: date = date(2024, 6, 30)
    tags: tuple[str, ...] = field(default=())


def in_postgres(conn: Connection, rules: Sequence[Rule], rows: Given, on: date) -> set[Row]:
    """Answers as the service computes them."""
    if not rules:
        return set()
    schema = facts_table(engine.columns_of(rules)).schema()
    columns = ", ".join(f"{name} {_SQL_TYPES[str(kind)]}" for name, kind in schema.items())
    conn.execute(text("drop table if exists facts"))
    conn.execute(text(f"create temp table facts ({columns})"))
    names = list(schema)
    places = ", ".join(f":{name}" for name in names)
    statement = text(f"insert into facts ({', '.join(names)}) values ({places})")
    conn.execute(statement, [_row(n, row, names) for n, row in enumerate(rows)])
    sql = answers.to_sql(tuple(rules), on).replace(":", "\\:")
    return {_answer(row) for row in conn.execute(text(sql)).all()}


def in_duckdb(rules: Sequence[Rule], rows: Given, on: date) -> set[Row]:
    """Answers as a notebook without a server computes them."""
    return ask_duckdb(answers.to_sql(rules, on, dialect="duckdb"), rules, rows) if rules else set()


def ask_duckdb(question: str, rules: Sequence[Rule], rows: Given) -> set[Row]:
    """What DuckDB answers to a statement over the facts of these rules."""
    schema = facts_table(engine.columns_of(rules)).schema()
    facts = pa.Table.from_pylist(
        [_row(n, row, list(schema)) for n, row in enumerate(rows)], schema=schema.to_pyarrow()
    )
    connection = _duckdb()
    connection.register("facts", facts)
    return {_answer(row) for row in connection.sql(question).fetchall()}


@cache
def _duckdb() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config={"threads": 1})


def mutants(rule: Rule, on: date) -> Iterator[tuple[str, str]]:
    """The rule with each number or day moved by one unit, and each question of place turned round.

    A number below 1 is a share: its unit is a hundredth.
    """
    whole = engine.parts(rule, on)

    def asked(changed: Table) -> str:
        return answers.answer_sql(rule, str(to_sql(changed, dialect="duckdb")))

    for literal in sorted(whole.op().find(ops.Literal), key=lambda each: repr(each.value)):
        for moved in _moved(literal):
            changed = whole.op().replace({literal: moved}).to_expr()
            yield f"{literal.value} → {moved.value}", asked(changed)
    for place in sorted(whole.op().find(ops.Field), key=lambda each: each.name):
        if place.name.startswith("in__"):
            yield f"not {place.name}", asked(_turned(whole, place))


def _turned(whole: Table, place: ops.Field) -> Table:
    """The parts with one question of place turned round, but for the fact itself."""
    kept = {place.name: place} if place.name in whole.op().values else {}

    def turn(node: ops.Node, changed: dict[str, object]) -> ops.Node:
        if node == place:
            return ops.Not(place)
        return node.__recreate__(changed) if changed else node

    turned = whole.op().replace(turn)
    values = {**turned.values, **kept}
    return ops.Project(turned.parent, values).to_expr()


def _moved(literal: ops.Literal) -> list[ops.Literal]:
    kind, value = literal.dtype, literal.value
    if value is None or kind.is_boolean() or kind.is_string():
        return []
    unit: Any = 0.01 if kind.is_floating() and 0 < abs(value) < 1 else 1
    unit = timedelta(days=1) if kind.is_date() else unit
    return [ops.Literal(value + unit, kind), ops.Literal(value - unit, kind)]


def _row(n: int, given: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    denied = {name for name in names if name.startswith("granted__")}
    denied |= {"replaces_another", "owner_has_uscc", "close_ordered"}
    denied |= {"emergency_last_year", "emergency_this_year"}
    blank = {name: False if name in denied else None for name in names}
    told = {"monitoring_type": _monitoring_type(given)} | given
    return {name: told.get(name, blank[name]) for name in names} | {"subject_id": n}


def _monitoring_type(given: dict[str, Any]) -> bool | None:
    if given.get("well_type") not in ("monitoring", "exploration"):
        return False
    return True if given.get("use") in (None, "monitoring_test") else None


def _answer(row: Any) -> Row:
    subject_id, rule, answer, verdict, exemption, missing = row
    named = tuple(name for name in (missing or "").split(",") if name)
    return subject_id, rule, answer, verdict, exemption, named if answer == "indeterminate" else ()
