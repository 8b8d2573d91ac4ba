"""《地下水管理条例》第三章 节约与保护, arts 22–29: what binds those who take groundwater.

Article 25, what binds those who decide on applications, stands in approval.py.
"""

from ibis.expr.types import BooleanValue

from gis_app.law import Exemption, Parameter, Question, Verdict, Words
from gis_app.rules.engine import rule
from gis_app.rules.facts import PLANNED, WORKING, Facts
from gis_app.rules.groundwater_regulation_2021 import (
    REGULATION,
    held_for_emergencies,
    small_test_take,
)
from gis_app.rules.permit_regulation_2017 import (
    HOUSEHOLD_IN_TOWN,
    MONITORING,
    SMALL_HOUSEHOLD_TAKE,
)
from gis_app.rules.taking import has_no_meter, owner_takes_at_least, takes_or_will
from gis_app.rules.water_saving_2024 import (
    BY_ELECTRICITY,
    COEFFICIENT_LACKS,
    measured_by_electricity,
)

# 第二十二条第二款 leaves the scale to the province; no number was found.
ONLINE_SCALE = Parameter(
    name="online_metering_scale_m3",
    zh="须安装地下水取水在线计量设施的年取水规模",
    en="yearly volume from which groundwater must be metered online",
    unit="m3/a",
    instrument=REGULATION.key,
    clause="第二十二条第二款",
    quote="取水规模由省、自治区、直辖市人民政府水行政主管部门制定、公布",
)


def _unmetered(well: Facts) -> BooleanValue:
    # 第六十三条 counts wells that put water back among the works: these need a meter too
    return well.status.isin(WORKING) & has_no_meter(well)


def _deadline_passed(well: Facts) -> BooleanValue:
    return well.meter_due_on < well.on


def _perhaps_online(well: Facts) -> BooleanValue:
    return well.meter_state.isin(["fault", "calibration_due"])


def _new_take(taker: Facts) -> BooleanValue:
    return taker.status.isin(PLANNED) | (taker.completed_on >= REGULATION.since)


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


# 第二十二条 names no way out. We read it as not speaking of what may take water without a permit;
# 《节约用水条例》 lets irrigation be measured in another way; till it was in force nothing did.
_NEEDS_NO_METER = (SMALL_HOUSEHOLD_TAKE, MONITORING)
PERHAPS_NO_METER = (COEFFICIENT_LACKS, HOUSEHOLD_IN_TOWN)
NEW_BY_ELECTRICITY = Question(
    id="new_works_not_yet_meterable",
    zh="新建取水工程应当同时安装计量设施：以电折水的，是否“暂不具备计量条件”"
    "（节约用水条例第十四条第二款），须由水行政主管部门认定",
    en="new works must have their meter from the start: where irrigation is measured by its "
    "electricity, whether a meter is not yet possible is for the authority to say",
    when=measured_by_electricity,
    since=BY_ELECTRICITY.since,
)

_FIT_A_METER = Words(
    zh="责令限期安装计量设施，按照日最大取水能力计征相关费用，处罚依据：本条例第五十六条第一款",
    en="it is to be ordered to fit a meter and charged at its greatest daily capacity; basis of "
    "penalty: article 56, paragraph 1",
)

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
    "N-16",
    REGULATION,
    "第二十二条第一款",
    "新建、改建、扩建地下水取水工程，应当同时安装计量设施",
    Verdict.METER,
    en="New works without a meter",
    exemptions=_NEEDS_NO_METER,
    questions=(*PERHAPS_NO_METER, NEW_BY_ELECTRICITY),
    orders=_FIT_A_METER,
    gap=Words(
        zh="改建、扩建没有资料可查：此前建成的取水工程按已有工程对待（N-17）",
        en="rebuilding and extension: no register tells; works finished before count as older ones "
        "(N-17)",
    ),
)
def new_works_without_meter(well: Facts) -> BooleanValue:
    """新建取水工程未同时安装计量设施。"""
    return _unmetered(well) & (well.completed_on >= REGULATION.since)


@rule(
    "N-17",
    REGULATION,
    "第二十二条第一款",
    "已有地下水取水工程未安装计量设施的，应当按照县级以上地方人民政府水行政主管部门规定的期限安装",
    ((Verdict.METER, _deadline_passed), (Verdict.NOTIFY, None)),
    en="Older works without a meter",
    exemptions=(*_NEEDS_NO_METER, BY_ELECTRICITY),
    questions=PERHAPS_NO_METER,
    orders={
        Verdict.METER: _FIT_A_METER,
        Verdict.NOTIFY: Words(
            zh="应当按照水行政主管部门规定的期限安装计量设施",
            en="a meter must be fitted by the day that the water authority sets",
        ),
    },
)
def older_works_without_meter(well: Facts) -> BooleanValue:
    """已有取水工程未安装计量设施。

    The day set is still in time. Where none has been set, it is for the authority to set one.
    """
    return _unmetered(well) & (well.completed_on < REGULATION.since)


@rule(
    "N-18",
    REGULATION,
    "第二十二条第二款",
    "单位和个人取用地下水量达到取水规模以上的，应当安装地下水取水在线计量设施",
    Verdict.METER,
    en="Abstraction of the set scale without an online meter",
    questions=(
        Question(
            id="meter_is_online",
            zh="故障或者待检定的计量设施是否为在线计量设施，须查明",
            en="whether the meter that is out of order or due for calibration is an online one has "
            "to be found out",
            when=_perhaps_online,
        ),
    ),
    orders=Words(
        zh="应当安装在线计量设施，并将计量数据实时传输到水行政主管部门",
        en="an online meter must be fitted and its data sent to the water authority in real time",
    ),
)
def large_take_without_online_meter(well: Facts) -> BooleanValue:
    """取水规模以上未安装在线计量设施。

    「单位和个人取用地下水量」: what all wells of its owner take, what all wells of its permit take,
    or what the permit lets them take.
    """
    scale = well.parameter(ONLINE_SCALE)
    by_permit = (well.annual_permitted_m3 >= scale) | (well.permit_taken_m3 >= scale)
    large = owner_takes_at_least(well, scale) | ((well.permit_state == "held") & by_permit)
    return well.status.isin(WORKING) & (well.meter_state != "online") & large


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
    orders=Words(
        zh="应当立即停止取水，保持备用，不封井",
        en="it must stop taking water at once and stay ready for use, unsealed",
    ),
)
def emergency_source_still_taking(well: Facts) -> BooleanValue:
    """应急备用水源结束应急使用后仍取水。"""
    return held_for_emergencies(well) & (well.taken_after_emergency_m3 > 0)
