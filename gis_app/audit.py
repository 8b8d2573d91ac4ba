"""The journey of an audit: take the law of a day, answer for every well, keep the ledger."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine

from gis_app.errors import BadInput, NotFound
from gis_app.law import Answer, Rule, Verdict
from gis_app.registry import Registry
from gis_app.rights import Caller, Right
from gis_app.rules import engine as rule_engine
from gis_app.rules.answers import law_hash
from gis_app.rules.engine import looked_at
from gis_app.rules.subjects import SUBJECTS
from gis_app.store import audits, facts, ledger, standing, unrecorded, wells
from gis_app.store.engine import Actor, auditing, reading, turn_day
from gis_app.store.facts import Asked


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
    unrecorded: Sequence[str]


@dataclass
class Tally:
    """What a run did, over all kinds of subject."""

    opened: int = 0
    continued: int = 0
    closed: Counter[str] = field(default_factory=Counter)
    findings: list[dict[str, Any]] = field(default_factory=list)

    def add(
        self, subject: str, changed: audits.Reconciled, found: Sequence[Mapping[str, Any]]
    ) -> None:
        """Add what was done for one kind of subject."""
        self.opened += changed.opened
        self.continued += changed.continued
        self.closed.update(changed.closed)
        self.findings += [{"subject": subject, **row} for row in found]

    def counts(self) -> dict[str, Any]:
        """The counts as kept with the run."""
        closed = dict(sorted(self.closed.items()))
        told = {"opened": self.opened, "continued": self.continued, "closed": closed}
        return {**told, "findings": self.findings}


def run(
    engine: Engine,
    registry: Registry,
    scope: Scope,
    *,
    actor: Actor,
    well_ids: Sequence[int] | None = None,
) -> Run:
    """Audit everything in scope (or only some wells) and reconcile the ledger.

    Running again without a change opens and closes nothing. `findings` reads what was found. Raises
    `Forbidden` for a caller who may not audit the whole area.
    """
    if isinstance(actor, Caller):
        actor.require(Right.AUDIT, scope.area)
    with reading(engine) as conn:
        turn_day(conn)
    with auditing(engine, actor) as conn:
        on = scope.on or facts.legal_day(conn)
        rules = registry.rules_on(on, scope.instruments)
        instruments = scope.instruments or tuple(registry.instruments)
        book = audits.ledger_for(conn, on, anywhere=scope.anywhere)
        law = law_hash(rules, audits.parameters_held(conn, rules, on))
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
        everything = well_ids is None and scope == Scope(scope.on, anywhere=scope.anywhere)
        shown = book == ledger.shown(conn)
        of_wells = [rule for rule in rules if "well" in rule.subjects]
        since = standing.last(conn, run_id, of_wells) if everything and shown else None
        tally = Tally()
        for subject in SUBJECTS if well_ids is None else ("well",):
            spoken = [rule for rule in rules if subject in rule.subjects]
            asked = Asked(on, subject, scope.area, well_ids)
            if subject == "well":
                asked, since = _ask_wells(conn, spoken, asked, since, anywhere=scope.anywhere)
            else:
                audits.answer(conn, spoken, asked, anywhere=scope.anywhere)
                facts.keep_depths(conn, asked)
            entry = audits.Entry(run_id, book, asked, instruments)
            changed = audits.reconcile(conn, spoken, entry)
            if subject == "well":
                if shown:
                    audits.flag_wells(conn, entry, of_ledger=bool(scope.instruments))
                flags, counted, changed = _counted(conn, since, changed)
                tally.add(subject, changed, counted)
                looked = looked_at(spoken, anywhere=scope.anywhere)
                gaps = audits.not_assessed(conn, looked, on)
                blanks = unrecorded.counts(conn)
                if everything and shown:
                    standing.keep(conn, run_id, None if since else spoken)
                else:
                    standing.interrupt(conn, run_id)
            else:
                tally.add(subject, changed, audits.count_decided(conn))
        if scope.area and not flags:
            raise NotFound(
                f"没有行政区划代码以 {scope.area} 开头的井，无从审计。",
                f"There is no well whose area code begins with {scope.area}.",
            )
        counts = {
            "wells": sum(flags.values()),
            "wells_by_flag": flags,
            **tally.counts(),
            "unrecorded": blanks,
        }
        audits.finish(conn, run_id, counts, gaps)
    return Run(run_id, on, book, law, scope, counts, gaps)


def _ask_wells(
    conn: Connection,
    rules: Sequence[Rule],
    asked: Asked,
    since: standing.Last | None,
    *,
    anywhere: bool,
) -> tuple[Asked, standing.Last | None]:
    """Answer for the wells asked, or only those touched since; who was asked, since when."""
    if since is not None:
        touched = replace(asked, ids=since.well_ids)
        audits.answer(conn, rules, touched, anywhere=anywhere)
        if not standing.others_too(conn, rules, since):
            standing.count_counties(conn)
            return touched, since
    audits.answer(conn, rules, asked, anywhere=anywhere)
    return asked, None


def _counted(
    conn: Connection, since: standing.Last | None, changed: audits.Reconciled
) -> tuple[dict[str, int], Sequence[Mapping[str, Any]], audits.Reconciled]:
    """Wells by flag, findings by rule, and what was done to them, over all wells in scope."""
    if since is None:
        return audits.count_wells(conn), audits.count_decided(conn), changed
    found = standing.count_found(conn, since)
    continued = sum(row["subjects"] for row in found) - changed.opened
    return standing.count_wells(conn), found, replace(changed, continued=continued)


def findings(engine: Engine, done: Run) -> list[dict[str, Any]]:
    """The open findings of a run's ledger within its scope (rows of `store.ledger.findings`)."""
    with reading(engine) as conn:
        return ledger.findings(conn, which(done))


def which(done: Run) -> ledger.Which:
    """Which findings are a run's: the open ones of its ledger within its scope."""
    return ledger.Which(
        ledger=done.ledger, instruments=done.scope.instruments, area=done.scope.area
    )


def explain(
    engine: Engine, registry: Registry, well_code: str, on: date | None = None
) -> Explanation:
    """What the law of a day says of one well, computed now; nothing is written."""
    with reading(engine) as conn:
        turn_day(conn)
        well = wells.by_code(conn, well_code)
        day = on or facts.legal_day(conn)
        rules = registry.rules_on(day, subject="well")
        audits.answer(conn, rules, Asked(day, ids=[well["well_id"]]))
        found = [{"subject": "well", **row} for row in audits.decided(conn, rules)]
        looked = looked_at(rules, within=audits.area_of(conn))
        gaps = {str(row["layer"]) for row in audits.not_assessed(conn, looked, day)}
        blanks = [str(row["fact"]) for row in unrecorded.counts(conn)]
        near = touching(conn, well["well_id"], registry, day)
    met = {row["layer"] for row in near}
    asked = sorted({layer for layer, _ in looked})
    clear = [layer for layer in asked if layer not in met and layer not in gaps]
    found.sort(key=lambda f: _gravity(f["answer"], f["verdict"]))
    return Explanation(dict(well), day, found, near, clear, sorted(gaps - met), blanks)


def touching(conn: Connection, well_id: int, registry: Registry, on: date) -> list[dict[str, Any]]:
    """Every zone in force on a day that a well's disc of uncertainty touches, deepest first."""
    facts.incidence(conn, list(registry.layers), Asked(on, ids=[well_id]))
    return [dict(row) for row in wells.zones_touched(conn)]


def layers_read(rules: Sequence[Rule]) -> list[str]:
    """The layers that these rules look at, sorted."""
    return sorted({ask.layer for ask in rule_engine.asks_of(rules)})


def _gravity(answer: str, verdict: str) -> tuple[int, int]:
    return list(Answer).index(Answer(answer)), list(Verdict).index(Verdict(verdict))
