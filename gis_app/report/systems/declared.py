"""What is declared of a system of the five papers: where it stands, and where it works here."""

from dataclasses import dataclass, field
from enum import StrEnum

from gis_app.law import Words


class State(StrEnum):
    """How far a system works here."""

    WORKS = "works"
    PARTLY = "partly"
    NOT_YET = "not_yet"

    @property
    def words(self) -> Words:
        """The state in Chinese and English."""
        return {
            "works": Words("可用", "works"),
            "partly": Words("部分", "partly"),
            "not_yet": Words("尚未", "not yet"),
        }[self]


class Part(StrEnum):
    """A later part of this system, that would bring what is missing."""

    ALLOCATION = "allocation"
    ASSESSMENT = "assessment"
    CASES = "cases"
    MONITORING = "monitoring"
    PLANNING = "planning"
    TEXTS = "texts"

    @property
    def words(self) -> Words:
        """The part in Chinese and English."""
        return {
            "allocation": Words("水量分配、水权与水预算", "allocation, water rights, budgets"),
            "assessment": Words("统计、考核与信用", "statistics, assessment, credit"),
            "cases": Words("案件与任务流程", "workflow of cases and tasks"),
            "monitoring": Words("监测数据接入与预警", "monitoring data and alarms"),
            "planning": Words("规划与产业目录", "plans and catalogues"),
            "texts": Words("法律原文补齐", "texts of law not at hand"),
        }[self]


@dataclass(frozen=True, kw_only=True)
class Here:
    """Where a system works: names parted by spaces; commands as they are typed."""

    rules: str = ""
    layers: str = ""
    registers: str = ""
    parameters: str = ""
    pages: str = ""
    commands: tuple[str, ...] = ()


@dataclass(frozen=True)
class System:
    """A system that a paper sets up, the words that do so, and what there is of it here.

    `missing` says what does not work yet, `later` which part would bring it.
    """

    id: str
    words: Words
    section: str
    quote: str
    state: State
    here: Here = field(default_factory=Here)
    missing: Words | None = None
    later: Part | None = None


@dataclass(frozen=True)
class Paper:
    """A municipal paper by the key of its text, with its systems."""

    key: str
    words: Words
    systems: tuple[System, ...]
