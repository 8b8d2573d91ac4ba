"""The deployment as pages: its layers as declared, and its health."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request

from api.pages.documents import COLLECTIONS
from api.pages.frame import facts, listed, local, page, told
from gis_app.report.markup import Html, element, row
from gis_app.terms import FLAG


def layers(request: Request, body: Mapping[str, Any]) -> Html:
    """Every layer with what it holds today and the law it rests on."""
    rows = [
        row(
            local(request, f"{each['zh']} {each['en']}", f"/collections/{each['id']}?f=html"),
            _amount(each["count"]),
            each["description_zh"],
            each["description_en"],
            "；".join(f"《{b['title']}》{b['clause']}" for b in each["basis"]),
            numbers=(1,),
        )
        for each in body["layers"]
    ]
    latest = body["last_audit"]
    audit = "—" if latest is None else f"{latest['run_id']} · {latest['on']}"
    told = body["flags"] or {}  # none where the caller is shown no wells
    wells = [(f"{FLAG[key].zh} {FLAG[key].en}", f"{n:,}") for key, n in told.items()]
    heads = ("图层 layer", "今日数量 today", "说明", "description", "依据 basis")
    words = "“无数据”不等于“不涉及”。 “No data” is not the same as “not concerned”."
    return page(
        request,
        f"{body['title_zh']} {body['title_en']}",
        (COLLECTIONS,),
        facts([("法律日期 legal day", body["legal_day"]), ("最近审计 last audit", audit)]),
        element("h2", "图层 Layers"),
        element("p", words, class_="muted"),
        listed(heads, rows),
        element("h2", "各类结论的井 Wells by finding"),
        facts(wells) if wells else element("p", "未向您显示取水井。 No wells are shown to you."),
    )


def health(request: Request, body: Mapping[str, Any]) -> Html:
    """How the service, or the part that answers tiles, is doing."""
    pairs = [(name, told(value or "—" if isinstance(value, dict) else value))
             for name, value in body.items()]  # fmt: skip
    return page(request, "运行状态 Health", (), facts(pairs))


def _amount(count: int | None) -> str:
    if count is None:
        return "登录后可见 sign in to see"
    return f"{count:,}" if count else "无数据 no data"
