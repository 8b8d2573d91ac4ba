"""《地下水管理条例》第四章 超采治理, arts 31–38."""

from dataclasses import replace

from ibis.expr.types import BooleanValue

from gis_app.law import Exemption, Parameter, Question, Verdict, Words
from gis_app.rules.engine import rule
from gis_app.rules.facts import PLANNED, SHUT, WORKING, Facts
from gis_app.rules.groundwater_regulation_2021 import (
    ARTICLE_35,
    REGULATION,
    held_for_emergencies,
)
from gis_app.rules.new_take import NOT_NEWLY, newly_built, newly_taken, replacement
from gis_app.rules.permit_regulation_2017 import PERHAPS_HOUSEHOLD, SMALL_HOUSEHOLD_TAKE
from gis_app.rules.permit_regulation_2017.approval import renewal_applied_in_time
from gis_app.rules.taking import takes_or_will

# 「接近」 is not defined: how near is near must be set before the rule binds.
NEAR_ALLOWABLE = Parameter(
    name="near_allowable_ratio",
    zh="开采量“接近”可开采量的比例",
    en="share of the allowable yield from which abstraction is near it",
    unit="ratio",
    instrument=REGULATION.key,
    clause="第三十四条第一项",
    quote="地下水开采量接近可开采量的区域",
)
# 第三十二条: the province alone designates; what we find is for its planners.
TO_BE_PROHIBITED = Words(
    zh="列为禁止开采区候选，由省级水行政主管部门会同有关部门组织划定",
    en="it is a candidate for a prohibited zone, which the province may designate",
)
PART_TO_BE_PROHIBITED = Words(
    zh="其中公共供水管网覆盖、或者替代水源已解决供水需求的部分，列为禁止开采区候选，"
    "由省级水行政主管部门会同有关部门组织划定",
    en="the part of it that public supply covers, or where alternative sources meet demand, is a "
    "candidate for a prohibited zone, which the province may designate",
)
TO_BE_RESTRICTED = Words(
    zh="列为限制开采区候选，由省级水行政主管部门会同有关部门组织划定",
    en="it is a candidate for a restricted zone, which the province may designate",
)


def _planned(taker: Facts) -> BooleanValue:
    return taker.status.isin(PLANNED)


def _new_or_raised(taker: Facts) -> BooleanValue:
    return newly_taken(taker, "restricted_zone", REGULATION.since)


def _permit_not_ended(well: Facts) -> BooleanValue:
    return (well.permit_state == "held") & (well.permit_valid_to >= well.on)


def _existing(well: Facts) -> BooleanValue:
    # what exists inside a restricted zone alone is reduced, not stopped; a well that N-03 holds to
    # be new does not; of a volume that was raised what was added alone is new: N-03 forbids that
    new = newly_built(well, "restricted_zone", REGULATION.since)
    return ~well.inside("prohibited_zone") & ~new


def _existing_take(well: Facts) -> BooleanValue:
    return _permit_not_ended(well) & _existing(well)


def _existing_household(well: Facts) -> BooleanValue:
    return SMALL_HOUSEHOLD_TAKE.when(well) & _existing(well)


def _perhaps_existing_household(well: Facts) -> BooleanValue:
    return PERHAPS_HOUSEHOLD.when(well) & _existing(well)


REPLACEMENT = replacement("restricted_zone", REGULATION.since)


def _permitted_replacement(well: Facts) -> BooleanValue:
    permitted = _permit_not_ended(well) & ~well.inside("prohibited_zone")
    return permitted & REPLACEMENT.when(well)


def _renewal_in_time(well: Facts) -> BooleanValue:
    return (well.permit_state == "held") & renewal_applied_in_time(well) & _existing(well)


def _stands_by(taker: Facts) -> BooleanValue:
    # where no volume is on record it is not said to take nothing
    idle = taker.status.isin(["paused", "emergency_only"]) & taker.recorded_at_most("annual_m3", 0)
    return held_for_emergencies(taker) & idle & ~taker.recorded_above("this_year_m3", 0)


def _emergency_source(taker: Facts) -> BooleanValue:
    return held_for_emergencies(taker) & taker.status.isin(WORKING)


STANDS_BY = Exemption(
    id="E29-1",
    zh="应急备用水源，不取水，保持备用",
    en="an emergency source that takes no water and is kept ready",
    clause="第二十九条第一款",
    quote="建设应急备用饮用水水源，制定应急预案，确保需要时正常使用",
    when=_stands_by,
)
# 第二十九条第二款 has it stop once an emergency is over, and seals nothing
EMERGENCY_SOURCE_TAKES = Question(
    id="emergency_source_takes",
    zh="应急备用水源在用、有取水或者取水量不详，是否为应急取水、应当停止取水还是封井，"
    "须由水行政主管部门认定",
    en="an emergency source is in use, takes water or has no volume on record: whether it takes in "
    "an emergency, has to stop or has to be sealed is for the authority to say",
    when=_emergency_source,
)


@rule(
    "N-14",
    REGULATION,
    "第三十三条第一项",
    "已发生严重的地面沉降、地裂缝、海（咸）水入侵、植被退化等地质灾害或者生态损害的区域",
    Verdict.CANDIDATE,
    en="Severe geological or ecological damage: candidate for a prohibited zone",
    subjects=("zone",),
    orders=TO_BE_PROHIBITED,
)
def severe_damage_area(zone: Facts) -> BooleanValue:
    """应划禁采区候选：严重地质灾害、生态损害。"""
    return (zone.layer == "geological_hazard_area") & (zone.grade == "severe")


@rule(
    "N-13",
    REGULATION,
    "第三十三条第二项",
    "地下水超采区内公共供水管网覆盖或者通过替代水源已经解决供水需求的区域",
    Verdict.CANDIDATE,
    en="Overdraft zone with other supply: candidate for a prohibited zone",
    subjects=("zone",),
    orders=PART_TO_BE_PROHIBITED,
)
def overdraft_zone_with_other_supply(zone: Facts) -> BooleanValue:
    """应划禁采区候选：超采区内管网覆盖或者替代水源已解决需求。"""
    supplied = zone.meets("public_supply_coverage") | zone.alternative_solved
    return (zone.layer == "overdraft_zone") & supplied


@rule(
    "N-15",
    REGULATION,
    "第三十四条第一项",
    "地下水开采量接近可开采量的区域",
    Verdict.CANDIDATE,
    en="Abstraction near the allowable yield: candidate for a restricted zone",
    subjects=("unit",),
    orders=TO_BE_RESTRICTED,
)
def abstraction_near_allowable_yield(unit: Facts) -> BooleanValue:
    """应划限采区候选：开采量接近可开采量。

    What reaches the allowable yield is near it, whatever the share that is set; a share of nothing
    is always reached. Where nothing is taken nothing is near.
    """
    taken, allowable = unit.unit_taken_m3, unit.unit_allowable_m3
    share = unit.parameter(NEAR_ALLOWABLE)
    near = (taken >= allowable) | (taken >= allowable * share) | (share <= 0)
    return (taken > 0) & near


@rule(
    "N-01",
    REGULATION,
    "第三十五条",
    "在地下水禁止开采区内禁止取用地下水",
    ((Verdict.PROHIBIT, _planned), (Verdict.CLOSE_BY, None)),
    en="Abstraction inside a prohibited zone",
    subjects=("well", "application"),
    exemptions=(*ARTICLE_35, STANDS_BY),
    questions=(EMERGENCY_SOURCE_TAKES,),
    orders={
        Verdict.PROHIBIT: Words(zh="禁止取用地下水", en="groundwater may not be taken"),
        # 第三十五条 orders no sealing; 第四十九条 does, of works that must stop
        Verdict.CLOSE_BY: Words(
            zh="应当停止取用地下水；依法应当停止取水的工程应当封井或者回填（第四十九条第二款）",
            en="it must stop taking groundwater; works that must stop are to be sealed or "
            "backfilled (article 49, paragraph 2)",
        ),
    },
)
def abstraction_in_prohibited_zone(taker: Facts) -> BooleanValue:
    """禁止开采区内取水。

    A well for recharge takes no groundwater: 「禁止取用」 does not speak of it. An
    emergency source that stands by takes none either, and 第二十九条 keeps it; what one that takes
    water must do N-48 and N-04 say, once an emergency is over.
    """
    return taker.inside("prohibited_zone") & takes_or_will(taker)


@rule(
    "N-03",
    REGULATION,
    "第三十五条",
    "在地下水限制开采区内禁止新增取用地下水，并逐步削减地下水取水量",
    ((Verdict.PROHIBIT, _new_or_raised), (Verdict.RESTRICT, None)),
    en="New abstraction inside a restricted zone; existing volumes must fall",
    subjects=("well", "application"),
    exemptions=ARTICLE_35,
    questions=(REPLACEMENT,),
    orders={Verdict.PROHIBIT: NOT_NEWLY},
)
def abstraction_in_restricted_zone(taker: Facts) -> BooleanValue:
    """限制开采区内禁止新增、逐步削减取水。

    What was taken before both the zone and the regulation were there is reduced. A well for
    recharge takes none.
    """
    return taker.inside("restricted_zone") & takes_or_will(taker)


@rule(
    "N-04",
    REGULATION,
    "第三十五条第二款",
    "前款规定的情形消除后，应当立即停止取用地下水",
    Verdict.CLOSE_BY,
    en="Abstraction goes on after its exemption has ended",
    exemptions=(
        *ARTICLE_35,
        Exemption(
            id="E35-existing",
            zh="限制开采区内持证的既有取水，只逐步削减",
            en="permitted existing abstraction inside a restricted zone only has to fall",
            clause="第三十五条第二款",
            quote="逐步削减地下水取水量",
            when=_existing_take,
        ),
        Exemption(
            id="E35-household",
            zh="限制开采区内不需许可的家庭生活等少量既有取水，只逐步削减",
            en="a household's existing small take, which needs no permit, inside a restricted zone "
            "only has to fall",
            clause="第三十五条第二款",
            quote="逐步削减地下水取水量",
            when=_existing_household,
        ),
    ),
    questions=(
        replace(REPLACEMENT, when=_permitted_replacement),
        replace(PERHAPS_HOUSEHOLD, when=_perhaps_existing_household),
        Question(
            id="renewal_in_time",
            zh="许可证有效期已届满，延续申请已按期提出：审批机关是否准予延续须查明",
            en="the permit has ended and its renewal was applied for in time: whether the "
            "authority has renewed it has to be found out",
            when=_renewal_in_time,
        ),
    ),
    orders=Words(zh="应当立即停止取用地下水", en="it must stop taking groundwater at once"),
)
def taking_after_exemption(well: Facts) -> BooleanValue:
    """豁免情形消除后仍取水。

    Only a recorded exemption can end: where the register has none, none has. A well that is not in
    use stops nothing unless a reading shows that it takes water all the same. 既有取水 inside a
    restricted zone is that of a well which N-03 does not hold to be new (「新增」).
    """
    ended = well.recorded_before("exemption_lapsed_on", well.on)
    taken_since = ~well.status.isin(SHUT) & (well.taken_after_emergency_m3 > 0)
    taking = well.status.isin(["trial", "active"]) | taken_since
    limited = well.inside("prohibited_zone") | well.inside("restricted_zone")
    return limited & ended & taking
