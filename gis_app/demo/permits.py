"""The registers of permits: versions, purposes, the wells they cover, yearly reports.

A permit runs for five years from the day in the year of its number, and is renewed under it.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import numpy as np

from gis_app.demo.clerk import Clerk, Records
from gis_app.demo.ground import DISTRICTS
from gis_app.demo.placing import Row
from gis_app.demo.years import same_day

_TERM_YEARS = 5
_LATE_SHARE = 0.03  # of those whose permit is about to end: forgot to apply
_COUNTIES = dict(DISTRICTS)


def permit_records(clerk: Clerk) -> Records:
    """The rows of the registers permit, permit_purpose, permit_well and annual_report."""
    usual = clerk.usual("permit")
    held = usual[usual["permit_number"].notna()]
    rows = clerk.rows(held)
    permits = [row for wells in _groups(rows) for row in _versions(clerk, wells)]
    own = [_laid_over(clerk, well, row) for well, row in clerk.unusual("permit")]
    links = [_link(well["permit_number"], well["code"]) for well in rows]
    links += [_link(row["number"], well["code"]) for (well, _), row in zip(
        clerk.unusual("permit"), own, strict=True)]  # fmt: skip
    return {
        "permit": permits + own,
        "permit_purpose": _purposes(clerk),
        "permit_well": links,
        "annual_report": _reports(clerk),
    }


def _groups(held: Iterable[Row]) -> Iterable[list[Row]]:
    """The wells of each permit together."""
    found: dict[str, list[Row]] = {}
    for row in held:
        found.setdefault(row["permit_number"], []).append(row)
    return found.values()


def _link(number: str, code: str) -> Row:
    return {"permit_number": number, "well_code": code}


def _versions(clerk: Clerk, wells: list[Row]) -> Iterator[Row]:
    """The version before (where its volume is known) and the one that holds."""
    first = wells[0]
    issued = _issued_on(clerk, first["permit_number"])
    terms = max((clerk.on - issued).days // 1827, 0)
    start = same_day(issued, terms * _TERM_YEARS)
    end = same_day(start, _TERM_YEARS) - timedelta(1)
    base = _base(first) | {"annual_m3": _sum(wells, "annual_permitted_m3")}
    before = _sum(wells, "prior_permitted_m3")
    changed = start if terms else start + (clerk.on - start) // 2
    if before is not None:
        was = same_day(start, -_TERM_YEARS) if terms else start
        yield base | _term(was, same_day(was, _TERM_YEARS) - timedelta(1)) | {
            "annual_m3": before, "changed_on": was, "state": "issued"}  # fmt: skip
    late = (end - clerk.on).days <= 60 and clerk.rng.random() >= _LATE_SHARE
    yield (
        base
        | _term(start, end)
        | _place(clerk, wells)
        | {
            "changed_on": changed,
            "state": "issued" if terms or before is None else "amended",
            "renewal_applied_on": end - timedelta(75) if late else None,
        }
    )


def _issued_on(clerk: Clerk, number: str) -> date:
    found = re.search(r"(?:G|〔)(20\d{2})", number)
    year = int(found[1]) if found else clerk.on.year - 2
    return date(year, 1, 1) + timedelta(int(clerk.rng.integers(0, 365)))


def _base(well: Row) -> Row:
    county = _COUNTIES.get(well["area_code"], "示例市")
    return {
        "number": well["permit_number"],
        "holder": well["owner"],
        "holder_uscc": well["owner_uscc"],
        "authority": f"{county}水利局",
        "area_code": well["area_code"],
    }


def _term(start: date, end: date) -> Row:
    return {"approved_on": start - timedelta(20), "valid_from": start, "valid_to": end}


def _place(clerk: Clerk, wells: list[Row]) -> Row:
    """Where the permit says that the water is taken: of single wells, all but a few say it."""
    if len(wells) > 1 or clerk.rng.random() > 0.997:
        return {}
    return _at(wells[0])


def _at(well: Row) -> Row:
    place = {"place_lon": round(well["lon"], 5), "place_lat": round(well["lat"], 5)}
    return {**place, "place_accuracy_m": 50.0}


def _sum(wells: list[Row], column: str) -> float | None:
    values = [well[column] for well in wells]
    return None if any(v is None for v in values) else float(sum(values))


def _laid_over(clerk: Clerk, well: Row, row: Row) -> Row:
    """The usual permit of a well placed by hand with what is unusual of it."""
    start = clerk.ago(700)
    term = _term(start, same_day(start, _TERM_YEARS) - timedelta(1))
    return _base(well) | {"annual_m3": well["annual_permitted_m3"], "state": "issued",
                          "changed_on": start} | term | _at(well) | row  # fmt: skip


def _purposes(clerk: Clerk) -> list[Row]:
    usual = clerk.usual("permit_purpose")
    held = usual[usual["permit_number"].notna() & usual["use"].notna()]
    volumes: dict[tuple[str, str], float] = {}
    for well in clerk.rows(held):
        key = well["permit_number"], well["use"]
        volumes[key] = volumes.get(key, 0.0) + well["annual_permitted_m3"]
    rows: list[Row] = [
        {"permit_number": number, "use": use, "annual_m3": m3}
        for (number, use), m3 in volumes.items()
    ]
    own = clerk.unusual("permit_purpose")
    return rows + [{"permit_number": well["permit_number"], **row} for well, row in own]


def _reports(clerk: Clerk) -> list[Row]:
    """Reports of the last two years: nearly all filed in December."""
    usual = clerk.usual("annual_report")
    numbers = usual["permit_number"].dropna().unique()
    by_hand = np.isin(numbers, usual.loc[usual["remark"].notna(), "permit_number"])
    rows: list[Row] = []
    for year in (clerk.on.year - 2, clerk.on.year - 1):
        filed = by_hand | (clerk.lot(len(numbers)) > 0.015)
        day = clerk.rng.integers(1, 31, len(numbers))
        rows += [
            {
                "permit_number": number,
                "year": year,
                "state": "filed" if done else "none",
                "filed_on": date(year, 12, int(d)) if done else None,
            }
            for number, done, d in zip(numbers, filed, day, strict=True)
        ]
    own = clerk.unusual("annual_report")
    return rows + [{"permit_number": well["permit_number"], **row} for well, row in own]
