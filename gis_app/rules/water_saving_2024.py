"""《节约用水条例》 国务院令第776号, in force 2024-05-01. Text as of 2025-04-19.

The decree is named in published copies of the regulation; the text at hand does not print it.
"""

from dataclasses import replace
from datetime import date

from ibis.expr.types import BooleanValue

from gis_app.law import (
    LISTED,
    Exemption,
    Instrument,
    Parameter,
    Question,
    Tier,
    Verdict,
    Words,
)
from gis_app.rules.engine import rule
from gis_app.rules.facts import WORKING, Facts
from gis_app.rules.permit_regulation_2017 import MONITORING
from gis_app.rules.taking import has_no_meter

REGULATION = Instrument(
    id="water-saving-2024",
    key="WSR-2024",
    zh="节约用水条例",
    en="Regulation on Water Conservation",
    number="国务院令第776号",
    area="",
    since=date(2024, 5, 1),
    tier=Tier.ADMINISTRATIVE_REGULATION,
)

# 「水资源严重短缺地区」 (arts 14, 16) and 「水资源短缺地区」 (art. 34) are two things; the
# regulation defines neither.
SEVERELY_SHORT = Parameter(
    name="severely_water_short_area",
    zh="是否属于水资源严重短缺地区",
    en="whether the area is severely short of water",
    unit=LISTED,
    instrument="WSR-2024",
    clause="第十六条",
    quote="水资源严重短缺地区、地下水超采地区应当严格控制高耗水产业项目建设",
)
SHORT = Parameter(
    name="water_short_area",
    zh="是否属于水资源短缺地区",
    en="whether the area is short of water",
    unit=LISTED,
    instrument="WSR-2024",
    clause="第三十四条",
    quote="水资源短缺地区县级以上地方人民政府应当制定非常规水利用计划",
)


def electricity_counted(well: Facts) -> BooleanValue:
    """Whether this well's electricity is read, and a valid coefficient turns it into water.

    A coefficient that nobody has recorded measures nothing, nor does one without a reading since
    last year began: a blank is none.
    """
    read = well.recorded_above("electricity_readings", 0)
    return well.recorded_above("kwh_coefficient", 0) & read


def measured_by_electricity(well: Facts) -> BooleanValue:
    """Whether it irrigates and its electricity is turned into water. Nothing else may be so."""
    return (well.use == "irrigation") & electricity_counted(well)


def _perhaps_by_electricity(well: Facts) -> BooleanValue:
    by_electricity = (well.use == "irrigation") & (well.meter_state == "indirect_kwh")
    return by_electricity & ~electricity_counted(well)


# What is said to be measured by electricity is so where something turns it into water.
BY_ELECTRICITY = Exemption(
    id="WSR14",
    zh="农业灌溉用水暂不具备计量条件，以电折水间接计量",
    en="irrigation that cannot yet be metered is measured by its electricity",
    clause="节约用水条例第十四条第二款",
    quote="农业灌溉用水暂不具备计量条件的，可以采用以电折水等间接方式进行计量",
    when=measured_by_electricity,
    since=REGULATION.since,
)
PERHAPS_BY_ELECTRICITY = Question(
    id="perhaps_by_electricity",
    zh="登记为以电折水，而没有有效的以电折水系数，或者上一年度以来没有用电读数：是否已经计量须查明",
    en="its water is said to be measured by electricity, and no valid coefficient is on record, or "
    "no reading of electricity since last year began: whether it is measured has to be found out",
    when=_perhaps_by_electricity,
    since=REGULATION.since,
)


def _new(project: Facts) -> BooleanValue:
    return project.build_type == "new"


@rule(
    "N-51",
    REGULATION,
    "第十四条第一款",
    "用水应当计量。对不同水源、不同用途的水应当分别计量",
    Verdict.METER,
    en="Irrigation neither metered nor measured by its electricity",
    # whether conditions for a meter are lacking was for whoever set the coefficient to say
    exemptions=(replace(BY_ELECTRICITY, when=electricity_counted),),  # irrigation it is already
    questions=(PERHAPS_BY_ELECTRICITY,),
    orders=Words(
        zh="应当计量；暂不具备计量条件的，可以采用以电折水等间接方式计量",
        en="its water must be metered, or measured indirectly, as by electricity, while a meter "
        "is not yet possible",
    ),
)
def irrigation_without_meter(well: Facts) -> BooleanValue:
    """农业灌溉用水未计量、未以电折水。"""
    return (well.use == "irrigation") & well.status.isin(WORKING) & has_no_meter(well)


@rule(
    "N-50",
    REGULATION,
    "第十六条",
    "禁止新建并限期淘汰不符合国家产业政策的高耗水产业项目",
    ((Verdict.PROHIBIT, _new), (Verdict.RESTRICT, None)),
    en="High-consumption project against policy where water is scarce or overdrawn",
    subjects=("site", "application"),
    orders=Words(
        zh="禁止新建；已有的，应当限期淘汰",
        en="it must not be built; what already stands must be phased out by a set date",
    ),
)
def outdated_high_consumption_project(project: Facts) -> BooleanValue:
    """水资源严重短缺地区、超采地区禁止新建并限期淘汰高耗水项目。"""
    where = project.listed(SEVERELY_SHORT) | project.meets("overdraft_zone")
    return where & project.high_consumption & project.against_policy


@rule(
    "N-49",
    REGULATION,
    "第三十四条第二款",
    "对具备使用非常规水条件但未合理使用的建设项目，不得批准其新增取水许可",
    Verdict.DENY,
    en="No new permit where unconventional water could be used and is not",
    subjects=("application",),
    exemptions=(MONITORING,),
)
def unconventional_water_left_unused(application: Facts) -> BooleanValue:
    """具备使用非常规水条件但未合理使用的，不予新增取水许可。"""
    unused = application.reclaimed_usable & ~application.reclaimed_used
    project = application.listed(SHORT) & application.construction_project
    return project & unused & (application.added_m3 > 0)
