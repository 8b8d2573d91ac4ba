"""Who asks: from the session's cookie of a browser, or the token of a program.

What was found is believed for a second, so that tiles need not ask the database for each; a role
or token taken back works on that much longer, and no more.
"""

import base64
import binascii
import time
from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Engine
from starlette.requests import cookie_parser

from gis_app.accounts import signing
from gis_app.accounts.signing import Signed
from gis_app.errors import Unauthenticated
from gis_app.rights import Caller

COOKIE = "gis_session"
BELIEVED_S = 1.0
MOST = 10_000
Headers = Iterable[tuple[bytes, bytes]]
# what kind of credential, its secret, and the account's name where that was given
Credential = tuple[str, str, str | None]


class Callers:
    """The callers of one server process."""

    def __init__(self, engine: Engine, visitors: str) -> None:
        self._engine = engine
        self._visitor = Signed(Caller(wells=visitors))
        self._found: dict[Credential, tuple[float, Signed]] = {}

    def known(self, headers: Headers) -> Signed | None:
        """The caller, where no question to the database is needed. Raises `Unauthenticated`."""
        given = credential(headers)
        return self._visitor if given is None else self._believed(given)

    def of(self, headers: Headers) -> Signed:
        """The caller. Raises `Unauthenticated` for a token that does not hold; a session that has
        ended leaves a visitor.
        """
        given = credential(headers)
        if given is None:
            return self._visitor
        return self._believed(given) or self._asked(given)

    def forget(self) -> None:
        """Ask anew: somebody has signed in or out, or roles were changed here."""
        self._found.clear()

    def _believed(self, given: Credential) -> Signed | None:
        at, found = self._found.get(given, (0.0, None))
        return found if time.monotonic() - at < BELIEVED_S else None

    def _asked(self, given: Credential) -> Signed:
        kind, secret, name = given
        asked_at = time.monotonic()  # what changes while we ask is found a second after that
        if kind == "session":
            session = signing.of_session(self._engine, secret)
            found = self._visitor if session is None else self._seeing(session)
        else:
            token = signing.of_token(self._engine, secret, name)
            if token is None:
                raise Unauthenticated(
                    "令牌无效、已过期或已撤销。程序请用令牌登录，而不是密码。",
                    "The token is wrong, has ended or was taken back. Programs sign in with a "
                    "token, not with a password.",
                )
            found = self._seeing(token)
        if len(self._found) >= MOST:
            self._found.clear()
        self._found[given] = (asked_at, found)
        return found

    def _seeing(self, found: Signed) -> Signed:
        """Nobody sees less for having signed in."""
        return replace(found, caller=replace(found.caller, wells=self._visitor.caller.wells))


def credential(headers: Headers) -> Credential | None:
    """What a request shows for itself; a token goes before a cookie. Raises `Unauthenticated`."""
    cookie = None
    for name, value in headers:
        if name == b"authorization":
            return _authorization(value.decode("latin-1"))
        if name == b"cookie":
            cookie = cookie_parser(value.decode("latin-1")).get(COOKIE) or cookie
    return None if cookie is None else ("session", cookie, None)


def _authorization(header: str) -> Credential:
    scheme, _, rest = header.partition(" ")
    if scheme.lower() == "bearer" and rest.strip():
        return ("token", rest.strip(), None)
    if scheme.lower() == "basic":
        try:
            name, colon, secret = base64.b64decode(rest, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            colon = name = secret = ""
        if colon:
            return ("token", secret, name)
    raise Unauthenticated(
        "Authorization 应为 Bearer 令牌，或 Basic 用户名:令牌。",
        "Authorization is Bearer TOKEN, or Basic NAME:TOKEN.",
    )
