"""A finding in full: its law, its ground and its words, for whoever shows it."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from gis_app.law import TEXT_AS_OF, Answer, Verdict
from gis_app.registry import Registry
from gis_app.report.sentences import exemption, missing, ordered, sentence


def brief(row: Mapping[str, Any], law: Registry) -> dict[str, Any]:
    """What a list shows of a finding."""
    told = sentence(row, law)
    names = ("rule", "answer", "verdict", "layer", "zone_name", "edge_m", "tolerance_m")
    return {**{n: row[n] for n in names}, "sentence_zh": told.zh, "sentence_en": told.en}


def finding(row: Mapping[str, Any], law: Registry) -> dict[str, Any]:
    """A finding with its law, its ground and its words."""
    rule = law.rules[row["rule"]]
    answer, order = Answer(row["answer"]), ordered(rule, Verdict(row["verdict"]))
    out = exemption(row, law)
    return {
        **brief(row, law),
        "subject": row["subject"],
        "subject_code": row["subject_code"],
        "instrument": rule.instrument.id,
        "instrument_zh": rule.instrument.zh,
        "instrument_en": rule.instrument.en,
        "number": rule.instrument.number,
        "tier": rule.instrument.tier.value,
        "tier_zh": rule.instrument.tier.zh,
        "clause": rule.clause,
        "quote": rule.quote,
        "text_as_of": TEXT_AS_OF.isoformat(),
        "answer_zh": answer.zh,
        "answer_en": answer.en,
        "verdict_zh": order.zh,
        "verdict_en": order.en,
        "layer_zh": law.layers[row["layer"]].zh if row["layer"] else None,
        "zone_id": row["zone_id"],
        "zone_version": row["zone_version"],
        "missing": [asdict(m) for m in missing(row, law)],
        "exemption": None
        if out is None
        else {"id": out.id, "zh": out.zh, "en": out.en, "clause": out.clause, "quote": out.quote},
        "inputs": row.get("inputs"),
        "since": row.get("since"),
        "until": row.get("until"),
        "closed_cause": row.get("closed_cause"),
    }
