"""Tokens of programs: notebooks, QGIS, GDAL sign in with them."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine

from gis_app.accounts.passwords import digest
from gis_app.areas import area_code
from gis_app.rights import Role
from gis_app.store import accounts
from gis_app.store.engine import Actor, reading, writing


def make(
    engine: Engine, actor: Actor, name: str, label: str, values: dict[str, Any]
) -> tuple[int, str]:
    """A token of an account with `roles` (none: all of the account's), `area` and `days` (none: it
    does not end): its id and its secret, which is told only now. Raises `BadInput`.
    """
    roles = [Role(each).value for each in values.get("roles") or Role]
    area = area_code(str(values.get("area") or ""), blank=True)
    days = values.get("days")
    secret = "gis_" + secrets.token_urlsafe(32)
    with writing(engine, actor) as conn:
        found = accounts.named(conn, name)
        ends_at = None if days is None else datetime.now().astimezone() + timedelta(days=days)
        row = {"label": label, "roles": roles, "area": area, "ends_at": ends_at}
        return accounts.create_token(conn, found["account_id"], digest(secret), row), secret


def listing(engine: Engine, name: str) -> list[dict[str, Any]]:
    """The tokens of an account, newest first."""
    with reading(engine) as conn:
        return accounts.tokens(conn, accounts.named(conn, name)["account_id"])


def revoke(engine: Engine, actor: Actor, name: str, token_id: int) -> None:
    """Take a token back."""
    with writing(engine, actor) as conn:
        accounts.revoke_token(conn, accounts.named(conn, name)["account_id"], token_id)
