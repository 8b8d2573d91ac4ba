"""Signing in, the account, and the administrators' page, as people meet them."""

import re
from collections.abc import Iterator

import httpx
import pytest
from sqlalchemy import text

from gis_app.accounts import signing
from gis_app.rights import Grant, Right, Role
from gis_app.settings import Settings
from tests.e2e import people
from tests.e2e.browser import DESK, PHONE, Viewer, watched
from tests.e2e.test_promises import barriers, small_targets
from tests.service import Service, serving

OWN = "140302"


@pytest.fixture(scope="module")
def closed(service, tmp_path_factory) -> Iterator[Service]:
    """The same city where visitors see no wells."""
    settings = Settings(home=tmp_path_factory.mktemp("closed"))
    with serving(settings, service.engine, service.registry, visitors="none") as found:
        yield found


@pytest.fixture
def visitor(browser, closed) -> Iterator[Viewer]:
    """A visitor's desk where visitors see no wells."""
    with watched(browser, closed.url, **DESK) as viewer:
        yield viewer


@pytest.fixture
def visiting(mapless, closed) -> Iterator[Viewer]:
    """The same without a map."""
    with watched(mapless, closed.url, **DESK) as viewer:
        yield viewer


def wells_told(viewer: Viewer) -> int:
    return sum(viewer.numbers("[data-flag]", "flag").values())


def test_a_visitor_is_told_in_words_that_wells_are_not_shown_and_sees_them_once_signed_in(
    visitor, service
):
    name = people.person(service.engine, "wang", Grant(Role.INSPECTOR, OWN))
    lon, lat = (visitor.zone()[axis] for axis in ("lon", "lat"))
    visitor.open(f"#12/{lat}/{lon}&l=well")
    assert "不等于没有井" in visitor.find("[data-sight]").inner_text()
    assert visitor.find("[data-flag]").count() == 0
    assert "请先导入" not in visitor.find(".panel").inner_text()
    visitor.follow(f"#sel=near:{lon}:{lat}:3000")
    assert "不等于没有井" in visitor.find("[data-sight-state]").inner_text()

    people.signed_in(visitor, name)
    assert OWN in visitor.find("[data-sight]").inner_text()
    with service.engine.connect() as conn:
        own = conn.scalar(text("select count(*) from gis.well where area_code = :a"), {"a": OWN})
        sql = "select st_x(geom), st_y(geom) from gis.well where area_code = :a limit 1"
        x, y = conn.execute(text(sql), {"a": OWN}).one()
    visitor.follow(f"#13/{y}/{x}&l=well")
    visitor.find(".panel-back").click()
    assert wells_told(visitor) == own
    assert visitor.drawn("well") > 0

    visitor.find(".account-button").click()
    menu = visitor.find(".account-menu").inner_text()
    assert "检查员" in menu
    assert OWN in menu
    assert "账户管理" not in menu
    visitor.find("[role=menuitem]", has_text="退出").click()
    visitor.find(".account-button", has_text="登录").wait_for()
    visitor.settle()
    assert visitor.drawn("well") == 0
    assert visitor.find("[data-flag]").count() == 0


def test_a_wrong_password_is_said_and_too_many_say_how_long_to_wait(visiting, service):
    visiting.expected |= {"401", "429"}
    people.person(service.engine, "wang", Grant(Role.VIEWER))
    visiting.open()
    people.sign_in(visiting, "wang", "wrong password")
    visiting.find(".form-error").wait_for()
    assert "用户名或密码不对" in visiting.find(".form-error").inner_text()
    with httpx.Client(base_url=visiting.url) as other:
        for _ in range(signing.FREE_TRIES):
            other.post("/session", json={"name": "wang", "password": "wrong password"})
    visiting.page.keyboard.press("Enter")
    visiting.find(".form-send:disabled").wait_for()
    visiting.find(".form-error", has_text="次数过多").wait_for()
    assert re.search(r"请等待 \d+ 秒", visiting.find(".form-send").inner_text())
    people.forget(service.engine, "wang")


def test_the_dialog_keeps_the_focus_and_gives_it_back(visiting):
    visiting.open()
    visiting.find(".account-button").focus()
    visiting.page.keyboard.press("Enter")
    visiting.find("#name:focus").wait_for()
    inside = """() => document.activeElement === document.body
      || Boolean(document.activeElement.closest('dialog'))"""
    for _ in range(8):
        visiting.page.keyboard.press("Tab")
        assert visiting.page.evaluate(inside)
    visiting.page.keyboard.press("Escape")
    visiting.find("dialog").wait_for(state="detached")
    assert visiting.page.evaluate(
        "() => document.activeElement.classList.contains('account-button')"
    )


def test_a_one_time_password_opens_nothing_but_the_form_that_changes_it(visiting, service):
    once = people.newcomer(service.engine, "neu", Grant(Role.VIEWER))
    visiting.open()
    people.sign_in(visiting, "neu", once)
    visiting.find("[data-dialog=password]").wait_for()
    visiting.page.keyboard.press("Escape")
    assert visiting.find("[data-dialog=password]").is_visible()
    visiting.open()
    visiting.find("[data-dialog=password]").wait_for()
    visiting.find("#old").fill(once)
    visiting.find("#new").fill("short")
    visiting.find("#again").fill("other")
    visiting.page.keyboard.press("Enter")
    assert "至少 10 个字符" in visiting.find("#new-bad").inner_text()
    assert "不一致" in visiting.find("#again-bad").inner_text()
    for field in ("#new", "#again"):
        visiting.find(field).fill("quite another secret")
    visiting.page.keyboard.press("Enter")
    visiting.find("[data-dialog=password]").wait_for(state="detached")
    visiting.settle()
    assert wells_told(visiting) > 0
    found = signing.sign_in(service.engine, "neu", "quite another secret", people.HERE)
    assert signing.of_session(service.engine, found.secret).caller.may(Right.READ)


def test_work_outlives_a_session_that_ends(visiting, service):
    visiting.expected |= {"401", "403"}
    name = people.person(service.engine, "wang", Grant(Role.ANALYST))
    visiting.open()
    people.signed_in(visiting, name)
    visiting.find(".account-button").click()
    visiting.find("[role=menuitem]", has_text="我的账户").click()
    visiting.find("[data-make]").click()
    visiting.find("#label").fill("办公室的 QGIS")
    people.end_sessions(service.engine, name)
    visiting.page.wait_for_timeout(1100)  # a server believes what it found for a second
    visiting.page.keyboard.press("Enter")
    visiting.find("[data-dialog=sign-in]").wait_for()
    assert "登录已结束" in visiting.find("[data-dialog=sign-in]").inner_text()
    assert visiting.find("#label").input_value() == "办公室的 QGIS"
    visiting.find("#password").fill(people.PASSWORD)
    visiting.page.keyboard.press("Enter")
    visiting.find("[data-secret]").wait_for()
    token = visiting.find(".secret-text").inner_text()
    shown = {"Authorization": f"Bearer {token}"}
    assert httpx.get(f"{visiting.url}/me", headers=shown).json()["account"] == name

    visiting.find("[data-token] button").click()
    visiting.find("[data-token]").wait_for(state="detached")
    visiting.page.wait_for_timeout(1100)
    assert httpx.get(f"{visiting.url}/me", headers=shown).status_code == 401


def test_an_administrator_makes_an_account_and_governs_it_by_keyboard(visiting, service):
    people.forget(service.engine, "li")
    boss = people.administrator(service.engine)
    visiting.open()
    people.signed_in(visiting, boss)
    keys = visiting.page.keyboard
    visiting.find(".account-button").focus()
    keys.press("Enter")
    visiting.find("[role=menuitem]:focus").wait_for()
    keys.press("ArrowDown")
    keys.press("Enter")
    visiting.find("[data-account=boss]").wait_for()
    visiting.find("[data-add]").focus()
    keys.press("Enter")
    visiting.find("#new-name:focus").wait_for()
    keys.type("li")
    visiting.find("#role").select_option("planner")
    visiting.find("#area").fill(OWN)
    offered = visiting.find("#area-list option").evaluate_all("(all) => all.map((o) => o.value)")
    assert OWN in offered
    keys.press("Enter")
    visiting.find("[data-secret]").wait_for()
    once = visiting.find(".secret-text").inner_text()
    assert signing.of_session(
        service.engine, signing.sign_in(service.engine, "li", once, people.HERE).secret
    ).must_change
    row = visiting.find("[data-account=li]")
    row.locator(".role-chip", has_text="规划员").wait_for()
    assert "待改密码" in row.inner_text()

    row.get_by_role("button", name="授予").click()
    visiting.find("[data-account=li] #role").select_option("viewer")
    visiting.find("[data-account=li] .form-send").click()
    row.locator(".role-chip", has_text="查看").wait_for()
    row.locator(".role-chip", has_text="规划员").locator("button").click()
    row.locator(".role-chip", has_text="规划员").wait_for(state="detached")
    row.get_by_role("button", name="停用").click()
    row.get_by_text("已停用").wait_for()
    row.get_by_role("button", name="启用").click()
    row.get_by_text("待改密码").wait_for()
    row.get_by_role("button", name="重置").click()
    visiting.find(".form-done", has_text="已重置").wait_for()
    assert visiting.find(".secret-text").inner_text() != once
    people.forget(service.engine, "li")


def screens(viewer: Viewer, boss: str):
    viewer.open()
    viewer.find(".account-button").click()
    viewer.find("#password").wait_for()
    yield "sign in"
    people.signed_in(viewer, boss)
    viewer.find(".account-button").click()
    viewer.find("[role=menuitem]").first.wait_for()
    yield "menu"
    viewer.find("[role=menuitem]", has_text="我的账户").click()
    viewer.find("[data-make]").click()
    viewer.find("#label").wait_for()
    yield "account"
    viewer.page.keyboard.press("Escape")
    viewer.find(".account-button").click()
    viewer.find("[role=menuitem]", has_text="账户管理").click()
    viewer.find("[data-add]").click()
    viewer.find("[data-account]").first.wait_for()
    yield "accounts"


@pytest.mark.parametrize("kind", [DESK, PHONE], ids=["desk", "phone"])
def test_no_screen_of_people_has_a_barrier_or_a_small_target(mapless, closed, service, kind):
    boss = people.administrator(service.engine)
    with watched(mapless, closed.url, **kind) as viewer:
        for screen in screens(viewer, boss):
            assert barriers(viewer) == [], screen
            if kind is PHONE:
                assert small_targets(viewer) == [], screen
                wide = "() => document.documentElement.scrollWidth"
                assert viewer.page.evaluate(wide) <= 390, screen


@pytest.fixture(scope="module")
def counting(service, tmp_path_factory) -> Iterator[Service]:
    """The same city where visitors see counts of wells."""
    settings = Settings(home=tmp_path_factory.mktemp("counting"))
    with serving(settings, service.engine, service.registry, visitors="counts") as found:
        yield found


def _zoom(url: str) -> list[int]:
    found = re.search(r"/well/tiles/\w+/(\d+)/", url)
    return [int(found[1])] if found else []


def test_counts_are_shown_however_near_and_never_as_wells(browser, counting, service):
    with watched(browser, counting.url, **DESK) as viewer:
        zone = viewer.zone()
        zooms = []
        viewer.page.on("request", lambda r: zooms.extend(_zoom(r.url)))
        viewer.open(f"#13/{zone['lat']}/{zone['lon']}&l=well")
        assert "按格网显示数量" in viewer.find("[data-sight]").inner_text()
        assert viewer.find("[data-counted]").is_visible()
        drawn = """() => window.__gw.map.queryRenderedFeatures({ layers: ['well/count'] })
          .map((f) => f.properties.wells)"""
        assert min(viewer.page.evaluate(drawn)) > 0
        assert max(zooms) == 9
        people.signed_in(viewer, people.person(service.engine, "wang", Grant(Role.VIEWER)))
        assert viewer.find("[data-sight]").count() == 0
        assert viewer.drawn("well") > 0
        marks = "() => window.__gw.map.queryRenderedFeatures({ layers: ['well/mark'] }).length"
        assert viewer.page.evaluate(marks) > 0
