"""Facts that nobody has recorded for any well of a county: told once, not well by well."""

from collections.abc import Sequence
from typing import Any

from psycopg import sql
from sqlalchemy import Connection, text

from gis_app.law import Rule
from gis_app.rules import engine
from gis_app.rules.columns import COLUMNS
from gis_app.store.facts import Asked
from gis_app.store.statements import run, script


def find(conn: Connection, rules: Sequence[Rule], asked: Asked) -> dict[str, int]:
    """Make `unrecorded` (county, facts, bits) of all `facts`, and their column `gaps`; each fact's
    bit.

    A fact that no well at all has gets 0.
    """
    names = engine.of_counties(rules)
    _make(conn)
    if asked.subject != "well" or not names:
        return {}
    run(conn, script("unrecorded").format(facts=_blank(names)))
    nowhere = sql.SQL("select {} from facts x").format(_blank(names))
    everywhere = conn.execute(text(nowhere.as_string())).scalar_one()
    gaps = _numbered(conn, [name for name in names if name not in everywhere])
    if gaps or everywhere:
        run(conn, _narrow(rules, everywhere))
    return gaps | dict.fromkeys(everywhere, 0)


def known(conn: Connection, rules: Sequence[Rule], asked: Asked) -> dict[str, int]:
    """Make `unrecorded` as it was kept, before `facts` are made; each fact's bit."""
    recall(conn)
    return _numbered(conn, engine.of_counties(rules)) if asked.subject == "well" else {}


def recall(conn: Connection) -> None:
    """Make `unrecorded` as the last audit of everything kept it."""
    _make(conn)
    conn.execute(text("insert into unrecorded select area_code, facts from gis.unrecorded"))


def _make(conn: Connection) -> None:
    conn.execute(text("drop table if exists unrecorded"))
    conn.execute(
        text("create temp table unrecorded (county text, facts text[], bits bigint) on commit drop")
    )


def _numbered(conn: Connection, names: Sequence[str]) -> dict[str, int]:
    """A bit for each of these facts that some county lacks, and those of each county."""
    found = conn.execute(text("select distinct unnest(facts) as fact from unrecorded order by 1"))
    gaps = {name: 1 << n for n, name in enumerate(f for f in found.scalars() if f in names)}
    rows = [sql.SQL("({}, {}::bigint)").format(sql.Literal(n), b) for n, b in gaps.items()]
    if rows:
        run(conn, sql.SQL(_BITS).format(sql.SQL(", ").join(rows)))
    return gaps


_BITS = """
update unrecorded u set bits = (
  select bit_or(b.bit) from (values {}) b (fact, bit) where b.fact = any (u.facts))
"""


def _narrow(rules: Sequence[Rule], nowhere: Sequence[str]) -> sql.Composable:
    """`facts` without the columns that are blank throughout: they become constants of a view.

    A planner sees through a constant: what hangs on it costs nothing, row by row.
    """
    read = [name for name in engine.columns_of(rules) if name not in nowhere]
    columns = ["subject_id", *read, "code", "geom", "uncertainty_m"]
    blanks = [
        sql.SQL("null::{} as {}").format(sql.SQL(_TYPES[COLUMNS[n].kind]), sql.Identifier(n))
        for n in nowhere
    ]
    return script("gaps").format(
        columns=sql.SQL(", ").join(sql.SQL("f.{}").format(sql.Identifier(n)) for n in columns),
        blanks=sql.SQL("").join(sql.SQL(", ") + blank for blank in blanks),
    )


_TYPES = {"text": "text", "number": "float8", "boolean": "boolean", "date": "date"}


def _blank(names: Sequence[str]) -> sql.Composable:
    """The names of those facts (alias x) that no row of a group has."""
    blanks: list[sql.Composable] = [
        sql.SQL("case when count(x.{}) = 0 then {} end").format(sql.Identifier(n), sql.Literal(n))
        for n in names
    ]
    return sql.SQL("array_remove(array[{}]::text[], null)").format(sql.SQL(", ").join(blanks))


def keep(conn: Connection, area: str) -> bool:
    """Keep `unrecorded`, just made of whole counties of an area (adcode prefix), for when single
    wells are asked about; whether it was otherwise.
    """
    statement = text(script("keep_unrecorded").as_string())
    return bool(conn.execute(statement, {"area": area}).scalar_one())


def keep_witnesses(conn: Connection, rules: Sequence[Rule]) -> None:
    """Of each county, keep for every fact a well that has it: `others_lack` asks them."""
    names = engine.of_counties(rules)
    firsts: list[sql.Composable] = [
        sql.SQL("min(x.subject_id) filter (where x.{} is not null)").format(sql.Identifier(n))
        for n in names
    ]
    run(
        conn,
        script("keep_recorded").format(
            facts=sql.Literal(names), wells=sql.SQL(", ").join(firsts or [sql.NULL])
        ),
    )


def others_lack(conn: Connection, rules: Sequence[Rule], ids: Sequence[int]) -> bool:
    """Whether the facts of some wells change what is unrecorded of their counties, so that the
    other wells there have to be asked too: a fact now known that nobody had, one whose witness has
    lost it, or a county that nobody has looked at.
    """
    names = engine.of_counties(rules)
    known: list[sql.Composable] = [
        sql.SQL("x.{} is not null").format(sql.Identifier(n)) for n in names
    ]
    statement = script("others_lack").format(
        known=sql.SQL(", ").join(known or [sql.SQL("false")]), ids=sql.Literal(list(ids))
    )
    cursor = conn.connection.cursor()
    cursor.execute(statement.as_string())
    (found,) = cursor.fetchone() or (True,)
    cursor.close()
    return bool(found)


def same_facts(conn: Connection, rules: Sequence[Rule]) -> bool:
    """Whether what was kept tells of all facts that these rules read of counties, and no others."""
    kept = conn.execute(text("select facts from gis.recorded limit 1")).scalar()
    return bool(kept == engine.of_counties(rules))


def counts(conn: Connection) -> list[dict[str, Any]]:
    """Facts that no well of a county has: (area_code, fact, wells), of the wells of `counties`."""
    rows = conn.execute(text(script("unrecorded_counts").as_string())).mappings()
    return [dict(row) for row in rows]
