"""What changed between two audits as a page: counted by rule and cause, with the files."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request

from api.deps import state
from api.pages.audits import AUDITS
from api.pages.frame import facts, listed, local, page
from gis_app.export import FORMATS
from gis_app.export.changes import CAUSES, KINDS
from gis_app.report.ledger_words import ledger
from gis_app.report.markup import Html, element, row

_HEADS = ("规则 rule", "内容 what it says", "变化 change", "首要原因 first cause", "数量 number")


def changes(request: Request, body: Mapping[str, Any]) -> Html:
    """The two audits, the law that came and went, and the changes by rule and cause."""
    one, other = body["since"], body["audit"]
    path = f"/audits/{other['run_id']}"
    law = body["law"]
    about = [
        ("此前 before", _told(one)),
        ("此后 after", _told(other)),
        ("共同地域 area of both", body["area"] or "全部 all"),
        ("开始生效 law that began", _titles(law["began"])),
        ("失效 law that lapsed", _titles(law["lapsed"])),
        ("只有一次问过 asked by one only", "、".join(body["instruments_of_one_only"]) or "—"),
        ("不变 continued", f"{body['continued']:,}"),
    ]
    files = [
        local(request, key, f"{path}/changes/export?since={one['run_id']}&f={key}")
        for key in FORMATS
    ]
    rows = [_row(request, each) for each in body["changes"]]
    told = listed(_HEADS, rows) if rows else element("p", "没有变化。 Nothing changed.")
    return page(
        request,
        f"审计 {one['run_id']} → {other['run_id']} 的变化 Changes",
        (AUDITS, (f"审计 {other['run_id']}", f"{path}?f=html")),
        facts(about),
        element("p", "导出 export: ", *(part for file in files for part in (file, " "))),
        told,
    )


def _told(run: Mapping[str, Any]) -> str:
    return f"{run['run_id']} · {run['on']} · {ledger(run['ledger'])}"


def _titles(instruments: list[Mapping[str, Any]]) -> str:
    return "；".join(f"《{each['zh']}》（{each['number']}）" for each in instruments) or "—"


def _row(request: Request, each: Mapping[str, Any]) -> Html:
    rule = state(request).registry.rules.get(each["rule"])
    kind, cause = KINDS[each["kind"]], CAUSES[each["cause"]]
    return row(
        each["rule"],
        "" if rule is None else f"{rule.clause} {rule.zh} {rule.en}",
        f"{kind.zh} {each['kind']}",
        f"{cause.zh} {cause.en}",
        f"{each['findings']:,}",
        numbers=(4,),
    )
