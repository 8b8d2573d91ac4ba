"""Findings and explanations as the JSON that people and court annexes read."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import orjson

from gis_app.audit import Explanation, Run
from gis_app.law import TEXT_AS_OF, Answer, Exemption, Verdict
from gis_app.registry import Registry
from gis_app.report.examined import examined
from gis_app.report.sentences import exemption, missing, notes, ordered, sentence
from gis_app.rules.subjects import COLUMNS
from gis_app.store import items

_WELL = (
    "code", "name", "lon", "lat", "self_supply", "position_accuracy_m", "uncertainty_m",
    "permit_number", "annual_permitted_m3", "annual_reported_m3", "completed_on", "depth_m",
    "area_code", "township", "village", "owner", "flag",
)  # fmt: skip
_NEAR = ("code", "name", "status", "use", "lon", "lat", "distance_m", "bearing_deg", "flag")
_CHOICES = ("status", "well_type", "use", "permit_state", "meter_state", "coord_method")


def brief(row: Mapping[str, Any], law: Registry) -> dict[str, Any]:
    """What a list shows of a finding."""
    told = sentence(row, law)
    names = ("rule", "answer", "verdict", "layer", "zone_name", "edge_m", "tolerance_m")
    return {**{n: row[n] for n in names}, "sentence_zh": told.zh, "sentence_en": told.en}


def finding(row: Mapping[str, Any], law: Registry) -> dict[str, Any]:
    """A finding with its law, its ground and its words."""
    rule = law.rules[row["rule"]]
    answer, order = Answer(row["answer"]), ordered(rule, Verdict(row["verdict"]))
    out = exemption(row, law)
    return {
        **brief(row, law),
        "subject": row["subject"],
        "subject_code": row["subject_code"],
        "instrument": rule.instrument.id,
        "instrument_zh": rule.instrument.zh,
        "instrument_en": rule.instrument.en,
        "number": rule.instrument.number,
        "tier": rule.instrument.tier.value,
        "tier_zh": rule.instrument.tier.zh,
        "clause": rule.clause,
        "quote": rule.quote,
        "text_as_of": TEXT_AS_OF.isoformat(),
        "answer_zh": answer.zh,
        "answer_en": answer.en,
        "verdict_zh": order.zh,
        "verdict_en": order.en,
        "layer_zh": law.layers[row["layer"]].zh if row["layer"] else None,
        "zone_id": row["zone_id"],
        "zone_version": row["zone_version"],
        "missing": [asdict(m) for m in missing(row, law)],
        "exemption": None if out is None else _exemption(out),
        "inputs": row["inputs"],
        "since": row.get("since"),
        "until": row.get("until"),
        "closed_cause": row.get("closed_cause"),
    }


def explained(row: Mapping[str, Any], law: Registry) -> dict[str, Any]:
    """A finding just made, with the exemptions that were tried for it and why each holds or not."""
    tried = [
        {
            **_exemption(each.exemption),
            "holds": each.holds,
            "answer_zh": each.answer.zh,
            "answer_en": each.answer.en,
            "because_zh": each.because.zh,
            "because_en": each.because.en,
        }
        for each in examined(row, law)
    ]
    return {**finding(row, law), "examined": tried}


def _exemption(way: Exemption) -> dict[str, str]:
    return {name: getattr(way, name) for name in ("id", "zh", "en", "clause", "quote")}


def near(row: Mapping[str, Any], law: Registry) -> dict[str, Any]:
    """A well nearby (a row of `wells.near`), with the finding that makes its flag."""
    gravest = None if row["rule"] is None else brief(row, law)
    return {**{name: row[name] for name in _NEAR}, "gravest": gravest}


def explanation(told: Explanation, law: Registry) -> dict[str, Any]:
    """A verdict: the well, its findings, the zones it touches, and what could not be assessed."""
    fields = {f.name: f for f in law.layers["well"].fields}
    well = {name: told.well[name] for name in _WELL}
    for name in _CHOICES:
        key = told.well[name]
        choice = fields[name].choices.get(key) if key else None
        well[name] = {"key": key, "zh": choice.zh, "en": choice.en} if choice else None
    return {
        "well": well,
        "on": told.on.isoformat(),
        "findings": [explained(row, law) for row in told.findings],
        "notes": [{"zh": n.zh, "en": n.en} for n in notes(told.findings, told.well, law)],
        "zones": [{**zone, **_titles(zone["layer"], law)} for zone in told.zones],
        "not_concerned": [{"layer": n, **_title(n, law)} for n in told.not_concerned],
        "not_assessed": [{"layer": n, **_title(n, law)} for n in told.not_assessed],
        "unrecorded": [
            {"fact": n, "zh": COLUMNS[n].zh, "en": COLUMNS[n].en} for n in told.unrecorded
        ],
    }


def run(done: Run) -> dict[str, Any]:
    """A run with its scope, law and counts."""
    return asdict(done)


def _titles(layer: str, law: Registry) -> dict[str, str]:
    return {"layer_zh": law.layers[layer].zh, "layer_en": law.layers[layer].en}


def _title(layer: str, law: Registry) -> dict[str, str]:
    return {"zh": law.layers[layer].zh, "en": law.layers[layer].en}


def geojson(row: items.Feature) -> dict[str, Any]:
    """A feature as GeoJSON for orjson: geometry text as it is, what is sealed left out."""
    geometry = None if row["geometry"] is None else orjson.Fragment(row["geometry"])
    served = {key: value for key, value in row.items() if key != items.SEALED}
    return {"type": "Feature", **served, "geometry": geometry}
