"""Tiles decoded and compared with the table."""

import mapbox_vector_tile
import pytest
from sqlalchemy import text

from gis_app.store.engine import writing


def _tile(http, layer, z, x, y):
    answer = http.get(f"/collections/{layer}/tiles/WebMercatorQuad/{z}/{y}/{x}")
    assert answer.status_code in {200, 204}
    return mapbox_vector_tile.decode(answer.content).get(layer, {}).get("features", [])


@pytest.mark.parametrize("z", [6, 9, 11])
def test_every_well_is_in_the_tiles_of_a_zoom_once_by_its_place(http, service, z):
    with service.engine.connect() as conn:
        rows = conn.execute(
            text(
                "select well_id, floor((st_x(geom_web) + 20037508.342789244)"
                " / 40075016.685578488 * (1 << :z))::int as x,"
                " floor((20037508.342789244 - st_y(geom_web))"
                " / 40075016.685578488 * (1 << :z))::int as y from gis.well"
            ),
            {"z": z},
        ).all()
    wanted: dict[tuple[int, int], set[int]] = {}
    for row in rows:
        wanted.setdefault((row.x, row.y), set()).add(row.well_id)
    for (x, y), ids in wanted.items():
        got = {f["id"] for f in _tile(http, "well", z, x, y)}
        assert ids <= got


def test_a_wells_tile_carries_its_flag(http):
    flags = {f["properties"]["flag"] for f in _tile(http, "well", 6, 52, 24)}
    assert {"close", "indeterminate", "clear"} <= flags


def test_zone_tiles_hold_the_zones_in_force_today(http):
    listed = http.get("/collections/public_supply_coverage/items").json()["features"]
    got = {f["id"] for f in _tile(http, "public_supply_coverage", 6, 52, 24)}
    assert got == {f["id"] for f in listed}


@pytest.mark.parametrize("path", ["3/8/0", "3/0/8", "23/0/0", "2/2147483647/0"])
def test_a_tile_out_of_range_is_a_404(http, path):
    answer = http.get(f"/collections/well/tiles/WebMercatorQuad/{path}")
    assert answer.status_code == 404


def test_an_unchanged_tile_answers_304_and_an_edit_changes_its_etag(http, service):
    path = "/collections/well/tiles/WebMercatorQuad/6/24/52"
    first = http.get(path)
    again = http.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    with writing(service.engine, "test") as conn:
        conn.execute(text("update gis.well set remark = 'seen' where code like 'SL-D%'"))
    assert http.get(path).headers["etag"] != first.headers["etag"]


def test_tilejson_and_style_point_to_tiles_that_answer(http, service):
    for layer in service.registry.layers:
        tilejson = http.get(f"/collections/{layer}/tiles/WebMercatorQuad/tilejson.json").json()
        url = tilejson["tiles"][0].replace("{z}", "6").replace("{y}", "24").replace("{x}", "52")
        assert http.get(url).status_code in {200, 204}
        style = http.get(f"/collections/{layer}/style").json()
        assert http.get(style["sources"][layer]["url"]).json() == tilejson
        assert {each["source-layer"] for each in style["layers"]} == {layer}
