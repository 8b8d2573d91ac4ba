"""《地下水管理条例》第三章 节约与保护, art 25: which applications must be refused.

It refuses 「取水许可申请」: works that need no permit (MONITORING), or put water back, it does not
refuse.
"""

from ibis.expr.types import BooleanValue

from gis_app.law import LISTED, Parameter, Question, Verdict, Words
from gis_app.rules.engine import rule
from gis_app.rules.facts import Facts
from gis_app.rules.groundwater_regulation_2021 import ARTICLE_35, REGULATION
from gis_app.rules.new_take import REPLACEMENT_APPLIED_FOR
from gis_app.rules.permit_regulation_2017 import MONITORING
from gis_app.rules.taking import puts_water_back

# 第二十五条第五项 names two kinds of area and no list of either.
SCARCE_AREA = Parameter(
    name="water_scarce_area",
    zh="是否列为水资源紧缺地区",
    en="whether it is listed as an area short of water",
    unit=LISTED,
    instrument=REGULATION.key,
    clause="第二十五条第五项",
    quote="水资源紧缺或者生态脆弱地区",
)
FRAGILE_AREA = Parameter(
    name="ecologically_fragile_area",
    zh="是否列为生态脆弱地区",
    en="whether it is listed as an ecologically fragile area",
    unit=LISTED,
    instrument=REGULATION.key,
    clause="第二十五条第五项",
    quote="水资源紧缺或者生态脆弱地区",
)


def _nothing_made(application: Facts) -> BooleanValue:
    return application.output_quantity <= 0


def beyond_volume(application: Facts) -> BooleanValue:
    """Whether it exceeds the unit's quota (总量控制).

    What adds nothing does not, whatever has been permitted already.
    """
    added = application.added_m3
    total = application.unit_permitted_m3 + added
    return (added > 0) & (total > application.unit_quota_m3)


def below_control_level(application: Facts) -> BooleanValue:
    """Whether the water of its unit stands below the control level (水位控制)."""
    low: BooleanValue = application.unit_level_m < application.unit_control_level_m
    return low


def _renewal_within_volume(application: Facts) -> BooleanValue:
    return (application.application_kind == "renewal") & ~beyond_volume(application)


RENEWAL_BELOW_CONTROL_LEVEL = Question(
    id="renewal_below_control_level",
    zh="延续依取水许可条例第二十五条决定：水位低于控制水位时原水量的延续是否不予批准，须由审批机关认定",
    en="a renewal is decided under article 25 of the permit regulation: whether one of the "
    "same volume is refused where the level is below control is for the authority to say",
    when=_renewal_within_volume,
)


@rule(
    "N-06",
    REGULATION,
    "第二十五条第一项",
    "不符合地下水取水总量控制、地下水水位控制要求",
    Verdict.DENY,
    en="Refuse what exceeds the unit's quota or lies below its control level",
    subjects=("application",),
    exemptions=(MONITORING,),
    questions=(RENEWAL_BELOW_CONTROL_LEVEL,),
)
def beyond_volume_or_level_control(application: Facts) -> BooleanValue:
    """不符合取水总量、水位控制要求的申请。"""
    beyond = beyond_volume(application) | below_control_level(application)
    return beyond & ~puts_water_back(application)


@rule(
    "N-07",
    REGULATION,
    "第二十五条第二项",
    "不符合限制开采区取用水规定",
    Verdict.DENY,
    en="Refuse new abstraction inside a restricted zone",
    subjects=("application",),
    exemptions=(*ARTICLE_35, MONITORING),
    questions=(REPLACEMENT_APPLIED_FOR,),
)
def new_take_in_restricted_zone(application: Facts) -> BooleanValue:
    """限制开采区内新增取用地下水的申请。"""
    more = application.application_kind.isin(["new", "replacement", "increase"])
    takes_more = (more | (application.added_m3 > 0)) & ~puts_water_back(application)
    return application.inside("restricted_zone") & takes_more


@rule(
    "N-08",
    REGULATION,
    "第二十五条第三项",
    "不符合行业用水定额和节水规定",
    Verdict.DENY,
    en="Refuse more than the norm of the industry allows",
    subjects=("application",),
    exemptions=(MONITORING,),
    questions=(
        Question(
            id="output_for_norm",
            zh="年产品产量为零或者不详，按定额应取多少须查明",
            en="with a yearly output of nothing, or none known, how much the norm allows has to be "
            "found out",
            when=_nothing_made,
        ),
    ),
    gap=Words(
        zh="是否符合“节水规定”没有资料可查",
        en="whether it keeps to the rules on saving water: no register tells",
    ),
)
def above_industry_norm(application: Facts) -> BooleanValue:
    """申请水量超过行业用水定额。

    Where the norm is nothing, nothing is allowed.
    """
    asked, norm = application.annual_permitted_m3, application.norm_m3_per_output
    return (asked > 0) & ((asked > norm * application.output_quantity) | (norm == 0))


@rule(
    "N-08-STD",
    REGULATION,
    "第二十五条第四项",
    "不符合强制性国家标准",
    Verdict.DENY,
    en="Refuse what does not meet mandatory national standards",
    subjects=("application",),
    exemptions=(MONITORING,),
)
def below_mandatory_standards(application: Facts) -> BooleanValue:
    """不符合强制性国家标准的申请。"""
    return ~application.standards_met


@rule(
    "N-09",
    REGULATION,
    "第二十五条第五项",
    "水资源紧缺或者生态脆弱地区新建、改建、扩建高耗水项目",
    Verdict.DENY,
    en="Refuse high-consumption projects where water is scarce or nature fragile",
    subjects=("application",),
    exemptions=(MONITORING,),
)
def thirsty_project_in_scarce_area(application: Facts) -> BooleanValue:
    """水资源紧缺、生态脆弱地区的高耗水项目申请。"""
    listed = application.listed(SCARCE_AREA) | application.listed(FRAGILE_AREA)
    built = application.build_type.isin(["new", "rebuild", "expand"])
    return application.high_consumption & built & listed


@rule(
    "N-10",
    REGULATION,
    "第二十五条第六项",
    "违反法律、法规的规定开垦种植而取用地下水",
    Verdict.DENY,
    en="Refuse water for land reclaimed and planted against the law",
    subjects=("application",),
    exemptions=(MONITORING,),
)
def unlawful_reclamation(application: Facts) -> BooleanValue:
    """违法开垦种植取水的申请。"""
    planting = application.use.isin(["irrigation", "forestry_grass"])
    return planting & application.illegal_reclamation
