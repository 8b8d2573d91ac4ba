"""Every error as problem+json (RFC 9457), in Chinese and English."""

from collections.abc import Mapping
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.routing import Match

from api import faults
from api.present import geojson
from gis_app.errors import GisError, Outdated, ReadOnly, TooMany, Unauthenticated
from gis_app.store import items


def problem(
    status: int,
    title: str,
    zh: str,
    en: str,
    *,
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> Response:
    """A problem+json response."""
    body = {
        "type": "about:blank",
        "status": status,
        "title": title,
        "detail": f"{zh} {en}",
        "detail_zh": zh,
        "detail_en": en,
        **more,
    }
    told = dict(headers or {}) | ({"Retry-After": "2"} if status == 503 else {})
    return Response(orjson.dumps(body), status, told, media_type="application/problem+json")


def told(error: GisError) -> Response:
    """One of our own errors as a response."""
    more: dict[str, Any] = {}
    if error.problems:
        more["problems"] = [_plain(p) for p in error.problems[:100]]
    if isinstance(error, Outdated) and error.current is not None:
        more["current"] = {**geojson(error.current), "etag": items.etag(error.current)}
    headers = {}
    if isinstance(error, ReadOnly):
        headers["Allow"] = "GET, HEAD, OPTIONS"
    if isinstance(error, TooMany):
        headers["Retry-After"] = str(error.retry_after_s)
    if isinstance(error, Unauthenticated):
        headers["WWW-Authenticate"] = 'Bearer realm="gis-app"'
    return problem(error.status, error.title, error.zh, error.en, headers=headers, **more)


def install(app: FastAPI) -> None:
    """Teach the application to answer errors in this form."""

    @app.exception_handler(GisError)
    def _ours(_: Request, error: GisError) -> Response:
        return told(error)

    @app.exception_handler(RequestValidationError)
    def _invalid(_: Request, error: RequestValidationError) -> Response:
        found = faults.of(error.errors())
        return problem(
            400,
            "请求参数有误 / Bad request",
            f"请求参数有误：{'；'.join(each['zh'] for each in found)}。",
            f"The request is not valid: {'; '.join(each['en'] for each in found)}.",
            problems=found,
        )

    @app.exception_handler(HTTPException)
    def _http(request: Request, error: HTTPException) -> Response:
        return problem(
            error.status_code,
            str(error.detail),
            f"{request.method} {request.url.path}：{error.detail}",
            f"{request.method} {request.url.path}: {error.detail}",
            headers={"Allow": _allowed(request)} if error.status_code == 405 else error.headers,
        )


def _allowed(request: Request) -> str:
    """The methods of all routes of an address: the framework names those of the first only."""
    methods = {
        method
        for route in request.app.router.routes
        if route.matches(request.scope)[0] is not Match.NONE
        for method in getattr(route, "methods", None) or ()
    }
    return ", ".join(sorted(methods))


def _plain(item: object) -> Any:
    return item if isinstance(item, dict | str) else getattr(item, "__dict__", str(item))
