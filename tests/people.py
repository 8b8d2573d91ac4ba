"""People for tests: accounts with roles, and the tokens they come with."""

from sqlalchemy import Engine

from gis_app.accounts import tokens
from gis_app.rights import Grant, Role
from gis_app.store import accounts
from gis_app.store.engine import writing

ALL_ROLES = tuple(Grant(role) for role in Role)


def admit(engine: Engine, name: str = "tester", grants: tuple[Grant, ...] = ALL_ROLES) -> str:
    """Give somebody an account (with no password that opens it); a token of his."""
    with writing(engine, "test") as conn:
        if accounts.find(conn, name) is None:
            account_id = accounts.create(conn, name, None, "none")
            for grant in grants:
                accounts.grant(conn, account_id, grant)
    return tokens.make(engine, "test", name, "tests", {})[1]


def bearer(token: str) -> dict[str, str]:
    """The header that shows a token."""
    return {"Authorization": f"Bearer {token}"}
