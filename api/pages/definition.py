"""The API's definition as a page: every operation, its parameters and what they take."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request

from api.pages.frame import page
from gis_app.report.markup import Html, element, joined, row, table

_METHODS = ("get", "post", "put", "patch", "delete")
_HEADS = ("参数 parameter", "在 in", "必填 required", "取值 takes", "说明 description")


def api(request: Request, described: Mapping[str, Any]) -> Html:
    """Every operation of an OpenAPI document, in its order."""
    parts = [
        _operation(method, path, each[method])
        for path, each in described["paths"].items()
        for method in _METHODS
        if method in each
    ]
    words = "机器可读 machine-readable: /api (OpenAPI 3.0), /openapi.json (OpenAPI 3.1)"
    return page(request, "接口说明 API", (), element("p", words), *parts)


def _operation(method: str, path: str, each: Mapping[str, Any]) -> Html:
    rows = [_parameter(p) for p in each.get("parameters", ())]
    shown = element("div", table(_HEADS, rows), class_="scroll") if rows else Html("")
    return joined(
        element("h2", f"{method.upper()} {path}"),
        element("p", each.get("summary", "")),
        element("p", each.get("description", ""), class_="muted"),
        shown,
    )


def _parameter(each: Mapping[str, Any]) -> Html:
    schema = each.get("schema", {})
    said = [part.get("type", "") for part in schema.get("anyOf", [schema])]
    kinds = [k for kind in said for k in ([kind] if isinstance(kind, str) else kind)]
    values = [str(v) for part in schema.get("anyOf", [schema]) for v in part.get("enum", ())]
    takes = " | ".join(values) or "、".join(k for k in kinds if k not in {"", "null"})
    for bound in ("minimum", "maximum", "default"):
        if schema.get(bound) is not None:
            takes += f" · {bound} {schema[bound]}"
    required = "是 yes" if each.get("required") else "—"
    return row(each["name"], each["in"], required, takes, each.get("description", ""))
