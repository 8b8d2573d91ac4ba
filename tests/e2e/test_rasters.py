"""Rasters on the map: drawn with their legend, compared by a bar, asked for their value."""

import io
from datetime import date

import pytest
from PIL import Image

from gis_app import registry
from gis_app.rasters import record
from gis_app.settings import Settings
from gis_app.store.engine import writing
from tests.e2e.browser import PHONE, SHARP_DESK, watched
from tests.e2e.test_print import sheet
from tests.e2e.test_promises import barriers, small_targets
from tests.rasters import made
from tests.rasters.conftest import ground, place
from tests.service import serving
from tests.world import add_zone

VIEW = "#12.5/{1:.5f}/{0:.5f}".format(*place(3000, 2000))


@pytest.fixture(scope="module")
def pictured(databases, worker, tmp_path_factory):
    """A county with a depth to water and pollution-priority classes."""
    home = tmp_path_factory.mktemp("pictured")
    law = registry.load()
    with databases.clone(f"gis_pictured_{worker}") as engine:
        with writing(engine, "test") as conn:
            add_zone(conn, "district", ground(-4000, -4000, 10_000, 8000), area_code="140302",
                     name="示例县")  # fmt: skip
        desk = record.Desk(engine=engine, registry=law, shelf=record.shelf(home), actor="test")
        depth = made.write(home / "d.tif", made.slope(), unit="m", nodata=float("nan"))
        kinds = made.write(home / "k.tif", made.codes(), nodata=255)
        for path, layer in ((depth, "depth_to_water"), (kinds, "pollution_priority_class")):
            record.add(desk, path, record.Asked(layer=layer, valid_from=date(2020, 1, 1)))
        with serving(Settings(home=home), engine, law) as service:
            yield service


def drawn(viewer):
    script = """() => window.__gw.map.getStyle().layers
      .map((l) => l.id).filter((id) => id.startsWith('raster/'))"""
    return viewer.page.evaluate(script)


def color(viewer, lon, lat):
    """The colour of the screen at a place."""
    x, y = viewer.pixel(lon, lat)
    shot = viewer.page.screenshot(clip={"x": x - 1, "y": y - 1, "width": 3, "height": 3})
    with Image.open(io.BytesIO(shot)) as image:
        return image.convert("RGB").getpixel((1, 1))


def test_a_raster_is_drawn_with_its_legend_and_a_click_tells_its_value(browser, pictured):
    with watched(browser, pictured.url, **SHARP_DESK) as viewer:
        asked = []
        viewer.page.on("request", lambda r: "/map/tiles/" in r.url and asked.append(r.url))
        viewer.open(VIEW)
        viewer.find("gw-rasters [data-raster]").first.wait_for()
        assert drawn(viewer) == []
        assert asked == []
        assert "地面高程" in viewer.texts("[data-raster-none]")[0]
        viewer.find("[data-key=raster-depth_to_water]").click()
        viewer.page.wait_for_function("() => window.__gw.map.getLayer('raster/depth_to_water')")
        viewer.settle()
        assert asked
        order = viewer.page.evaluate("() => window.__gw.map.getStyle().layers.map((l) => l.id)")
        assert order.index("raster/depth_to_water") < order.index("district/line")
        assert viewer.find("[data-raster=depth_to_water] .raster-ramp").count() == 1
        assert "米" in viewer.find("[data-raster=depth_to_water]").inner_text()
        assert "l=" in viewer.page.url
        viewer.ask(*place(1050, 3050))
        told = viewer.find("[data-told=depth_to_water][data-status=value]")
        told.wait_for()
        assert "15.1 米" in told.inner_text()
        viewer.ask(*place(3000, 2000))
        hole = viewer.find("[data-told=depth_to_water][data-status=no_data]")
        hole.wait_for()
        assert "不是 0" in hole.inner_text()
        viewer.find(".panel-back").click()
        viewer.find("[data-raster=depth_to_water] .layer-more").click()
        viewer.find("[data-raster=depth_to_water] input[type=range]").fill("30")
        script = "() => window.__gw.map.getPaintProperty('raster/depth_to_water', 'raster-opacity')"
        assert viewer.page.evaluate(script) == pytest.approx(0.3)
        assert barriers(viewer) == []
        viewer.page.reload()
        viewer.settle()
        viewer.page.wait_for_function("() => window.__gw.map.getLayer('raster/depth_to_water')")


def test_two_rasters_are_compared_by_a_bar_that_is_dragged_and_moved_by_keys(browser, pictured):
    with watched(browser, pictured.url, **SHARP_DESK) as viewer:
        viewer.open(VIEW)
        viewer.find("[data-key=raster-pollution_priority_class]").click()
        viewer.find("[data-key=swipe]").click()
        viewer.find(".swipe-map[data-state=ready]").wait_for()
        handle = viewer.find("[role=slider]")
        assert handle.get_attribute("aria-valuenow") == "60"
        assert "右侧污染防治重点区分级" in handle.get_attribute("aria-valuetext")
        west, east = place(2300, 3500), place(5500, 3500)
        general, second = (over_white(c) for c in ((231, 229, 220), (227, 176, 75)))
        box = viewer.page.viewport_size["width"]
        start, y = handle.bounding_box()["x"] + 22, handle.bounding_box()["y"] + 22
        x = viewer.pixel(*west)[0] - 60
        viewer.page.mouse.move(start, y)
        viewer.page.mouse.down()
        viewer.page.mouse.move(x, y, steps=4)
        viewer.page.mouse.up()
        assert abs(int(handle.get_attribute("aria-valuenow")) - 100 * x / box) <= 1
        near = [color(viewer, *at) for at in (west, east)]
        assert distance(near[0], general) < 20
        assert distance(near[1], second) < 20
        handle.press("End")
        assert handle.get_attribute("aria-valuenow") == "100"
        bare = color(viewer, *east)
        assert distance(bare, second) > 100  # nothing is chosen on the left
        handle.press("ArrowLeft")
        assert handle.get_attribute("aria-valuenow") == "98"
        viewer.find("[data-key=swipe-left]").select_option("depth_to_water")
        viewer.page.wait_for_function("() => window.__gw.map.getLayer('raster/depth_to_water')")
        viewer.settle()
        viewer.ask(*place(100, 100))
        viewer.find("[data-told=pollution_priority_class][data-status=value]").wait_for()
        viewer.find("[data-told=depth_to_water][data-status=value]").wait_for()
        assert barriers(viewer) == []
        viewer.find(".panel-back").click()
        viewer.find("[data-key=swipe]").click()
        viewer.find(".swipe-map").wait_for(state="detached")
        assert viewer.find("[role=slider]").count() == 0


def test_a_printed_sheet_has_the_raster_and_its_legend(browser, pictured):
    with watched(browser, pictured.url, **SHARP_DESK) as viewer:
        viewer.open(f"{VIEW}&l=district,pollution_priority_class:70")
        viewer.page.wait_for_function(
            "() => window.__gw.map.getLayer('raster/pollution_priority_class')"
        )
        viewer.settle()
        sheet(viewer)
        assert "管控类区域（一级）" in viewer.find(".sheet-legend").inner_text()
        assert viewer.page.evaluate(_PIXELS, "227,176,75") > 100


# cells of the sheet's map that have a colour, seven tenths of it over white
_PIXELS = """async (wanted) => {
  const image = document.querySelector('.sheet-map img');
  await image.decode();
  const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
  const pen = canvas.getContext('2d');
  pen.drawImage(image, 0, 0);
  const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
  const color = wanted.split(',').map((c) => 0.7 * Number(c) + 0.3 * 255);
  let found = 0;
  for (let i = 0; i < data.length; i += 4)
    if (color.every((c, n) => Math.abs(c - data[i + n]) < 8)) found += 1;
  return found;
}"""


def over_white(color):
    """The colour as it is drawn: seven tenths of it over white."""
    return tuple(round(0.7 * c + 0.3 * 255) for c in color)


def distance(one, other):
    return sum(abs(a - b) for a, b in zip(one, other, strict=True))


def test_a_finger_reaches_everything_of_it_and_drags_the_bar(browser, pictured):
    with watched(browser, pictured.url, **PHONE) as viewer:
        viewer.open(VIEW.replace("12.5", "11"))
        viewer.pull_up()
        viewer.find("[data-key=swipe]").tap()
        viewer.find(".swipe-map[data-state=ready]").wait_for()
        handle = viewer.find("[role=slider]")
        box = handle.bounding_box()
        assert min(box["width"], box["height"]) >= 44
        touch = viewer.page.context.new_cdp_session(viewer.page)
        y = box["y"] + 22
        for kind, x in (("touchStart", box["x"] + 22), ("touchMove", 150), ("touchMove", 100)):
            touch.send("Input.dispatchTouchEvent",
                       {"type": kind, "touchPoints": [{"x": x, "y": y}]})  # fmt: skip
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        assert abs(int(handle.get_attribute("aria-valuenow")) - 100 * 100 / 390) <= 1
        viewer.pull_up()
        viewer.find("[data-key=swipe-left]").wait_for()
        assert small_targets(viewer) == []
        assert barriers(viewer) == []
