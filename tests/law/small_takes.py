"""What the way out for small takes of monitoring, exploration and tests says of any taker."""

from typing import Any

from tests.law.engines import Case

LIMIT = "param__monitoring_small_take_m3"
LITTLE: dict[str, Any] = {"annual_m3": 500.0, LIMIT: 1000.0}


def small_takes(
    taker: dict[str, Any], verdict: str, exemption: str, *, freed: bool = False
) -> list[Case]:
    """The cases of a taker to whom a rule applies but for this way out.

    `freed`: the rule refuses permits, which monitoring works do not need, however much they take.
    """
    probe = taker | LITTLE | {"use": "monitoring_test"}
    typed = taker | LITTLE | {"well_type": "monitoring"}
    unset = probe | {LIMIT: None}

    def exempt(why: str, facts: dict[str, Any], *tags: str) -> Case:
        return Case(f"{why}：豁免（三）", facts, "exempt", verdict, exemption, tags=tags)

    def unknown(why: str, facts: dict[str, Any], *missing: str) -> Case:
        return Case(f"{why}：待查", facts, "indeterminate", verdict, missing=missing,
                    tags=("unknown", "edge"))  # fmt: skip

    over, least = probe | {"annual_m3": 1001.0}, unset | {"annual_m3": 1.0}
    doubtful = typed | {"use": "industry", "annual_m3": 1e6}
    limited = [
        Case("监测用途，取水量超过少量的上限1立方米：不是少量", over, "applies", verdict,
             tags=("edge",)),
        unknown("监测用途，取水1立方米，上限未录入", least, LIMIT),
        Case("登记为监测井，用途却为工业，取水一百万立方米：不是少量", doubtful, "applies",
             verdict),
    ]  # fmt: skip
    free = [
        Case("监测用途，取水量超过少量的上限1立方米：本不需要申请许可，豁免", over, "exempt",
             verdict, "GWR48", tags=("edge",)),
        Case("监测用途，取水1立方米，上限未录入：本不需要申请许可，豁免", least, "exempt",
             verdict, "GWR48", tags=("edge",)),
        unknown("登记为监测井，用途却为工业，取水一百万立方米", doubtful, "monitoring_type"),
    ]  # fmt: skip
    return [
        exempt("监测用途，取水量恰为少量的上限", probe | {"annual_m3": 1000.0}, "edge"),
        *(free if freed else limited),
        exempt("监测用途，没有取水，上限未录入", unset | {"annual_m3": 0.0}, "edge"),
        exempt("监测用途，登记册没有取水量", unset | {"annual_m3": None}),
        exempt("登记为监测井，用途空白", typed | {"use": None}),
        unknown(
            "登记为监测井，用途却为工业，少量取水", typed | {"use": "industry"}, "monitoring_type"
        ),
    ]
