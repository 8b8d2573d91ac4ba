"""晋城细则 三(五): overdraft zones, the city's ceiling, unconventional water."""

from dataclasses import replace
from datetime import date

from ibis.expr.types import BooleanValue

from gis_app.law import Question, Verdict, Words
from gis_app.rules.engine import rule
from gis_app.rules.facts import PLANNED, UNSEALED, WORKING, Facts
from gis_app.rules.jincheng_water_saving import DETAILED_RULES, SERVICES
from gis_app.rules.new_take import NOT_NEWLY, REPLACEMENT_APPLIED_FOR, newly_taken, replacement
from gis_app.rules.permit_regulation_2017 import MONITORING
from gis_app.rules.taking import puts_water_back
from gis_app.rules.yangquan_2023_75 import DRAINS, NOT_SELF_SUPPLIED

# 三(三)9 names these trades; petrochemistry is chemistry; 「等」 leaves others to the authority
CHEMISTRY = ("coal_chemical", "chemical", "petrochemical")
HIGH_CONSUMPTION = ("thermal_power", "steel", *CHEMISTRY, "food", "fermentation", "textile")


def _trade(taker: Facts) -> BooleanValue:
    return taker.use.isin(["industry", "irrigation", "livestock", "forestry_grass", *SERVICES])


def _other_industry(well: Facts) -> BooleanValue:
    return (well.use == "industry") & ~well.industry_class.isin(HIGH_CONSUMPTION)


def _forestry(taker: Facts) -> BooleanValue:
    return taker.use == "forestry_grass"


FORESTRY = Question(
    id="forestry_is_agriculture",
    zh="林草取水是否属于“工农业”取水，须由水行政主管部门认定",
    en="whether water for forestry and grass is water for agriculture is for the authority to say",
    when=_forestry,
)
_NO_NEW_TAKE = "超采区内禁止工农业及服务业新增取用地下水"


@rule(
    "JC-06",
    DETAILED_RULES,
    "三(五)15",
    "严格机电井管理，限期关闭自备水井",
    Verdict.CLOSE_BY,
    en="Close self-supplied wells in overdraft zones",
    exemptions=(replace(NOT_SELF_SUPPLIED, clause="三(五)15"),),
    questions=(DRAINS,),
    orders=Words("应当限期关闭", "it must be closed by a set date"),
)
def self_supply_well_in_overdraft_zone(well: Facts) -> BooleanValue:
    """限期关闭超采区自备水井。"""
    # the words name no place; they stand among the measures for overdraft zones
    supplies = well.self_supply & well.status.isin(UNSEALED) & ~puts_water_back(well)
    return well.inside("overdraft_zone") & supplies


@rule(
    "JC-01",
    DETAILED_RULES,
    "三(五)15",
    _NO_NEW_TAKE,
    Verdict.PROHIBIT,
    en="No new wells for industry, agriculture or services in overdraft zones",
    questions=(FORESTRY, replacement("overdraft_zone", DETAILED_RULES.since)),
    orders=NOT_NEWLY,
)
def new_well_in_overdraft_zone(well: Facts) -> BooleanValue:
    """超采区禁止工农业及服务业新增取用地下水（井）。"""
    there = well.inside("overdraft_zone") & well.status.isin([*PLANNED, *WORKING])
    return there & _trade(well) & newly_taken(well, "overdraft_zone", DETAILED_RULES.since)


@rule(
    "JC-01-A",
    DETAILED_RULES,
    "三(五)15",
    _NO_NEW_TAKE,
    Verdict.PROHIBIT,
    en="No new abstraction applied for by industry, agriculture or services in overdraft zones",
    subjects=("application",),
    questions=(FORESTRY, REPLACEMENT_APPLIED_FOR),
    orders=NOT_NEWLY,
)
def new_abstraction_applied_for_in_overdraft_zone(application: Facts) -> BooleanValue:
    """超采区禁止工农业及服务业新增取用地下水（取水申请）。"""
    more = (application.added_m3 > 0) | (application.application_kind == "replacement")
    return application.inside("overdraft_zone") & _trade(application) & more


@rule(
    "JC-10",
    DETAILED_RULES,
    "三(五)15",
    "到2020年末，全市地下水开发利用总量控制在1.88亿立方米以内",
    Verdict.NOTIFY,
    en="City's groundwater use of 2020 above 188 million m³",
    subjects=("unit",),
    orders=Words(
        "全市地下水开发利用总量应当压减到1.88亿立方米以内",
        "the city's groundwater use must be brought within 188 million m³",
    ),
    # the volume of 2020 is known from 2021; of the volume of 2021 the text says nothing
    since=date(2021, 1, 1),
    until=date(2022, 1, 1),
)
def city_above_its_groundwater_cap(unit: Facts) -> BooleanValue:
    """全市地下水开发利用总量超过1.88亿立方米（2020年）。"""
    return (unit.unit_level == "city") & (unit.unit_taken_m3 > 188_000_000)


@rule(
    "JC-07",
    DETAILED_RULES,
    "三(五)16",
    "分步推进超采区内已建高耗水企业退出",
    Verdict.RESTRICT,
    en="High-consumption industry in the overdraft zones of the Sangu and Yanhe springs",
    questions=(
        Question(
            id="other_high_consumption_industry",
            zh="所列行业以“等高耗水行业”结尾，其他工业行业是否属于此类须由水行政主管部门认定",
            en="the list is open: whether another industry is one of high consumption is for the "
            "authority to say",
            when=_other_industry,
        ),
    ),
    orders=Words(
        "应当列入泉域超采区高耗水企业分步退出安排",
        "it must be put on the plan by which high-consumption industry leaves step by step",
    ),
)
def high_consumption_industry_in_spring_overdraft_zone(well: Facts) -> BooleanValue:
    """三姑泉、延河泉泉域超采区内已建高耗水企业分步退出。"""
    springs = well.inside("spring_domain", "sangu") | well.inside("spring_domain", "yanhe")
    thirsty = well.industry_class.isin(HIGH_CONSUMPTION) | _other_industry(well)
    return springs & well.inside("overdraft_zone") & thirsty & well.status.isin(WORKING)


@rule(
    "JC-08",
    DETAILED_RULES,
    "三(五)17",
    "矿井水利用率应达到75%以上",
    Verdict.RESTRICT,
    en="Less than 75 % of mine water used",
    subjects=("site",),
    orders=Words(
        "应当提高矿井水利用率；试行核减其下年度常规水源计划用水指标",
        "more of the mine water must be used; its planned water of next year is cut on trial",
    ),
)
def mine_water_unused(site: Facts) -> BooleanValue:
    """矿井水利用率不足75%。"""
    return (site.site_kind == "mine") & (site.mine_reuse_ratio < 0.75)


@rule(
    "JC-09",
    DETAILED_RULES,
    "三(五)17",
    "严禁超采地区扩大景观、娱乐水域面积",
    Verdict.PROHIBIT,
    en="More ornamental or recreational water surface in an overdraft zone",
    subjects=("site",),
    orders=Words(
        "禁止扩大景观、娱乐水域面积",
        "the water surface for ornament or recreation must not grow",
    ),
)
def more_water_surface_in_overdraft_zone(site: Facts) -> BooleanValue:
    """超采地区严禁扩大景观、娱乐水域面积。"""
    return site.meets("overdraft_zone") & (site.water_area_change_m2 > 0)


@rule(
    "JC-12",
    DETAILED_RULES,
    "三(五)17",
    "具备使用非常规水条件但未充分利用的建设项目不得批准其新增取水许可",
    Verdict.DENY,
    en="No new permit where unconventional water could be used more (Jincheng)",
    subjects=("application",),
    exemptions=(MONITORING,),
)
def unconventional_water_not_used(application: Facts) -> BooleanValue:
    """具备使用非常规水条件但未充分利用的，不予新增取水许可。"""
    unused = application.reclaimed_usable & ~application.reclaimed_used
    return application.construction_project & unused & (application.added_m3 > 0)
