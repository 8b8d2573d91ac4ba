"""Every rule, every case, in both engines; and three-valued logic by brute force."""

import importlib
import itertools
import pkgutil
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import tests.law
from gis_app import registry
from gis_app.law import Rule
from gis_app.rules import engine
from tests.law.engines import Case, in_duckdb, in_postgres

LAW = registry.load()
CASES: dict[str, list[Case]] = {}
for module in pkgutil.iter_modules(tests.law.__path__):
    if module.name.startswith("cases_"):
        CASES |= importlib.import_module(f"tests.law.{module.name}").CASES
ALL = [(rule_id, case) for rule_id, cases in CASES.items() for case in cases]


def _rules(rule_id: str, on: date) -> list[Rule]:
    return [rule for rule in LAW.rules_on(on) if rule.id == rule_id]


def _expected(rule_id: str, case: Case) -> set[tuple[object, ...]]:
    if case.answer is None:
        return set()
    return {(0, rule_id, case.answer, case.verdict, case.exemption, case.missing)}


@pytest.mark.parametrize(("rule_id", "case"), ALL, ids=[f"{r} {c.why}" for r, c in ALL])
def test_a_case_is_answered_as_a_jurist_reads_it(conn, rule_id, case):
    rules = _rules(rule_id, case.on)
    want = _expected(rule_id, case)
    assert in_postgres(conn, rules, [case.facts], case.on) == want
    assert in_duckdb(rules, [case.facts], case.on) == want


def test_every_rule_has_a_yes_a_no_an_unknown_an_edge_and_an_out_of_force_case():
    assert set(CASES) == set(LAW.rules)
    for rule_id, cases in CASES.items():
        answers = {case.answer for case in cases}
        tags = {tag for case in cases for tag in case.tags}
        assert {"applies", None, "indeterminate"} <= answers, rule_id
        assert {"unknown", "edge", "out of force"} <= tags, rule_id
        exempted = {case.exemption for case in cases if case.answer == "exempt"}
        assert exempted == {e.id for e in LAW.rules[rule_id].exemptions}, rule_id
        asked = {name for case in cases for name in case.missing}
        assert {q.id for q in LAW.rules[rule_id].questions} <= asked, rule_id


def test_no_compiled_rule_turns_unknown_into_an_answer():
    for rule in LAW.rules.values():
        statement = engine.condition_sql(rule).lower()
        assert "case" not in statement.split(), rule.id
        assert "coalesce" not in statement, rule.id


# Values that a fact may have besides blank: what rules look for, and something else.
DOMAIN: dict[str, list[object]] = {
    "area_code": ["140302", "610402"],
    "self_supply": [True, False],
    "status": ["active", "proposed", "sealed", "abandoned", "emergency_only"],
    "permit_state": ["held", "none"],
    "use": ["industry", "monitoring_test", "domestic_rural", "public_supply"],
    "completed_on": [date(2019, 12, 31), date(2024, 1, 1)],
}


def _plain_inputs(rule: Rule) -> list[str]:
    needed = dict.fromkeys(c for part in engine.reads(rule).parts for c in part)
    return [c for c in needed if c in DOMAIN or c.startswith("in__")]


@pytest.mark.parametrize("rule_id", sorted(LAW.rules))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_rule_answers_what_every_completion_of_the_blanks_agrees_on(rule_id, data):
    rule = LAW.rules[rule_id]
    names = _plain_inputs(rule)
    domain = {n: DOMAIN.get(n, [True, False]) for n in names}
    facts = {n: data.draw(st.sampled_from([None, *domain[n]]), label=n) for n in names}
    blanks = [n for n in names if facts[n] is None]
    completions = [
        facts | dict(zip(blanks, values, strict=True))
        for values in itertools.product(*(domain[n] for n in blanks))
    ]
    on = date(2024, 6, 30)
    rows = in_duckdb([rule], [facts, *completions], on)
    by_row = {row[0]: row[2] for row in rows}
    seen = {by_row.get(n) for n in range(1, len(completions) + 1)}
    got = by_row.get(0)
    if len(seen) == 1:
        assert got == seen.pop()
    elif seen == {None, "exempt"}:  # not concerned or exempt: nothing to survey either way
        assert got == "exempt"
    else:
        assert got == "indeterminate"
