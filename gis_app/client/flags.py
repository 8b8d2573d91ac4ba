"""The classes a map and a card show findings in: names and colours, the same as on the web map."""

from typing import NamedTuple

INK, MUTED, LINE, PAPER, WASH, ACCENT = (
    "#1B2733", "#5B6B7B", "#D9E0E7", "#FFFFFF", "#F4F6F8", "#0B5CAD",
)  # fmt: skip
CLOSING = ("prohibit", "close_by", "seal")


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
    "exempt": Flag("豁免", "exempt", "#5B6B7B"),
    "clear": Flag("无结论", "no finding", "#2E7D5B"),
}


def flag_of(answer: str, verdict: str) -> str:
    """The class of one finding."""
    if answer == "applies":
        return "close" if verdict in CLOSING else "restricted"
    return "indeterminate" if answer == "indeterminate" else "exempt"
