"""《中华人民共和国黄河保护法》, passed 2022-10-30, in force 2023-04-01.

第二条: the 黄河流域 of this law is a list of counties, not a watershed.
"""

from datetime import date

from ibis.expr.types import BooleanValue

from gis_app.law import (
    LISTED,
    Condition,
    Exemption,
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
    APPROVED_ON_TRIAL,
    DEWATERING_SCALE,
    HOUSEHOLD_IN_TOWN,
    MONITORING,
    NO_PERMIT_NEEDED,
)
from gis_app.rules.permit_regulation_2017.supervision import abstraction_without_permit
from gis_app.rules.taking import meter_does_not_work, owner_takes_at_least
from gis_app.rules.water_law_2016 import PERMIT_CHANGED_IN_YEAR, outside_permit_conditions

LAW = Instrument(
    id="yellow-river-law-2022",
    key="YRPL-2022",
    zh="中华人民共和国黄河保护法",
    en="Yellow River Protection Law",
    number="2022年10月30日通过",
    area="",
    since=date(2023, 4, 1),
    tier=Tier.LAW,
)

COUNTY = Parameter(
    name="yellow_river_county",
    zh="是否黄河流域相关县级行政区域",
    en="whether the county belongs to the Yellow River basin",
    unit=LISTED,
    instrument="YRPL-2022",
    clause="第二条",
    quote="黄河干流、支流和湖泊的集水区域所涉及的",
)
OVERLOADED = Parameter(
    name="yellow_river_overloaded",
    zh="是否黄河流域水资源超载地区",
    en="whether the area's water resources are overloaded",
    unit=LISTED,
    instrument="YRPL-2022",
    clause="第五十一条",
    quote="评估结果作为划定水资源超载地区、临界超载地区、不超载地区的依据",
)
BORDERLINE = Parameter(
    name="yellow_river_borderline",
    zh="是否黄河流域水资源临界超载地区",
    en="whether the area's water resources are close to overloaded",
    unit=LISTED,
    instrument="YRPL-2022",
    clause="第五十一条",
    quote="评估结果作为划定水资源超载地区、临界超载地区、不超载地区的依据",
)
SUPPLY_COUNTY = Parameter(
    name="yellow_river_supply_county",
    zh="是否其他黄河供水区相关县级行政区域",
    en="whether the county is otherwise supplied from the Yellow River",
    unit=LISTED,
    instrument="YRPL-2022",
    clause="第五十三条",
    quote="黄河流经省、自治区其他黄河供水区相关县级行政区域",
)
ONLINE_SCALE = Parameter(
    name="yellow_river_online_scale_m3",
    zh="应当安装在线计量设施的取水规模（年取水量）",
    en="yearly abstraction from which a unit must have online meters",
    unit="m3/a",
    instrument="YRPL-2022",
    clause="第五十三条",
    quote="取水规模标准由国务院水行政主管部门制定",
)


def _domestic(application: Facts) -> BooleanValue:
    return application.use.isin(["domestic_urban", "domestic_rural"])


def _in_basin(application: Facts, area: Parameter) -> BooleanValue:
    return application.listed(COUNTY) & application.listed(area)


def _perhaps_livelihood(application: Facts) -> BooleanValue:
    return application.use.isin(["public_supply", "heating_makeup", "emergency"])


LIVELIHOOD = Exemption(
    id="livelihood",
    zh="生活用水等民生保障用水",
    en="water for living and other basic needs of the people",
    clause="第五十一条第三款",
    quote="除生活用水等民生保障用水外",
    when=_domestic,
)
PERHAPS_LIVELIHOOD = Question(
    id="livelihood_supply",
    zh="公共供水、供热补水、应急用水是否属于“生活用水等民生保障用水”须由审批机关认定",
    en="whether public supply, heating make-up or emergency water serves the people's basic needs "
    "is for the authority to say",
    when=_perhaps_livelihood,
)


def _calibration_due(well: Facts) -> BooleanValue:
    return well.meter_state == "calibration_due"


def _perhaps_online(well: Facts) -> BooleanValue:
    return well.meter_state.isin(["fault", "calibration_due"])


def _meter_is_online(when: Condition) -> Question:
    return Question(
        id="meter_is_online",
        zh="故障或者待检定的计量设施是否为在线计量设施，须查明",
        en="whether a meter out of order or due for calibration is an online one has to be found "
        "out",
        when=when,
    )


def _at_scale(well: Facts) -> BooleanValue:
    listed = well.listed(COUNTY) | well.listed(SUPPLY_COUNTY)
    return listed & owner_takes_at_least(well, well.parameter(ONLINE_SCALE))


@rule(
    "N-46",
    LAW,
    "第五十一条第三款",
    "黄河流域水资源超载地区不得新增取水许可",
    Verdict.DENY,
    en="No new permits where the Yellow River basin is overloaded",
    subjects=("application",),
    exemptions=(LIVELIHOOD, MONITORING),
    questions=(PERHAPS_LIVELIHOOD,),
)
def new_permit_in_overloaded_area(application: Facts) -> BooleanValue:
    """黄河流域超载地区不得新增取水许可。

    「黄河流域水资源超载地区」: both lists, that of the basin's counties (第二条) and this one.
    """
    return _in_basin(application, OVERLOADED) & (application.added_m3 > 0)


@rule(
    "N-47",
    LAW,
    "第五十一条第三款",
    "水资源临界超载地区应当严格限制新增取水许可",
    Verdict.REFER,
    en="New permits strictly limited where the Yellow River basin is close to overloaded",
    subjects=("application",),
    exemptions=(LIVELIHOOD, MONITORING),
    questions=(PERHAPS_LIVELIHOOD,),
    orders=Words(
        "严格限制新增取水许可，移交从严审查",
        "new permits are strictly limited; it is referred for strict examination",
    ),
)
def new_permit_in_borderline_area(application: Facts) -> BooleanValue:
    """黄河流域临界超载地区严格限制新增取水许可。

    The areas are those of the basin, as 第一款 draws them (「在黄河流域实行水资源差别化管理」).
    """
    return _in_basin(application, BORDERLINE) & (application.added_m3 > 0)


@rule(
    "N-19",
    LAW,
    "第五十三条第二款",
    "取水量达到取水规模以上的单位，应当安装合格的在线计量设施，保证设施正常运行",
    Verdict.METER,
    en="Large user in the Yellow River basin without an online meter",
    questions=(_meter_is_online(_calibration_due),),
    orders=Words(
        "应当安装合格的在线计量设施，保证正常运行并传输数据",
        "a proper online meter must be fitted, kept working and send its data",
    ),
)
def online_meter(well: Facts) -> BooleanValue:
    """黄河流域规模以上取水未安装在线计量设施。"""
    # an online meter out of order does not work properly either: it needs no question
    return _at_scale(well) & (well.meter_state != "online") & well.status.isin(WORKING)


@rule(
    "N-45",
    LAW,
    "第五十五条第一款",
    "禁止取用深层地下水用于农业灌溉",
    Verdict.PROHIBIT,
    en="No deep groundwater for irrigation in the Yellow River basin",
    subjects=("well", "application"),
    orders=Words(
        "禁止取用深层地下水用于农业灌溉",
        "taking deep groundwater for irrigation is prohibited",
    ),
)
def deep_groundwater_for_irrigation(well: Facts) -> BooleanValue:
    """黄河流域禁止取用深层地下水灌溉。"""
    deep = (well.use == "irrigation") & (well.aquifer_depth == "deep")
    return well.listed(COUNTY) & deep & well.status.isin([*PLANNED, *WORKING])


# 水法 69 and this article punish the same two faults; which of them is taken is for the officer.
@rule(
    "N-21-YR",
    LAW,
    "第一百一十三条",
    "未经批准擅自取水，或者未依照批准的取水许可规定条件取水的",
    Verdict.REFER,
    en="Abstraction without a permit in the Yellow River basin: its own basis of penalty",
    exemptions=(*NO_PERMIT_NEEDED, APPROVED_ON_TRIAL),
    questions=(DEWATERING_SCALE, HOUSEHOLD_IN_TOWN),
    orders=Words(
        "移交核实处理，处罚依据：黄河保护法第一百一十三条",
        "it is referred for examination; basis of penalty: article 113 of this law",
    ),
)
def abstraction_without_permit_in_basin(well: Facts) -> BooleanValue:
    """黄河流域无证取水（黄河保护法的处罚依据）。"""
    return well.listed(COUNTY) & abstraction_without_permit(well)


@rule(
    "N-22-YR",
    LAW,
    "第一百一十三条",
    "未依照批准的取水许可规定条件取水的",
    Verdict.REFER,
    en="Outside the permit in the Yellow River basin: its own basis of penalty",
    questions=(PERMIT_CHANGED_IN_YEAR,),
    orders=Words(
        "移交核实处理，处罚依据：黄河保护法第一百一十三条",
        "it is referred for examination; basis of penalty: article 113 of this law",
    ),
)
def outside_permit_conditions_in_basin(well: Facts) -> BooleanValue:
    """黄河流域未依照许可条件取水（黄河保护法的处罚依据）。"""
    return well.listed(COUNTY) & outside_permit_conditions(well)


@rule(
    "N-19-YR",
    LAW,
    "第一百一十五条第一款",
    "取水量达到取水规模以上的单位未安装在线计量设施的",
    Verdict.METER,
    en="No online meter in the Yellow River basin: its own basis of penalty",
    questions=(_meter_is_online(_perhaps_online),),
    orders=Words(
        "责令限期安装在线计量设施，处罚依据：黄河保护法第一百一十五条第一款",
        "it is to be ordered to fit an online meter; basis of penalty: article 115, paragraph 1",
    ),
)
def no_online_meter(well: Facts) -> BooleanValue:
    """未安装在线计量设施（黄河保护法的处罚依据）。"""
    return _at_scale(well) & (well.meter_state != "online") & well.status.isin(WORKING)


@rule(
    "N-20-YR",
    LAW,
    "第一百一十五条第二款",
    "在线计量设施不合格或者运行不正常的，由县级以上地方人民政府水行政主管部门或者黄河流域管理机构"
    "及其所属管理机构责令限期更换或者修复；逾期不更换或者不修复的",
    Verdict.REFER,
    en="Faulty online meter not repaired in the Yellow River basin: its own basis of penalty",
    questions=(_meter_is_online(_perhaps_online),),
    orders=Words(
        "移交核实处理，处罚依据：黄河保护法第一百一十五条第二款",
        "it is referred for examination; basis of penalty: article 115, paragraph 2",
    ),
)
def faulty_online_meter_not_repaired(well: Facts) -> BooleanValue:
    """黄河流域在线计量设施不合格逾期不修（黄河保护法的处罚依据）。"""
    faulty = (well.meter_state != "offline") & meter_does_not_work(well)
    overdue = well.status.isin(WORKING) & well.recorded_before("repair_due_on", well.on)
    return _at_scale(well) & faulty & overdue
