"""One rule as the lines of a page: clause, subjects, verdicts, what it reads, ways out."""

from collections.abc import Mapping

import ibis.expr.operations as ops

from gis_app.law import Rule, Words
from gis_app.registry import Registry
from gis_app.report.sentences import ordered
from gis_app.rules.columns import COLUMNS
from gis_app.rules.engine import parts, reads
from gis_app.rules.facts import Ask
from gis_app.rules.subjects import SUBJECTS

# When the first verdict of a ladder is given; the last needs no condition. The words are ours: a
# test holds them to what the conditions read.
LADDERS: Mapping[str, Words] = {
    "N-01": Words("拟建、已批准或者在建", "proposed, approved or under construction"),
    "N-03": Words(
        "拟建、已批准或者在建，或者区划生效且条例施行（2021年12月1日）之日起成井，"
        "或者自该日起年许可取水量高于上期",
        "proposed, approved or under construction; or, since both the zone and the regulation "
        "(2021-12-01) were in force, finished or permitted more than before",
    ),
    "N-05": Words(
        "拟建、已批准或者在建，或者2021年12月1日起成井、增加年许可取水量",
        "proposed, approved or under construction; or finished, or permitted more, on 2021-12-01 "
        "or later",
    ),
    "N-17": Words("责令安装的期限已过", "the deadline to fit one has passed"),
    "N-32": Words("新建、改建、扩建", "new, rebuilt or expanded"),
    "N-33": Words("新建、改建、扩建", "new, rebuilt or expanded"),
    "N-35": Words("贯通的含水层已受污染", "an aquifer it crosses is polluted"),
    "N-38": Words("新建、改建、扩建", "new, rebuilt or expanded"),
    "N-39": Words("新建、改建、扩建", "new, rebuilt or expanded"),
    "N-50": Words("新建", "new"),
    "XY-01": Words("已有风险等级", "its risk class is recorded"),
    "YQ-10": Words("勘探结束、未留作观测", "its exploration has ended and it does not observe"),
}
_OTHERWISE = Words("其余", "otherwise")


def lines_of(rule: Rule, registry: Registry) -> list[str]:
    """The heading of a rule and its list."""
    read = reads(rule)
    lines = [
        f"#### {rule.id} {rule.zh} · {rule.en}",
        "",
        f"- {rule.clause}“{rule.quote}”{_term(rule)}",
        f"- 对象 subject：{'、'.join(f'{SUBJECTS[s].zh} {SUBJECTS[s].en}' for s in rule.subjects)}",
        f"- 处置 orders：{_verdicts(rule)}",
    ]
    layers = _layers(rule, registry)
    looked = f"〔{layers}〕" if layers else ""
    named = "、".join([*_facts(rule, registry), *(f"`{p.name}`" for p in read.parameters)])
    lines.append(f"- 所读 reads：{looked}{named}")
    if rule.exemptions:
        ways_out = "；".join(f"`{e.id}` {e.zh}" for e in rule.exemptions)
        lines.append(f"- 豁免 exempt：{ways_out}")
    lines += [f"- 须认定 to be decided `{q.id}`：{q.zh} / {q.en}" for q in rule.questions]
    if rule.gap is not None:
        lines.append(f"- 未及 not found here：{rule.gap.zh} / {rule.gap.en}")
    return lines


def _term(rule: Rule) -> str:
    """The clause's own days, where it has any."""
    if rule.since is None and rule.until is None:
        return ""
    since = f"自 {rule.since} 起 from" if rule.since else ""
    until = f"至 {rule.until}（不含）until" if rule.until else ""
    return f"；本条 term：{' '.join(filter(None, (since, until)))}"


def _verdicts(rule: Rule) -> str:
    """The ladder, strongest first, each rung with its condition in words; then what is ordered."""
    told = [ordered(rule, verdict) for verdict, _ in rule.verdicts]
    same = f"{told[0].zh} / {told[0].en}"
    if len(told) == 1:
        return f"`{rule.verdict}` {same}"
    rungs = list(zip(rule.verdicts, (LADDERS[rule.id], _OTHERWISE), told, strict=True))
    if len(set(told)) == 1:
        zh = "；".join(f"{w.zh}：`{v}`" for (v, _), w, _ in rungs)
        return f"{zh}（{'; '.join(w.en for _, w, _ in rungs)}）{same}"
    zh = "；".join(f"{w.zh}：`{v}` {to_do.zh}" for (v, _), w, to_do in rungs)
    return f"{zh} / {'; '.join(f'{w.en}: {to_do.en}' for _, w, to_do in rungs)}"


def layers_spoken_of(rule: Rule, registry: Registry) -> list[str]:
    """The layers whose zones a rule speaks of as such."""
    if "zone" not in rule.subjects:
        return []
    asked = parts(rule, rule.instrument.since).op().find(ops.Literal)
    named = {each.value for each in asked}
    return [layer for layer in registry.layers if layer in named]


def _layers(rule: Rule, registry: Registry) -> str:
    by_layer = {registry.layers[name].zh: list[str]() for name in layers_spoken_of(rule, registry)}
    for ask in reads(rule).asks:
        layer = registry.layers[ask.layer]
        grades = by_layer.setdefault(layer.zh, [])
        grades += [layer.grades[ask.grade].zh] if ask.grade else []
    return "、".join(f"{zh}（{'、'.join(g)}）" if g else zh for zh, g in by_layer.items())


def fact_words(name: str) -> str:
    """What an office calls a fact."""
    zh = COLUMNS[name].zh
    if name.startswith("granted__"):
        return f"豁免情形“{zh}”"
    return f"违规“{zh}”" if name.startswith("violation__") else zh


def _facts(rule: Rule, registry: Registry) -> list[str]:
    read = reads(rule)
    leave_open = {name for part in read.parts for name in part}
    dated = {Ask(a.layer, a.grade).since_column: registry.layers[a.layer] for a in read.asks}
    told = []
    for name in read.inputs:
        mark = "" if name in leave_open else "°"
        if name in dated:
            told.append(f"{dated[name].zh}生效日{mark}")
        elif name in COLUMNS and not (name == "area_code" and rule.instrument.area):
            told.append(fact_words(name) + mark)
    return told
