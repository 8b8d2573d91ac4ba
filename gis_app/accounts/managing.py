"""What administrators do: accounts made, shut and opened; roles given and taken."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping

from gis_app.accounts.passwords import hasher, one_time
from gis_app.areas import area_code
from gis_app.errors import BadInput, Conflict, Forbidden
from gis_app.rights import Caller, Grant, Right, Role
from gis_app.store import accounts
from gis_app.store.engine import Actor, reading, writing

FIRST = "admin"


def first(engine: Engine) -> str | None:
    """Make the account `admin` where there is none yet: its one-time password, told only now."""
    with writing(engine, "first start") as conn:
        accounts.queue(conn, ["first"])
        if accounts.any_there(conn):
            return None
        return _create(conn, FIRST, None, (Grant(Role.ADMINISTRATOR),))


def create(
    engine: Engine, actor: Actor, name: str, full_name: str | None, grants: tuple[Grant, ...]
) -> str:
    """A new account with roles: its one-time password. Raises `BadInput`, `Forbidden`."""
    if not re.fullmatch(r"[^\W_][\w.@-]{0,63}", name):
        raise BadInput(
            f"用户名“{name}”不可用：应为 1–64 个字母、汉字或数字，可含 . _ @ -。",
            f"{name!r} is no account name: 1–64 letters or digits, with . _ @ - within.",
        )
    for given in grants:
        area_code(given.area, blank=True)
        _require(actor, given.area)
    if not grants:
        _require(actor, "")
    with writing(engine, actor) as conn:
        return _create(conn, name, full_name, grants)


def grant(engine: Engine, actor: Actor, name: str, given: Grant) -> None:
    """Give a role in an area."""
    area_code(given.area, blank=True)
    _require(actor, given.area)
    with writing(engine, actor) as conn:
        accounts.grant(conn, _managed(conn, actor, name)["account_id"], given)


def revoke(engine: Engine, actor: Actor, name: str, taken: Grant) -> None:
    """Take a role in an area. Raises `Conflict` for the last administrator."""
    _require(actor, taken.area)
    with _keeping_one(engine, actor) as conn:
        accounts.revoke(conn, accounts.named(conn, name)["account_id"], taken)


def disable(engine: Engine, actor: Actor, name: str, *, disabled: bool = True) -> None:
    """Shut an account and end its sessions, or open it again. Raises `Conflict` as `revoke`."""
    with _keeping_one(engine, actor) as conn:
        found = _managed(conn, actor, name)
        accounts.set_disabled(conn, found["account_id"], disabled=disabled)


def reset(engine: Engine, actor: Actor, name: str) -> str:
    """Give an account a new one-time password, which is told only now; its tokens are taken back,
    for whoever else knew the old one may have made them.
    """
    with writing(engine, actor) as conn:
        found = _managed(conn, actor, name)
        password = one_time()
        hashed = hasher().hash(password)
        accounts.set_password(conn, found["account_id"], hashed, must_change=True)
        accounts.revoke_tokens(conn, found["account_id"])
        accounts.forget_failures(conn, f"name {name.lower()}")
    return password


def listing(engine: Engine, actor: Actor) -> list[dict[str, Any]]:
    """The accounts that an administrator may manage."""
    with reading(engine) as conn:
        return [each for each in accounts.listing(conn) if _may_manage(actor, each["grants"])]


def unknown_area(engine: Engine, area: str) -> bool:
    """Whether districts are known and none of them has such a code, or lies around it."""
    with reading(engine) as conn:
        known = accounts.district_codes(conn)
    return bool(known) and not any(k.startswith(area) or area.startswith(k) for k in known)


def _create(conn: Connection, name: str, full_name: str | None, grants: tuple[Grant, ...]) -> str:
    password = one_time()
    account_id = accounts.create(conn, name, full_name, hasher().hash(password))
    for given in grants:
        accounts.grant(conn, account_id, given)
    return password


def _require(actor: Actor, area: str) -> None:
    """Whoever is at the console of the server may manage all accounts; a caller his areas'."""
    if isinstance(actor, Caller):
        actor.require(Right.ADMINISTER, area)


def _may_manage(actor: Actor, grants: Iterable[Grant]) -> bool:
    """Whether all of an account's roles lie where the administrator is one."""
    if not isinstance(actor, Caller):
        return True
    held = list(grants)
    if not held:
        return actor.may(Right.ADMINISTER, "")
    return all(actor.may(Right.ADMINISTER, each.area) for each in held)


def _managed(conn: Connection, actor: Actor, name: str) -> RowMapping:
    """An account that the administrator may manage. Raises `NotFound`, `Forbidden`."""
    found = accounts.named(conn, name)
    if not _may_manage(actor, accounts.grants(conn, found["account_id"])):
        raise Forbidden(
            f"账户“{name}”在您的管辖区划之外也有角色，请由上级管理员处理。",
            f"The account {name!r} has roles beyond your area: ask an administrator above you.",
        )
    return found


@contextmanager
def _keeping_one(engine: Engine, actor: Actor) -> Iterator[Connection]:
    """A change after which somebody can still administer everywhere."""
    with writing(engine, actor) as conn:
        accounts.queue(conn, ["administrators"])
        before = accounts.administrators(conn)
        yield conn
        if before and not accounts.administrators(conn):
            raise Conflict(
                "这是最后一个全局管理员；请先授权另一个账户。",
                "This is the last administrator of everything: give another account the role "
                "first.",
            )
