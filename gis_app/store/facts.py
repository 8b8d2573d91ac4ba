"""One row of facts per well, as of a day: what the rules read.

Four temporary tables live for one transaction: `incidence` (touching pairs on that day),
`covered` (wells whose disc is settled only by several zones together), `facts`, and what
`gis_app.store.audits` makes of them.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from psycopg import sql
from sqlalchemy import Connection, text

from gis_app.law import Parameter, Rule
from gis_app.rules import engine
from gis_app.rules.facts import WELL_COLUMNS, Ask
from gis_app.store import parameters
from gis_app.store.statements import run, script

DISTRICT = "district"


def legal_day(conn: Connection) -> date:
    """Today by the calendar of law (Asia/Shanghai), as the database sees it."""
    day: date = conn.execute(text("select gis.today()")).scalar_one()
    return day


def prepare(
    conn: Connection,
    rules: Sequence[Rule],
    on: date,
    *,
    area: str = "",
    well_ids: Sequence[int] | None = None,
) -> None:
    """Make `incidence`, `covered` and `facts` for a day, an area (adcode prefix) or some wells.

    `facts` has well_id, the register's columns and what the rules ask: `in__…` (null: cannot be
    known), `since__…` and `param__…`. Unknown states of the register are nulls.
    """
    asks = engine.asks_of(rules)
    incidence(conn, sorted({DISTRICT, *(ask.layer for ask in asks)}), on, well_ids)
    conn.execute(text("drop table if exists covered, nearest, facts"))
    asked = _asked(asks)
    run(conn, script("covered").format(asked=asked))
    held = parameters.in_force(conn, [p.name for p in engine.parameters_of(rules)], on)
    numbers = _parameters(engine.parameters_of(rules), held)
    run(conn, _facts(rules, on, area, only(well_ids), numbers))
    run(conn, script("nearest").format(asked=asked))
    conn.execute(text("analyze facts"))
    conn.execute(text("analyze nearest"))


def incidence(
    conn: Connection, layers: Sequence[str], on: date, well_ids: Sequence[int] | None = None
) -> None:
    """Make `incidence`: the touching pairs of wells and zones of some layers on a day."""
    conn.execute(text("select gis.roll()"))
    conn.execute(text("drop view if exists incidence"))
    conn.execute(text("drop table if exists met"))
    others = conn.execute(
        text(script("zones_of_another_day").as_string()), {"layers": list(layers), "on": on}
    ).all()
    pairs = sql.SQL("gis.well_zone")
    if others:
        ids, versions = ([getattr(z, name) for z in others] for name in ("zone_id", "version"))
        meet = "create temp table met on commit drop as select * from gis.meet({}, {}, null)"
        run(conn, sql.SQL(meet).format(sql.Literal(ids), sql.Literal(versions)))
        pairs = sql.SQL("(select * from gis.well_zone union all select * from met)")
    names = {"day": sql.Literal(on), "layers": sql.Literal(list(layers)), "pairs": pairs}
    run(conn, script("incidence_on").format(**names, wells=only(well_ids)))


def only(well_ids: Sequence[int] | None) -> sql.Composable:
    """A condition on well_id: these wells, or none named: all."""
    if well_ids is None:
        return sql.SQL("true")
    return sql.SQL("well_id = any ({})").format(sql.Literal(list(well_ids)))


def _matches(ask: Ask) -> sql.Composable:
    layer = sql.SQL("i.layer = {}").format(sql.Literal(ask.layer))
    if ask.grade is None:
        return layer
    return layer + sql.SQL(" and i.grade = {}").format(sql.Literal(ask.grade))


def _asked(asks: Sequence[Ask]) -> sql.Composable:
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


def _parameters(asked: Sequence[Parameter], held: Sequence[Mapping[str, Any]]) -> sql.Composable:
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
    return _lines(columns)


def _facts(
    rules: Sequence[Rule], on: date, area: str, wells: sql.Composable, numbers: sql.Composable
) -> sql.Composable:
    asks = engine.asks_of(rules)
    read = {name for each in rules for name in engine.reads(each).inputs}
    dated = {ask for ask in asks if ask.since_column in read}
    touches, columns, joins = [], [], []
    for n, ask in enumerate(asks):
        names = {
            "sure": sql.Identifier(f"sure{n}"),
            "touch": sql.Identifier(f"touch{n}"),
            "s": sql.Identifier(f"s{n}"),
            "since": sql.SQL("{}.since").format(sql.Identifier(f"s{n}"))
            if ask in dated
            else sql.SQL("null::date"),
            "c": sql.Identifier(f"c{n}"),
            "ask": sql.Literal(ask.column),
            "inside": sql.Identifier(ask.column),
            "since_column": sql.Identifier(ask.since_column),
            "matches": _matches(ask),
        }
        touches.append(_TOUCH.format(**names))
        columns.append(_COLUMN.format(**names))
        joins.append(_JOIN.format(**names))
        if ask in dated:
            joins.append(_SINCE.format(**names))
    return script("facts").format(
        touches=_lines(touches),
        columns=_lines(columns),
        joins=sql.SQL("\n").join(joins),
        register=_lines([_register(c) for c in WELL_COLUMNS if c not in {"area_code", "status"}]),
        district=sql.Literal(DISTRICT),
        day=sql.Literal(on),
        area=sql.Literal(area),
        wells=wells,
        parameters=numbers,
    )


_TOUCH = sql.SQL(
    "bool_or({matches} and i.inside and i.edge_m >= i.tolerance_m) as {sure},"
    " bool_or({matches}) as {touch}"
)
_COLUMN = sql.SQL(
    "case when t.{sure} or {c}.edge_m >= {c}.tolerance_m then true"
    " when t.{touch} then null else false end as {inside}, {since} as {since_column}"
)
# The ground's own history. Where no single zone surely holds the well the youngest counts, so that
# a position in doubt never makes a well newer than its zone.
_SINCE = sql.SQL(
    """left join (
  select b.well_id,
         coalesce(min(b.since) filter (where b.edge_m >= b.tolerance_m), max(b.since)) as since
  from (
    select i.well_id, i.edge_m, i.tolerance_m,
           case when z.version = 1 then z.valid_from
                else gis.zone_since(i.zone_id, i.version, p.geom) end as since
    from incidence i
    join gis.zone z on z.zone_id = i.zone_id and z.version = i.version
    join gis.well p on p.well_id = i.well_id
    where i.inside and {matches}
  ) b
  group by b.well_id
) {s} on {s}.well_id = w.well_id"""
)
_JOIN = sql.SQL("left join covered {c} on {c}.well_id = w.well_id and {c}.ask = {ask}")


def _lines(parts: Sequence[sql.Composable]) -> sql.Composable:
    return sql.SQL("").join(sql.SQL(",\n       ") + part for part in parts)


def _register(column: str) -> sql.Composable:
    if column in {"permit_state", "meter_state"}:
        return sql.SQL("nullif(w.{0}, 'unknown') as {0}").format(sql.Identifier(column))
    return sql.SQL("w.{}").format(sql.Identifier(column))
