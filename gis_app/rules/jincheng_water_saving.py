"""《国家节水行动晋城实施细则》: what it says of groundwater.

The text at hand bears neither number nor date; its terms begin at the end of 2020, so on 2020-12-31
it surely bound. 「到2022年」 is read as by the end of 2022: from 2023 the duty is surely due.
"""

from dataclasses import replace
from datetime import date

from ibis.expr.types import BooleanValue

from gis_app.law import Instrument, Question, Tier, Verdict, Words
from gis_app.rules.engine import rule
from gis_app.rules.facts import PLANNED, UNSEALED, WORKING, Facts
from gis_app.rules.new_take import NOT_NEWLY, REPLACEMENT_APPLIED_FOR, newly_taken, replacement
from gis_app.rules.permit_regulation_2017 import MONITORING
from gis_app.rules.taking import has_no_meter, puts_water_back
from gis_app.rules.yangquan_2023_75 import NOT_SELF_SUPPLIED

DETAILED_RULES = Instrument(
    id="jincheng-water-saving",
    key="jincheng-water-saving.txt",
    zh="国家节水行动晋城实施细则",
    en="Jincheng rules for the national water-saving action",
    number="文本未载文号",
    area="1405",
    since=date(2020, 12, 31),
    tier=Tier.MUNICIPAL,
    remark=Words(
        "文本未载文号和日期；以文中最早期限2020年末为确已生效之日",
        "the text bears neither number nor date; the end of 2020, its first term, is the first day "
        "on which it surely bound",
    ),
)
BY_2022 = date(2023, 1, 1)

# 三(四)14 counts baths, car washes, pools, artificial snow and ice, laundries, hotels as services
SERVICES = ("service", "special_service", "water_recreation", "snowmaking")
# 三(三)9 names these trades; petrochemistry is chemistry; 「等」 leaves others to the authority
CHEMISTRY = ("coal_chemical", "chemical", "petrochemical")
HIGH_CONSUMPTION = ("thermal_power", "steel", *CHEMISTRY, "food", "fermentation", "textile")


def _takes_at_least(well: Facts, volume_m3: float) -> BooleanValue:
    # the known part of the user's volume may already suffice
    return (well.user_least_m3 >= volume_m3) | (well.user_annual_m3 >= volume_m3)


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
    "JC-02",
    DETAILED_RULES,
    "三(三)8",
    "地下水超采地区年用水量1万立方米及以上的工业企业用水计划管理实现全覆盖，"
    "地下水非超采地区年用水量10万立方米及以上的工业企业用水计划管理实现全覆盖",
    Verdict.PLAN,
    en="Planned water use of industry: 10,000 m³ a year in overdraft zones, 100,000 m³ elsewhere",
    since=BY_2022,
)
def planned_use_of_industry(well: Facts) -> BooleanValue:
    """工业企业计划用水（超采区1万、非超采区10万立方米及以上）。"""
    enough_there = well.inside("overdraft_zone") & _takes_at_least(well, 10_000)
    enough = _takes_at_least(well, 100_000) | enough_there
    return well.status.isin(WORKING) & (well.use == "industry") & enough


def _outside_overdraft_zones(application: Facts) -> BooleanValue:
    return ~application.inside("overdraft_zone")


@rule(
    "JC-11",
    DETAILED_RULES,
    "三(三)9",
    "对采用列入淘汰目录工艺、技术和装备的项目不予批准取水许可",
    Verdict.DENY,
    en="No permit for obsolete processes, technology or equipment",
    subjects=("application",),
    exemptions=(MONITORING,),
    questions=(
        Question(
            id="outside_overdraft_zones",
            zh="此项以“在生态脆弱、严重缺水和地下水超采地区”开头：超采区以外是否适用须由审批机关认定",
            en="the sentence opens with ecologically fragile, severely water-short and overdraft "
            "areas: whether it binds outside overdraft zones is for the authority to say",
            when=_outside_overdraft_zones,
        ),
    ),
)
def permit_for_obsolete_process(application: Facts) -> BooleanValue:
    """淘汰目录工艺、技术和装备不予批准取水许可。

    The sentence opens with 「在生态脆弱、严重缺水和地下水超采地区」: of these the overdraft zones
    alone are drawn. Whether its last part speaks of the whole city is for the authority to say.
    """
    return application.obsolete_process


@rule(
    "JC-06",
    DETAILED_RULES,
    "三(五)15",
    "严格机电井管理，限期关闭自备水井",
    Verdict.CLOSE_BY,
    en="Close self-supplied wells in overdraft zones",
    exemptions=(replace(NOT_SELF_SUPPLIED, clause="三(五)15"),),
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


@rule(
    "JC-03",
    DETAILED_RULES,
    "四(一)22",
    "对全市年用水量10万立方米以上的工业企业和3万立方米以上的服务业实现计量全覆盖",
    Verdict.METER,
    en="Industry from 100,000 m³ or services from 30,000 m³ a year without a meter",
)
def large_user_without_meter(well: Facts) -> BooleanValue:
    """工业10万、服务业3万立方米以上未装计量设施。"""
    industry = (well.use == "industry") & _takes_at_least(well, 100_000)
    service = well.use.isin(SERVICES) & _takes_at_least(well, 30_000)
    return well.status.isin(WORKING) & has_no_meter(well) & (industry | service)


@rule(
    "JC-05",
    DETAILED_RULES,
    "四(一)23",
    "鼓励年用水总量超过10万立方米的企业或园区设立水务经理",
    Verdict.NOTIFY,
    en="Users above 100,000 m³ a year are encouraged to have a water manager",
    orders=Words("鼓励设立水务经理（不是义务）", "a water manager is encouraged; it is not a duty"),
)
def large_user_without_water_manager(well: Facts) -> BooleanValue:
    """鼓励年用水超过10万立方米的企业设立水务经理。"""
    company = well.use.isin(["industry", *SERVICES])
    large = (well.user_least_m3 > 100_000) | (well.user_annual_m3 > 100_000)
    return well.status.isin(WORKING) & company & large & ~well.water_manager


@rule(
    "JC-04",
    DETAILED_RULES,
    "四(一)23",
    "将年用水量50万立方米以上工业和服务业用水单位全部纳入重点监控用水单位名录",
    Verdict.NOTIFY,
    en="User from 500,000 m³ a year not on the list of key users",
    orders=Words(
        "应当纳入重点监控用水单位名录", "it must be put on the list of key monitored users"
    ),
    since=BY_2022,
)
def largest_user_not_listed(well: Facts) -> BooleanValue:
    """年用水50万立方米以上未列入重点监控名录。"""
    largest = well.use.isin(["industry", *SERVICES]) & _takes_at_least(well, 500_000)
    return well.status.isin(WORKING) & largest & ~well.key_monitored
