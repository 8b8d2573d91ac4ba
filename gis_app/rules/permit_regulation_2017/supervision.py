"""《取水许可和水资源费征收管理条例》第五章 监督管理、第六章 法律责任, arts 42–53."""

import ibis
from ibis.expr.types import BooleanValue

from gis_app.law import Exemption, Verdict, Words
from gis_app.rules.dewatering import DEWATERING_BELOW_SCALE
from gis_app.rules.engine import rule
from gis_app.rules.facts import Facts
from gis_app.rules.groundwater_regulation_2021 import supervision as groundwater
from gis_app.rules.permit_regulation_2017 import (
    APPROVED_ON_TRIAL,
    MONITORING,
    NO_PERMIT_NEEDED,
    PERHAPS_HOUSEHOLD,
    REGULATION,
    SMALL_HOUSEHOLD_TAKE,
)
from gis_app.rules.taking import has_no_meter, is_to_take, takes_water
from gis_app.rules.water_saving_2024 import BY_ELECTRICITY, PERHAPS_BY_ELECTRICITY


def _permit_kept(well: Facts) -> BooleanValue:
    return well.granted("permit_kept")


@rule(
    "N-27",
    REGULATION,
    "第四十二条",
    "应当在每年的12月31日前向审批机关报送本年度的取水情况和下一年度取水计划建议",
    Verdict.REFER,
    en="Last year's abstraction not reported",
    orders=Words(
        "责令限期补报年度取水情况（第五十二条第一项）",
        "it is to be ordered to report the year's abstraction (article 52, item 1)",
    ),
)
def annual_report_missing(well: Facts) -> BooleanValue:
    """年度取水情况未报送。

    「本年度」 is a year in which a permit was held: one first given this year owes no report yet.
    """
    owed = (well.permit_state == "held") & well.permit_held_last_year
    return owed & ~well.last_report_filed


@rule(
    "N-25",
    REGULATION,
    "第四十四条",
    "连续停止取水满2年的，由原审批机关注销取水许可证",
    Verdict.REFER,
    en="No water taken for two years: the permit is to be cancelled",
    exemptions=(
        Exemption(
            id="permit-kept",
            zh="经原审批机关同意保留取水许可证",
            en="permit kept by consent of the authority that issued it",
            clause="第四十四条",
            quote="经原审批机关同意，可以保留取水许可证",
            when=_permit_kept,
        ),
    ),
    orders=Words(
        "移交原审批机关注销取水许可证",
        "it is referred to the issuing authority, which cancels the permit",
    ),
)
def idle_for_two_years(well: Facts) -> BooleanValue:
    """连续停止取水满2年。

    A permit is idle where no well of it takes water. Only readings show that: the years count up to
    the day until which all have been read.
    """
    two_years = ibis.interval(years=2)
    idle = well.last_taken_on + two_years <= well.read_until
    others = well.permit_last_taken_on + two_years <= well.permit_read_until
    return (well.permit_state == "held") & idle & others


@rule(
    "N-21",
    REGULATION,
    "第四十八条",
    "未经批准擅自取水",
    Verdict.REFER,
    en="Abstraction without a permit",
    exemptions=(*NO_PERMIT_NEEDED, APPROVED_ON_TRIAL),
    questions=(DEWATERING_BELOW_SCALE, PERHAPS_HOUSEHOLD),
    orders=Words(
        "移交核实处理，处罚依据：水法第六十九条",
        "it is referred for examination; basis of penalty: article 69 of the Water Law",
    ),
)
def abstraction_without_permit(well: Facts) -> BooleanValue:
    """无证取水。"""
    return (well.permit_state == "none") & takes_water(well)


@rule(
    "N-55",
    REGULATION,
    "第四十九条",
    "未取得取水申请批准文件擅自建设取水工程或者设施的，责令停止违法行为，限期补办有关手续",
    Verdict.REFER,
    en="Works of abstraction being built without approval",
    exemptions=NO_PERMIT_NEEDED,
    questions=(DEWATERING_BELOW_SCALE, PERHAPS_HOUSEHOLD),
    orders=Words(
        "移交核实处理：责令停止违法行为，限期补办有关手续",
        "it is referred for examination: building is to be stopped, and approval sought by a set "
        "date",
    ),
)
def works_without_approval(well: Facts) -> BooleanValue:
    """未经批准擅自建设取水工程。

    Works that are being built or on trial. An approval is the office's own record: where there is
    neither it nor a permit, there is none. What takes water (N-21) may have been built long ago.
    """
    building = well.status.isin(["under_construction", "trial"])
    approved = well.recorded_before("permit_approved_on", well.day(1))
    return building & (well.permit_state == "none") & ~approved


# A missing or faulty meter has three bases of penalty: this article, 地下水管理条例 56 and
# 黄河保护法 115. They are all listed; which of them is taken is for the officer.
@rule(
    "N-17-WPR",
    REGULATION,
    "第五十三条第一款",
    "未安装计量设施的，责令限期安装",
    Verdict.METER,
    en="No meter: basis of penalty in the permit regulation",
    exemptions=(MONITORING, SMALL_HOUSEHOLD_TAKE, BY_ELECTRICITY),
    questions=(PERHAPS_BY_ELECTRICITY, PERHAPS_HOUSEHOLD),
    orders=Words(
        "责令限期安装计量设施，处罚依据：本条例第五十三条第一款",
        "it is to be ordered to fit a meter; basis of penalty: article 53, paragraph 1",
    ),
)
def no_meter(well: Facts) -> BooleanValue:
    """未安装计量设施（取水许可条例的处罚依据）。"""
    return has_no_meter(well) & is_to_take(well)


@rule(
    "N-20-WPR",
    REGULATION,
    "第五十三条第二款",
    "计量设施不合格或者运行不正常的，责令限期更换或者修复",
    Verdict.REFER,
    en="Faulty meter not repaired in time: basis of penalty in the permit regulation",
    orders=Words(
        "移交核实处理，处罚依据：本条例第五十三条第二款",
        "it is referred for examination; basis of penalty: article 53, paragraph 2",
    ),
)
def faulty_meter_not_repaired(well: Facts) -> BooleanValue:
    """计量设施不合格逾期不修（取水许可条例的处罚依据）。"""
    return groundwater.faulty_meter_not_repaired(well)
