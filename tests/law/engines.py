"""Answers of rules for given facts, from PostgreSQL and from DuckDB."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa
from sqlalchemy import Connection, text

from gis_app.law import Rule
from gis_app.rules import engine
from gis_app.rules.facts import facts_table

Row = tuple[int, str, str, str, str | None, tuple[str, ...]]


@dataclass(frozen=True)
class Case:
    """One line a jurist can read: these facts on this day get this answer (None: no finding)."""

    why: str
    facts: dict[str, Any]
    answer: str | None
    verdict: str | None = None
    exemption: str | None = None
    missing: tuple[str, ...] = ()
    on: date = date(2024, 6, 30)
    tags: tuple[str, ...] = field(default=())


def in_postgres(
    conn: Connection, rules: Sequence[Rule], rows: Sequence[dict[str, Any]], on: date
) -> set[Row]:
    """Answers as the service computes them."""
    if not rules:
        return set()
    table = facts_table(engine.asks_of(rules), engine.parameters_of(rules))
    types = {
        "int64": "bigint",
        "string": "text",
        "boolean": "boolean",
        "float64": "float8",
        "date": "date",
    }
    columns = [(name, types[str(kind)]) for name, kind in table.schema().items()]
    conn.execute(text("drop table if exists facts"))
    conn.execute(
        text("create temp table facts (" + ", ".join(f"{n} {t}" for n, t in columns) + ")")
    )
    names = [name for name, _ in columns]
    statement = text(
        f"insert into facts ({', '.join(names)}) values ({', '.join(':' + n for n in names)})"
    )
    conn.execute(statement, [_row(n, row, names) for n, row in enumerate(rows)])
    sql = engine.to_sql(tuple(rules), on).replace(":", "\\:")
    found = conn.execute(text(sql)).all()
    return {_answer(row) for row in found}


def in_duckdb(rules: Sequence[Rule], rows: Sequence[dict[str, Any]], on: date) -> set[Row]:
    """Answers as a notebook without a server computes them."""
    if not rules:
        return set()
    table = facts_table(engine.asks_of(rules), engine.parameters_of(rules))
    names = list(table.schema())
    facts = pa.Table.from_pylist(
        [_row(n, row, names) for n, row in enumerate(rows)], schema=table.schema().to_pyarrow()
    )
    with duckdb.connect() as connection:
        connection.register("facts", facts)
        found = connection.sql(engine.to_sql(tuple(rules), on, dialect="duckdb")).fetchall()
    return {_answer(row) for row in found}


def _row(n: int, given: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {**dict.fromkeys(names), **given, "well_id": n}


def _answer(row: Any) -> Row:
    well_id, rule, answer, verdict, exemption, missing = row
    named = tuple(name for name in (missing or "").split(",") if name)
    return well_id, rule, answer, verdict, exemption, named if answer == "indeterminate" else ()
