"""黄河保护法 51–55: new permits, online meters, deep groundwater."""

from ibis.expr.types import BooleanValue

from gis_app.law import LISTED, Exemption, Parameter, Question, Verdict, Words
from gis_app.rules.engine import rule
from gis_app.rules.facts import PLANNED, WORKING, Facts
from gis_app.rules.permit_regulation_2017 import MONITORING
from gis_app.rules.taking import is_to_take, meter_is_online, puts_water_back
from gis_app.rules.yellow_river_law_2022 import (
    COUNTY,
    LAW,
    OWNER_IS_UNIT,
    at_scale,
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


def _domestic(application: Facts) -> BooleanValue:
    return application.use.isin(["domestic_urban", "domestic_rural"])


def _adds_in_basin(application: Facts, area: Parameter) -> BooleanValue:
    more = (application.added_m3 > 0) & ~puts_water_back(application)
    return application.listed(COUNTY) & application.listed(area) & more


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
    return _adds_in_basin(application, OVERLOADED)


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
    return _adds_in_basin(application, BORDERLINE)


@rule(
    "N-19",
    LAW,
    "第五十三条第二款",
    "取水量达到取水规模以上的单位，应当安装合格的在线计量设施，保证设施正常运行",
    Verdict.METER,
    en="Large user in the Yellow River basin without an online meter",
    exemptions=(MONITORING,),
    questions=(meter_is_online(_calibration_due), OWNER_IS_UNIT),
    orders=Words(
        "应当安装合格的在线计量设施，保证正常运行并传输数据",
        "a proper online meter must be fitted, kept working and send its data",
    ),
)
def online_meter(well: Facts) -> BooleanValue:
    """黄河流域规模以上取水未安装在线计量设施。"""
    # an online meter out of order does not work properly either: it needs no question
    return at_scale(well) & (well.meter_state != "online") & is_to_take(well)


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
