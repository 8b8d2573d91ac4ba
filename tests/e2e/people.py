"""People at the page: accounts with passwords, and how they sign in."""

from functools import cache

import httpx
from sqlalchemy import Engine, text

from gis_app.accounts import managing, signing
from gis_app.rights import Grant, Role
from gis_app.store.engine import writing
from tests.e2e.browser import Viewer
from tests.people import ALL_ROLES

PASSWORD = "correct horse battery"
HERE = "203.0.113.9"


def newcomer(engine: Engine, name: str, *grants: Grant) -> str:
    """An account that has not signed in yet: its one-time password."""
    forget(engine, name)
    return managing.create(engine, "test", name, None, grants)


def person(engine: Engine, name: str, *grants: Grant) -> str:
    """An account whose password is `PASSWORD`: its name."""
    once = newcomer(engine, name, *grants)
    signing.change_password(engine, name, once, PASSWORD, HERE)
    return name


def administrator(engine: Engine, name: str = "boss") -> str:
    """An administrator of everything."""
    return person(engine, name, Grant(Role.ADMINISTRATOR))


def forget(engine: Engine, name: str) -> None:
    """Whatever an earlier test left of an account; and all failed tries."""
    with writing(engine, "test") as conn:
        known = {"name": name}
        for table in ("session", "token", "account_role"):
            conn.execute(
                text(
                    f"delete from gis.{table} where account_id in"
                    " (select account_id from gis.account where name = :name)"
                ),
                known,
            )
        conn.execute(text("delete from gis.account where name = :name"), known)
        conn.execute(text("delete from gis.failed_sign_in"))


def end_sessions(engine: Engine, name: str) -> None:
    """The account's sessions end, as after twelve quiet hours."""
    with writing(engine, "test") as conn:
        conn.execute(
            text(
                "delete from gis.session where account_id ="
                " (select account_id from gis.account where name = :name)"
            ),
            {"name": name},
        )


def enter(viewer: Viewer, engine: Engine) -> Viewer:
    """Let the browser in as somebody who may do everything, without the form."""
    cookies = [{"name": k, "value": v, "url": viewer.url} for k, v in _session(engine, viewer.url)]
    viewer.page.context.add_cookies(cookies)
    return viewer


@cache
def _session(engine: Engine, url: str) -> list[tuple[str, str]]:
    given = {"name": person(engine, "drawer", *ALL_ROLES), "password": PASSWORD}
    return list(httpx.post(f"{url}/session", json=given).raise_for_status().cookies.items())


def sign_in(viewer: Viewer, name: str, password: str = PASSWORD) -> None:
    """Fill in the form and send it with Enter."""
    if not viewer.find("[data-dialog=sign-in]").is_visible():
        viewer.find(".account-button").click()
    viewer.find("#name").fill(name)
    viewer.find("#password").fill(password)
    viewer.page.keyboard.press("Enter")


def signed_in(viewer: Viewer, name: str) -> Viewer:
    """Sign in and wait until the page is the account's."""
    sign_in(viewer, name)
    viewer.find(".account-name").wait_for()
    return viewer.settle()
