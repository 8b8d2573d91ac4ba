"""What the bureau has put in order: most wells that the law forbids are sealed, few are new.

So the map of the sample city shows what is left to do, as a real one would, and not everything.
"""

from datetime import date

import numpy as np
import pandas as pd
import shapely
from numpy.random import Generator
from numpy.typing import NDArray

from gis_app.demo.numbers import MINING
from gis_app.demo.register import OPINION_DAY, SHALLOW_M
from gis_app.demo.spots import Spots
from gis_app.rules.facts import PLANNED, UNSEALED

Mask = NDArray[np.bool_]

_NOT_OWN_SUPPLY = ("public_supply", "monitoring_test", "emergency")
_LIMITS_SINCE = date(2018, 8, 1)  # the first of the restricted zones
_OVERDRAFT_SINCE = date(2016, 7, 1)
_DONE = 0.88  # of what should be done


def put_in_order(rng: Generator, wells: pd.DataFrame, spots: Spots) -> None:
    """Seal what stands where it must not, and keep new wells from where they may not be."""
    barred = inside(wells, spots, "prohibited_zone") & ~_used(wells, "monitoring_test")
    wells.loc[barred & wells["status"].isin(PLANNED).to_numpy(bool), "status"] = "denied"
    _seal(rng, wells, barred)
    own = (wells["self_supply"] == True).to_numpy(bool)  # noqa: E712  (a blank is not yes)
    covered = inside(wells, spots, "public_supply_coverage")
    _seal(rng, wells, covered & own & ~_used(wells, *_NOT_OWN_SUPPLY), share=0.3)
    _make_older(rng, wells, inside(wells, spots, "surface_supply_area"), OPINION_DAY)
    _make_older(rng, wells, inside(wells, spots, "restricted_zone"), _LIMITS_SINCE)
    farms = _used(wells, "irrigation")
    _keep_shallow(wells, farms & (wells["area_code"] == MINING).to_numpy(bool))
    overdrawn = farms & inside(wells, spots, "overdraft_zone")
    _make_older(rng, wells, overdrawn, _OVERDRAFT_SINCE)
    # whose volume is permitted can show that it has not grown
    wells.loc[overdrawn & (rng.random(len(wells)) < _DONE), "permit_state"] = "held"


def inside(wells: pd.DataFrame, spots: Spots, *layers: str) -> Mask:
    """Which wells (columns x and y) stand in a zone in force of one of these layers."""
    area = shapely.union_all([spots.area(layer) for layer in layers])
    shapely.prepare(area)
    return np.asarray(shapely.contains_xy(area, wells[["x", "y"]].to_numpy(float)))


def _used(wells: pd.DataFrame, *uses: str) -> Mask:
    return wells["use"].isin(uses).to_numpy(bool)


def _seal(rng: Generator, wells: pd.DataFrame, where: Mask, share: float = _DONE) -> None:
    standing = wells["status"].isin(UNSEALED).to_numpy(bool)
    some = where & standing & (rng.random(len(wells)) < share)
    filled = rng.random(len(wells)) < 0.3
    wells.loc[some & ~filled, "status"] = "sealed"
    wells.loc[some & filled, "status"] = "backfilled"
    wells.loc[some, ["annual_reported_m3", "volume_method", "pump_model"]] = [0.0, None, None]
    wells.loc[some, "pump_fitted"] = False


def _keep_shallow(wells: pd.DataFrame, where: Mask) -> None:
    """Farms of the county on the Yellow River list draw on loose deposits."""
    deep = where & (wells["depth_m"] >= SHALLOW_M).to_numpy(bool)
    for column in ("depth_m", "water_depth_m", "screen_top_m", "screen_bottom_m"):
        wells.loc[deep, column] = np.round(wells.loc[deep, column].astype(float) * 0.15, 1)
    wells.loc[deep, "aquifer"] = "松散岩类孔隙水"
    unknown = where & wells["depth_m"].isna().to_numpy(bool)
    wells.loc[unknown, ["depth_m", "water_depth_m", "screen_top_m", "screen_bottom_m"]] = [
        48.0,
        np.nan,
        np.nan,
        np.nan,
    ]


def _make_older(rng: Generator, wells: pd.DataFrame, where: Mask, since: date) -> None:
    """Wells newer than a day, and planned ones, were made as many years earlier as it takes."""
    planned = wells["status"].isin(PLANNED).to_numpy(bool)
    done = wells["completed_on"].fillna(date(1990, 6, 15))
    new = planned | np.array([d >= since for d in done])
    some = wells.index[where & new & (rng.random(len(wells)) < _DONE)]
    days = [date(since.year - 1 - int(n), 5, 1 + int(n)) for n in rng.integers(0, 20, len(some))]
    wells.loc[some, "completed_on"] = pd.Series(days, index=some, dtype=object)
    was = wells.index.isin(some) & planned
    wells.loc[was, ["status", "permit_state", "meter_state"]] = ["active", "held", "online"]
    wells.loc[was, "annual_reported_m3"] = wells.loc[was, "taken"]
