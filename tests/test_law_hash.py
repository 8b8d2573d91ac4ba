"""The hash kept with each run names the law that the run used, and no other."""

from dataclasses import replace
from datetime import date

import pytest

from gis_app import registry
from gis_app.law import Rule, Verdict, Words
from gis_app.rules.answers import law_hash

RULES = list(registry.load().rules.values())
SOME = RULES[::7]  # each is compiled anew
EXEMPTED = [each for each in RULES if each.exemptions][::5]
ASKING = [each for each in RULES if each.questions][::5]


def other_exemption(rule: Rule, **fields) -> Rule:
    return replace(rule, exemptions=(replace(rule.exemptions[0], **fields), *rule.exemptions[1:]))


def other_verdict(rule: Rule) -> Rule:
    (last, when), *_ = reversed(rule.verdicts)
    other = Verdict.PLAN if last is Verdict.METER else Verdict.METER
    return replace(rule, verdicts=(*rule.verdicts[:-1], (other, when)))


CHANGES = {
    "another verdict": (SOME, other_verdict),
    "another first day": (SOME, lambda rule: replace(rule, since=date(1990, 1, 1))),
    "another last day": (SOME, lambda rule: replace(rule, until=date(2090, 1, 1))),
    "another clause": (SOME, lambda rule: replace(rule, clause=f"{rule.clause}之一")),
    "other orders": (SOME, lambda rule: replace(rule, orders=Words("另", "other"))),
    "an exemption's id": (EXEMPTED, lambda rule: other_exemption(rule, id="other")),
    "an exemption's clause": (EXEMPTED, lambda rule: other_exemption(rule, clause="第零条")),
    "an exemption's first day": (
        EXEMPTED, lambda rule: other_exemption(rule, since=date(1990, 1, 1)),
    ),
    "a question's id": (
        ASKING,
        lambda rule: replace(
            rule, questions=(replace(rule.questions[0], id="other"), *rule.questions[1:])
        ),
    ),
    "the days of the instrument": (
        SOME,
        lambda rule: replace(
            rule, instrument=replace(rule.instrument, until=date(2090, 1, 1))
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_a_rule_declares_is_in_the_hash_of_the_law(change):
    rules, changed = CHANGES[change]
    alike = [each.id for each in rules if law_hash([each]) == law_hash([changed(each)])]
    assert alike == []


def test_words_moved_from_one_field_to_the_next_are_another_law():
    rule = RULES[0]
    moved = replace(rule, clause=rule.clause + rule.quote[0], quote=rule.quote[1:])
    assert law_hash([rule]) != law_hash([moved])
    assert law_hash([rule], [("a", "14", 1.0)]) != law_hash([rule], [("a", "1", 41.0)])


def test_the_order_in_which_rules_are_given_does_not_matter():
    assert law_hash(RULES) == law_hash(reversed(RULES))
