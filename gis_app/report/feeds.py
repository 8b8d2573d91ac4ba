"""Which layer or register each fact comes from, and so which data each rule needs.

What is declared here is what a test finds: it takes each register away from a made world and looks
which facts of the subjects change.
"""

from collections.abc import Iterable, Mapping

from gis_app.law import Rule
from gis_app.layer import Collection
from gis_app.registry import Registry
from gis_app.report.markdown import table
from gis_app.report.order import gravest_first, rules_of
from gis_app.report.rule_lines import fact_words, layers_spoken_of
from gis_app.rules.columns import GRANTS, VIOLATIONS
from gis_app.rules.engine import DISTRICT, reads
from gis_app.rules.subjects import SUBJECTS

_NOTHING = "不供事实 feeds no fact"
_GRANTED = " ".join(f"granted__{kind}" for kind in GRANTS)
_VIOLATED = " ".join(f"violation__{kind}" for kind in VIOLATIONS)
_PERMIT = """permit_state annual_permitted_m3 prior_permitted_m3 permitted_since permit_valid_to
    permit_approved_on renewal_applied_on renewal_pending permit_misplaced use_permitted
    permit_held_last_year last_report_filed permit_year_least_m3 permit_year_most_m3
    permit_now_most_m3"""
_TAKEN = """annual_m3 this_year_m3 permit_taken_m3 permit_taken_least_m3 permit_this_year_m3
    owner_taken_m3 owner_taken_least_m3 user_annual_m3 user_least_m3 crosscheck_sources
    crosscheck_least_m3 crosscheck_most_m3 taken_since_shut_m3 taken_after_emergency_m3
    electricity_readings"""
_READ = "last_taken_on read_until permit_last_taken_on permit_read_until"
_UNIT = """unit_quota_m3 unit_cap_m3 unit_permitted_m3 unit_taken_m3 unit_taken_quota_m3
    unit_control_level_m"""

# By subject and source. The well's own entry speaks where the registers of permits, meters and
# volumes have nothing on it.
FEEDS: Mapping[str, Mapping[str, str]] = {
    "well": {
        "well": """area_code self_supply owner_known owner_has_uscc status well_type
            monitoring_type use industry_class completed_on replaces_another works_started_on
            filing_state filed_on no_alternative_source risk_class depth_m diameter_mm
            aquifer_renewal aquifer_depth permit_state annual_permitted_m3 prior_permitted_m3
            permitted_since meter_state permit_year_least_m3 permit_year_most_m3
            permit_now_most_m3 annual_m3 permit_taken_m3 permit_taken_least_m3 owner_taken_m3
            owner_taken_least_m3 user_annual_m3 user_least_m3 granted__engineering_emergency
            granted__public_safety_emergency exemption_lapsed_on emergency_ended_on
            emergency_filing_due_on emergency_last_year emergency_this_year""",
        "permit": _PERMIT,
        "permit_purpose": "use_permitted",
        "permit_well": f"""{_PERMIT} emergency_last_year emergency_this_year permit_taken_m3
            permit_taken_least_m3 permit_this_year_m3
            permit_last_taken_on permit_read_until""",
        "annual_report": "last_report_filed",
        "meter": "meter_state calibration_due_on",
        "calibration": "calibration_due_on",
        "withdrawal": f"{_TAKEN} {_READ} kwh_since_shut",
        "electricity_coefficient": f"kwh_coefficient {_TAKEN}",
        "water_user": "user_annual_m3 user_least_m3 industry_class key_monitored water_manager",
        "exemption_grant": f"""{_GRANTED} exemption_lapsed_on emergency_ended_on
            emergency_filing_due_on emergency_filing emergency_filed_on taken_after_emergency_m3
            emergency_last_year emergency_this_year""",
        "correction_order": "meter_due_on repair_due_on close_due_on close_ordered",
        "violation": _VIOLATED,
        "screen": "aquifers_crossed aquifer_polluted quality_class_gap",
    },
    "application": {
        "application": """area_code application_kind build_type construction_project self_supply
            status well_type monitoring_type use industry_class replaces_another
            no_alternative_source depth_m aquifer_renewal aquifer_depth annual_permitted_m3
            prior_permitted_m3 annual_m3 added_m3 output_quantity norm_m3_per_output
            high_consumption obsolete_process against_policy illegal_reclamation standards_met
            network_can_meet reclaimed_usable reclaimed_used surface_usable review_passed
            endangers_works""",
        "water_norm": "norm_m3_per_output",
        "management_unit": f"{_UNIT} unit_level_m",
        "unit_year": f"{_UNIT} unit_level_m",
        "water_level": "unit_level_m",
        "exemption_grant": _GRANTED,
    },
    "unit": {
        "unit_year": f"area_code unit_level {_UNIT} unit_level_m unit_allowable_m3 measure_taken",
        "water_level": "unit_level_m",
    },
    "site": {
        "site": """area_code site_kind build_type industry_class high_consumption against_policy
            obsolete_process pollution_risk discharges heavy_polluter discharge_increases
            serves_supply open_loop aquifer_renewal abstracted_m3 reinjected_m3 dewatering_m3
            permit_state monitoring_wells mine_reuse_ratio water_area_change_m2 key_unit
            monitored_on geothermal_assessed geothermal_isolated geothermal_reinjects""",
        "well": "monitoring_wells meets_monitoring",
        "source_protection_zone": "centralised_groundwater",
        "exemption_grant": _GRANTED,
    },
    "zone": {
        "overdraft_zone": "area_code layer grade alternative_solved plan_state",
        "geological_hazard_area": "area_code layer grade",
        "source_protection_zone": """area_code layer grade source_level centralised_groundwater
            quasi_delimited source_at_risk""",
        "special_protected_area": "area_code layer grade",
    },
    "dataset": {},
}


def sources_of(subject: str) -> dict[str, tuple[str, ...]]:
    """The facts of a subject by the layer or register that they come from."""
    return {source: tuple(names.split()) for source, names in FEEDS[subject].items()}


def section(registry: Registry) -> list[str]:
    """The layers and the registers with the rules that need them."""
    places, unread = _places(registry)
    return [
        "数据用 `gis-app import` 导入。缺图层的地方列为“未评估”，不当作“无涉”。登记册没有记录，"
        "所供的事实就是空白，取决于它的结论是“不能确定”；只有记载了才有的事实"
        "（豁免、责令、违规、关闭后取水、可比对的水量），没有记录就是没有。",
        "",
        "Data come in by `gis-app import`. Where a layer has no data its rules are *not assessed*, "
        "which is never *not concerned*. Where a register has no record the facts it feeds are "
        "blank, and an answer that depends on them is *cannot be known*; what exists only by being "
        "recorded (exemptions, orders, violations, water taken after closure, volumes to compare) "
        "is then not there.",
        "",
        "### 图层 · Layers",
        "",
        *table(
            ("图层 layer", "问位置的规则 asked for a place", "以区划为对象 asked of it"), places
        ),
        "",
        f"尚无规则读取 no rule reads yet：{'、'.join(unread)}。",
        "",
        "### 登记册 · Registers",
        "",
        *table(
            ("来源 source", "所供的事实（只列规则所读）facts read by rules", "规则 rules"),
            _registers(registry),
        ),
        "",
        "N-54 读导入批次所记的文件坐标系；应急取（排）水的备案期限按工作日历计算。N-54 reads the "
        "coordinate system that an import has noted of its file; the days to file an emergency are "
        "counted by the calendar of working days.",
    ]


def _every_rule(registry: Registry) -> list[Rule]:
    return [rule for each in gravest_first(registry) for rule in rules_of(registry, each)]


def _ids(rules: Iterable[Rule]) -> str:
    return "、".join(rule.id for rule in rules)


def _called(each: Collection) -> str:
    return f"{each.zh} {each.en} `{each.id}`"


def _places(registry: Registry) -> tuple[list[tuple[str, ...]], list[str]]:
    """The zone layers that rules ask about, and those that none does."""
    every = _every_rule(registry)
    rows: list[tuple[str, ...]] = []
    unread = []
    for layer in registry.zone_layers:
        asked = [r for r in every if layer.id in {ask.layer for ask in reads(r).asks}]
        spoken = [r for r in every if layer.id in layers_spoken_of(r, registry)]
        if layer.id == DISTRICT:
            asked = [r for r in every if r.instrument.area]
        if layer.id in sources_of("application"):
            asked += _reading(every, "application", sources_of("application")[layer.id])
        if asked or spoken:
            rows.append((_called(layer), _ids(asked), _ids(spoken)))
        else:
            unread.append(_called(layer))
    return rows, unread


def _reading(rules: Iterable[Rule], subject: str, facts: Iterable[str]) -> list[Rule]:
    wanted = set(facts)
    return [r for r in rules if subject in r.subjects and wanted & set(reads(r).inputs)]


def _registers(registry: Registry) -> list[tuple[str, ...]]:
    every = _every_rule(registry)
    kept = {"well": registry.layers["well"], **registry.registers}
    rows: list[tuple[str, ...]] = []
    for source, declared in kept.items():
        fed = {s: sources_of(s).get(source, ()) for s in SUBJECTS}
        rules = {r.id for s, facts in fed.items() for r in _reading(every, s, facts)}
        read = {name for r in every if r.id in rules for name in reads(r).inputs}
        facts = dict.fromkeys(n for names in fed.values() for n in names if n in read)
        words = "、".join(fact_words(name) for name in facts)
        ids = _ids(r for r in every if r.id in rules)
        rows.append((_called(declared), words or _NOTHING, ids))
    return rows
