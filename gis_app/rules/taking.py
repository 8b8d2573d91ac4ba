"""What rules of several documents ask of a well alike: whether it takes water, and is metered."""

from ibis.expr.types import BooleanValue, NumericValue

from gis_app.law import Condition, Question
from gis_app.rules.facts import PLANNED, WORKING, Facts

IDLE = ("paused", "emergency_only", "ordered_to_close")


def puts_water_back(well: Facts) -> BooleanValue:
    """Whether the register has it as a well for recharge, which takes and supplies no water."""
    return well.recorded_as("well_type", ["injection", "geothermal_reinject"])


def is_to_take(well: Facts) -> BooleanValue:
    """Whether it is there to take water: neither shut nor for recharge."""
    return well.status.isin(WORKING) & ~puts_water_back(well)


def takes_or_will(taker: Facts) -> BooleanValue:
    """Whether it is there or planned to take water: what a ban on taking (禁止取用) speaks of."""
    return taker.status.isin([*PLANNED, *WORKING]) & ~puts_water_back(taker)


def has_taken(well: Facts) -> BooleanValue:
    """Whether a volume shows that it took water, last year or this one."""
    # readings of a year that is not over can only show that water has been taken
    taken: BooleanValue = well.annual_m3 > 0
    return taken | well.recorded_above("this_year_m3", 0)


def takes_water(well: Facts) -> BooleanValue:
    """Whether it takes water (取水). One that stands idle does where a volume shows it."""
    return is_to_take(well) & (~well.status.isin(IDLE) | has_taken(well))


def owner_takes_at_least(well: Facts, scale: NumericValue) -> BooleanValue:
    """Whether its owner takes (取水量) so much a year from all wells together.

    What is surely taken may reach the scale alone, though one of the wells has no volume. Tap water
    counts for what is used (用水量), not here.
    """
    reached: BooleanValue = well.owner_taken_m3 >= scale
    return reached | (well.owner_taken_least_m3 >= scale)


def has_no_meter(well: Facts) -> BooleanValue:
    """Whether no meter is fitted: electricity turned into water is none."""
    return well.meter_state.isin(["none", "indirect_kwh"])


def meter_does_not_work(well: Facts) -> BooleanValue:
    """Whether its meter is out of order or past its day of calibration (不合格或者运行不正常)."""
    fitted = well.meter_state.isin(["online", "offline", "calibration_due"])
    return (well.meter_state == "fault") | (fitted & (well.calibration_due_on < well.on))


def kind_of_meter_hidden(well: Facts) -> BooleanValue:
    """Whether the register says of its meter how it is, and so not whether it is online."""
    return well.meter_state.isin(["fault", "calibration_due"])


def meter_is_online(when: Condition = kind_of_meter_hidden) -> Question:
    """The question whether a meter that does not work is an online one, where it is open."""
    return Question(
        id="meter_is_online",
        zh="故障或者待检定的计量设施是否为在线计量设施，须查明",
        en="whether a meter out of order or due for calibration is an online one has to be found "
        "out",
        when=when,
    )
