"""The journey of an audit: take the law of a day, answer for every well, keep the ledger."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine

from gis_app.errors import BadInput, NotFound
from gis_app.law import Answer, Rule, Verdict
from gis_app.registry import Registry
from gis_app.rules import engine as rule_engine
from gis_app.store import audits, facts, ledger, wells
from gis_app.store.engine import auditing, reading, turn_day


@dataclass(frozen=True)
class Scope:
    """What an audit asks: a day (None: today), an area (adcode prefix), instruments (none: all).

    `anywhere` applies instruments beyond their own area.
    """

    on: date | None = None
    area: str = ""
    instruments: tuple[str, ...] = ()
    anywhere: bool = False

    def __post_init__(self) -> None:
        if self.area and not re.fullmatch(r"[0-9]{2,12}", self.area):
            raise BadInput(
                f"行政区划代码应为数字，如 1403 或 140302，不是“{self.area}”。",
                f"An area code is digits, like 1403 or 140302, not {self.area!r}.",
            )


@dataclass(frozen=True)
class Run:
    """An audit that was done: its id, ledger, law, scope and counts."""

    run_id: int
    on: date
    ledger: str
    law_hash: str
    scope: Scope
    counts: Mapping[str, Any]
    not_assessed: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Explanation:
    """Everything the law of a day says of one well, and on what ground it stands."""

    well: Mapping[str, Any]
    on: date
    findings: Sequence[Mapping[str, Any]]
    zones: Sequence[Mapping[str, Any]]
    not_concerned: Sequence[str]
    not_assessed: Sequence[str]


def run(
    engine: Engine,
    registry: Registry,
    scope: Scope,
    *,
    actor: str,
    well_ids: Sequence[int] | None = None,
) -> Run:
    """Audit every well in scope (or only some wells) and reconcile the ledger.

    Running again without a change opens and closes nothing. `findings` reads what was found.
    """
    with reading(engine) as conn:
        turn_day(conn)
    with auditing(engine, actor) as conn:
        on = scope.on or facts.legal_day(conn)
        rules = registry.rules_on(on, scope.instruments)
        instruments = scope.instruments or tuple(registry.instruments)
        book = audits.ledger_for(conn, on, anywhere=scope.anywhere)
        law = rule_engine.law_hash(rules, audits.parameters_held(conn, rules, on))
        run_id = audits.begin(
            conn,
            {
                "on": on,
                "area": scope.area,
                "instruments": list(instruments),
                "anywhere": scope.anywhere,
                "ledger": book,
                "law_hash": law,
            },
        )
        audits.answer(conn, rules, on, anywhere=scope.anywhere, area=scope.area, well_ids=well_ids)
        entry = audits.Entry(run_id, book, on, instruments, scope.area, well_ids)
        changed = audits.reconcile(conn, rules, entry)
        if book == ledger.shown(conn):
            audits.flag_wells(conn, book)
        flags = audits.count_wells(conn)
        if scope.area and not flags:
            raise NotFound(
                f"没有行政区划代码以 {scope.area} 开头的井，无从审计。",
                f"There is no well whose area code begins with {scope.area}.",
            )
        counts = {
            "wells": sum(flags.values()),
            "wells_by_flag": flags,
            "opened": changed.opened,
            "continued": changed.continued,
            "closed": dict(changed.closed),
            "findings": audits.count_decided(conn),
        }
        gaps = audits.not_assessed(conn, layers_read(rules), on)
        audits.finish(conn, run_id, counts, gaps)
    return Run(run_id, on, book, law, scope, counts, gaps)


def findings(engine: Engine, done: Run) -> list[dict[str, Any]]:
    """The open findings of a run's ledger within its scope (rows of `store.ledger.findings`)."""
    which = ledger.Which(
        ledger=done.ledger, instruments=done.scope.instruments, area=done.scope.area
    )
    with reading(engine) as conn:
        return ledger.findings(conn, which)


def explain(
    engine: Engine, registry: Registry, well_code: str, on: date | None = None
) -> Explanation:
    """What the law of a day says of one well, computed now; nothing is written."""
    with reading(engine) as conn:
        turn_day(conn)
        well = wells.by_code(conn, well_code)
        day = on or facts.legal_day(conn)
        rules = registry.rules_on(day)
        audits.answer(conn, rules, day, well_ids=[well["well_id"]])
        found = audits.decided(conn, rules)
        near = touching(conn, well["well_id"], registry, day)
        asked = layers_read(rules)
        gaps = {str(row["layer"]) for row in audits.not_assessed(conn, asked, day)}
    met = {row["layer"] for row in near}
    clear = [layer for layer in asked if layer not in met and layer not in gaps]
    found.sort(key=lambda f: _gravity(f["answer"], f["verdict"]))
    return Explanation(dict(well), day, found, near, clear, sorted(gaps - met))


def touching(conn: Connection, well_id: int, registry: Registry, on: date) -> list[dict[str, Any]]:
    """Every zone in force on a day that a well's disc of uncertainty touches, deepest first."""
    facts.incidence(conn, list(registry.layers), on, [well_id])
    return [dict(row) for row in wells.zones_touched(conn)]


def layers_read(rules: Sequence[Rule]) -> list[str]:
    """The layers that these rules look at, sorted."""
    return sorted({ask.layer for ask in rule_engine.asks_of(rules)})


def _gravity(answer: str, verdict: str) -> tuple[int, int]:
    return list(Answer).index(Answer(answer)), list(Verdict).index(Verdict(verdict))
