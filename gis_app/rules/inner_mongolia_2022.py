"""《内蒙古自治区地下水保护和管理条例》, in force 2022-01-01.

Of its 44 articles only 24–27 are at hand. 第二十六条 has the same three ways out as 第三十五条 of
the national regulation, which is cited for them.
"""

from dataclasses import replace
from datetime import date

from ibis.expr.types import BooleanValue

from gis_app.law import Instrument, Question, Tier, Verdict, Words
from gis_app.rules.engine import rule
from gis_app.rules.facts import WORKING, Facts
from gis_app.rules.groundwater_regulation_2021 import ARTICLE_35
from gis_app.rules.groundwater_regulation_2021.overdraft import EMERGENCY_SOURCE_TAKES, STANDS_BY
from gis_app.rules.taking import puts_water_back

REGULATION = Instrument(
    id="inner-mongolia-2022",
    key="IMR-2022",
    zh="内蒙古自治区地下水保护和管理条例",
    en="Inner Mongolia regulation on groundwater protection and management",
    number="文号不详",
    area="15",
    since=date(2022, 1, 1),
    tier=Tier.LOCAL_REGULATION,
    remark=Words(
        zh="手头仅有第二十四条至第二十七条，其余条文不据以作出结论",
        en="only articles 24–27 are at hand; nothing rests on the others",
    ),
)

# the national regulation stands above: what its arts 29 and 35 keep is not closed
_KEPT = (*ARTICLE_35, STANDS_BY)
_EXEMPTIONS = tuple(replace(each, clause=f"地下水管理条例{each.clause}") for each in _KEPT)
RECHARGE_WORKS = Question(
    id="recharge_works",
    zh="回灌井不取水，是否属于禁采区内应当封闭或者停止使用的“地下水取水工程”，须由旗县级人民政府认定",
    en="a recharge well takes no water: whether it is among the works to be closed, or whose use "
    "is to end, is for the banner government to say",
    when=puts_water_back,
)


@rule(
    "IM-02",
    REGULATION,
    "第二十四条第一款第三项",
    "重大基础设施保护区域、重要文物保护范围、自然保护区的核心区和缓冲区",
    Verdict.CANDIDATE,
    en="Infrastructure, heritage and nature-reserve cores are to be prohibited zones",
    subjects=("zone",),
    orders=Words(zh="应当划为禁采区，列为候选", en="it is a candidate for a prohibited zone"),
)
def protected_area_to_be_prohibited(zone: Facts) -> BooleanValue:
    """重大基础设施、文物、自然保护区核心区和缓冲区应划禁采区候选。"""
    kinds = zone.grade.isin(["infrastructure", "heritage", "reserve_core"])
    return (zone.layer == "special_protected_area") & kinds


@rule(
    "IM-01",
    REGULATION,
    "第二十四条第二款",
    "旗县级人民政府应当对禁采区内已有地下水取水工程予以限期封闭或者停止使用",
    Verdict.CLOSE_BY,
    en="Close existing wells inside a prohibited zone, or end their use",
    exemptions=_EXEMPTIONS,
    questions=(EMERGENCY_SOURCE_TAKES, RECHARGE_WORKS),
    orders=Words(
        zh="由旗县级人民政府限期封闭或者停止使用",
        en="the banner government must have it closed, or its use ended, by a set date",
    ),
)
def existing_well_in_prohibited_zone(well: Facts) -> BooleanValue:
    """禁采区内已有取水工程限期封闭或者停止使用。"""
    return well.inside("prohibited_zone") & well.status.isin(WORKING)


@rule(
    "IM-03",
    REGULATION,
    "第二十五条第三项",
    "重要湿地、地质公园等特殊保护区",
    Verdict.CANDIDATE,
    en="Important wetlands and geoparks are to be restricted zones",
    subjects=("zone",),
    orders=Words(zh="应当划为限采区，列为候选", en="it is a candidate for a restricted zone"),
)
def protected_area_to_be_restricted(zone: Facts) -> BooleanValue:
    """重要湿地、地质公园等特殊保护区应划限采区候选。"""
    return (zone.layer == "special_protected_area") & zone.grade.isin(["wetland", "geopark"])
