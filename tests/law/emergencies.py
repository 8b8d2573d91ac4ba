"""More taken than permitted in a year with an emergency, which needs no permit (取水许可条例 4)."""

from datetime import date
from typing import Any

from tests.law.engines import Case

LAST_YEAR = {"emergency_last_year": True}
THIS_YEAR = {"emergency_this_year": True}
QUESTION = "taken_in_emergency"


def emergencies(within: dict[str, Any], verdict: str, on: date = date(2024, 6, 30)) -> list[Case]:
    """The cases of one who took 100,000 m³ last year, as permitted, and takes as is permitted."""
    over = within | {"permit_taken_m3": 100_001.0}
    now = within | {"permit_this_year_m3": 100_001.0}
    lowered = within | {"permit_year_least_m3": 80_000.0}
    changed = "permit_changed_in_year"

    def told(why: str, facts: dict[str, Any], *missing: str) -> Case:
        answer = "indeterminate" if missing else "applies"
        return Case(why, facts, answer, verdict, missing=missing, on=on)

    return [
        told("上年超许可，上年有应急：多少是应急所取须查明", over | LAST_YEAR, QUESTION),
        told("上年超许可，今年才有应急：适用", over | THIS_YEAR),
        told("今年超许可，今年有应急：须查明", now | THIS_YEAR, QUESTION),
        told("今年超许可，应急在上年：适用", now | LAST_YEAR),
        told("两年都超许可、都有应急：须查明", now | LAST_YEAR | THIS_YEAR
             | {"permit_taken_m3": 100_001.0}, QUESTION),
        told("两年都超许可，只有上年有应急：适用",
             now | LAST_YEAR | {"permit_taken_m3": 100_001.0}),
        told("上年超许可，有应急，用途也不符：适用",
             over | LAST_YEAR | {"use_permitted": False}),
        told("上年许可核减、有应急，按哪个、多少是应急所取都须查明", lowered | LAST_YEAR, changed,
             QUESTION),
        told("上年许可核减，按哪个须查明；今年超许可，有应急，也须查明",
             lowered | THIS_YEAR | {"permit_this_year_m3": 100_001.0}, changed, QUESTION),
        Case("有应急而两年都没有超许可：无涉", within | LAST_YEAR | THIS_YEAR, None, on=on),
    ]  # fmt: skip
