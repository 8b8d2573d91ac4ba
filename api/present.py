"""Explanations, runs and wells as the JSON that people and court annexes read."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import orjson

from gis_app.audit import Explanation, Run
from gis_app.registry import Registry
from gis_app.report.sentences import notes
from gis_app.report.told import brief, explained, layer, with_layer
from gis_app.rules.columns import COLUMNS
from gis_app.store import items

_WELL = (
    "code", "name", "lon", "lat", "self_supply", "position_accuracy_m", "uncertainty_m",
    "permit_number", "annual_permitted_m3", "annual_reported_m3", "completed_on", "depth_m",
    "area_code", "township", "village", "owner", "flag",
)  # fmt: skip
_NEAR = ("code", "name", "status", "use", "lon", "lat", "distance_m", "bearing_deg", "flag")
_CHOICES = ("status", "well_type", "use", "permit_state", "meter_state", "coord_method")


def near(row: Mapping[str, Any], law: Registry) -> dict[str, Any]:
    """A well nearby (a row of `wells.near`), with the finding that makes its flag."""
    gravest = None if row["rule"] is None else brief(row, law)
    return {**{name: row[name] for name in _NEAR}, "gravest": gravest}


def place(lon: float, lat: float) -> dict[str, Any]:
    """A place that was searched for by its coordinates (EPSG:4490), as a result beside others."""
    return {"kind": "place", "layer": None, "code": None, "name": f"{lon:.6f}, {lat:.6f}",
            "lon": lon, "lat": lat, "flag": None}  # fmt: skip


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
        "zones": [with_layer(zone, law) for zone in told.zones],
        "not_concerned": [layer(n, law) for n in told.not_concerned],
        "not_assessed": [layer(n, law) for n in told.not_assessed],
        "unrecorded": [
            {"fact": n, "zh": COLUMNS[n].zh, "en": COLUMNS[n].en} for n in told.unrecorded
        ],
    }


def run(done: Run) -> dict[str, Any]:
    """A run with its scope, law and counts."""
    return asdict(done)


def geojson(row: items.Feature) -> dict[str, Any]:
    """A feature as GeoJSON for orjson: geometry text as it is, what is sealed left out."""
    geometry = None if row["geometry"] is None else orjson.Fragment(row["geometry"])
    served = {key: value for key, value in row.items() if key != items.SEALED}
    return {"type": "Feature", **served, "geometry": geometry}
