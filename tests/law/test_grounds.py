"""What a finding rests on is told in words: of several faults those at hand, and nothing beside."""

import re

import pytest

from gis_app import registry
from gis_app.report.grounds import facts
from gis_app.rules.columns import COLUMNS
from gis_app.rules.engine import reads
from tests.law.test_cases import CASES

LAW = registry.load()
CJK = re.compile(r"[\u4e00-\u9fff]")


def told(rule_id: str, case_facts: dict[str, object], answer: str = "applies") -> dict[str, str]:
    """The facts that a finding rests on, by name: what they say in Chinese."""
    rule = LAW.rules[rule_id]
    inputs = {name: case_facts.get(name) for name in reads(rule).inputs}
    finding = {"rule": rule_id, "answer": answer, "inputs": inputs}
    return {fact.name: fact.value.zh for fact in facts(finding, LAW) if fact.decides}


@pytest.mark.parametrize("rule_id", sorted(CASES))
def test_whatever_applies_rests_on_a_fact_or_a_place(rule_id):
    placed = bool(reads(LAW.rules[rule_id]).asks)
    cases = [case for case in CASES[rule_id] if case.answer == "applies"]
    assert cases
    for case in cases:
        assert told(rule_id, case.facts) or placed, case.why


@pytest.mark.parametrize("rule_id", sorted(CASES))
def test_what_is_read_is_told_in_words(rule_id):
    for case in CASES[rule_id]:
        inputs = {name: case.facts.get(name) for name in reads(LAW.rules[rule_id]).inputs}
        finding = {"rule": rule_id, "answer": "applies", "inputs": inputs}
        for fact in facts(finding, LAW):
            assert CJK.search(fact.called.zh), fact
            plain = fact.name in {"area_code", "grade", "coordinate_system"}
            text = fact.name in COLUMNS and COLUMNS[fact.name].kind == "text"
            assert plain or not text or CJK.search(fact.value.zh), fact


def test_an_exempt_or_unknown_finding_rests_on_nothing():
    read = {"status": "abandoned"}
    assert told("N-28", read) == {"status": "报废未封"}
    assert told("N-28", read, "indeterminate") == {}


def test_of_what_is_not_as_permitted_what_is_so_is_told():
    held = {
        "permit_state": "held", "status": "active", "permit_taken_m3": 90_000.0,
        "permit_year_least_m3": 100_000.0, "permit_this_year_m3": 40_000.0,
        "annual_permitted_m3": 100_000.0, "use_permitted": True, "permit_misplaced": False,
    }  # fmt: skip
    over = {"permit_taken_m3": "105,000", "permit_year_least_m3": "100,000"}
    for rule in ("N-22", "N-22-YR"):
        assert told(rule, held | {"permit_taken_m3": 105_000.0}) == over
        known = {"permit_taken_m3": None, "permit_taken_least_m3": 105_000.0}
        assert set(told(rule, held | known)) == {"permit_taken_least_m3", "permit_year_least_m3"}
        now = held | {"permit_this_year_m3": 100_001.0}
        assert set(told(rule, now)) == {"permit_this_year_m3", "annual_permitted_m3"}
        assert told(rule, held | {"use_permitted": False}) == {"use_permitted": "否"}
        assert told(rule, held | {"permit_misplaced": True}) == {"permit_misplaced": "是"}


def test_of_several_faults_those_at_hand_are_told():
    sound = {"permit_state": "held", "status": "active", "meter_state": "online"}
    assert told("CZ-04", sound | {"meter_state": "none"}) == {"meter_state": "未安装"}
    unpermitted = sound | {"permit_state": "none", "meter_state": "fault"}
    assert set(told("CZ-04", unpermitted)) == {"permit_state", "meter_state"}
    resold = sound | {"violation__resale": True, "violation__over_plan": False}
    assert told("YQ-08", resold) == {"violation__resale": "是"}
