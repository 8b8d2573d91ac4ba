"""What an old browser is shown, and that Chinese names are drawn with no font from outside."""

import hashlib
import re
from pathlib import Path

from tests.e2e.browser import DESK, watched

BUILT = Path(__file__).parents[2] / "api/static/viewer"


def test_a_browser_that_would_show_nothing_is_told_which_would_do(browser, service):
    with watched(browser, service.url, **DESK) as viewer:
        viewer.page.add_init_script("CSS.supports = () => false")  # as before Chrome 86
        nothing = {"body": "", "content_type": "text/javascript"}
        viewer.page.route("**/app-*.js", lambda route: route.fulfill(**nothing))
        viewer.page.goto(f"{viewer.url}/map/")
        said = viewer.find("#old-browser")
        said.wait_for()
        assert "Chrome 86" in said.inner_text()
        assert "浏览器版本过低" in said.inner_text()
        viewer.page.goto("about:blank")


def test_a_browser_of_today_is_not_told_so(panel):
    panel.open()
    assert not panel.find("#old-browser").is_visible()


def test_the_page_for_old_browsers_is_written_in_their_language():
    (script,) = BUILT.glob("old-*.js")
    assert not re.search(r"=>|\b(const|let|class|import)\b|`|\?\.", script.read_text("utf-8"))


def test_names_are_drawn_in_chinese_the_same_each_time(desk):
    desk.page.route(
        re.compile(rf"^(?!{re.escape(desk.url)})"), lambda route: route.abort()
    )  # nothing from outside
    desk.open("#9.5/37.9/113.6&l=district,spring_domain", "?lang=zh-CN")
    place = "() => window.__gw.map.queryRenderedFeatures().filter((f) => f.layer.type === 'symbol'"
    place += " && /[一-鿿]/.test(JSON.stringify(f.layer.layout['text-field'] ?? ''))).length"
    assert desk.page.evaluate(place) > 0
    canvas = desk.find(".maplibregl-canvas")

    def picture() -> str:
        return hashlib.sha256(canvas.screenshot()).hexdigest()

    named = picture()
    hide = """() => {
      const map = window.__gw.map;
      for (const layer of map.getStyle().layers)
        if (layer.type === 'symbol' && layer.layout?.['text-field'])
          map.setPaintProperty(layer.id, 'text-opacity', 0);
    }"""
    desk.page.evaluate(hide)
    desk.settle()
    assert picture() != named
    desk.open("#9.5/37.9/113.6&l=district,spring_domain", "?lang=zh-CN")
    assert picture() == named
