"""Coordinates in the search box: the map goes to the place, however it is written."""

import pytest

from tests.e2e.browser import BARE, DESK, PHONE, watched

LON, LAT = 113.58, 37.86
PASTED = [
    "113.58, 37.86",
    "37.86 113.58",
    "113°34′48″E 37°51′36″N",
    "东经113度34分48秒 北纬37度51分36秒",
    "１１３．５８，３７．８６",
    "113 34 48 37 51 36",  # which of these spaces parts them the service finds
]


def middle(viewer):
    return tuple(viewer.page.evaluate("() => window.__gw.map.getCenter().toArray()"))


@pytest.fixture(scope="module")
def looked(browser, service):
    with watched(browser, service.url, **DESK) as viewer:
        viewer.open(BARE)
        yield viewer


@pytest.mark.parametrize("text", PASTED)
def test_the_map_flies_to_a_pasted_place_and_marks_it(looked, text):
    looked.page.evaluate("() => window.__gw.map.jumpTo({ center: [113.44, 37.98], zoom: 12 })")
    looked.find("[data-key=search]").fill(text)
    first = looked.find("#hit-0")
    first.wait_for()
    assert first.locator(".row-name").inner_text() == "113.580000°E 37.860000°N"
    assert first.locator(".row-fact").inner_text() == "定位到此处"
    looked.page.keyboard.press("Enter")
    looked.settle()
    assert middle(looked) == pytest.approx((LON, LAT), abs=1e-4)
    assert looked.drawn("focus") == 1
    looked.find(".search-clear").click()
    looked.settle()
    assert looked.drawn("focus") == 0


def test_a_place_can_still_be_asked_for_its_wells_and_for_a_pre_check(looked):
    looked.find("[data-key=search]").fill("113.44, 37.98")
    assert looked.texts("[role=option] .row-fact")[1:] == ["查看此处附近的井", "这里能打井吗"]
    looked.find("#hit-1").click()
    looked.find(".near-count, .state").first.wait_for()
    looked.settle()


def test_on_a_phone_the_place_lies_above_the_panel(browser, service):
    with watched(browser, service.url, **PHONE) as phone:
        phone.open(BARE)
        phone.find("[data-key=search]").fill("37.86，113.58")
        phone.page.keyboard.press("Enter")
        phone.settle()
        x, y = phone.pixel(LON, LAT)
        assert 0 < x < 390
        assert 0 < y < phone.find(".panel").bounding_box()["y"]
