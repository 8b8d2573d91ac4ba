"""Wells placed by hand, completed: what a row leaves out is as usual, and as usual is lawful."""

import re
from collections.abc import Sequence
from datetime import date

import pandas as pd

from gis_app.demo.names import Owners, Permits
from gis_app.demo.placing import Row
from gis_app.demo.register import file_probes
from gis_app.rules.facts import SHUT

_USUAL: Row = {
    "status": "active",
    "self_supply": True,
    "well_type": "tube_well",
    "permit_state": "held",
    "annual_permitted_m3": 40_000.0,
    "prior_permitted_m3": 40_000.0,
    "annual_reported_m3": 31_500.0,
    "completed_on": date(2006, 8, 15),
    "works_started_on": None,
    "filing_state": None,
    "filed_on": None,
    "depth_m": 380.5,
    "water_depth_m": 142.0,
    "diameter_mm": 245.0,
    "casing_material": "钢管",
    "aquifer": "碳酸盐岩类岩溶水",
    "aquifer_renewal": "normal",
    "aquifer_depth": "deep",
    "no_alternative_source": False,
    "meter_state": "online",
    "pump_fitted": True,
    "coord_method": "rtk",
    "position_accuracy_m": 0.05,
}
_KEPT_OUT = {"deeds", "owner", "permit_number"}


def complete(by_hand: Sequence[Row]) -> pd.DataFrame:
    """The rows with all that they leave as usual, but for where they stand."""
    plain = [{k: v for k, v in row.items() if k not in _KEPT_OUT} for row in by_hand]
    rows = pd.DataFrame([_USUAL | row for row in plain]).astype(object)
    shut = rows["status"].isin(SHUT)
    rows.loc[shut, "permit_state"] = "none"
    unheld = rows["permit_state"] != "held"
    rows.loc[unheld, ["annual_permitted_m3", "prior_permitted_m3"]] = None
    probes = rows[rows["filing_state"].isna()].copy()
    file_probes(probes)
    rows.loc[probes.index, probes.columns] = probes
    return rows


def name_owners(
    rows: pd.DataFrame, by_hand: Sequence[Row], owners: Owners, permits: Permits
) -> None:
    """Owner, credit code and permit number of every row (columns area_code, permit_state)."""
    owned = [row.get("owner", _owner_of(row["name"])) for row in by_hand]
    areas = rows["area_code"].tolist()
    rows["owner"] = pd.Series([o and o[0] for o in owned], dtype=object)
    codes = [o and owners.code(o[0], o[1], a) for o, a in zip(owned, areas, strict=True)]
    rows["owner_uscc"] = pd.Series(codes, dtype=object)
    held = rows["permit_state"] == "held"
    numbers = [permits.number(a, 2019) if h else None for a, h in zip(areas, held, strict=True)]
    said = [row.get("permit_number", n) for row, n in zip(by_hand, numbers, strict=True)]
    rows["permit_number"] = pd.Series(said, dtype=object)


def _owner_of(name: str) -> tuple[str, str | None]:
    """The owner that a hand-placed well's name tells, and the kind of its credit code."""
    if "农户" in name:
        return "示例水峪村农户王某", None
    village, found, _ = name.partition("村")
    if found:
        return f"{village}村农民用水合作社", "93"  # the village itself has many wells
    if any(word in name for word in ("水厂", "应急", "监测孔", "新监测井", "限采区")):
        return "示例市水利工程管理中心", "12"
    place = re.sub("(1号水源井|自备井|封存井|旧井|拟建井|监测井|取水井|疏干井|井)$", "", name)
    return f"{place}有限公司", "91"
