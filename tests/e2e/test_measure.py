"""Measuring on the map, against another geodesy than the page's own."""

import re
from itertools import pairwise

from pyproj import Geod

from tests.e2e.test_promises import barriers, small_targets

EARTH = Geod(a=6378137, rf=298.257222101)
CORNERS = [(113.5, 37.8), (113.6, 37.8), (113.6, 37.9)]


def opened(viewer, fragment="#12/37.87/113.55&l=restricted_zone"):
    viewer.open(fragment)
    viewer.find(".control[aria-label=量测]").click()
    viewer.find("gw-measure .segment").first.wait_for()
    return viewer


def type_points(viewer, points):
    for lon, lat in points:
        viewer.find("#measure-coords").fill(f"{lon}, {lat}")
        viewer.page.keyboard.press("Enter")
    viewer.find(".measure-points li").nth(len(points) - 1).wait_for()


def number(text: str) -> float:
    return float(re.search(r"[\d.]+", text.replace(",", "")).group())


def test_typed_points_give_geodesic_lengths_and_bearings(desk):
    opened(desk)
    type_points(desk, CORNERS)
    first, second = (EARTH.inv(*a, *b) for a, b in pairwise(CORNERS))
    told = desk.find("[data-measured]").inner_text()
    assert abs(number(told) * 1000 - (first[2] + second[2])) < 1
    assert barriers(desk) == []
    legs = desk.texts(".measure-points .row-fact")
    assert abs(number(legs[0]) * 1000 - first[2]) < 1
    assert abs(number(legs[0].split("方位角")[1]) - first[0] % 360) < 0.06
    drawn = """() => window.__gw.map.getSource('focus').serialize().data.features
      .find((f) => f.geometry.type === 'LineString').geometry.coordinates"""
    assert desk.page.evaluate(drawn)[:3] == [list(p) for p in CORNERS]


def test_an_area_is_told_in_square_kilometres_and_mu_and_none_where_it_crosses_itself(desk):
    opened(desk)
    type_points(desk, CORNERS)
    desk.find(".segment", has_text="面积").click()
    area = abs(EARTH.polygon_area_perimeter(*zip(*CORNERS, strict=True))[0])
    said = desk.texts("[data-measured] dd")
    assert abs(number(said[0]) * 1e6 / area - 1) < 1e-4
    assert abs(number(said[1]) * 2000 / 3 / area - 1) < 1e-4
    desk.find("#measure-coords").fill("113.48, 37.85")
    desk.page.keyboard.press("Enter")
    desk.find("#measure-coords").fill("113.62, 37.84")
    desk.page.keyboard.press("Enter")
    desk.find(".field-error", has_text="自相交").wait_for()


def test_a_click_beside_a_well_is_drawn_to_it_unless_switched_off(desk):
    well = desk.wells("close")[0]
    opened(desk, f"#16/{well['lat']}/{well['lon']}&l=well")
    x, y = desk.pixel(well["lon"], well["lat"])
    desk.page.mouse.click(x + 5, y + 4)
    desk.find(".measure-points li").first.wait_for()
    lon, lat = (float(n) for n in desk.texts(".measure-points .row-name")[0].split(", "))
    assert EARTH.inv(lon, lat, well["lon"], well["lat"])[2] < 0.5
    desk.find("button", has_text="清除").click()
    desk.find(".measure .check input").uncheck()
    desk.page.mouse.click(x + 5, y + 4)
    desk.find(".measure-points li").first.wait_for()
    lon, lat = (float(n) for n in desk.texts(".measure-points .row-name")[0].split(", "))
    assert EARTH.inv(lon, lat, well["lon"], well["lat"])[2] > 1
    desk.page.mouse.move(x + 90, y + 60)
    desk.find(".measure-next", has_text="到光标").wait_for()
    desk.find("[data-copy-measure]").click()
    desk.find(".message", has_text="已复制").wait_for()


def test_by_keyboard_the_place_under_the_cross_is_taken(desk):
    opened(desk)
    desk.find("#map canvas").focus()
    desk.page.keyboard.press("Enter")
    desk.find(".measure-points li").first.wait_for()
    lon, lat = (float(n) for n in desk.texts(".measure-points .row-name")[0].split(", "))
    assert EARTH.inv(lon, lat, 113.55, 37.87)[2] < 400  # drawn to a corner at most


def test_measuring_has_no_barrier_and_no_small_target(phone):
    opened(phone)
    phone.find(".sheet-handle").click()
    type_points(phone, CORNERS)
    assert barriers(phone) == []
    phone.find(".sheet-handle").click()
    assert small_targets(phone) == []
    assert phone.page.evaluate("() => document.documentElement.scrollWidth") <= 390
