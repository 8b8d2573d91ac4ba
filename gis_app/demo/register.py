"""What the register says of each well: filled kind by kind, then blotted as registers are.

Blanks are fewer than in most registers: this bureau has finished its census.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from gis_app.crs import FloatArray
from gis_app.demo.kinds import KINDS, Kind

Objects = NDArray[np.object_]

LAST_DAY = date(2026, 6, 30)
OPINION_DAY = date(2023, 10, 18)  # 阳政办发〔2023〕75号 binds new wells from here
WORKING = ("active", "paused", "emergency_only", "trial")
_EPOCH = date(1970, 1, 1)
_CASING = {"钢管": 0.55, "混凝土管": 0.2, "铸铁管": 0.08, "PVC-U管": 0.12, "": 0.05}
# the register's vocabulary for what the owners call their trade
INDUSTRY_CLASSES = {
    "煤炭开采和洗选业": "coal",
    "化学原料和化学制品制造业": "chemical",
    "非金属矿物制品业": "building_materials",
    "有色金属冶炼和压延加工业": "other",
    "通用设备制造业": "other",
    "食品制造业": "food",
    "电力、热力生产和供应业": "thermal_power",
    "纺织业": "textile",
}
SHALLOW_M = 120.0  # as the census sheet calls it
_AQUIFERS = (
    ("松散岩类孔隙水", 55, 0.4),
    ("碎屑岩类裂隙水", 165, 0.35),
    ("碳酸盐岩类岩溶水", 470, 0.25),
)


def draw(rng: Generator, weights: Mapping[str, float], count: int) -> Objects:
    """Values drawn by weight; the empty string stands for a blank and comes back as None."""
    values = np.array([v or None for v in weights], dtype=object)
    odds = np.array(list(weights.values()))
    return values[rng.choice(len(values), count, p=odds / odds.sum())]


def fill(rng: Generator, wells: pd.DataFrame) -> pd.DataFrame:
    """The wells with every register column, except permits and what depends on zones."""
    counts = np.bincount(wells["kind"].to_numpy(int), minlength=len(KINDS))
    parts = [_kind_columns(rng, k, int(n)) for k, n in zip(KINDS, counts, strict=True) if n]
    found = pd.concat([wells, pd.concat(parts, ignore_index=True)], axis=1)
    _propose(rng, found)
    return found


def _kind_columns(rng: Generator, kind: Kind, count: int) -> pd.DataFrame:
    status = draw(rng, kind.status, count)
    columns: dict[str, Any] = {
        "use": np.full(count, kind.use, dtype=object),
        "well_type": draw(rng, kind.types, count),
        "status": status,
        "self_supply": (rng.random(count) < kind.self_supply).astype(object),
        "completed_on": _days(rng, kind, count),
        "permit_state": draw(rng, _permit_odds(kind), count),
        "meter_state": draw(rng, kind.meter, count),
        "coord_method": draw(rng, kind.position, count),
        "exemption_kind": np.full(count, None, dtype=object),
        "exemption_until": np.full(count, None, dtype=object),
    }
    columns |= _volumes(rng, kind, status) | _works(rng, kind, status)
    columns["position_accuracy_m"] = _accuracy(rng, columns["coord_method"])
    return pd.DataFrame(columns)


def describe_water(rng: Generator, wells: pd.DataFrame) -> None:
    """What is drawn on, what filings there are and what trade it serves, as far as recorded."""
    count = len(wells)
    deep = wells["depth_m"] >= SHALLOW_M
    named = np.where(deep, "deep", "shallow").astype(object)
    wells["aquifer_depth"] = _unless(wells["depth_m"].isna().to_numpy(), named)
    wells["aquifer_renewal"] = _unless(rng.random(count) < 0.03, np.full(count, "normal", object))
    wells["industry_class"] = wells["industry"].map(INDUSTRY_CLASSES).astype(object)
    drinking = wells["use"].isin(["domestic_rural", "domestic_urban", "public_supply"]).to_numpy()
    wells["no_alternative_source"] = _unless(~drinking, (rng.random(count) < 0.15).astype(object))
    left = (wells["status"] == "abandoned").to_numpy()
    wells["risk_class"] = _unless(~left, draw(rng, {"low": 0.6, "medium": 0.3, "": 0.1}, count))
    file_probes(wells)


def file_probes(wells: pd.DataFrame) -> None:
    """Works for monitoring and exploration began a month before their end, and were filed first."""
    probes = (wells["use"] == "monitoring_test") & wells["completed_on"].notna()
    for name, days in (("works_started_on", 30), ("filed_on", 45)):
        earlier = [d - timedelta(days) for d in wells.loc[probes, "completed_on"]]
        wells.loc[probes, name] = pd.Series(earlier, index=wells.index[probes], dtype=object)
    wells.loc[probes, "filing_state"] = "filed"


def _permit_odds(kind: Kind) -> dict[str, float]:
    return {
        "held": kind.held,
        "none": kind.no_permit,
        "unknown": max(1 - kind.held - kind.no_permit, 0.0),
    }


def between(rng: Generator, first: date, last: date, count: int) -> Objects:
    """Days drawn evenly from the first to the last."""
    days = rng.integers(0, (last - first).days + 1, count)
    return np.array([first + timedelta(int(d)) for d in days], dtype=object)


def _days(rng: Generator, kind: Kind, count: int) -> Objects:
    """Completion days: most between 1985 and 2015, a few after the city's opinion."""
    middle = 2004 if kind.place in {"park", "urban"} else 1998
    year = np.clip(rng.normal(middle, 9, count), 1965, 2023.2)
    if kind.owner == "bureau":
        year = np.clip(rng.normal(2016, 4, count), 2005, 2023.2)
    days = np.array([_EPOCH + timedelta(int((y - 1970) * 365.25)) for y in year], dtype=object)
    late = rng.random(count) < 0.025
    days[late] = between(rng, date(2023, 11, 1), LAST_DAY, int(late.sum()))
    return days


def _volumes(rng: Generator, kind: Kind, status: Objects) -> dict[str, Any]:
    """What was taken in a year: from nearly every well, for permits are only renewed with it."""
    count = len(status)
    median, sigma = kind.annual_m3
    taken = np.asarray(rng.lognormal(np.log(median), sigma, count))
    taken = np.where(taken > 1000, np.round(taken, -2), np.round(taken))
    working = np.isin(status.astype(str), WORKING)
    household = kind.owner == "household" and kind.use == "domestic_rural"
    blank = rng.random(count) < (0.1 if household else 0.005)
    method = draw(rng, {"水表计量": 0.5, "以电折水": 0.25, "定额估算": 0.15, "": 0.1}, count)
    reported = np.where(working, taken, 0.0)
    reported[blank] = np.nan
    method[blank | ~working] = None
    return {"taken": taken, "annual_reported_m3": reported, "volume_method": method}


def _works(rng: Generator, kind: Kind, status: Objects) -> dict[str, Any]:
    """Depths, casing, pump: consistent with one another and with the aquifer."""
    count = len(status)
    odds = np.array([kind.shallow, max(1 - kind.shallow - kind.deep, 0.0), kind.deep])
    which = rng.choice(3, count, p=odds / odds.sum())
    median = np.array([m for _, m, _ in _AQUIFERS])[which]
    sigma = np.array([s for _, _, s in _AQUIFERS])[which]
    depth = np.round(median * np.exp(rng.normal(0, sigma)), 1)
    water = np.round(depth * rng.uniform(0.18, 0.62, count), 1)
    top = np.round(water + (depth - water) * rng.uniform(0.15, 0.5, count), 1)
    bottom = np.round(top + (depth - top) * rng.uniform(0.6, 0.95, count), 1)
    bore = rng.choice([159, 219, 245, 273, 325, 377], count).astype(float)
    pumped = np.isin(status.astype(str), WORKING) & (rng.random(count) < 0.94)
    flow = rng.choice([20, 32, 50, 80, 125], count)
    model = [f"{200 if d < 300 else 250}QJ{q}-{d:.0f}" for d, q in zip(depth, flow, strict=True)]
    few = rng.random((5, count))
    return {
        "depth_m": np.where(few[0] < 0.06, np.nan, depth),
        "water_depth_m": np.where(few[1] < 0.3, np.nan, water),
        "screen_top_m": np.where(few[2] < 0.6, np.nan, top),
        "screen_bottom_m": np.where(few[2] < 0.6, np.nan, bottom),
        "diameter_mm": np.where(few[3] < 0.12, np.nan, bore),
        "casing_material": draw(rng, _CASING, count),
        "aquifer": _unless(few[4] < 0.08, np.array([n for n, _, _ in _AQUIFERS], object)[which]),
        "source_type": np.full(count, None, dtype=object),
        "pump_fitted": pumped.astype(object),
        "pump_model": _unless(~pumped, np.array(model, object)),
        "above_scale_source": np.full(count, kind.place == "well_field", dtype=object),
    }


def _unless(blank: NDArray[np.bool_], values: Objects) -> Objects:
    """The values, None where blank."""
    kept = values.copy()
    kept[blank] = None
    return kept


def _accuracy(rng: Generator, method: Objects) -> FloatArray:
    """The accuracy written down; where none is, the position method speaks."""
    count = len(method)
    accuracy = np.full(count, np.nan)
    known: dict[str, tuple[float, float, float]] = {
        "rtk": (0.6, 0.03, 0.2),
        "total_station": (0.5, 0.1, 0.3),
        "gnss_handheld": (0.5, 4, 15),
        "phone": (0.4, 8, 30),
    }
    for name, (odds, low, high) in known.items():
        rows = (method == name) & (rng.random(count) < odds)
        accuracy[rows] = np.round(rng.uniform(low, high, int(rows.sum())), 2 if high < 1 else 0)
    return accuracy


def _propose(rng: Generator, wells: pd.DataFrame) -> None:
    """Turn under one per cent into wells not yet made: applied for, approved or being drilled."""
    fit = wells.index[wells["use"].isin(["industry", "irrigation", "domestic_rural", "livestock"])]
    some = np.sort(rng.choice(fit, max(len(wells) * 8 // 1000, 1), replace=False))
    stage = draw(rng, {"proposed": 0.55, "approved": 0.25, "under_construction": 0.2}, len(some))
    wells.loc[some, "status"] = stage
    wells.loc[some, ["completed_on", "volume_method", "pump_model"]] = None
    wells.loc[some, "annual_reported_m3"] = np.nan
    wells.loc[some, "pump_fitted"] = False
    wells.loc[some, "meter_state"] = "none"
    wells.loc[some, "permit_state"] = "none"  # what is approved is licensed once it is built


def blot(rng: Generator, wells: pd.DataFrame) -> None:
    """Blank what registers leave blank; a blank is unknown, never no."""
    odds = {
        "self_supply": 0.02,
        "status": 0.003,
        "completed_on": 0.03,
        "well_type": 0.03,
        "use": 0.006,
        "meter_state": 0.01,
        "pump_fitted": 0.15,
        "above_scale_source": 0.35,
    }
    for column, share in odds.items():
        wells.loc[rng.random(len(wells)) < share, column] = None
    wells.loc[rng.random(len(wells)) < 0.01, "permit_state"] = "unknown"
    unsure = wells["permit_state"] != "held"
    wells.loc[unsure, ["permit_number"]] = None
    wells.loc[unsure, ["annual_permitted_m3", "prior_permitted_m3"]] = np.nan
