"""Signing in and out; whose a session or a token is."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine

from gis_app.accounts.passwords import check, digest, hasher, nobody
from gis_app.errors import BadInput, TooMany, Unauthenticated
from gis_app.rights import Caller, narrowed
from gis_app.store import accounts
from gis_app.store.engine import reading, writing

FREE_TRIES = 5
LONGEST = accounts.LONGEST


@dataclass(frozen=True)
class Session:
    """A session that has begun: its secret (the cookie), its CSRF token, and when it ends."""

    secret: str
    csrf: str
    ends_at: datetime


@dataclass(frozen=True)
class Signed:
    """Who a request comes from. `csrf` is of a session only; who must change his password may do
    nothing else.
    """

    caller: Caller
    csrf: str | None = None
    must_change: bool = False


def sign_in(engine: Engine, name: str, password: str, address: str) -> Session:
    """A session for a name and password. Raises `Unauthenticated`, or `TooMany` when guessing.

    An unknown name takes as long as a wrong password and is answered alike.
    """
    keys = [f"name {name.lower()}", f"from {address}"]
    with writing(engine, name) as conn:
        accounts.queue(conn, keys)
        wait = accounts.wait_s(conn, keys, FREE_TRIES)
        if wait:
            raise _too_many(wait)
        found = accounts.find(conn, name)
        known = found is not None and found["password_hash"] is not None
        hashed = str(found["password_hash"]) if found is not None and known else nobody()
        right = hasher().verify(password, hashed)
        if found is not None and known and right and found["disabled_at"] is None:
            accounts.forget_failures(conn, keys[0])
            return begin(conn, found["account_id"])
        accounts.note_failure(conn, keys)
    raise Unauthenticated(
        "用户名或密码不对，或账户已停用。",
        "The name or the password is wrong, or the account is disabled.",
    )


def begin(conn: Connection, account_id: int) -> Session:
    """A session of an account whose owner has shown who he is."""
    secret, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    return Session(secret, csrf, accounts.begin_session(conn, account_id, digest(secret), csrf))


def sign_out(engine: Engine, secret: str) -> None:
    """End a session."""
    with writing(engine, "sign-out") as conn:
        accounts.end_session(conn, digest(secret))


def of_session(engine: Engine, secret: str) -> Signed | None:
    """Whose session this is; None where it has ended."""
    with reading(engine) as conn:
        found = accounts.of_session(conn, digest(secret))
        if found is None:
            return None
        grants = accounts.grants(conn, found["account_id"])
        if found["to_note"]:
            accounts.note_session(conn, digest(secret))
            conn.commit()
    must_change = bool(found["must_change"])
    caller = Caller(found["name"], () if must_change else grants)
    return Signed(caller, found["csrf"], must_change)


def of_token(engine: Engine, secret: str, name: str | None = None) -> Signed | None:
    """Whose token this is; None where it does not hold, or is not of the account named."""
    with reading(engine) as conn:
        found = accounts.of_token(conn, digest(secret))
        if found is None or (name is not None and name.lower() != found["name"].lower()):
            return None
        grants = accounts.grants(conn, found["account_id"])
        if found["to_note"]:
            accounts.note_token(conn, digest(secret))
            conn.commit()
    return Signed(Caller(found["name"], narrowed(grants, found["roles"], found["area"])))


def change_password(engine: Engine, name: str, old: str, new: str, address: str) -> Session:
    """Give an account another password; all its sessions end, and a new one begins.

    Raises `Unauthenticated` for a wrong old one, `BadInput` for a new one that is too weak.
    """
    check(name, new)
    if secrets.compare_digest(old.encode(), new.encode()):
        raise BadInput("新密码不能与旧密码相同。", "The new password must be another one.")
    sign_in(engine, name, old, address)
    with writing(engine, name) as conn:
        found = accounts.named(conn, name)
        hashed = hasher().hash(new)
        accounts.set_password(conn, found["account_id"], hashed, must_change=False)
    return sign_in(engine, name, new, address)


def _too_many(wait_s: int) -> TooMany:
    error = TooMany(
        f"密码错误次数过多，请在 {wait_s} 秒后重试。",
        f"Too many wrong passwords: try again in {wait_s} seconds.",
    )
    error.retry_after_s = wait_s
    return error
