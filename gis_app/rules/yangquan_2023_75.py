"""阳泉市人民政府办公室《关于进一步加强地下水管理的实施意见》 阳政办发〔2023〕75号.

In force from 2023-10-18 for five years; we read 「有效期五年」 as ending before 2028-10-18.
"""

from datetime import date

from ibis.expr.types import BooleanValue

from gis_app.law import Exemption, Instrument, Parameter, Question, Tier, Verdict
from gis_app.rules.engine import rule
from gis_app.rules.facts import PLANNED, UNSEALED, Facts

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


def _for_monitoring(well: Facts) -> BooleanValue:
    return well.recorded_as("well_type", ["monitoring", "exploration"]) | well.recorded_as(
        "use", ["monitoring_test"]
    )


def _emergency(well: Facts) -> BooleanValue:
    return well.granted("engineering_emergency", "public_safety_emergency")


# 取水许可和水资源费征收管理条例第四条 leaves the limit to the province; no number was found.
SMALL_TAKE = Parameter(
    name="household_small_take_m3",
    zh="家庭生活和零星散养等少量取水的年限额",
    en="yearly limit of small household takes that need no permit",
    unit="m3/a",
    instrument="WPR-460-2017",
    clause="第四条",
    quote="少量取水的限额，由省、自治区、直辖市人民政府规定",
)


def _small_household_take(well: Facts) -> BooleanValue:
    household = well.use.isin(["domestic_rural", "livestock"])
    return household & (well.annual_m3 <= well.parameter(SMALL_TAKE))


def _not_own_supply(well: Facts) -> BooleanValue:
    # 自备 is itself a fact of the register; the type withdraws it only where it is written down
    return (
        well.recorded_as("well_type", ["public_supply", "monitoring", "emergency_backup"])
        | well.recorded_as("use", ["public_supply", "monitoring_test", "emergency"])
        | well.recorded_as("status", ["emergency_only"])
    )


@rule(
    "YQ-01",
    OPINION,
    "二(九)",
    "在地表水供水区覆盖范围内，严禁开凿包括替代井在内的新井",
    Verdict.PROHIBIT,
    en="No new wells, replacements included, in the surface-supply area",
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
    exemptions=(
        Exemption(
            id="GWR48",
            zh="以监测、勘探为目的，不需要申请取水许可",
            en="works for monitoring or exploration need no permit",
            clause="地下水管理条例第四十八条",
            quote="以监测、勘探为目的的地下水取水工程，不需要申请取水许可",
            when=_for_monitoring,
        ),
        Exemption(
            id="WPR4-3/4",
            zh="临时应急取（排）水，不需要申请领取取水许可证",
            en="temporary emergency abstraction needs no permit",
            clause="取水许可和水资源费征收管理条例第四条",
            quote="为消除对公共安全或者公共利益的危害临时应急取水的",
            when=_emergency,
        ),
        Exemption(
            id="WPR4-2",
            zh="家庭生活和零星散养、圈养畜禽饮用等少量取水，不需要申请领取取水许可证",
            en="small takes for households and for a few animals need no permit",
            clause="取水许可和水资源费征收管理条例第四条",
            quote="家庭生活和零星散养、圈养畜禽饮用等少量取水的",
            when=_small_household_take,
        ),
    ),
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
    exemptions=(
        Exemption(
            id="not-self-supply",
            zh="公共供水水源井、监测井、应急备用井不是自备水井",
            en="public-supply, monitoring and emergency wells are not self-supplied wells",
            clause="二(九)",
            quote="自备水井",
            when=_not_own_supply,
        ),
    ),
)
def self_supply_well_in_coverage(well: Facts) -> BooleanValue:
    """关闭城市公共供水管网覆盖范围内的自备水井。"""
    return well.inside("public_supply_coverage") & well.self_supply & well.status.isin(UNSEALED)
