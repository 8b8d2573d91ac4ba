"""What an application for monitoring works, which need no permit, is answered by any rule."""

from datetime import date
from typing import Any

from tests.law.engines import Case

LAST_DAY = date(2021, 11, 30)  # before the regulation that frees such works was in force


def monitoring_works(
    refused: dict[str, Any],
    verdict: str,
    *,
    on: date = date(2024, 6, 30),
    before: bool = False,
) -> list[Case]:
    """The cases of an application to which a rule applies but for this way out.

    `before`: the rule bound already when nothing freed such works.
    """
    probe, typed = refused | {"use": "monitoring_test"}, refused | {"well_type": "monitoring"}
    early = [
        Case("监测用途，地下水管理条例施行前一日：还没有这项豁免，适用", probe, "applies", verdict,
             on=LAST_DAY, tags=("edge",)),
    ]  # fmt: skip
    return [
        Case("监测用途：不需要申请许可，豁免", probe, "exempt", verdict, "GWR48", on=on),
        Case("登记为监测井，用途空白：豁免", typed | {"use": None}, "exempt", verdict, "GWR48",
             on=on),
        Case("登记为监测井，用途却另有所填：实际用途待查", typed, "indeterminate", verdict,
             missing=("monitoring_type",), on=on, tags=("unknown",)),
        Case("用途空白：可能是监测，待查", refused | {"use": None}, "indeterminate", verdict,
             missing=("use",), on=on, tags=("unknown",)),
        *(early if before else []),
    ]  # fmt: skip
