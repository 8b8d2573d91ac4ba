"""Signing in at the office's own provider: OpenID Connect, authorization code flow with PKCE.

The provider says who somebody is; what he may do is said here. Only accounts that an administrator
has made are let in, by the claim that holds their name.
"""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization
from sqlalchemy import Engine

from gis_app.accounts.signing import Session, begin
from gis_app.errors import Forbidden, Unauthenticated, Unavailable
from gis_app.store import accounts
from gis_app.store.engine import writing

_ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
_TIMEOUT_S = 10.0


@dataclass(frozen=True)
class Provider:
    """A provider and how this service is known to it; `claim` holds the account's name."""

    issuer: str
    client_id: str
    client_secret: str | None
    claim: str = "preferred_username"


@dataclass(frozen=True)
class Asked:
    """A question that was sent with the browser: where to, and what its answer is checked by."""

    address: str
    state: str
    nonce: str
    verifier: str


def ask(provider: Provider, back: str) -> Asked:
    """Where to send the browser, which comes `back` to an address. Raises `Unavailable`."""
    endpoint = _described(provider)["authorization_endpoint"]
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest())
    query = {
        "response_type": "code",
        "scope": "openid profile",
        "client_id": provider.client_id,
        "redirect_uri": back,
        "state": state,
        "nonce": nonce,
        "code_challenge": challenge.rstrip(b"=").decode(),  # RFC 7636
        "code_challenge_method": "S256",
    }
    return Asked(f"{endpoint}?{urlencode(query)}", state, nonce, verifier)


def answered(provider: Provider, back: str, asked: Asked, said: Mapping[str, str]) -> str:
    """The account's name that the provider gives to whom came back with an answer (its query).

    Raises `Unauthenticated` for an answer that is not to this question or not signed by the
    provider, `Unavailable`.
    """
    if not secrets.compare_digest(said.get("state", "").encode(), asked.state.encode()):
        raise _failed("state")
    if "code" not in said:
        raise _failed(said.get("error_description") or said.get("error") or "code")
    described = _described(provider)
    token = _token(provider, described["token_endpoint"], back, asked, said["code"])
    try:
        keys = KeySet.import_key_set(cast(KeySetSerialization, _json(described["jwks_uri"])))
        found = jwt.decode(token, keys, algorithms=_ALGORITHMS).claims
        jwt.JWTClaimsRegistry(
            iss={"essential": True, "value": provider.issuer},
            aud={"essential": True, "value": provider.client_id},
            nonce={"essential": True, "value": asked.nonce},
            exp={"essential": True},
        ).validate(found)
    except (JoseError, ValueError) as error:
        raise _failed(str(error)) from error
    name = found.get(provider.claim)
    if not isinstance(name, str) or not name:
        raise _failed(f"{provider.claim} (GIS_OIDC_CLAIM)")
    return name


def sign_in(engine: Engine, name: str) -> Session:
    """A session of the account that the provider named. Raises `Forbidden` where there is none."""
    with writing(engine, name) as conn:
        found = accounts.find(conn, name)
        if found is not None and found["disabled_at"] is None:
            if found["must_change"]:  # a one-time password that nobody needs any more
                accounts.set_password(conn, found["account_id"], None, must_change=False)
            return begin(conn, found["account_id"])
    raise Forbidden(
        f"“{name}”在本系统没有启用的账户，请管理员建立（gis-app users add {name} …）。",
        f"{name!r} has no account here, or it is disabled: ask an administrator "
        f"(gis-app users add {name} …).",
    )


def _token(provider: Provider, endpoint: str, back: str, asked: Asked, code: str) -> str:
    """The ID token for a code."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "client_id": provider.client_id,
        "code_verifier": asked.verifier,
    }
    secret = provider.client_secret
    shown = httpx.BasicAuth(provider.client_id, secret) if secret else None
    try:
        answer = httpx.post(endpoint, data=form, auth=shown, timeout=_TIMEOUT_S)
        if answer.status_code >= 500:
            answer.raise_for_status()
        found = answer.json()
    except (httpx.HTTPError, ValueError) as error:
        raise _silent(endpoint, error) from error
    if "id_token" not in found:
        raise _failed(found.get("error_description") or found.get("error") or "id_token")
    return str(found["id_token"])


def _failed(why: str) -> Unauthenticated:
    return Unauthenticated(
        f"统一登录没有成功（{why}）。请重新登录。",
        f"The sign-in at the provider failed ({why}): sign in again.",
    )


def _silent(address: str, error: Exception) -> Unavailable:
    return Unavailable(
        f"统一登录没有应答（{address}）：{error}。请改用密码登录。",
        f"The provider does not answer ({address}): {error}. Sign in with a password.",
    )


def _described(provider: Provider) -> dict[str, Any]:
    """What the provider says of itself (OpenID Connect Discovery 1.0)."""
    found = _json(f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    if found.get("issuer") != provider.issuer:
        raise Unavailable(
            f"统一登录自称 {found.get('issuer')}，与 GIS_OIDC_ISSUER（{provider.issuer}）不符。",
            f"The provider calls itself {found.get('issuer')}, not {provider.issuer} "
            "(GIS_OIDC_ISSUER).",
        )
    return found


def _json(address: str) -> dict[str, Any]:
    try:
        answer = httpx.get(address, timeout=_TIMEOUT_S).raise_for_status()
        found: dict[str, Any] = answer.json()
    except (httpx.HTTPError, ValueError) as error:
        raise _silent(address, error) from error
    return found
