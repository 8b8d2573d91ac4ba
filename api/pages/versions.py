"""Pages of the versions of a zone, and of what is in work."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request

from api import links
from api.pages.frame import anchor, page, told, when
from gis_app.report.markup import Html, element, row, table
from gis_app.zone_fields import LAW_STATUS


def versions(request: Request, body: Mapping[str, Any]) -> Html:
    """The versions of a zone, latest first."""
    root = f"{links.root(request)}/collections/{body['layer']}/items/{body['zone_id']}"
    rows = [
        row(
            anchor(str(each["version"]), f"{root}?version={each['version']}"),
            _status(each),
            *(told(each[name]) for name in ("valid_from", "valid_to")),
            *(told(each[name]) for name in ("recorded_by", "submitted_by")),
            "公布在先 declared" if each["declared"] else told(each["approved_by"]),
            f"{each['area_m2'] / 1e6:,.4f}",
            told(each["reason"]),
        )
        for each in body["versions"]
    ]
    heads = (
        "版本 version", "状态 status", "生效 from", "失效 until", "起草 drafted by",
        "送审 submitted by", "批准 approved by", "面积 km²", "理由 reason",
    )  # fmt: skip
    trail = [(body["title"], f"/collections/{body['layer']}/items")]
    made = element("div", table(heads, rows), class_="scroll")
    name = body["versions"][0]["name"]
    return page(request, f"{name}：各版 versions", trail, made)


def drafts(request: Request, body: Mapping[str, Any]) -> Html:
    """Drafts and versions in review, newest first."""
    root = links.root(request)
    rows = [
        row(
            anchor(
                each["name"],
                f"{root}/collections/{each['layer']}/items/{each['zone_id']}/versions",
            ),
            each["layer"],
            str(each["version"]),
            _status(each),
            each["recorded_by"],
            when(each["recorded_at"]),
        )
        for each in body["drafts"]
    ]
    heads = ("名称 name", "图层 layer", "版本 version", "状态 status", "起草 by", "时间 at")
    made = element("div", table(heads, rows), class_="scroll")
    return page(request, "草案与在审 Drafts", (), made)


def _status(each: Mapping[str, Any]) -> str:
    choice = LAW_STATUS[each["law_status"]]
    return f"{choice.zh} {choice.en}"
