"""A file dropped on the map: read, shown, changed where it was guessed, taken, taken back."""

import json

import httpx
import pytest
from shapely import Point, box
from shapely.geometry import shape
from sqlalchemy import text

from gis_app.store.engine import writing
from tests.e2e import people
from tests.e2e.browser import BARE, DESK, PHONE, watched
from tests.e2e.files import drop, gbk_shapefile, let_fall
from tests.e2e.test_promises import barriers, small_targets

pytestmark = pytest.mark.signed_in

# ground of the sample city where nothing is drawn
AREA = box(113.44, 37.98, 113.45, 37.99)
GK_38_PREFIXED = 4526  # CGCS2000, central meridian 114°E, easting 38 …


def batch_id(viewer):
    """The number of the batch in the panel."""
    words = viewer.find(".intake-file").inner_text()
    return int("".join(c for c in words.split("批次")[-1] if c.isdigit()))


def drafts(viewer):
    """The drafts there are, by name."""
    return {row["name"]: row for row in viewer.api("/drafts")["drafts"]}


def take_back(viewer):
    viewer.find("[data-key=intake-undo]").click()
    viewer.find("[data-key=intake-undo].danger").click()
    viewer.find("[data-intake=undone]").wait_for()
    viewer.settle()


def test_a_gbk_shapefile_of_a_gauss_krueger_zone_lands_with_its_words_in_its_place(desk, tmp_path):
    path = gbk_shapefile(tmp_path, "禁采区", [AREA], GK_38_PREFIXED, 名称=["示例饮马池禁采区"],
                         区划代码=["140302"], 图斑=["甲"])  # fmt: skip
    desk.open("#12/37.9/113.5&l=prohibited_zone")
    drop(desk, path)
    # every guess is shown: layer, system, encoding, columns
    assert desk.find("#intake-layer").input_value() == "prohibited_zone"
    assert desk.find("[data-told=layer]").count() == 1
    assert "EPSG:4526" in desk.find("[data-told=crs]").inner_text()
    assert "gb18030" in desk.find("[data-told=encoding]").inner_text()
    assert desk.find("[data-column=名称] select").input_value() == "name"
    assert desk.find("[data-column=图斑] select").input_value() == ""
    assert "示例饮马池禁采区" in desk.find("[data-sample='1']").inner_text()
    script = """() => window.__gw.map.querySourceFeatures('intake').length"""
    assert desk.page.evaluate(script) >= 1
    assert "草案 1" in desk.find("[data-law]").inner_text()
    # a guess is changed: the code comes from a column that was left out
    desk.find("[data-column=图斑] select").select_option("code")
    assert desk.find("[data-key=intake-commit]").is_disabled()
    desk.find("[data-key=intake-read]").click()
    desk.find("[data-sample='1'] >> text=甲").wait_for()
    desk.find("[data-key=intake-commit]:enabled").click()
    desk.find("[data-intake=committed]").wait_for()
    desk.settle()
    made = drafts(desk)["示例饮马池禁采区"]
    zone = desk.api(f"/collections/prohibited_zone/items/{made['zone_id']}", version=1)
    assert zone["properties"]["code"] == "甲"
    assert shape(zone["geometry"]).symmetric_difference(AREA).area < 1e-9 * AREA.area + 1e-12
    take_back(desk)
    assert "示例饮马池禁采区" not in drafts(desk)


def test_a_kml_is_asked_for_its_layer_and_comes_as_a_draft(panel, tmp_path):
    corners = " ".join(f"{x},{y},0" for x, y in AREA.exterior.coords)
    path = tmp_path / "手绘.kml"
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2">'
        "<Document><Placemark><name>示例手绘区</name><Polygon><outerBoundaryIs><LinearRing>"
        f"<coordinates>{corners}</coordinates></LinearRing></outerBoundaryIs></Polygon>"
        "</Placemark></Document></kml>",
        "utf-8",
    )
    panel.expected.add("400")  # nothing tells which layer it is
    panel.open("#12/37.9/113.5")
    drop(panel, path)
    assert "看不出是哪个图层" in panel.find("[data-intake-error]").inner_text()
    panel.find("#intake-layer").select_option("restricted_zone")
    panel.find("[data-intake=preview]").wait_for()
    panel.settle()
    assert panel.find("[data-told=layer]").count() == 0
    assert "示例手绘区" in panel.find("[data-sample='1']").inner_text()
    panel.find("[data-key=intake-discard]").click()
    panel.find("[data-key=intake-discard].danger").click()
    panel.find("[data-intake=discarded]").wait_for()
    assert "示例手绘区" not in drafts(panel)


def test_a_geojson_in_a_system_without_a_sound_way_to_cgcs2000_is_refused_with_the_way_out(
    panel, tmp_path
):
    name = "urn:ogc:def:crs:EPSG::2362"  # Xi'an 1980, 3° zone 38: 60 m off if taken for CGCS2000
    zone = {"type": "Feature", "properties": {"名称": "示例旧区"},
            "geometry": AREA.__geo_interface__}  # fmt: skip
    body = {"type": "FeatureCollection", "features": [zone],
            "crs": {"type": "name", "properties": {"name": name}}}  # fmt: skip
    path = tmp_path / "限采区.geojson"
    path.write_text(json.dumps(body), "utf-8")
    panel.expected.add("400")
    panel.open("#12/37.9/113.5")
    drop(panel, path)
    told = panel.find("[data-intake-error]").inner_text()
    assert "西安80" in told
    assert "七参数" in told
    assert panel.find("[data-key=intake-commit]").count() == 0
    # the way out: the reader knows better what the numbers are
    panel.find("#intake-crs").fill("EPSG:4490")
    panel.find("#intake-crs").press("Tab")
    panel.find("[data-key=intake-read]").click()
    panel.find("[data-intake=preview]").wait_for()
    panel.settle()
    assert "您指定" in panel.find("[data-told=crs]").inner_text()
    panel.api(f"/imports/{batch_id(panel)}")


def test_refused_rows_are_left_out_only_when_that_is_said(panel, service, tmp_path):
    path = tmp_path / "wells.csv"
    rows = ["ZZ-1,示例新井,113.4211,37.8911,在用", "ZZ-2,示例坏井,113.4212,37.8912,半开"]
    path.write_text("\n".join(["水井编号,水井名称,经度,纬度,应用状况", *rows]), "gb18030")
    panel.open("#12/37.9/113.5")
    drop(panel, path)
    assert panel.find("[data-count=refused]").inner_text() == "1"
    commit = panel.find("[data-key=intake-commit]")
    assert commit.is_disabled()
    panel.unfold()
    assert "应用状况" in " ".join(panel.texts("[data-row='2']"))
    handed = panel.find("[data-key=refused-csv]").evaluate("(e) => e.href")
    assert "ZZ-2" in httpx.get(handed, headers=service.headers).content.decode("utf-8-sig")
    panel.find("[data-key=intake-skip]").check()
    commit.click()
    panel.find("[data-intake=committed]").wait_for()
    panel.settle()
    assert panel.find("[data-done=inserted]").inner_text() == "1"
    verdict = panel.api("/wells/ZZ-1/verdict")["well"]
    assert Point(verdict["lon"], verdict["lat"]).distance(Point(113.4211, 37.8911)) < 1e-9
    take_back(panel)
    answer = httpx.get(f"{service.url}/wells/ZZ-1/verdict", headers=service.headers)
    assert answer.status_code == 404


def test_a_refused_import_is_said_where_the_reader_looks(panel, tmp_path):
    path = tmp_path / "wells.csv"
    path.write_text("水井编号,水井名称,经度,纬度\nZR-1,示例井,113.4211,37.8911\n", "gb18030")
    panel.open("#12/37.9/113.5")
    drop(panel, path)
    refusal = {"detail_zh": "请填写行政区划代码。", "detail_en": "Give the area code."}
    panel.page.route("**/commit", lambda route: route.fulfill(status=409, json=refusal))
    panel.expected.add("409")
    panel.find("[data-key=intake-commit]").scroll_into_view_if_needed()
    panel.find("[data-key=intake-commit]").click()
    panel.find("[data-intake-error]").wait_for()
    told = panel.find("[data-intake-error]").bounding_box()
    body = panel.find(".panel-body").bounding_box()
    assert body["y"] <= told["y"] < told["y"] + told["height"] <= body["y"] + body["height"]


def test_an_undo_keeps_what_others_have_changed_since_and_says_which(panel, service, tmp_path):
    path = tmp_path / "wells.csv"
    rows = ["ZK-1,示例甲井,113.4211,37.8911,在用", "ZK-2,示例乙井,113.4212,37.8912,在用"]
    path.write_text("\n".join(["水井编号,水井名称,经度,纬度,应用状况", *rows]), "gb18030")
    panel.expected |= {"409"}
    panel.open("#12/37.9/113.5")
    drop(panel, path)
    panel.find("[data-key=intake-commit]").click()
    panel.find("[data-intake=committed]").wait_for()
    with writing(service.engine, "inspector") as conn:
        conn.execute(text("update gis.well set status = 'sealed' where code = 'ZK-2'"))
    panel.find("[data-key=intake-undo]").click()
    panel.find("[data-key=intake-undo].danger").click()
    panel.find("[data-kept]").wait_for()
    assert panel.texts(".intake-kept li") == ["ZK-2：inspector 改动"]
    assert "crs" not in panel.find(".intake").inner_text()
    assert barriers(panel) == []
    panel.find("[data-key=intake-undoRest]").click()
    panel.find("[data-key=intake-undoRest].danger").click()
    panel.find("[data-intake=undone]").wait_for()
    panel.settle()
    assert panel.find("[data-done=deleted]").inner_text() == "1"
    assert panel.find("[data-done=kept]").inner_text() == "1"
    answer = httpx.get(f"{service.url}/wells/ZK-1/verdict", headers=service.headers)
    assert answer.status_code == 404
    assert panel.api("/wells/ZK-2/verdict")["well"]["status"]["key"] == "sealed"
    with writing(service.engine, "test") as conn:
        conn.execute(text("delete from gis.well where code = 'ZK-2'"))


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_the_imports_have_no_barrier_and_nothing_is_cut_off(mapless, service, tmp_path, size):
    kind = {"desk": DESK, "phone": PHONE}[size]
    path = gbk_shapefile(tmp_path, "超采区", [AREA, AREA], GK_38_PREFIXED,
                         名称=["示例一", None], 等级=["严重", "不明"])  # fmt: skip
    with watched(mapless, service.url, **kind) as viewer:
        viewer.headers = service.headers
        people.enter(viewer, service.engine)
        viewer.open("#12/37.9/113.5")
        viewer.pull_up()
        viewer.find("[data-key=intake]").click()
        viewer.find(".intake-drop").wait_for()
        viewer.settle()
        unhindered(viewer, size, "start")
        with viewer.page.expect_file_chooser() as chooser:
            viewer.find("[data-key=intake-choose]").click()
        chooser.value.set_files(path)
        viewer.find("[data-intake=preview]").wait_for()
        viewer.settle()
        viewer.unfold()
        viewer.find("#intake-constant").select_option("boundary_accuracy_m")
        viewer.find("input[name=intake-law][value=approved]").check()
        unhindered(viewer, size, "preview")


def unhindered(viewer, size, screen):
    """No barrier, no sideways scroll, no small target, at one size."""
    assert barriers(viewer) == [], screen
    assert viewer.find(".panel-body").evaluate("(e) => e.scrollWidth <= e.clientWidth"), screen
    if size == "phone":
        assert small_targets(viewer) == [], screen


def test_the_imports_speak_english_too(panel, tmp_path):
    path = gbk_shapefile(tmp_path, "泉域", [AREA], GK_38_PREFIXED, 名称=["示例"])
    panel.open(query="?lang=en")
    drop(panel, path)
    panel.unfold()
    words = panel.find(".intake h3, .intake label, .intake button").all_inner_texts()
    assert not [w for w in words if any("\u4e00" <= c <= "\u9fff" for c in w)]


def test_who_may_not_import_is_not_offered_it_and_asked_to_sign_in_when_he_tries(phone, tmp_path):
    phone.open(BARE)
    phone.find(".sheet-handle").tap()
    assert phone.find("[data-key=intake]").count() == 0
    path = tmp_path / "wells.csv"
    path.write_text("code,lon,lat\nX-1,113.5,37.9\n")
    phone.expected.add("401")
    let_fall(phone, path)
    phone.find("[data-dialog=sign-in]").wait_for()
    assert phone.find("[data-key^=batch-]").count() == 0


def test_several_files_that_are_not_one_are_not_guessed_at(panel, tmp_path):
    shapefile = gbk_shapefile(tmp_path, "泉域", [AREA], GK_38_PREFIXED, 名称=["示例泉域"])
    parts = [tmp_path / f"泉域.{suffix}" for suffix in ("shp", "shx", "dbf", "prj")]
    panel.open("#12/37.9/113.5")
    panel.find("[data-key=intake]").click()
    choose = panel.find("[data-key=intake-files]")
    choose.set_input_files([shapefile, parts[0]])
    panel.find(".message >> text=一次只能导入一个文件").wait_for()
    choose.set_input_files(parts[:2])
    panel.find(".message >> text=缺少 .dbf").wait_for()
    choose.set_input_files(parts)
    panel.find("[data-intake=preview]").wait_for()
    panel.settle()
    assert "示例泉域" in panel.find("[data-sample='1']").inner_text()
    assert "EPSG:4526" in panel.find("[data-told=crs]").inner_text()
