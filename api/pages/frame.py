"""The frame of every page: title, where one is, its JSON, the date of the law."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from fastapi import Request

from api import links
from gis_app.law import TEXT_AS_OF, legal_time
from gis_app.report.markup import Html, element, row, table

TITLE = "地下水区划与取水井登记"
Step = tuple[str, str]


def page(request: Request, title: str, trail: Sequence[Step], *content: str) -> Html:
    """A whole page; `trail` are the steps that lead to it: (words, path)."""
    root = links.root(request)
    steps = [local(request, words, path) for words, path in (("首页 Home", "/"), *trail)]
    head = element(
        "head",
        Html('<meta charset="utf-8">'),
        Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        element("title", f"{title} · {TITLE}"),
        Html(f'<link rel="stylesheet" href="{root}/pages/page.css">'),
    )
    body = element(
        "body",
        element(
            "header",
            element("nav", *_between(steps, " › "), class_="trail"),
            anchor("地图 Map", f"{root}/map/", class_="to-map"),
        ),
        element("main", element("h1", title), *content),
        element("footer", anchor("JSON", _as_json(request)), f" · 法律文本截至 {TEXT_AS_OF} · "
                "texts of law as of that day"),
    )  # fmt: skip
    return Html("<!doctype html>" + element("html", head, body, lang="zh-CN"))


def anchor(words: str, address: str, class_: str = "") -> Html:
    """A link."""
    return element("a", words, href=address, class_=class_)


def local(request: Request, words: str, path: str, class_: str = "") -> Html:
    """A link to a path of this service."""
    return anchor(words, links.root(request) + path, class_)


def to_verdict(request: Request, code: str) -> Html:
    """A well's code, which leads to the verdict on it."""
    return local(request, code, f"/wells/{quote(code)}/verdict?f=html")


def next_page(request: Request, **at: object) -> Html:
    """A link to the page that goes on at a place."""
    return anchor("下一页 Next", str(request.url.include_query_params(**at, f="html")))


def listed(heads: Sequence[str], rows: Sequence[Html]) -> Html:
    """A table that may be wider than the page."""
    return element("div", table(heads, rows), class_="scroll")


def when(instant: datetime | None) -> str:
    """An instant as an office in China reads it."""
    return "—" if instant is None else legal_time(instant)


def links_table(body: Mapping[str, Any]) -> Html:
    """The links of a resource, as a table."""
    rows = [
        row(anchor(each.get("title") or each["rel"], each["href"]), each["rel"], each["type"])
        for each in body.get("links", ())
        if not each.get("templated")
    ]
    return table(("链接 link", "关系 relation", "类型 type"), rows)


def facts(pairs: Sequence[tuple[str, Any]]) -> Html:
    """Names and values, one pair a row; blanks are shown as such."""
    rows = [element("tr", element("th", name), element("td", told(value))) for name, value in pairs]
    return element("table", *rows, class_="facts")


def told(value: Any) -> str:
    """A value as a reader sees it: a blank is not a no."""
    if value is None:
        return "—"
    if value is True:
        return "是 yes"
    if value is False:
        return "否 no"
    return value if isinstance(value, str) else str(value)


def _between(parts: Sequence[Html], mark: str) -> list[str]:
    made: list[str] = []
    for each in parts:
        made += [mark, each] if made else [each]
    return made


def _as_json(request: Request) -> str:
    return str(request.url.include_query_params(f="json"))
