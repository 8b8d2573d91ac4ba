"""Raster layers over HTTP: collections, tiles, values, statistics, records."""

import csv
import io
import subprocess
import sys

import httpx
import numpy as np
import pytest
from PIL import Image

from gis_app.raster.picture import TMS
from gis_app.rights import Grant, Role
from tests.people import admit, bearer
from tests.rasters import made
from tests.rasters.conftest import place

DEPTH, KINDS = "/collections/depth_to_water", "/collections/pollution_priority_class"
TILES = "/map/tiles/WebMercatorQuad"


def tile_at(zoom, east=1000, north=3000):
    found = TMS.tile(*place(east, north), zoom)
    return f"{zoom}/{found.y}/{found.x}"


def point(east, north):
    lon, lat = place(east, north)
    return f"POINT({lon:.9f} {lat:.9f})"


def test_raster_layers_are_collections_with_unit_extent_and_what_holds(http):
    listed = {each["id"]: each for each in http.get("/collections").json()["collections"]}
    told = http.get(DEPTH).json()
    assert told == listed["depth_to_water"]
    assert told["itemType"] == "coverage"
    west, south, east, north = told["extent"]["spatial"]["bbox"][0]
    assert west < place(0, 0)[0] < east
    assert south < place(0, 4000)[1] <= north
    assert told["extent"]["temporal"]["interval"] == [["2024-01-01", None]]
    assert told["parameter_names"]["depth_to_water"]["unit"]["symbol"] == "m"
    assert [row["file_name"] for row in told["rasters"]] == ["depth_2024.tif"]
    assert "extent" not in listed["ground_height"]
    for link in told["links"]:
        assert http.get(link["href"]).status_code == 200, link
    kinds = http.get(KINDS).json()["parameter_names"]["pollution_priority_class"]
    assert len(kinds["observedProperty"]["categories"]) == 8


def test_features_of_a_raster_are_not_found_and_the_way_is_told(http):
    answer = http.get(f"{DEPTH}/items")
    assert answer.status_code == 404
    assert "position" in answer.json()["detail_en"]
    assert "district" not in http.get("/collections/district/legend").text
    assert http.get("/collections/district/legend").status_code == 404


def test_a_tile_is_a_picture_that_is_asked_for_once(http):
    address = f"{DEPTH}{TILES}/{tile_at(12)}"
    answer = http.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/png"
    with Image.open(io.BytesIO(answer.content)) as image:
        assert image.size == (256, 256)
        assert np.asarray(image.convert("RGBA"))[..., 3].max() == 255
    again = http.get(address, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    webp = http.get(f"{address}?f=webp")
    assert webp.headers["content-type"] == "image/webp"
    assert webp.headers["etag"] != answer.headers["etag"]
    then = http.get(f"{address}?datetime=2021-05-05")
    assert then.headers["etag"] != answer.headers["etag"]
    assert then.content != answer.content


def test_out_of_range_is_not_there_and_elsewhere_is_clear(http):
    for bad in ("3/8/0", "3/0/8", "23/0/0", "30/0/0"):
        assert http.get(f"{DEPTH}{TILES}/{bad}").status_code == 404, bad
    assert http.get(f"{DEPTH}{TILES}/3/x/0").status_code == 400
    assert http.get(f"{DEPTH}{TILES}/3/0/0?datetime=2020-01-01/2021-01-01").status_code == 400
    assert http.get(f"/collections/no_such{TILES}/3/0/0").status_code == 404
    for empty in (f"{DEPTH}{TILES}/3/0/0", f"/collections/ground_height{TILES}/{tile_at(12)}"):
        with Image.open(io.BytesIO(http.get(empty).content)) as image:
            assert np.asarray(image.convert("RGBA"))[..., 3].max() == 0


def test_tilejson_leads_to_tiles_of_the_day(http):
    told = http.get(f"{DEPTH}{TILES}/tilejson.json").json()
    assert told["tilejson"] == "3.0.0"
    assert 9 < told["maxzoom"] < 14
    west, _, east, _ = told["bounds"]
    assert west < 113.6 < east
    of_day = http.get(f"{DEPTH}{TILES}/tilejson.json?datetime=2021-05-05").json()
    assert of_day["tiles"][0].endswith("?datetime=2021-05-05")
    z, y, x = tile_at(12).split("/")
    filled = of_day["tiles"][0].replace("{z}", z).replace("{y}", y).replace("{x}", x)
    assert http.get(filled).status_code == 200


def test_the_legend_is_told_and_drawn(http):
    told = http.get(f"{KINDS}/legend").json()
    assert told["classes"][0] == {"code": 0, "color": "#E7E5DC", "zh": "一般区", "en": "general"}
    drawn = http.get(f"{KINDS}/legend?f=svg")
    assert drawn.headers["content-type"].startswith("image/svg+xml")
    for each in told["classes"]:
        assert each["color"] in drawn.text
        assert each["zh"] in drawn.text
    ramp = http.get(f"{DEPTH}/legend").json()
    assert ramp["unit"] == {"symbol": "m", "zh": "米", "en": "m"}
    assert ramp["stops"][0]["value"] == 0
    assert "linearGradient" in http.get(f"{DEPTH}/legend?f=svg").text


def test_a_value_has_its_unit_and_no_data_is_said_and_not_0(http):
    def told(coords, path=DEPTH, **more):
        return http.get(f"{path}/position", params={"coords": coords, **more}).json()

    first = told(point(50, 3950))
    assert first["unit"] == "m"
    (value,) = first["points"]
    assert (value["status"], value["value"]) == ("value", 20.0)
    assert (value["words_zh"], value["words_en"]) == ("20.0 米", "20.0 m")
    assert told(point(50, 3950), datetime="2021-05-05")["points"][0]["value"] == 10.0
    (before,) = told(point(50, 3950), datetime="2019-05-05")["points"]
    assert (before["status"], before["value"], before["raster"]) == ("outside", None, None)
    (hole,) = told(point(3000, 2000))["points"]
    assert (hole["status"], hole["value"]) == ("no_data", None)
    assert "不是 0" in hole["words_zh"]
    (kind,) = told(point(100, 100), KINDS)["points"]
    assert (kind["value"], kind["class"]["zh"]) == (1, "管控类区域（一级）")
    many = f"MULTIPOINT(({place(50, 3950)[0]} {place(50, 3950)[1]}),(0 0))"
    assert [each["status"] for each in told(many)["points"]] == ["value", "outside"]


@pytest.mark.parametrize(
    "coords",
    ["", "113,37", "POINT(113)", "POINT(200 10)", "POINT(37.9 113.6)", "LINESTRING(0 0,1 1)",
     "POINT EMPTY", "POINT(nan nan)", "POINT(" + "1" * 61_000 + " 1)"],
)  # fmt: skip
def test_coordinates_that_are_none_are_refused_in_both_languages(http, coords):
    answer = http.get(f"{DEPTH}/position", params={"coords": coords})
    assert answer.status_code == 400
    assert "coords" in answer.json()["detail_zh"]
    assert "longitude" in answer.json()["detail_en"]


def test_statistics_within_zones_are_json_a_page_and_files(http):
    told = http.get(f"{DEPTH}/statistics", params={"layer": "spring_domain"}).json()
    rows = {row["zone_name"]: row for row in told["rows"]}
    west = rows["西泉"]
    values = made.slope(low=20)
    assert west["area_km2"] == pytest.approx(1.8 * 1.6, rel=1e-3)
    assert west["mean_m"] == pytest.approx(values[23:38, 3:20].mean(), abs=0.05)
    assert west["nodata_pct"] == 0
    far = rows["远泉"]
    assert far["nodata_pct"] == 100
    assert (far["mean_m"], far["raster_id"]) == (None, None)
    page = http.get(f"{DEPTH}/statistics?layer=spring_domain&f=html").text
    assert "西泉" in page
    assert "无数据不等于 0" in page
    link = next(k["href"] for k in told["links"] if k.get("title") == "csv")
    listed = list(csv.DictReader(io.StringIO(http.get(link).content.decode("utf-8-sig"))))
    assert [row["zone_name"] for row in listed] == [row["zone_name"] for row in told["rows"]]
    assert {row["zone_name"]: row["mean_m"] for row in listed}["远泉"] == ""
    features = http.get(f"{DEPTH}/statistics/export?f=geojson&layer=spring_domain").json()
    assert features["features"][0]["geometry"]["type"] in {"Polygon", "MultiPolygon"}


def test_statistics_of_classes_are_areas_and_are_narrowed(http):
    (county,) = http.get(f"{KINDS}/statistics").json()["rows"]
    assert county["class_0_km2"] == pytest.approx(6.0, rel=2e-3)
    assert county["class_1_km2"] == pytest.approx(6.0, rel=2e-3)
    assert county["class_11_km2"] == 0
    summed = sum(v for k, v in county.items() if k.startswith("class_"))
    known = county["area_km2"] * (1 - county["nodata_pct"] / 100)
    assert summed == pytest.approx(known, rel=1e-5)
    assert http.get(f"{KINDS}/statistics?area=1405").json()["rows"] == []
    named = http.get(f"{KINDS}/statistics?zone={county['zone_id']}").json()
    assert len(named["rows"]) == 1
    assert http.get(f"{KINDS}/statistics?layer=well").status_code == 400
    assert http.get(f"{KINDS}/statistics?layer=nothing").status_code == 404


def test_the_values_are_read_as_a_cog_from_where_they_lie(http, world):
    number = http.get(DEPTH).json()["rasters"][0]["raster_id"]
    address = f"{DEPTH}/rasters/{number}/cog"
    part = http.get(address, headers={"Range": "bytes=0-3"})
    assert (part.status_code, part.content[:2]) == (206, b"II")
    # as QGIS does; in a process of its own: rasterio would keep the service's thread from answering
    script = (
        "import sys, rasterio\nwith rasterio.open(sys.argv[1]) as f: "
        "print(f.units[0], f.read(1)[0, 0])"
    )
    asked = [sys.executable, "-c", script, f"/vsicurl/{world.url}{address}"]
    told = subprocess.run(asked, capture_output=True, text=True, timeout=60, check=True)
    assert told.stdout.split() == ["m", "20.0"]
    assert http.get(f"{KINDS}/rasters/{number}/cog").status_code == 404


@pytest.fixture
def analyst(world):
    token = admit(world.engine, "raster-analyst", (Grant(Role.ANALYST),))
    with httpx.Client(base_url=world.url, headers=bearer(token), timeout=60) as client:
        yield client


def test_one_is_brought_drawn_and_taken_back_over_http(http, analyst, tmp_path):
    path = made.write(tmp_path / "高程.tif", made.slope(low=700, step=3))
    layer = "/collections/ground_height"
    sent = {"file": ("高程.tif", path.read_bytes())}
    refused = analyst.post(f"{layer}/rasters", files=sent)
    assert refused.status_code == 409
    assert {each["code"] for each in refused.json()["problems"]} == {"unit_missing"}
    form = {"unit": "m", "valid_from": "2022-02-02", "reason": "示例"}
    assert http.post(f"{layer}/rasters", files=sent, data=form).status_code == 401
    before = http.get(f"{layer}{TILES}/{tile_at(12)}")
    made_of = analyst.post(f"{layer}/rasters", files=sent, data=form)
    assert made_of.status_code == 201, made_of.text
    number = made_of.json()["raster_id"]
    assert made_of.json()["file_name"] == "高程.tif"
    until_seen(http, f"{layer}{TILES}/{tile_at(12)}", before.headers["etag"])
    shown = {each["id"]: each for each in http.get("/layers").json()["rasters"]}
    assert shown["ground_height"]["has_data"]
    bad = analyst.post(f"{layer}/rasters/{number}/end", json={"on": "2022-02-02"})
    assert bad.status_code == 400
    address = f"{layer}/rasters/{number}/withdraw"
    assert http.post(address, json={"reason": "x"}).status_code == 401
    assert analyst.post(address, json={"reason": "测试完毕"}).status_code == 200
    assert analyst.post(address, json={"reason": "再"}).status_code == 409
    seen = [each["raster_id"] for each in http.get(f"{layer}/rasters").json()["rasters"]]
    assert number not in seen
    told = analyst.get(f"{layer}/rasters").json()["rasters"][0]
    assert told["withdrawn_why"] == "测试完毕"
    assert "测试完毕" in analyst.get(f"{layer}/rasters?f=html").text


def until_seen(http, address, etag):
    """Ask until the tile is another: a change is on every worker within a second."""
    import time

    until = time.monotonic() + 5
    while http.get(address).headers["etag"] == etag:
        assert time.monotonic() < until
