"""What the limit for small takes, and the owner's code, say of a well that may be a household's."""

from datetime import date
from typing import Any

from tests.law.engines import Case

LIMIT = "param__household_small_take_m3"


def households_in_town(
    well: dict[str, Any], verdict: str, on: date = date(2024, 6, 30)
) -> list[Case]:
    """The cases of a well to which a rule applies but for what a household may take."""
    small = well | {"use": "domestic_urban", "annual_m3": 100.0, LIMIT: 100.0}

    def unknown(why: str, facts: dict[str, Any], *missing: str, edge: bool = False) -> Case:
        return Case(f"{why}：待查", facts, "indeterminate", verdict,
                    missing=missing or ("perhaps_household",), on=on,
                    tags=("unknown", "edge") if edge else ("unknown",))  # fmt: skip

    def applies(why: str, facts: dict[str, Any], *tags: str) -> Case:
        return Case(f"{why}：适用", facts, "applies", verdict, on=on, tags=tags)

    return [
        unknown("城镇生活，取水恰为少量的限额，权利人没有代码，可能是家庭", small, edge=True),
        applies("城镇生活，取水超过少量的限额1立方米", small | {"annual_m3": 101.0}, "edge"),
        applies("城镇生活，少量取水，权利人是有代码的单位", small | {"owner_has_uscc": True}),
        unknown("城镇生活，权利人没有代码，省定限额未录入", small | {LIMIT: None}, LIMIT),
        unknown("城镇生活，权利人没有代码，取水量不详", small | {"annual_m3": None}, "annual_m3"),
        unknown("农村生活，取水恰为少量的限额，权利人登记了代码",
                small | {"use": "domestic_rural", "owner_has_uscc": True}, edge=True),
        applies("农村生活，取水超过少量的限额1立方米，权利人登记了代码",
                small | {"use": "domestic_rural", "annual_m3": 101.0, "owner_has_uscc": True},
                "edge"),
        applies("城镇生活，省定限额未录入，权利人是有代码的单位",
                small | {LIMIT: None, "owner_has_uscc": True}),
    ]  # fmt: skip
