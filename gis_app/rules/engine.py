"""From rules to one set-based statement, three-valued from end to end.

A rule's answer for a subject (a well, an application, a site …):

* the condition is false                                   → no finding
* an exemption is true                                     → exempt
* the condition is true, exemptions and questions false    → applies
* anything else                                            → indeterminate
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import ModuleType

from ibis.expr.types import BooleanValue, Table

from gis_app.law import (
    Chosen,
    Condition,
    Exemption,
    Instrument,
    Known,
    Parameter,
    Question,
    Rule,
    Verdict,
    Words,
)
from gis_app.rules import blanks
from gis_app.rules.columns import COLUMNS, CORE
from gis_app.rules.facts import Ask, Facts, Recorder, facts_table

_RULE = "__rule__"
DISTRICT = "district"  # the layer that says where the instruments of an area bind


def rule(  # noqa: PLR0913  (a rule is all of these)
    rule_id: str,
    instrument: Instrument,
    clause: str,
    quote: str,
    verdict: Verdict | tuple[tuple[Verdict, Condition | None], ...],
    *,
    en: str,
    subjects: Sequence[str] = ("well",),
    exemptions: Sequence[Exemption] = (),
    questions: Sequence[Question] = (),
    orders: Words | Mapping[Verdict, Words] | None = None,
    gap: Words | None = None,
    since: date | None = None,
    until: date | None = None,
    rests_on: Chosen | None = None,
) -> Callable[[Condition], Condition]:
    """Mark a function as a rule; the first line of its docstring is the rule's Chinese title.

    `orders`: words for all its verdicts, or for those named.
    """
    ladder = ((verdict, None),) if isinstance(verdict, Verdict) else verdict
    words = dict.fromkeys((v for v, _ in ladder), orders) if isinstance(orders, Words) else orders

    def mark(condition: Condition) -> Condition:
        made = Rule(
            id=rule_id,
            instrument=instrument,
            clause=clause,
            quote=quote,
            zh=(condition.__doc__ or "").strip().split("\n")[0].rstrip("。"),
            en=en,
            condition=condition,
            verdicts=ladder,
            subjects=tuple(subjects),
            exemptions=tuple(exemptions),
            questions=tuple(questions),
            orders=tuple((words or {}).items()),
            gap=gap,
            since=since,
            until=until,
            rests_on=rests_on,
        )
        setattr(condition, _RULE, made)
        return condition

    return mark


def rules_of(module: ModuleType) -> list[Rule]:
    """The rules of a document's module, in the order they stand in it."""
    own = (f for f in vars(module).values() if getattr(f, "__module__", "") == module.__name__)
    return [getattr(f, _RULE) for f in own if hasattr(f, _RULE)]


def known_of(module: ModuleType) -> list[Known]:
    """The rules that a document's module knows of and cannot cite."""
    return [each for each in vars(module).values() if isinstance(each, Known)]


@dataclass(frozen=True)
class Reads:
    """What a rule reads, in the order it reads it.

    `inputs` are all facts columns; `parts` the columns whose blank can make the condition, each
    exemption and each question unknown (in this order); `asks` the questions of place;
    `parameters` the delegated numbers; `of_day` whether the asked day is among them.
    """

    inputs: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]
    asks: tuple[Ask, ...]
    parameters: tuple[Parameter, ...]
    of_day: bool


@lru_cache(maxsize=1024)
def reads(rule: Rule) -> Reads:
    """What a rule's condition, exemptions, questions and verdict ladder read."""
    whole = Recorder()
    parts = []
    for part in (rule.condition, *_ways_out(rule)):
        alone = Recorder()
        if part is rule.condition and rule.instrument.area:
            alone.area_code  # noqa: B018  (binding reads where the well is)
        part(alone)
        parts.append(tuple(alone.columns))
        whole.also(alone)
    for _, when in rule.verdicts:
        if when is not None:
            when(whole)
    inputs = dict.fromkeys([*whole.columns, *whole.claims])
    asks, parameters = tuple(whole.asks), tuple(whole.parameters)
    return Reads(tuple(inputs), tuple(parts), asks, parameters, whole.of_day)


@lru_cache(maxsize=1024)
def read_by(part: Condition) -> tuple[str, ...]:
    """The facts columns that one condition reads, in the order it reads them."""
    alone = Recorder()
    part(alone)
    return tuple(dict.fromkeys([*alone.columns, *alone.claims]))


def _ways_out(rule: Rule) -> list[Condition]:
    return [*(e.when for e in rule.exemptions), *(q.when for q in rule.questions)]


def asks_of(rules: Iterable[Rule]) -> list[Ask]:
    """Every question of place that these rules ask, sorted."""
    asks = {ask for each in rules for ask in reads(each).asks}
    return sorted(asks, key=lambda ask: ask.column)


def of_layers(rules: Sequence[Rule], layers: Collection[str]) -> list[Rule]:
    """The rules that zones of some layers may have answer otherwise."""
    if DISTRICT in layers:
        return list(rules)
    return [each for each in rules if any(ask.layer in layers for ask in reads(each).asks)]


def parameters_of(rules: Iterable[Rule]) -> list[Parameter]:
    """Every delegated number that these rules read, by name."""
    found = {p.name: p for each in rules for p in reads(each).parameters}
    return [found[name] for name in sorted(found)]


def columns_of(rules: Iterable[Rule]) -> list[str]:
    """Every facts column that these rules read, and where the subject is; what most of them read
    first: a row is read up to the last column that is asked for.
    """
    readers = Counter(name for each in rules for name in {"area_code", *reads(each).inputs})
    return sorted({"area_code", *readers}, key=lambda name: (-readers[name], name))


def binds(facts: Facts, instrument: Instrument, *, anywhere: bool = False) -> BooleanValue | None:
    """Whether the instrument's area holds the well; None where it binds everywhere."""
    if anywhere or not instrument.area:
        return None
    bound: BooleanValue = facts.area_code.startswith(instrument.area)
    return bound


def binding_in(rules: Iterable[Rule], places: Collection[str | None]) -> list[Rule]:
    """Those rules that bind in any of these places (area codes); in one that is unknown any may."""
    return [
        rule
        for rule in rules
        if any(place is None or place.startswith(rule.instrument.area) for place in places)
    ]


def condition(rule: Rule, facts: Facts, *, anywhere: bool = False) -> BooleanValue:
    """The rule's condition where its instrument binds."""
    place = binds(facts, rule.instrument, anywhere=anywhere)
    holds = rule.condition(facts)
    return holds if place is None else place & holds


def parts(
    rule: Rule, on: date, *, anywhere: bool = False, gaps: bool = False, inputs: bool = False
) -> Table:
    """What a rule asks of `facts`, as columns: everything its answer is made of.

    subject_id; holds (the condition where the instrument binds), x0… (exemptions), q0… (questions),
    n0… (what of these has to be looked at to tell which blanks count), v0… (conditions of the
    ladder of verdicts); and the facts whose blanks may leave it unknown, or all its `inputs`.
    """
    table = facts_table([*columns_of([rule]), *(["gaps"] if gaps else [])])
    facts = Facts(table, on)
    asked = _asked(rule, facts, anywhere=anywhere)
    nodes = blanks.nodes_of(asked)
    within = {name: nodes[n] for name, n in _blanks(rule, anywhere).nodes.items()}
    ladder = [when for _, when in rule.verdicts if when is not None]
    named = {"subject_id": table.subject_id, **asked, **within}
    named |= {f"v{n}": when(facts) for n, when in enumerate(ladder)}
    shown = reads(rule).inputs if inputs else doubts(rule, anywhere=anywhere)
    named |= {name: table[name] for name in shown}
    if gaps:
        named["gaps"] = table.gaps
    return table.select(**named)


def _asked(rule: Rule, facts: Facts, *, anywhere: bool) -> dict[str, BooleanValue]:
    named = {"holds": condition(rule, facts, anywhere=anywhere)}
    named |= {f"x{n}": each.when(facts) for n, each in enumerate(rule.exemptions)}
    return named | {f"q{n}": each.when(facts) for n, each in enumerate(rule.questions)}


@lru_cache(maxsize=1024)
def doubts(rule: Rule, *, anywhere: bool) -> dict[str, str]:
    """Each fact whose blank may leave the rule unknown, with where it does (see `blanks`)."""
    ways = _blanks(rule, anywhere).ways
    read = dict.fromkeys(name for part in reads(rule).parts for name in part)
    told = {name: sorted(map(_all_unknown, ways[name])) for name in read if name in ways}
    return {name: " or ".join(unknown) for name, unknown in told.items()}


@lru_cache(maxsize=1024)
def _blanks(rule: Rule, anywhere: bool) -> blanks.Blanks:
    facts = Facts(facts_table(columns_of([rule])), rule.instrument.since)
    return blanks.found_in(_asked(rule, facts, anywhere=anywhere))


def _all_unknown(names: blanks.Way) -> str:
    return " and ".join(f"{name} is null" for name in sorted(names))


def looked_at(
    rules: Sequence[Rule], *, anywhere: bool = False, within: str | None = None
) -> list[tuple[str, str]]:
    """Which layers are looked at in which areas (adcode prefix); `within` one: by what binds it."""
    return sorted(
        {
            (ask.layer, "" if anywhere else rule.instrument.area)
            for rule in rules
            if within is None or within.startswith(rule.instrument.area)
            for ask in reads(rule).asks
        }
    )


def of_counties(rules: Iterable[Rule]) -> list[str]:
    """The facts that a whole county may lack: those that rules read, but for the core."""
    return sorted(name for name in columns_of(rules) if name in COLUMNS and name not in CORE)
