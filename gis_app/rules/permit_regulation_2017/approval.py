"""《取水许可和水资源费征收管理条例》第三章 取水许可的审查和决定, arts 20–25.

第二十条 refuses applications for a permit: works that need none (MONITORING) it does not refuse.
"""

import ibis
from ibis.expr.types import BooleanValue

from gis_app.law import Exemption, Question, Verdict, Words
from gis_app.rules.engine import rule
from gis_app.rules.facts import WORKING, Facts
from gis_app.rules.permit_regulation_2017 import MONITORING, REGULATION
from gis_app.rules.taking import puts_water_back


def _renewal(application: Facts) -> BooleanValue:
    return application.application_kind == "renewal"


def renewal_applied_in_time(well: Facts) -> BooleanValue:
    """Whether it was asked for at least 45 days before the permit ended (届满45日前)."""
    # the 45th day before the end is the last in time, the 44th the first too late
    too_late = well.permit_valid_to - ibis.interval(days=44)
    return well.recorded_before("renewal_applied_on", too_late)


def _renewal_under_review(well: Facts) -> BooleanValue:
    return renewal_applied_in_time(well) & well.renewal_pending


@rule(
    "N-02",
    REGULATION,
    "第二十条第一项",
    "在地下水禁采区取用地下水的",
    Verdict.DENY,
    en="Application for abstraction inside a prohibited zone",
    subjects=("application",),
    exemptions=(MONITORING,),
)
def application_in_prohibited_zone(application: Facts) -> BooleanValue:
    """禁采区取水申请不予批准。"""
    return application.inside("prohibited_zone") & ~puts_water_back(application)


@rule(
    "N-11",
    REGULATION,
    "第二十条第二项",
    "在取水许可总量已经达到取水许可控制总量的地区增加取水量的",
    Verdict.DENY,
    en="Application for more water where the permits reach their ceiling",
    subjects=("application",),
    exemptions=(MONITORING,),
)
def application_above_permit_ceiling(application: Facts) -> BooleanValue:
    """许可总量已达控制总量的地区增加取水量不予批准。"""
    reached = application.unit_permitted_m3 >= application.unit_cap_m3
    return reached & (application.added_m3 > 0) & ~puts_water_back(application)


# 第五项 asks what the network can do, not how far the map draws it.
@rule(
    "N-12",
    REGULATION,
    "第二十条第五项",
    "城市公共供水管网能够满足用水需要时，建设项目自备取水设施取用地下水的",
    Verdict.DENY,
    en="Self-supply of a construction project where the public network can meet its demand",
    subjects=("application",),
    exemptions=(MONITORING,),
    questions=(
        Question(
            id="renewal_of_own_supply",
            zh="延续依第二十五条决定，是否按第二十条第五项不予批准须由审批机关认定",
            en="a renewal is decided under article 25; whether article 20(5) refuses it is for the "
            "authority to say",
            when=_renewal,
        ),
    ),
)
def own_supply_where_network_suffices(application: Facts) -> BooleanValue:
    """公共供水管网能够满足时建设项目自备取水不予批准。"""
    return application.network_can_meet & application.self_supply & application.construction_project


@rule(
    "N-26",
    REGULATION,
    "第二十二条",
    "取水申请批准后3年内，取水工程或者设施未开工建设",
    Verdict.REFER,
    en="Approval lapsed: works not begun within three years",
    orders=Words(
        "取水申请批准文件自行失效，核实后须重新申请取水",
        "the approval has lapsed by itself; once confirmed, a new application is needed",
    ),
    gap=Words(
        "需由国家审批、核准的建设项目是否取得审批、核准没有资料可查",
        "whether a project that the state has to approve was approved: no register tells",
    ),
)
def approval_lapsed(well: Facts) -> BooleanValue:
    """批准后3年未开工，批准文件自行失效。"""
    # 3年内 includes the third anniversary; begun works have the status under_construction
    return (well.status == "approved") & (well.permit_approved_on < well.years_ago(3))


@rule(
    "N-23",
    REGULATION,
    "第二十五条",
    "有效期届满，需要延续的，取水单位或者个人应当在有效期届满45日前向原审批机关提出申请",
    Verdict.REFER,
    en="Permit expired while the works are in use",
    exemptions=(
        Exemption(
            id="renewal-in-time",
            zh="已在有效期届满45日前提出延续申请，正在审查",
            en="renewal applied for at least 45 days before the permit ended, and under review",
            clause="第二十五条",
            quote="应当在有效期届满45日前向原审批机关提出申请",
            when=_renewal_under_review,
        ),
    ),
    questions=(
        Question(
            id="renewal_decided",
            zh="延续申请按期提出，许可状态不是延续审查中：原审批机关是否已作出决定须查明",
            en="renewal was applied for in time and is not under review: whether and how the "
            "authority has decided on it has to be found out",
            when=renewal_applied_in_time,
        ),
    ),
    orders=Words(
        "取水许可证有效期已届满，移交核实处理；届满后取水是否属于未经批准擅自取水"
        "（水法第六十九条第一项），由水行政主管部门认定",
        "the permit has expired; it is referred for examination, and whether it has since taken "
        "water without approval (article 69, item 1, of the Water Law) is for the authority to say",
    ),
)
def permit_expired(well: Facts) -> BooleanValue:
    """取水许可证过期。"""
    held = well.permit_state == "held"
    return held & (well.permit_valid_to < well.on) & well.status.isin(WORKING)


@rule(
    "N-24",
    REGULATION,
    "第二十五条",
    "应当在有效期届满45日前向原审批机关提出申请",
    Verdict.NOTIFY,
    en="Permit ends within 45 days and no renewal has been applied for",
    orders=Words(
        "应当告知：许可证将在45日内届满，尚未申请延续",
        "a notice is due: the permit ends within 45 days and no renewal has been applied for",
    ),
)
def renewal_due(well: Facts) -> BooleanValue:
    """届满45日内未申请延续。

    On its last day the permit is still valid: N-23 speaks from the day after.
    """
    soon = (well.permit_valid_to >= well.on) & (well.permit_valid_to <= well.day(45))
    applied = well.recorded_before("renewal_applied_on", well.day(1))
    held = well.permit_state == "held"
    return held & soon & well.status.isin(WORKING) & ~applied
