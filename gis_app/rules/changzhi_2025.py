"""《长治市严格落实“四水四定”行动方案》, issued in 2025.

The paper prints 「2025年 月 日」, day and month blank, so it surely bound from 2026-01-01; of the
days of 2025 we say nothing.
"""

from datetime import date

from ibis.expr.types import BooleanValue

from gis_app.law import (
    LISTED,
    Instrument,
    Parameter,
    Question,
    Tier,
    Verdict,
    Words,
)
from gis_app.rules.engine import rule
from gis_app.rules.facts import PLANNED, WORKING, Facts
from gis_app.rules.permit_regulation_2017 import (
    MONITORING,
)
from gis_app.rules.permit_regulation_2017.supervision import abstraction_without_permit, no_meter
from gis_app.rules.several_faults import (
    faults_at_hand,
    from_permit_or_meter,
    open_of_permit_or_meter,
    surely_unpermitted,
    surely_without_meter,
    unless,
)
from gis_app.rules.taking import meter_does_not_work
from gis_app.rules.water_law_2016 import (
    VOLUME_NOT_CERTAIN,
    outside_permit_conditions,
    volume_is_open,
)
from gis_app.rules.water_saving_2024 import measured_by_electricity

PLAN = Instrument(
    id="changzhi-2025",
    key="changzhi-2025-four-waters.txt",
    zh="长治市严格落实“四水四定”行动方案",
    en="Changzhi action plan on water as the limit of growth",
    number="文本未载文号",
    area="1404",
    since=date(2026, 1, 1),
    tier=Tier.MUNICIPAL,
    remark=Words(
        zh="文本未载文号，落款为“2025年 月 日”，月、日空白；以2026年1月1日为确已生效之日",
        en="the text bears no number, and day and month of 2025 are blank; 2026-01-01 is the first "
        "day on which it surely bound",
    ),
)

SCARCE = Parameter(
    name="changzhi_water_scarce_area",
    zh="是否属于长治市水资源紧缺地区",
    en="whether the area counts as scarce of water in Changzhi",
    unit=LISTED,
    instrument="changzhi-2025-four-waters.txt",
    clause="二(四)13",
    quote="在水资源紧缺地区，严格限制钢铁、焦化、煤炭、化工、造纸、食品、纺织等高耗水产业项目",
)

# 「化工」 takes in the chemistry of coal and of petroleum.
_NAMED_INDUSTRIES = (
    "steel",
    "coking",
    "coal",
    "chemical",
    "coal_chemical",
    "petrochemical",
    "paper",
    "food",
    "textile",
)


def _other_thirsty_industry(application: Facts) -> BooleanValue:
    return application.high_consumption & ~application.industry_class.isin(_NAMED_INDUSTRIES)


@rule(
    "CZ-01",
    PLAN,
    "二(一)1",
    "全市地下水开采量严格控制在每年2.2亿立方米以内",
    Verdict.NOTIFY,
    en="City's groundwater use above 220 million m³ a year",
    subjects=("unit",),
    orders=Words(
        zh="全市地下水开采量超过控制数，应当告知",
        en="the city is above its ceiling: a notice is due",
    ),
)
def city_above_groundwater_cap(unit: Facts) -> BooleanValue:
    """全市地下水年开采量超过2.2亿立方米。"""
    return (unit.unit_level == "city") & (unit.unit_taken_m3 > 220_000_000)


@rule(
    "CZ-03",
    PLAN,
    "二(一)3",
    "对纳入取水许可管理的取水户和使用公共供水管网供水达到规定用水规模的非居民用水户，"
    "全部实行计划用水管理",
    Verdict.PLAN,
    en="Planned water use for all who hold a permit",
)
def planned_use_of_permit_holders(well: Facts) -> BooleanValue:
    """取水许可户实行计划用水。

    The other half, users of the public network above a scale, are no wells of a register, and
    the scale 「规定用水规模」 is not given.
    """
    return (well.permit_state == "held") & well.status.isin(WORKING)


@rule(
    "CZ-06",
    PLAN,
    "二(二)7",
    "实施《长治市辛安泉域保护实施方案》，实施辛安泉域保护与修复措施",
    Verdict.NOTIFY,
    en="Inside the Xin'an spring domain: its protection programme applies",
    subjects=("well", "application"),
    orders=Words(
        zh="位于辛安泉域，应当按照《长治市辛安泉域保护实施方案》核对",
        en="it lies in the Xin'an spring domain and is checked against its protection programme",
    ),
)
def inside_xinan_spring_domain(taker: Facts) -> BooleanValue:
    """位于辛安泉域，执行保护实施方案。"""
    return taker.inside("spring_domain", "xinan") & taker.status.isin([*PLANNED, *WORKING])


@rule(
    "CZ-02",
    PLAN,
    "二(四)13",
    "在水资源紧缺地区，严格限制钢铁、焦化、煤炭、化工、造纸、食品、纺织等高耗水产业项目",
    Verdict.REFER,
    en="High-consumption industry is strictly limited where water is scarce",
    subjects=("application",),
    exemptions=(MONITORING,),
    questions=(
        Question(
            id="other_high_consumption_industry",
            zh="所列行业之外的高耗水项目是否属于“等高耗水产业项目”，须由水行政主管部门认定",
            en="whether a high-consumption project of an industry that is not named is meant too "
            "is for the authority to say",
            when=_other_thirsty_industry,
        ),
    ),
    # 「限制」 is not 「禁止」: no application is refused by these words alone
    orders=Words(
        zh="严格限制，移交审批机关从严审查",
        en="it is strictly limited and referred for close examination",
    ),
)
def limited_industry_in_scarce_area(application: Facts) -> BooleanValue:
    """水资源紧缺地区严格限制高耗水产业项目。"""
    named = application.industry_class.isin(_NAMED_INDUSTRIES)
    return application.listed(SCARCE) & (named | application.high_consumption)


@rule(
    "CZ-05",
    PLAN,
    "二(四)13",
    "在水源配置方面遵循“先地表再地下，优先配置再生水”的原则",
    Verdict.REFER,
    en="Groundwater asked for where reclaimed or surface water is available",
    subjects=("application",),
    exemptions=(MONITORING,),
    orders=Words(
        zh="有再生水或者地表水可用，移交审查水源配置",
        en="reclaimed or surface water is at hand: the choice of source is referred for review",
    ),
)
def groundwater_before_other_sources(application: Facts) -> BooleanValue:
    """有再生水、地表水可用而申请地下水。"""
    reclaimed = application.reclaimed_usable & ~application.reclaimed_used
    return reclaimed | application.surface_usable


@rule(
    "CZ-07",
    PLAN,
    "二(四)13",
    "节水评价未通过审查的，水资源论证报告不予通过技术审查",
    Verdict.DENY,
    en="Without a passed water-saving review the water resource report is not passed",
    subjects=("application",),
    exemptions=(MONITORING,),
    orders=Words(
        zh="水资源论证报告不予通过技术审查",
        en="its water resource report must not pass technical review",
    ),
)
def water_saving_review_not_passed(application: Facts) -> BooleanValue:
    """节水评价未通过审查。"""
    return ~application.review_passed


def _unmetered(well: Facts) -> BooleanValue:
    return no_meter(well) & ~measured_by_electricity(well)


def _breach_in_use(well: Facts) -> BooleanValue:
    return outside_permit_conditions(well) | meter_does_not_work(well)


def _breach_besides_permit(well: Facts) -> BooleanValue:
    return _breach_in_use(well) | _unmetered(well)


def _surely_outside(well: Facts) -> BooleanValue:
    return outside_permit_conditions(well) & ~volume_is_open(well)


def _sure_breach_in_use(well: Facts) -> BooleanValue:
    return _surely_outside(well) | meter_does_not_work(well)


def _sure_breach_besides_meter(well: Facts) -> BooleanValue:
    return _surely_outside(well) | surely_unpermitted(well)


def _sure_breach_besides_volume(well: Facts) -> BooleanValue:
    return (_unmetered(well) & surely_without_meter(well)) | meter_does_not_work(well)


def _sure_breach_besides_permit(well: Facts) -> BooleanValue:
    return _surely_outside(well) | _sure_breach_besides_volume(well)


@rule(
    "CZ-04",
    PLAN,
    "二(四)14",
    "对未经批准擅自取水、未依照批准的取水许可规定条件取水、未安装计量设施以及"
    "计量设施不合格或者运行不正常等情形，依法依规进行处理",
    Verdict.REFER,
    en="Four faults: no permit, against its terms, no meter, a meter that does not work",
    # what the national rules of these faults let out, each from the faults that it excuses
    exemptions=from_permit_or_meter(_breach_besides_permit, _breach_in_use),
    questions=(
        *open_of_permit_or_meter(
            _sure_breach_besides_permit, _sure_breach_besides_meter, _sure_breach_in_use
        ),
        *(unless(_sure_breach_besides_volume, each) for each in VOLUME_NOT_CERTAIN),
    ),
    orders=Words(zh="移交依法依规处理", en="it is referred to be dealt with by law"),
    rests_on=faults_at_hand,
)
def four_enforcement_triggers(well: Facts) -> BooleanValue:
    """取水执法四情形。

    The faults are those of N-21, N-22, N-17 and N-20; here a meter that does not work is at fault
    at once, without a term for its repair.
    """
    fault = abstraction_without_permit(well) | _breach_besides_permit(well)
    return well.status.isin(WORKING) & fault
