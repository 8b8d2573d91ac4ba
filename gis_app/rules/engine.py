"""From rules to one set-based statement, three-valued from end to end.

A rule's answer for a subject (a well, an application, a site …):

* the condition is false                                   → no finding
* an exemption is true                                     → exempt
* the condition is true, exemptions and questions false    → applies
* anything else                                            → indeterminate
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, reduce
from operator import and_, or_
from types import ModuleType

import ibis
from ibis.expr.types import BooleanValue, StringValue, Table

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
    return sorted({ask for each in rules for ask in reads(each).asks})


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


def evaluate(rules: Sequence[Rule], on: date, *, anywhere: bool = False) -> Table:
    """Answers as a table expression over `facts`, which holds one kind of subject.

    Columns: subject_id, rule, answer, verdict, exemption, missing (names, comma-separated).
    One pass over the facts; rows where every condition is false fall away before unpivoting.
    """
    table = facts_table(columns_of(rules))
    facts = Facts(table, on)
    columns: dict[str, object] = {"subject_id": table.subject_id}
    for n, each in enumerate(rules):
        columns |= _columns(n, each, facts, anywhere=anywhere)
    wide = table.select(**columns)
    held = [_not_false(wide[f"c{n}"]) for n in range(len(rules))]
    wide = wide.filter(reduce(or_, held))
    branches = [_branch(wide, n, each) for n, each in enumerate(rules)]
    return branches[0] if len(branches) == 1 else ibis.union(*branches)


def _columns(n: int, rule: Rule, facts: Facts, *, anywhere: bool) -> dict[str, object]:
    exempt = [e.when(facts) for e in rule.exemptions]
    asked = [q.when(facts) for q in rule.questions]
    clear = reduce(and_, [~each for each in (*exempt, *asked)], ibis.literal(True))
    holds = condition(rule, facts, anywhere=anywhere)
    answers = [(each, Answer.EXEMPT.value) for each in exempt]
    return {
        f"c{n}": holds,
        f"a{n}": _cases([*answers, (holds & clear, Answer.APPLIES.value)], Answer.INDETERMINATE),
        f"e{n}": _cases(list(zip(exempt, [e.id for e in rule.exemptions], strict=True)), None),
        f"v{n}": _cases(
            [(when(facts), v.value) for v, when in rule.verdicts if when is not None], rule.verdict
        ),
        f"m{n}": _missing(rule, facts, anywhere=anywhere),
    }


def _branch(wide: Table, n: int, rule: Rule) -> Table:
    return wide.filter(_not_false(wide[f"c{n}"])).select(
        subject_id=wide.subject_id,
        rule=ibis.literal(rule.id),
        answer=wide[f"a{n}"],
        verdict=wide[f"v{n}"],
        exemption=wide[f"e{n}"],
        missing=wide[f"m{n}"],
    )


def _missing(rule: Rule, facts: Facts, *, anywhere: bool) -> StringValue:
    """Names of what leaves the rule unknown, each followed by a comma.

    A blank counts only where the condition, exemption or question that reads it is itself unknown:
    what could not change the answer is not asked for.
    """
    holds = condition(rule, facts, anywhere=anywhere)
    unknown = [part.isnull() for part in (holds, *(way(facts) for way in _ways_out(rule)))]
    by_column: dict[str, BooleanValue] = {}
    for columns, doubtful in zip(reads(rule).parts, unknown, strict=True):
        for column in columns:
            if not (anywhere and column == "area_code"):
                before = by_column.get(column)
                by_column[column] = doubtful if before is None else before | doubtful
    names: StringValue = ibis.literal("")
    for column, doubtful in by_column.items():
        blank = facts._column(column).isnull() & doubtful
        names = names + _cases([(blank, f"{column},")], "")
    for question in rule.questions:
        names = names + _cases([(_not_false(question.when(facts)), f"{question.id},")], "")
    return names


def _not_false(value: BooleanValue) -> BooleanValue:
    return value | value.isnull()


def _cases(cases: Sequence[tuple[BooleanValue, str]], otherwise: str | None) -> StringValue:
    rest = ibis.null("string") if otherwise is None else ibis.literal(str(otherwise))
    return ibis.cases(*cases, else_=rest) if cases else rest


@lru_cache(maxsize=64)
def to_sql(
    rules: tuple[Rule, ...], on: date, *, anywhere: bool = False, dialect: str = "postgres"
) -> str:
    """The one statement that answers all these rules for all rows of `facts`."""
    return str(ibis.to_sql(evaluate(rules, on, anywhere=anywhere), dialect=dialect))


@lru_cache(maxsize=1024)
def condition_sql(rule: Rule) -> str:
    """The compiled condition alone: what tests read and the law hash is made of."""
    table = facts_table(columns_of([rule]))
    facts = Facts(table, rule.instrument.since)
    parts = {"holds": condition(rule, facts)}
    parts |= {f"exempt_{e.id}": e.when(facts) for e in rule.exemptions}
    parts |= {f"ask_{q.id}": q.when(facts) for q in rule.questions}
    parts |= {f"verdict_{v}": when(facts) for v, when in rule.verdicts if when is not None}
    return str(ibis.to_sql(table.select(**parts), dialect="postgres"))


def law_hash(rules: Iterable[Rule], values: Iterable[object] = ()) -> str:
    """SHA-256 of the law that a run used: texts, dates, compiled conditions, parameter values."""
    digest = hashlib.sha256()
    for value in values:
        digest.update(repr(value).encode())
    for each in sorted(rules, key=lambda r: r.id):
        digest.update(repr((each.id, each.clause, each.quote, each.instrument)).encode())
        digest.update(condition_sql(each).encode())
    return digest.hexdigest()
