"""Every error as problem+json (RFC 9457), in Chinese and English."""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from gis_app.errors import GisError


def problem(status: int, title: str, zh: str, en: str, **more: Any) -> JSONResponse:
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
    headers = {"Retry-After": "2"} if status == 503 else None
    return JSONResponse(body, status, headers, media_type="application/problem+json")


def told(error: GisError) -> JSONResponse:
    """One of our own errors as a response."""
    more = {"problems": [_plain(p) for p in error.problems[:100]]} if error.problems else {}
    return problem(error.status, error.title, error.zh, error.en, **more)


def install(app: FastAPI) -> None:
    """Teach the application to answer errors in this form."""

    @app.exception_handler(GisError)
    def _ours(_: Request, error: GisError) -> JSONResponse:
        return told(error)

    @app.exception_handler(RequestValidationError)
    def _invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        faults = [
            {"where": ".".join(str(part) for part in e["loc"]), "message": e["msg"]}
            for e in error.errors()
        ]
        named = "; ".join(f"{f['where']}: {f['message']}" for f in faults)
        return problem(
            400,
            "请求参数有误 / Bad request",
            f"请求参数有误：{named}。",
            f"The request is not valid: {named}.",
            problems=faults,
        )

    @app.exception_handler(HTTPException)
    def _http(request: Request, error: HTTPException) -> JSONResponse:
        return problem(
            error.status_code,
            str(error.detail),
            f"{request.method} {request.url.path}：{error.detail}",
            f"{request.method} {request.url.path}: {error.detail}",
        )


def _plain(item: object) -> Any:
    return item if isinstance(item, dict | str) else getattr(item, "__dict__", str(item))
