"""On what two audits differ, and why: set-based, in temporary tables of one transaction."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from psycopg import sql
from sqlalchemy import Connection, column, select, table, text

from gis_app.law import Rule
from gis_app.store import audits, cursors, facts
from gis_app.store.facts import Asked
from gis_app.store.statements import answers, run, script

ROWS = 5000
# what is kept of a finding, for each of the two audits
_KEPT = (
    "answer", "verdict", "exemption", "layer", "zone_id", "zone_version", "zone_name", "edge_m",
    "tolerance_m", "joint", "missing", "inputs", "geom",
)  # fmt: skip
SIDES = ("one", "other")


@dataclass(frozen=True)
class Side:
    """An audit that is compared: its id, ledger, day, when it was done, and the law it took."""

    run_id: int
    ledger: str
    on: date
    at: datetime
    rules: Sequence[Rule]


@dataclass(frozen=True)
class Pair:
    """Two audits and what both asked: an area (adcode prefix) and instruments."""

    one: Side
    other: Side
    area: str
    instruments: Sequence[str]

    def named(self) -> dict[str, sql.Composable]:
        """What the statements ask for."""
        told: dict[str, sql.Composable] = {
            "area": sql.Literal(self.area),
            "instruments": sql.Literal(list(self.instruments)),
        }
        for name, side in zip(SIDES, (self.one, self.other), strict=True):
            told |= {
                name: sql.Literal(side.run_id),
                f"{name}_ledger": sql.Literal(side.ledger),
                f"{name}_day": sql.Literal(side.on),
                f"{name}_rules": sql.Literal([rule.id for rule in side.rules]),
            }
        return told


def continued(conn: Connection, pair: Pair) -> int:
    """How many findings both have."""
    given: dict[str, Any] = {"area": pair.area, "instruments": list(pair.instruments)}
    given |= {"one": pair.one.run_id, "other": pair.other.run_id}
    given |= {"one_ledger": pair.one.ledger, "other_ledger": pair.other.ledger}
    return int(answers(conn, "changes_counts", **given)[0]["continued"])


def find(conn: Connection, pair: Pair) -> None:
    """Make `changes` and `why` for a pair."""
    conn.execute(text("drop table if exists changes, why"))
    named = pair.named()
    own = sql.SQL("a.finding_id as one_finding, b.finding_id as other_finding")
    kept: list[sql.Composable] = [own]
    kept += [
        sql.SQL("{} as {}").format(sql.Identifier(alias, each), sql.Identifier(f"{side}_{each}"))
        for side, alias in zip(SIDES, "ab", strict=True)
        for each in _KEPT
    ]
    run(conn, script("changes").format(columns=sql.SQL(", ").join(kept), **named))
    conn.execute(text("analyze changes"))
    for name, side in zip(SIDES, (pair.one, pair.other), strict=True):
        _add_facts(conn, name, side)
    forward = pair.one.at <= pair.other.at
    first, last = sorted((pair.one.at, pair.other.at))
    named |= {"earlier": sql.Literal(first), "later": sql.Literal(last)}
    named |= {"forward": sql.Literal(forward), "amended": sql.Literal(_amended(pair))}
    run(conn, script("changes_why").format(**named))


def _add_facts(conn: Connection, name: str, side: Side) -> None:
    """What the rules of a side read on its day, of whom it has no finding."""
    statement = (
        "select subject, array_agg(distinct subject_id), array_agg(distinct rule) from changes"
        f" where {name}_finding is null group by subject"
    )
    for subject, ids, named in conn.execute(text(statement)).all():
        rules = [rule for rule in side.rules if rule.id in named and subject in rule.subjects]
        if not rules:
            continue
        facts.prepare(conn, rules, Asked(side.on, subject, ids=list(ids)))
        given = {
            "side": sql.SQL(name),
            "inputs": audits.inputs(rules, "c"),
            "subject": sql.Literal(subject),
            "rules": sql.Literal([rule.id for rule in rules]),
        }
        run(conn, script("changes_facts").format(**given))


def _amended(pair: Pair) -> list[str]:
    """The rules that are not the same on the two days: other exemptions are law."""
    before = {rule.id: rule for rule in pair.one.rules}
    return [r.id for r in pair.other.rules if r.id in before and before[r.id] != r]


def counts(conn: Connection) -> list[dict[str, Any]]:
    """Rows of `changes` by kind, rule and first cause: how many findings."""
    statement = (
        "select c.kind, c.rule, w.causes[1] as cause, count(*) as findings"
        " from changes c join why w on w.n = c.n group by 1, 2, 3 order by 1, 2, 3"
    )
    return [dict(row) for row in conn.execute(text(statement)).mappings()]


def parts(conn: Connection, rows: int = ROWS) -> Generator[Sequence[Mapping[str, Any]], None, None]:
    """The changes, some at a time, by rule and subject; `causes`, `facts`, and of each side the
    columns of a finding; `lon`, `lat` are where the subject lies (EPSG:4490).
    """
    kept = [f"{side}_{each}" for side in SIDES for each in _KEPT if each not in {"inputs", "geom"}]
    changed = table("changes", *(column(name) for name in (*_OWN, *kept)))
    why = table("why", column("n"), column("causes"), column("facts"))
    place = "st_pointonsurface(coalesce(other_geom, one_geom))"
    statement = (
        select(
            changed, why.c.causes, why.c.facts,
            text(f"st_x({place}) as lon, st_y({place}) as lat"),
        )
        .select_from(changed.join(why, why.c.n == changed.c.n))
        .order_by(changed.c.rule, changed.c.subject_code, changed.c.n)
    )  # fmt: skip
    for part in cursors.parts(conn, statement, rows):
        yield [dict(row._mapping) for row in part]


_OWN = ("n", "kind", "subject", "subject_code", "area_code", "rule", "instrument", "clause")
