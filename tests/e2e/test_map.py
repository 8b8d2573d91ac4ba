"""The map page, driven as its three readers drive it."""

import pytest

from gis_app.flags import flag_of
from gis_app.law import Verdict
from tests.e2e.browser import BARE, Viewer

FLAGS = ["close", "indeterminate", "restricted", "duty", "exempt", "clear", "unassessed"]


@pytest.fixture(scope="module")
def flagged(service):
    """A well that must close, with no other within 40 m: (code, lon, lat)."""
    viewer = Viewer(None, service.url)
    for well in viewer.wells("close"):
        place = {"lon": well["lon"], "lat": well["lat"], "within_m": 40}
        if len(viewer.api("/wells/near", **place)["wells"]) == 1:
            return well["code"], well["lon"], well["lat"]
    raise AssertionError("the demo city has no lone well that must close")


def test_it_comes_to_rest_with_the_counts_of_the_service(desk):
    city = desk.api("/layers")
    desk.open()
    assert desk.find("h1").inner_text() == city["title_zh"]
    assert city["synthetic"]
    assert desk.texts(".synthetic:visible") == ["示例数据"]
    assert desk.drawn("well") > 0
    assert desk.drawn("public_supply_coverage") > 0
    assert desk.numbers("[data-flag]", "flag") == {f: city["flags"][f] for f in FLAGS}
    with_data = {layer["id"]: layer["count"] for layer in city["layers"] if layer["has_data"]}
    assert desk.numbers("[data-layer]:not(.layer-missing)", "layer") == with_data


def test_a_layer_without_data_is_said_in_words(panel):
    city = panel.api("/layers")
    city["layers"][3] |= {"count": 0, "has_data": False, "bounds": None}
    panel.page.route("**/layers", lambda route: route.fulfill(json=city))
    panel.open()
    missing = [layer for layer in city["layers"] if not layer["has_data"]]
    assert panel.find(".layer-missing").count() == len(missing)
    for layer in missing:
        said = panel.find(f"[data-layer={layer['id']}]").inner_text()
        assert f"本区尚无{layer['zh']}，导入或绘制" in said


def test_the_address_carries_what_is_drawn_and_the_language(desk):
    city = desk.api("/layers")
    tick = "[data-layer=public_supply_coverage] input[type=checkbox]"
    desk.open()
    desk.find(tick).uncheck()
    desk.settle()
    assert desk.drawn("public_supply_coverage") == 0
    desk.find(".lang").click()
    assert desk.find("h1").inner_text() == city["title_en"]
    assert "lang=en" in desk.page.url

    desk.page.reload()
    desk.settle()
    assert desk.drawn("public_supply_coverage") == 0
    assert desk.drawn("spring_domain") > 0
    assert not desk.find(tick).is_checked()
    assert desk.find("h1").inner_text() == city["title_en"]
    assert desk.find("html").get_attribute("lang") == "en"
    assert "Must close" in desk.find("[data-flag=close]").inner_text()

    desk.find(".lang").click()
    assert desk.find("h1").inner_text() == city["title_zh"]
    assert "lang=" not in desk.page.url


def test_from_afar_the_map_counts_every_well_once_and_the_legend_says_so(desk):
    desk.open("#9/37.9/113.6&l=well")
    told = desk.api("/layers")["flags"]
    script = """() => window.__gw.map.querySourceFeatures('well', { sourceLayer: 'well_count' })
      .map((f) => f.properties)"""
    cells = desk.page.evaluate(script)
    assert sum(cell["wells"] for cell in cells) == sum(told.values())
    assert sum(cell.get("close", 0) for cell in cells) == told["close"]
    assert "井数" in desk.find("[data-counted]").inner_text()
    desk.find("[data-flag=close]").click()
    desk.settle()
    drawn = """() => window.__gw.map.queryRenderedFeatures({ layers: ['well/count'] })
      .map((f) => f.properties.close ?? 0)"""
    shown = desk.page.evaluate(drawn)
    assert shown
    assert min(shown) > 0
    desk.follow("#11/37.9/113.6&l=well")
    assert desk.find("[data-counted]").count() == 0


def test_a_click_on_counted_wells_leads_to_the_wells(desk, flagged):
    _, lon, lat = flagged
    desk.open(f"#8/{lat}/{lon}&l=well")
    script = """([lon, lat]) => {
      const { map } = window.__gw;
      const p = map.project([lon, lat]);
      const all = map.queryRenderedFeatures({ layers: ['well/count'] });
      const off = (f) => {
        const q = map.project(f.geometry.coordinates);
        return Math.hypot(q.x - p.x, q.y - p.y);
      };
      return all.sort((a, b) => off(a) - off(b))[0].geometry.coordinates;
    }"""
    desk.ask(*desk.page.evaluate(script, [lon, lat]))
    desk.settle()
    assert desk.page.evaluate("() => window.__gw.map.getZoom()") >= 10
    assert desk.drawn("well") > 0


def test_a_finding_filters_the_wells_on_the_map(desk):
    desk.open("#11/37.9/113.58&l=well")
    desk.find("[data-flag=close]").click()
    desk.settle()
    script = """() => [...new Set(window.__gw.map.queryRenderedFeatures({ layers: ['well/mark'] })
      .map((f) => f.properties.flag))]"""
    assert desk.page.evaluate(script) == ["close"]
    assert desk.find("[data-flag=close]").get_attribute("aria-pressed") == "true"


def test_a_click_on_a_flagged_well_opens_its_card_with_the_reason(desk, flagged):
    code, lon, lat = flagged
    told = desk.api(f"/wells/{code}/verdict")
    desk.open(f"#16.5/{lat}/{lon}&l=well")
    desk.ask(lon, lat)
    desk.find(f"[data-well='{code}']").wait_for()
    desk.settle()
    desk.unfold()
    assert sorted(desk.texts(".sentence")) == sorted(f["sentence_zh"] for f in told["findings"])
    card = desk.find(f"[data-well='{code}']").inner_text()
    for finding in told["findings"]:
        assert finding["quote"] in card
        assert finding["clause"] in card
        resting = [fact for fact in finding["facts"] if fact["decides"]]
        assert all(f"{fact['zh']} {fact['value_zh']}" in card for fact in resting)
    assert any(fact["decides"] for finding in told["findings"] for fact in finding["facts"])
    assert f"sel=well:{code}" in desk.page.url
    desk.page.keyboard.press("Escape")
    assert desk.find("[data-flag=close]").is_visible()


def test_a_click_on_a_well_from_afar_opens_its_card_too(desk, flagged):
    code, lon, lat = flagged
    desk.open(f"#11.4/{lat}/{lon}&l=well")
    desk.ask(lon, lat)
    desk.find("[data-well]").wait_for()
    nearest = desk.api("/wells/near", lon=lon, lat=lat, within_m=500, limit=5)["wells"]
    assert desk.find("[data-well]").get_attribute("data-well") in {w["code"] for w in nearest}
    assert code in {w["code"] for w in nearest}


def test_a_duty_short_of_closing_has_a_class_and_a_mark_of_its_own(desk):
    desk.open("#11/37.9/113.58&l=well&f=duty")
    drawn = """() => window.__gw.map.queryRenderedFeatures({ layers: ['well/mark'] })
      .map((f) => [f.properties.code, f.properties.flag])"""
    marks = dict(desk.page.evaluate(drawn))
    assert set(marks.values()) == {"duty"}
    told = desk.wells("duty")[0]
    assert flag_of(told["gravest"]["answer"], told["gravest"]["verdict"]) == "duty"
    desk.follow(f"#sel=well:{told['code']}")
    assert "其他义务" in desk.find(".card-sub").inner_text()
    assert desk.find(".card-sub .ink-duty").evaluate("(e) => getComputedStyle(e).color") == (
        "rgb(15, 110, 132)"
    )
    desk.find("[data-key=near]").click()
    desk.find("#near-coords").fill(f"{told['lon']:.6f}, {told['lat']:.6f}")
    desk.find(".near-typed button").click()
    desk.settle()
    row = desk.find(f"[data-key='near-{told['code']}']")
    assert row.locator(".ink-duty").inner_text() == "其他义务"


def test_many_findings_are_a_line_each_the_gravest_first(panel):
    verdicts = (panel.api(f"/wells/{w['code']}/verdict") for w in panel.wells("indeterminate"))
    verdict = next(v for v in verdicts if lesser(v["findings"]) > 3)
    well, told = verdict["well"], verdict["findings"]
    closing = [f for f in told if Verdict(f["verdict"]).closes]
    panel.open(f"#sel=well:{well['code']}")
    group = panel.find(".finding-group")
    assert f"另有 {len(told) - len(closing)} 项" in group.locator("summary h3").inner_text()
    assert not panel.find(".finding-folded").first.is_visible()
    rules = "(all) => all.map((e) => e.dataset.rule)"
    assert panel.find(".finding:visible").evaluate_all(rules) == [f["rule"] for f in closing]
    group.locator("> summary").click()
    flags = {f["rule"]: FLAGS.index(flag_of(f["answer"], f["verdict"])) for f in told}
    shown = [flags[r] for r in panel.find(".finding-folded:visible").evaluate_all(rules)]
    assert shown == sorted(shown)
    tiers = {f["rule"]: f["tier_zh"] for f in told}
    script = "(all) => all.map((e) => [e.dataset.rule, e.querySelector('.tier').textContent])"
    assert dict(panel.find(".finding:visible").evaluate_all(script)) == tiers
    first = panel.find(".finding-folded").first
    first.locator("> summary").click()
    told = {f["rule"]: f for f in told}[first.get_attribute("data-rule")]
    assert told["sentence_zh"] in " ".join(first.inner_text().split())


def test_the_card_tells_which_exemptions_were_examined_and_why_each_does_not_hold(panel):
    well = panel.wells("close")[0]
    told = panel.api(f"/wells/{well['code']}/verdict")["findings"]
    closing = next(f for f in told if f["answer"] == "applies" and f["examined"])
    panel.open(f"#sel=well:{well['code']}")
    card = panel.find(f"[data-rule='{closing['rule']}']").first
    card.locator("details.examined > summary").click()
    for way in closing["examined"]:
        said = card.locator(f"[data-exemption='{way['id']}']").inner_text()
        assert way["zh"] in said
        assert way["answer_zh"] in said
        assert way["because_zh"] in " ".join(said.split())


def lesser(findings) -> int:
    """How many findings are short of closing."""
    return len([f for f in findings if not Verdict(f["verdict"]).closes])


def test_a_click_on_a_zone_opens_its_card(desk):
    hit = desk.zone()
    desk.open(f"#14/{hit['lat']}/{hit['lon']}&l=spring_domain,district&f=exempt")
    desk.ask(hit["lon"], hit["lat"])
    desk.find("[data-zone]").wait_for()
    desk.settle()
    names = [
        desk.find("[data-zone] .card-title").inner_text(),
        *desk.texts("[data-zone] .row-name"),
    ]
    assert hit["name"] in names


def test_search_by_code_opens_the_well(panel, flagged):
    code, *_ = flagged
    panel.open()
    panel.find("[data-key=search]").fill(code)
    panel.page.keyboard.press("Enter")
    panel.find(f"[data-well='{code}']").wait_for()
    panel.settle()
    assert panel.find(".card-sub").inner_text().startswith(code)


def test_the_list_of_wells_nearby_is_the_services(panel, flagged):
    _, lon, lat = flagged
    panel.open()
    panel.find("[data-key=near]").click()
    panel.find("#near-coords").fill("somewhere")
    panel.find(".near-typed button").click()
    assert "113.58, 37.90" in panel.find("#near-bad").inner_text()
    panel.find("#near-coords").fill(f"{lon:.6f}, {lat:.6f}")
    panel.find(".near-typed button").click()
    panel.find(".segment input[value='3000']").check(force=True)
    panel.settle()
    query = {"lon": round(lon, 6), "lat": round(lat, 6), "within_m": 3000, "limit": 50}
    keys = "(all) => all.map((e) => e.dataset.key.slice(5))"
    expected = [w["code"] for w in panel.api("/wells/near", **query)["wells"]]
    assert len(expected) > 3
    assert panel.find(".near-list .row").evaluate_all(keys) == expected
    panel.find(".check input").check()
    panel.settle()
    expected = [w["code"] for w in panel.api("/wells/near", finding="close", **query)["wells"]]
    assert panel.find(".near-list .row").evaluate_all(keys) == expected
    panel.find(".near-list .row").first.click()
    panel.find(f"[data-well='{expected[0]}']").wait_for()
    panel.find(".panel-back").click()
    # the focus is where it left from
    panel.find(f"[data-key='near-{expected[0]}']:focus").wait_for()


def test_an_unknown_well_is_an_answer_not_a_blank_page(panel):
    panel.open("#sel=well:NO-SUCH-WELL")
    panel.find(".state-error").wait_for()
    assert "NO-SUCH-WELL" in panel.find(".state-error").inner_text()
    panel.complaints[:] = [c for c in panel.complaints if "404" not in c]


def test_the_map_answers_the_keyboard_alone(desk, flagged):
    code, lon, lat = flagged
    desk.open(f"#16.5/{lat}/{lon}&l=well")
    desk.page.keyboard.press("Tab")
    desk.page.keyboard.press("Enter")  # the first stop is the way to the map
    assert desk.page.evaluate(
        "() => document.activeElement.classList.contains('maplibregl-canvas')"
    )
    assert desk.find(".crosshair").is_visible()
    desk.page.keyboard.press("Enter")
    desk.find(f"[data-well='{code}']").wait_for()
    desk.settle()


def test_on_a_phone_the_list_is_one_tap_away(phone, flagged):
    _, lon, lat = flagged
    phone.page.context.grant_permissions(["geolocation"])
    phone.page.context.set_geolocation({"longitude": lon, "latitude": lat, "accuracy": 8})
    phone.open(BARE)
    phone.find("[data-key=near]").tap()
    phone.find(".near-list .row").first.wait_for()
    phone.settle()
    found = phone.api("/wells/near", lon=lon, lat=lat, within_m=1000, limit=50)["wells"]
    assert phone.find(".near-list .row").count() == len(found)
    assert (
        phone.find(".near-list .row").first.get_attribute("data-key") == f"near-{found[0]['code']}"
    )
