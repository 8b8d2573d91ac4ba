"""《中华人民共和国水污染防治法》 2017修正, in force as amended 2018-01-01. Text as of 2025-04-19.

Arts 64–67: drinking-water source protection zones. By 第六十三条 these are of the first and of the
second class; a quasi zone lies outside them and has a rule of its own.
"""

from datetime import date

from ibis.expr.types import BooleanValue

from gis_app.law import Instrument, Question, Tier, Verdict, Words
from gis_app.rules.engine import rule
from gis_app.rules.facts import Facts

LAW = Instrument(
    id="pollution-law-2017",
    key="WPPL-2017",
    zh="中华人民共和国水污染防治法",
    en="Water Pollution Prevention and Control Law",
    number="2017修正",
    area="",
    since=date(2018, 1, 1),
    tier=Tier.LAW,
    remark=Words(
        "原自2008年6月1日起施行（第一百零三条）；条文为2017年修正后、自2018年1月1日起施行的文本，"
        "此前的日期不作结论",
        "in force since 2008-06-01 (article 103); the text is that of the amendment of 2017, in "
        "force since 2018-01-01: of earlier days we say nothing",
    ),
)

_ZONE = "source_protection_zone"


def _planned(site: Facts) -> BooleanValue:
    return site.build_type.isin(["new", "rebuild", "expand"])


def _in_protection_zone(site: Facts) -> BooleanValue:
    return site.meets(_ZONE, "level_1") | site.meets(_ZONE, "level_2")


_BUILT_OR_PLANNED = Words(
    zh="禁止新建、改建、扩建；已建成的，由县级以上人民政府责令拆除或者关闭",
    en="it must not be built, rebuilt or expanded; what already stands is ordered removed or "
    "closed by the people's government",
)


@rule(
    "N-41",
    LAW,
    "第六十四条",
    "在饮用水水源保护区内，禁止设置排污口",
    Verdict.PROHIBIT,
    en="No outfall inside a drinking-water source protection zone",
    subjects=("site",),
    orders=Words(zh="禁止设置排污口", en="no outfall may be placed there"),
)
def outfall_in_protection_zone(site: Facts) -> BooleanValue:
    """饮用水水源保护区内禁设排污口。"""
    return _in_protection_zone(site) & (site.site_kind == "outfall")


@rule(
    "N-38",
    LAW,
    "第六十五条第一款",
    "禁止在饮用水水源一级保护区内新建、改建、扩建与供水设施和保护水源无关的建设项目",
    ((Verdict.PROHIBIT, _planned), (Verdict.CLOSE_BY, None)),
    en="First-class zone: only works of water supply and source protection",
    subjects=("site",),
    orders=_BUILT_OR_PLANNED,
)
def unrelated_project_in_first_class_zone(site: Facts) -> BooleanValue:
    """一级保护区内禁止与供水设施和保护水源无关的建设项目。"""
    return site.meets(_ZONE, "level_1") & ~site.serves_supply


@rule(
    "N-39",
    LAW,
    "第六十六条第一款",
    "禁止在饮用水水源二级保护区内新建、改建、扩建排放污染物的建设项目",
    ((Verdict.PROHIBIT, _planned), (Verdict.CLOSE_BY, None)),
    en="Second-class zone: no project that discharges pollutants",
    subjects=("site",),
    orders=_BUILT_OR_PLANNED,
)
def discharging_project_in_second_class_zone(site: Facts) -> BooleanValue:
    """二级保护区内禁止排放污染物的建设项目。"""
    return site.meets(_ZONE, "level_2") & site.discharges


@rule(
    "N-40",
    LAW,
    "第六十七条",
    "禁止在饮用水水源准保护区内新建、扩建对水体污染严重的建设项目；改建建设项目，不得增加排污量",
    Verdict.PROHIBIT,
    en="Quasi zone: no severe polluter built or expanded, no rebuilding that discharges more",
    subjects=("site",),
    questions=(
        Question(
            id="ground_in_quasi_zone",
            zh="准保护区在饮用水水源保护区外围（第六十三条）：场地涉及一级或者二级保护区，"
            "是否有场地在准保护区内须查明",
            en="a quasi zone lies outside the protection zones (article 63): the site has ground "
            "in one, and whether any lies in the quasi zone has to be found out",
            when=_in_protection_zone,
        ),
    ),
    orders=Words(
        zh="禁止新建、扩建；改建的，不得增加排污量",
        en="it must not be built or expanded; if rebuilt, it must not discharge more",
    ),
)
def polluting_project_in_quasi_zone(site: Facts) -> BooleanValue:
    """准保护区内禁止新建、扩建严重污染项目，改建不得增加排污量。

    A quasi zone lies 「在饮用水水源保护区外围」 (第六十三条) and may be drawn over the zones inside
    it. A site with ground in one of those may yet reach beyond it, or lie in the quasi zone of
    another source: that is a question.
    """
    severe = site.build_type.isin(["new", "expand"]) & site.heavy_polluter
    more = (site.build_type == "rebuild") & site.discharge_increases
    return site.meets(_ZONE, "quasi") & (severe | more)
