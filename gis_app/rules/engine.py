"""From rules to one set-based statement, three-valued from end to end.

A rule's answer for a subject (a well, an application, a site …):

* the condition is false                                   → no finding
* an exemption is true                                     → exempt
* the condition is true, exemptions and questions false    → applies
* anything else                                            → indeterminate
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import ModuleType

import ibis
from ibis.expr.types import BooleanValue, Table

from gis_app.law import (
    Answer,
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
from gis_app.rules.facts import Ask, Facts, Recorder, facts_table

_RULE = "__rule__"


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
    orders: Words | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Callable[[Condition], Condition]:
    """Mark a function as a rule; the first line of its docstring is the rule's Chinese title."""

    def mark(condition: Condition) -> Condition:
        made = Rule(
            id=rule_id,
            instrument=instrument,
            clause=clause,
            quote=quote,
            zh=(condition.__doc__ or "").strip().split("\n")[0].rstrip("。"),
            en=en,
            condition=condition,
            verdicts=((verdict, None),) if isinstance(verdict, Verdict) else verdict,
            subjects=tuple(subjects),
            exemptions=tuple(exemptions),
            questions=tuple(questions),
            orders=orders,
            since=since,
            until=until,
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
    `parameters` the delegated numbers.
    """

    inputs: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]
    asks: tuple[Ask, ...]
    parameters: tuple[Parameter, ...]


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
    return Reads(tuple(inputs), tuple(parts), tuple(whole.asks), tuple(whole.parameters))


def _ways_out(rule: Rule) -> list[Condition]:
    return [*(e.when for e in rule.exemptions), *(q.when for q in rule.questions)]


def asks_of(rules: Iterable[Rule]) -> list[Ask]:
    """Every question of place that these rules ask, sorted."""
    asks = {ask for each in rules for ask in reads(each).asks}
    return sorted(asks, key=lambda ask: ask.column)


def parameters_of(rules: Iterable[Rule]) -> list[Parameter]:
    """Every delegated number that these rules read, by name."""
    found = {p.name: p for each in rules for p in reads(each).parameters}
    return [found[name] for name in sorted(found)]


def columns_of(rules: Iterable[Rule]) -> list[str]:
    """Every facts column that these rules read, and where the subject is, sorted."""
    return sorted({"area_code", *(name for each in rules for name in reads(each).inputs)})


def binds(facts: Facts, instrument: Instrument, *, anywhere: bool = False) -> BooleanValue | None:
    """Whether the instrument's area holds the well; None where it binds everywhere."""
    if anywhere or not instrument.area:
        return None
    bound: BooleanValue = facts.area_code.startswith(instrument.area)
    return bound


def condition(rule: Rule, facts: Facts, *, anywhere: bool = False) -> BooleanValue:
    """The rule's condition where its instrument binds."""
    place = binds(facts, rule.instrument, anywhere=anywhere)
    holds = rule.condition(facts)
    return holds if place is None else place & holds


def parts(rule: Rule, on: date, *, anywhere: bool = False, gaps: bool = False) -> Table:
    """What a rule asks of `facts`, as columns: everything its answer is made of.

    subject_id; holds (the condition where the instrument binds), x0… (exemptions), q0… (questions),
    v0… (conditions of the ladder of verdicts); and the facts whose blanks may leave it unknown.
    """
    table = facts_table([*columns_of([rule]), *(["gaps"] if gaps else [])])
    facts = Facts(table, on)
    named = {"subject_id": table.subject_id, "holds": condition(rule, facts, anywhere=anywhere)}
    named |= {f"x{n}": each.when(facts) for n, each in enumerate(rule.exemptions)}
    named |= {f"q{n}": each.when(facts) for n, each in enumerate(rule.questions)}
    ladder = [when for _, when in rule.verdicts if when is not None]
    named |= {f"v{n}": when(facts) for n, when in enumerate(ladder)}
    named |= {name: table[name] for name in _doubts(rule, anywhere=anywhere)}
    if gaps:
        named["gaps"] = table.gaps
    return table.select(**named)


def to_sql(
    rules: Sequence[Rule],
    on: date,
    *,
    anywhere: bool = False,
    dialect: str = "postgres",
    gaps: Mapping[str, int] | None = None,
) -> str:
    """The one statement that answers all these rules for all rows of `facts`.

    Columns: subject_id, rule, answer, verdict, exemption, missing (names, comma-separated). One
    select per rule, so that a planner may give them to several workers. `gaps` names facts that
    may be recorded for nobody in a subject's county, each with its bit in the column `gaps` of the
    facts (0: recorded nowhere); what is unknown for want of those has no row (see `_told`).
    """
    branches = (
        answer_sql(
            each,
            _compiled(each, on, anywhere, dialect, bool(gaps)),
            anywhere=anywhere,
            gaps=gaps or {},
        )
        for each in rules
    )
    return "\nunion all\n".join(branches)


@lru_cache(maxsize=4096)
def _compiled(rule: Rule, on: date, anywhere: bool, dialect: str, gaps: bool = False) -> str:
    return str(ibis.to_sql(parts(rule, on, anywhere=anywhere, gaps=gaps), dialect=dialect))


def answer_sql(
    rule: Rule, parts_sql: str, *, anywhere: bool = False, gaps: Mapping[str, int] | None = None
) -> str:
    """The answers of one rule from its compiled parts: words of SQL that every engine shares."""
    exempt = [f"x{n}" for n in range(len(rule.exemptions))]
    asked = [f"q{n}" for n in range(len(rule.questions))]
    clear = " and ".join(["holds", *(f"not {name}" for name in (*exempt, *asked))])
    answers = [(name, Answer.EXEMPT.value) for name in exempt]
    exemptions = list(zip(exempt, [e.id for e in rule.exemptions], strict=True))
    ladder = [verdict.value for verdict, when in rule.verdicts if when is not None]
    verdicts = [(f"v{n}", verdict) for n, verdict in enumerate(ladder)]
    answers.append((clear, Answer.APPLIES.value))
    return (
        f"select subject_id, {_text(rule.id)} as rule,"
        f" {_case(answers, Answer.INDETERMINATE.value)} as answer,"
        f" {_case(verdicts, rule.verdict.value)} as verdict,"
        f" {_case(exemptions, None)} as exemption,"
        f" {_missing(rule, anywhere=anywhere)} as missing\n"
        f"from (\n{parts_sql}\n) parts\nwhere holds or holds is null"
        f"{_told(rule, gaps or {}, anywhere=anywhere)}"
    )


def _missing(rule: Rule, *, anywhere: bool) -> str:
    """Names of what leaves the rule unknown, each followed by a comma.

    A blank counts only where the condition, exemption or question that reads it is itself unknown:
    what could not change the answer is not asked for.
    """
    names = [
        _case([(f"({doubtful}) and {column} is null", f"{column},")], "")
        for column, doubtful in _doubts(rule, anywhere=anywhere).items()
    ]
    for n, question in enumerate(rule.questions):
        names.append(_case([(f"q{n} or q{n} is null", f"{question.id},")], ""))
    return " || ".join(names) or "''"


def _told(rule: Rule, gaps: Mapping[str, int], *, anywhere: bool) -> str:
    """A condition on a subject whose rule is unknown: whether it, not its county, is told so.

    Nothing that the condition lacks is a gap of the county; or, where it could close a well,
    something it lacks is none.
    """
    lacks = [n for n in reads(rule).parts[0] if not (anywhere and n == "area_code")]
    if not any(name in gaps for name in lacks):
        return ""
    nowhere = any(gaps.get(name) == 0 for name in lacks)
    ways = ["false" if nowhere else f"(gaps & {sum(gaps.get(n, 0) for n in lacks)}) = 0"]
    if rule.verdict.closes:
        for name in lacks:
            if not name.startswith("param__") and gaps.get(name) != 0:
                own = f" and (gaps & {gaps[name]}) = 0" if name in gaps else ""
                ways.append(f"{name} is null{own}")
    return f" and ({' or '.join(ways)})"


def _doubts(rule: Rule, *, anywhere: bool) -> dict[str, str]:
    """Each fact whose blank may leave the rule unknown, with the parts that it leaves unknown."""
    named = ["holds", *(f"x{n}" for n in range(len(rule.exemptions)))]
    named += [f"q{n}" for n in range(len(rule.questions))]
    doubts: dict[str, list[str]] = {}
    for columns, part in zip(reads(rule).parts, named, strict=True):
        for column in columns:
            if not (anywhere and column == "area_code"):
                doubts.setdefault(column, []).append(f"{part} is null")
    return {column: " or ".join(unknown) for column, unknown in doubts.items()}


def _case(cases: Sequence[tuple[str, str]], otherwise: str | None) -> str:
    rest = "cast(null as varchar)" if otherwise is None else _text(otherwise)
    whens = " ".join(f"when {when} then {_text(then)}" for when, then in cases)
    return f"case {whens} else {rest} end" if cases else rest


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


@lru_cache(maxsize=1024)
def condition_sql(rule: Rule) -> str:
    """The compiled parts alone: what tests read and the law hash is made of."""
    return _compiled(rule, rule.instrument.since, False, "postgres")


def law_hash(rules: Iterable[Rule], values: Iterable[object] = ()) -> str:
    """SHA-256 of the law that a run used: texts, dates, compiled conditions, parameter values."""
    digest = hashlib.sha256()
    for value in values:
        digest.update(repr(value).encode())
    for each in sorted(rules, key=lambda r: r.id):
        digest.update(repr((each.id, each.clause, each.quote, each.instrument)).encode())
        digest.update(condition_sql(each).encode())
    return digest.hexdigest()
