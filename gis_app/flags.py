"""The classes that maps, lists and cards show findings in: names and colours, for both wings."""

from typing import NamedTuple

INK, MUTED, LINE, PAPER, WASH, ACCENT = (
    "#1B2733", "#5B6B7B", "#D9E0E7", "#FFFFFF", "#F4F6F8", "#0B5CAD",
)  # fmt: skip
CLOSING = ("prohibit", "close_by", "seal")
RESTRICTING = ("deny", "suspend", "restrict")


class Flag(NamedTuple):
    """One class of findings."""

    zh: str
    en: str
    color: str


# the gravest first; a well is shown in the gravest class of its findings
FLAGS = {
    "close": Flag("应关闭或禁止", "must close", "#B3261E"),
    "indeterminate": Flag("不能确定，须核查", "cannot be known: survey", "#9A6700"),
    "restricted": Flag("受限制", "restricted", "#7A4DA8"),
    "duty": Flag("有其他义务", "another duty", "#0F6E84"),
    "exempt": Flag("豁免", "exempt", "#5B6B7B"),
    "clear": Flag("无涉", "no finding", "#2E7D5B"),
}


def flag_of(answer: str, verdict: str) -> str:
    """The class of one finding, as gis.flag(gis.gravity(answer, verdict)) in the database.

    What is exempt from less than closing leaves nothing to show.
    """
    if verdict in CLOSING:
        return {"applies": "close", "indeterminate": "indeterminate"}.get(answer, "exempt")
    if answer == "exempt":
        return "clear"
    return "restricted" if answer == "applies" and verdict in RESTRICTING else "duty"
