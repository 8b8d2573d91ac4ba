"""Whether what a pre-check asks about needs a permit at all, and on what that depends."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from gis_app.law import Answer, Exemption, Rule, Words
from gis_app.registry import Registry, as_of
from gis_app.report.sentences import lacking
from gis_app.rules.permit_regulation_2017 import MONITORING, SMALL_HOUSEHOLD_TAKE
from gis_app.rules.permit_regulation_2017.duty import (
    APPLICANT_IS_HOUSEHOLD,
    EMERGENCIES,
    EMERGENCY_TAKE,
    PERMIT_DUTY,
)

WORDS = {
    "needed": Words("需要申请取水许可", "a permit has to be applied for"),
    "not_needed": Words("不需要申请取水许可", "no permit has to be applied for"),
    "unknown": Words(
        "是否需要申请取水许可，尚不能确定", "whether a permit is needed cannot be known yet"
    ),
}
_KEYS = {Answer.APPLIES: "needed", Answer.EXEMPT: "not_needed", Answer.INDETERMINATE: "unknown"}
_NO_LEAVE = Words(
    "不需要许可不等于可以取水、凿井：禁止的规定仍然适用。",
    "Needing no permit is no leave to drill or take water: what forbids it binds all the same.",
)
_FILED = Words(
    "建设单位应当于施工前报有管辖权的水行政主管部门备案（同条）。",
    "It has to be filed with the water authority before work begins (same article).",
)


def duty_on(on: date) -> list[Rule]:
    """The duty to hold a permit as it stood on a day; nothing before it was law."""
    return [as_of(PERMIT_DUTY, on)] if PERMIT_DUTY.in_force(on) else []


def told(row: Mapping[str, Any] | None, law: Registry) -> dict[str, Any] | None:
    """The answer of the duty (a row of `audits.explained`) with its clause, quote and words.

    None where the duty does not speak: it was no law, or no water is taken.
    """
    if row is None:
        return None
    key = _KEYS[Answer(row["answer"])]
    depends = lacking(row["missing"], PERMIT_DUTY, law)
    bases: Sequence[Exemption | Rule] = _ways_out(row) or [PERMIT_DUTY]
    said = [_said(each) for each in bases]
    if key == "unknown":
        zh, en = "；".join(d.zh for d in depends), "; ".join(d.en for d in depends)
        said.insert(0, Words(f"取决于：{zh}。", f"It depends on: {en}."))
    if key == "not_needed":
        said += [_FILED, _NO_LEAVE] if bases[0].id == MONITORING.id else [_NO_LEAVE]
    return {
        "key": key,
        "zh": WORDS[key].zh,
        "en": WORDS[key].en,
        "sentence_zh": "".join(each.zh for each in said),
        "sentence_en": " ".join(each.en for each in said),
        "clause": _clause(bases[0]),
        "quote": bases[0].quote,
        "depends_on": [asdict(each) for each in depends],
    }


def _ways_out(row: Mapping[str, Any]) -> list[Exemption]:
    """The way out that holds, or those that may."""
    if row["answer"] == Answer.EXEMPT:
        return [each for each in PERMIT_DUTY.exemptions if each.id == row["exemption"]]
    examined = row["examined"]
    perhaps = {name for name, holds in examined.items() if holds is None}
    if examined[APPLICANT_IS_HOUSEHOLD.id] is not False:
        perhaps.add(SMALL_HOUSEHOLD_TAKE.id)
    if examined[EMERGENCY_TAKE.id] is not False:
        perhaps |= {each.id for each in EMERGENCIES}
    return [each for each in PERMIT_DUTY.exemptions if each.id in perhaps]


def _said(basis: Exemption | Rule) -> Words:
    clause = _clause(basis)
    en = f"{basis.en[0].upper()}{basis.en[1:]} ({clause}: “{basis.quote}”)."
    return Words(f"{basis.zh}（{clause}“{basis.quote}”）。", en)


def _clause(basis: Exemption | Rule) -> str:
    """The clause with its document: a way out names its own."""
    return f"{basis.instrument.zh}{basis.clause}" if isinstance(basis, Rule) else basis.clause
