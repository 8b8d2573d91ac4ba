"""Signing in and out, passwords, sessions, tokens, and what administrators do."""

import time

import httpx
import pytest
from pwdlib import PasswordHash
from sqlalchemy import text
from typer.testing import CliRunner

from gis_app import registry
from gis_app.accounts import managing, passwords, signing, tokens
from gis_app.errors import BadInput, Conflict, Forbidden, TooMany, Unauthenticated
from gis_app.rights import Caller, Grant, Right, Role
from gis_app.settings import Settings
from gis_app.store.engine import writing
from tests.people import admit, bearer
from tests.service import serving
from tests.world import add_zone, square

HERE = "203.0.113.7"


@pytest.fixture
def office(fresh_database):
    """A database with its first administrator, whose password has been changed."""
    once = managing.first(fresh_database)
    signing.change_password(fresh_database, "admin", once, "very-long-secret", HERE)
    return fresh_database


@pytest.fixture
def http(office, tmp_path):
    with (
        serving(Settings(home=tmp_path), office, registry.load(), visitors="none") as service,
        httpx.Client(base_url=service.url, timeout=30) as client,
    ):
        yield client


def test_who_asks_is_told_what_of_the_wells_is_shown_to_him(office, tmp_path):
    own = bearer(admit(office, "own", (Grant(Role.VIEWER, "140302"),)))
    for visitors, nobody, sees_some in (
        ("none", {"areas": [], "counts": False}, {"areas": ["140302"], "counts": False}),
        ("counts", {"areas": [], "counts": True}, {"areas": ["140302"], "counts": True}),
        ("wells", {"areas": [""], "counts": True}, {"areas": [""], "counts": True}),
    ):
        settings = Settings(home=tmp_path)
        with serving(settings, office, registry.load(), visitors=visitors) as service:
            assert httpx.get(f"{service.url}/me").json()["sight"] == nobody
            assert httpx.get(f"{service.url}/me", headers=own).json()["sight"] == sees_some


def sign_in(http: httpx.Client, name: str = "admin", password: str = "very-long-secret"):
    return http.post("/session", json={"name": name, "password": password})


def test_the_first_start_makes_one_administrator_whose_password_opens_nothing_else(fresh_database):
    once = managing.first(fresh_database)
    assert managing.first(fresh_database) is None
    signed = signing.of_session(
        fresh_database, signing.sign_in(fresh_database, "admin", once, HERE).secret
    )
    assert signed.must_change
    assert not any(signed.caller.areas(right) for right in Right)
    changed = signing.change_password(fresh_database, "admin", once, "very-long-secret", HERE)
    assert signing.of_session(fresh_database, changed.secret).caller.may(Right.ADMINISTER)
    with pytest.raises(Unauthenticated):
        signing.sign_in(fresh_database, "admin", once, HERE)


def test_nothing_that_opens_is_kept(office):
    session = signing.sign_in(office, "admin", "very-long-secret", HERE)
    _, token = tokens.make(office, "test", "admin", "x", {})
    with office.connect() as conn:
        kept = " ".join(
            str(conn.execute(text(f"select array_agg(t::text) from gis.{table} t")).scalar())
            for table in ("account", "session", "token", "change")
        )
        assert conn.scalar(text("select password_hash from gis.account")).startswith("$argon2id$")
        changes = str(conn.execute(text("select array_agg(c::text) from gis.change c")).scalar())
    assert session.secret not in kept
    assert token not in kept
    assert "argon2" not in changes


def test_a_session_is_a_cookie_no_script_and_no_other_site_gets(http):
    answer = sign_in(http)
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie  # the test's service is not reached over https
    assert answer.json()["account"] == "admin"
    assert http.get("/me").json()["may"] == ["administer"]
    assert http.get("/me").headers["cache-control"] == "private, no-cache"


def test_a_change_with_a_cookie_needs_the_session_s_own_word(http):
    csrf = sign_in(http).json()["csrf"]
    body = {"name": "somebody", "grants": [{"role": "viewer"}]}
    for given in ({}, {"X-CSRF-Token": "x"}, {"X-CSRF-Token": csrf[:-1]}):
        assert http.post("/accounts", json=body, headers=given).status_code == 403
    foreign = {"X-CSRF-Token": csrf, "Origin": "https://elsewhere.example"}
    assert http.post("/accounts", json=body, headers=foreign).status_code == 403
    assert http.post("/accounts", json=body, headers={"X-CSRF-Token": csrf}).status_code == 201


def test_signing_out_ends_the_session_for_whoever_kept_it(http):
    csrf = sign_in(http).json()["csrf"]
    secret = http.cookies["gis_session"]
    assert http.delete("/session", headers={"X-CSRF-Token": csrf}).status_code == 204
    assert http.get("/me").json()["account"] is None
    again = httpx.get(f"{http.base_url}/me", headers={"Cookie": f"gis_session={secret}"})
    assert again.json()["account"] is None


def test_guessing_is_slowed_by_name_and_by_address(office):
    def tried(name: str, address: str) -> type[Exception] | None:
        try:
            signing.sign_in(office, name, "wrong", address)
        except (Unauthenticated, TooMany) as error:
            return type(error)
        return None

    answers = [tried("admin", HERE) for _ in range(100)]
    assert answers[:5] == [Unauthenticated] * 5
    assert answers.count(Unauthenticated) <= 8  # a wait or two may pass while hashes are made
    assert answers[-1] is TooMany
    assert tried("ADMIN", "198.51.100.1") is TooMany  # the name, from anywhere, in any case
    assert tried("somebody", HERE) is TooMany  # the address, for any name
    assert tried("somebody", "198.51.100.2") is Unauthenticated
    with pytest.raises(TooMany) as told:
        signing.sign_in(office, "admin", "very-long-secret", "198.51.100.3")
    assert 0 < told.value.retry_after_s <= 900
    with office.begin() as conn:  # a quarter of an hour later
        conn.execute(text("update gis.failed_sign_in set at = at - interval '16 minutes'"))
    assert signing.sign_in(office, "admin", "very-long-secret", HERE).secret


def test_the_wait_is_told_over_http(http):
    answers = [sign_in(http, password="wrong") for _ in range(12)]
    assert answers[0].status_code == 401
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) >= 1


def test_an_unknown_name_is_answered_like_a_wrong_password_and_takes_as_long(office, verified):
    said = set()
    for name in ("admin", "nobody"):
        with pytest.raises(Unauthenticated) as told:
            signing.sign_in(office, name, "wrong", HERE)
        said.add(str(told.value))
    assert len(said) == 1
    assert verified == [verified[0]] * 2  # a hash for each, as dear
    assert passwords.hasher() is PasswordHash.recommended()


def test_weak_and_old_passwords_are_refused(office):
    for new in ("short", "aaaaaaaaaaaa", "my-ADMIN-password", "very-long-secret"):
        with pytest.raises(BadInput):
            signing.change_password(office, "admin", "very-long-secret", new, HERE)


def test_another_password_ends_the_sessions_there_were(office):
    old = signing.sign_in(office, "admin", "very-long-secret", HERE)
    signing.change_password(office, "admin", "very-long-secret", "another-long-one", HERE)
    assert signing.of_session(office, old.secret) is None


@pytest.mark.parametrize("how", ["bearer", "basic"])
def test_a_token_opens_as_far_as_it_was_cut_and_not_after_it_was_taken_back(http, office, how):
    admit(office, "wang", (Grant(Role.ANALYST, "14"), Grant(Role.PLANNER, "1403")))
    wanted = {"roles": ["analyst"], "area": "140302"}
    token_id, secret = tokens.make(office, "test", "wang", "notebook", wanted)
    shown = bearer(secret) if how == "bearer" else {}
    basic = httpx.BasicAuth("wang", secret) if how == "basic" else None
    told = http.get("/me", headers=shown, auth=basic).json()
    assert told["roles"] == [{"role": "analyst", "area": "140302"}]
    assert told["csrf"] is None
    made = http.post("/me/tokens", json={"label": "x"}, headers=shown, auth=basic)
    assert made.status_code == 403  # a token makes no token
    tokens.revoke(office, "test", "wang", token_id)
    time.sleep(1.05)  # the promise: within a second
    answer = http.get("/me", headers=shown, auth=basic)
    assert answer.status_code == 401
    assert http.get("/collections/well/items", headers=bearer("gis_made-up")).status_code == 401
    tile = http.get("/collections/well/tiles/WebMercatorQuad/3/3/6", headers=shown, auth=basic)
    assert tile.status_code == 401


def test_a_token_that_would_open_nothing_is_not_made(office):
    admit(office, "wang", (Grant(Role.INSPECTOR, "140302"),))
    for wanted in ({"roles": ["planner"]}, {"area": "140303"}):
        with pytest.raises(BadInput, match="inspector 140302"):
            tokens.make(office, "test", "wang", "x", wanted)
    assert tokens.make(office, "test", "wang", "x", {"roles": ["planner", "inspector"]})


@pytest.mark.parametrize(
    ("words", "opens", "cut"),
    [
        ((), "viewer 14、planner 1403", False),
        (("--area", "140302"), "planner 140302、viewer 140302", False),
        (("--area", "14", "--role", "planner"), "planner 1403", True),
        (("--area", "1403", "--role", "viewer", "--role", "analyst"), "viewer 1403", True),
    ],
)
def test_the_console_says_what_a_token_opens(office, monkeypatch, words, opens, cut):
    from gis_app.cli import app, deps

    admit(office, "wang", (Grant(Role.VIEWER, "14"), Grant(Role.PLANNER, "1403")))
    monkeypatch.setattr(deps, "engine", lambda *_, **__: office)
    done = CliRunner().invoke(app, ["users", "token", "wang", "--label", "x", *words])
    assert done.exit_code == 0, done.output
    told = next(line for line in done.output.splitlines() if "it opens" in line)
    assert set(told.split(": ")[1].split("、")) == set(opens.split("、"))
    assert ("users grant" in done.output) == cut


def test_an_area_that_no_district_has_is_known_for_one(office):
    assert not managing.unknown_area(office, "999999")  # no districts are known yet
    with writing(office, "test") as conn:
        add_zone(conn, "district", square(0, 0, 100), area_code="140302")
    assert managing.unknown_area(office, "999999")
    assert not any(managing.unknown_area(office, each) for each in ("", "14", "140302100"))


def test_an_ended_token_opens_nothing(office):
    admit(office, "wang")
    _, secret = tokens.make(office, "test", "wang", "x", {"days": 1})
    assert signing.of_token(office, secret).caller.name == "wang"
    assert signing.of_token(office, secret, "someone-else") is None
    with office.begin() as conn:
        conn.execute(text("update gis.token set ends_at = now() - interval '1 second'"))
    assert signing.of_token(office, secret) is None


def test_an_account_that_only_programs_use_needs_no_first_sign_in(office):
    managing.create(office, "test", "robot", None, (Grant(Role.ANALYST, "14"),))
    _, secret = tokens.make(office, "test", "robot", "nightly", {})
    assert signing.of_token(office, secret).caller.grants == (Grant(Role.ANALYST, "14"),)
    managing.disable(office, "test", "robot")
    assert signing.of_token(office, secret) is None


def test_an_administrator_gives_roles_in_his_area_only(office):
    managing.create(office, "test", "county", None, (Grant(Role.ADMINISTRATOR, "140302"),))
    county = Caller("county", (Grant(Role.ADMINISTRATOR, "140302"),))
    managing.create(office, county, "li", "李", (Grant(Role.INSPECTOR, "140302"),))
    for refused in (
        lambda: managing.create(office, county, "x", None, (Grant(Role.INSPECTOR, "1403"),)),
        lambda: managing.create(office, county, "x", None, ()),
        lambda: managing.grant(office, county, "li", Grant(Role.APPROVER, "140321")),
        lambda: managing.reset(office, county, "admin"),
        lambda: managing.disable(office, county, "admin"),
    ):
        with pytest.raises(Forbidden):
            refused()
    assert [each["name"] for each in managing.listing(office, county)] == ["county", "li"]
    managing.grant(office, "test", "li", Grant(Role.APPROVER, "140321"))
    with pytest.raises(Forbidden):  # now li is somebody beyond the county
        managing.reset(office, county, "li")


def test_the_last_administrator_stays(office):
    with pytest.raises(Conflict):
        managing.disable(office, "test", "admin")
    with pytest.raises(Conflict):
        managing.revoke(office, "test", "admin", Grant(Role.ADMINISTRATOR))
    managing.create(office, "test", "second", None, (Grant(Role.ADMINISTRATOR),))
    managing.disable(office, "test", "admin")


def test_a_disabled_account_is_out_at_once_and_everywhere(office):
    once = managing.create(office, "test", "li", None, (Grant(Role.VIEWER),))
    session = signing.change_password(office, "li", once, "quite-long-word", HERE)
    _, token = tokens.make(office, "test", "li", "x", {})
    managing.disable(office, "test", "li")
    assert signing.of_session(office, session.secret) is None
    assert signing.of_token(office, token) is None
    with pytest.raises(Unauthenticated):
        signing.sign_in(office, "li", "quite-long-word", HERE)


def test_the_history_tells_who_gave_which_role(office):
    managing.create(office, "admin", "li", None, (Grant(Role.VIEWER, "14"),))
    managing.revoke(office, "boss", "li", Grant(Role.VIEWER, "14"))
    with office.connect() as conn:
        asked = text(
            "select actor, op, coalesce(new, old) ->> 'role' from gis.change"
            " where table_name = 'account_role' order by change_id desc limit 2"
        )
        rows = conn.execute(asked).all()
    assert rows == [("boss", "delete", "viewer"), ("admin", "insert", "viewer")]


def test_a_narrower_area_and_an_outer_one():
    caller = Caller("x", (Grant(Role.VIEWER, "1403"), Grant(Role.PLANNER, "140302")))
    assert caller.areas(Right.READ) == ("1403",)
    assert caller.areas(Right.DRAFT) == ("140302",)
    assert caller.may(Right.READ, "140321")
    assert not caller.may(Right.READ, "14")
    assert not caller.may(Right.DRAFT, None)


def test_a_one_time_password_makes_no_token_and_a_reset_takes_back_those_there_are(http, office):
    once = managing.create(office, "test", "once", None, (Grant(Role.VIEWER, "140302"),))
    csrf = {"X-CSRF-Token": sign_in(http, "once", once).json()["csrf"]}
    wanted = {"label": "stolen", "days": None}
    answer = http.post("/me/tokens", json=wanted, headers=csrf)
    assert answer.status_code == 403, answer.text
    assert "PUT /me/password" in answer.json()["detail_en"]
    changed = http.put(
        "/me/password", json={"old": once, "new": "another-long-one"}, headers=csrf
    ).json()
    made = http.post("/me/tokens", json=wanted, headers={"X-CSRF-Token": changed["csrf"]})
    assert made.status_code == 201, made.text
    assert signing.of_token(office, made.json()["token"]) is not None
    managing.reset(office, "test", "once")
    assert signing.of_token(office, made.json()["token"]) is None
