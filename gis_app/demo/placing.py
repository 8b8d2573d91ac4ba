"""What wells placed by hand are written with: rows, what they differ in, and where they may stand.

A row holds columns of the well register, `spot` (on the plane) and, where the other registers say
something unusual of it, `deeds`.
"""

from datetime import date, timedelta
from typing import Any

from shapely import Point

from gis_app.demo.spots import Spots

Row = dict[str, Any]
# rows of other registers, by register: they stand instead of the usual ones of that register
Deeds = dict[str, list[Row]]

UNLICENSED: Row = {
    "permit_state": "none",
    "annual_permitted_m3": None,
    "prior_permitted_m3": None,
}
PROBE: Row = {
    "use": "monitoring_test",
    "well_type": "monitoring",
    "annual_reported_m3": 300.0,
    **UNLICENSED,
}
# a source kept for emergencies
SPARE: Row = {"use": "emergency", "well_type": "emergency_backup", "status": "emergency_only"}
FARM: Row = {"use": "irrigation", "self_supply": False, "meter_state": "indirect_kwh"}
LIMITS = ("prohibited_zone", "restricted_zone")
BARS = ("public_supply_coverage", "surface_supply_area", *LIMITS)


def row(spot: Point, name: str, remark: str, **fields: Any) -> Row:
    """A well placed by hand; its name says 示例, its remark what it is there to show."""
    return {"spot": spot, "name": f"示例{name}", "remark": remark, **fields}


def coded(rule: str, number: int, made: Row) -> Row:
    """The row under the code of the rule that it shows: SL-N16-1 is the first of N-16."""
    return {**made, "code": f"SL-{rule.replace('-', '')}-{number}"}


def serial_of(code: str) -> str:
    """The serial number of a well's meter."""
    return f"示例表-{code.removeprefix('SL-')}"


def year_before(on: date, m3: float, years: int = 1) -> Row:
    """A metered reading over the whole of the year before (or some years before)."""
    year = on.year - years
    return {"method": "metered", "from_on": date(year, 1, 1), "to_on": date(year, 12, 31), "m3": m3}


def this_year(on: date, m3: float, days_ago: int = 1) -> Row:
    """A metered reading from the first of January until so many days before `on`."""
    first = date(on.year, 1, 1)
    until = max(first, on - timedelta(days_ago))
    return {"method": "metered", "from_on": first, "to_on": until, "m3": m3}


def neutral(spots: Spots, county: str) -> Point:
    """A place in a county where no zone says anything of a well."""
    away = (*BARS, "overdraft_zone", "hard_to_renew_groundwater")
    return spots.within(spots.county(county), *away, clear_m=150.0)


def open_ground(spots: Spots, county: str) -> Point:
    """A place in a county where no zone says anything of a site."""
    away = (
        "spring_domain",
        "strong_karst_area",
        "source_protection_zone",
        "overdraft_zone",
        *BARS,
    )
    return spots.within(spots.county(county), *away, clear_m=250.0)
