"""《取水许可和水资源费征收管理条例》 国务院令第460号, in force 2006-04-15, as revised in 2017.

approval.py: 第三章; supervision.py: 第五、六章. Here stands what they share. Article 4 is a way out
of the duty to hold a permit, so rules of other instruments share it too.
"""

from datetime import date
from functools import reduce
from operator import or_

from ibis.expr.types import BooleanValue

from gis_app.law import Exemption, Instrument, Parameter, Question, Tier, Words
from gis_app.rules.facts import Facts

REGULATION = Instrument(
    id="permit-regulation-2017",
    key="WPR-460-2017",
    zh="取水许可和水资源费征收管理条例",
    en="Regulation on Water Abstraction Permits and Water Resource Fees",
    number="国务院令第460号(2017修订)",
    area="",
    since=date(2006, 4, 15),
    tier=Tier.ADMINISTRATIVE_REGULATION,
    remark=Words(
        "自2006年4月15日起施行；条文为2017年3月1日修订后的文本",
        "in force since 2006-04-15; the text is that of the revision of 2017-03-01",
    ),
)

# 第四条 leaves the limit to the province; no number was found.
SMALL_TAKE = Parameter(
    name="household_small_take_m3",
    zh="家庭生活和零星散养等少量取水的年限额",
    en="yearly limit of small household takes that need no permit",
    unit="m3/a",
    instrument="WPR-460-2017",
    clause="第四条",
    quote="少量取水的限额，由省、自治区、直辖市人民政府规定",
)


def takes_as_households_do(taker: Facts) -> BooleanValue:
    """Whether it takes little for what article 4 names: 家庭生活, 零星散养、圈养畜禽饮用."""
    return taker.use.isin(["domestic_rural", "livestock"]) & _small(taker)


def _small_household_take(well: Facts) -> BooleanValue:
    # a household has no unified social credit code
    return takes_as_households_do(well) & ~well.owner_has_uscc


def _small(well: Facts) -> BooleanValue:
    return well.annual_m3 <= well.parameter(SMALL_TAKE)


def small_take_in_town(taker: Facts) -> BooleanValue:
    """Whether it takes little for domestic use in town (城镇生活), as a household may.

    The use takes in hotels and schools too: alone it does not tell.
    """
    return (taker.use == "domestic_urban") & _small(taker)


def _perhaps_household(well: Facts) -> BooleanValue:
    # a family that trades has a code, and so have a waterworks and a stock farm
    coded = takes_as_households_do(well) & well.owner_has_uscc
    return coded | (small_take_in_town(well) & ~well.owner_has_uscc)


def _works_emergency(well: Facts) -> BooleanValue:
    return well.granted("engineering_emergency")


def _public_safety(well: Facts) -> BooleanValue:
    return well.granted("public_safety_emergency")


def _drought(well: Facts) -> BooleanValue:
    return well.granted("drought_emergency")


def for_monitoring(well: Facts) -> BooleanValue:
    """Whether it serves monitoring, exploration or tests.

    The law speaks of the purpose. The type of works tells it where no other use is registered;
    where one is, what it is for has to be found out.
    """
    return (well.use == "monitoring_test") | well.monitoring_type


def _approved_on_trial(well: Facts) -> BooleanValue:
    return (well.status == "trial") & (well.permit_approved_on <= well.on)


# 第一项 speaks of ponds and reservoirs of a village, never of groundwater.
SMALL_HOUSEHOLD_TAKE = Exemption(
    id="WPR4-2",
    zh="家庭生活和零星散养、圈养畜禽饮用等少量取水，不需要申请领取取水许可证",
    en="small takes for households and for a few animals need no permit",
    clause="取水许可和水资源费征收管理条例第四条",
    quote="家庭生活和零星散养、圈养畜禽饮用等少量取水的",
    when=_small_household_take,
)
PERHAPS_HOUSEHOLD = Question(
    id="perhaps_household",
    zh="少量取水，为城镇生活而权利人未登记统一社会信用代码，或者为农村生活、畜禽饮用而权利人登记了代码："
    "是否为家庭生活、零星散养取水（取水许可和水资源费征收管理条例第四条，不需要申请领取取水许可证）须查明",
    en="a small take for domestic use in town whose owner has no unified social credit code on "
    "record, or in the country, or for livestock, whose owner has one: whether it is a "
    "household's, which needs no permit (article 4 of the permit regulation), has to be found out",
    when=_perhaps_household,
)
WORKS_EMERGENCY = Exemption(
    id="WPR4-3",
    zh="地下工程施工、生产安全临时应急取（排）水，不需要申请领取取水许可证",
    en="temporary emergency abstraction for the safety of underground works needs no permit",
    clause="取水许可和水资源费征收管理条例第四条",
    quote="为保障矿井等地下工程施工安全和生产安全必须进行临时应急取(排)水的",
    when=_works_emergency,
)
PUBLIC_SAFETY = Exemption(
    id="WPR4-4",
    zh="消除公共安全、公共利益危害临时应急取水，不需要申请领取取水许可证",
    en="temporary emergency abstraction to remove a danger to the public needs no permit",
    clause="取水许可和水资源费征收管理条例第四条",
    quote="为消除对公共安全或者公共利益的危害临时应急取水的",
    when=_public_safety,
)
DROUGHT = Exemption(
    id="WPR4-5",
    zh="农业抗旱、维护生态与环境临时应急取水，不需要申请领取取水许可证",
    en="temporary emergency abstraction against drought or for ecology needs no permit",
    clause="取水许可和水资源费征收管理条例第四条",
    quote="为农业抗旱和维护生态与环境必须临时应急取水的",
    when=_drought,
)
MONITORING = Exemption(
    id="GWR48",
    zh="以监测、勘探为目的，不需要申请取水许可",
    en="works for monitoring or exploration need no permit",
    clause="地下水管理条例第四十八条",
    quote="以监测、勘探为目的的地下水取水工程，不需要申请取水许可",
    when=for_monitoring,
    since=date(2021, 12, 1),
)
NO_PERMIT_NEEDED = (
    MONITORING,
    WORKS_EMERGENCY,
    PUBLIC_SAFETY,
    DROUGHT,
    SMALL_HOUSEHOLD_TAKE,
)
# The permit itself is issued only after the trial run (第二十三条): until then the approval counts.
APPROVED_ON_TRIAL = Exemption(
    id="WPR23",
    zh="取水申请已经批准，正在试运行，验收合格后核发取水许可证",
    en="approved and on trial: the permit is issued once the works are accepted",
    clause="取水许可和水资源费征收管理条例第二十三条",
    quote="经验收合格的，由审批机关核发取水许可证",
    when=_approved_on_trial,
)


def needs_no_permit(well: Facts) -> BooleanValue:
    """Whether it may take water without a permit, or none could have been issued yet."""
    return reduce(or_, [each.when(well) for each in (*NO_PERMIT_NEEDED, APPROVED_ON_TRIAL)])
