"""Every rule, every case, in both engines; three-valued logic by brute force; mutants."""

import importlib
import itertools
import pkgutil
from collections import defaultdict
from datetime import date, timedelta

import ibis.expr.operations as ops
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import tests.law
from gis_app import registry
from gis_app.law import Rule
from gis_app.report.sentences import missing
from gis_app.rules import answers, engine
from gis_app.rules.columns import COLUMNS
from gis_app.rules.facts import Recorder, type_of
from tests.law.engines import Case, ask_duckdb, in_duckdb, in_postgres, mutants

LAW = registry.load()
CASES: dict[str, list[Case]] = {}
for module in pkgutil.iter_modules(tests.law.__path__):
    if module.name.startswith("cases_"):
        CASES |= importlib.import_module(f"tests.law.{module.name}").CASES


def _by_day(rule_id: str) -> dict[date, list[Case]]:
    days: dict[date, list[Case]] = defaultdict(list)
    for case in CASES[rule_id]:
        days[case.on].append(case)
    return days


def _in_force(rule_id: str, on: date) -> list[Rule]:
    return [rule for rule in LAW.rules_on(on) if rule.id == rule_id]


def _expected(rule_id: str, cases: list[Case]) -> dict[str, object]:
    return {
        case.why: (rule_id, case.answer, case.verdict, case.exemption, case.missing)
        for case in cases
        if case.answer is not None
    }


def _told(rows, cases: list[Case]) -> dict[str, object]:
    return {cases[row[0]].why: row[1:] for row in rows}


@pytest.mark.parametrize("rule_id", sorted(CASES))
def test_every_case_is_answered_as_a_jurist_reads_it(conn, rule_id):
    for on, cases in _by_day(rule_id).items():
        rules, facts = _in_force(rule_id, on), [case.facts for case in cases]
        want = _expected(rule_id, cases)
        assert _told(in_duckdb(rules, facts, on), cases) == want, on
        assert _told(in_postgres(conn, rules, facts, on), cases) == want, on


def test_every_rule_has_a_yes_a_no_an_unknown_an_edge_and_an_out_of_force_case():
    assert set(CASES) == set(LAW.rules)
    for rule_id, cases in CASES.items():
        rule = LAW.rules[rule_id]
        told = {case.answer for case in cases}
        tags = {tag for case in cases for tag in case.tags}
        wanted = {"applies", None} | ({"indeterminate"} if _can_be_unknown(rule) else set())
        assert wanted <= told, rule_id
        assert {"edge", "out of force"} <= tags, rule_id
        assert "unknown" in tags or not _can_be_unknown(rule), rule_id
        given_verdicts = {case.verdict for case in cases if case.answer == "applies"}
        assert given_verdicts == {verdict.value for verdict, _ in rule.verdicts}, rule_id
        exempted = {case.exemption for case in cases if case.answer == "exempt"}
        assert exempted == {e.id for e in rule.exemptions}, rule_id
        asked = {name for case in cases for name in case.missing}
        assert {q.id for q in rule.questions} <= asked, rule_id
        assert len({case.why for case in cases}) == len(cases), rule_id


def _can_be_unknown(rule: Rule) -> bool:
    return any(engine.reads(rule).parts)


def test_cases_speak_of_facts_that_there_are():
    asked = {name for rule in LAW.rules.values() for name in engine.columns_of([rule])}
    for rule_id, cases in CASES.items():
        for case in cases:
            assert set(case.facts) <= asked | set(COLUMNS), (rule_id, case.why)


def test_no_compiled_rule_turns_unknown_into_an_answer():
    for rule in LAW.rules.values():
        statement = answers.condition_sql(rule).lower()
        assert "case" not in statement.split(), rule.id
        assert "coalesce" not in statement, rule.id
        assert "is null" not in statement.replace("is not null", ""), rule.id


@pytest.mark.parametrize("rule_id", sorted(CASES))
def test_a_threshold_moved_by_one_unit_or_a_place_turned_round_is_noticed(rule_id):
    days = {on: cases for on, cases in _by_day(rule_id).items() if _in_force(rule_id, on)}
    survivors: dict[str, None] | None = None
    for on, cases in days.items():
        rules, facts = _in_force(rule_id, on), [case.facts for case in cases]
        want, alive = _expected(rule_id, cases), {}
        for what, mutant in mutants(rules[0], on):
            if _told(ask_duckdb(mutant, rules, facts), cases) == want:
                alive[_undated(what, on)] = None
        kept = alive if survivors is None else {w: None for w in survivors if w in alive}
        survivors = kept
    assert not survivors, f"nothing notices: {list(survivors)}"


def _undated(what: str, on: date) -> str:
    """The asked day moves with the case: name it by its distance."""
    first = what.split(" → ", maxsplit=1)[0]
    try:
        away = (date.fromisoformat(first) - on).days
    except ValueError:
        return what
    step = date.fromisoformat(what.split(" → ")[1]) - date.fromisoformat(first)
    return f"asked day {away:+d}, {step.days:+d}" if abs(away) < 10_000 else what


def _domain(rule: Rule, name: str, constants: list[object]) -> list[object]:
    """Values that a fact may have besides blank: either side of everything the rule looks for."""
    kind = type_of(name)
    if kind == "boolean":
        return [True, False]
    if kind == "string":
        prefix = [rule.instrument.area + "02"] if name == "area_code" else []
        words = [c for c in constants if isinstance(c, str)] if name != "area_code" else []
        return [*prefix, *words, "something else"]
    if kind == "date":
        days = [c for c in constants if isinstance(c, date)] or [date(2022, 1, 1)]
        return sorted({d + timedelta(days=n) for d in days for n in (-1, 0, 1)})
    numbers = [
        float(c) for c in constants if isinstance(c, int | float) and not isinstance(c, bool)
    ]
    return sorted({0.0, 1.0, 2.0, *(n + step for n in numbers for step in (-1, 0, 1))})


def _wider(values: list[object]) -> list[object]:
    first = values[0]
    if isinstance(first, bool | str):
        return values
    if isinstance(first, date):
        return [date(1950, 1, 1), *values, date(2100, 1, 1)]
    return [-1e9, *values, 1e9]


@pytest.mark.parametrize("rule_id", sorted(LAW.rules))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_rule_answers_what_every_completion_of_the_blanks_agrees_on(rule_id, data):
    rule = LAW.rules[rule_id]
    on = max(rule.since or rule.instrument.since, date(2024, 6, 30))
    literals = engine.parts(rule, on).op().find(ops.Literal)
    constants = [each.value for each in literals if each.value is not None]
    read = engine.reads(rule)
    # where a rule asks what the register says, a blank is an answer of its own
    claimed = _claimed(rule)
    blankable = [
        c for c in dict.fromkeys(c for part in read.parts for c in part) if c not in claimed
    ]
    domain = {n: _domain(rule, n, constants) for n in read.inputs}
    facts = {n: data.draw(st.sampled_from(domain[n]), label=n) for n in read.inputs}
    # two facts may be compared: there is always a value beyond the known one
    wider = {name: _wider(values) for name, values in domain.items()}
    width = 1
    for name in data.draw(st.permutations(blankable), label="blank first") if blankable else []:
        width *= len(wider[name])
        if width > 400:
            break
        if data.draw(st.booleans(), label=f"{name} blank"):
            facts[name] = None
        else:
            width //= len(wider[name])
    blanks = [n for n in blankable if facts[n] is None]
    completions = [
        facts | dict(zip(blanks, values, strict=True))
        for values in itertools.product(*(wider[n] for n in blanks))
    ]
    by_row = {row[0]: row[2] for row in in_duckdb([rule], [facts, *completions], on)}
    seen = {by_row.get(n) for n in range(1, len(completions) + 1)}
    got = by_row.get(0)
    if len(seen) == 1:
        assert got == seen.pop()
    elif seen == {None, "exempt"}:  # not concerned or exempt: nothing to survey either way
        assert got == "exempt"
    else:
        assert got == "indeterminate"
        assert _masked(rule, facts, blanks, wider, on)


def _claimed(rule: Rule) -> list[str]:
    recorder = Recorder()
    for part in (rule.condition, *(way.when for way in (*rule.exemptions, *rule.questions))):
        part(recorder)
    return recorder.claims


def _masked(rule, facts, blanks, values, on) -> bool:
    """Whether blanks that are not told as missing leave all as it is, however they are filled."""
    (row,) = in_duckdb([rule], [facts], on)
    untold = [name for name in blanks if name not in row[5]]
    filled = [facts | {name: values[name][n] for name in untold} for n in (0, -1)]
    # how grave the verdict is they may still decide
    told = {
        (answer, exemption, missing)
        for _, _, answer, _, exemption, missing in in_duckdb([rule], filled, on)
    }
    return told == {(row[2], row[4], row[5])}


@pytest.mark.parametrize("rule_id", sorted(LAW.rules))
def test_a_rule_is_put_together_alike_on_any_day(rule_id):
    rule = LAW.rules[rule_id]
    turning = [rule.instrument.since + timedelta(days=n) for n in (0, 1, 400)]
    built = [engine.parts(rule, on).op().values for on in [*turning, date(2021, 12, 1)]]
    kinds = [{name: type(value) for name, value in each.items()} for each in built]
    assert all(each == kinds[0] for each in kinds)


@pytest.mark.parametrize("rule_id", sorted(LAW.rules))
def test_everything_a_rule_may_miss_has_words(rule_id):
    rule = LAW.rules[rule_id]
    names = [*engine.reads(rule).inputs, *(question.id for question in rule.questions)]
    told = missing({"rule": rule_id, "missing": names}, LAW)
    assert [each.name for each in told] == names
    assert all(each.zh and each.zh != each.name and each.en for each in told)


def test_what_an_earlier_version_asked_for_is_told_by_its_name():
    (told,) = missing({"rule": "N-17", "missing": ["coefficient_not_recorded"]}, LAW)
    assert (told.name in told.zh, told.name in told.en) == (True, True)
