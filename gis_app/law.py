"""The vocabulary of law: instruments, verdicts, rules, exemptions.

A rule is a function from facts to a three-valued condition (an Ibis boolean), with its place
in a document. Text of law is as of 2025-04-19 unless the instrument says otherwise.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from ibis.expr.types import BooleanValue

    from gis_app.rules.facts import Facts

TEXT_AS_OF = date(2025, 4, 19)
LEGAL_CLOCK = ZoneInfo("Asia/Shanghai")  # days of law are those of its place, wherever it is asked
LISTED = "listed"  # the unit of a parameter that says whether an area stands on a list: 1 or 0


def legal_time(instant: datetime) -> str:
    """An instant as an office in China reads it, to the minute."""
    return f"{instant.astimezone(LEGAL_CLOCK):%Y-%m-%d %H:%M}"


@dataclass(frozen=True)
class Words:
    """The same said in Chinese and in English."""

    zh: str
    en: str


class Tier(StrEnum):
    """The rank of an instrument, gravest first."""

    LAW = "law"
    ADMINISTRATIVE_REGULATION = "administrative_regulation"
    LOCAL_REGULATION = "local_regulation"
    MUNICIPAL = "municipal"

    @property
    def zh(self) -> str:
        """The tier as an office says it."""
        return {
            "law": "法律",
            "administrative_regulation": "行政法规",
            "local_regulation": "地方性法规",
            "municipal": "市级规范性文件",
        }[self]


class Verdict(StrEnum):
    """What a rule orders, strongest first (domain catalogue, section B)."""

    PROHIBIT = "prohibit"
    CLOSE_BY = "close_by"
    SEAL = "seal"
    DENY = "deny"
    SUSPEND = "suspend"
    RESTRICT = "restrict"
    METER = "meter"
    PLAN = "plan"
    FILE = "file"
    REFER = "refer"
    NOTIFY = "notify"
    CANDIDATE = "candidate"

    @property
    def zh(self) -> str:
        """What the verdict asks for, as a Chinese predicate."""
        return _VERDICT_WORDS[self][0]

    @property
    def en(self) -> str:
        """What the verdict asks for, as an English clause."""
        return _VERDICT_WORDS[self][1]

    @property
    def closes(self) -> bool:
        """Whether the well must stop taking water."""
        return self in {Verdict.PROHIBIT, Verdict.CLOSE_BY, Verdict.SEAL}


_VERDICT_WORDS: dict[Verdict, tuple[str, str]] = {
    Verdict.PROHIBIT: ("禁止取水或凿井", "abstraction or drilling is prohibited"),
    Verdict.CLOSE_BY: ("应当限期关闭并封存", "it must be closed and sealed by a set date"),
    Verdict.SEAL: ("应当封井或者回填", "it must be sealed or backfilled"),
    Verdict.DENY: ("不予批准", "the application must be refused"),
    Verdict.SUSPEND: ("暂停审批", "approval is suspended"),
    Verdict.RESTRICT: ("应当逐步削减取水量", "the volume taken must fall step by step"),
    Verdict.METER: ("应当安装合格的计量设施", "a proper meter must be fitted"),
    Verdict.PLAN: ("实行计划用水管理", "it falls under planned water use"),
    Verdict.FILE: ("应当备案", "it must be filed with the authority"),
    Verdict.REFER: ("移交核实处理", "it is referred for examination"),
    Verdict.NOTIFY: ("应当告知", "a notice is due"),
    Verdict.CANDIDATE: ("列为候选", "it is a candidate for designation"),
}


class Answer(StrEnum):
    """What a rule says of a well; a rule that does not apply leaves no finding."""

    APPLIES = "applies"
    INDETERMINATE = "indeterminate"
    EXEMPT = "exempt"

    @property
    def zh(self) -> str:
        """The answer in Chinese."""
        return {"applies": "适用", "indeterminate": "不能确定", "exempt": "豁免"}[self]

    @property
    def en(self) -> str:
        """The answer in English."""
        return {"applies": "applies", "indeterminate": "cannot be known", "exempt": "exempt"}[self]


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """A legal document that binds an area (adcode prefix, "" = the whole state) for a time.

    In force from `since` to the day before `until`. `key` names it in the law texts. Where the
    text at hand bears no date, `since` is the first day on which it surely bound, and `remark`
    says so.
    """

    id: str
    key: str
    zh: str
    en: str
    number: str
    area: str
    since: date
    until: date | None = None
    tier: Tier
    remark: Words | None = None

    def in_force(self, on: date) -> bool:
        """Whether it binds on that day."""
        return self.since <= on and (self.until is None or on < self.until)


Condition = Callable[["Facts"], "BooleanValue"]
Chosen = Callable[[Mapping[str, Any]], Sequence[str]]  # of the facts read, the names of some


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """What the law delegates and its text does not give: set per area, with a source.

    A number (`name` carries the unit) or, with the unit `LISTED`, whether an area stands on a
    published list. `clause` and `quote` are where the law delegates it; where the number is ours
    (a tolerance the text leaves open) the quote is the words it makes precise. Where nobody has
    set it, a rule that reads it answers *cannot be known*.
    """

    name: str
    zh: str
    en: str
    unit: str
    instrument: str
    clause: str
    quote: str

    @property
    def column(self) -> str:
        """The facts column that holds the value in force where a well lies."""
        return f"param__{self.name}"


@dataclass(frozen=True, kw_only=True)
class Exemption:
    """A way out of one rule (never of all): its own clause, quote and condition.

    `since`: the day its own instrument came into force, where that is another than the rule's.
    """

    id: str
    zh: str
    en: str
    clause: str
    quote: str
    when: Condition
    since: date | None = None


@dataclass(frozen=True, kw_only=True)
class Question:
    """What a person has to decide before a rule may bind: makes the answer *cannot be known*.

    `id` is reported among what was missing; used where the text leaves a judgement or a number
    (a provincial scale, say) that nobody has given us. `since`: as of an exemption.
    """

    id: str
    zh: str
    en: str
    when: Condition
    since: date | None = None


@dataclass(frozen=True, kw_only=True)
class Known:
    """A rule that we know of and cannot cite: its text is not at hand. It never fires."""

    id: str
    zh: str
    en: str
    source: str
    why: Words


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One clause turned into a condition.

    `verdicts` is a ladder: the first verdict whose own condition is known to hold is given; the
    last has none, so that a blank never makes a verdict graver. `orders` says what is ordered
    by a verdict whose own words do not fit; `gap`, what of the clause no fact tells, so that the
    rule never finds it. `since` and `until` narrow the instrument's days
    where the clause sets a term of its own. `rests_on` names, of the facts that it read, those to
    tell with a finding (else all that the condition reads): of several faults those at hand.
    """

    id: str
    instrument: Instrument
    clause: str
    quote: str
    zh: str
    en: str
    condition: Condition
    verdicts: tuple[tuple[Verdict, Condition | None], ...]
    subjects: tuple[str, ...] = ("well",)
    exemptions: tuple[Exemption, ...] = ()
    questions: tuple[Question, ...] = ()
    orders: tuple[tuple[Verdict, Words], ...] = ()
    gap: Words | None = None
    since: date | None = None
    until: date | None = None
    rests_on: Chosen | None = None

    def in_force(self, on: date) -> bool:
        """Whether the instrument and the clause itself bind on that day."""
        return (
            self.instrument.in_force(on)
            and (self.since is None or self.since <= on)
            and (self.until is None or on < self.until)
        )

    @property
    def verdict(self) -> Verdict:
        """The mildest verdict of the ladder: what holds without further facts."""
        return self.verdicts[-1][0]
