"""A sound well and a sound application, and what makes them fall into each fault."""

from datetime import date
from typing import Any

from gis_app.law import LISTED
from gis_app.registry import Registry
from gis_app.rules import answers, engine
from tests.law.engines import ask_duckdb

Facts = dict[str, Any]
ON = date(2026, 6, 30)  # every rule but that of Jincheng's cap for 2020 is in force
LONG_AGO, EARLIER = date(2015, 5, 1), date(2026, 1, 1)

SOUND_WELL: Facts = {
    "area_code": "140302",
    "self_supply": True,
    "owner_known": True,
    "owner_has_uscc": True,
    "status": "active",
    "well_type": "tube_well",
    "use": "industry",
    "industry_class": "other",
    "completed_on": LONG_AGO,
    "works_started_on": LONG_AGO,
    "filing_state": "filed",
    "filed_on": date(2014, 1, 1),
    "no_alternative_source": False,
    "risk_class": "low",
    "aquifer_renewal": "normal",
    "aquifer_depth": "shallow",
    "aquifers_crossed": 1.0,
    "aquifer_polluted": False,
    "quality_class_gap": 0.0,
    "permit_state": "held",
    "annual_permitted_m3": 20_000.0,
    "prior_permitted_m3": 20_000.0,
    "permitted_since": LONG_AGO,
    "permit_valid_to": date(2028, 1, 1),
    "permit_approved_on": date(2014, 1, 1),
    "use_permitted": True,
    "permit_misplaced": False,
    "last_report_filed": True,
    "meter_state": "online",
    "calibration_due_on": date(2027, 1, 1),
    "annual_m3": 15_000.0,
    "this_year_m3": 5_000.0,
    "permit_taken_m3": 15_000.0,
    "permit_taken_least_m3": 15_000.0,
    "permit_this_year_m3": 5_000.0,
    "permit_year_least_m3": 20_000.0,
    "permit_year_most_m3": 20_000.0,
    "permit_now_most_m3": 20_000.0,
    "owner_taken_m3": 15_000.0,
    "owner_taken_least_m3": 15_000.0,
    "user_annual_m3": 15_000.0,
    "user_least_m3": 15_000.0,
    "last_taken_on": date(2026, 6, 1),
    "read_until": date(2026, 6, 1),
    "permit_last_taken_on": date(2026, 6, 1),
    "permit_read_until": date(2026, 6, 1),
    "taken_since_shut_m3": 0.0,
    "kwh_since_shut": 0.0,
    "taken_after_emergency_m3": 0.0,
    "crosscheck_sources": 2.0,
    "crosscheck_least_m3": 15_000.0,
    "crosscheck_most_m3": 15_000.0,
    "key_monitored": True,
    "water_manager": True,
}
SOUND_APPLICATION: Facts = {
    "area_code": "140302",
    "application_kind": "new",
    "build_type": "existing",
    "construction_project": True,
    "self_supply": True,
    "status": "proposed",
    "well_type": "tube_well",
    "use": "industry",
    "industry_class": "other",
    "no_alternative_source": False,
    "aquifer_renewal": "normal",
    "aquifer_depth": "shallow",
    "annual_permitted_m3": 20_000.0,
    "prior_permitted_m3": 0.0,
    "added_m3": 20_000.0,
    "output_quantity": 10_000.0,
    "norm_m3_per_output": 2.0,
    "high_consumption": False,
    "obsolete_process": False,
    "against_policy": False,
    "illegal_reclamation": False,
    "standards_met": True,
    "network_can_meet": False,
    "reclaimed_usable": False,
    "reclaimed_used": False,
    "surface_usable": False,
    "review_passed": True,
    "endangers_works": False,
    "unit_quota_m3": 1e6,
    "unit_taken_quota_m3": 1e6,
    "unit_cap_m3": 1e6,
    "unit_permitted_m3": 5e5,
    "unit_taken_m3": 5e5,
    "unit_level_m": 620.0,
    "unit_control_level_m": 610.0,
}
SOUND = {"well": SOUND_WELL, "application": SOUND_APPLICATION}
SCALES = {
    "online_metering_scale_m3": 50_000.0,
    "yellow_river_online_scale_m3": 50_000.0,
    "household_small_take_m3": 100.0,
    "great_quality_gap_classes": 2.0,
    "crosscheck_tolerance_percent": 10.0,
}
# where the basin is overloaded every application is at fault already
NOT_LISTED = {"param__yellow_river_overloaded": 0.0, "param__yellow_river_borderline": 0.0}

LARGE: Facts = {"annual_m3": 120_000.0, "owner_taken_m3": 120_000.0,
                "user_annual_m3": 120_000.0, "annual_permitted_m3": 130_000.0}  # fmt: skip
NEW_FIELD: Facts = {"use": "irrigation", "self_supply": False, "completed_on": date(2024, 1, 1)}
DEEP: Facts = {"aquifer_depth": "deep", "aquifer_renewal": "hard"}
IN_OVERDRAFT: Facts = {"in__overdraft_zone": True, "since__overdraft_zone": date(2020, 1, 1)}

# by fault: the subject, what sound cases it is looked for in, and what then makes it the fault
FALLS: dict[str, list[tuple[str, Facts, Facts]]] = {
    "no_permit": [
        ("well", {"permit_approved_on": None}, {"permit_state": "none"}),
        ("well", {"well_type": "geothermal_pump"}, {"permit_state": "none"}),
    ],
    "outside_permit": [
        ("well", {}, {"permit_taken_m3": 20_001.0}),
        ("well", {}, {"use_permitted": False}),
        ("well", {}, {"permit_misplaced": True}),
    ],
    "no_meter": [
        ("well", {"meter_due_on": EARLIER}, {"meter_state": "none"}),
        ("well", {"completed_on": date(2022, 1, 1)}, {"meter_state": "none"}),
        ("well", {"use": "irrigation"}, {"meter_state": "none"}),
        ("well", LARGE, {"meter_state": "none"}),
    ],
    "not_online": [("well", LARGE, {"meter_state": "offline"})],
    "faulty_meter": [
        ("well", {"repair_due_on": EARLIER}, {"meter_state": "fault"}),
        ("well", {"repair_due_on": EARLIER}, {"calibration_due_on": EARLIER}),
        ("well", LARGE, {"meter_state": "fault"}),
        ("well", LARGE | {"repair_due_on": EARLIER}, {"calibration_due_on": EARLIER}),
    ],
    "in_prohibited_zone": [
        (subject, {}, {"in__prohibited_zone": True}) for subject in ("well", "application")
    ],
    "exemption_over": [
        (
            "well",
            {"in__prohibited_zone": True, "granted__public_safety_emergency": True},
            {"granted__public_safety_emergency": False, "exemption_lapsed_on": EARLIER},
        )
    ],
    "more_in_restricted_zone": [
        (
            "well",
            {"permitted_since": EARLIER, "since__restricted_zone": LONG_AGO},
            {"in__restricted_zone": True, "annual_permitted_m3": 30_000.0},
        ),
        ("application", {}, {"in__restricted_zone": True}),
    ],
    "new_in_overdraft_zone": [
        ("well", NEW_FIELD, IN_OVERDRAFT),
        ("application", {"use": "irrigation"}, IN_OVERDRAFT),
    ],
    "hard_to_renew": [
        ("well", {"use": "irrigation"}, DEEP),
        ("application", {"use": "irrigation"}, DEEP),
    ],
    "not_sealed": [
        ("well", {}, {"status": "abandoned"}),
        ("well", {}, {"status": "abandoned", "owner_known": False}),
        ("well", {"well_type": "exploration"}, {"status": "exploration_done"}),
    ],
    "beyond_control": [
        ("application", {}, {"unit_permitted_m3": 1e6, "unit_taken_m3": 1.1e6}),
        ("application", {}, {"unit_level_m": 600.0}),
    ],
    "above_norm": [("application", {}, {"annual_permitted_m3": 20_001.0})],
    "below_standards": [("application", {}, {"standards_met": False})],
    "reclamation": [("application", {"use": "irrigation"}, {"illegal_reclamation": True})],
    "obsolete": [
        ("application", {}, {"obsolete_process": True}),
        ("application", {"in__overdraft_zone": True}, {"obsolete_process": True}),
        ("application", {}, {"against_policy": True, "high_consumption": True}),
    ],
    "thirsty": [
        (
            "application",
            {"build_type": "new"},
            {"high_consumption": True, "industry_class": "chemical"},
        )
    ],
    "unconventional_unused": [("application", {}, {"reclaimed_usable": True})],
}


def answering(law: Registry) -> dict[str, set[str]]:
    """By fault: the rules, of whatever area, that apply after a fall into it and not before."""
    found: dict[str, set[str]] = {fault: set() for fault in FALLS}
    for subject, sound in SOUND.items():
        falls = [(fault, f) for fault, each in FALLS.items() for f in each if f[0] == subject]
        known = _known(law, subject) | sound
        before = [known | case for _, (_, case, _) in falls]
        after = [row | fall for row, (_, (_, _, fall)) in zip(before, falls, strict=True)]
        rules = law.rules_on(ON, subject=subject)
        question = answers.to_sql(rules, ON, anywhere=True, dialect="duckdb")
        rows = ask_duckdb(question, rules, [*before, *after])
        applies = {(row[0], row[1]) for row in rows if row[2] == "applies"}
        for n, (fault, _) in enumerate(falls):
            moved = {rule for at, rule in applies if at == n + len(falls)}
            found[fault] |= moved - {rule for at, rule in applies if at == n}
    return found


def _known(law: Registry, subject: str) -> Facts:
    """In no zone, nothing granted, nothing at fault, every number set, on every list but two."""
    read = engine.columns_of(law.rules_on(ON, subject=subject))
    nothing = {n: False for n in read if n.startswith(("in__", "granted__", "violation__"))}
    every = engine.parameters_of(law.rules.values())
    numbers = {p.column: 1.0 if p.unit == LISTED else SCALES.get(p.name, 1_000.0) for p in every}
    return nothing | numbers | NOT_LISTED
