"""The registers of control: units in a year, water levels, norms, and the users of water."""

from datetime import date
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from gis_app.demo.clerk import SAID, Clerk, Records
from gis_app.demo.ground import DISTRICTS
from gis_app.demo.metering import month_ends
from gis_app.demo.numbers import ONLINE_SCALE_M3
from gis_app.demo.placing import Row

NORMS = (
    ("砖", "万块", 12.0),
    ("水泥制品", "立方米", 0.9),
    ("白酒", "千升", 25.0),
    ("小麦", "亩", 180.0),
    ("农村居民生活", "人", 25.0),
    ("洗井试验", "次", 40.0),
    ("城镇供水", "人", 55.0),
)
_SECTORS = {"agriculture": 0.46, "industry": 0.24, "domestic": 0.27, "ecology": 0.03}


class State(NamedTuple):
    """How a management unit stands: shares of its quota, and its level above the control level.

    `above_m` None: its level is not measured. `acted`: measures have been taken.
    """

    permitted: float = 0.8
    ceiling: float = 0.97
    taken: float = 0.66
    allowable: float = 1.15
    above_m: float | None = 9.0
    acted: bool = False


_USUAL = State()
# units that are there to show something, by name
STATES = {
    "示例平定县第三管理单元": State(taken=0.7, allowable=0.75),
    "示例平定县第四管理单元": State(above_m=-2.5),
    "示例盂县第四管理单元": State(above_m=-1.8, acted=True),
    "示例盂县第三管理单元": State(permitted=0.97),
    "示例郊区第三管理单元": State(permitted=0.985, ceiling=1.0),
    "示例郊区第二管理单元": State(above_m=None),
}


def set_quotas(units: gpd.GeoDataFrame, wells: gpd.GeoDataFrame) -> None:
    """The quota of each unit (column quota_m3), of which what is permitted there is its share."""
    tree = shapely.STRtree(wells.geometry.to_numpy())
    permitted = wells["annual_permitted_m3"].fillna(0.0).to_numpy()
    for row in units.index:
        inside = tree.query(units.geometry.at[row], predicate="contains")
        share = STATES.get(units["name"].at[row], _USUAL).permitted
        units.loc[row, "quota_m3"] = float(np.round(permitted[inside].sum() / share, -4))


def control_records(clerk: Clerk, units: gpd.GeoDataFrame) -> Records:
    """The rows of the registers unit_year, water_level, water_norm and water_user."""
    base = {"area_code": "1403", "from_on": date(2021, 1, 1), "source": SAID}
    return {
        "unit_year": _years(clerk, units),
        "water_level": _levels(clerk, units),
        "water_norm": [
            {**base, "product": f"示例{product}", "per": per, "m3_per_output": m3}
            for product, per, m3 in NORMS
        ],
        "water_user": _users(clerk),
    }


def _years(clerk: Clerk, units: gpd.GeoDataFrame) -> list[Row]:
    """The last three years of every unit, county and of the city; the last one by sector too."""
    rows: list[Row] = []
    for year in (clerk.on.year - 2, clerk.on.year - 1, clerk.on.year):
        change = 1.0 + 0.02 * (clerk.on.year - year)
        own = [_unit_year(unit, year, change) for unit in units.to_dict("records")]
        rows += own
        for code, _ in DISTRICTS:
            rows.append(_together([r for r in own if r["area_code"] == code], code, "county"))
        rows.append(_together(own, "1403", "city"))
    latest = [row for row in rows if row["year"] == clerk.on.year]
    return rows + [_sector(row, name, part) for row in latest for name, part in _SECTORS.items()]


def _unit_year(unit: Row, year: int, change: float) -> Row:
    state, quota = STATES.get(unit["name"], _USUAL), float(unit["quota_m3"])
    return {
        "unit_code": unit["code"],
        "year": year,
        "sector": "total",
        "unit_level": "unit",
        "area_code": unit["area_code"],
        "quota_m3": quota,
        "cap_m3": round(state.ceiling * quota),
        "permitted_m3": round(state.permitted * quota),
        "taken_m3": round(state.taken * quota * change),
        "allowable_m3": round(state.allowable * quota),
        "control_level_m": unit["control_level_m"],
        "measure_taken": state.acted,
        "source": SAID,
    }


def _together(rows: list[Row], code: str, level: str) -> Row:
    names = ("quota_m3", "cap_m3", "permitted_m3", "taken_m3", "allowable_m3")
    sums = {name: float(sum(row[name] for row in rows)) for name in names}
    told = {"unit_code": code, "unit_level": level, "area_code": code, "measure_taken": True}
    return rows[0] | told | sums | {"control_level_m": None}


def _sector(row: Row, name: str, part: float) -> Row:
    volumes = ("quota_m3", "permitted_m3", "taken_m3")
    shares = {volume: round(row[volume] * part) for volume in volumes}
    kept = ("unit_code", "year", "unit_level", "area_code", "source")
    return {key: row[key] for key in kept} | {"sector": name} | shares


def _levels(clerk: Clerk, units: gpd.GeoDataFrame) -> list[Row]:
    """The ends of this year's months: low in early summer, and where each unit stands at last."""
    rows = []
    days = month_ends(clerk.on)
    for unit in units.to_dict("records"):
        above = STATES.get(unit["name"], _USUAL).above_m
        if above is None:
            continue
        last = unit["control_level_m"] + above
        for nth, day in enumerate(days, 1):
            dip = 1.2 * np.sin(np.pi * nth / len(days))
            rows.append({
                "unit_code": unit["code"],
                "measured_on": day,
                "level_m": round(float(last - (0.0 if nth == len(days) else dip)), 2),
                "source": SAID,
            })  # fmt: skip
    return rows


def _users(clerk: Clerk) -> list[Row]:
    """What firms and institutions used last year, by name and credit code."""
    usual = clerk.usual("water_user")
    known: pd.DataFrame = usual[usual["owner_uscc"].notna() & usual["annual_reported_m3"].notna()]
    used = known.groupby(["owner", "owner_uscc"], sort=False).agg(
        m3=("annual_reported_m3", "sum"), industry=("industry_class", "first")
    )
    more, managed = clerk.rng.uniform(1.0, 1.08, len(used)), clerk.lot(len(used)) < 0.7
    rows = []
    for (owner, uscc), m3, industry, times, has in zip(
        used.index, used["m3"], used["industry"], more, managed, strict=True
    ):
        large = bool(m3 >= ONLINE_SCALE_M3)
        rows.append(_user(clerk, owner, uscc) | {
            "annual_use_m3": round(float(m3 * times)),
            "industry_class": industry,
            "key_monitored": large,
            "water_manager": bool(has) if large else None,
        })  # fmt: skip
    own = clerk.unusual("water_user")
    return rows + [_user(clerk, well["owner"], well["owner_uscc"]) | row for well, row in own]


def _user(clerk: Clerk, owner: str, uscc: str | None) -> Row:
    return {"owner": owner, "owner_uscc": uscc, "year": clerk.on.year - 1}
