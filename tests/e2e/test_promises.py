"""What holds for every screen: policy, accessibility, fingers, old machines, hostile names."""

from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from gis_app.store.engine import writing
from tests.e2e import people
from tests.e2e.browser import BARE

AXE = Path(__file__).parents[2] / "api/viewer/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# a box to tick is touched by its label; a field to fill in, by itself
TOUCHED = (
    "button, a[href], select, summary, label:not([for]), [role=option],"
    " input:not([type=checkbox]):not([type=radio])"
)


def screens(viewer):
    """Every screen of the panel in turn."""
    close, doubt = viewer.wells("close")[0], viewer.wells("indeterminate")[0]
    lon, lat = close["lon"], close["lat"]
    zone = viewer.zone()
    viewer.open(f"#12/{lat}/{lon}&l=well")
    viewer.pull_up()
    viewer.find(".layer-more").first.click()
    yield "home"
    for name, fragment in {
        "well": f"sel=well:{close['code']}",
        "doubt": f"sel=well:{doubt['code']}",
        "zone": f"sel=zone:{zone['layer']}:{zone['id']}",
        "near": f"sel=near:{lon}:{lat}:3000",
    }.items():
        viewer.follow(f"#12/{lat}/{lon}&{fragment}")
        yield name
    viewer.follow(f"#12/{lat}/{lon}&sel=precheck:{lon}:{lat}")
    viewer.find(".ask-more > summary").click()
    yield "form"
    viewer.find("[data-key=precheck-send]").click()
    viewer.find(".outcome").wait_for()
    viewer.settle()
    yield "answer"
    viewer.unfold()
    yield "answer unfolded"


def test_the_policy_is_strict(service):
    # that nothing breaks it, every test here watches
    header = httpx.get(f"{service.url}/map/").headers["content-security-policy"]
    assert "unsafe" not in header
    assert "script-src 'self'" in header
    assert "worker-src 'self'" in header


def barriers(viewer) -> list[str]:
    """What axe-core finds on the screen as it is."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: npm ci in api/viewer")
    if not viewer.page.evaluate("() => Boolean(window.axe)"):
        viewer.page.evaluate(AXE.read_text(encoding="utf-8"))
    script = """async (rules) => {
      const { violations } = await window.axe.run(document, { runOnly: rules });
      const where = (v) => v.nodes.map((n) => n.html.slice(0, 120)).join(' | ');
      return violations.map((v) => `${v.id}: ${where(v)}`);
    }"""
    return list(viewer.page.evaluate(script, RULES))


def small_targets(viewer) -> list[str]:
    """What a finger could miss: less than 44 px high or wide."""
    script = """(touched) => {
      const box = (e) => e.getBoundingClientRect();
      const seen = (e) => box(e).width > 1 && box(e).height > 1
        && box(e).bottom > 0 && !e.closest('[hidden]');
      return [...document.querySelectorAll(touched)].filter(seen)
        .filter((e) => box(e).height < 43.5 || box(e).width < 43.5)
        .map((e) => `${e.outerHTML.slice(0, 90)} ${box(e).width}×${box(e).height}`);
    }"""
    return list(viewer.page.evaluate(script, TOUCHED))


def test_a_desk_has_no_barrier_that_axe_can_find(desk):
    desk.open()
    assert barriers(desk) == [], "every layer drawn"
    for screen in screens(desk):
        assert barriers(desk) == [], screen


def test_a_phone_has_no_barrier_no_sideways_scroll_and_no_small_target(phone):
    for screen in screens(phone):
        assert barriers(phone) == [], screen
        assert small_targets(phone) == [], screen
        assert phone.page.evaluate("() => document.documentElement.scrollWidth") <= 390, screen
        fits = phone.find(".panel-body").evaluate("(e) => e.scrollWidth <= e.clientWidth")
        assert fits, screen
        assert phone.find(".synthetic:visible").count() == 1, screen


OVERLAPS = """() => {
  const names = ['.readout', '.day', '.controls', '.sight-note', '.panel', '.corner > *'];
  const shown = [...document.querySelectorAll(names.join())]
    .map((e) => [e, e.getBoundingClientRect()]).filter(([, r]) => r.width && r.height);
  return shown.flatMap(([a, r], i) => shown.slice(i + 1)
    .filter(([, s]) => r.left < s.right && s.left < r.right && r.top < s.bottom && s.top < r.bottom)
    .map(([b]) => `${a.className || a.tagName} ${b.className || b.tagName}`));
}"""


def test_on_a_phone_nothing_floats_over_another(phone, service):
    name = people.person(service.engine, "inspectorate")
    phone.open(BARE, "?lang=en")  # its words are the longest
    people.signed_in(phone, name)
    assert phone.page.evaluate(OVERLAPS) == []
    phone.find(".account-button").click()
    over = """() => [...document.querySelectorAll('.account-menu p, .account-menu li')].every(
      (e) => {
        const { left, top, height } = e.getBoundingClientRect();
        return document.elementFromPoint(left + 1, top + height / 2).closest('.account-menu');
      })"""
    assert phone.page.evaluate(over)
    phone.page.keyboard.press("Escape")
    phone.pull_up()
    phone.settle()
    assert phone.page.evaluate(OVERLAPS) == []


def test_a_hostile_name_stays_text(panel, service):
    hostile = '<img src=x onerror="window.__hurt=1">示例'
    code = panel.wells("close")[0]["code"]
    statement = text("update gis.well set name = :name where code = :code returning name")
    with writing(service.engine, "test") as conn:
        before = conn.execute(
            text("select name from gis.well where code = :code"), {"code": code}
        ).scalar()
        conn.execute(statement, {"name": hostile, "code": code})
    try:
        panel.open(f"#sel=well:{code}")
        assert panel.find(".card-title").inner_text() == hostile
        panel.find("[data-key=search]").fill(code)
        panel.find("#hit-0").wait_for()
        assert hostile in panel.find("#hit-0").inner_text()
        assert panel.page.evaluate("() => window.__hurt") is None
        assert panel.find("gw-app img").count() == 0
    finally:
        with writing(service.engine, "test") as conn:
            conn.execute(statement, {"name": before, "code": code})


def test_without_webgl_the_register_is_still_there(panel):
    panel.open()
    panel.find(".no-map .row").first.wait_for()
    assert "WebGL2" in panel.find(".no-map").inner_text()
    code = panel.find(".no-map .row").first.get_attribute("data-key").removeprefix("list-")
    panel.find(".no-map .row").first.click()
    panel.find(f"[data-well='{code}']").wait_for()
    assert panel.texts(".sentence")


def test_the_findings_lead_to_their_list(panel):
    panel.open()
    page = httpx.get(panel.find("[data-key=audit]").get_attribute("href")).raise_for_status()
    assert "结论清单" in page.text


def test_a_service_that_fails_is_said_and_can_be_asked_again(panel):
    panel.page.route(
        "**/layers",
        lambda route: route.fulfill(
            status=503,
            json={"title": "busy", "status": 503, "detail_zh": "数据库正忙", "detail_en": "busy"},
        ),
    )
    panel.page.goto(f"{panel.url}/map/")
    panel.find(".state-error").wait_for()
    assert "数据库正忙" in panel.find(".state-error").inner_text()
    panel.page.unroute("**/layers")
    panel.find(".state-error button").click()
    panel.settle()
    assert panel.find("[data-flag=close]").is_visible()
    panel.complaints[:] = [c for c in panel.complaints if "503" not in c]


def test_a_tile_that_does_not_come_is_said(desk):
    desk.page.route(
        "**/collections/spring_domain/tiles/**", lambda route: route.fulfill(status=500, json={})
    )
    desk.open("#9/37.9/113.6&l=spring_domain")
    assert "没能载入" in desk.find(".message-error").inner_text()
    desk.page.unroute("**/collections/spring_domain/tiles/**")
    desk.find(".message-error button").first.click()
    desk.settle()
    assert desk.drawn("spring_domain") > 0
    desk.complaints[:] = [c for c in desk.complaints if "500" not in c]
