"""What rules speak of, and which facts each subject has (`columns.py`)."""

from dataclasses import dataclass

from gis_app.rules.columns import GRANTS, VIOLATIONS


@dataclass(frozen=True)
class Subject:
    """Something that a rule may speak of.

    `footprint`: its shape is the ground it takes up, so that a zone is met where any part of it
    surely lies inside; otherwise the shape is where the thing may be, and it is inside a zone only
    with every possible position.
    """

    id: str
    zh: str
    en: str
    columns: tuple[str, ...]
    footprint: bool = False


# Facts of a well that all wells of its permit or owner have a part in.
SHARED = (
    "permit_misplaced", "permit_taken_m3", "permit_taken_least_m3", "permit_this_year_m3",
    "permit_year_most_m3", "permit_now_most_m3", "permit_last_taken_on", "permit_read_until",
    "emergency_last_year", "emergency_this_year",
    "owner_taken_m3", "owner_taken_least_m3", "user_annual_m3", "user_least_m3",
)  # fmt: skip

# The layers whose zones rules speak of as such.
ZONE_LAYERS = (
    "overdraft_zone", "geological_hazard_area", "source_protection_zone", "special_protected_area",
)  # fmt: skip

_GRANTS = " ".join(f"granted__{kind}" for kind in GRANTS)
_VIOLATIONS = " ".join(f"violation__{kind}" for kind in VIOLATIONS)
_UNIT = (
    "unit_quota_m3 unit_cap_m3 unit_permitted_m3 unit_taken_m3 unit_taken_quota_m3 unit_level_m"
    " unit_control_level_m"
)

_WELL = f"""
    area_code self_supply owner_known owner_has_uscc status well_type monitoring_type use
    industry_class completed_on replaces_another works_started_on filing_state filed_on
    no_alternative_source risk_class depth_m diameter_mm aquifer_renewal aquifer_depth
    aquifers_crossed aquifer_polluted quality_class_gap permit_state annual_permitted_m3
    prior_permitted_m3 permitted_since permit_valid_to permit_approved_on renewal_applied_on
    renewal_pending use_permitted permit_misplaced permit_held_last_year last_report_filed
    meter_state calibration_due_on meter_due_on repair_due_on close_due_on close_ordered annual_m3
    this_year_m3 permit_taken_m3 permit_taken_least_m3 permit_this_year_m3 permit_year_least_m3
    permit_year_most_m3 permit_now_most_m3 owner_taken_m3 owner_taken_least_m3 user_annual_m3
    user_least_m3 last_taken_on read_until permit_last_taken_on permit_read_until
    taken_since_shut_m3 kwh_since_shut taken_after_emergency_m3 kwh_coefficient
    electricity_readings emergency_last_year emergency_this_year crosscheck_sources
    crosscheck_least_m3 crosscheck_most_m3 key_monitored water_manager exemption_lapsed_on
    emergency_ended_on emergency_filing_due_on emergency_filing emergency_filed_on {_GRANTS}
    {_VIOLATIONS}
"""
_APPLICATION = f"""
    area_code application_kind build_type construction_project self_supply status well_type
    monitoring_type use industry_class completed_on replaces_another no_alternative_source depth_m
    aquifer_renewal aquifer_depth annual_permitted_m3 prior_permitted_m3 permitted_since annual_m3
    this_year_m3 added_m3 output_quantity norm_m3_per_output high_consumption obsolete_process
    against_policy illegal_reclamation standards_met network_can_meet reclaimed_usable
    reclaimed_used surface_usable review_passed endangers_works {_UNIT} {_GRANTS}
"""
_SITE = f"""
    area_code site_kind build_type industry_class high_consumption against_policy obsolete_process
    pollution_risk discharges heavy_polluter discharge_increases serves_supply open_loop
    aquifer_renewal abstracted_m3 reinjected_m3 dewatering_m3 permit_state monitoring_wells
    meets_monitoring centralised_groundwater mine_reuse_ratio water_area_change_m2 key_unit
    monitored_on geothermal_assessed geothermal_isolated geothermal_reinjects {_GRANTS}
"""
_ZONE = """
    area_code layer grade alternative_solved plan_state source_level centralised_groundwater
    quasi_delimited source_at_risk
"""
_YEAR = f"area_code unit_level {_UNIT} unit_allowable_m3 measure_taken"
_DATASET = "area_code coordinate_system local_system_approved"

SUBJECTS: dict[str, Subject] = {
    each.id: each
    for each in (
        Subject("well", "取水井", "well", tuple(_WELL.split())),
        Subject("application", "取水申请", "application", tuple(_APPLICATION.split())),
        Subject("unit", "管理单元（按年）", "management unit in a year", tuple(_YEAR.split())),
        Subject("site", "场地与项目", "site or project", tuple(_SITE.split()), footprint=True),
        Subject("zone", "区划与方案", "zone or plan", tuple(_ZONE.split()), footprint=True),
        Subject("dataset", "数据集", "data set", tuple(_DATASET.split())),
    )
}
