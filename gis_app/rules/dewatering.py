"""Dewatering (疏干排水): from which volume it needs a permit, by 地下水管理条例 52.

Rules of several instruments share it: what needs no permit is not taken without one.
"""

from ibis.expr.types import BooleanValue, NumericValue

from gis_app.law import Parameter, Question
from gis_app.rules.facts import Facts

# 第五十二条 leaves the scale to the province; no number was found.
SCALE = Parameter(
    name="dewatering_scale_m3",
    zh="须申请取水许可的年疏干排水量规模",
    en="yearly dewatering volume from which a permit is needed",
    unit="m3/a",
    instrument="GWR-748-2021",
    clause="第五十二条第一款",
    quote="疏干排水量规模由省、自治区、直辖市人民政府制定、公布",
)


def of_scale(drainer: Facts, volume_m3: NumericValue) -> BooleanValue:
    """Whether what is drained in a year reaches the scale (达到规模)."""
    return volume_m3 >= drainer.parameter(SCALE)


def _perhaps_below_scale(taker: Facts) -> BooleanValue:
    drains = (taker.use == "dewatering") | taker.recorded_as("well_type", ["dewatering"])
    # readings of a year that is not over can only show that the scale is reached
    now = taker.recorded_at_least("this_year_m3", taker.parameter(SCALE))
    return drains & ~(of_scale(taker, taker.annual_m3) | now)


# one well alone can show that the scale is reached, and never that it is not
DEWATERING_BELOW_SCALE = Question(
    id="dewatering_below_scale",
    zh="疏干排水量达到省定规模的才须申请取水许可（地下水管理条例第五十二条），"
    "整个工程的疏干排水量是否达到须由水行政主管部门认定",
    en="dewatering needs a permit only above the province's scale (article 52 of the groundwater "
    "regulation); whether the works together drain so much is for the authority to say",
    when=_perhaps_below_scale,
)
