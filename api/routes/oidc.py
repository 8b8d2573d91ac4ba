"""Signing in at the office's own provider (OpenID Connect), where the deployment has one."""

from typing import Annotated, Any
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Query, Request, Response

from api import links
from api.callers import COOKIE
from api.deps import Gis, State
from api.routes.accounts import keep
from gis_app.accounts import oidc
from gis_app.accounts.oidc import Asked, Provider
from gis_app.errors import NotFound, Unauthenticated

router = APIRouter(prefix="/session/oidc")
ASKED = "gis_oidc"
_MINUTES = 10
_GONE: Any = {"response_class": Response, "status_code": 303}


@router.get("", summary="统一登录 / Sign in at the provider", **_GONE)
def ask(
    gis: Gis,
    request: Request,
    after: Annotated[str, Query(max_length=2000, description="之后回到 / page to go on to")] = "",
) -> Response:
    """Send the browser to the provider, which sends it back to `/session/oidc/answer`."""
    asked = oidc.ask(_provider(gis), _back(request))
    kept = {"state": asked.state, "nonce": asked.nonce, "verifier": asked.verifier,
            "after": after}  # fmt: skip
    response = _to(asked.address)
    # no secret from its owner: it only ties the answer to this browser
    response.set_cookie(
        ASKED,
        urlencode(kept),
        max_age=_MINUTES * 60,
        path="/session/oidc",
        httponly=True,
        samesite="lax",
        secure=gis.settings.https,
    )
    return response


@router.get("/answer", summary="统一登录的答复 / Back from the provider", **_GONE)
def answer(gis: Gis, request: Request) -> Response:
    """Begin a session of the account that the provider names, and go on to the map."""
    kept = dict(parse_qsl(request.cookies.get(ASKED, "")))
    if not {"state", "nonce", "verifier"} <= set(kept):
        raise Unauthenticated(
            "登录请求已过期或不是从本浏览器发出的，请重新登录。",
            "The sign-in has expired or was not begun in this browser: begin again.",
        )
    asked = Asked("", kept["state"], kept["nonce"], kept["verifier"])
    name = oidc.answered(_provider(gis), _back(request), asked, request.query_params)
    begun = oidc.sign_in(gis.engine, name)
    response = _to(f"{links.root(request)}/map/{_within(kept.get('after', ''))}")
    response.delete_cookie(ASKED, path="/session/oidc")
    response.delete_cookie(COOKIE)
    keep(gis, response, begun)
    return response


def _anything(request: Request) -> set[str]:
    """What a provider adds to its answer is its own affair."""
    return set(request.query_params)


answer.open_parameters = _anything  # type: ignore[attr-defined]


def _provider(gis: State) -> Provider:
    settings = gis.settings
    if settings.oidc_issuer is None:
        raise NotFound(
            "本系统没有配置统一登录（GIS_OIDC_ISSUER）；请用密码登录。",
            "No provider is set (GIS_OIDC_ISSUER): sign in with a password.",
        )
    return Provider(
        settings.oidc_issuer,
        settings.oidc_client_id,
        settings.oidc_client_secret,
        settings.oidc_claim,
    )


def _back(request: Request) -> str:
    return f"{links.root(request)}/session/oidc/answer"


def _within(after: str) -> str:
    """A state of the map, and no other address."""
    return after if after.startswith(("#", "?")) else ""


def _to(address: str) -> Response:
    return Response(status_code=303, headers={"Location": address, "Cache-Control": "no-store"})
