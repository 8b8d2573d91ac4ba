"""划区: a new zone from the first corner to the register, by mouse, by table, by keyboard."""

import httpx
import pytest
from shapely.geometry import mapping, shape
from sqlalchemy import text

from gis_app.rights import Grant, Role
from tests.e2e import desk as at
from tests.e2e import people
from tests.e2e.browser import BARE
from tests.e2e.desk import FREE

pytestmark = pytest.mark.signed_in

FIRST = (113.43, 37.8975)
UNITS = str.maketrans("", "", ", km²亩")


@pytest.fixture
def drawing(desk):
    """The desk open on free ground, ready to draw a restricted zone."""
    desk.open(f"#13/{FIRST[1]}/{FIRST[0]}&l=restricted_zone")
    at.begin(desk, "restricted_zone")
    return desk


def history(viewer) -> list[str]:
    viewer.find("gw-steps summary").click()
    return viewer.texts(".step")


def test_what_is_drawn_is_what_stands_in_the_register(drawing, service):
    at.put(drawing, *FREE)
    drawing.page.keyboard.press("Enter")
    drawing.settle()
    shown = at.drawn(drawing)
    ((layer, zone_id),) = at.save(drawing, "画的限采区")
    statement = text(
        "select st_astext(geom) as wkt, law_status, name, st_area(geom::geography) / 1e6 as km2"
        " from gis.zone where zone_id = :zone_id"
    )
    with service.engine.connect() as conn:
        (row,) = conn.execute(statement, {"zone_id": zone_id})
    stored = shape(at.latest(drawing, layer, zone_id, 1)["geometry"])
    assert (layer, row.law_status, row.name) == ("restricted_zone", "draft", "画的限采区")
    assert stored.equals(shown)
    assert stored.geoms[0].exterior.coords[:] == shown.geoms[0].exterior.coords[:]
    assert not drawing.page.evaluate("() => Object.keys(localStorage)").count("gw-desk:")


def test_the_area_code_is_that_of_the_district_and_asked_of_who_draws_in_some_only(desk, service):
    name = people.person(service.engine, "cityplanner", Grant(Role.PLANNER, "1403"))
    desk.page.context.clear_cookies()
    desk.open(f"#13/{FIRST[1]}/{FIRST[0]}&l=restricted_zone")
    people.signed_in(desk, name)
    at.begin(desk, "restricted_zone")
    at.put(desk, *FREE)
    desk.page.keyboard.press("Enter")
    desk.find("[data-key=desk-form]").click()
    desk.find("#form-name").fill("示例市里画的区")
    code = desk.find("#form-area_code")
    district = code.input_value()
    assert district.startswith("1403")
    assert district in desk.find("[data-districts]").inner_text()
    code.fill("")
    code.press("Tab")
    desk.find("[data-key=desk-save]").click()
    desk.find("#form-area_code-bad").wait_for()
    code.fill(district)
    code.press("Tab")
    desk.find("[data-key=desk-save]").click()
    desk.find("[data-saved]").wait_for()
    assert "与所填行政区不符" not in desk.find("[data-saved]").inner_text()


def test_area_and_perimeter_are_told_while_drawing(drawing, service):
    at.put(drawing, *FREE[:3])
    told = drawing.find("[data-measure=km2]").inner_text()
    at.put(drawing, FREE[3])
    drawing.page.keyboard.press("Enter")
    assert drawing.find("[data-measure=km2]").inner_text() != told
    wkt = at.drawn(drawing).wkt
    statement = text("select st_area(st_geogfromtext(:wkt)), st_perimeter(st_geogfromtext(:wkt))")
    with service.engine.connect() as conn:
        area_m2, perimeter_m = conn.execute(statement, {"wkt": f"SRID=4490;{wkt}"}).one()
    shown = {
        key: float(drawing.find(f"[data-measure={key}]").inner_text().translate(UNITS))
        for key in ("km2", "mu", "km")
    }
    assert shown["km2"] == pytest.approx(area_m2 / 1e6, abs=1e-4)
    assert shown["mu"] == pytest.approx(area_m2 * 3 / 2000, abs=0.1)
    assert shown["km"] == pytest.approx(perimeter_m / 1e3, abs=1e-3)


def test_what_the_draft_would_do_is_told_by_the_service_or_said_to_be_missing(drawing):
    offered = "/collections/{collectionId}/impact" in drawing.api("/openapi.json")["paths"]
    at.put(drawing, *FREE)
    drawing.page.keyboard.press("Enter")
    drawing.find("[data-impact=told], [data-impact=absent]").wait_for()
    drawing.settle()
    section = drawing.find(".desk-impact")
    assert section.get_attribute("data-impact") == ("told" if offered else "absent")
    if not offered:
        assert "404" in section.inner_text()
        assert section.locator("dd").count() == 0
        return
    body = {"type": "Feature", "properties": {}, "geometry": mapping(at.drawn(drawing))}
    told = httpx.post(
        f"{drawing.url}/collections/restricted_zone/impact", json=body, headers=drawing.headers
    ).json()
    for key, count in told["wells"].items():
        assert int(drawing.find(f"[data-wells={key}]").inner_text().replace(",", "")) == count
    for name in ("permits", "permitted_m3", "reported_m3", "people", "without_replacement"):
        shown = drawing.find(f"[data-amount={name}]").inner_text()
        unknown = told[name] is None or name in told["unknown"]
        assert (shown == "未知") is unknown, name


def test_each_gesture_is_one_step_back_and_forth(drawing):
    keys = drawing.page.keyboard
    at.put(drawing, *FREE[:3])
    keys.press("Backspace")
    assert len(at.kept(drawing)["sheet"]["pen"]["points"]) == 2
    keys.press("Control+z")
    assert len(at.kept(drawing)["sheet"]["pen"]["points"]) == 3
    keys.press("Enter")
    assert at.drawn(drawing).area > 0
    keys.press("Control+z")
    assert at.kept(drawing)["sheet"]["shapes"] == {"new/1": []}
    keys.press("Control+y")
    assert at.drawn(drawing).area > 0
    assert history(drawing) == ["画界", "加点", "加点", "加点", "新建"]
    drawing.find("[data-key=step-2]").click()
    assert len(at.kept(drawing)["sheet"]["pen"]["points"]) == 2


def test_escape_lets_go_of_the_pen_and_the_first_corner_closes_the_ring(drawing):
    at.put(drawing, *FREE[:2])
    drawing.page.keyboard.press("Escape")
    assert drawing.find(".desk-tools").is_visible()
    assert drawing.find("[data-measure=corners]").inner_text() == "0"
    at.put(drawing, *FREE, FREE[0])
    assert drawing.find("[data-measure=corners]").inner_text() == "4"
    assert len(at.drawn(drawing).geoms[0].exterior.coords) == 5


def test_a_border_that_crosses_itself_is_refused_with_its_place(drawing):
    at.put(drawing, FREE[0], FREE[2], FREE[1], FREE[3])
    drawing.page.keyboard.press("Enter")
    fault = drawing.find("[data-fault=crossing]")
    fault.wait_for()
    assert "自相交" in fault.inner_text()
    drawing.settle()
    drawing.find("[data-key=desk-form]").click()
    drawing.find("#form-name").fill("自相交")
    assert drawing.find("[data-key=desk-save]").is_disabled()
    script = "() => window.__gw.map.queryRenderedFeatures({ layers: ['desk/fault'] }).length"
    assert drawing.page.evaluate(script) > 0


def test_corners_snap_to_corners_and_borders_exactly(desk):
    zone = desk.api("/collections/restricted_zone/items", limit=1)["features"][0]
    ring = shape(zone["geometry"]).geoms[0].exterior
    corner = max(ring.coords[:-1], key=lambda p: p[0])
    desk.open(f"#16/{corner[1]}/{corner[0]}&l=restricted_zone")
    at.begin(desk, "restricted_zone")
    x, y = desk.pixel(*corner)
    desk.page.mouse.move(x + 5, y - 4)
    desk.page.mouse.click(x + 5, y - 4)
    assert at.kept(desk)["sheet"]["pen"]["points"][0] == list(corner)
    desk.find("[data-key=snap-vertex]").click()
    desk.find("[data-key=snap-edge]").click()
    desk.page.mouse.click(x + 5, y - 4)
    assert at.kept(desk)["sheet"]["pen"]["points"][1] != list(corner)
    desk.page.keyboard.press("Escape")
    desk.find("[data-key=snap-edge]").click()
    desk.find("[data-key=snap-vertex]").click()
    desk.page.keyboard.down("Alt")
    desk.page.mouse.click(x + 3, y + 3)
    desk.page.keyboard.up("Alt")
    assert at.kept(desk)["sheet"]["pen"]["points"][0] != list(corner)


def test_holding_t_follows_the_neighbours_border(desk):
    zone = desk.api("/collections/restricted_zone/items", limit=1)["features"][0]
    ring = shape(zone["geometry"]).geoms[0].exterior
    at_ = max(range(len(ring.coords) - 1), key=lambda i: ring.coords[i][0])
    path = [ring.coords[(at_ + i) % (len(ring.coords) - 1)] for i in range(7)]
    desk.open(f"#15.5/{path[3][1]}/{path[3][0]}&l=restricted_zone")
    at.begin(desk, "overdraft_zone", grade="general")
    at.put(desk, path[0])
    desk.page.keyboard.down("t")
    at.put(desk, path[-1])
    desk.page.keyboard.up("t")
    points = [tuple(p) for p in at.kept(desk)["sheet"]["pen"]["points"]]
    assert points == path


def test_a_pasted_table_in_degrees_minutes_and_seconds_is_the_zone(drawing):
    drawing.find(".corners summary").click()
    lines = ["点号\t经度\t纬度"]
    lines += [
        "J1\t113°25′12.0″\t37°53′24.0″",
        "J2\t113°26′24.0″\t37°53′24.0″",
        "J3\t113°26′24.0″\t37°54′18.0″",
        "J4\t113°25′12.0″\t37°54′18.0″",
    ]
    drawing.find("#corners-text").fill("\n".join(lines))
    drawing.find("[data-key=corners-take]").click()
    drawing.settle()
    assert at.drawn(drawing).geoms[0].exterior.coords[:-1] == FREE
    drawing.find("[data-key=corner-0-0]").fill("113°24′36.0″")
    drawing.find("[data-key=corner-0-0]").press("Tab")
    drawing.settle()
    assert at.drawn(drawing).geoms[0].exterior.coords[0] == (113.41, 37.89)
    drawing.find("[data-key=corner-1-1]").fill("三十七度")
    drawing.find("[data-key=corner-1-1]").press("Tab")
    drawing.find("[data-key=corner-1-1][aria-invalid=true]").wait_for()
    assert at.drawn(drawing).geoms[0].exterior.coords[1] == FREE[1]


def test_a_border_is_simplified_as_shown_and_one_step_brings_it_back(drawing):
    west, south, east, north = 113.42, 37.89, 113.44, 37.905
    middle = ((west + east) / 2, south + 0.0004)  # some forty metres off the line
    at.put(drawing, (west, south), middle, (east, south), (east, north), (west, north))
    drawing.page.keyboard.press("Enter")
    before = at.drawn(drawing)
    at.tool(drawing, "simplify")
    assert drawing.find("[data-corners]").get_attribute("data-corners") == "5 5"
    drawing.find("#desk-tolerance").fill("200")
    drawing.find("#desk-tolerance").press("Tab")
    assert drawing.find("[data-corners]").get_attribute("data-corners") == "5 4"
    drawing.find("[data-key=desk-simplify]").click()
    after = at.drawn(drawing)
    assert len(after.geoms[0].exterior.coords) == 5
    assert set(after.geoms[0].exterior.coords) < set(before.geoms[0].exterior.coords)
    drawing.find("[data-key=desk-undo]").click()
    drawing.settle()
    assert at.drawn(drawing).equals_exact(before, 0)


def test_the_keyboard_alone_draws_and_saves_a_zone(desk):
    desk.open(f"#13/{FIRST[1]}/{FIRST[0]}&l=restricted_zone")
    keys = desk.page.keyboard
    desk.find("[data-key=desk]").focus()
    keys.press("Enter")
    desk.find("[data-key=draw-restricted_zone]").focus()
    keys.press("Enter")
    desk.find(".desk-tools").wait_for()
    desk.settle()
    desk.find(".maplibregl-canvas").focus()
    for way in ("ArrowRight", "ArrowUp", "ArrowLeft"):
        keys.press(" ")
        keys.press(way)
        desk.settle()
    keys.press(" ")
    keys.press("Enter")
    desk.settle()
    assert len(at.drawn(desk).geoms[0].exterior.coords) == 5
    desk.find("[data-key=desk-form]").focus()
    keys.press("Enter")
    desk.find("#form-name").focus()
    keys.type("键盘画的区")
    keys.press("Enter")
    desk.find("[data-saved='1']").wait_for()


def test_unsaved_work_is_asked_about_and_survives_a_dead_service_and_a_closed_tab(drawing):
    at.put(drawing, *FREE)
    drawing.page.keyboard.press("Enter")
    was = at.drawn(drawing)
    drawing.find(".panel-back").click()
    drawing.find("[data-key=leave-stay]").click()
    assert drawing.find(".desk-tools").is_visible()
    drawing.page.route("**/collections/**", lambda route: route.abort())
    drawing.find("[data-key=desk-form]").click()
    drawing.page.unroute("**/collections/**")
    drawing.page.route("**/items?reason=*", lambda route: route.abort())
    drawing.find(".state-error button").click()
    drawing.find("#form-name").fill("服务停了")
    drawing.find("[data-key=desk-save]").click()
    drawing.find("[data-save-error]").wait_for()
    assert "留在本机" in drawing.find("[data-save-error]").inner_text()
    drawing.page.unroute("**/items?reason=*")
    other = drawing.page.context.new_page()
    drawing.page.close(run_before_unload=False)
    drawing.page = other
    drawing.open(BARE)
    drawing.find("[data-key=desk]").click()
    drawing.find("[data-key^=kept-]").filter(has_text="服务停了").click()
    drawing.settle()
    assert at.drawn(drawing).equals(was)
    drawing.find(".panel-back").click()
    drawing.find("[data-key=leave-discard]").click()
    drawing.find("[data-key=desk]").click()
    assert drawing.find("[data-key^=kept-]").count() == 0


def test_closing_the_tab_with_unsaved_work_asks_first(drawing):
    at.put(drawing, *FREE[:2])
    asked = []
    drawing.page.on("dialog", lambda d: (asked.append(d.type), d.accept()))
    with drawing.page.expect_event("close"):
        drawing.page.close(run_before_unload=True)
    assert asked == ["beforeunload"]
