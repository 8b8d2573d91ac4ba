"""The journey of an audit: take the law of a day, answer for every well, keep the ledger."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine

from gis_app.areas import area_code
from gis_app.errors import NotFound
from gis_app.law import Answer, Rule, Verdict
from gis_app.registry import Registry
from gis_app.rights import Caller, Right
from gis_app.rules import engine as rule_engine
from gis_app.rules.answers import law_hash, law_of_each
from gis_app.rules.engine import looked_at
from gis_app.rules.subjects import SUBJECTS
from gis_app.store import audits, facts, flags, ledger, standing, unrecorded, wells
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
        area_code(self.area, blank=True)


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
    closed: Counter[str] = field(default_factory=Counter)
    findings: list[dict[str, Any]] = field(default_factory=list)

    def move(self, changed: audits.Reconciled) -> None:
        """Add what was opened and closed."""
        self.opened += changed.opened
        self.closed.update(changed.closed)

    def stand(self, subject: str, found: Sequence[Mapping[str, Any]]) -> None:
        """Add what stands of one kind of subject."""
        self.findings += [{"subject": subject, **row} for row in found]

    def counts(self) -> dict[str, Any]:
        """The counts as kept with the run."""
        continued = sum(row["subjects"] for row in self.findings) - self.opened
        closed = dict(sorted(self.closed.items()))
        told = {"opened": self.opened, "continued": continued, "closed": closed}
        return {**told, "findings": self.findings}


def run(engine: Engine, registry: Registry, scope: Scope, *, actor: Actor) -> Run:
    """Audit everything in scope and reconcile the ledger.

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
        book = audits.ledger_for(conn, on, anywhere=scope.anywhere)
        numbers = audits.parameters_held(conn, rules, on)
        law = law_hash(rules, numbers)
        run_id = audits.begin(
            conn,
            {
                "on": on,
                "area": scope.area,
                "instruments": list(scope.instruments or registry.instruments),
                "anywhere": scope.anywhere,
                "ledger": book,
                "law_hash": law,
            },
        )
        named = scope.instruments or None
        entry = audits.Entry(run_id, book, Asked(on, area=scope.area), named)
        each = law_of_each(rules, numbers)
        counts, gaps = _Work(conn, scope, rules, each, entry, book == ledger.shown(conn)).done()
        audits.finish(conn, run_id, counts, gaps)
    return Run(run_id, on, book, law, scope, counts, gaps)


@dataclass(frozen=True)
class _Work:
    """One audit at work, in one snapshot; `shown`: it writes the ledger that maps show.

    `law`: the hash of each rule. `turned`: wells by flag, how many more (fewer) than before.
    """

    conn: Connection
    scope: Scope
    rules: Sequence[Rule]
    law: Mapping[str, str]
    entry: audits.Entry
    shown: bool
    tally: Tally = field(default_factory=Tally)
    turned: Counter[str] = field(default_factory=Counter)

    def done(self) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """What was counted, and the layers without data; the ledger says what holds."""
        conn, run_id, rules = self.conn, self.entry.run_id, self._speaking_of("well")
        everything = self.shown and self.scope == Scope(self.scope.on, anywhere=self.scope.anywhere)
        since = standing.last(conn, run_id, rules, self.law) if everything else None
        if since is None or not self._settle_since(rules, since):
            since = None
            self._ask(rules, self.entry.asked)
        flagged = standing.count_wells(conn, since, self.turned) if since else flags.count(conn)
        if self.scope.area and not flagged:
            raise NotFound(
                f"没有行政区划代码以 {self.scope.area} 开头的井，无从审计。",
                f"There is no well whose area code begins with {self.scope.area}.",
            )
        if since is None:
            self.tally.stand("well", audits.count_decided(conn))
        looked = looked_at(rules, anywhere=self.scope.anywhere)
        gaps = audits.not_assessed(conn, looked, self.entry.asked.on)
        told = {"wells_by_flag": flagged, "unrecorded": unrecorded.counts(conn)}
        if everything:
            standing.keep(conn, run_id, self.law, None if since else rules)
        else:
            of_all_law = self.shown and not self.scope.instruments
            standing.beside(conn, run_id, self.law, self.scope.area, of_all_law=of_all_law)
        for subject in SUBJECTS:
            if subject != "well":
                self._others(subject, since)
        if since is None:
            facts.forget_depths(conn)
        else:
            self.tally.findings += standing.count_found(conn, since)
        return {"wells": sum(flagged.values()), **told, **self.tally.counts()}, gaps

    def _settle_since(self, rules: Sequence[Rule], since: standing.Last) -> bool:
        """Settle the wells that may differ since; False: all are to be asked after all."""
        if since.well_ids:
            asked = replace(self.entry.asked, ids=since.well_ids)
            self._answer(rules, asked)
            if standing.others_too(self.conn, rules, since):
                return False
            self._settle(rules, asked)
        looking = rule_engine.of_layers(rules, since.layers)
        if since.by_zones and looking:
            asked = replace(self.entry.asked, ids=since.by_zones)
            self._ask(looking, asked, {rule.id for rule in looking})
        if since.other_law:
            others = [rule for rule in rules if rule.id in since.other_law]
            self._ask(others, replace(self.entry.asked, recalling=True), since.other_law)
        standing.recall_counties(self.conn)
        return True

    def _others(self, subject: str, since: standing.Last | None) -> None:
        """Answer for subjects of another kind than wells, where something may have changed."""
        rules, asked = self._speaking_of(subject), replace(self.entry.asked, subject=subject)
        some = standing.concerned(subject, rules, since) if since else rules
        if some or since is None:
            self._ask(some, asked, None if some == rules else {rule.id for rule in some})
            facts.keep_depths(self.conn, asked)
        if since is None:
            self.tally.stand(subject, audits.count_decided(self.conn))

    def _speaking_of(self, subject: str) -> list[Rule]:
        return [rule for rule in self.rules if subject in rule.subjects]

    def _ask(
        self, rules: Sequence[Rule], asked: Asked, only: Collection[str] | None = None
    ) -> None:
        """Answer, and make the ledger say so; `only`: of these rules."""
        self._answer(rules, asked)
        self._settle(rules, asked, only)

    def _answer(self, rules: Sequence[Rule], asked: Asked) -> None:
        audits.answer(self.conn, rules, asked, anywhere=self.scope.anywhere)

    def _settle(
        self, rules: Sequence[Rule], asked: Asked, only: Collection[str] | None = None
    ) -> None:
        in_force = {rule.instrument.id for rule in self._speaking_of(asked.subject)}
        entry = replace(self.entry, asked=asked, in_force=sorted(in_force), only=only)
        self.tally.move(audits.reconcile(self.conn, rules, entry))
        if self.shown and asked.subject == "well":
            partly = bool(self.scope.instruments)
            self.turned.update(flags.settle(self.conn, entry, of_ledger=partly))


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
    """What the law of a day says of one well, computed now; nothing is written.

    Raises `NotFound` for no such well, also for one that was not drilled yet.
    """
    with reading(engine) as conn:
        turn_day(conn)
        well = wells.by_code(conn, well_code)
        day = on or facts.legal_day(conn)
        wells.require_drilled(conn, well, day)
        rules = registry.rules_on(day, subject="well")
        audits.answer(conn, rules, Asked(day, ids=[well["well_id"]]))
        found = [{"subject": "well", **row} for row in audits.explained(conn, rules, day)]
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


def _gravity(answer: str, verdict: str) -> tuple[int, int]:
    return list(Answer).index(Answer(answer)), list(Verdict).index(Verdict(verdict))
