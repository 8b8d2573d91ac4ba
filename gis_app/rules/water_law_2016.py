"""《中华人民共和国水法》, in force 2002-10-01, as amended 2016-07-02."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ibis.expr.types import BooleanValue, NumericValue

from gis_app.law import Instrument, Question, Tier, Verdict, Words
from gis_app.rules.engine import rule
from gis_app.rules.facts import Facts
from gis_app.rules.new_take import drills
from gis_app.rules.taking import takes_water

LAW = Instrument(
    id="water-law-2016",
    key="WL-2016",
    zh="中华人民共和国水法",
    en="Water Law",
    number="2016修正",
    area="",
    since=date(2002, 10, 1),
    tier=Tier.LAW,
    remark=Words(
        "自2002年10月1日起施行（第八十二条）；条文为2016年7月2日修正后的文本",
        "in force since 2002-10-01 (article 82); the text is that of the amendment of 2016-07-02",
    ),
)


@rule(
    "N-52",
    LAW,
    "第四十三条",
    "在水工程保护范围内，禁止从事影响水工程运行和危害水工程安全的爆破、打井、采石、取土等活动",
    Verdict.PROHIBIT,
    en="Drilling that endangers waterworks inside their protection area",
    subjects=("application",),
    orders=Words("禁止在此打井", "drilling here is prohibited"),
)
def drilling_endangers_waterworks(application: Facts) -> BooleanValue:
    """水工程保护范围内禁止危害水工程安全的打井。"""
    drilled = drills(application)
    return application.inside("works_protection_area") & application.endangers_works & drilled


def _too_much_this_year(well: Facts) -> BooleanValue:
    # readings of a year that is not over can only show that too much has been taken
    return well.recorded_above(
        "permit_this_year_m3", well.annual_permitted_m3
    ) & well.recorded_above("permit_this_year_m3", well.permit_now_most_m3)


def _misused(well: Facts) -> BooleanValue:
    return takes_water(well) & (~well.use_permitted | well.permit_misplaced)


def _taken_last_year_above(well: Facts, volume_m3: NumericValue) -> BooleanValue:
    # the known part of a year that was not read whole can only show that it is
    above: BooleanValue = well.permit_taken_m3 > volume_m3
    return above | well.recorded_above("permit_taken_least_m3", volume_m3)


def _surely_apart_from_last_year(well: Facts) -> BooleanValue:
    return (_too_much_this_year(well) & ~well.emergency_this_year) | _misused(well)


def _permit_changed_in_year(well: Facts) -> BooleanValue:
    changed = well.permit_year_most_m3 > well.permit_year_least_m3
    surely = _taken_last_year_above(well, well.permit_year_most_m3)
    held = well.permit_state == "held"
    return held & changed & ~surely & ~_surely_apart_from_last_year(well)


def _only_in_emergency_years(well: Facts) -> BooleanValue:
    last_year = _taken_last_year_above(well, well.permit_year_least_m3) & well.emergency_last_year
    this_year = _too_much_this_year(well) & well.emergency_this_year
    surely = (
        _taken_last_year_above(well, well.permit_year_most_m3) & ~well.emergency_last_year
    ) | _surely_apart_from_last_year(well)
    return (well.permit_state == "held") & (last_year | this_year) & ~surely


PERMIT_CHANGED_IN_YEAR = Question(
    id="permit_changed_in_year",
    zh="许可证（或其名下的井）在取水年度内取得、变更或者终止：该年度许可水量是多少、"
    "多少水取自该许可，须查明",
    en="the permit, or which wells it covers, began, changed or ended within the year of the "
    "abstraction: how much was permitted in that year, and taken under it, has to be found out",
    when=_permit_changed_in_year,
)

# what is taken in an emergency needs no permit, and counts against none
TAKEN_IN_EMERGENCY = Question(
    id="taken_in_emergency",
    zh="取水量超过许可的年度内有经同意的应急取（排）水：其中多少是应急所取、不需要许可"
    "（取水许可和水资源费征收管理条例第四条），须查明",
    en="within the year in which more was taken than permitted an emergency was granted: how much "
    "of it was taken in the emergency, for which no permit is needed (article 4 of the permit "
    "regulation), has to be found out",
    when=_only_in_emergency_years,
)
VOLUME_NOT_CERTAIN = (PERMIT_CHANGED_IN_YEAR, TAKEN_IN_EMERGENCY)


def volume_is_open(well: Facts) -> BooleanValue:
    """Whether only a person can say if more was taken than permitted."""
    return PERMIT_CHANGED_IN_YEAR.when(well) | TAKEN_IN_EMERGENCY.when(well)


_HELD_AGAINST = (
    ("permit_taken_m3", "permit_year_least_m3"),
    ("permit_taken_least_m3", "permit_year_least_m3"),
    ("permit_this_year_m3", "annual_permitted_m3"),
)


def breaks_of_permit(read: Mapping[str, Any]) -> list[str]:
    """Of the facts that N-22 has read, those that show what is not as permitted."""
    names: list[str] = []
    for taken, permitted in _HELD_AGAINST:
        known = read.get(taken) is not None and read.get(permitted) is not None
        if permitted not in names and known and read[taken] > read[permitted]:
            names += [taken, permitted]
    names += ["use_permitted"] if read.get("use_permitted") is False else []
    return [*names, "permit_misplaced"] if read.get("permit_misplaced") else names


@rule(
    "N-22",
    LAW,
    "第六十九条第二项",
    "未依照批准的取水许可规定条件取水的",
    Verdict.REFER,
    en="Abstraction outside the conditions of the permit",
    questions=VOLUME_NOT_CERTAIN,
    orders=Words(
        "移交核实处理，处罚依据：水法第六十九条",
        "it is referred for examination; basis of penalty: article 69 of the Water Law",
    ),
    rests_on=breaks_of_permit,
)
def outside_permit_conditions(well: Facts) -> BooleanValue:
    """未依照取水许可规定条件取水。

    A permit may cover several wells: its volume is that of all of them, without a tolerance. What
    was taken in a year is held against what was permitted in that year, not since.
    """
    last_year = _taken_last_year_above(well, well.permit_year_least_m3)
    outside = last_year | _too_much_this_year(well) | _misused(well)
    return (well.permit_state == "held") & outside
