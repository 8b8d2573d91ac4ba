"""阳泉意见 二(二), 二(五), 二(七): approvals of projects and of water; boreholes; geothermal."""

from dataclasses import replace

from ibis.expr.types import BooleanValue

from gis_app.law import Question, Verdict, Words
from gis_app.rules.engine import rule
from gis_app.rules.facts import UNSEALED, Facts
from gis_app.rules.groundwater_regulation_2021 import ARTICLE_35, named_for_emergencies
from gis_app.rules.groundwater_regulation_2021.approval import (
    RENEWAL_BELOW_CONTROL_LEVEL,
    below_control_level,
    beyond_volume,
    new_take_in_restricted_zone,
    unlawful_reclamation,
)
from gis_app.rules.new_take import REPLACEMENT_APPLIED_FOR
from gis_app.rules.permit_regulation_2017 import (
    APPROVED_ON_TRIAL,
    MONITORING,
    NO_PERMIT_NEEDED,
    PERHAPS_HOUSEHOLD,
)
from gis_app.rules.permit_regulation_2017.supervision import abstraction_without_permit
from gis_app.rules.taking import has_taken, puts_water_back
from gis_app.rules.yangquan_2023_75 import OPINION


def _exempt_in_zones(application: Facts) -> BooleanValue:
    # the provisions for both zones are those of 地下水管理条例 35, with its three ways out
    works, public, monitoring = (each.when(application) for each in ARTICLE_35)
    return works | public | monitoring


def _in_prohibited_zone(application: Facts) -> BooleanValue:
    return application.inside("prohibited_zone") & ~_exempt_in_zones(application)


def _new_in_restricted_zone(application: Facts) -> BooleanValue:
    return new_take_in_restricted_zone(application) & ~_exempt_in_zones(application)


def _above_norm(application: Facts) -> BooleanValue:
    allowed = application.norm_m3_per_output * application.output_quantity
    return application.annual_permitted_m3 > allowed


def _makes_nothing(application: Facts) -> BooleanValue:
    return application.output_quantity == 0


def _besides_level(application: Facts) -> BooleanValue:
    return (
        _in_prohibited_zone(application)
        | beyond_volume(application)
        | ~application.standards_met
        | unlawful_reclamation(application)
    )


def _other_ground(application: Facts) -> BooleanValue:
    return _besides_level(application) | below_control_level(application)


def _only_replaces(application: Facts) -> BooleanValue:
    above_norm = _above_norm(application) & ~_makes_nothing(application)
    replaces = _new_in_restricted_zone(application) & REPLACEMENT_APPLIED_FOR.when(application)
    return replaces & ~(_other_ground(application) | above_norm)


def _renewal_only_below_level(application: Facts) -> BooleanValue:
    above_norm = _above_norm(application) & ~_makes_nothing(application)
    other = _besides_level(application) | _new_in_restricted_zone(application) | above_norm
    renewal = application.application_kind == "renewal"
    return renewal & below_control_level(application) & ~other


def _only_lacks_output(application: Facts) -> BooleanValue:
    new = _new_in_restricted_zone(application) & ~REPLACEMENT_APPLIED_FOR.when(application)
    norm = _above_norm(application) & _makes_nothing(application)
    return norm & ~(_other_ground(application) | new)


@rule(
    "YQ-05",
    OPINION,
    "二(二)",
    "严禁审批列入《高耗水工艺、技术和装备淘汰目录》的项目",
    Verdict.DENY,
    en="No approval for projects in the catalogue of obsolete processes",
    subjects=("application",),
)
def project_in_obsolete_catalogue(application: Facts) -> BooleanValue:
    """严禁审批列入淘汰目录的项目。"""
    return application.obsolete_process


def _observes(well: Facts) -> BooleanValue:
    return well.recorded_as("well_type", ["monitoring"])


def _explored(well: Facts) -> BooleanValue:
    return (well.status == "exploration_done") & ~_observes(well)


@rule(
    "YQ-10",
    OPINION,
    "二(五)",
    "水文监测、地质勘探用于观测的钻孔应当分层止水,其余钻孔应当在勘探结束后封堵",
    ((Verdict.SEAL, _explored), (Verdict.REFER, None)),
    en="Observation boreholes are sealed between aquifers, others are plugged after exploration",
    orders={
        Verdict.SEAL: Words(
            "勘探结束的钻孔应当封堵", "a borehole whose exploration has ended must be plugged"
        ),
        Verdict.REFER: Words(
            "用于观测的钻孔贯通几个含水层，应当分层止水，移交核实处理",
            "an observation borehole through several aquifers must be sealed between them: it is "
            "referred for examination",
        ),
    },
)
def borehole_not_sealed(well: Facts) -> BooleanValue:
    """钻孔分层止水、勘探结束后封堵。

    What observes is kept; whether it is sealed between the aquifers that its screens reach, the
    register does not say. A blank type makes no well an observation borehole.
    """
    through = _observes(well) & (well.aquifers_crossed >= 2) & well.status.isin(UNSEALED)
    return _explored(well) | through


@rule(
    "YQ-11",
    OPINION,
    "二(五)",
    "或者闲置、未建成、已完成勘探任务、依法应当停止取水的地下水取水工程，应当按规定及时封井或者回填",
    Verdict.REFER,
    en="Idle works are to be sealed or backfilled",
    # the rest of the sentence is that of the national regulation: N-28
    orders=Words(
        "移交核实是否闲置；闲置的，应当按规定及时封井或者回填",
        "it is referred to find out whether it is idle; what is must be sealed or backfilled in "
        "time",
    ),
)
def idle_works(well: Facts) -> BooleanValue:
    """闲置的取水工程应当及时封井或者回填。

    「闲置」 has no term in the text. What is out of use and took nothing in the last full year, nor
    since, may be idle: that is to be found out, and closes nothing. An emergency source is kept
    ready by law (地下水管理条例 29).
    """
    unused = (well.status == "paused") & ~has_taken(well)
    return unused & ~named_for_emergencies(well)


@rule(
    "YQ-04",
    OPINION,
    "二(七)",
    "对不符合地下水禁止开采区、限制开采区取用水规定，不符合地下水取水总量控制、地下水水位控制要求，"
    "不符合行业用水定额和节水规定，不符合强制性国家标准，违反法律、法规的规定开垦种植的，"
    "不予批准取用地下水",
    Verdict.DENY,
    en="Applications that must be refused: zones, quota and level, norm, standards, reclamation",
    subjects=("application",),
    exemptions=(MONITORING,),
    questions=(
        replace(REPLACEMENT_APPLIED_FOR, when=_only_replaces),
        replace(RENEWAL_BELOW_CONTROL_LEVEL, when=_renewal_only_below_level),
        Question(
            id="output_for_norm",
            zh="年产品产量为零或者不详，按定额应取多少须查明",
            en="with a yearly output of nothing, or none known, how much the norm allows has to be "
            "found out",
            when=_only_lacks_output,
        ),
    ),
)
def application_to_be_refused(application: Facts) -> BooleanValue:
    """不予批准取用地下水的情形。"""
    zone_or_norm = _new_in_restricted_zone(application) | _above_norm(application)
    return (zone_or_norm | _other_ground(application)) & ~puts_water_back(application)


@rule(
    "YQ-09",
    OPINION,
    "二(七)",
    "开采地热水应当加强与矿产资源等规划衔接，依法办理取水许可申请",
    Verdict.REFER,
    en="Geothermal water without an abstraction permit",
    exemptions=(*NO_PERMIT_NEEDED, APPROVED_ON_TRIAL),
    questions=(PERHAPS_HOUSEHOLD,),
)
def geothermal_without_permit(well: Facts) -> BooleanValue:
    """开采地热水未办理取水许可。"""
    return (well.well_type == "geothermal_pump") & abstraction_without_permit(well)
