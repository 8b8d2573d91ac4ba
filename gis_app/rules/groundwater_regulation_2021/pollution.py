"""《地下水管理条例》第五章 污染防治, arts 39–45."""

from ibis.expr.types import BooleanValue

from gis_app.law import Parameter, Question, Verdict, Words
from gis_app.rules.engine import rule
from gis_app.rules.facts import Facts
from gis_app.rules.groundwater_regulation_2021 import REGULATION
from gis_app.rules.permit_regulation_2017 import for_monitoring
from gis_app.rules.taking import takes_or_will

BUILT = ("new", "rebuild", "expand")  # 新建、改建、扩建

# the six kinds that 第四十一条第一款第二项 names; filling stations stand in 第三项, which asks for
# leak monitoring and not for wells
_NAMED_SITES = (
    "chemical_plant",
    "industrial_park",
    "mine",
    "tailings",
    "hazardous_waste",
    "landfill",
)

# 「差异大」 is not defined: how many classes apart is great must be set before the rule binds.
GREAT_GAP = Parameter(
    name="great_quality_gap_classes",
    zh="含水层水质“差异大”的类别差",
    en="quality classes apart that make a great difference between aquifers",
    unit="classes",
    instrument=REGULATION.key,
    clause="第四十三条第二款",
    quote="多层地下水的含水层水质差异大的，应当分层开采",
)


def _new_project(site: Facts) -> BooleanValue:
    return site.recorded_as("build_type", ["new"])


def _other_site(site: Facts) -> BooleanValue:
    return site.site_kind == "other"


@rule(
    "N-42",
    REGULATION,
    "第四十一条第一款第二项",
    "应当采取防渗漏等措施，并建设地下水水质监测井进行监测",
    Verdict.REFER,
    en="Polluting site without wells that monitor groundwater",
    subjects=("site",),
    questions=(
        Question(
            id="like_the_named_sites",
            zh="所列场地以“等”字结尾，其他可能污染地下水的场地是否属于此类须由生态环境主管部门认定",
            en="the list is open: whether another site that may pollute groundwater is of its kind "
            "is for the ecology authority to say",
            when=_other_site,
        ),
        Question(
            id="not_yet_built",
            zh="新建项目：是否已经建成、运营（第四十一条所称“运营、管理单位”）须查明，建成时应当一并建设监测井",
            en="a new project: whether it is built and run yet, as the article speaks of who runs "
            "such a site, has to be found out; its monitoring wells are due with it",
            when=_new_project,
        ),
    ),
    orders=Words(
        zh="应当建设地下水水质监测井进行监测，移交生态环境主管部门处理",
        en="it must build wells that monitor groundwater quality; "
        "it is referred to the ecology authority",
    ),
)
def site_without_monitoring_wells(site: Facts) -> BooleanValue:
    """重点污染源场地未建地下水水质监测井。"""
    bound = site.site_kind.isin(_NAMED_SITES) | (_other_site(site) & site.pollution_risk)
    return bound & (site.monitoring_wells == 0)


@rule(
    "N-31",
    REGULATION,
    "第四十二条",
    "在泉域保护范围以及岩溶强发育、存在较多落水洞和岩溶漏斗的区域内，"
    "不得新建、改建、扩建可能造成地下水污染的建设项目",
    Verdict.PROHIBIT,
    en="No project that may pollute groundwater in a spring domain or a strong karst area",
    subjects=("site",),
    orders=Words(zh="不得新建、改建、扩建", en="it must not be built, rebuilt or expanded"),
)
def polluting_project_on_karst(site: Facts) -> BooleanValue:
    """泉域保护范围、岩溶强发育区内禁建可能污染地下水的项目。"""
    karst = site.meets("spring_domain") | site.meets("strong_karst_area")
    return karst & site.build_type.isin(BUILT) & site.pollution_risk


def _polluted(well: Facts) -> BooleanValue:
    return well.aquifer_polluted


@rule(
    "N-35",
    REGULATION,
    "第四十三条第二款",
    "多层地下水的含水层水质差异大的，应当分层开采；对已受污染的潜水和承压水，不得混合开采",
    ((Verdict.PROHIBIT, _polluted), (Verdict.RESTRICT, None)),
    en="Mixed abstraction from polluted aquifers or aquifers of unlike quality",
    orders={
        Verdict.PROHIBIT: Words(
            zh="不得混合开采", en="polluted aquifers may not be drawn on together with others"
        ),
        Verdict.RESTRICT: Words(zh="应当分层开采", en="each aquifer is to be drawn on separately"),
    },
)
def mixed_abstraction(well: Facts) -> BooleanValue:
    """混合开采已受污染或水质差异大的含水层。

    A gap of no class is no difference, whatever the number set. Works for monitoring, exploration
    or recharge draw on none (开采). Backfilling (第三款) is due only once the crossing has itself
    spread pollution, which the register does not say.
    """
    gap = well.quality_class_gap
    unlike = (gap > 0) & (gap >= well.parameter(GREAT_GAP))
    drawn = takes_or_will(well) & ~for_monitoring(well)
    return drawn & (well.aquifers_crossed >= 2) & (well.aquifer_polluted | unlike)
