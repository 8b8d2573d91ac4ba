"""《地下水管理条例》第六章 监督管理, arts 46–53, and 第七章 法律责任, arts 54–62."""

from ibis.expr.types import BooleanValue

from gis_app.law import Exemption, Question, Verdict, Words
from gis_app.rules.dewatering import of_scale
from gis_app.rules.engine import rule
from gis_app.rules.facts import WORKING, Facts
from gis_app.rules.groundwater_regulation_2021 import REGULATION
from gis_app.rules.groundwater_regulation_2021.pollution import BUILT
from gis_app.rules.permit_regulation_2017 import for_monitoring
from gis_app.rules.taking import meter_does_not_work


def _relocation_arranged(site: Facts) -> BooleanValue:
    return site.granted("relocation")


def _works_emergency(site: Facts) -> BooleanValue:
    return site.granted("engineering_emergency")


def _closed_without_order(well: Facts) -> BooleanValue:
    return (well.status == "closed") & ~well.close_ordered


CLOSED_WITHOUT_ORDER = Question(
    id="closed_without_order",
    zh="登记为已关闭，没有责令关闭的记录：是否“依法应当停止取水”或者已经报废（第四十九条第二款），须查明",
    en="it is registered as closed, and no order to close it is on record: whether it must stop by "
    "law, or is abandoned (article 49, paragraph 2), has to be found out",
    when=_closed_without_order,
)


def _must_end(well: Facts) -> BooleanValue:
    ended = well.status.isin(["abandoned", "unfinished", "exploration_done", "closed"])
    overdue = (well.status == "ordered_to_close") & (well.close_due_on < well.on)
    return ended | overdue


@rule(
    "N-43",
    REGULATION,
    "第四十七条第二款",
    "新建、改建、扩建建设工程应当避开地下水监测设施设备",
    Verdict.NOTIFY,
    en="Construction must keep clear of groundwater monitoring facilities",
    subjects=("site",),
    exemptions=(
        Exemption(
            id="relocation",
            zh="确实无法避开，已由主管部门组织迁建",
            en="it cannot be avoided, and the authority has arranged the relocation",
            clause="第四十七条第二款",
            quote="确实无法避开、需要拆除地下水监测设施设备的，应当由县级以上人民政府水行政、"
            "自然资源、生态环境等主管部门按照有关技术要求组织迁建",
            when=_relocation_arranged,
        ),
    ),
    orders=Words(
        zh="应当避开监测设施；确实无法避开的，由主管部门组织迁建，费用由建设单位承担",
        en="it must keep clear of the facility; where it cannot, the authority has the facility "
        "moved at the builder's cost",
    ),
)
def construction_on_monitoring_facility(site: Facts) -> BooleanValue:
    """建设工程占压地下水监测设施。"""
    return site.build_type.isin(BUILT) & site.meets_monitoring


@rule(
    "N-30",
    REGULATION,
    "第四十八条第二款",
    "建设单位应当于施工前报有管辖权的水行政主管部门备案",
    Verdict.FILE,
    en="Works for monitoring or exploration begun without filing",
    orders=Words(
        zh="应当于施工前备案，未备案的限期补办",
        en="it must be filed before works begin; where it was not, this is made up by a set date",
    ),
)
def monitoring_works_not_filed(well: Facts) -> BooleanValue:
    """监测、勘探井施工前未备案。

    The duty falls on works not yet begun and on works begun since the regulation is in force.
    What is sealed or backfilled is past all that 第六十一条 could order.
    """
    awaited = well.status.isin(["proposed", "approved"])
    begun = well.works_started_on >= REGULATION.since
    # what was filed by the first day cannot be late, even where the start is not known
    late = (well.filed_on > well.works_started_on) & (well.filed_on > REGULATION.since)
    open_still = ~well.status.isin(["sealed", "backfilled"])
    owed = for_monitoring(well) & open_still & (awaited | begun)
    return owed & ((well.filing_state == "none") | late)


@rule(
    "N-28",
    REGULATION,
    "第四十九条第二款",
    "报废的矿井、钻井、地下水取水工程，或者未建成、已完成勘探任务、依法应当停止取水的地下水取水工程，"
    "应当由工程所有权人或者管理单位实施封井或者回填",
    Verdict.SEAL,
    en="Seal or backfill works that are abandoned, unfinished or must stop",
    questions=(CLOSED_WITHOUT_ORDER,),
)
def works_to_be_sealed(well: Facts) -> BooleanValue:
    """报废、未建成、应停止取水的井应当封井或者回填。"""
    return _must_end(well)


@rule(
    "N-29",
    REGULATION,
    "第四十九条第二款",
    "无法确定所有权人或者管理单位的，由县级以上地方人民政府或者其授权的部门负责组织实施封井或者回填",
    Verdict.SEAL,
    en="The government seals or backfills works without an owner",
    questions=(CLOSED_WITHOUT_ORDER,),
    orders=Words(
        zh="由县级以上地方人民政府或者其授权的部门组织封井或者回填",
        en="the local government or the department it names must have it sealed or backfilled",
    ),
)
def ownerless_works_to_be_sealed(well: Facts) -> BooleanValue:
    """无主井由政府组织封井或者回填。

    「无法确定」 is what somebody has found: an entry without an owner alone does not say it.
    """
    return _must_end(well) & ~well.owner_known


@rule(
    "N-36",
    REGULATION,
    "第五十二条第一款",
    "矿产资源开采、地下工程建设疏干排水量达到规模的，应当依法申请取水许可",
    Verdict.REFER,
    en="Dewatering of the set scale without a permit",
    subjects=("site",),
    exemptions=(
        Exemption(
            id="E52-2",
            zh="地下工程施工、生产安全临时应急取（排）水，不需要申请取水许可",
            en="temporary emergency drainage for the safety of underground works needs no permit",
            clause="第五十二条第二款",
            quote="为保障矿井等地下工程施工安全和生产安全必须进行临时应急取（排）水的，"
            "不需要申请取水许可",
            when=_works_emergency,
        ),
    ),
    orders=Words(
        zh="应当申请取水许可，安装排水计量设施，并定期报送疏干排水量和地下水水位状况",
        en="it must apply for a permit, meter the water drained and report it with the water level",
    ),
)
def dewatering_without_permit(site: Facts) -> BooleanValue:
    """疏干排水达到规模而无取水许可。

    Where nothing is drained no scale is reached, whatever the province sets.
    """
    volume = site.dewatering_m3
    drained = (volume > 0) & of_scale(site, volume)
    kind = site.site_kind.isin(["mine", "underground_works"])
    return kind & drained & (site.permit_state == "none")


@rule(
    "N-37",
    REGULATION,
    "第五十二条第二款",
    "取（排）水单位和个人应当于临时应急取（排）水结束后5个工作日内，"
    "向有管理权限的县级以上地方人民政府水行政主管部门备案",
    Verdict.FILE,
    en="Emergency abstraction not filed within five working days",
    orders=Words(
        zh="应当在应急取（排）水结束后5个工作日内备案",
        en="it must be filed within five working days after the emergency",
    ),
)
def emergency_not_filed_in_time(well: Facts) -> BooleanValue:
    """临时应急取（排）水结束后逾期未备案。

    The five working days are counted in the last day for filing. The duty falls on emergencies
    that ended since the regulation is in force.
    """
    due = "emergency_filing_due_on"  # no emergency, no such day
    late = well.recorded_before(due, well.emergency_filed_on)
    owed = well.recorded_before(due, well.on) & (well.emergency_ended_on >= REGULATION.since)
    return owed & ((well.emergency_filing == "none") | late)


@rule(
    "N-53",
    REGULATION,
    "第五十四条第三项",
    "对地下水水位低于控制水位未采取相关措施",
    Verdict.NOTIFY,
    en="Groundwater below the control level and no measures taken",
    subjects=("unit",),
    orders=Words(
        zh="应当告知有关人民政府和主管部门采取措施，由上级机关责令改正",
        en="the government and departments concerned are told to act; the authority above them "
        "orders correction",
    ),
)
def control_level_breached(unit: Facts) -> BooleanValue:
    """地下水水位低于控制水位未采取措施。"""
    return (unit.unit_level_m < unit.unit_control_level_m) & ~unit.measure_taken


@rule(
    "N-20",
    REGULATION,
    "第五十六条第二款",
    "计量设施不合格或者运行不正常的，由县级以上地方人民政府水行政主管部门责令限期更换或者修复；"
    "逾期不更换或者不修复的，按照日最大取水能力计算的取水量计征相关费用",
    Verdict.REFER,
    en="Faulty meter not replaced or repaired in time",
    orders=Words(
        zh="按照日最大取水能力计征相关费用，并移交依法处罚",
        en="it is charged at its greatest daily capacity and referred for a penalty",
    ),
)
def faulty_meter_not_repaired(well: Facts) -> BooleanValue:
    """计量设施不合格或者运行不正常，逾期不更换、不修复。

    Without an order there is no term that could have passed; a well that is shut needs no meter.
    Of one without a meter N-17 speaks.
    """
    faulty = meter_does_not_work(well)
    return well.status.isin(WORKING) & faulty & well.recorded_before("repair_due_on", well.on)
