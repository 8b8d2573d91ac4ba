"""鄂尔多斯市通知 三(三) and 三(四): what groundwater may be taken for, and how much of it."""

from ibis.expr.types import BooleanValue

from gis_app.law import Exemption, Question, Verdict
from gis_app.rules.engine import rule
from gis_app.rules.facts import PLANNED, WORKING, Facts
from gis_app.rules.ordos_notice import NOTICE, used_for
from gis_app.rules.permit_regulation_2017 import MONITORING
from gis_app.rules.taking import puts_water_back

# 「石化和化工」: coal chemistry is a chemical industry.
BARRED_INDUSTRIES = ("thermal_power", "textile", "petrochemical", "chemical", "coal_chemical")


def _listed_industry(application: Facts) -> BooleanValue:
    return application.industry_class.isin(BARRED_INDUSTRIES)


def _other_thirsty_industry(application: Facts) -> BooleanValue:
    industry = application.use == "industry"
    return application.high_consumption & industry & ~_listed_industry(application)


@rule(
    "ORD-04",
    NOTICE,
    "三(三)",
    "严禁取用地下水用于城市水景观、水上娱乐项目和人工造雪",
    Verdict.PROHIBIT,
    en="No groundwater for city waterscapes, water recreation or artificial snow",
    subjects=("well", "application"),
)
def groundwater_for_scenery_or_snow(taker: Facts) -> BooleanValue:
    """城市水景观、水上娱乐、人工造雪禁用地下水。"""
    scenery = taker.use.isin(["waterscape", "water_recreation", "snowmaking"])
    return scenery & taker.status.isin([*PLANNED, *WORKING])


@rule(
    "ORD-03",
    NOTICE,
    "三(三)",
    "新建、改建、扩建火力发电、纺织、石化和化工等高耗水工业项目禁止取用地下水",
    Verdict.DENY,
    en="No groundwater for new, rebuilt or expanded high-consumption industry",
    subjects=("application",),
    exemptions=(MONITORING,),
    questions=(
        Question(
            id="other_high_consumption_industry",
            zh="所列行业之外的高耗水工业项目是否属于“等高耗水工业项目”，须由水行政主管部门认定",
            en="whether a high-consumption industry that the notice does not name is meant too is "
            "for the authority to say",
            when=_other_thirsty_industry,
        ),
    ),
)
def groundwater_for_high_consumption_industry(application: Facts) -> BooleanValue:
    """新建、改建、扩建高耗水工业项目禁用地下水。"""
    works = application.build_type.isin(["new", "rebuild", "expand"])
    thirsty = application.high_consumption & (application.use == "industry")
    industry = _listed_industry(application) | thirsty
    return works & industry & ~puts_water_back(application)


@rule(
    "ORD-01",
    NOTICE,
    "三(四)",
    "应当暂停审批新增取用地下水",
    Verdict.SUSPEND,
    en="Approvals are suspended where the unit is above its quota or below its control level",
    subjects=("application",),
    # 「等特殊情形」 leaves room for others: nothing tells us which, so these two alone are taken
    exemptions=(
        Exemption(
            id="residents",
            zh="城乡居民生活",
            en="domestic water of residents in towns and villages",
            clause="三(四)",
            quote="除城乡居民生活或供热管网补水等特殊情形外",
            when=used_for("domestic_urban", "domestic_rural"),
        ),
        Exemption(
            id="heating-makeup",
            zh="供热管网补水",
            en="make-up water of heating networks",
            clause="三(四)",
            quote="除城乡居民生活或供热管网补水等特殊情形外",
            when=used_for("heating_makeup"),
        ),
        MONITORING,
    ),
    questions=(
        Question(
            id="public_supply_for_residents",
            zh="公共供水取水是否属于“城乡居民生活”，须由水行政主管部门认定",
            en="whether water for the public supply is domestic water of residents is for the "
            "authority to say",
            when=used_for("public_supply"),
        ),
    ),
)
def approval_suspended_in_exceeding_unit(application: Facts) -> BooleanValue:
    """超指标管理单元暂停审批新增取用地下水。

    What was taken in the last full year is held against the quota of that year.
    """
    too_much = application.unit_taken_m3 > application.unit_taken_quota_m3
    too_low = application.unit_level_m < application.unit_control_level_m
    more = (application.added_m3 > 0) & ~puts_water_back(application)
    return more & (too_much | too_low)


@rule(
    "ORD-02",
    NOTICE,
    "三(四)",
    "对纳入取水许可管理的用水户和公共供水管网覆盖范围内年用水量5000立方米（含）以上的用水户"
    "应当实行计划用水管理",
    Verdict.PLAN,
    en="Planned water use: permit holders, and users of 5,000 m³ a year inside supply coverage",
)
def planned_use_of_permitted_and_large_users(well: Facts) -> BooleanValue:
    """许可用水户和管网内年用水5000立方米（含）以上用水户实行计划用水。"""
    large = (well.user_least_m3 >= 5_000) | (well.user_annual_m3 >= 5_000)
    covered = well.inside("public_supply_coverage") & large
    return well.status.isin(WORKING) & ((well.permit_state == "held") | covered)
