"""黄河保护法 113, 115: its own bases of penalty beside those of other laws."""

from ibis.expr.types import BooleanValue

from gis_app.law import Verdict, Words
from gis_app.rules.dewatering import DEWATERING_BELOW_SCALE
from gis_app.rules.engine import rule
from gis_app.rules.facts import WORKING, Facts
from gis_app.rules.permit_regulation_2017 import (
    APPROVED_ON_TRIAL,
    MONITORING,
    NO_PERMIT_NEEDED,
    PERHAPS_HOUSEHOLD,
)
from gis_app.rules.permit_regulation_2017.supervision import abstraction_without_permit
from gis_app.rules.taking import is_to_take, meter_does_not_work, meter_is_online
from gis_app.rules.water_law_2016 import (
    VOLUME_NOT_CERTAIN,
    breaks_of_permit,
    outside_permit_conditions,
)
from gis_app.rules.yellow_river_law_2022 import (
    COUNTY,
    LAW,
    OWNER_IS_UNIT,
    at_scale,
)


# 水法 69 and this article punish the same two faults; which of them is taken is for the officer.
@rule(
    "N-21-YR",
    LAW,
    "第一百一十三条",
    "未经批准擅自取水，或者未依照批准的取水许可规定条件取水的",
    Verdict.REFER,
    en="Abstraction without a permit in the Yellow River basin: its own basis of penalty",
    exemptions=(*NO_PERMIT_NEEDED, APPROVED_ON_TRIAL),
    questions=(DEWATERING_BELOW_SCALE, PERHAPS_HOUSEHOLD),
    orders=Words(
        "移交核实处理，处罚依据：黄河保护法第一百一十三条",
        "it is referred for examination; basis of penalty: article 113 of this law",
    ),
)
def abstraction_without_permit_in_basin(well: Facts) -> BooleanValue:
    """黄河流域无证取水（黄河保护法的处罚依据）。"""
    return well.listed(COUNTY) & abstraction_without_permit(well)


@rule(
    "N-22-YR",
    LAW,
    "第一百一十三条",
    "未依照批准的取水许可规定条件取水的",
    Verdict.REFER,
    en="Outside the permit in the Yellow River basin: its own basis of penalty",
    questions=VOLUME_NOT_CERTAIN,
    orders=Words(
        "移交核实处理，处罚依据：黄河保护法第一百一十三条",
        "it is referred for examination; basis of penalty: article 113 of this law",
    ),
    rests_on=breaks_of_permit,
)
def outside_permit_conditions_in_basin(well: Facts) -> BooleanValue:
    """黄河流域未依照许可条件取水（黄河保护法的处罚依据）。"""
    return well.listed(COUNTY) & outside_permit_conditions(well)


@rule(
    "N-19-YR",
    LAW,
    "第一百一十五条第一款",
    "取水量达到取水规模以上的单位未安装在线计量设施的",
    Verdict.METER,
    en="No online meter in the Yellow River basin: its own basis of penalty",
    exemptions=(MONITORING,),
    questions=(meter_is_online(), OWNER_IS_UNIT),
    orders=Words(
        "责令限期安装在线计量设施，处罚依据：黄河保护法第一百一十五条第一款",
        "it is to be ordered to fit an online meter; basis of penalty: article 115, paragraph 1",
    ),
)
def no_online_meter(well: Facts) -> BooleanValue:
    """未安装在线计量设施（黄河保护法的处罚依据）。"""
    return at_scale(well) & (well.meter_state != "online") & is_to_take(well)


@rule(
    "N-20-YR",
    LAW,
    "第一百一十五条第二款",
    "在线计量设施不合格或者运行不正常的，由县级以上地方人民政府水行政主管部门或者黄河流域管理机构"
    "及其所属管理机构责令限期更换或者修复；逾期不更换或者不修复的",
    Verdict.REFER,
    en="Faulty online meter not repaired in the Yellow River basin: its own basis of penalty",
    questions=(meter_is_online(), OWNER_IS_UNIT),
    orders=Words(
        "移交核实处理，处罚依据：黄河保护法第一百一十五条第二款",
        "it is referred for examination; basis of penalty: article 115, paragraph 2",
    ),
)
def faulty_online_meter_not_repaired(well: Facts) -> BooleanValue:
    """黄河流域在线计量设施不合格逾期不修（黄河保护法的处罚依据）。"""
    faulty = (well.meter_state != "offline") & meter_does_not_work(well)
    overdue = well.status.isin(WORKING) & well.recorded_before("repair_due_on", well.on)
    return at_scale(well) & faulty & overdue
