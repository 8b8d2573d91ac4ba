"""The parts of a pre-check's answer in words: what was asked, how the place lies, its unit."""

from collections.abc import Mapping
from typing import Any

from gis_app.registers.projects import APPLICATION

Answer = Mapping[str, Any]
_INSIDE, _OUTSIDE = "内 inside", "外 outside"
GROUND_HEADS = (
    "图层 layer", "区划 zone", "位置 lies", "距界线 to its limit", "误差 ±", "方位 bearing",
)  # fmt: skip
_POINTS = (
    ("北", "N"), ("东北", "NE"), ("东", "E"), ("东南", "SE"),
    ("南", "S"), ("西南", "SW"), ("西", "W"), ("西北", "NW"),
)  # fmt: skip
_FIELDS = {field.name: field for field in APPLICATION.fields}
_UNIT = (
    ("quota_m3", "总量控制指标 quota", " m³"),
    ("cap_m3", "许可控制总量 permit ceiling", " m³"),
    ("permitted_m3", "已许可 permitted", " m³"),
    ("remaining_m3", "指标余量 quota left", " m³"),
    ("taken_m3", "取用水量 taken", " m³"),
    ("level_m", "水位 level", " m"),
    ("control_level_m", "控制水位 control level", " m"),
)


def compass(bearing_deg: float) -> tuple[str, str]:
    """The nearest of the eight points of the compass, in Chinese and English."""
    return _POINTS[round(bearing_deg / 45) % 8]


def metres(value: float) -> str:
    """A distance as it is said: 4.2 m, 310 m, 12.3 km."""
    if value >= 10_000:
        return f"{value / 1000:,.1f} km"
    return f"{value:,.0f} m" if value >= 10 else f"{value:.1f} m"


def number(value: float | None) -> str:
    """A number with thousands separators; a blank is said to be unknown."""
    return "不详 unknown" if value is None else f"{value:,.10g}"


def ground(answer: Answer) -> list[tuple[str, str, str, str, str, str]]:
    """How the place lies: the zones it meets, then the nearest limit of every other layer.

    Each is (layer, zone, lies, distance to the boundary, tolerance, bearing), in words.
    """
    limits = {limit["zone_id"]: limit for limit in answer["nearest"]}
    rows = []
    for zone in answer["zones"]:
        found = (abs(zone["edge_m"]), metres(zone["tolerance_m"]))
        rows.append(_lying(zone, _lies(zone), found, limits.pop(zone["zone_id"], None)))
    for limit in limits.values():
        lies = _INSIDE if limit["inside"] else _OUTSIDE
        rows.append(_lying(limit, lies, (limit["distance_m"], "—"), limit))
    return rows


def _lying(
    zone: Answer, lies: str, distance: tuple[float, str], limit: Answer | None
) -> tuple[str, str, str, str, str, str]:
    way = "—"
    if limit is not None and limit["distance_m"] > 0:
        zh, en = compass(limit["bearing_deg"])
        way = f"{zh} {en} {limit['bearing_deg']:.0f}°"
    layer = f"{zone['layer_zh']} {zone['layer_en']}"
    return layer, zone["name"], lies, metres(distance[0]), distance[1], way


def _lies(zone: Answer) -> str:
    if zone["inside"]:
        sure = zone["edge_m"] >= zone["tolerance_m"]
        return _INSIDE if sure else "内，近界线 inside, near the line"
    if zone["edge_m"] >= 0:
        return "部分在内 partly inside"
    return "外，近界线 outside, near the line"


def asked_words(asked: Answer) -> list[tuple[str, str, str]]:
    """What was asked for as (Chinese label, English label, value in words)."""
    told = []
    for name, value in asked.items():
        field = _FIELDS.get(name)
        if field is None or value is None:
            continue
        words = number(value) if field.kind == "number" else str(value)
        if field.kind == "boolean":
            words = "是 yes" if value else "否 no"
        elif field.kind == "choice":
            words = f"{field.choices[value].zh} {field.choices[value].en}"
        told.append((field.zh, field.en, words))
    return told


def unit_words(unit: Answer) -> list[tuple[str, str]]:
    """The figures of a unit as (label, value in words)."""
    return [
        (title, number(unit[name]) + (mark if unit[name] is not None else ""))
        for name, title, mark in _UNIT
    ]
