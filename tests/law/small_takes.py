"""What the way out for small takes of monitoring, exploration and tests says of any taker."""

from typing import Any

from tests.law.engines import Case

LIMIT = "param__monitoring_small_take_m3"
LITTLE: dict[str, Any] = {"annual_m3": 500.0, LIMIT: 1000.0}


def small_takes(taker: dict[str, Any], verdict: str, exemption: str) -> list[Case]:
    """The cases of a taker to whom a rule applies but for this way out."""
    probe = taker | LITTLE | {"use": "monitoring_test"}
    typed = taker | LITTLE | {"well_type": "monitoring"}
    unset = probe | {LIMIT: None}

    def exempt(why: str, facts: dict[str, Any], *tags: str) -> Case:
        return Case(f"{why}：豁免（三）", facts, "exempt", verdict, exemption, tags=tags)

    def unknown(why: str, facts: dict[str, Any], *missing: str) -> Case:
        return Case(f"{why}：待查", facts, "indeterminate", verdict, missing=missing,
                    tags=("unknown", "edge"))  # fmt: skip

    return [
        exempt("监测用途，取水量恰为少量的上限", probe | {"annual_m3": 1000.0}, "edge"),
        Case(
            "监测用途，取水量超过少量的上限1立方米：不是少量",
            probe | {"annual_m3": 1001.0},
            "applies",
            verdict,
            tags=("edge",),
        ),
        exempt("监测用途，没有取水，上限未录入", unset | {"annual_m3": 0.0}, "edge"),
        unknown("监测用途，取水1立方米，上限未录入", unset | {"annual_m3": 1.0}, LIMIT),
        exempt("监测用途，登记册没有取水量", unset | {"annual_m3": None}),
        exempt("登记为监测井，用途空白", typed | {"use": None}),
        unknown(
            "登记为监测井，用途却为工业，少量取水", typed | {"use": "industry"}, "monitoring_type"
        ),
        Case(
            "登记为监测井，用途却为工业，取水一百万立方米：不是少量",
            typed | {"use": "industry", "annual_m3": 1e6},
            "applies",
            verdict,
        ),
    ]
