"""Clauses that name several faults at once: what lets out of one of them lets out of no other."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from ibis.expr.types import BooleanValue

from gis_app.law import Condition, Exemption, Question
from gis_app.rules.dewatering import DEWATERING_BELOW_SCALE
from gis_app.rules.facts import Facts
from gis_app.rules.permit_regulation_2017 import (
    APPROVED_ON_TRIAL,
    DROUGHT,
    MONITORING,
    PERHAPS_HOUSEHOLD,
    PUBLIC_SAFETY,
    SMALL_HOUSEHOLD_TAKE,
    WORKS_EMERGENCY,
    needs_no_permit,
)
from gis_app.rules.permit_regulation_2017.supervision import abstraction_without_permit
from gis_app.rules.water_law_2016 import breaks_of_permit
from gis_app.rules.water_saving_2024 import PERHAPS_BY_ELECTRICITY

Way = TypeVar("Way", Exemption, Question)


def faults_at_hand(read: Mapping[str, Any]) -> list[str]:
    """Of the facts that such a clause has read, those that show a fault."""
    unpermitted = read.get("permit_state") == "none"
    names = ["permit_state"] if unpermitted else breaks_of_permit(read)
    if read.get("meter_state") in {"none", "indirect_kwh", "fault"}:
        names.append("meter_state")
    names += [name for name in read if name.startswith("violation__") and read[name]]
    return names or ["calibration_due_on"]


def unless(fault: Condition, way: Way) -> Way:
    """A way out, or a question, that is none where another fault is at hand."""

    def when(well: Facts) -> BooleanValue:
        return way.when(well) & ~fault(well)

    return replace(way, when=when)


def surely_unpermitted(well: Facts) -> BooleanValue:
    """Whether it takes water without a permit, and surely needs one."""
    open_still = DEWATERING_BELOW_SCALE.when(well) | PERHAPS_HOUSEHOLD.when(well)
    return abstraction_without_permit(well) & ~needs_no_permit(well) & ~open_still


def surely_without_meter(well: Facts) -> BooleanValue:
    """Whether what has no meter surely needs one."""
    needs_none = MONITORING.when(well) | SMALL_HOUSEHOLD_TAKE.when(well)
    return ~needs_none & ~(PERHAPS_BY_ELECTRICITY.when(well) | PERHAPS_HOUSEHOLD.when(well))


def from_permit_or_meter(
    besides_permit: Condition, besides_both: Condition
) -> tuple[Exemption, ...]:
    """What the national rules let out of a permit, some of it of a meter too, each only where there
    is none of the other faults.
    """
    both = (MONITORING, SMALL_HOUSEHOLD_TAKE)
    permit = (WORKS_EMERGENCY, PUBLIC_SAFETY, DROUGHT, APPROVED_ON_TRIAL)
    return (
        *(unless(besides_both, each) for each in both),
        *(unless(besides_permit, each) for each in permit),
    )


def open_of_permit_or_meter(
    besides_permit: Condition, besides_meter: Condition, besides_both: Condition
) -> tuple[Question, ...]:
    """What has to be decided of a permit, a meter or both, where there surely is none of the other
    faults.
    """
    return (
        unless(besides_permit, DEWATERING_BELOW_SCALE),
        unless(besides_meter, PERHAPS_BY_ELECTRICITY),
        unless(besides_both, PERHAPS_HOUSEHOLD),
    )
