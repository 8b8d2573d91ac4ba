"""Tokens of programs: notebooks, QGIS, GDAL sign in with them."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine

from gis_app.accounts.passwords import digest
from gis_app.areas import area_code
from gis_app.errors import BadInput
from gis_app.rights import Grant, Role, narrowed
from gis_app.store import accounts
from gis_app.store.engine import Actor, reading, writing


def make(
    engine: Engine, actor: Actor, name: str, label: str, values: dict[str, Any]
) -> tuple[int, str]:
    """A token of an account with `roles` (none: all of the account's), `area` and `days` (none: it
    does not end): its id and its secret, which is told only now. Raises `BadInput`, also where
    the account has no such role there, for the token would open nothing.
    """
    roles = [Role(each).value for each in values.get("roles") or Role]
    area = area_code(str(values.get("area") or ""), blank=True)
    days = values.get("days")
    secret = "gis_" + secrets.token_urlsafe(32)
    with writing(engine, actor) as conn:
        found = accounts.named(conn, name)
        _refuse_empty(name, accounts.grants(conn, found["account_id"]), roles, area)
        ends_at = None if days is None else datetime.now().astimezone() + timedelta(days=days)
        row = {"label": label, "roles": roles, "area": area, "ends_at": ends_at}
        return accounts.create_token(conn, found["account_id"], digest(secret), row), secret


def opens(engine: Engine, name: str, values: dict[str, Any]) -> tuple[Grant, ...]:
    """What a token with these `roles` and `area` opens, as the account's roles are now."""
    roles = [Role(each).value for each in values.get("roles") or Role]
    with reading(engine) as conn:
        held = accounts.grants(conn, accounts.named(conn, name)["account_id"])
    return narrowed(held, roles, str(values.get("area") or ""))


def listing(engine: Engine, name: str) -> list[dict[str, Any]]:
    """The tokens of an account, newest first."""
    with reading(engine) as conn:
        return accounts.tokens(conn, accounts.named(conn, name)["account_id"])


def revoke(engine: Engine, actor: Actor, name: str, token_id: int) -> None:
    """Take a token back."""
    with writing(engine, actor) as conn:
        accounts.revoke_token(conn, accounts.named(conn, name)["account_id"], token_id)


def _refuse_empty(name: str, held: Sequence[Grant], roles: Sequence[str], area: str) -> None:
    if narrowed(held, roles, area):
        return
    told = "、".join(f"{each.role.value} {each.area}".strip() for each in held)
    raise BadInput(
        f"账户“{name}”在所选范围内没有角色，令牌什么也打不开。它的角色：{told or '无'}。"
        "请改选角色或区划，或先授予角色（gis-app users grant）。",
        f"The account {name!r} has no such role there: the token would open nothing. Its roles: "
        f"{told or 'none'}. Choose others, or give it the role first (gis-app users grant).",
    )
