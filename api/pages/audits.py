"""Audits as pages: which were run, what one found rule by rule, and its findings."""

from collections import Counter
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from fastapi import Request

from api.deps import state
from api.pages.frame import facts, listed, local, next_page, page, to_verdict, when
from gis_app.export import FORMATS
from gis_app.export.findings import FIELDS
from gis_app.law import Answer, Verdict
from gis_app.registry import Registry
from gis_app.report.ledger_words import closed, ledger
from gis_app.report.markup import Html, element, joined, row

BEYOND = (
    "这次审计的范围大于您的辖区，其汇总数不显示；结论清单列出您辖区内的各条。"
    " This audit covers more than your area: its totals are not shown; its findings are of yours."
)
AUDITS = ("审计 Audits", "/audits?f=html")
_SUBJECTS = next(f.choices for f in FIELDS if f.name == "subject")


def audits(request: Request, body: Mapping[str, Any]) -> Html:
    """The latest runs."""
    rows = [_run(request, each) for each in body["audits"]]
    heads = ("审计 audit", "法律日期 as of", "地域 area", "台账 ledger", "井 wells",
             *(f"{a.zh} {a.en}" for a in Answer), "新开 opened", "关闭 closed", "执行人 by",
             "完成 finished")  # fmt: skip
    shown = listed(heads, rows) if rows else element("p", "尚未审计。 No audit has been run yet.")
    return page(request, "审计 Audits", (), shown)


def _run(request: Request, each: Mapping[str, Any]) -> Html:
    return row(
        local(request, str(each["run_id"]), f"/audits/{each['run_id']}?f=html"),
        str(each["on"]),
        each["area"] or "全部 all",
        ledger(each["ledger"]),
        *_numbers(each["counts"]),
        each["actor"],
        when(each["finished_at"]),
        numbers=range(4, 10),
    )


def _numbers(counts: Mapping[str, Any]) -> list[str]:
    """Wells, findings by answer, opened and closed; dashes where the caller may not know."""
    if not counts:
        return ["—"] * (len(Answer) + 3)
    answers: Counter[str] = Counter()
    for found in counts["findings"]:
        answers[found["answer"]] += found["subjects"]
    numbers = [counts["wells"], *(answers[a] for a in Answer), counts["opened"],
               sum(counts["closed"].values())]  # fmt: skip
    return [f"{n:,}" for n in numbers]


def audit(request: Request, run: Mapping[str, Any]) -> Html:
    """One run: what was asked, under which law, what it found and could not assess."""
    law, counts = state(request).registry, run["counts"]
    path = f"/audits/{run['run_id']}/findings"
    names = [law.instruments[n].zh if n in law.instruments else n for n in run["instruments"]]
    about = [
        ("法律日期 as of", run["on"]),
        ("地域 area", run["area"] or "全部 all"),
        ("文件 instruments", "、".join(names)),
        ("台账 ledger", ledger(run["ledger"])),
        *_totals(counts),
        ("法律版本 law", run["law_hash"]),
        ("执行人 · 完成 by · finished", f"{run['actor']} · {when(run['finished_at'])}"),
    ]  # fmt: skip
    files = [local(request, key, f"{path}/export?f={key}") for key in FORMATS]
    return page(
        request,
        f"审计 Audit {run['run_id']}",
        (AUDITS,),
        facts(about),
        element("p", local(request, "结论清单 Findings", f"{path}?f=html", "button"),
                *_since(request, run)),
        element("p", "导出 export: ", *(p for file in files for p in (file, " "))),
        *_by_rule(request, counts, path),
        *_not_assessed(law, run["not_assessed"]),
    )  # fmt: skip


def _totals(counts: Mapping[str, Any]) -> list[tuple[str, str]]:
    if not counts:
        return []
    return [
        ("井 wells", f"{counts['wells']:,}"),
        ("新开 · 延续 opened · continued", f"{counts['opened']:,} · {counts['continued']:,}"),
        ("关闭 closed", closed(counts["closed"])),
    ]


def _by_rule(request: Request, counts: Mapping[str, Any], path: str) -> list[Html]:
    if not counts:
        return [element("p", BEYOND)]
    heads = ("规则 rule", "内容 what it says", "对象 subject", "结论 answer", "处置 order",
             "数量 number")  # fmt: skip
    rows = [_found(request, each, path) for each in counts["findings"]]
    return [element("h2", "逐条结论 Findings by rule"), listed(heads, rows)]


def _since(request: Request, run: Mapping[str, Any]) -> list[str | Html]:
    """The way to what changed since the audit before."""
    before = run["previous"]
    if before is None:
        return []
    path = f"/audits/{run['run_id']}/changes?since={before}&f=html"
    words = f"自第 {before} 次审计以来的变化 Changes since audit {before}"
    return [" ", local(request, words, path, "button")]


def _found(request: Request, each: Mapping[str, Any], path: str) -> Html:
    rule = state(request).registry.rules.get(each["rule"])
    answer, verdict = Answer(each["answer"]), Verdict(each["verdict"])
    subject = _SUBJECTS[each["subject"]]
    told = "" if rule is None else f"{rule.clause} {rule.zh} {rule.en}"
    query = {n: each[n] for n in ("rule", "answer", "subject")} if rule else {}
    return row(
        local(request, each["rule"], f"{path}?{urlencode({**query, 'f': 'html'})}"),
        told,
        f"{subject.zh} {subject.en}",
        f"{answer.zh} {answer.en}",
        f"{verdict.zh} {verdict.en}",
        f"{each['subjects']:,}",
        numbers=(5,),
    )


def _not_assessed(law: Registry, gaps: list[Mapping[str, Any]]) -> list[Html]:
    if not gaps:
        return []
    rows = [
        row(each["area_code"], _layer(law, each["layer"]), f"{each['wells']:,}", numbers=(2,))
        for each in gaps
    ]
    words = "此处无数据，不等于不涉及。 No data here, which is not the same as not concerned."
    return [
        element("h2", "未评估 Not assessed"),
        element("p", words, class_="muted"),
        listed(("行政区 area", "图层 layer", "井 wells"), rows),
    ]


def _layer(law: Registry, name: str) -> str:
    return f"{law.layers[name].zh} {law.layers[name].en}" if name in law.layers else name


def findings(request: Request, body: Mapping[str, Any]) -> Html:
    """A page of the findings of a run's ledger, each as a sentence."""
    path = f"/audits/{body['run_id']}"
    heads = ("对象 subject", "结论 answer", "说明 explanation", "层级 tier", "起始 since",
             "关闭 closed")  # fmt: skip
    rows = [
        row(
            to_verdict(request, each["subject_code"])
            if each["subject"] == "well"
            else each["subject_code"],
            f"{each['answer_zh']} {each['answer_en']}",
            joined(
                element("p", each["sentence_zh"]), element("p", each["sentence_en"], class_="muted")
            ),
            each["tier_zh"],
            str(each["since"]),
            str(each["until"] or "—"),
        )
        for each in body["findings"]
    ]
    more = body["next_after"]
    turned = [] if more is None else [next_page(request, after=more)]
    trail = (AUDITS, (f"审计 {body['run_id']}", f"{path}?f=html"))
    counted = element("p", f"本页 {len(rows):,} 条 · {len(rows):,} on this page", class_="muted")
    pages = element("p", *turned, class_="pages")
    return page(request, "结论 Findings", trail, counted, listed(heads, rows), pages)
