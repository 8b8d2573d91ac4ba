"""One sentence per finding that an inspector can read aloud, in Chinese and in English."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gis_app.law import Answer, Exemption, Rule, Verdict
from gis_app.registry import Registry
from gis_app.rules.engine import reads


@dataclass(frozen=True)
class Sentence:
    """The same statement twice."""

    zh: str
    en: str


@dataclass(frozen=True)
class Missing:
    """Something a rule reads and the well does not have, with the words an office uses."""

    name: str
    zh: str
    en: str


def sentence(finding: Mapping[str, Any], registry: Registry) -> Sentence:
    """The statement that a finding makes, with its place, clause, quote and reason."""
    rule = registry.rules.get(finding["rule"])
    if rule is None:  # a finding of law that has since been taken out of the code
        return Sentence(f"规则 {finding['rule']} 已不在库中。", f"Rule {finding['rule']} is gone.")
    answer = Answer(finding["answer"])
    if answer is Answer.APPLIES:
        return _applies(finding, rule, registry)
    if answer is Answer.EXEMPT:
        return _exempt(finding, rule, registry)
    return _indeterminate(finding, rule, registry)


def missing(finding: Mapping[str, Any], registry: Registry) -> list[Missing]:
    """What a finding's rule could not read, in words."""
    rule = registry.rules[finding["rule"]]
    return [_named(name, rule, registry) for name in finding["missing"]]


def exemption(finding: Mapping[str, Any], registry: Registry) -> Exemption | None:
    """The exemption that a finding rests on, if any."""
    rule = registry.rules[finding["rule"]]
    return next((e for e in rule.exemptions if e.id == finding["exemption"]), None)


def _basis(rule: Rule) -> Sentence:
    law = rule.instrument
    return Sentence(
        f"依据《{law.zh}》（{law.number}）{rule.clause}“{rule.quote}”",
        f"under {law.en} ({law.number}), {rule.clause}: “{rule.quote}”",
    )


def _place(finding: Mapping[str, Any], registry: Registry) -> Sentence:
    """Where the well lies, as the beginning of a sentence."""
    code = finding["well_code"]
    if finding["zone_name"] is None:
        return Sentence(f"按登记情况，{code} 号井：", f"By its register entry, well {code}: ")
    layer = registry.layers[finding["layer"]]
    edge = finding["edge_m"]
    zone = finding["zone_name"]
    if finding["joint"]:
        return Sentence(
            f"{code} 号井位于{layer.zh}内（“{zone}”与相邻区划），"
            f"距图层边界不少于 {_metres(edge)} 米；",
            f"Well {code} lies inside {layer.en.lower()} (“{zone}” and its neighbours together), "
            f"at least {_metres(edge)} m from the edge of the layer; ",
        )
    if edge >= 0:
        return Sentence(
            f"{code} 号井位于{layer.zh}“{zone}”内，距边界 {_metres(edge)} 米；",
            f"Well {code} lies inside {layer.en.lower()} “{zone}”, "
            f"{_metres(edge)} m from its boundary; ",
        )
    return Sentence(
        f"{code} 号井在{layer.zh}“{zone}”外，距边界 {_metres(-edge)} 米；",
        f"Well {code} lies outside {layer.en.lower()} “{zone}”, "
        f"{_metres(-edge)} m from its boundary",
    )


def _applies(finding: Mapping[str, Any], rule: Rule, registry: Registry) -> Sentence:
    place, basis, verdict = _place(finding, registry), _basis(rule), Verdict(finding["verdict"])
    return Sentence(f"{place.zh}{basis.zh}，{verdict.zh}。", f"{place.en}{basis.en}, {verdict.en}.")


def _exempt(finding: Mapping[str, Any], rule: Rule, registry: Registry) -> Sentence:
    place, found = _place(finding, registry), exemption(finding, registry)
    why_zh = f"{found.zh}（{found.clause}）" if found else finding["exemption"]
    why_en = f"{found.en} ({found.clause})" if found else finding["exemption"]
    return Sentence(
        f"{place.zh}因属{why_zh}，不适用《{rule.instrument.zh}》{rule.clause}“{rule.quote}”。",
        f"{place.en}{rule.clause} of {rule.instrument.en} does not apply to it: {why_en}.",
    )


def _indeterminate(finding: Mapping[str, Any], rule: Rule, registry: Registry) -> Sentence:
    place, verdict = _place(finding, registry), Verdict(finding["verdict"])
    reasons = [_reason(finding, each) for each in missing(finding, registry)]
    zh = "；".join(r.zh for r in reasons)
    en = "; ".join(r.en for r in reasons)
    return Sentence(
        f"{place.zh}《{rule.instrument.zh}》{rule.clause}“{rule.quote}”（{verdict.zh}）"
        f"是否适用尚不能确定：{zh}。须现场核查后再作结论。",
        f"{place.en}whether {rule.clause} of {rule.instrument.en} ({verdict.en}) applies "
        f"cannot be known: {en}. A survey comes before any decision.",
    )


def _reason(finding: Mapping[str, Any], each: Missing) -> Sentence:
    if each.name.startswith("in__") and finding["tolerance_m"] is not None:
        tolerance = _metres(finding["tolerance_m"])
        return Sentence(
            f"{each.zh}：距边界的距离小于位置与边界的误差之和 {tolerance} 米",
            f"{each.en}: the boundary is nearer than the two positions are certain "
            f"({tolerance} m together)",
        )
    return Sentence(each.zh, each.en)


def _named(name: str, rule: Rule, registry: Registry) -> Missing:
    question = next((q for q in rule.questions if q.id == name), None)
    if question is not None:
        return Missing(name, question.zh, question.en)
    number = next((p for p in reads(rule).parameters if p.column == name), None)
    if number is not None:
        return Missing(name, f"{number.zh}尚未录入", f"{number.en}: not set here")
    if name.startswith("in__"):
        layer = registry.layers[name.removeprefix("in__").split("__")[0]]
        return Missing(name, f"是否在{layer.zh}内不能确定", f"position against {layer.en.lower()}")
    field = registry.layers["well"].field_named(name)
    if field is None:
        return Missing(name, name, name)
    return Missing(name, f"“{field.zh}”不详", f"{field.en} is not recorded")


def _metres(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}"
