"""这里能打井吗: from a place on the map to the clause that answers."""

import httpx
import pytest
import shapely
from shapely.geometry import shape

from tests.e2e.browser import PHONE, watched
from tests.e2e.test_promises import barriers, small_targets

KIND = {"kind": "new", "use": "industry"}


@pytest.fixture(scope="module")
def forbidden(service):
    """A place well inside a prohibited zone, and what the service says of a new well there."""
    found = httpx.get(f"{service.url}/collections/prohibited_zone/items").json()["features"]
    widest = max((shape(f["geometry"]) for f in found), key=lambda s: s.area)
    place = shapely.maximum_inscribed_circle(widest, tolerance=1e-4).coords[0]
    lon, lat = (round(degrees, 6) for degrees in place)
    told = ask(service.url, lon, lat, **KIND)
    assert told["outcome"]["key"] == "refused"
    return lon, lat, told


def ask(url: str, lon: float, lat: float, **members):
    """What the service answers for a place."""
    body = {"geometry": {"type": "Point", "coordinates": [lon, lat]}, **members}
    response = httpx.post(f"{url}/precheck", json=body)
    response.raise_for_status()
    return response.json()


def answered(viewer):
    """Wait for the answer and let it be drawn."""
    viewer.find(".outcome").wait_for()
    return viewer.settle()


def rules(viewer, selector: str) -> list[str]:
    return viewer.find(selector).evaluate_all("(all) => all.map((e) => e.dataset.rule)")


def test_from_a_place_on_the_map_to_the_clause_that_forbids(desk, forbidden):
    lon, lat, told = forbidden
    desk.open(f"#15/{lat}/{lon}&l=prohibited_zone")
    desk.ask(lon, lat, button="right")
    desk.find(
        "[role=menuitem]",
    ).filter(has_text="这里能打井吗").click()
    desk.find("#ask-use").select_option("industry")
    assert "sel=precheck:" in desk.page.url
    desk.find("[data-key=precheck-send]").click()
    answered(desk)
    assert desk.find(".outcome").get_attribute("data-outcome") == "refused"
    assert told["outcome"]["zh"] in desk.find(".outcome").inner_text()
    desk.unfold()
    card = " ".join(desk.find("[data-precheck]").inner_text().split())
    for finding in told["grounds"]:
        assert finding["quote"] in card
        assert finding["clause"] in card
        assert finding["tier_zh"] in card
    every = [f for part in ("grounds", "unknown", "conditions", "exempt") for f in told[part]]
    assert sorted(rules(desk, "[data-precheck] .finding")) == sorted(f["rule"] for f in every)
    for thing in told["bring"]:
        assert thing["zh"] in card
    for zone in told["zones"]:
        assert zone["name"] in card
    for layer in told["not_assessed"]:
        assert layer["zh"] in desk.find(".not-assessed").inner_text()


def test_the_nearest_boundaries_are_listed_and_drawn(desk, forbidden):
    lon, lat, told = forbidden
    limits = sorted(told["nearest"], key=lambda n: n["distance_m"])
    desk.open(f"#13/{lat}/{lon}&l=prohibited_zone&sel=precheck:{lon}:{lat}")
    desk.find("[data-key=precheck-send]").click()
    answered(desk)
    keys = [f"limit-{n['layer']}-{n['zone_id']}" for n in limits]
    script = "(all) => all.map((e) => e.dataset.key)"
    assert desk.find("[data-key^=limit-]").evaluate_all(script) == keys
    own = next(n for n in limits if n["layer"] == "prohibited_zone")
    row = desk.find(f"[data-key='limit-prohibited_zone-{own['zone_id']}']")
    assert own["name"] in row.inner_text()
    assert "界内" in row.inner_text()
    row.click()
    desk.settle()
    script = """() => window.__gw.map.queryRenderedFeatures({ layers: ['focus/limit'] }).length"""
    assert desk.page.evaluate(script) > 0


def test_works_that_need_no_permit_are_told_so(desk, forbidden):
    lon, lat, _ = forbidden
    desk.open(f"#15/{lat}/{lon}&sel=precheck:{lon}:{lat}")
    desk.find("#ask-use").select_option("monitoring_test")
    desk.find("[data-key=precheck-send]").click()
    answered(desk)
    told = ask(desk.url, lon, lat, kind="new", use="monitoring_test")["permit"]
    assert told["key"] == "not_needed"
    said = desk.find("[data-permit=not_needed]").inner_text()
    assert told["zh"] in said
    assert told["quote"] in said
    desk.find(".lang").click()
    desk.find("[data-permit=not_needed]", has_text=told["sentence_en"]).wait_for()


def test_the_keyboard_alone_goes_all_the_way(desk, forbidden):
    lon, lat, _ = forbidden
    keys = desk.page.keyboard
    desk.open(f"#15/{lat}/{lon}&l=prohibited_zone")
    keys.press("Tab")
    keys.press("Enter")  # the first stop is the way to the map
    keys.press("Shift+F10")
    desk.find("[role=menuitem]:focus").wait_for()
    keys.press("Escape")
    assert desk.find(".place-menu").count() == 0
    desk.find(".maplibregl-canvas:focus").wait_for()
    keys.press("Shift+F10")
    desk.find("[role=menuitem]:focus").filter(has_text="这里能打井吗").wait_for()
    keys.press("Enter")
    desk.find(".ask-form").wait_for()
    for _ in range(12):
        if desk.find("#ask-annual_m3:focus").count():
            break
        keys.press("Tab")
    keys.type("1.2万")
    keys.press("Enter")
    answered(desk)
    assert "12,000 m³" in desk.find(".asked").inner_text()
    desk.find(".outcome:focus").wait_for()
    shown = ask(desk.url, lon, lat, kind="new", annual_m3=12000)
    assert desk.find(".outcome").get_attribute("data-outcome") == shown["outcome"]["key"]
    keys.press("Escape")
    assert desk.find("[data-precheck]").count() == 0


def test_an_answer_never_outlives_its_question(panel, forbidden):
    lon, lat, _ = forbidden
    panel.open(f"#sel=precheck:{lon}:{lat}")
    panel.find("[data-key=precheck-send]").click()
    answered(panel)
    panel.find(".asked").click()
    panel.find("#ask-kind").select_option("renewal")
    assert panel.find(".outcome").count() == 0
    assert panel.find("#ask-held_m3").is_visible()
    panel.find("#ask-annual_m3").fill("很多")
    panel.find("[data-key=precheck-send]").click()
    panel.find("#ask-annual_m3-bad").wait_for()
    assert panel.find(".outcome").count() == 0
    panel.find("#ask-annual_m3").fill("30000")
    with panel.page.expect_request("**/precheck") as sent:
        panel.find("[data-key=precheck-send]").click()
    body = sent.value.post_data_json
    assert body["geometry"] == {"type": "Point", "coordinates": [lon, lat]}
    assert {**body, "geometry": None} == {"geometry": None, "kind": "renewal", "annual_m3": 30000}
    answered(panel)


def test_a_link_holds_the_panel_and_its_place(panel, forbidden):
    lon, lat, _ = forbidden
    panel.open()
    panel.find("[data-key=precheck]").click()
    panel.find("#near-coords").fill(f"{lon:.6f}, {lat:.6f}")
    panel.find(".near-typed button").click()
    panel.find(".ask-form").wait_for()
    panel.settle()
    assert f"sel=precheck:{lon:.6f}:{lat:.6f}" in panel.page.url
    panel.page.reload()
    panel.settle()
    assert panel.find("[data-precheck]").is_visible()
    assert f"{lon:.6f}, {lat:.6f}" in panel.find(".near-origin summary").inner_text()
    panel.find(".lang").click()
    panel.find("#ask-use").select_option("industry")
    panel.find("[data-key=precheck-send]").click()
    answered(panel)
    told = ask(panel.url, lon, lat, **KIND)
    assert told["outcome"]["en"].lower() in panel.find(".outcome").inner_text().lower()
    assert "Grounds for refusal" in panel.find("[data-precheck]").inner_text()


def test_the_answer_can_be_printed(panel, forbidden):
    lon, lat, told = forbidden
    panel.open(f"#sel=precheck:{lon}:{lat}")
    panel.find("#ask-use").select_option("industry")
    panel.find("[data-key=precheck-send]").click()
    answered(panel)
    with panel.page.context.expect_page() as opened:
        panel.find("[data-key=precheck-print]").click()
    opened.value.wait_for_load_state()
    page = " ".join(opened.value.inner_text("body").split())
    assert told["outcome"]["zh"] in page
    for finding in told["grounds"]:
        assert finding["quote"] in page


def test_a_service_that_fails_is_said_and_the_form_is_kept(panel, forbidden):
    lon, lat, _ = forbidden
    busy = {"title": "busy", "status": 503, "detail_zh": "数据库正忙", "detail_en": "busy"}
    panel.page.route("**/precheck", lambda route: route.fulfill(status=503, json=busy))
    panel.open(f"#sel=precheck:{lon}:{lat}")
    panel.find("#ask-use").select_option("industry")
    panel.find("[data-key=precheck-send]").click()
    panel.find(".state-error").wait_for()
    assert "数据库正忙" in panel.find(".state-error").inner_text()
    assert panel.find("#ask-use").input_value() == "industry"
    panel.page.unroute("**/precheck")
    panel.find(".state-error button").click()
    answered(panel)
    panel.complaints[:] = [c for c in panel.complaints if "503" not in c]


def test_without_the_vocabulary_the_basics_can_still_be_asked(panel, forbidden):
    lon, lat, _ = forbidden
    schema = "**/collections/application/schema"
    panel.page.route(schema, lambda route: route.fulfill(status=500, json={}))
    panel.open(f"#sel=precheck:{lon}:{lat}")
    assert "只能填基本项" in panel.find(".ask-note").inner_text()
    assert panel.find("#ask-industry_class").count() == 0
    panel.find("[data-key=precheck-send]").click()
    answered(panel)
    panel.page.unroute(schema)
    panel.find(".asked").click()
    panel.find(".ask-note button").click()
    panel.find("#ask-industry_class").wait_for()
    panel.complaints[:] = [c for c in panel.complaints if "500" not in c]


def test_one_thumb_is_enough(browser, service, forbidden):
    lon, lat, told = forbidden
    small = {**PHONE, "viewport": {"width": 360, "height": 740}}
    with watched(browser, service.url, **small) as phone:
        phone.open(f"#15/{lat}/{lon}&l=prohibited_zone")
        phone.press(lon, lat)
        assert barriers(phone) == []
        assert small_targets(phone) == []
        phone.find("[role=menuitem]").filter(has_text="这里能打井吗").tap()
        phone.find("#ask-use").select_option("industry")
        phone.find("[data-key=precheck-send]").tap()
        answered(phone)
        assert phone.find(".outcome").get_attribute("data-outcome") == told["outcome"]["key"]
        phone.unfold()
        fits = phone.find(".panel-body").evaluate("(e) => e.scrollWidth <= e.clientWidth")
        assert fits
        assert phone.page.evaluate("() => document.documentElement.scrollWidth") <= 360
