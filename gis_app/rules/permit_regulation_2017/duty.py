"""《取水许可和水资源费征收管理条例》第二条: whether what is asked for needs a permit at all.

It is asked of a pre-check alone: of an application it would say what the applicant says himself.
"""

from dataclasses import replace

from ibis.expr.types import BooleanValue

from gis_app.law import Question, Rule, Verdict
from gis_app.rules.dewatering import DEWATERING_BELOW_SCALE
from gis_app.rules.facts import Facts
from gis_app.rules.permit_regulation_2017 import (
    DROUGHT,
    NO_PERMIT_NEEDED,
    PERHAPS_HOUSEHOLD,
    PUBLIC_SAFETY,
    REGULATION,
    SMALL_HOUSEHOLD_TAKE,
    WORKS_EMERGENCY,
    small_take_in_town,
    takes_as_households_do,
)
from gis_app.rules.taking import takes_or_will

# an application does not say whether who asks is a household
APPLICANT_IS_HOUSEHOLD = replace(
    PERHAPS_HOUSEHOLD,
    zh="城镇生活少量取水：是否为“家庭生活”取水（单位不是家庭）",
    en="a small take for domestic use in town: whether it is a household's, not an institution's",
    when=small_take_in_town,
)


def _for_emergencies(application: Facts) -> BooleanValue:
    return application.use == "emergency"


# what is granted for an emergency is granted later than it is asked for
EMERGENCY_TAKE = Question(
    id="emergency_take",
    zh="应急取水：是否属于第四条所列的临时应急取（排）水",
    en="water for emergencies: whether it is one of the temporary emergency takes of article 4",
    when=_for_emergencies,
)
EMERGENCIES = (WORKS_EMERGENCY, PUBLIC_SAFETY, DROUGHT)
PERMIT_DUTY = Rule(
    id="WPR2",
    instrument=REGULATION,
    clause="第二条第二款",
    quote="取用水资源的单位和个人，除本条例第四条规定的情形外，都应当申请领取取水许可证",
    zh="取用水资源应当申请领取取水许可证",
    en="Who takes water has to apply for a permit",
    condition=takes_or_will,
    verdicts=((Verdict.NOTIFY, None),),
    subjects=("application",),
    exemptions=tuple(
        replace(each, when=takes_as_households_do) if each is SMALL_HOUSEHOLD_TAKE else each
        for each in NO_PERMIT_NEEDED
    ),
    questions=(DEWATERING_BELOW_SCALE, APPLICANT_IS_HOUSEHOLD, EMERGENCY_TAKE),
)
