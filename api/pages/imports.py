"""Imports as pages: the batches, what one did, and what was wrong with its rows."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import Request

from api.deps import state
from api.pages.frame import facts, listed, local, next_page, page, told, when
from gis_app.report.markup import Html, element, row

IMPORTS = ("导入 Imports", "/imports?f=html")
STATES = {
    "preview": "预览 previewed",
    "committed": "已提交 committed",
    "undone": "已撤销 undone",
    "discarded": "已放弃 discarded",
}
LEVELS = {"refuse": "拒绝 refused", "warn": "警告 warning", "info": "提示 note"}
_COUNTS = {
    "rows": "行 rows",
    "new": "新 new",
    "known": "已有 known",
    "changed": "变更 changed",
    "inserted": "写入 inserted",
    "warned": "有警告 warned",
    "refused": "拒绝 refused",
    "restored": "恢复 restored",
    "withdrawn": "撤回 withdrawn",
}


def batches(request: Request, body: Mapping[str, Any]) -> Html:
    """The newest batches."""
    heads = ("批次 batch", "文件 file", "图层 layer", "状态 state", "行 rows", "写入 inserted",
             "拒绝 refused", "执行人 by", "时间 at")  # fmt: skip
    rows = [
        row(
            local(request, str(each["batch_id"]), f"/imports/{each['batch_id']}?f=html"),
            each["file_name"],
            _layer(request, each["layer"]),
            STATES[each["state"]],
            *(f"{each['report'].get(name, 0):,}" for name in ("rows", "inserted", "refused")),
            each["actor"],
            when(each["undone_at"] or each["committed_at"] or each["created_at"]),
            numbers=range(4, 7),
        )
        for each in body["imports"]
    ]
    shown = listed(heads, rows) if rows else element("p", "尚无导入。 Nothing was imported yet.")
    return page(request, "导入 Imports", (), shown)


def batch(request: Request, body: Mapping[str, Any]) -> Html:
    """One batch: what was asked, what it did, and its problems by kind."""
    path, report = f"/imports/{body['batch_id']}", body["report"]
    asked = [f"{k} = {v}" for k, v in sorted(body["options"].items()) if v and k != "layer"]
    about = [
        ("图层 layer", _layer(request, body["layer"])),
        ("状态 state", STATES[body["state"]]),
        ("坐标系 CRS", report.get("crs")),
        *((words, f"{report[n]:,}") for n, words in _COUNTS.items() if report.get(n) is not None),
        ("选项 options", "；".join(asked) or None),
        ("执行人 by", body["actor"]),
        ("理由 reason", body["reason"]),
        ("预览 previewed", when(body["created_at"])),
        ("提交 committed", when(body["committed_at"])),
        ("撤销 undone", when(body["undone_at"])),
        ("文件指纹 SHA-256", body["sha256"]),
    ]
    files = [local(request, each, f"{path}/refused.{each}") for each in ("xlsx", "csv", "gpkg")]
    refused = [element("p", "被拒绝的行 refused rows: ", *(p for f in files for p in (f, " ")))]
    return page(
        request,
        f"批次 Batch {body['batch_id']} · {body['file_name']}",
        (IMPORTS,),
        facts(about),
        *(refused if report.get("refused") and body["state"] != "discarded" else []),
        element("h2", "问题 Problems"),
        *_groups(request, report.get("problems", ()), path),
    )


def _groups(request: Request, groups: Sequence[Mapping[str, Any]], path: str) -> list[Html]:
    if not groups:
        return [element("p", "没有问题。 None.")]
    rows = [
        row(
            LEVELS[each["level"]],
            local(request, each["code"], f"{path}/problems?code={each['code']}&f=html"),
            each["zh"],
            each["en"],
            f"{each['times']:,}",
            "、".join(each["examples"]),
            numbers=(4,),
        )
        for each in groups
    ]
    heads = ("级别 level", "代码 code", "说明", "explanation", "次数 times", "例 examples")
    return [
        listed(heads, rows),
        element("p", local(request, "逐行 Row by row", f"{path}/problems?f=html")),
    ]


def problems(request: Request, body: Mapping[str, Any]) -> Html:
    """Problems row by row."""
    batch_id = request.path_params["batch_id"]
    rows = [
        row(
            *(told(each[n]) for n in ("row", "label", "column", "value")),
            LEVELS[each["level"]],
            each["zh"],
            each["en"],
            numbers=(0,),
        )
        for each in body["problems"]
    ]
    heads = ("行 row", "对象 feature", "列 column", "值 value", "级别 level", "说明", "explanation")
    trail = (IMPORTS, (f"批次 {batch_id}", f"/imports/{batch_id}?f=html"))
    turned = [next_page(request, offset=body["next_offset"])] if body["next_offset"] else []
    pages = element("p", *turned, class_="pages")
    return page(request, "问题 Problems", trail, listed(heads, rows), pages)


def _layer(request: Request, name: str) -> str:
    found = state(request).registry.served.get(name)
    return name if found is None else f"{found.zh} {found.en}"
