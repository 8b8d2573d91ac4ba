"""What a step from one day to another can change is read from the rules, and all of it is known."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from gis_app import registry
from gis_app.law import Instrument, Rule, Tier, Verdict
from gis_app.rules import days, engine
from gis_app.rules.days import Turn
from gis_app.store import turned

LAW = registry.load()
WAS, NOW = date(2025, 3, 10), date(2025, 3, 12)
DOCUMENT = Instrument(
    id="x",
    key="x",
    zh="例",
    en="x",
    number="1",
    area="",
    since=date(2000, 1, 1),
    tier=Tier.LAW,
)


def made(condition) -> Rule:
    return Rule(
        id="X-1", instrument=DOCUMENT, clause="一", quote="…", zh="例", en="x",
        condition=condition, verdicts=((Verdict.REFER, None),), subjects=("well",),
    )  # fmt: skip


def turns(condition) -> set[Turn] | None:
    return days.turns([made(condition)], WAS, NOW)


@pytest.mark.parametrize(
    "condition",
    [
        lambda well: well.calibration_due_on < well.on,
        lambda well: well.on > well.calibration_due_on,
        lambda well: ~(well.calibration_due_on >= well.on) & well.self_supply,
        lambda well: well.recorded_before("calibration_due_on", well.on),
    ],
)
def test_a_date_compared_with_the_day_turns_between_the_days(condition):
    assert turns(condition) == {Turn("calibration_due_on", WAS, NOW)}


def test_days_before_and_after_the_asked_one_are_read_as_such():
    assert turns(lambda well: well.permit_valid_to <= well.day(45)) == {
        Turn("permit_valid_to", date(2025, 4, 24), date(2025, 4, 26))
    }
    assert turns(lambda well: well.permit_approved_on < well.years_ago(3)) == {
        Turn("permit_approved_on", date(2022, 3, 10), date(2022, 3, 12))
    }


def test_what_knows_no_day_turns_never():
    assert turns(lambda well: well.self_supply & (well.completed_on >= date(2021, 12, 1))) == set()


@pytest.mark.parametrize("day", [WAS - timedelta(days=1), NOW, NOW + timedelta(days=9)])
def test_a_day_compared_with_a_day_that_does_not_lie_between_turns_nothing(day):
    assert turns(lambda well: (well.on > day) & well.self_supply) == set()


@pytest.mark.parametrize(
    "condition",
    [
        lambda well: (well.on > date(2025, 3, 11)) & well.self_supply,
        lambda well: well.calibration_due_on.delta(well.on, unit="day") > 5,
        lambda well: (well.depth_m > well._asked().day) & well.self_supply,
        lambda well: well.depth_m > 5 if well._asked() == WAS else well.depth_m < 5,
    ],
)
def test_what_cannot_be_read_so_may_turn_anything(condition):
    assert turns(condition) is None


@pytest.mark.parametrize("rule", LAW.rules.values(), ids=LAW.rules)
def test_a_rule_that_does_not_read_the_day_is_the_same_on_any(rule):
    built = [engine.parts(rule, on) for on in (WAS, NOW)]
    assert built[0].equals(built[1]) is not engine.reads(rule).of_day


@pytest.mark.parametrize(
    ("was", "now"),
    [*pairwise([date(2024, 7, 1), date(2025, 2, 28), date(2025, 3, 1), date(2026, 11, 30)])],
)
def test_the_days_of_every_rule_that_speaks_of_wells_can_be_read(was, now):
    assert days.turns(LAW.rules_on(now, subject="well"), was, now)


def test_every_date_that_rules_compare_with_a_day_is_looked_up_in_its_register():
    was, now = date(2025, 3, 10), date(2025, 3, 12)
    rules = LAW.rules_on(now, subject="well")
    spans = turned.spans_of(rules, was, now)
    assert spans is not None
    assert (date(2025, 4, 24), date(2025, 4, 26)) in spans["permit", "valid_to"]
    assert all((was, now) in windows for windows in spans.values())
    assert turned.spans_of([made(lambda well: well.completed_on < well.on)], was, now) is None
