"""《咸阳市建设国家地下水污染防治试验区实施方案》 咸政办发〔2022〕6号, dated 2022-01-24.

A plan of work for departments: it sets tasks, not duties of well owners, and names no end. Hence
most of its rules give notice and leave the order to the laws.
"""

from datetime import date

from ibis.expr.types import BooleanValue

from gis_app.law import Instrument, Parameter, Tier, Verdict, Words
from gis_app.rules.engine import rule
from gis_app.rules.facts import Facts

PLAN = Instrument(
    id="xianyang-2022-6",
    key="xianyang-2022-6.txt",
    zh="咸阳市建设国家地下水污染防治试验区实施方案",
    en="Xianyang plan for the national groundwater pollution control pilot",
    number="咸政办发〔2022〕6号",
    area="6104",
    since=date(2022, 1, 24),
    tier=Tier.MUNICIPAL,
    remark=Words(
        zh="文本未载施行日期和有效期；以落款日期2022年1月24日为起始。“到2024年”是目标年，不是失效日期",
        en="the text names neither a first nor a last day; it counts from its date, 2022-01-24. "
        "2024 is the year of its goals, not its end",
    ),
)

# The plan asks for monitoring and reports and says no more: how often must be set.
MONITORING_INTERVAL = Parameter(
    name="key_unit_monitoring_interval_days",
    zh="重点监管单位地下水自行监测的最长间隔（日）",
    en="longest interval between self-monitorings of a key unit",
    unit="d",
    instrument="xianyang-2022-6.txt",
    clause="三(二)",
    quote="提出地下水污染重点监管单位地下水自行监测方案制定、监测数据报送等任务措施",
)


def _risk_assessed(well: Facts) -> BooleanValue:
    return well.risk_class.isin(["high", "medium", "low"])


@rule(
    "XY-04",
    PLAN,
    "三(二)",
    "提出地下水污染重点监管单位地下水自行监测方案制定、监测数据报送等任务措施",
    Verdict.NOTIFY,
    en="Key polluter without recent self-monitoring",
    subjects=("site",),
    orders=Words(
        zh="应当提醒开展地下水自行监测并报送数据",
        en="the unit is reminded to monitor its groundwater and to report",
    ),
)
def key_unit_not_monitored(site: Facts) -> BooleanValue:
    """重点监管单位未按期自行监测。"""
    elapsed = site.on.delta(site.monitored_on, unit="day")
    return site.key_unit & (elapsed > site.parameter(MONITORING_INTERVAL))


@rule(
    "XY-02",
    PLAN,
    "三(三)",
    "以地下水型饮用水水源准保护区未划定、水源补给区环境安全风险较大的县级及以上集中式"
    "地下水型饮用水水源为重点，开展补给区划分和地下水环境状况调查",
    Verdict.NOTIFY,
    en="Source at risk without a quasi zone: recharge area to be delimited first",
    subjects=("zone",),
    orders=Words(
        zh="应当列为重点，开展补给区划分和地下水环境状况调查",
        en="its recharge area is to be delimited and surveyed with priority",
    ),
)
def recharge_area_to_be_delimited(zone: Facts) -> BooleanValue:
    """准保护区未划定的水源应先划分补给区。"""
    source = zone.source_level.isin(["county", "city", "province"]) & zone.centralised_groundwater
    open_risk = ~zone.quasi_delimited & zone.source_at_risk
    return (zone.layer == "source_protection_zone") & source & open_risk


@rule(
    "XY-03",
    PLAN,
    "三(五)",
    "开采前，评估开发地热资源对环境的影响，论证开发可行性；开采过程中，防止水层互串污染；"
    "开采后，积极开展地热尾水回灌",
    Verdict.NOTIFY,
    en="Geothermal works not assessed, not kept apart or not reinjecting",
    subjects=("site",),
    orders=Words(
        zh="应当提醒补齐环境影响评估、防止水层互串、尾水回灌措施",
        en="what is missing of assessment, separation of aquifers and reinjection is pointed out",
    ),
)
def geothermal_stage_missing(site: Facts) -> BooleanValue:
    """地热开采三阶段保护缺项。

    A new project has not begun to take water: only the first stage binds it. Tail water is left
    where water is taken, so a closed loop has none.
    """
    no_reinjection = site.open_loop & ~site.geothermal_reinjects
    begun = (site.build_type != "new") & (~site.geothermal_isolated | no_reinjection)
    return (site.site_kind == "geothermal") & (~site.geothermal_assessed | begun)


@rule(
    "XY-01",
    PLAN,
    "三(六)",
    "全面排查全市报废矿井、钻井、取水井，建立台账，分类进行风险评估，并按照相关技术标准实施封井回填",
    ((Verdict.SEAL, _risk_assessed), (Verdict.NOTIFY, None)),
    en="Abandoned well without risk class or not sealed",
    orders=Words(
        zh="应当列入台账、评估风险，并按照技术标准封井回填",
        en="it must be listed, its risk assessed, and then sealed and backfilled to the standards",
    ),
)
def abandoned_well(well: Facts) -> BooleanValue:
    """报废井未评估风险、未封井回填。

    Without a risk class the assessment is what is due; with one, the sealing.
    """
    return well.status == "abandoned"
