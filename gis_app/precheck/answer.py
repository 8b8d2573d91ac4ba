"""A pre-check as the JSON that the map, the command line and the printable page read."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import shapely

from gis_app.law import TEXT_AS_OF
from gis_app.precheck import Precheck, permit
from gis_app.registry import Registry
from gis_app.report.bring import to_bring
from gis_app.report.sentences import sentence
from gis_app.report.told import explained, layer, with_layer

_TIERS_EN = {
    "law": "law",
    "administrative_regulation": "administrative regulation",
    "local_regulation": "local regulation",
    "municipal": "municipal document",
}


def answer(told: Precheck, law: Registry, *, units: bool = True) -> dict[str, Any]:
    """Everything a pre-check has to say, gravest first in each part.

    `units`: also the figures of the unit, which are a register's; else they stand among `hidden`.
    """
    words, place = told.outcome_words, told.place

    def finding(row: Mapping[str, Any]) -> dict[str, Any]:
        seen = row if units else {**row, "inputs": _without_unit(row["inputs"])}
        return _finding(seen, told, law)

    bring = to_bring(told.found, law, parcel=told.wanted.parcel)
    return {
        "on": told.on.isoformat(),
        "asked": {
            "geometry": shapely.geometry.mapping(told.wanted.shape),
            **told.wanted.facts,
            **({} if told.wanted.on is None else {"on": told.on.isoformat()}),
        },
        "place": {n: place[n] for n in ("lon", "lat", "area_code", "district", "area_m2")},
        "outcome": {"key": told.outcome, "zh": words.zh, "en": words.en},
        "permit": permit.told(told.duty, law),
        "grounds": [finding(row) for row in told.grounds],
        "conditions": [finding(row) for row in told.conditions],
        "unknown": [finding(row) for row in told.unknown],
        "exempt": [finding(row) for row in told.exempt],
        "bring": [asdict(each) for each in bring],
        "zones": [with_layer(zone, law) for zone in told.zones],
        "nearest": [with_layer(limit, law) for limit in told.nearest],
        "not_assessed": [layer(n, law) for n in told.not_assessed],
        "unit": dict(told.unit) if units and told.unit is not None else None,
        "hidden": [] if units else ["unit"],
        "text_as_of": TEXT_AS_OF.isoformat(),
    }


def _finding(row: Mapping[str, Any], told: Precheck, law: Registry) -> dict[str, Any]:
    rule = law.rules[row["rule"]]
    found = explained(row, law)
    if told.wanted.parcel and row["zone_name"] is not None and row["edge_m"] == 0:
        found |= _partly(row, law)
    return {
        **found,
        "title_zh": rule.zh,
        "title_en": rule.en,
        "tier_en": _TIERS_EN[rule.instrument.tier.value],
    }


def _without_unit(inputs: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in inputs.items() if not name.startswith("unit_")}


def _partly(row: Mapping[str, Any], law: Registry) -> dict[str, str]:
    """The sentence on a parcel that a zone holds in part: neither inside nor outside."""
    layer, name = law.layers[row["layer"]], row["zone_name"]
    told = sentence({**row, "zone_name": None, "tolerance_m": None}, law)
    return {
        "sentence_zh": f"地块有一部分在{layer.zh}“{name}”内，取决于井的确切位置。{told.zh}",
        "sentence_en": f"Part of the parcel lies inside {layer.en.lower()} “{name}”: it depends "
        f"on the exact spot. {told.en}",
    }
