"""The journey of a pre-check: may a well stand here? Asked of the law of a day; nothing is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine

from gis_app.intake.application import Wanted
from gis_app.law import Answer, Rule, Tier, Verdict, Words
from gis_app.precheck.permit import duty_on
from gis_app.registry import Registry
from gis_app.rules.engine import looked_at
from gis_app.store import audits, facts
from gis_app.store import precheck as store
from gis_app.store.engine import reading
from gis_app.store.facts import Asked

Row = Mapping[str, Any]
# verdicts that stand against an application, whatever else is met
GROUNDS = (Verdict.PROHIBIT, Verdict.CLOSE_BY, Verdict.DENY, Verdict.SUSPEND)
OUTCOMES = {
    "refused": Words("有不予批准的依据", "there are grounds for refusal"),
    "suspended": Words("应当暂停审批", "approval is suspended"),
    "unknown": Words("尚不能确定", "cannot be known yet"),
    "conditions": Words(
        "未发现不予批准的依据，但有条件", "no ground for refusal found; conditions apply"
    ),
    "no_ground": Words("未发现不予批准的依据", "no ground for refusal found"),
}
_AND_NO_PERMIT = Words(
    "不需要申请取水许可，但有下列规定不允许",
    "no permit has to be applied for, but the rules below stand against it",
)
_NO_LAW = Words(
    "该日没有库内文件有效，未作评估", "no known instrument was in force: nothing was assessed"
)


@dataclass(frozen=True)
class Precheck:
    """What the law of a day says of a place asked about, gravest first in each part.

    Findings are rows of `store.audits.decided`; `zones`, `nearest`, `place` and `unit` are those
    of `store.precheck`; `not_assessed` are layers that rules look at and that hold no data here;
    `duty` is the finding of whether a permit is needed at all (None: the duty does not speak).
    """

    wanted: Wanted
    on: date
    place: Row
    found: Sequence[Row]
    zones: Sequence[Row]
    nearest: Sequence[Row]
    not_assessed: Sequence[str]
    unit: Row | None
    lawless: bool
    duty: Row | None = None

    @property
    def grounds(self) -> list[Row]:
        """What stands against it."""
        return [row for row in self._of(Answer.APPLIES) if against(row)]

    @property
    def conditions(self) -> list[Row]:
        """What else applies to it."""
        return [row for row in self._of(Answer.APPLIES) if not against(row)]

    @property
    def unknown(self) -> list[Row]:
        """What may apply to it."""
        return self._of(Answer.INDETERMINATE)

    @property
    def exempt(self) -> list[Row]:
        """What would apply but for a way out."""
        return self._of(Answer.EXEMPT)

    @property
    def outcome(self) -> str:
        """A key of `OUTCOMES`."""
        if self.grounds:
            suspended = all(row["verdict"] == Verdict.SUSPEND for row in self.grounds)
            return "suspended" if suspended else "refused"
        if self.lawless or any(against(row) for row in self.unknown):
            return "unknown"
        return "conditions" if self.conditions else "no_ground"

    @property
    def outcome_words(self) -> Words:
        """The outcome as a reader needs it: never without what was not assessed."""
        words = _NO_LAW if self.lawless else OUTCOMES[self.outcome]
        if self.outcome == "refused" and self.duty and self.duty["answer"] == Answer.EXEMPT:
            words = _AND_NO_PERMIT
        if not self.not_assessed:
            return words
        gaps = len(self.not_assessed)
        return Words(
            f"{words.zh}（{gaps} 个图层在此无数据，未评估）",
            f"{words.en} ({gaps} {'layer has' if gaps == 1 else 'layers have'} no data here and "
            "could not be assessed)",
        )

    def _of(self, answer: Answer) -> list[Row]:
        return [row for row in self.found if row["answer"] == answer]


def against(row: Row) -> bool:
    """Whether a finding's verdict stands against an application."""
    return row["verdict"] in GROUNDS


def judge(engine: Engine, registry: Registry, wanted: Wanted) -> Precheck:
    """What the law of the day asked for says of a place; every table made for it is gone after."""
    with reading(engine) as conn:
        on = wanted.on or facts.legal_day(conn)
        rules = registry.rules_on(on, subject="application")
        district = _put(conn, wanted, on)
        place = {**store.place(conn), "district": district}
        asked = Asked(on, "application", source=store.SOURCE)
        asking = [*rules, *duty_on(on)]
        audits.answer(conn, asking, asked)
        found = [{"subject": "application", **row} for row in audits.explained(conn, asking, on)]
        gaps = {str(row["layer"]) for row in audits.not_assessed(conn, looked_at(rules), on)}
        zones = store.zones_met(conn, [layer.id for layer in registry.zone_layers], on)
        nearest, unit = store.nearest_limits(conn, on), store.unit(conn, on)
    duty = next((row for row in found if row["rule"] not in registry.rules), None)
    found = [row for row in found if row is not duty]
    found.sort(key=lambda row: _gravity(row, registry.rules[row["rule"]]))
    left = sorted(gaps - {row["layer"] for row in zones})
    nearest = [row for row in nearest if row["layer"] in registry.layers]
    return Precheck(wanted, on, place, found, zones, nearest, left, unit, not rules, duty)


def _put(conn: Connection, wanted: Wanted, on: date) -> str | None:
    """Lay the application down; the name of the area that surely holds it."""
    spot = wanted.shape.representative_point()
    called = f"({spot.x:.6f},{spot.y:.6f})"
    store.put(conn, {"code": called, **wanted.facts}, wanted.shape.wkb)
    return store.settle_area(conn, on)


def _gravity(row: Row, rule: Rule) -> tuple[int, int, str]:
    verdict, tier = Verdict(row["verdict"]), rule.instrument.tier
    return list(Verdict).index(verdict), list(Tier).index(tier), rule.id
