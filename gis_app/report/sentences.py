"""One sentence per finding that an inspector can read aloud, in Chinese and in English."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from gis_app.law import Answer, Exemption, Rule, Tier, Verdict, Words
from gis_app.registry import Registry
from gis_app.rules.columns import COLUMNS
from gis_app.rules.engine import reads
from gis_app.rules.subjects import SUBJECTS


@dataclass(frozen=True)
class Missing:
    """Something a rule reads and the register does not have, with the words an office uses."""

    name: str
    zh: str
    en: str


def sentence(finding: Mapping[str, Any], registry: Registry) -> Words:
    """The statement that a finding makes, with its place, clause, quote and reason."""
    if finding["rule"] not in registry.rules:  # law that has since been taken out of the code
        return Words(f"规则 {finding['rule']} 已不在库中。", f"Rule {finding['rule']} is gone.")
    place, tolerance = _place(finding, registry), finding["tolerance_m"]
    said = _said(
        registry,
        finding["rule"],
        finding["answer"],
        finding["verdict"],
        finding["exemption"],
        tuple(finding["missing"]),
        None if tolerance is None else _metres(tolerance),
    )
    return Words(place.zh + said.zh, place.en + said.en)


def missing(finding: Mapping[str, Any], registry: Registry) -> list[Missing]:
    """What a finding's rule could not read, in words."""
    return lacking(finding["missing"], registry.rules[finding["rule"]], registry)


def lacking(names: Iterable[str], rule: Rule, registry: Registry) -> list[Missing]:
    """What a rule could not read, in words."""
    return [_named(name, rule, registry) for name in names]


def exemption(finding: Mapping[str, Any], registry: Registry) -> Exemption | None:
    """The exemption that a finding rests on, if any."""
    return _exempting(registry.rules[finding["rule"]], finding["exemption"])


def notes(
    findings: Sequence[Mapping[str, Any]], well: Mapping[str, Any], registry: Registry
) -> list[Words]:
    """What an officer should weigh beside the findings: ours, not law."""
    closing = [
        registry.rules[f["rule"]]
        for f in findings
        if f["answer"] == Answer.APPLIES and Verdict(f["verdict"]).closes
    ]
    told = []
    if closing and all(rule.instrument.tier is Tier.MUNICIPAL for rule in closing):
        told.append(
            Words(
                "关闭的依据仅为市级规范性文件，没有法律、法规层面的关闭依据；行政处罚须另有法律、法规依据",
                "only a municipal paper orders closing: no law or regulation does; a penalty needs "
                "a ground in law or regulation",
            )
        )
    if closing and well["use"] in {"domestic_rural", "domestic_urban", "public_supply"}:
        told.append(
            Words(
                "此井供生活用水：关闭前宜先落实替代水源（建议，非法律规定）",
                "this well supplies people: provide another source before closing it (our advice, "
                "not law)",
            )
        )
    return told


def _basis(rule: Rule) -> Words:
    law = rule.instrument
    return Words(
        f"依据《{law.zh}》（{law.number}）{rule.clause}“{rule.quote}”",
        f"under {law.en} ({law.number}), {rule.clause}: “{rule.quote}”",
    )


def ordered(rule: Rule, verdict: Verdict) -> Words:
    """What is ordered: in the rule's own words where it has them, else in the verdict's."""
    return dict(rule.orders).get(verdict) or Words(verdict.zh, verdict.en)


_CALLED = {
    "well": Words("{} 号井", "well {}"),
    "application": Words("取水申请 {}", "application {}"),
    "unit": Words("管理单元 {}", "unit {}"),
    "site": Words("项目 {}", "site {}"),
    "zone": Words("区划 {}", "zone {}"),
    "dataset": Words("第 {} 批导入数据", "import {}"),
}


_REGISTERED = Words("按登记情况", "By its register entry")
_TOLD_BY = {"application": Words("按申请所述", "As applied for")}


def _place(finding: Mapping[str, Any], registry: Registry) -> Words:
    """Where the subject lies, as the beginning of a sentence."""
    called = _CALLED[finding["subject"]]
    zh, en = (words.format(finding["subject_code"]) for words in (called.zh, called.en))
    if finding["zone_name"] is None:
        told = _TOLD_BY.get(finding["subject"], _REGISTERED)
        return Words(f"{told.zh}，{zh}：", f"{told.en}, {en}: ")
    layer = registry.layers[finding["layer"]]
    edge = finding["edge_m"]
    zone = finding["zone_name"]
    if finding["joint"]:
        return Words(
            f"{zh}位于{layer.zh}内（“{zone}”与相邻区划），距图层边界不少于 {_metres(edge)} 米；",
            f"{en[0].upper()}{en[1:]} lies inside {layer.en.lower()} "
            f"(“{zone}” and its neighbours together), "
            f"at least {_metres(edge)} m from the edge of the layer; ",
        )
    if edge >= 0 and SUBJECTS[finding["subject"]].footprint:  # it may reach beyond
        return Words(
            f"{zh}与{layer.zh}“{zone}”有重合，重合处距边界最深 {_metres(edge)} 米；",
            f"{en[0].upper()}{en[1:]} shares ground with {layer.en.lower()} “{zone}”, "
            f"at its deepest {_metres(edge)} m from the boundary; ",
        )
    if edge >= 0:
        return Words(
            f"{zh}位于{layer.zh}“{zone}”内，距边界 {_metres(edge)} 米；",
            f"{en[0].upper()}{en[1:]} lies inside {layer.en.lower()} “{zone}”, "
            f"{_metres(edge)} m from its boundary; ",
        )
    return Words(
        f"{zh}在{layer.zh}“{zone}”外，距边界 {_metres(-edge)} 米；",
        f"{en[0].upper()}{en[1:]} lies outside {layer.en.lower()} “{zone}”, "
        f"{_metres(-edge)} m from its boundary; ",
    )


# many findings say the same, each of another place
@lru_cache(maxsize=4096)
def _said(  # noqa: PLR0913, PLR0917  (what a finding says is all of these)
    registry: Registry,
    rule_id: str,
    answer: str,
    verdict: str,
    exempted: str | None,
    lacking: tuple[str, ...],
    tolerance: str | None,
) -> Words:
    """What a finding says of its place: the end of a sentence."""
    rule = registry.rules[rule_id]
    order = ordered(rule, Verdict(verdict))
    if Answer(answer) is Answer.APPLIES:
        basis = _basis(rule)
        return Words(f"{basis.zh}，{order.zh}。", f"{basis.en}, {order.en}.")
    if Answer(answer) is Answer.EXEMPT:
        return _exempt(rule, exempted)
    reasons = [_reason(_named(name, rule, registry), tolerance) for name in lacking]
    zh = "；".join(r.zh for r in reasons)
    en = "; ".join(r.en for r in reasons)
    return Words(
        f"《{rule.instrument.zh}》{rule.clause}“{rule.quote}”（{order.zh}）"
        f"是否适用尚不能确定：{zh}。须核实后再作结论。",
        f"whether {rule.clause} of {rule.instrument.en} ({order.en}) applies "
        f"cannot be known: {en}. It is to be found out before any decision.",
    )


def _exempting(rule: Rule, exempted: str | None) -> Exemption | None:
    return next((e for e in rule.exemptions if e.id == exempted), None)


def _exempt(rule: Rule, exempted: str | None) -> Words:
    found = _exempting(rule, exempted)
    why_zh = f"{found.zh}（{found.clause}）" if found else exempted
    why_en = f"{found.en} ({found.clause})" if found else exempted
    return Words(
        f"因属{why_zh}，不适用《{rule.instrument.zh}》{rule.clause}“{rule.quote}”。",
        f"{rule.clause} of {rule.instrument.en} does not apply to it: {why_en}.",
    )


def _reason(each: Missing, tolerance: str | None) -> Words:
    if each.name.startswith("in__") and tolerance is not None:
        return Words(
            f"{each.zh}：距边界的距离小于位置与边界的误差之和 {tolerance} 米",
            f"{each.en}: the boundary is nearer than the two positions are certain "
            f"({tolerance} m together)",
        )
    return Words(each.zh, each.en)


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
    if name.startswith("since__"):
        layer = registry.layers[name.removeprefix("since__").split("__")[0]]
        words = f"when the {layer.en.lower()} came into force there"
        return Missing(name, f"该处{layer.zh}自何日起有效不能确定", words)
    fact = COLUMNS.get(name)
    if fact is None:  # ledgers keep what an earlier version of the program asked for
        zh, en = f"{name}（审计时的程序所问，本版已改）", f"{name}, as an earlier version asked"
        return Missing(name, zh, en)
    return Missing(name, f"“{fact.zh}”不详", f"{fact.en} is not recorded")


def _metres(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}"
