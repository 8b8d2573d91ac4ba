"""Where an inspector stands: told by the device, badly, or not at all."""

import pytest

from tests.e2e.browser import BARE, PHONE, watched


@pytest.fixture(scope="module")
def somewhere(service):
    import httpx

    bounds = next(x["bounds"] for x in httpx.get(f"{service.url}/layers").json()["layers"])
    return (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2


def stand(phone, lon, lat, accuracy):
    phone.page.context.grant_permissions(["geolocation"])
    phone.page.context.set_geolocation({"longitude": lon, "latitude": lat, "accuracy": accuracy})
    phone.open(BARE)
    phone.find("[data-key=near]").tap()
    phone.find(".near-count").wait_for()
    phone.settle()


def test_the_list_is_nearest_first_from_where_the_device_is(phone, somewhere):
    stand(phone, *somewhere, accuracy=8)
    lon, lat = somewhere
    found = phone.api("/wells/near", lon=lon, lat=lat, within_m=1000, limit=50)["wells"]
    keys = phone.find(".near-list .row").evaluate_all("(all) => all.map((e) => e.dataset.key)")
    assert keys == [f"near-{well['code']}" for well in found]
    assert phone.find(".ink-indeterminate.small").count() == 0
    assert phone.find("input[name=radius]:checked").input_value() == "1000"


def test_a_device_that_is_not_sure_is_said_and_looks_farther(phone, somewhere):
    stand(phone, *somewhere, accuracy=900)
    assert "900" in phone.find(".card .ink-indeterminate.small").inner_text()
    assert phone.find("input[name=radius]:checked").input_value() == "3000"


def test_without_a_position_the_place_is_typed_in(phone, somewhere):
    phone.open(BARE)  # nothing granted: the browser refuses
    phone.find("[data-key=near]").tap()
    phone.find("#near-coords").wait_for()
    phone.page.get_by_text("或输入坐标").first.wait_for()
    lon, lat = somewhere
    phone.find("#near-coords").fill(f"{lon:.6f} {lat:.6f}")
    phone.find(".near-typed button").tap()
    phone.find(".near-count, .state").first.wait_for()
    phone.settle()
    phone.find("#near-km").fill("7.5")
    phone.find("#near-km").press("Enter")
    phone.settle()
    found = phone.api("/wells/near", lon=round(lon, 6), lat=round(lat, 6), within_m=7500, limit=50)[
        "wells"
    ]
    assert phone.find(".near-list .row").count() == len(found)
    assert phone.find("input[name=radius]:checked").count() == 0


def test_the_list_fits_the_narrowest_phone(browser, service, somewhere):
    with watched(
        browser, service.url, **{**PHONE, "viewport": {"width": 320, "height": 640}}
    ) as phone:
        lon, lat = somewhere
        phone.open(f"#l=well&sel=near:{lon}:{lat}:3000")
        assert phone.page.evaluate("() => document.documentElement.scrollWidth") <= 320
        assert phone.find(".panel-body").evaluate("(e) => e.scrollWidth <= e.clientWidth")
