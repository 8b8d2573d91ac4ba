"""Permits as the well register tells them: who holds one, its number, what it allows, and before.

Villages hold one permit for up to four wells, firms and waterworks one for all of a site.
"""

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from gis_app.demo.kinds import KINDS
from gis_app.demo.names import Permits
from gis_app.demo.numbers import ONLINE_SCALE_M3
from gis_app.rules.facts import SHUT

FIRST_YEAR, LAST_YEAR = 2003, 2024
_WELLS_PER_PERMIT = {"village": 4, "waterworks": 9}

Mask = NDArray[np.bool_]


def license_wells(rng: Generator, wells: pd.DataFrame, permits: Permits) -> None:
    """Numbers and volumes of what is held; what is shut holds nothing."""
    wells.loc[wells["status"].isin([*SHUT, "abandoned"]), "permit_state"] = "none"
    held = (wells["permit_state"] == "held").to_numpy()
    _allow(rng, wells, held)
    wells["permit_number"] = _numbers(rng, wells, held, permits)


def _allow(rng: Generator, wells: pd.DataFrame, held: Mask) -> None:
    """What is allowed: more than is taken, but for about one well in forty."""
    count = len(wells)
    over, under = rng.uniform(1.03, 1.35, count), rng.uniform(0.5, 0.96, count)
    share = np.where(rng.random(count) < 0.025, over, under)
    allowed = wells["taken"].to_numpy() / share
    allowed = np.where(
        allowed > 50_000, np.ceil(allowed / 1000) * 1000, np.ceil(allowed / 100) * 100
    )
    wells["annual_permitted_m3"] = np.where(held, allowed, np.nan)
    wells["prior_permitted_m3"] = np.nan


def _numbers(rng: Generator, wells: pd.DataFrame, held: Mask, permits: Permits) -> pd.Series:
    """The permit numbers; for some wells one is held that nobody can find."""
    mine = wells[held]
    owner = mine["owner"].astype(str) + "|" + mine["use"].astype(str)
    most = mine["kind"].map(lambda k: _WELLS_PER_PERMIT.get(KINDS[k].owner, 99))
    lot = owner + "|" + (owner.groupby(owner).cumcount() // most).astype(str)
    given: dict[str, str] = {}
    for name, area, done in zip(lot, mine["area_code"], mine["completed_on"], strict=True):
        if name not in given:
            given[name] = permits.number(str(area), _year(rng, done.year if done else 2015))
    numbers = lot.map(given).reindex(wells.index).astype(object)
    lost = pd.Series(rng.random(len(wells)) < 0.012, index=wells.index)
    return numbers.where(numbers.notna() & ~lost, None)


def _year(rng: Generator, done: int) -> int:
    year = done + int(rng.integers(0, 6))
    if rng.random() < 0.45:  # renewed under a new number
        year = max(year, int(rng.integers(2015, LAST_YEAR + 1)))
    return min(max(year, FIRST_YEAR), LAST_YEAR)


def previous_volumes(rng: Generator, wells: pd.DataFrame, limited: Mask) -> None:
    """What was permitted before the last change, alike for all wells of a permit.

    Where a well lies in a `limited` area, mostly more than now, and never less; elsewhere mostly
    the same.
    """
    known = wells["permit_number"].notna() & wells["annual_permitted_m3"].notna()
    lots = wells.loc[known, "permit_number"]
    where = pd.Series(limited, index=wells.index)[known].groupby(lots).any()
    lot = rng.random(len(where))
    lowered, raised = np.where(where, 0.7, 0.08), np.where(where, 0.0, 0.1)
    factor = np.where(lot < lowered, 1.18, np.where(lot < lowered + raised, 0.85, 1.0))
    now = wells.loc[known, "annual_permitted_m3"]
    times = lots.map(pd.Series(factor, index=where.index))
    wells.loc[known, "prior_permitted_m3"] = np.where(times == 1.0, now, np.round(now * times, -2))


def meter_large_takers(rng: Generator, wells: pd.DataFrame) -> None:
    """Who is allowed the scale of online metering has it, but for a few."""
    mine = wells["annual_permitted_m3"].fillna(0.0)
    together = mine.groupby(wells["permit_number"]).transform("sum").fillna(mine)
    of_owner = mine.groupby(wells["owner"]).transform("sum").fillna(mine)
    large = (together >= ONLINE_SCALE_M3) | (of_owner >= ONLINE_SCALE_M3)
    fitted = large & (mine > 0) & (rng.random(len(wells)) < 0.985)
    wells.loc[fitted, "meter_state"] = "online"
