"""Answers, the ledger of findings, and runs: set-based, in one transaction."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from psycopg import sql
from sqlalchemy import Connection, func, insert, select, text, update

from gis_app.law import Rule
from gis_app.rules import answers, engine
from gis_app.store import facts, parameters, unrecorded
from gis_app.store.facts import Asked
from gis_app.store.ledger import STANDING
from gis_app.store.statements import rows, run, script
from gis_app.store.tables import audit_run

COUNTY_DIGITS = 6
_MANY = 10_000  # findings after which the planner is told


@dataclass(frozen=True)
class Entry:
    """What part of which ledger a run writes: findings of some instruments on whom was asked.

    None: of all, also of those that the program no longer has.

    `only`: by these rules alone. `in_force`: instruments with a rule for such subjects.
    """

    run_id: int
    ledger: str
    asked: Asked
    instruments: Sequence[str] | None
    in_force: Sequence[str] = ()
    only: Collection[str] | None = None


@dataclass(frozen=True)
class Reconciled:
    """What a run did to its ledger: counts of findings."""

    opened: int
    closed: Mapping[str, int]


def ledger_for(conn: Connection, on: date, *, anywhere: bool) -> str:
    """The ledger that a run on a day belongs to.

    The standing ledger is a diary: it is written from the last day it was written on up to today.
    Looking further back, or ahead, has a ledger of its own, so that it rewrites nothing.
    """
    standing = STANDING + ("+anywhere" if anywhere else "")
    last = conn.execute(
        select(func.max(audit_run.c.on)).where(
            audit_run.c.ledger == standing, audit_run.c.finished_at.is_not(None)
        )
    ).scalar()
    if on <= facts.legal_day(conn) and (last is None or on >= last):
        return standing
    return on.isoformat() + ("+anywhere" if anywhere else "")


def begin(conn: Connection, values: Mapping[str, Any]) -> int:
    """Record that a run has begun; its id."""
    statement = insert(audit_run).values(dict(values)).returning(audit_run.c.run_id)
    return int(conn.execute(statement).scalar_one())


def finish(
    conn: Connection, run_id: int, counts: Mapping[str, Any], not_assessed: Sequence[Any]
) -> None:
    """Record what a run counted."""
    conn.execute(
        update(audit_run)
        .where(audit_run.c.run_id == run_id)
        .values(counts=dict(counts), not_assessed=list(not_assessed), finished_at=func.now())
    )


def parameters_held(conn: Connection, rules: Sequence[Rule], on: date) -> list[Any]:
    """The delegated numbers that these rules find set on a day: part of the law they use."""
    names = [p.name for p in engine.parameters_of(rules)]
    held = parameters.in_force(conn, names, on)
    return [(row["name"], row["area"], row["value"]) for row in held]


def answer(
    conn: Connection, rules: Sequence[Rule], asked: Asked, *, anywhere: bool = False
) -> None:
    """Make `facts`, `counties`, `found` and `decided` for these rules (temporary, for this
    transaction).
    """
    # what a county lacks cannot be told by a part of it
    kept = asked.recalling or asked.ids is not None or len(asked.area) > COUNTY_DIGITS
    gaps = unrecorded.known(conn, rules, asked) if kept else {}
    facts.prepare(conn, rules, asked, gaps=bool(gaps))
    conn.execute(text("drop table if exists counties"))
    conn.execute(text(_COUNTIES))
    if not kept:
        gaps = unrecorded.find(conn, rules, asked)
    bound = rules if anywhere else _binding(conn, rules)
    conn.execute(text("drop table if exists found, placed, decided"))
    found = _NOTHING
    if bound:
        found = answers.to_sql(bound, asked.on, anywhere=anywhere, gaps=gaps, ledger=True)
    run(conn, sql.SQL("create temp table found on commit drop as\n") + sql.SQL(found))
    run(conn, _placed(rules))
    conn.execute(text("analyze found"))
    run(conn, script("decided").format(zones=asked.zones))


_COUNTIES = (
    "create temp table counties on commit drop as"
    " select left(area_code, 6) as area_code, count(*) as wells from facts group by 1"
)


def _binding(conn: Connection, rules: Sequence[Rule]) -> list[Rule]:
    """Those rules that bind somewhere among the facts."""
    places = conn.execute(text("select area_code from counties")).scalars().all()
    return engine.binding_in(rules, places)


_NOTHING = (
    "select null::bigint as subject_id, null::text as rule, null::text as answer,"
    " null::text as verdict, null::text as exemption, null::text as missing, null::bigint as read"
    " where false"
)


def _placed(rules: Sequence[Rule]) -> sql.Composable:
    """The temporary table `placed`: which rule looks at which layer first."""
    rows: list[sql.Composable] = [
        sql.SQL("(null::text, null::text, null::text, null::text, null::text, null::text)")
    ]
    for each in rules:
        first = next(iter(engine.reads(each).asks), None)
        values = [
            each.id,
            each.instrument.id,
            each.clause,
            first.layer if first else None,
            first.grade if first else None,
            first.column if first else None,
        ]
        rows.append(
            sql.SQL("({})").format(sql.SQL(", ").join(sql.Literal(value) for value in values))
        )
    return (
        sql.SQL("create temp table placed on commit drop as select * from (values ")
        + sql.SQL(", ").join(rows)
        + sql.SQL(") v (rule, instrument, clause, layer, grade, ask) where rule is not null")
    )


def inputs(rules: Sequence[Rule], row: str) -> sql.Composable:
    """A jsonb of the facts (alias x) that the rule of a row (alias d or o) read."""
    if not rules:
        return sql.SQL("'{}'::jsonb")
    whens = []
    for each in rules:
        pairs = sql.SQL(", ").join(
            sql.SQL("{}, x.{}").format(sql.Literal(c), sql.Identifier(c))
            for c in (*engine.reads(each).inputs, "uncertainty_m")
        )
        whens.append(
            sql.SQL("when {} then jsonb_build_object({})").format(sql.Literal(each.id), pairs)
        )
    return sql.SQL("case {}.rule ").format(sql.Identifier(row)) + sql.SQL(" ").join(
        [*whens, sql.SQL("end")]
    )


def reconcile(conn: Connection, rules: Sequence[Rule], entry: Entry) -> Reconciled:
    """Make the ledger say what `decided` says: open, continue, close with a cause."""
    asked = entry.asked
    names: dict[str, sql.Composable] = {
        "ledger": sql.Literal(entry.ledger),
        "subject": sql.Literal(asked.subject),
        "day": sql.Literal(asked.on),
        "run_id": sql.Literal(entry.run_id),
        "area": sql.Literal(asked.area),
        "instruments": sql.Literal(None if entry.instruments is None else list(entry.instruments)),
        "in_force": sql.Literal(list(entry.in_force)),
        "rules": sql.Literal(None if entry.only is None else sorted(entry.only)),
        "subjects": facts.only(asked.ids),
        "there": _there(asked.subject),
        "gone": sql.SQL("not exists ({})").format(_there(asked.subject)),
    }
    conn.execute(text("drop table if exists moves"))
    few = entry.only is not None and asked.ids is not None
    names["standing"] = script("standing_of_few" if few else "standing").format(**names)
    moved = run(conn, script("moves").format(**names))
    causes: Counter[str] = Counter()
    opened = 0
    if moved:
        was = script("close_findings").format(inputs=inputs(rules, "o"), **names)
        causes.update({row.cause: row.findings for row in rows(conn, was)})
        names["inputs"] = inputs(rules, "d")
        opened = run(conn, script("open_findings").format(**names))
        run(conn, script("refresh_findings").format(**names))
        if moved > _MANY and moved > _rows_of_ledger(conn) / 10:
            conn.execute(text("analyze gis.finding"))
    return Reconciled(opened, causes)


def _rows_of_ledger(conn: Connection) -> float:
    """How many findings the planner believes there are."""
    size = "select greatest(reltuples, 0) from pg_class where oid = 'gis.finding'::regclass"
    return float(conn.execute(text(size)).scalar_one())


def _there(subject: str) -> sql.Composable:
    """A query that finds the subject of a finding (alias o) where it still exists."""
    table, key = _KEPT_IN[subject]
    return sql.SQL("select from {} k where k.{} = o.subject_id").format(
        sql.Identifier("gis", table), sql.Identifier(key)
    )


_KEPT_IN = {
    "well": ("well", "well_id"),
    "application": ("application", "application_id"),
    "unit": ("unit_year", "unit_year_id"),
    "site": ("site", "site_id"),
    "zone": ("zone", "zone_id"),
    "dataset": ("batch", "batch_id"),
}


def count_decided(conn: Connection) -> list[dict[str, Any]]:
    """Findings of this run by rule, answer and verdict: (rule, answer, verdict, wells)."""
    statement = (
        "select rule, answer, verdict, count(*) as subjects from decided"
        " group by rule, answer, verdict order by rule, answer, verdict"
    )
    return [dict(row) for row in conn.execute(text(statement)).mappings()]


def not_assessed(
    conn: Connection, looked_at: Sequence[tuple[str, str]], on: date
) -> list[dict[str, Any]]:
    """Layers without any zone in force, by county: (area_code, layer, wells).

    `looked_at`: the layers that rules look at, each with the area (adcode prefix) they bind.
    """
    statement = text(script("not_assessed").as_string())
    given = {
        "layers": [layer for layer, _ in looked_at],
        "areas": [area for _, area in looked_at],
        "on": on,
    }
    rows = conn.execute(statement, given).mappings()
    return [dict(row) for row in rows]


def area_of(conn: Connection) -> str | None:
    """The area code of the only subject among the facts."""
    code: str | None = conn.execute(text("select area_code from facts")).scalar()
    return code


def decided(conn: Connection, rules: Sequence[Rule]) -> list[dict[str, Any]]:
    """The rows of `decided` with their inputs, gravest first by the order of the rules."""
    statement = sql.SQL(
        "select d.*, {inputs} as inputs, st_x(p.at) as lon, st_y(p.at) as lat from decided d"
        " join facts x on x.subject_id = d.subject_id"
        " cross join lateral (select st_pointonsurface(d.geom) as at) p order by d.rule"
    ).format(inputs=inputs(rules, "d"))
    return [dict(row._mapping) for row in rows(conn, statement)]


def explained(conn: Connection, rules: Sequence[Rule], on: date) -> list[dict[str, Any]]:
    """The rows of `decided`, each with `examined`: whether each exemption of its rule holds, and
    each question is put, by id (None: cannot be known).
    """
    found = decided(conn, rules)
    named = {row["rule"] for row in found}
    weighed = sql.SQL(answers.ways_out_sql([each for each in rules if each.id in named], on))
    held: dict[tuple[int, str], dict[str, bool | None]] = {}
    for row in rows(conn, weighed):
        held.setdefault((row.subject_id, row.rule), {})[row.way] = row.holds
    return [{**row, "examined": held.get((row["subject_id"], row["rule"]), {})} for row in found]
