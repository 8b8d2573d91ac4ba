"""《鄂尔多斯市人民政府关于进一步加强全市水资源管理工作的通知》: what it says of groundwater.

The text at hand bears neither number nor date. 三(六) sets a term of 2022-03-31, so on that day the
notice surely bound; of earlier days we say nothing.
"""

from dataclasses import replace
from datetime import date

from ibis.expr.types import BooleanValue

from gis_app.law import Condition, Exemption, Instrument, Question, Tier, Verdict, Words
from gis_app.rules.engine import rule
from gis_app.rules.facts import PLANNED, WORKING, Facts
from gis_app.rules.permit_regulation_2017 import MONITORING, SMALL_HOUSEHOLD_TAKE
from gis_app.rules.water_saving_2024 import coefficient_recorded

NOTICE = Instrument(
    id="ordos-water-notice",
    key="ordos-water-notice.txt",
    zh="鄂尔多斯市人民政府关于进一步加强全市水资源管理工作的通知",
    en="Ordos notice on strengthening water resource management",
    number="文本未载文号",
    area="1506",
    since=date(2022, 3, 31),
    tier=Tier.MUNICIPAL,
    remark=Words(
        "文本未载文号和日期；以文中最早期限2022年3月31日为确已生效之日。"
        "2024年1月1日起施行的《鄂尔多斯市水资源管理条例》效力高于本通知，二者不一致时从条例",
        "the text bears neither number nor date; 2022-03-31, its first term, is the first day on "
        "which it surely bound. The Ordos water resource regulation, in force since 2024-01-01, "
        "stands above it and prevails where the two differ",
    ),
)

# 「石化和化工」: coal chemistry is a chemical industry.
BARRED_INDUSTRIES = ("thermal_power", "textile", "petrochemical", "chemical", "coal_chemical")
NOT_METERED = ("none", "indirect_kwh")


def _used_for(*uses: str) -> Condition:
    def when(taker: Facts) -> BooleanValue:
        return taker.use.isin(uses)

    return when


def _listed_industry(application: Facts) -> BooleanValue:
    return application.industry_class.isin(BARRED_INDUSTRIES)


def _other_thirsty_industry(application: Facts) -> BooleanValue:
    industry = application.use == "industry"
    return application.high_consumption & industry & ~_listed_industry(application)


def _data_withheld(well: Facts) -> BooleanValue:
    return well.violated("data_refused", "data_false")


def _irrigates_by_electricity(well: Facts) -> BooleanValue:
    return (well.use == "irrigation") & (well.meter_state == "indirect_kwh")


def _perhaps_cannot_be_metered(well: Facts) -> BooleanValue:
    irrigation = (well.use == "irrigation") & (well.meter_state == "none")
    kindred = well.use.isin(["livestock", "forestry_grass"]) & well.meter_state.isin(NOT_METERED)
    return irrigation | kindred


def _perhaps_remote(well: Facts) -> BooleanValue:
    return well.meter_state.isin(["fault", "calibration_due"])


def _unless_withheld(way_out: Condition) -> Condition:
    """No way out of a rule for one who refuses or falsifies data."""

    def when(well: Facts) -> BooleanValue:
        return way_out(well) & ~_data_withheld(well)

    return when


BY_ELECTRICITY = Exemption(
    id="irrigation-by-electricity",
    zh="暂不具备计量条件的农牧业灌溉，以电量折算水量",
    en="farm irrigation that cannot yet be metered is measured by electricity",
    clause="三(四)",
    quote="对农牧业灌溉取用地下水暂不具备计量条件的",
    when=_irrigates_by_electricity,
)
CANNOT_BE_METERED = Question(
    id="farming_not_yet_meterable",
    zh="是否属于“暂不具备计量条件”的“农牧业灌溉”，须由水行政主管部门认定",
    en="whether it is farm irrigation that cannot yet be metered is for the authority to say",
    when=_perhaps_cannot_be_metered,
)


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
    return works & (_listed_industry(application) | thirsty)


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
            when=_used_for("domestic_urban", "domestic_rural"),
        ),
        Exemption(
            id="heating-makeup",
            zh="供热管网补水",
            en="make-up water of heating networks",
            clause="三(四)",
            quote="除城乡居民生活或供热管网补水等特殊情形外",
            when=_used_for("heating_makeup"),
        ),
    ),
    questions=(
        Question(
            id="public_supply_for_residents",
            zh="公共供水取水是否属于“城乡居民生活”，须由水行政主管部门认定",
            en="whether water for the public supply is domestic water of residents is for the "
            "authority to say",
            when=_used_for("public_supply"),
        ),
    ),
)
def approval_suspended_in_exceeding_unit(application: Facts) -> BooleanValue:
    """超指标管理单元暂停审批新增取用地下水。"""
    too_much = application.unit_taken_m3 > application.unit_quota_m3
    too_low = application.unit_level_m < application.unit_control_level_m
    return (application.added_m3 > 0) & (too_much | too_low)


@rule(
    "ORD-02",
    NOTICE,
    "三(四)",
    "公共供水管网覆盖范围内年用水量5000立方米（含）以上的用水户应当实行计划用水管理",
    Verdict.PLAN,
    en="Planned water use: permit holders, and users of 5,000 m³ a year inside supply coverage",
)
def planned_use_of_permitted_and_large_users(well: Facts) -> BooleanValue:
    """许可用水户和管网内年用水5000立方米（含）以上用水户实行计划用水。"""
    large = (well.user_least_m3 >= 5_000) | (well.user_annual_m3 >= 5_000)
    covered = well.inside("public_supply_coverage") & large
    return well.status.isin(WORKING) & ((well.permit_state == "held") | covered)


@rule(
    "ORD-05",
    NOTICE,
    "三(四)",
    "加快实施取用水户远程实时在线计量监控，2022年6月底前实现与市级水资源信息平台资源共享",
    Verdict.METER,
    en="Meter not read remotely in real time",
    exemptions=(BY_ELECTRICITY, MONITORING, SMALL_HOUSEHOLD_TAKE),
    questions=(
        CANNOT_BE_METERED,
        Question(
            id="meter_is_remote",
            zh="故障或者待检定的计量设施是否为远程实时在线计量设施，须查明",
            en="whether the meter that is out of order or due for calibration is a remote one has "
            "to be found out",
            when=_perhaps_remote,
        ),
    ),
    orders=Words(
        "应当实行远程实时在线计量，并与市级水资源信息平台资源共享",
        "it must be metered remotely in real time and shared with the city's platform",
    ),
    since=date(2022, 7, 1),
)
def no_remote_metering(well: Facts) -> BooleanValue:
    """取用水户未实现远程实时在线计量。"""
    return well.status.isin(WORKING) & (well.meter_state != "online")


@rule(
    "ORD-08",
    NOTICE,
    "三(四)",
    "对未安装取水计量设施、计量设施不合格或运行不正常、拒不提供或提供虚假取水数据的，水行政主管部门要依法处罚",
    Verdict.REFER,
    en="No meter, a faulty meter, data refused or falsified",
    exemptions=(
        replace(BY_ELECTRICITY, when=_unless_withheld(BY_ELECTRICITY.when)),
        replace(MONITORING, when=_unless_withheld(MONITORING.when)),
        replace(SMALL_HOUSEHOLD_TAKE, when=_unless_withheld(SMALL_HOUSEHOLD_TAKE.when)),
    ),
    questions=(replace(CANNOT_BE_METERED, when=_unless_withheld(CANNOT_BE_METERED.when)),),
)
def metering_breach(well: Facts) -> BooleanValue:
    """未计量、计量不正常、拒报或者虚报取水数据。"""
    meter = well.meter_state.isin([*NOT_METERED, "fault"])
    return well.status.isin(WORKING) & (meter | _data_withheld(well))


@rule(
    "ORD-06",
    NOTICE,
    "三(四)",
    "采取以电量折算水量、以用电控制用水的方式管理取用水",
    Verdict.METER,
    en="Farm irrigation not measured by its electricity",
    questions=(
        Question(
            id="farm_irrigation",
            zh="畜牧、林草取水是否属于“农牧业灌溉”，须由水行政主管部门认定",
            en="whether water for livestock, forestry or grass is farm irrigation is for the "
            "authority to say",
            when=_used_for("livestock", "forestry_grass"),
        ),
    ),
    orders=Words(
        "应当安装计量设施；暂不具备计量条件的，以电量折算水量、以用电控制用水",
        "a meter must be fitted; where that is not yet possible, its water is measured and limited "
        "by its electricity, with a valid coefficient",
    ),
)
def farming_without_meter(well: Facts) -> BooleanValue:
    """农牧业灌溉未以电折水。"""
    farming = well.use.isin(["irrigation", "livestock", "forestry_grass"])
    no_measure = well.meter_state.isin(NOT_METERED) & ~coefficient_recorded(well)
    return well.status.isin(WORKING) & farming & no_measure


@rule(
    "ORD-07",
    NOTICE,
    "三(六)",
    "要于2022年3月31日前将巩固治理方案报市水利局",
    Verdict.NOTIFY,
    en="An overdraft zone has no governance plan",
    subjects=("zone",),
    orders=Words(
        "应当督促旗区人民政府将超采区巩固治理方案报市水利局",
        "the banner government must be urged to file the zone's governance plan with the city",
    ),
    # a plan that came in on 2022-03-31 was still in time
    since=date(2022, 4, 1),
)
def overdraft_zone_without_plan(zone: Facts) -> BooleanValue:
    """超采区未制定巩固治理方案。"""
    return (zone.layer == "overdraft_zone") & (zone.plan_state == "none")
