"""Raster layers from Python: as frames, with units; what is not known is blank."""

import geopandas as gpd
import pytest
from shapely import Point, box

from gis_app.client import Client
from gis_app.errors import BadInput, NotFound, UnknownCrs
from gis_app.notebook import audit_map
from tests.rasters import made
from tests.rasters.conftest import county, place, world  # noqa: F401


@pytest.fixture(scope="module")
def asked(world):  # noqa: F811
    with Client(world.url) as client:
        yield client


def test_raster_layers_are_a_table_with_unit_and_day(asked):
    table = asked.rasters().set_index("id")
    assert table.loc["depth_to_water", "unit"] == "m"
    assert table.loc["depth_to_water", "file_name"] == "depth_2024.tif"
    assert not table.loc["ground_height", "has_data"]
    then = asked.rasters(on="2021-05-05").set_index("id")
    assert then.loc["depth_to_water", "file_name"] == "depth_2020.tif"


def test_values_of_many_points_keep_their_index_and_no_data_is_blank(asked):
    points = [place(50 + 11 * n, 3950) for n in range(450)]
    frame = gpd.GeoDataFrame(
        {"code": range(450)}, geometry=[Point(p) for p in points], crs=4490,
        index=range(1000, 1450),
    )  # fmt: skip
    told = asked.value("depth_to_water", frame.to_crs(made.GK))
    assert list(told.index) == list(frame.index)
    assert told.crs.to_epsg() == 4490
    assert set(told["unit"]) == {"m"}
    values = made.slope(low=20)
    for n in (0, 17, 449):
        assert told["value"].iloc[n] == pytest.approx(values[0, (50 + 11 * n) // 100])
    hole = asked.value("depth_to_water", place(3000, 2000)).iloc[0]
    assert hole["status"] == "no_data"
    assert hole["value"] != hole["value"]  # NaN, not 0
    kind = asked.value("pollution_priority_class", place(100, 100)).iloc[0]
    assert (kind["value"], kind["class_en"]) == (1, "control, first class")


def test_points_on_an_old_datum_are_refused_and_not_taken_for_cgcs2000(asked):
    frame = gpd.GeoSeries([Point(place(100, 100))], crs=4610)
    with pytest.raises(UnknownCrs, match="Xian 1980"):
        asked.value("depth_to_water", frame)


def test_statistics_are_zones_with_shapes_and_units(asked):
    told = asked.statistics("depth_to_water", by="spring_domain").set_index("zone_name")
    assert told.loc["西泉", "mean_m"] == pytest.approx(
        made.slope(low=20)[23:38, 3:20].mean(), abs=0.05
    )
    assert told.loc["远泉", "nodata_pct"] == 100
    assert told.loc["远泉", "mean_m"] != told.loc["远泉", "mean_m"]
    assert told.geometry.geom_type.isin(["Polygon", "MultiPolygon"]).all()
    assert told.crs.to_epsg() == 4490
    none = asked.statistics("depth_to_water", by="spring_domain", area="9")
    assert len(none) == 0
    assert "mean_m" in none


def test_what_cannot_be_asked_is_told_with_the_way_out(asked):
    with pytest.raises(BadInput, match="set_crs"):
        asked.value("depth_to_water", gpd.GeoSeries([Point(113, 37)]))
    with pytest.raises(BadInput, match="statistics"):
        asked.value("depth_to_water", gpd.GeoSeries([box(0, 0, 1, 1)], crs=4490))
    with pytest.raises(NotFound, match="depth_to_water"):
        asked.value("no_such", (113, 37))


def test_a_map_in_a_notebook_shows_a_raster_under_the_zones(world, asked):  # noqa: F811
    zones = asked.zones("spring_domain")
    with Client(world.url, world.headers["Authorization"].split()[1]) as office:
        findings = office.audit().findings()
    drawn = audit_map(findings, zones)
    drawn.add_raster(asked.raster_tiles("depth_to_water"), opacity=0.5)
    page = drawn.html()
    assert "/collections/depth_to_water/map/tiles/WebMercatorQuad/{z}/{y}/{x}" in page
    calls = [call for call in drawn.map._message_queue if call[0] == "addLayer"]
    layer, before = next(c[1] for c in calls if c[1][0]["type"] == "raster")
    assert layer["paint"]["raster-opacity"] == 0.5
    assert before == "zones-0-spring_domain"
