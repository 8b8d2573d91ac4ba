"""The columns of the facts, in SQL: grants, offences, questions of place, numbers of the law."""

from collections.abc import Mapping, Sequence
from typing import Any

from psycopg import sql

from gis_app.law import Parameter
from gis_app.rules.facts import Ask


def once(value: sql.Literal) -> sql.SQL:
    """A long list written out once, where a statement names it many times."""
    return sql.SQL(value.as_string())


def granted(kind: str) -> sql.Composable:
    """Whether an exemption is granted: null where it is recorded without its end."""
    return sql.SQL(
        "case when {kind} = any (g.sure) then true when {kind} = any (g.open) then null"
        " else false end as {name}"
    ).format(kind=sql.Literal(kind), name=sql.Identifier(f"granted__{kind}"))


def violated(kind: str) -> sql.Composable:
    """Whether an offence of a kind is recorded."""
    return sql.SQL("coalesce({} = any (v.kinds), false) as {}").format(
        sql.Literal(kind), sql.Identifier(f"violation__{kind}")
    )


def matches(ask: Ask, *, surely: bool) -> sql.Composable:
    """Whether a pair is of the layer and grade asked for; a zone of unknown grade may be."""
    layer = sql.SQL("i.layer = {}").format(sql.Literal(ask.layer))
    if ask.grade is None:
        return layer
    unknown = sql.SQL("" if surely else " or i.grade is null")
    return layer + sql.SQL(" and (i.grade = {}{})").format(sql.Literal(ask.grade), unknown)


def asked_rows(asks: Sequence[Ask]) -> sql.Composable:
    """The questions of place as rows (ask, layer, grade), in brackets."""
    rows: list[sql.Composable] = [sql.SQL("(null::text, null::text, null::text)")]
    rows += [
        sql.SQL("({}, {}, {})").format(
            sql.Literal(ask.column), sql.Literal(ask.layer), sql.Literal(ask.grade)
        )
        for ask in asks
    ]
    return (
        sql.SQL("(select * from (values ")
        + sql.SQL(", ").join(rows)
        + sql.SQL(") v (ask, layer, grade) where ask is not null)")
    )


def parameter_columns(
    asked: Sequence[Parameter], held: Sequence[Mapping[str, Any]]
) -> sql.Composable:
    """Columns `param__…` of the facts: per parameter the value of the narrowest area."""
    columns = []
    for each in asked:
        entries = [row for row in held if row["name"] == each.name]
        entries.sort(key=lambda row: -len(row["area"]))
        whens = [
            sql.SQL("when {} = '' or starts_with(w.area_code, {}) then {}::float8").format(
                sql.Literal(row["area"]), sql.Literal(row["area"]), sql.Literal(row["value"])
            )
            for row in entries
        ]
        chosen = sql.SQL("case {} end").format(sql.SQL(" ").join(whens)) if whens else None
        named = sql.SQL(" as {}").format(sql.Identifier(each.column))
        columns.append((chosen or sql.SQL("null::float8")) + named)
    return lines(columns)


def lines(parts: Sequence[sql.Composable]) -> sql.Composable:
    """Further columns, a line each."""
    return sql.SQL("").join(sql.SQL(",\n       ") + part for part in parts)
