"""Findings as the JSON that people and court annexes read, and the layers that they name."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from gis_app.law import TEXT_AS_OF, Answer, Exemption, Verdict
from gis_app.registry import Registry
from gis_app.report.examined import examined
from gis_app.report.grounds import Fact, because, facts
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
        "exemption": None if out is None else _exemption(out),
        "inputs": row["inputs"],
        "since": row.get("since"),
        "until": row.get("until"),
        "closed_cause": row.get("closed_cause"),
    }


def explained(row: Mapping[str, Any], law: Registry) -> dict[str, Any]:
    """A finding just made, with the facts that were read for it (`decides`: it rests on them; in a
    line: `because_zh`, `because_en`), and the exemptions that were tried and why each holds or not.
    """
    read = facts(row, law)
    grounds = because(read)
    tried = [
        {
            **_exemption(each.exemption),
            "holds": each.holds,
            "answer_zh": each.answer.zh,
            "answer_en": each.answer.en,
            "because_zh": each.because.zh,
            "because_en": each.because.en,
        }
        for each in examined(row, law)
    ]
    return {
        **finding(row, law),
        "facts": [_fact(each) for each in read],
        "because_zh": grounds and grounds.zh,
        "because_en": grounds and grounds.en,
        "examined": tried,
    }


def _fact(each: Fact) -> dict[str, Any]:
    called, value = each.called, each.value
    return {
        "name": each.name,
        "zh": called.zh,
        "en": called.en,
        "value_zh": value.zh,
        "value_en": value.en,
        "decides": each.decides,
    }


def _exemption(way: Exemption) -> dict[str, str]:
    return {name: getattr(way, name) for name in ("id", "zh", "en", "clause", "quote")}


def layer(name: str, law: Registry) -> dict[str, str]:
    """A layer by its id and its words."""
    return {"layer": name, "zh": law.layers[name].zh, "en": law.layers[name].en}


def with_layer(row: Mapping[str, Any], law: Registry) -> dict[str, Any]:
    """A row that names a layer, with the words of that."""
    own = law.layers[row["layer"]]
    return {**row, "layer_zh": own.zh, "layer_en": own.en}
