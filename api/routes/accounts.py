"""Signing in and out, one's own password and tokens; accounts and roles for administrators."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StrictBool

from api.callers import COOKIE
from api.deps import Gis, Me, Who
from gis_app.accounts import managing, signing, tokens
from gis_app.errors import Forbidden, Unauthenticated
from gis_app.rights import Caller, Grant, Right, Role

router = APIRouter()
_Name = Annotated[str, Field(min_length=1, max_length=64)]
_Secret = Annotated[str, Field(min_length=1, max_length=200)]
_Area = Annotated[str, Field(max_length=12, description="行政区划代码前缀；空为全部 / blank: all")]
AccountName = Annotated[str, Path(min_length=1, max_length=64, alias="name")]


def _administrator(who: Who) -> Caller:
    """A caller who may administer somewhere; where, the journeys see to."""
    who.require(Right.ADMINISTER)
    return who


Admin = Annotated[Caller, Depends(_administrator)]


class SignIn(BaseModel):
    """A name and its password."""

    model_config = ConfigDict(extra="forbid")

    name: _Name
    password: _Secret


class NewPassword(BaseModel):
    """The password there is and the one there shall be."""

    model_config = ConfigDict(extra="forbid")

    old: _Secret
    new: _Secret


class NewToken(BaseModel):
    """What a token is for, which of the account's roles count, where, and for how many days."""

    model_config = ConfigDict(extra="forbid")

    label: str = Field(min_length=1, max_length=100)
    roles: list[Role] = Field(default_factory=list, description="空为全部 / none: all")
    area: _Area = ""
    days: int | None = Field(default=365, ge=1, le=3650)


class Given(BaseModel):
    """A role in an area."""

    model_config = ConfigDict(extra="forbid")

    role: Role
    area: _Area = ""


class NewAccount(BaseModel):
    """An account and its roles."""

    model_config = ConfigDict(extra="forbid")

    name: _Name
    full_name: str | None = Field(default=None, max_length=100)
    grants: list[Given] = Field(default_factory=list)


class Shut(BaseModel):
    """Whether an account is disabled."""

    model_config = ConfigDict(extra="forbid")

    disabled: StrictBool


@router.post("/session", status_code=201, summary="登录 / Sign in")
def sign_in(gis: Gis, request: Request, response: Response, given: SignIn) -> dict[str, Any]:
    """Begin a session: its secret goes into a cookie, what the caller may do into the answer."""
    address = request.client.host if request.client else "?"
    begun = signing.sign_in(gis.engine, given.name, given.password, address)
    return _begin(gis, response, begun)


@router.delete("/session", status_code=204, summary="退出 / Sign out")
def sign_out(gis: Gis, request: Request) -> Response:
    """End the session of the cookie."""
    secret = request.cookies.get(COOKIE)
    if secret is not None:
        signing.sign_out(gis.engine, secret)
        gis.callers.forget()
    response = Response(status_code=204)
    response.delete_cookie(COOKIE)
    return response


@router.get("/me", summary="我 / Who I am")
def me(gis: Gis, found: Me) -> dict[str, Any]:
    """The caller's account (null: a visitor), roles, rights, what of the wells is shown to him, and
    the CSRF token of the session; and whether one may sign in at a provider (`/session/oidc`).
    """
    return _told(gis, found)


@router.put("/me/password", summary="修改密码 / Change the password")
def change_password(
    gis: Gis, request: Request, response: Response, found: Me, given: NewPassword
) -> dict[str, Any]:
    """Another password for the caller's account; its other sessions end."""
    address = request.client.host if request.client else "?"
    name = _in_session(found)
    begun = signing.change_password(gis.engine, name, given.old, given.new, address)
    gis.callers.forget()
    return _begin(gis, response, begun)


@router.get("/me/tokens", summary="我的令牌 / My tokens")
def my_tokens(gis: Gis, who: Who) -> dict[str, Any]:
    """The tokens of the caller's account, newest first, without their secrets."""
    return {"tokens": tokens.listing(gis.engine, _account(who))}


@router.post("/me/tokens", status_code=201, summary="新令牌 / A new token")
def make_token(gis: Gis, found: Me, given: NewToken) -> dict[str, Any]:
    """A token for a program; its secret is told only now."""
    name = _changed_password(found)
    wanted = given.model_dump(exclude={"label"})
    token_id, secret = tokens.make(gis.engine, found.caller, name, given.label, wanted)
    return {"token_id": token_id, "token": secret}


@router.delete("/me/tokens/{tokenId}", status_code=204, summary="撤销令牌 / Take a token back")
def revoke_token(
    gis: Gis, found: Me, token_id: Annotated[int, Path(alias="tokenId", ge=1, le=2**63 - 1)]
) -> Response:
    """The token opens nothing any more."""
    tokens.revoke(gis.engine, found.caller, _changed_password(found), token_id)
    gis.callers.forget()
    return Response(status_code=204)


@router.get("/accounts", summary="账户 / Accounts")
def accounts(gis: Gis, who: Admin) -> dict[str, Any]:
    """The accounts that the caller may manage, with their roles."""
    return {"accounts": [_account_told(each) for each in managing.listing(gis.engine, who)]}


@router.post("/accounts", status_code=201, summary="新账户 / A new account")
def create(gis: Gis, who: Admin, given: NewAccount) -> dict[str, Any]:
    """An account with a one-time password, which is told only now."""
    grants = tuple(Grant(each.role, each.area) for each in given.grants)
    password = managing.create(gis.engine, who, given.name, given.full_name, grants)
    return {"name": given.name, "password": password}


@router.put("/accounts/{name}/grants", status_code=204, summary="授予角色 / Give a role")
def grant(gis: Gis, who: Admin, name: AccountName, given: Given) -> Response:
    """Give a role in an area; what is given already stays."""
    managing.grant(gis.engine, who, name, Grant(given.role, given.area))
    gis.callers.forget()
    return Response(status_code=204)


@router.delete("/accounts/{name}/grants/{role}", status_code=204, summary="收回角色 / Take a role")
def revoke(gis: Gis, who: Admin, name: AccountName, role: Role, area: str = "") -> Response:
    """Take a role in an area."""
    managing.revoke(gis.engine, who, name, Grant(role, area))
    gis.callers.forget()
    return Response(status_code=204)


@router.patch("/accounts/{name}", status_code=204, summary="停用或启用 / Disable or enable")
def disable(gis: Gis, who: Admin, name: AccountName, given: Shut) -> Response:
    """Shut an account, or open it again; its sessions end."""
    managing.disable(gis.engine, who, name, disabled=given.disabled)
    gis.callers.forget()
    return Response(status_code=204)


@router.post("/accounts/{name}/password", status_code=201, summary="重置密码 / Reset the password")
def reset(gis: Gis, who: Admin, name: AccountName) -> dict[str, Any]:
    """A new one-time password, which is told only now."""
    password = managing.reset(gis.engine, who, name)
    gis.callers.forget()
    return {"name": name, "password": password}


def _begin(gis: Gis, response: Response, begun: signing.Session) -> dict[str, Any]:
    keep(gis, response, begun)
    found = signing.of_session(gis.engine, begun.secret)
    if found is None:
        raise Unauthenticated("会话已结束，请重新登录。", "The session has ended: sign in again.")
    return _told(gis, found)


def keep(gis: Gis, response: Response, begun: signing.Session) -> None:
    """Let the browser keep a session."""
    lasts = signing.LONGEST  # the server ends it sooner when it is not used
    response.set_cookie(
        COOKIE,
        begun.secret,
        max_age=int(lasts.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=gis.settings.https,
    )


def _told(gis: Gis, found: signing.Signed) -> dict[str, Any]:
    who = found.caller
    return {
        "account": who.name,
        "roles": [asdict(each) for each in who.grants],
        "may": [right for right in Right if who.areas(right)],
        "areas": {right: who.areas(right) for right in Right if who.areas(right)},
        "sight": who.sight._asdict(),
        "must_change_password": found.must_change,
        "csrf": found.csrf,
        "oidc": gis.settings.oidc_issuer is not None,
    }


def _account(who: Caller) -> str:
    if who.name is None:
        raise Unauthenticated("请先登录。", "Sign in first.")
    return who.name


def _in_session(found: signing.Signed) -> str:
    """A token must not make tokens or change passwords: it would outlive its being taken back."""
    name = _account(found.caller)
    if found.csrf is None:
        raise Forbidden(
            "令牌不能管理密码和令牌，请在网页登录后操作。",
            "A token cannot manage passwords or tokens: sign in on the web page for that.",
        )
    return name


def _changed_password(found: signing.Signed) -> str:
    """A one-time password, which others may have seen, opens no door that outlives it."""
    name = _in_session(found)
    if found.must_change:
        raise Forbidden(
            "请先修改一次性密码（PUT /me/password），再管理令牌。",
            "Change the one-time password first (PUT /me/password), then manage tokens.",
        )
    return name


def _account_told(row: dict[str, Any]) -> dict[str, Any]:
    at: datetime | None = row["disabled_at"]
    kept = ("name", "full_name", "must_change", "created_at", "created_by")
    return {
        **{name: row[name] for name in kept},
        "disabled": at is not None,
        "grants": [asdict(each) for each in row["grants"]],
    }
