"""晋城细则 三(三): planned use of industry, obsolete processes."""

from ibis.expr.types import BooleanValue

from gis_app.law import Question, Verdict
from gis_app.rules.engine import rule
from gis_app.rules.facts import WORKING, Facts
from gis_app.rules.jincheng_water_saving import BY_2022, DETAILED_RULES, uses_at_least
from gis_app.rules.permit_regulation_2017 import MONITORING


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
    enough_there = well.inside("overdraft_zone") & uses_at_least(well, 10_000)
    enough = uses_at_least(well, 100_000) | enough_there
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
