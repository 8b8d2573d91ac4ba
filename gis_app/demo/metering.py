"""The registers of metering: meters, calibrations, withdrawals, electricity coefficients."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import pandas as pd

from gis_app.demo.clerk import SAID, Clerk, Records
from gis_app.demo.numbers import NORTH, SOUTH
from gis_app.demo.placing import Row, serial_of
from gis_app.rules.facts import WORKING

_METERED = ("online", "offline", "fault", "calibration_due")
_MODELS = {"online": "示例DN80远传电磁", "offline": "示例DN80旋翼"}
_M3_PER_KWH = 1.6
_COUNTIES_WITH_COEFFICIENT = (SOUTH, NORTH)
# what part of a year's irrigation falls into each month; all else is taken evenly
_IRRIGATION = np.array([0, 1, 10, 16, 18, 14, 9, 9, 8, 7, 6, 2]) / 100


def metering_records(clerk: Clerk) -> Records:
    """The rows of the registers meter, calibration, withdrawal and electricity_coefficient."""
    return {
        "meter": _meters(clerk) + clerk.of_wells("meter"),
        "calibration": _calibrations(clerk) + clerk.of_wells("calibration"),
        "withdrawal": _withdrawals(clerk) + clerk.of_wells("withdrawal"),
        "electricity_coefficient": _coefficients(clerk),
    }


def _meters(clerk: Clerk) -> list[Row]:
    fitted = clerk.usual("meter")
    fitted = fitted[fitted["meter_state"].isin(_METERED)]
    age = clerk.rng.integers(200, 2400, len(fitted))
    return [
        {
            "well_code": well["code"],
            "serial": serial_of(well["code"]),
            "model": _MODELS.get(well["meter_state"], "示例DN65超声"),
            "state": well["meter_state"],
            "fitted_on": max(clerk.ago(days), well["completed_on"] or date(1990, 1, 1)),
        }
        for well, days in zip(clerk.rows(fitted), age, strict=True)
    ]


def _calibrations(clerk: Clerk) -> list[Row]:
    """Checked within two years, and good for two; what is due for it is overdue."""
    fitted = clerk.usual("calibration")
    fitted = fitted[fitted["meter_state"].isin(_METERED)]
    rows: list[Row] = []
    since = clerk.rng.integers(20, 650, len(fitted))
    for well, days in zip(clerk.rows(fitted), since, strict=True):
        checked = clerk.ago(days + (800 if well["meter_state"] == "calibration_due" else 0))
        rows.append({
            "well_code": well["code"],
            "serial": serial_of(well["code"]),
            "checked_on": checked,
            "due_on": checked + timedelta(730),
            "result": "passed",
        })  # fmt: skip
    return rows


def _withdrawals(clerk: Clerk) -> list[Row]:
    """Of every well at work: the last two years, and this one so far (month by month, online)."""
    usual = clerk.usual("withdrawal")
    household = usual["owner"].str.contains("农户", na=False) & (usual["use"] == "domestic_rural")
    working = usual["status"].isin([*WORKING, "abandoned"]) | usual["status"].isna()
    taking = working & usual["annual_reported_m3"].notna()
    held = usual["permit_state"] != "none"
    wells = usual[taking & ~household & (held | (usual["status"] != "abandoned"))]
    swing = clerk.rng.uniform(0.9, 1.06, (2, len(wells)))
    billed = clerk.lot(len(wells)) < 0.6
    bill = clerk.rng.uniform(0.97, 1.03, len(wells))
    rows: list[Row] = []
    for n, well in enumerate(clerk.rows(wells)):
        year = float(well["annual_reported_m3"])
        before, now = float(swing[0, n]) * year, min(float(swing[1, n]), 1.0) * year
        before, year, now = _by_status(str(well["status"]), before, year, now)
        rows += _years(clerk, well, (before, year))
        rows += _so_far(clerk, well, now)
        if billed[n] and well["owner_uscc"] and well["meter_state"] in _METERED and year > 0:
            rows.append(_billed(clerk, well, round(year * float(bill[n]), 0)))
    return rows


def _by_status(status: str, before: float, year: float, now: float) -> tuple[float, float, float]:
    if status == "paused":
        return before, 0.3 * year, 0.0
    if status in {"emergency_only", "abandoned"}:
        return before, year if status == "emergency_only" else 0.0, 0.0
    return before, year, now


def _years(clerk: Clerk, well: Row, volumes: tuple[float, float]) -> Iterator[Row]:
    for years, m3 in zip((2, 1), volumes, strict=True):
        year = clerk.on.year - years
        yield _reading(well, date(year, 1, 1), date(year, 12, 31), m3)


def _so_far(clerk: Clerk, well: Row, year_m3: float) -> Iterator[Row]:
    """The months of this year that have ended; in January its first days."""
    ends = month_ends(clerk.on)
    share = _IRRIGATION if well["use"] == "irrigation" else np.full(12, 1 / 12)
    if well["meter_state"] == "online" and len(ends) > 1:
        for month, end in enumerate(ends):
            yield _reading(well, end.replace(day=1), end, year_m3 * float(share[month]))
        return
    part = float(share[: max(len(ends), 1)].sum())
    yield _reading(well, date(clerk.on.year, 1, 1), ends[-1], year_m3 * part)


def month_ends(on: date) -> list[date]:
    """The last days of this year's months before a day; in January that day alone."""
    firsts = [date(on.year, month, 1) for month in range(2, on.month + 1)]
    return [first - timedelta(1) for first in firsts] or [on]


def _reading(well: Row, first: date, last: date, m3: float) -> Row:
    base = {"well_code": well["code"], "from_on": first, "to_on": last, "source": SAID}
    if well["meter_state"] != "indirect_kwh":
        method = "metered" if well["meter_state"] in _METERED else "estimated"
        return {**base, "method": method, "m3": round(m3, 1)}
    power = {**base, "method": "electricity", "kwh": round(m3 / _M3_PER_KWH, 1)}
    if well["area_code"] in _COUNTIES_WITH_COEFFICIENT:
        return power  # the county's coefficient makes water of it
    return {**power, "m3_per_kwh": _M3_PER_KWH}


def _billed(clerk: Clerk, well: Row, m3: float) -> Row:
    year = clerk.on.year - 1
    span = {"from_on": date(year, 1, 1), "to_on": date(year, 12, 31)}
    return {"well_code": well["code"], "method": "billed", **span, "m3": m3, "source": SAID}


def _coefficients(clerk: Clerk) -> list[Row]:
    """Of two counties, and of a few wells of the others that were tried out by themselves."""
    base = {"from_on": date(2022, 1, 1), "source": SAID}
    rows: list[Row] = [
        {**base, "area_code": county, "m3_per_kwh": _M3_PER_KWH, "error_pct": 8.0}
        for county in _COUNTIES_WITH_COEFFICIENT
    ]
    wells = clerk.usual("electricity_coefficient")
    other = wells["meter_state"].eq("indirect_kwh") & ~wells["area_code"].isin(
        _COUNTIES_WITH_COEFFICIENT
    )
    tried: pd.Series = wells[other].groupby("area_code").head(4)["code"]
    return rows + [
        {**base, "well_code": code, "m3_per_kwh": 1.55, "error_pct": 4.0} for code in tried
    ]
