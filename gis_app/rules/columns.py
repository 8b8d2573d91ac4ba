"""The facts that rules read: names, kinds, and what an office calls them.

One name for one thing: a column means the same wherever it stands, so that one rule may speak of
wells and of applications alike. A null is *cannot be known*. Volumes are cubic metres, a year's
volume is that of the last full calendar year before the asked day unless the name says otherwise.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "number", "boolean", "date"]


@dataclass(frozen=True)
class Column:
    """One fact: its kind and what an office calls it."""

    kind: Kind
    zh: str
    en: str


# What a register of wells is for: a blank here is a survey task for that well. Any other fact that
# nobody has recorded for a whole county is reported once for the county, not well by well.
CORE = ("area_code", "self_supply", "status", "use", "permit_state")

# Kinds of exemption that an authority grants by a document, until a day.
GRANTS: dict[str, tuple[str, str]] = {
    "engineering_emergency": ("地下工程临时应急取（排）水", "emergency for underground works"),
    "public_safety_emergency": ("公共安全临时应急取水", "emergency for public safety"),
    "drought_emergency": ("抗旱、生态临时应急取水", "emergency for drought or ecology"),
    "permit_kept": ("经同意保留取水许可证", "permit kept by consent while idle"),
    "reopening": ("经批准重新启用", "approved reopening"),
    "relocation": ("监测设施迁建已组织", "relocation of the monitoring facility arranged"),
}
# Faults that an inspection has established and that have not been put right.
VIOLATIONS: dict[str, tuple[str, str]] = {
    "resale": ("私自转供水", "unauthorised resale of water"),
    "data_refused": ("拒不提供取水数据", "abstraction data refused"),
    "data_false": ("提供虚假取水数据", "false abstraction data"),
    "tax_unpaid": ("不缴纳水资源税", "water resource tax not paid"),
    "over_plan": ("超计划取水", "abstraction above the plan"),
}

COLUMNS: dict[str, Column] = {
    # who and where
    "area_code": Column("text", "行政区划代码", "administrative area code"),
    "self_supply": Column("boolean", "是否自备井", "self-supplied"),
    "owner_known": Column("boolean", "是否有所有权人或者管理单位", "owner or manager known"),
    "owner_has_uscc": Column("boolean", "权利人是否登记统一社会信用代码", "owner's USCC on record"),
    "status": Column("text", "应用状况", "status"),
    "well_type": Column("text", "井类型", "well type"),
    "monitoring_type": Column(
        "boolean", "按井类型是否用于监测、勘探", "for monitoring or exploration by its type"
    ),
    "use": Column("text", "取水用途", "use"),
    "industry_class": Column("text", "行业类别", "industry class"),
    "completed_on": Column("date", "成井日期", "completed on"),
    "replaces_another": Column("boolean", "是否登记为替代井", "recorded as replacing a well"),
    "works_started_on": Column("date", "开工日期", "works started on"),
    "filing_state": Column("text", "备案情况", "filing state"),
    "filed_on": Column("date", "备案日期", "filed on"),
    "no_alternative_source": Column("boolean", "是否无替代水源", "no alternative source"),
    "risk_class": Column("text", "报废井风险等级", "risk class of an abandoned well"),
    "depth_m": Column("number", "井深（米）", "depth"),
    "diameter_mm": Column("number", "井口井管内径（毫米）", "casing inner diameter"),
    # the water it takes from
    "aquifer_renewal": Column("text", "地下水更新性", "renewability of the groundwater"),
    "aquifer_depth": Column("text", "地下水埋藏深浅", "shallow or deep groundwater"),
    "aquifers_crossed": Column("number", "滤水管贯通的含水层数", "aquifers the screens cross"),
    "aquifer_polluted": Column("boolean", "贯通的含水层是否已受污染", "a crossed one is polluted"),
    "quality_class_gap": Column("number", "贯通含水层的水质类别差", "water-quality classes apart"),
    # permit
    "permit_state": Column("text", "取水许可状态", "permit state"),
    "annual_permitted_m3": Column("number", "年许可取水量（立方米）", "permitted volume a year"),
    "prior_permitted_m3": Column(
        "number", "上期年许可取水量（立方米）", "permitted volume before the last change"
    ),
    "permitted_since": Column("date", "现许可水量起始日期", "permitted volume in force since"),
    "permit_valid_to": Column("date", "许可证有效期届满日", "last day the permit is valid"),
    "permit_approved_on": Column("date", "取水申请批准日期", "abstraction approved on"),
    "renewal_applied_on": Column("date", "延续申请日期", "renewal applied for on"),
    "renewal_pending": Column("boolean", "延续申请是否在审", "renewal under review"),
    "use_permitted": Column("boolean", "用途是否符合许可", "use as permitted"),
    "permit_misplaced": Column(
        "boolean", "井位与许可取水地点是否不符", "surely not where the permit says"
    ),
    "permit_held_last_year": Column(
        "boolean", "上一年度是否持有取水许可", "a permit was held last year"
    ),
    "last_report_filed": Column(
        "boolean", "上一年度取水情况是否已报送", "last year's abstraction reported"
    ),
    # metering and volumes
    "meter_state": Column("text", "计量设施", "meter state"),
    "calibration_due_on": Column("date", "计量检定到期日", "calibration due on"),
    "meter_due_on": Column("date", "责令安装计量设施的期限", "deadline to fit a meter"),
    "repair_due_on": Column("date", "责令修复计量设施的期限", "deadline to repair the meter"),
    "close_due_on": Column("date", "责令关闭的期限", "deadline to close"),
    "close_ordered": Column("boolean", "是否曾被责令关闭", "once ordered to close"),
    "annual_m3": Column("number", "年取水量（立方米）", "volume taken a year"),
    "this_year_m3": Column("number", "本年已取水量（立方米）", "volume taken this year so far"),
    "permit_taken_m3": Column(
        "number", "许可证名下各井年取水量（立方米）", "volume taken a year under the permit"
    ),
    "permit_taken_least_m3": Column(
        "number",
        "许可证名下各井年取水量已知部分（立方米）",
        "known part of the volume taken under the permit",
    ),
    "permit_this_year_m3": Column(
        "number", "许可证名下各井本年已取水量（立方米）", "taken this year under the permit"
    ),
    "permit_year_least_m3": Column(
        "number", "上一年度许可水量（其间最低，立方米）", "least permitted within last year"
    ),
    "permit_year_most_m3": Column(
        "number", "上一年度许可水量（其间最高，立方米）", "most permitted within last year"
    ),
    "permit_now_most_m3": Column(
        "number", "本年许可水量（其间最高，立方米）", "most permitted within this year"
    ),
    "owner_taken_m3": Column(
        "number",
        "取水单位（个人）各井年取水量（立方米）",
        "taken a year from all the owner's wells",
    ),
    "owner_taken_least_m3": Column(
        "number", "取水单位（个人）各井年取水量已知部分（立方米）", "known part of that volume"
    ),
    "user_annual_m3": Column("number", "用水户年用水量（立方米）", "volume the user takes a year"),
    "user_least_m3": Column(
        "number", "用水户年用水量已知部分（立方米）", "known part of the user's volume a year"
    ),
    "emergency_last_year": Column(
        "boolean", "上一年度许可证名下是否有应急取水", "an emergency under the permit last year"
    ),
    "emergency_this_year": Column(
        "boolean", "本年许可证名下是否有应急取水", "an emergency under the permit this year"
    ),
    "last_taken_on": Column("date", "最近一次取水日期", "last taken on"),
    "read_until": Column("date", "最近读数日期", "latest reading"),
    "permit_last_taken_on": Column(
        "date", "许可证名下各井最近一次取水日期", "last taken under the permit"
    ),
    "permit_read_until": Column(
        "date", "许可证名下各井均有读数的最后日期", "all wells of the permit read until"
    ),
    "taken_since_shut_m3": Column("number", "关闭后取水量（立方米）", "taken since it was shut"),
    "kwh_since_shut": Column("number", "关闭后用电量（千瓦时）", "electricity since it was shut"),
    "taken_after_emergency_m3": Column(
        "number", "应急结束后取水量（立方米）", "taken after the emergency"
    ),
    "kwh_coefficient": Column(
        "number", "有效的以电折水系数（立方米/千瓦时）", "valid electricity coefficient"
    ),
    "electricity_readings": Column(
        "number",
        "上一年度以来有水量的用电读数（次）",
        "readings of electricity",
    ),
    "crosscheck_sources": Column("number", "可比对的水量来源数", "volumes that can be compared"),
    "crosscheck_least_m3": Column("number", "比对水量最小值（立方米）", "least of the volumes"),
    "crosscheck_most_m3": Column("number", "比对水量最大值（立方米）", "greatest of the volumes"),
    # the user
    "key_monitored": Column("boolean", "是否列入重点监控用水单位名录", "on the list of key users"),
    "water_manager": Column("boolean", "是否设立水务经理", "has a water manager"),
    # exemptions and emergencies
    "exemption_lapsed_on": Column("date", "豁免情形消除之日", "day the exemption ended"),
    "emergency_ended_on": Column("date", "临时应急取（排）水结束日", "day the emergency ended"),
    "emergency_filing_due_on": Column(
        "date", "应急取（排）水备案期限（第5个工作日）", "fifth working day after the emergency"
    ),
    "emergency_filing": Column("text", "应急取（排）水备案情况", "filing of the emergency"),
    "emergency_filed_on": Column("date", "应急取（排）水备案日期", "emergency filed on"),
    # applications
    "application_kind": Column("text", "申请类型", "kind of application"),
    "build_type": Column("text", "建设性质", "new, rebuilt or expanded"),
    "construction_project": Column("boolean", "是否建设项目", "a construction project"),
    "added_m3": Column("number", "新增年取水量（立方米）", "volume added a year"),
    "output_quantity": Column("number", "年产品产量", "yearly output"),
    "norm_m3_per_output": Column("number", "行业用水定额（立方米/单位产品）", "norm per unit"),
    "high_consumption": Column("boolean", "是否高耗水项目", "high-consumption project"),
    "obsolete_process": Column("boolean", "是否列入淘汰目录", "obsolete by the catalogue"),
    "against_policy": Column("boolean", "是否不符合国家产业政策", "against industrial policy"),
    "illegal_reclamation": Column("boolean", "是否违法开垦种植", "unlawful reclamation"),
    "standards_met": Column("boolean", "是否符合强制性国家标准", "meets mandatory standards"),
    "network_can_meet": Column(
        "boolean", "公共供水管网能否满足用水需要", "the public network can meet the demand"
    ),
    "reclaimed_usable": Column(
        "boolean", "是否具备使用非常规水条件", "unconventional water could be used"
    ),
    "reclaimed_used": Column("boolean", "是否合理使用非常规水", "unconventional water is used"),
    "surface_usable": Column("boolean", "是否有地表水可用", "surface water is available"),
    "review_passed": Column("boolean", "节水评价是否通过", "water-saving review passed"),
    "endangers_works": Column("boolean", "是否影响水工程运行和安全", "endangers waterworks"),
    # management units, a year
    "unit_level": Column("text", "单元层级", "level of the unit"),
    "unit_quota_m3": Column("number", "取水总量控制指标（立方米）", "quota of the unit"),
    "unit_cap_m3": Column("number", "取水许可控制总量（立方米）", "permit ceiling of the unit"),
    "unit_permitted_m3": Column("number", "已许可水量（立方米）", "volume permitted in the unit"),
    "unit_taken_m3": Column("number", "地下水取用水量（立方米）", "taken in the unit"),
    "unit_taken_quota_m3": Column(
        "number", "取用水当年的总量控制指标（立方米）", "quota of the year of what was taken"
    ),
    "unit_allowable_m3": Column("number", "地下水可开采量（立方米）", "allowable yield"),
    "unit_level_m": Column("number", "地下水水位（米）", "groundwater level of the unit"),
    "unit_control_level_m": Column("number", "控制水位（米）", "control level of the unit"),
    "measure_taken": Column("boolean", "是否已采取措施", "measures have been taken"),
    # sites and projects
    "site_kind": Column("text", "场地或项目类型", "kind of site or project"),
    "pollution_risk": Column("boolean", "是否可能造成地下水污染", "may pollute groundwater"),
    "discharges": Column("boolean", "是否排放污染物", "discharges pollutants"),
    "heavy_polluter": Column("boolean", "是否对水体污染严重", "pollutes water severely"),
    "discharge_increases": Column("boolean", "是否增加排污量", "discharge would grow"),
    "serves_supply": Column(
        "boolean", "是否与供水设施和保护水源有关", "serves water supply or source protection"
    ),
    "open_loop": Column("boolean", "是否需要取水", "takes groundwater (open loop)"),
    "abstracted_m3": Column("number", "年取水量（立方米）", "volume abstracted a year"),
    "reinjected_m3": Column("number", "同层回灌量（立方米）", "put back into the same aquifer"),
    "dewatering_m3": Column("number", "年疏干排水量（立方米）", "dewatering volume a year"),
    "monitoring_wells": Column("number", "地下水水质监测井数", "groundwater monitoring wells"),
    "meets_monitoring": Column("boolean", "是否占压监测井", "stands on a monitoring well"),
    "mine_reuse_ratio": Column("number", "矿井水利用率", "share of mine water used"),
    "water_area_change_m2": Column(
        "number", "景观、娱乐水域面积变化（平方米）", "change of ornamental water surface"
    ),
    "key_unit": Column("boolean", "是否列入地下水污染重点监管名录", "on the list of key polluters"),
    "monitored_on": Column("date", "最近一次自行监测日期", "last self-monitored on"),
    "geothermal_assessed": Column("boolean", "开采前环境影响是否评估", "assessed before use"),
    "geothermal_isolated": Column("boolean", "是否防止水层互串", "aquifers kept apart"),
    "geothermal_reinjects": Column("boolean", "是否开展尾水回灌", "tail water is reinjected"),
    # zones and plans
    "layer": Column("text", "图层", "layer"),
    "grade": Column("text", "级别", "grade"),
    "alternative_solved": Column(
        "boolean", "是否已由替代水源解决供水需求", "demand met by alternative sources"
    ),
    "plan_state": Column("text", "治理方案情况", "state of the governance plan"),
    "source_level": Column("text", "水源级别", "level of the water source"),
    "centralised_groundwater": Column(
        "boolean", "是否集中式地下水饮用水水源", "a centralised source of groundwater"
    ),
    "quasi_delimited": Column("boolean", "准保护区是否划定", "quasi zone delimited"),
    "source_at_risk": Column("boolean", "补给区环境风险是否较大", "recharge area at risk"),
    # data sets
    "coordinate_system": Column("text", "坐标系", "coordinate system"),
    "local_system_approved": Column(
        "boolean", "相对独立坐标系是否经批准", "the local coordinate system is approved"
    ),
}
COLUMNS |= {f"granted__{k}": Column("boolean", zh, en) for k, (zh, en) in GRANTS.items()}
COLUMNS |= {f"violation__{k}": Column("boolean", zh, en) for k, (zh, en) in VIOLATIONS.items()}
