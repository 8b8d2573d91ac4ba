"""《地下水管理条例》第三章 节约与保护, arts 27 and 29: hard-to-renew water, emergency sources."""

from ibis.expr.types import BooleanValue

from gis_app.law import Exemption, Question, Verdict, Words
from gis_app.rules.engine import rule
from gis_app.rules.facts import PLANNED, Facts
from gis_app.rules.groundwater_regulation_2021 import (
    REGULATION,
    held_for_emergencies,
    small_test_take,
)
from gis_app.rules.taking import (
    takes_or_will,
)


def _new_take(taker: Facts) -> BooleanValue:
    raised = taker.annual_permitted_m3 > taker.prior_permitted_m3
    built = taker.status.isin(PLANNED) | (taker.completed_on >= REGULATION.since)
    return built | (raised & (taker.permitted_since >= REGULATION.since))


def _emergency_supply(taker: Facts) -> BooleanValue:
    # 第二款 has it stop when the emergency is over: what stands by supplies nobody
    supplies = taker.use.isin(["emergency", "public_supply", "domestic_urban", "domestic_rural"])
    return supplies & taker.granted("public_safety_emergency")


def _perhaps_emergency_supply(taker: Facts) -> BooleanValue:
    stand_by = (taker.use == "emergency") | (taker.status == "emergency_only")
    # the type of works speaks only where the register says it
    typed = taker.recorded_as("well_type", ["emergency_backup"])
    return stand_by | typed | taker.granted("public_safety_emergency", "drought_emergency")


def _residents_without_alternative(taker: Facts) -> BooleanValue:
    return taker.use.isin(["domestic_urban", "domestic_rural"]) & taker.no_alternative_source


def _public_supply_without_alternative(taker: Facts) -> BooleanValue:
    return (taker.use == "public_supply") & taker.no_alternative_source


def _within_hard_water(taker: Facts) -> BooleanValue:
    known = taker.recorded_as("aquifer_renewal", ["hard", "normal"])
    return taker.inside("hard_to_renew_groundwater") & ~known


def _emergency_lasts(well: Facts) -> BooleanValue:
    return well.granted("public_safety_emergency", "drought_emergency")


# 第二十七条 exempts other things than 第三十五条: underground works are not among them.
ARTICLE_27 = (
    Exemption(
        id="E27-1",
        zh="应急供水取水",
        en="abstraction for emergency supply",
        clause="第二十七条第一款第一项",
        quote="应急供水取水",
        when=_emergency_supply,
    ),
    Exemption(
        id="E27-2",
        zh="无替代水源地区的居民生活用水",
        en="residents' domestic water where there is no alternative source",
        clause="第二十七条第一款第二项",
        quote="无替代水源地区的居民生活用水",
        when=_residents_without_alternative,
    ),
    Exemption(
        id="E27-3",
        zh="监测、勘探、试验少量取水",
        en="small abstraction for monitoring, exploration or tests",
        clause="第二十七条第一款第三项",
        quote="为开展地下水监测、勘探、试验少量取水",
        when=small_test_take,
    ),
)


@rule(
    "N-05",
    REGULATION,
    "第二十七条第一款",
    "禁止开采难以更新的地下水",
    ((Verdict.PROHIBIT, _new_take), (Verdict.RESTRICT, None)),
    en="No abstraction of hard-to-renew groundwater; what exists must end step by step",
    subjects=("well", "application"),
    exemptions=ARTICLE_27,
    questions=(
        Question(
            id="intake_aquifer",
            zh="位于难以更新的地下水分布范围内，是否取自该水须查明取水层位",
            en="it lies where there is hard-to-renew groundwater: whether it draws on that has to "
            "be found out from the depth of its screens",
            when=_within_hard_water,
        ),
        Question(
            id="public_supply_for_residents",
            zh="无替代水源地区的公共供水是否属于“居民生活用水”须由水行政主管部门认定",
            en="whether public supply where there is no alternative source is residents' domestic "
            "water is for the authority to say",
            when=_public_supply_without_alternative,
        ),
        Question(
            id="emergency_supply",
            zh="应急备用井，或者经认定的临时应急取水，是否正在进行“应急供水取水”须由水行政主管部门认定",
            en="whether what stands by for emergencies, or takes water in one, now serves "
            "emergency supply is for the authority to say",
            when=_perhaps_emergency_supply,
        ),
    ),
    orders={
        Verdict.PROHIBIT: Words(
            zh="禁止开采难以更新的地下水", en="hard-to-renew groundwater may not be taken"
        ),
        Verdict.RESTRICT: Words(
            zh="由有关人民政府采取禁止开采、限制开采措施，逐步实现全面禁止开采",
            en="the government concerned is to forbid or limit it, until step by step all of it "
            "has ended",
        ),
    },
)
def hard_to_renew_groundwater(taker: Facts) -> BooleanValue:
    """开采难以更新的地下水。

    The register decides where it names the water; elsewhere the mapped extent does. What was
    taken before the regulation was in force must end step by step (第二款). A well for recharge
    takes none (开采).
    """
    hard = taker.recorded_as("aquifer_renewal", ["hard"])
    mapped = taker.inside("hard_to_renew_groundwater")
    mapped = mapped & ~taker.recorded_as("aquifer_renewal", ["normal"])
    return (hard | mapped) & takes_or_will(taker)


def _no_emergency_ended(well: Facts) -> BooleanValue:
    lapsed = well.recorded_before("exemption_lapsed_on", well.on)
    return ~(lapsed | well.recorded_before("emergency_ended_on", well.on))


NO_EMERGENCY_ENDED = Question(
    id="no_emergency_ended",
    zh="没有已经结束的应急使用的记录：取水是未记录的应急使用、试抽维护，还是结束应急后仍在取水，"
    "须查明",
    en="no emergency that has ended is on record: whether water is taken in one that nobody has "
    "recorded, to try the pump, or after one has to be found out",
    when=_no_emergency_ended,
)


@rule(
    "N-48",
    REGULATION,
    "第二十九条第二款",
    "应急备用地下水水源结束应急使用后，应当立即停止取水",
    Verdict.CLOSE_BY,
    en="Emergency source still in use after the emergency",
    exemptions=(
        Exemption(
            id="E29-2",
            zh="应急使用尚未结束",
            en="the emergency is not over",
            clause="第二十九条第二款",
            quote="应急备用地下水水源结束应急使用后",
            when=_emergency_lasts,
        ),
    ),
    questions=(NO_EMERGENCY_ENDED,),
    orders=Words(
        zh="应当立即停止取水，保持备用，不封井",
        en="it must stop taking water at once and stay ready for use, unsealed",
    ),
)
def emergency_source_still_taking(well: Facts) -> BooleanValue:
    """应急备用水源结束应急使用后仍取水。"""
    return held_for_emergencies(well) & (well.taken_after_emergency_m3 > 0)
