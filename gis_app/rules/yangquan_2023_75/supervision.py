"""阳泉意见 二(九), 三(三): supervision, and which wells are closed."""

from ibis.expr.types import BooleanValue

from gis_app.law import Exemption, Parameter, Question, Verdict, Words
from gis_app.rules.dewatering import DEWATERING_BELOW_SCALE
from gis_app.rules.engine import rule
from gis_app.rules.facts import PLANNED, UNSEALED, WORKING, Facts
from gis_app.rules.new_take import drills
from gis_app.rules.permit_regulation_2017 import (
    NO_PERMIT_NEEDED,
    PERHAPS_HOUSEHOLD,
)
from gis_app.rules.permit_regulation_2017.supervision import abstraction_without_permit
from gis_app.rules.several_faults import (
    faults_at_hand,
    from_permit_or_meter,
    open_of_permit_or_meter,
    surely_unpermitted,
    surely_without_meter,
)
from gis_app.rules.taking import has_no_meter, puts_water_back, takes_water
from gis_app.rules.water_saving_2024 import REGULATION as WATER_SAVING
from gis_app.rules.water_saving_2024 import measured_by_electricity
from gis_app.rules.yangquan_2023_75 import DRAINS, NOT_SELF_SUPPLIED, OPINION

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


def _reopened(well: Facts) -> BooleanValue:
    return well.granted("reopening")


def _fault_recorded(well: Facts) -> BooleanValue:
    return well.violated("resale", "over_plan", "tax_unpaid")


def _unmetered(well: Facts) -> BooleanValue:
    # till 《节约用水条例》 was in force nothing let a farm do without a meter
    lawful = measured_by_electricity(well) & (well.on >= WATER_SAVING.since)
    return takes_water(well) & has_no_meter(well) & ~lawful


def _besides_permit(well: Facts) -> BooleanValue:
    return _fault_recorded(well) | _unmetered(well)


def _surely_besides_permit(well: Facts) -> BooleanValue:
    return _fault_recorded(well) | (_unmetered(well) & surely_without_meter(well))


def _surely_besides_meter(well: Facts) -> BooleanValue:
    return _fault_recorded(well) | surely_unpermitted(well)


@rule(
    "YQ-08",
    OPINION,
    "二(九)",
    "私自转供水、无证取水、无计量取水、超计划取水和不缴纳水资源税",
    Verdict.REFER,
    en="Resale, no permit, no meter, above the plan, or tax unpaid",
    # each excuses from the faults that its own words speak of, and from no other
    exemptions=from_permit_or_meter(_besides_permit, _fault_recorded),
    questions=open_of_permit_or_meter(
        _surely_besides_permit, _surely_besides_meter, _fault_recorded
    ),
    rests_on=faults_at_hand,
)
def unlawful_taking(well: Facts) -> BooleanValue:
    """私自转供水、无证、无计量、超计划取水和不缴税。"""
    recorded = well.status.isin(WORKING) & _fault_recorded(well)
    return recorded | abstraction_without_permit(well) | _unmetered(well)


FILED_MONITORING_WORKS = Question(
    id="filed_monitoring_works",
    zh="以监测、勘探为目的的井依《地下水管理条例》第四十八条备案，是否属于“新井”须由水行政主管部门认定",
    en="wells for monitoring or exploration are filed under article 48 of the national "
    "regulation; whether they are “new wells” is for the authority to say",
    when=_for_monitoring,
)


@rule(
    "YQ-01",
    OPINION,
    "二(九)",
    "在地表水供水区覆盖范围内，严禁开凿包括替代井在内的新井",
    Verdict.PROHIBIT,
    en="No new wells, replacements included, in the surface-supply area",
    questions=(FILED_MONITORING_WORKS,),
)
def new_well_in_surface_supply_area(well: Facts) -> BooleanValue:
    """地表水供水区严禁新井（含替代井）。

    A well is new that was drilled when the opinion bound and the area was there.
    """
    area_since = well.zone_since("surface_supply_area")
    drilled_since = (well.completed_on >= OPINION.since) & (well.completed_on >= area_since)
    new = well.status.isin(PLANNED) | (well.status.isin(UNSEALED) & drilled_since)
    return well.inside("surface_supply_area") & new


@rule(
    "YQ-01-A",
    OPINION,
    "二(九)",
    "在地表水供水区覆盖范围内，严禁开凿包括替代井在内的新井",
    Verdict.PROHIBIT,
    en="Application for a new well, or a replacement, in the surface-supply area",
    subjects=("application",),
    questions=(FILED_MONITORING_WORKS,),
)
def new_well_applied_for_in_surface_supply_area(application: Facts) -> BooleanValue:
    """地表水供水区严禁新井（含替代井）：申请。"""
    drilled = drills(application)
    return application.inside("surface_supply_area") & drilled


def _approved(well: Facts) -> BooleanValue:
    return well.recorded_before("permit_approved_on", well.day(1))


@rule(
    "YQ-02",
    OPINION,
    "二(九)",
    "依法限期关闭并封存未经批准的自备水井",
    Verdict.CLOSE_BY,
    en="Close self-supplied wells without approval",
    exemptions=(
        *NO_PERMIT_NEEDED,
        Exemption(
            id="approved",
            zh="取水申请已经批准，尚未核发取水许可证",
            en="its abstraction has been approved, and the permit is not yet issued",
            clause="二(九)",
            quote="未经批准的自备水井",
            when=_approved,
        ),
        NOT_SELF_SUPPLIED,
    ),
    questions=(DEWATERING_BELOW_SCALE, PERHAPS_HOUSEHOLD),
)
def self_supply_well_without_approval(well: Facts) -> BooleanValue:
    """关闭未经批准的自备水井。

    「自备水井」 is one word of one sentence: what it does not speak of in YQ-03 it does not here.
    """
    supplies = well.self_supply & well.status.isin(UNSEALED) & ~puts_water_back(well)
    return supplies & (well.permit_state == "none")


@rule(
    "YQ-03",
    OPINION,
    "二(九)",
    "依法限期关闭并封存未经批准的自备水井以及城市公共供水管网覆盖范围内的自备水井",
    Verdict.CLOSE_BY,
    en="Close self-supplied wells inside public supply coverage",
    exemptions=(NOT_SELF_SUPPLIED,),
    questions=(DRAINS,),
)
def self_supply_well_in_coverage(well: Facts) -> BooleanValue:
    """关闭城市公共供水管网覆盖范围内的自备水井。"""
    supplies = well.self_supply & well.status.isin(UNSEALED) & ~puts_water_back(well)
    return well.inside("public_supply_coverage") & supplies


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
