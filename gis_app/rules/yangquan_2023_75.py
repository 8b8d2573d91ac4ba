"""阳泉市人民政府办公室《关于进一步加强地下水管理的实施意见》 阳政办发〔2023〕75号.

In force from 2023-10-18 for five years; we read 「有效期五年」 as ending before 2028-10-18.
"""

from dataclasses import replace
from datetime import date

from ibis.expr.types import BooleanValue

from gis_app.law import Condition, Exemption, Instrument, Parameter, Question, Tier, Verdict, Words
from gis_app.rules.engine import rule
from gis_app.rules.facts import PLANNED, UNSEALED, WORKING, Facts
from gis_app.rules.groundwater_regulation_2021 import ARTICLE_35
from gis_app.rules.permit_regulation_2017 import (
    APPROVED_ON_TRIAL,
    DEWATERING_SCALE,
    NO_PERMIT_NEEDED,
)

OPINION = Instrument(
    id="yangquan-2023-75",
    key="yangquan-2023-75.txt",
    zh="阳泉市关于进一步加强地下水管理的实施意见",
    en="Yangquan opinion on strengthening groundwater management",
    number="阳政办发〔2023〕75号",
    area="1403",
    since=date(2023, 10, 18),
    until=date(2028, 10, 18),
    tier=Tier.MUNICIPAL,
)

# 三(三) has the sources compared and names no number: how far they may differ is ours to set.
CROSSCHECK_TOLERANCE = Parameter(
    name="crosscheck_tolerance_percent",
    zh="各来源水量比对的容许差（占最小值的百分比）",
    en="how far the compared volumes may differ, in percent of the least",
    unit="%",
    instrument=OPINION.key,
    clause="三(三)",
    quote="通过查水权、水量、设备、电量、水费、用途等措施，监控地下水开采量",
)


def _for_monitoring(well: Facts) -> BooleanValue:
    return well.recorded_as("well_type", ["monitoring", "exploration"]) | well.recorded_as(
        "use", ["monitoring_test"]
    )


def _not_own_supply(well: Facts) -> BooleanValue:
    # 自备 is itself a fact of the register; the type withdraws it only where it is written down
    return (
        well.recorded_as("well_type", ["public_supply", "monitoring", "emergency_backup"])
        | well.recorded_as("use", ["public_supply", "monitoring_test", "emergency"])
        | well.recorded_as("status", ["emergency_only"])
    )


def _reopened(well: Facts) -> BooleanValue:
    return well.granted("reopening")


def _fault_recorded(well: Facts) -> BooleanValue:
    return well.violated("resale", "over_plan", "tax_unpaid")


def _unless_at_fault(way_out: Condition) -> Condition:
    """What needs no permit may still not resell, exceed its plan or leave the tax unpaid."""

    def when(well: Facts) -> BooleanValue:
        return way_out(well) & ~_fault_recorded(well)

    return when


def _trial_with_meter(well: Facts) -> BooleanValue:
    metered = well.meter_state != "none"
    return APPROVED_ON_TRIAL.when(well) & metered & ~_fault_recorded(well)


def _dewaters_without_permit(well: Facts) -> BooleanValue:
    unpermitted = well.permit_state == "none"
    return DEWATERING_SCALE.when(well) & unpermitted & ~_fault_recorded(well)


def _zone_breach(application: Facts) -> BooleanValue:
    # the provisions for both zones are those of 地下水管理条例 35, with its three ways out
    works, public, monitoring = (each.when(application) for each in ARTICLE_35)
    more = application.inside("restricted_zone") & (application.added_m3 > 0)
    return (application.inside("prohibited_zone") | more) & ~(works | public | monitoring)


def _control_breach(application: Facts) -> BooleanValue:
    total = application.unit_permitted_m3 + application.added_m3
    too_much = (application.added_m3 > 0) & (total > application.unit_quota_m3)
    return too_much | (application.unit_level_m < application.unit_control_level_m)


def _norm_breach(application: Facts) -> BooleanValue:
    allowed = application.norm_m3_per_output * application.output_quantity
    return (application.output_quantity > 0) & (application.annual_permitted_m3 > allowed)


NOT_SELF_SUPPLIED = Exemption(
    id="not-self-supply",
    zh="公共供水水源井、监测井、应急备用井不是自备水井",
    en="public-supply, monitoring and emergency wells are not self-supplied wells",
    clause="二(九)",
    quote="自备水井",
    when=_not_own_supply,
)


@rule(
    "YQ-05",
    OPINION,
    "二(二)",
    "严禁审批列入《高耗水工艺、技术和装备淘汰目录》的项目",
    Verdict.DENY,
    en="No approval for projects in the catalogue of obsolete processes",
    subjects=("application",),
)
def project_in_obsolete_catalogue(application: Facts) -> BooleanValue:
    """严禁审批列入淘汰目录的项目。"""
    return application.obsolete_process


@rule(
    "YQ-10",
    OPINION,
    "二(五)",
    "水文监测、地质勘探用于观测的钻孔应当分层止水,其余钻孔应当在勘探结束后封堵",
    Verdict.SEAL,
    en="Observation boreholes are sealed between aquifers, others are plugged after exploration",
    orders=Words(
        "用于观测的钻孔应当分层止水，其余钻孔应当封堵",
        "an observation borehole must be sealed between its aquifers, any other must be plugged",
    ),
)
def borehole_not_sealed(well: Facts) -> BooleanValue:
    """钻孔分层止水、勘探结束后封堵。

    An observation borehole whose screens cross two aquifers is not sealed between them. A blank
    type makes no well an observation borehole.
    """
    observes = well.recorded_as("well_type", ["monitoring"])
    crosses = well.aquifers_crossed >= 2
    explored = (well.status == "exploration_done") & (~observes | crosses)
    return explored | (observes & crosses & well.status.isin(UNSEALED))


@rule(
    "YQ-04",
    OPINION,
    "二(七)",
    "不符合强制性国家标准，违反法律、法规的规定开垦种植的，不予批准取用地下水",
    Verdict.DENY,
    en="Applications that must be refused: zones, quota and level, norm, standards, reclamation",
    subjects=("application",),
)
def application_to_be_refused(application: Facts) -> BooleanValue:
    """不予批准取用地下水的情形。"""
    planting = application.use.isin(["irrigation", "forestry_grass"])
    return (
        _zone_breach(application)
        | _control_breach(application)
        | _norm_breach(application)
        | ~application.standards_met
        | (planting & application.illegal_reclamation)
    )


@rule(
    "YQ-09",
    OPINION,
    "二(七)",
    "开采地热水应当加强与矿产资源等规划衔接，依法办理取水许可申请",
    Verdict.REFER,
    en="Geothermal water without an abstraction permit",
    exemptions=(APPROVED_ON_TRIAL,),
)
def geothermal_without_permit(well: Facts) -> BooleanValue:
    """开采地热水未办理取水许可。"""
    geothermal = well.well_type == "geothermal_pump"
    return geothermal & (well.permit_state == "none") & well.status.isin(WORKING)


@rule(
    "YQ-08",
    OPINION,
    "二(九)",
    "私自转供水、无证取水、无计量取水、超计划取水和不缴纳水资源税",
    Verdict.REFER,
    en="Resale, no permit, no meter, above the plan, or tax unpaid",
    exemptions=(
        *(replace(each, when=_unless_at_fault(each.when)) for each in NO_PERMIT_NEEDED),
        replace(APPROVED_ON_TRIAL, when=_trial_with_meter),
    ),
    questions=(replace(DEWATERING_SCALE, when=_dewaters_without_permit),),
)
def unlawful_taking(well: Facts) -> BooleanValue:
    """私自转供水、无证、无计量、超计划取水和不缴税。"""
    bare = (well.permit_state == "none") | (well.meter_state == "none")
    return well.status.isin(WORKING) & (_fault_recorded(well) | bare)


@rule(
    "YQ-01",
    OPINION,
    "二(九)",
    "在地表水供水区覆盖范围内，严禁开凿包括替代井在内的新井",
    Verdict.PROHIBIT,
    en="No new wells, replacements included, in the surface-supply area",
    subjects=("well", "application"),
    questions=(
        Question(
            id="filed_monitoring_works",
            zh="以监测、勘探为目的的井依《地下水管理条例》第四十八条备案，是否属于“新井”须由水行政主管部门认定",
            en="wells for monitoring or exploration are filed under article 48 of the national "
            "regulation; whether they are “new wells” is for the authority to say",
            when=_for_monitoring,
        ),
    ),
)
def new_well_in_surface_supply_area(well: Facts) -> BooleanValue:
    """地表水供水区严禁新井（含替代井）。"""
    drilled_since = well.status.isin(UNSEALED) & (well.completed_on >= OPINION.since)
    return well.inside("surface_supply_area") & (well.status.isin(PLANNED) | drilled_since)


@rule(
    "YQ-02",
    OPINION,
    "二(九)",
    "依法限期关闭并封存未经批准的自备水井",
    Verdict.CLOSE_BY,
    en="Close self-supplied wells without approval",
    exemptions=(*NO_PERMIT_NEEDED, APPROVED_ON_TRIAL),
    questions=(DEWATERING_SCALE,),
)
def self_supply_well_without_approval(well: Facts) -> BooleanValue:
    """关闭未经批准的自备水井。"""
    return well.self_supply & (well.permit_state == "none") & well.status.isin(UNSEALED)


@rule(
    "YQ-03",
    OPINION,
    "二(九)",
    "城市公共供水管网覆盖范围内的自备水井",
    Verdict.CLOSE_BY,
    en="Close self-supplied wells inside public supply coverage",
    exemptions=(NOT_SELF_SUPPLIED,),
)
def self_supply_well_in_coverage(well: Facts) -> BooleanValue:
    """关闭城市公共供水管网覆盖范围内的自备水井。"""
    return well.inside("public_supply_coverage") & well.self_supply & well.status.isin(UNSEALED)


@rule(
    "YQ-06",
    OPINION,
    "三(三)",
    "对地下水总量指标落实、计量监测设施运行、已关闭机井非法启用等情况开展执法检查",
    Verdict.REFER,
    en="A well that was shut takes water or electricity again",
    exemptions=(
        Exemption(
            id="reopening",
            zh="经批准重新启用，不是非法启用",
            en="reopened with approval, so not unlawfully",
            clause="三(三)",
            quote="已关闭机井非法启用",
            when=_reopened,
        ),
    ),
)
def shut_well_used_again(well: Facts) -> BooleanValue:
    """已关闭机井非法启用。"""
    used = (well.taken_since_shut_m3 > 0) | (well.kwh_since_shut > 0)
    return well.status.isin(["closed", "sealed"]) & used


@rule(
    "YQ-07",
    OPINION,
    "三(三)",
    "通过查水权、水量、设备、电量、水费、用途等措施，监控地下水开采量",
    Verdict.NOTIFY,
    en="The volumes from different sources differ by more than is tolerated",
    orders=Words(
        "应当核查：各来源的水量相差超过容许差",
        "it is to be checked: its volumes from different sources differ too far",
    ),
)
def volumes_disagree(well: Facts) -> BooleanValue:
    """六查比对：各来源水量不符。"""
    least, most = well.crosscheck_least_m3, well.crosscheck_most_m3
    beyond = most * 100 > least * (100 + well.parameter(CROSSCHECK_TOLERANCE))
    return (well.crosscheck_sources >= 2) & (most > least) & ((least <= 0) | beyond)
