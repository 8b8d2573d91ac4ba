"""The reference page of law: instruments, rules, exemptions, parameters, and what they need."""

from collections.abc import Iterable

from gis_app.law import LISTED, TEXT_AS_OF, Exemption, Parameter, Rule
from gis_app.registry import Registry
from gis_app.report import faults, feeds, systems
from gis_app.report.markdown import linked, table
from gis_app.report.order import gravest_first, rules_of
from gis_app.report.rule_lines import lines_of
from gis_app.rules.engine import parameters_of, reads


def page(registry: Registry) -> str:
    """The whole page, as Markdown."""
    rooms = {
        "1 文件 · Instruments": _instruments(registry),
        "2 规则 · Rules": _rules(registry),
        "3 豁免 · Exemptions": _exemptions(registry),
        "4 参数 · Parameters": _parameters(registry),
        "5 已知而不能引用的规则 · Known, not citable": _known(registry),
        "6 同一过错的各项依据 · Bases of one fault": faults.section(registry),
        "7 规则所需的资料 · Data that rules need": feeds.section(registry),
        "8 五份文件中的制度 · Systems of the five papers": systems.section(),
    }
    parts = ["# 法律 · Law", "", *_head(registry), ""]
    parts += [f"- {linked(title)}" for title in rooms]
    for title, lines in rooms.items():
        parts += ["", f"## {title}", "", *lines]
    return "\n".join([*parts, ""])


def _head(registry: Registry) -> list[str]:
    return [
        f"法律文本截至 {TEXT_AS_OF}，其后的修订须另行核对。"
        f"共 {len(registry.instruments)} 份文件、{len(registry.rules)} 条规则。"
        "缺少资料或者距界线太近时，结论是“不能确定”，既不放过，也不关井。",
        "",
        f"Texts as of {TEXT_AS_OF}; later amendments must be checked. "
        f"{len(registry.instruments)} instruments, {len(registry.rules)} rules. Where a fact is "
        "missing, or a line is too near, the answer is *cannot be known*: neither a pass nor a "
        "closure.",
    ]


def _instruments(registry: Registry) -> list[str]:
    heads = (
        "文件 instrument", "文号 number", "id", "层级 tier", "地域 area", "施行 since",
        "失效（不含） until", "规则 rules", "说明 remark",
    )  # fmt: skip
    rows = [
        (
            f"《{each.zh}》 {each.en}",
            each.number,
            f"`{each.id}`",
            each.tier.zh,
            each.area or "全国",
            each.since.isoformat(),
            each.until.isoformat() if each.until else "",
            str(len(rules_of(registry, each))),
            f"{each.remark.zh} / {each.remark.en}" if each.remark else "",
        )
        for each in gravest_first(registry)
    ]
    return table(heads, rows)


def _rules(registry: Registry) -> list[str]:
    lines = [
        "各条依次为：条款与引文；对象；处置；所读的图层、事实和参数；豁免（见第 3 部分）；"
        "须由人认定的事项；条文中没有资料可查、因而不作结论的部分。"
        "带 ° 的事实，空白不会使结论成为“不能确定”：没有记载就按没有处理，或者只影响处置轻重。"
        "有适用地域的文件，各条还读行政区划代码。",
        "",
        "Each rule: clause and quote; whom it speaks of; what is ordered; layers, facts and "
        "parameters read; exemptions (section 3); what a person must decide; what of the clause no "
        "fact tells, so that nothing is said of it. A blank in a fact "
        "marked ° never makes the answer unknown: what is not recorded is not there, or it weighs "
        "on the verdict alone. Rules of an instrument with an area also read the area code.",
    ]
    for instrument in gravest_first(registry):
        lines += ["", f"### 《{instrument.zh}》{instrument.number}"]
        for rule in rules_of(registry, instrument):
            lines += ["", *lines_of(rule, registry)]
    return lines


def _exemptions(registry: Registry) -> list[str]:
    """Every way out once, with its clause, its quote and the rules that it belongs to."""
    by_place: dict[tuple[str, str, str], list[tuple[Rule, Exemption]]] = {}
    for instrument in gravest_first(registry):
        for rule in rules_of(registry, instrument):
            for each in rule.exemptions:
                key = (each.id, _place(each, rule, registry), each.quote)
                by_place.setdefault(key, []).append((rule, each))
    rows = [
        (f"`{way}`", f"{first.zh} / {first.en}", f"{place}“{quote}”{_from(first)}",
         "、".join(rule.id for rule, _ in pairs))
        for (way, place, quote), pairs in by_place.items()
        for first in [pairs[0][1]]
    ]  # fmt: skip
    return [
        "豁免只属于所列的规则，不及于其他规则。An exemption belongs to the rules named, and to no "
        "other.",
        "",
        *table(("id", "情形 way out", "依据与引文 clause and quote", "规则 rules"), rows),
    ]


def _place(exemption: Exemption, rule: Rule, registry: Registry) -> str:
    """The exemption's clause with the title of its document."""
    for other in registry.instruments.values():
        if exemption.clause.startswith(other.zh):
            return f"《{other.zh}》{exemption.clause.removeprefix(other.zh)}"
    return f"《{rule.instrument.zh}》{exemption.clause}"


def _from(exemption: Exemption) -> str:
    return f"（自 {exemption.since} 起 from）" if exemption.since else ""


def _parameters(registry: Registry) -> list[str]:
    every = parameters_of(registry.rules.values())
    lists = [p for p in every if p.unit == LISTED]
    numbers = [p for p in every if p.unit != LISTED]
    return [
        "法律授权有关机关规定的，或者须定准条文用语的，而条文没有给出的数和名单。未录入时，取决于它的"
        "结论是“不能确定”。`gis-app law list` 列出各次取值；取值 `none` 为收回。",
        "",
        "What the law leaves to an authority, or what makes its words precise, and its text does "
        "not give. Until it is set, an answer that depends on it is *cannot be known*. "
        "`gis-app law list` shows every value; the value `none` takes one back.",
        "",
        "### 数值 · Numbers",
        "",
        _example(numbers[0], "数值"),
        "",
        *_parameter_table(numbers, registry),
        "",
        "### 名单 · Lists",
        "",
        "地区在不在名单上：`1` 在列，`0` 不在列。"
        "Whether an area is on a list: `1` it is, `0` it is not.",
        "",
        _example(lists[0], "1"),
        "",
        *_parameter_table(lists, registry),
    ]


def _example(parameter: Parameter, value: str) -> str:
    options = "--area 区划代码 --since 2024-01-01 --source 文号和条款"
    return f"`gis-app law set {parameter.name} {value} {options}`"


def _parameter_table(parameters: Iterable[Parameter], registry: Registry) -> list[str]:
    titles = {each.key: each.zh for each in registry.instruments.values()}
    rows = [
        (
            f"`{each.name}`",
            "1 / 0" if each.unit == LISTED else each.unit,
            f"{each.zh} / {each.en}",
            f"《{titles[each.instrument]}》{each.clause}“{each.quote}”",
            "、".join(r.id for r in registry.rules.values() if each in reads(r).parameters),
        )
        for each in parameters
    ]
    heads = ("参数 parameter", "单位 unit", "含义 meaning", "条文 clause and quote", "规则 rules")
    return table(heads, rows)


def _known(registry: Registry) -> list[str]:
    rows = [
        (each.id, f"{each.zh} / {each.en}", each.source, f"{each.why.zh} / {each.why.en}")
        for each in registry.known.values()
    ]
    return [
        "这些规则不产生任何结论。No verdict rests on these.",
        "",
        *table(("id", "规则 rule", "来源 source", "为何不能引用 why it cannot be cited"), rows),
    ]
