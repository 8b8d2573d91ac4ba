"""The one statement that answers rules, for every engine: Ibis compiles what a rule asks of the
facts (`engine.parts`), and here stands what its answer makes of that, in words that all share.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from functools import lru_cache

import ibis

from gis_app.law import Answer, Rule
from gis_app.rules.engine import doubts, parts, reads


def to_sql(
    rules: Sequence[Rule],
    on: date,
    *,
    anywhere: bool = False,
    dialect: str = "postgres",
    gaps: Mapping[str, int] | None = None,
    ledger: bool = False,
) -> str:
    """The one statement that answers all these rules for all rows of `facts`.

    Columns: subject_id, rule, answer, verdict, exemption, missing (names, comma-separated). One
    select per rule, so that a planner may give them to several workers. `gaps` names facts that
    may be recorded for nobody in a subject's county, each with its bit in the column `gaps` of the
    facts (0: recorded nowhere); what is unknown for want of those has no row (see `_told`).
    `ledger` adds `read`, a digest of what the rule read (PostgreSQL only).
    """
    branches = (
        answer_sql(
            each,
            _compiled(each, on, anywhere, dialect, (bool(gaps), ledger)),
            anywhere=anywhere,
            gaps=gaps or {},
            ledger=ledger,
        )
        for each in rules
    )
    return "\nunion all\n".join(branches)


def ways_out_sql(rules: Sequence[Rule], on: date) -> str:
    """Whether each exemption of these rules holds, and each question is put, for all rows of
    `facts` (PostgreSQL).

    Columns: subject_id, rule, way, holds (null: cannot be known); no row for a rule without.
    """
    branches = [
        "select null::bigint as subject_id, '' as rule, '' as way, true as holds where false"
    ]
    for each in rules:
        ways = [f"({literal(e.id)}, x{n})" for n, e in enumerate(each.exemptions)]
        ways += [f"({literal(q.id)}, q{n})" for n, q in enumerate(each.questions)]
        if ways:
            branches.append(
                f"select subject_id, {literal(each.id)}, way.id, way.holds\n"
                f"from (\n{_compiled(each, on, False, 'postgres')}\n) parts\n"
                f"cross join lateral (values {', '.join(ways)}) way (id, holds)"
            )
    return "\nunion all\n".join(branches)


def _compiled(
    rule: Rule, on: date, anywhere: bool, dialect: str, more: tuple[bool, bool] = (False, False)
) -> str:
    # what does not read the day is the same on any
    return _kept(rule, on if reads(rule).of_day else date.min, anywhere, dialect, more)


@lru_cache(maxsize=4096)
def _kept(rule: Rule, on: date, anywhere: bool, dialect: str, more: tuple[bool, bool]) -> str:
    gaps, inputs = more
    asked = parts(rule, on, anywhere=anywhere, gaps=gaps, inputs=inputs)
    return str(ibis.to_sql(asked, dialect=dialect))


def answer_sql(
    rule: Rule,
    parts_sql: str,
    *,
    anywhere: bool = False,
    gaps: Mapping[str, int] | None = None,
    ledger: bool = False,
) -> str:
    """The answers of one rule from its compiled parts: words of SQL that every engine shares.

    But for `ledger`, which those do without who keep none.
    """
    exempt = [f"x{n}" for n in range(len(rule.exemptions))]
    asked = [f"q{n}" for n in range(len(rule.questions))]
    clear = " and ".join(["holds", *(f"not {name}" for name in (*exempt, *asked))])
    answers = [(name, Answer.EXEMPT.value) for name in exempt]
    exemptions = list(zip(exempt, [e.id for e in rule.exemptions], strict=True))
    ladder = [verdict.value for verdict, when in rule.verdicts if when is not None]
    verdicts = [(f"v{n}", verdict) for n, verdict in enumerate(ladder)]
    answers.append((clear, Answer.APPLIES.value))
    return (
        f"select subject_id, {literal(rule.id)} as rule,"
        f" {_case(answers, Answer.INDETERMINATE.value)} as answer,"
        f" {_case(verdicts, rule.verdict.value)} as verdict,"
        f" {_case(exemptions, None)} as exemption,"
        f" {_missing(rule, anywhere=anywhere)} as missing{_read(rule) if ledger else ''}\n"
        f"from (\n{parts_sql}\n) parts\nwhere holds or holds is null"
        f"{_told(rule, gaps or {}, anywhere=anywhere)}"
    )


def _read(rule: Rule) -> str:
    """A digest of what a rule read: a finding is written anew only where that has changed."""
    inputs = ", ".join(reads(rule).inputs)
    return f", hash_record_extended(row({inputs}), 0) as read"


def _missing(rule: Rule, *, anywhere: bool) -> str:
    """Names of what leaves the rule unknown, each followed by a comma.

    A blank counts only where what reads it is itself unknown (see `blanks`): what could not change
    the answer is not asked for. A question is put where what it speaks of is so: where a blank
    leaves that open, the blank is named.
    """
    names = [
        _case([(f"{column} is null and ({doubtful})", f"{column},")], "")
        for column, doubtful in doubts(rule, anywhere=anywhere).items()
    ]
    for n, question in enumerate(rule.questions):
        names.append(_case([(f"q{n}", f"{question.id},")], ""))
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


def _case(cases: Sequence[tuple[str, str]], otherwise: str | None) -> str:
    rest = "cast(null as varchar)" if otherwise is None else literal(otherwise)
    whens = " ".join(f"when {when} then {literal(then)}" for when, then in cases)
    return f"case {whens} else {rest} end" if cases else rest


def literal(value: str) -> str:
    """A text as SQL writes it."""
    return "'" + value.replace("'", "''") + "'"


@lru_cache(maxsize=1024)
def condition_sql(rule: Rule) -> str:
    """The compiled parts alone: what tests read and the law hash is made of."""
    return _compiled(rule, rule.instrument.since, False, "postgres")


def law_of_each(
    rules: Iterable[Rule], numbers: Iterable[tuple[str, str, object]]
) -> dict[str, str]:
    """The hash of each rule alone, with those of the numbers (name, area, value) that it reads."""
    held, hashes = list(numbers), {}
    for each in rules:
        read = {parameter.name for parameter in reads(each).parameters}
        hashes[each.id] = law_hash([each], [number for number in held if number[0] in read])
    return hashes


def law_hash(rules: Iterable[Rule], values: Iterable[object] = ()) -> str:
    """SHA-256 of the law that a run used: all that its rules declare, what their conditions
    compile to, and the values of the parameters that they read.

    Written as JSON, so that no two laws read alike.
    """
    numbers = json.dumps([repr(value) for value in values])
    told = ", ".join(_law(each) for each in sorted(rules, key=lambda rule: rule.id))
    law = f'{{"numbers": {numbers}, "rules": [{told}]}}'
    return hashlib.sha256(law.encode()).hexdigest()


@lru_cache(maxsize=1024)
def _law(rule: Rule) -> str:
    """All that a rule declares and what its conditions compile to, as JSON."""
    return json.dumps([_declared(rule), condition_sql(rule)])


def _declared(value: object) -> object:
    """The fields of a declaration, all the way down; of a function, that there is one."""
    if is_dataclass(value):
        return {each.name: _declared(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple):
        return [_declared(each) for each in value]
    return callable(value) or (value if value is None else str(value))
