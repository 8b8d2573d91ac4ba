"""Signing in at a provider, against a real one on this machine."""

from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from oidc_provider_mock import User, run_server_in_thread

from gis_app import registry
from gis_app.accounts import managing
from gis_app.rights import Grant, Role
from gis_app.settings import Settings
from tests.service import serving

# the provider's own, of its own library
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def issuer():
    people = [User(sub=name, claims={"preferred_username": name}) for name in ("wang", "nobody")]
    with run_server_in_thread(user_claims=people) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def office(fresh_database, issuer, tmp_path):
    managing.create(fresh_database, "test", "wang", "王", (Grant(Role.INSPECTOR, "140302"),))
    settings = Settings(home=tmp_path, oidc_issuer=issuer, oidc_client_secret="secret")
    with serving(settings, fresh_database, registry.load()) as service:
        yield service


@pytest.fixture
def browser(office):
    with httpx.Client(base_url=office.url, timeout=30) as client:
        yield client


def at_provider(browser, name: str, after: str = "") -> str:
    """Go to the provider and say who one is; the address that one is sent back to."""
    sent = browser.get("/session/oidc", params={"after": after})
    assert sent.status_code == 303, sent.text
    asked = parse_qs(urlsplit(sent.headers["location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert {"state", "nonce", "code_challenge"} <= set(asked)
    back = httpx.post(sent.headers["location"], data={"sub": name})
    assert back.status_code == 302, back.text
    return back.headers["location"]


def test_whoever_has_an_account_is_let_in_with_its_roles(browser):
    assert browser.get("/me").json()["oidc"] is True
    done = browser.get(at_provider(browser, "wang", after="#12/37.9/113.6"))
    assert done.status_code == 303, done.text
    assert done.headers["location"].endswith("/map/#12/37.9/113.6")
    told = browser.get("/me").json()
    assert told["account"] == "wang"
    assert told["roles"] == [{"role": "inspector", "area": "140302"}]
    assert told["csrf"]


def test_whoever_has_none_is_sent_to_the_administrator(browser):
    answer = browser.get(at_provider(browser, "nobody"))
    assert answer.status_code == 403
    assert "gis-app users add nobody" in answer.json()["detail_en"]
    assert browser.get("/me").json()["account"] is None


def test_an_answer_to_another_s_question_is_refused(browser, office):
    back = at_provider(browser, "wang")
    with httpx.Client(base_url=office.url) as other:
        assert other.get(back).status_code == 401  # never asked
        other.get("/session/oidc")
        assert other.get(back).status_code == 401  # asked, but something else
    assert browser.get(back.replace("code=", "code=x")).status_code == 401
    assert browser.get(back).status_code == 303


def test_no_other_site_is_gone_on_to(browser):
    done = browser.get(at_provider(browser, "wang", after="//elsewhere.example/"))
    assert done.headers["location"].endswith("/map/")


def test_a_provider_that_does_not_answer_and_one_that_is_not_set(fresh_database, tmp_path):
    settings = Settings(home=tmp_path, oidc_issuer="http://localhost:9")
    with serving(settings, fresh_database, registry.load()) as service:
        answer = httpx.get(f"{service.url}/session/oidc")
        assert answer.status_code == 503
        assert "密码" in answer.json()["detail_zh"]
    with serving(Settings(home=tmp_path), fresh_database, registry.load()) as service:
        assert httpx.get(f"{service.url}/session/oidc").status_code == 404
        assert httpx.get(f"{service.url}/me").json()["oidc"] is False
