"""Dewatering without a permit: it needs one from the province's scale on (地下水管理条例 52)."""

from datetime import date
from typing import Any

from tests.law.engines import Case

DEWATERING_SCALE = "param__dewatering_scale_m3"


def drains(unpermitted: dict[str, Any], verdict: str, on: date = date(2024, 6, 30)) -> list[Case]:
    """What a rule says of dewatering without a permit, which finds other use at fault."""
    drain = unpermitted | {"use": "dewatering", "annual_m3": 50_000.0, DEWATERING_SCALE: 50_000.0}
    little = drain | {"annual_m3": 49_999.0}

    def open_(why: str, facts: dict[str, Any], *missing: str, tag: str = "unknown") -> Case:
        lacks = missing or ("dewatering_below_scale",)
        return Case(f"{why}：待查", facts, "indeterminate", verdict, missing=lacks, on=on,
                    tags=("unknown", tag))  # fmt: skip

    return [
        Case("疏干排水恰达省定规模：须办证，适用", drain, "applies", verdict, on=on,
             tags=("edge",)),
        Case("疏干排水本年已恰达省定规模：适用", little | {"this_year_m3": 50_000.0}, "applies",
             verdict, on=on, tags=("edge",)),
        open_("疏干排水差1立方米，整个工程是否达到规模由主管部门认定", little, tag="edge"),
        open_("疏干排水本年差1立方米，年度未完", little | {"this_year_m3": 49_999.0}, tag="edge"),
        open_("疏干井登记为林草用途，差1立方米",
              little | {"use": "forestry_grass", "well_type": "dewatering"}),
        open_("疏干排水，省定规模未录入", drain | {DEWATERING_SCALE: None}, DEWATERING_SCALE),
        open_("疏干排水量不详", drain | {"annual_m3": None}, "annual_m3"),
    ]  # fmt: skip
