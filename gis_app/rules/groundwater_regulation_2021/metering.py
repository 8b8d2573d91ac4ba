"""《地下水管理条例》第三章 节约与保护, art 22: meters."""

from ibis.expr.types import BooleanValue

from gis_app.law import Parameter, Question, Verdict, Words
from gis_app.rules.engine import rule
from gis_app.rules.facts import WORKING, Facts
from gis_app.rules.groundwater_regulation_2021 import (
    REGULATION,
)
from gis_app.rules.permit_regulation_2017 import (
    MONITORING,
    PERHAPS_HOUSEHOLD,
    SMALL_HOUSEHOLD_TAKE,
)
from gis_app.rules.taking import (
    has_no_meter,
    is_to_take,
    meter_is_online,
    owner_takes_at_least,
)
from gis_app.rules.water_saving_2024 import (
    BY_ELECTRICITY,
    PERHAPS_BY_ELECTRICITY,
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


# 第二十二条 names no way out. We read it as not speaking of what may take water without a permit;
# 《节约用水条例》 lets irrigation be measured in another way; till it was in force nothing did.
_NEEDS_NO_METER = (SMALL_HOUSEHOLD_TAKE, MONITORING)
PERHAPS_NO_METER = (PERHAPS_BY_ELECTRICITY, PERHAPS_HOUSEHOLD)
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
    exemptions=(MONITORING,),
    questions=(meter_is_online(),),
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
    return is_to_take(well) & (well.meter_state != "online") & large
