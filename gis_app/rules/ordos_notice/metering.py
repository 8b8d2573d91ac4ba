"""鄂尔多斯市通知 三(四): metering, by meters or by electricity."""

from dataclasses import replace
from datetime import date

from ibis.expr.types import BooleanValue

from gis_app.law import Exemption, Question, Verdict, Words
from gis_app.rules.engine import rule
from gis_app.rules.facts import WORKING, Facts
from gis_app.rules.ordos_notice import NOTICE, used_for
from gis_app.rules.permit_regulation_2017 import (
    MONITORING,
    PERHAPS_HOUSEHOLD,
    SMALL_HOUSEHOLD_TAKE,
)
from gis_app.rules.several_faults import unless
from gis_app.rules.taking import has_no_meter, is_to_take, kind_of_meter_hidden, meter_does_not_work
from gis_app.rules.water_saving_2024 import (
    PERHAPS_BY_ELECTRICITY,
    electricity_counted,
    measured_by_electricity,
)


def _data_withheld(well: Facts) -> BooleanValue:
    return well.violated("data_refused", "data_false")


def _irrigates_by_electricity(well: Facts) -> BooleanValue:
    return has_no_meter(well) & measured_by_electricity(well)


def _perhaps_cannot_be_metered(well: Facts) -> BooleanValue:
    irrigation = (well.use == "irrigation") & (well.meter_state == "none")
    kindred = well.use.isin(["livestock", "forestry_grass"]) & has_no_meter(well)
    return irrigation | kindred


BY_ELECTRICITY = Exemption(
    id="irrigation-by-electricity",
    zh="暂不具备计量条件的农牧业灌溉，以电量折算水量",
    en="farm irrigation that cannot yet be metered is measured by electricity",
    clause="三(四)",
    quote="对农牧业灌溉取用地下水暂不具备计量条件的",
    when=_irrigates_by_electricity,
)
CANNOT_BE_METERED = Question(
    id="farming_not_yet_meterable",
    zh="是否属于“暂不具备计量条件”的“农牧业灌溉”，须由水行政主管部门认定",
    en="whether it is farm irrigation that cannot yet be metered is for the authority to say",
    when=_perhaps_cannot_be_metered,
)
# 三(四) itself lets irrigation be measured so, before 《节约用水条例》 did
MEASURED_BY_ELECTRICITY = replace(PERHAPS_BY_ELECTRICITY, since=None)


@rule(
    "ORD-05",
    NOTICE,
    "三(四)",
    "加快实施取用水户远程实时在线计量监控，2022年6月底前实现与市级水资源信息平台资源共享",
    Verdict.METER,
    en="Meter not read remotely in real time",
    exemptions=(BY_ELECTRICITY, MONITORING, SMALL_HOUSEHOLD_TAKE),
    questions=(
        CANNOT_BE_METERED,
        MEASURED_BY_ELECTRICITY,
        PERHAPS_HOUSEHOLD,
        Question(
            id="meter_is_remote",
            zh="故障或者待检定的计量设施是否为远程实时在线计量设施，须查明",
            en="whether the meter that is out of order or due for calibration is a remote one has "
            "to be found out",
            when=kind_of_meter_hidden,
        ),
    ),
    orders=Words(
        "应当实行远程实时在线计量，并与市级水资源信息平台资源共享",
        "it must be metered remotely in real time and shared with the city's platform",
    ),
    since=date(2022, 7, 1),
)
def no_remote_metering(well: Facts) -> BooleanValue:
    """取用水户未实现远程实时在线计量。"""
    return is_to_take(well) & (well.meter_state != "online")


@rule(
    "ORD-08",
    NOTICE,
    "三(四)",
    "对未安装取水计量设施、计量设施不合格或运行不正常、拒不提供或提供虚假取水数据的，水行政主管部门要依法处罚",
    Verdict.REFER,
    en="No meter, a faulty meter, data refused or falsified",
    exemptions=(
        unless(_data_withheld, BY_ELECTRICITY),
        unless(_data_withheld, MONITORING),
        unless(_data_withheld, SMALL_HOUSEHOLD_TAKE),
    ),
    questions=(
        unless(_data_withheld, CANNOT_BE_METERED),
        unless(_data_withheld, MEASURED_BY_ELECTRICITY),
        unless(_data_withheld, PERHAPS_HOUSEHOLD),
    ),
)
def metering_breach(well: Facts) -> BooleanValue:
    """未计量、计量不正常、拒报或者虚报取水数据。"""
    meter = is_to_take(well) & (has_no_meter(well) | meter_does_not_work(well))
    return meter | (well.status.isin(WORKING) & _data_withheld(well))


@rule(
    "ORD-06",
    NOTICE,
    "三(四)",
    "采取以电量折算水量、以用电控制用水的方式管理取用水",
    Verdict.METER,
    en="Farm irrigation not measured by its electricity",
    questions=(
        MEASURED_BY_ELECTRICITY,
        Question(
            id="farm_irrigation",
            zh="畜牧、林草取水是否属于“农牧业灌溉”，须由水行政主管部门认定",
            en="whether water for livestock, forestry or grass is farm irrigation is for the "
            "authority to say",
            when=used_for("livestock", "forestry_grass"),
        ),
    ),
    orders=Words(
        "应当安装计量设施；暂不具备计量条件的，以电量折算水量、以用电控制用水",
        "a meter must be fitted; where that is not yet possible, its water is measured and limited "
        "by its electricity, with a valid coefficient",
    ),
)
def farming_without_meter(well: Facts) -> BooleanValue:
    """农牧业灌溉未以电折水。"""
    farming = well.use.isin(["irrigation", "livestock", "forestry_grass"])
    no_measure = has_no_meter(well) & ~electricity_counted(well)
    return well.status.isin(WORKING) & farming & no_measure
