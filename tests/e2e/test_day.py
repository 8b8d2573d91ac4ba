"""The map as of any day."""

import pytest

from tests.e2e.browser import BARE, PHONE, watched
from tests.e2e.test_promises import barriers, small_targets


@pytest.fixture(scope="module")
def then(service):
    """A day on which a layer held fewer zones than today, with the layer and both numbers."""
    from tests.e2e.browser import Viewer

    viewer = Viewer(None, service.url)
    now = {layer["id"]: layer["count"] for layer in viewer.api("/layers")["layers"]}
    for turning in reversed(viewer.api("/days")["days"]):
        for layer in viewer.api("/layers", datetime=turning["on"])["layers"]:
            if 0 < layer["count"] < now[layer["id"]]:
                return turning["on"], layer["id"], layer["count"]
    raise AssertionError("the zones of the demo city all began on one day")


def listening(viewer, layer: str) -> list[str]:
    """The addresses of a layer's tiles, as they are asked for."""
    asked: list[str] = []
    tiles = f"/{layer}/tiles/"
    viewer.page.on("request", lambda r: tiles in r.url and asked.append(r.url))
    return asked


def test_the_map_its_counts_and_its_cards_are_of_the_chosen_day(desk, then):
    on, layer, count = then
    asked, wells = (listening(desk, each) for each in (layer, "well"))
    desk.open(f"#9.5/37.9/113.6&l={layer},well")
    today = desk.drawn(layer)
    assert desk.find(".day-past").count() == 0
    assert asked
    assert not [url for url in asked + wells if "datetime" in url]
    asked.clear()
    wells.clear()
    desk.find(".day-now").click()
    desk.find(".day-begin").first.wait_for(state="attached")
    desk.find(".day-date").fill(on)
    desk.find(f"[data-day='{on}'].day-past").wait_for()
    desk.find(f"[data-layer={layer}] .number", has_text=str(count)).wait_for()
    desk.settle()
    assert "不是今天" in desk.find(".day-now").inner_text()
    assert "生效" in desk.find(".day-said").inner_text()
    for tiles in (asked, wells):
        assert tiles
        assert all(url.endswith(f"?datetime={on}") for url in tiles)
    assert desk.drawn(layer) == count < today
    assert desk.flags() == {"unassessed"}  # the city's first audit is of today
    assert f"d={on}" in desk.page.url

    well = desk.wells("close")[0]
    desk.follow(f"#d={on}&sel=well:{well['code']}")
    year, month, day = (int(part) for part in on.split("-"))
    said = f"{year}年{month}月{day}日"
    assert said in desk.find(".as-of").inner_text()
    told = desk.api(f"/wells/{well['code']}/verdict", on=on)
    desk.unfold()
    assert sorted(desk.texts(".sentence")) == sorted(f["sentence_zh"] for f in told["findings"])
    desk.follow(f"#d={on}&sel=precheck:{well['lon']}:{well['lat']}")
    with desk.page.expect_response("**/precheck") as answer:
        desk.find("[data-key=precheck-send]").click()
    assert answer.value.json()["on"] == on
    desk.find("[data-key=precheck-print]").wait_for()
    page = desk.find("[data-key=precheck-print]").get_attribute("href")
    assert f"on={on}" in page

    asked.clear()
    desk.page.reload()
    desk.settle()
    assert asked
    assert all(url.endswith(f"?datetime={on}") for url in asked)
    asked.clear()
    desk.find(".day-back").click()
    desk.find(".day-past").wait_for(state="detached")
    desk.settle()
    assert asked
    assert not [url for url in asked if "datetime" in url]
    assert "d=" not in desk.page.url


def test_the_slider_goes_from_change_to_change_and_day_to_day_by_keyboard(desk):
    days = [each["on"] for each in desk.api("/days")["days"]]
    today = desk.api("/layers")["legal_day"]
    desk.open(BARE)
    desk.find(".day-now").focus()
    desk.page.keyboard.press("Enter")
    desk.find(".day-begin").first.wait_for(state="attached")
    last = max(day for day in days if day < today)
    desk.find(".day-step").first.click()
    desk.find(f"[data-day='{last}'].day-past").wait_for()
    desk.settle()
    desk.find(".day-track input").focus()
    desk.page.keyboard.press("ArrowRight")
    desk.page.wait_for_function("() => location.hash.includes('d=')")
    shown = desk.find("gw-day section").get_attribute("data-day")
    assert shown > last
    desk.settle()
    desk.find("button", has_text="回到今天").click()
    desk.find(".day-past").wait_for(state="detached")
    desk.settle()


def test_a_list_says_that_it_is_of_today_while_the_map_is_not(panel):
    lon, lat = (panel.wells("close")[0][axis] for axis in ("lon", "lat"))
    panel.open(f"#d=2023-09-01&sel=near:{lon}:{lat}:3000")
    assert "名单和结论标记是今天的" in panel.find("gw-near [data-list-today]").inner_text()


def test_without_a_map_the_day_is_chosen_all_the_same(panel, then):
    on, layer, count = then
    well = panel.wells("close")[0]
    panel.open()
    panel.find(".no-map .row").first.wait_for()
    panel.find(".day-now").click()
    panel.find(".day-date").fill(on)
    panel.find(f"[data-day='{on}'].day-past").wait_for()
    panel.find(f"[data-layer={layer}] .number", has_text=str(count)).wait_for()
    panel.settle()
    assert f"d={on}" in panel.page.url
    assert "名单和结论标记是今天的" in panel.find(".no-map [data-list-today]").inner_text()
    panel.follow(f"#d={on}&sel=well:{well['code']}")
    panel.unfold()
    told = panel.api(f"/wells/{well['code']}/verdict", on=on)
    assert sorted(panel.texts(".sentence")) == sorted(f["sentence_zh"] for f in told["findings"])
    panel.find(".day-line .button").click()
    panel.find(".day-past").wait_for(state="detached")
    panel.settle()
    assert "d=" not in panel.page.url


def test_without_a_map_the_day_hides_nothing_on_a_phone(mapless, service):
    with watched(mapless, service.url, **PHONE) as viewer:
        viewer.open()
        day = viewer.find(".day").bounding_box()
        assert day["y"] + day["height"] <= viewer.find("#no-map-title").bounding_box()["y"]
        viewer.find(".day-now").click()
        viewer.find(".day-begin").first.wait_for(state="attached")
        assert barriers(viewer) == []
        assert small_targets(viewer) == []


def test_the_open_slider_has_no_barrier_on_a_desk(desk):
    desk.open(f"{BARE}&d=2023-09-01")
    desk.find(".day-now").click()
    desk.find(".day-begin").first.wait_for(state="attached")
    assert barriers(desk) == []


def test_the_open_slider_has_no_barrier_and_no_small_target(phone):
    phone.open(f"{BARE}&d=2023-09-01")
    phone.find(".day-now").click()
    phone.find(".day-begin").first.wait_for(state="attached")
    assert barriers(phone) == []
    assert small_targets(phone) == []
    assert phone.page.evaluate("() => document.documentElement.scrollWidth") <= 390
