"""GDAL, as a person types it, without options: everything there, each value as in the table."""

import json
from math import asinh, pi, radians, tan

import geopandas as gpd
import httpx
import numpy as np
from sqlalchemy import text


def test_a_whole_collection_is_pulled_without_options_and_equals_the_table(service, gdal, tmp_path):
    path = tmp_path / "wells.gpkg"
    gdal("ogr2ogr", "-f", "GPKG", path, f"OAPIF:{service.url}", "well")
    pulled = gpd.read_file(path).set_index("code").sort_index()
    table = gpd.read_postgis(
        text("select code, name, depth_m, self_supply, completed_on, geom from gis.well"),
        service.engine.connect(),
    ).set_index("code").sort_index()  # fmt: skip
    assert list(pulled.index) == list(table.index)
    for axis in ("x", "y"):
        assert (getattr(pulled.geometry, axis) - getattr(table.geometry, axis)).abs().max() < 1e-8
    assert pulled["name"].equals(table["name"])
    assert (pulled["depth_m"].fillna(-1) == table["depth_m"].fillna(-1)).all()
    assert (pulled["self_supply"].astype("boolean") == table["self_supply"].astype("boolean")).all()


def test_old_gdal_is_led_on_by_larger_pages(service, gdal):
    first = httpx.get(f"{service.url}/collections/well/items?limit=10").json()
    assert first["numberReturned"] == 10
    (turned,) = [k["href"] for k in first["links"] if k["rel"] == "next"]
    assert httpx.get(turned).json()["numberReturned"] == 1000


def test_a_box_is_asked_of_the_server_and_a_property_too(service, gdal):
    words = ("-ro", "-al", "-so", f"OAPIF:{service.url}", "well")
    everything = gdal("ogrinfo", *words)
    narrowed = gdal("ogrinfo", *words, "-spat", 113.5, 37.8, 113.6, 37.9)
    counts = [
        int(line.split(":")[1])
        for told in (everything, narrowed)
        for line in told.splitlines()
        if line.startswith("Feature Count")
    ]
    with service.engine.connect() as conn:
        expected = conn.execute(
            text("select count(*), count(*) filter (where st_x(geom) between 113.5 and 113.6"
                 " and st_y(geom) between 37.8 and 37.9) from gis.well")
        ).one()  # fmt: skip
    assert counts == list(expected)


def test_zones_keep_their_names_and_shapes(service, gdal, tmp_path):
    path = tmp_path / "zones.geojson"
    gdal("ogr2ogr", "-f", "GeoJSON", path, f"OAPIF:{service.url}", "public_supply_coverage")
    pulled = json.loads(path.read_text(encoding="utf-8"))["features"]
    with service.engine.connect() as conn:
        names = conn.execute(
            text("select name from gis.zone where layer = 'public_supply_coverage' and"
                 " gis.binds(law_status, valid_from, valid_to, gis.today())")
        ).scalars()  # fmt: skip
        assert sorted(f["properties"]["name"] for f in pulled) == sorted(names)


def test_a_tile_is_read_as_vectors_where_it_lies(service, gdal, tmp_path):
    z = 12
    with service.engine.connect() as conn:
        lon, lat = conn.execute(text("select st_x(geom), st_y(geom) from gis.well limit 1")).one()
    x = int((lon + 180) / 360 * 2**z)
    y = int((1 - asinh(tan(radians(lat))) / pi) / 2 * 2**z)
    path = tmp_path / str(z) / str(x) / f"{y}.pbf"
    path.parent.mkdir(parents=True)
    url = f"{service.url}/collections/well/tiles/WebMercatorQuad/{z}/{y}/{x}"
    path.write_bytes(httpx.get(url).content)
    told = gdal("ogr2ogr", "-f", "CSV", "/vsistdout/", path, "well", "-t_srs", "EPSG:4326",
                "-lco", "GEOMETRY=AS_XY")  # fmt: skip
    places = [line.split(",")[:2] for line in told.splitlines()[1:]]
    assert any(abs(float(a) - lon) < 1e-4 and abs(float(b) - lat) < 1e-4 for a, b in places)


def test_open_findings_are_read_with_the_places_of_their_wells(service, gdal, tmp_path):
    path = tmp_path / "findings.gpkg"
    gdal("ogr2ogr", "-f", "GPKG", path, f"OAPIF:{service.url}", "findings")
    pulled = gpd.read_file(path)
    table = gpd.read_postgis(
        text("select f.subject_code, f.rule, w.geom from gis.finding f join gis.well w on"
             " w.well_id = f.subject_id and f.subject = 'well' where closed_run is null"),
        service.engine.connect(),
    )  # fmt: skip
    wells = pulled[pulled["subject"] == "well"]
    key = ["subject_code", "rule"]
    both = wells.sort_values(key).reset_index(), table.sort_values(key).reset_index()
    assert both[0][key].equals(both[1][key])
    for axis in ("x", "y"):
        assert np.allclose(*(getattr(each.geometry, axis) for each in both), rtol=0, atol=1e-8)
    narrowed = gdal("ogrinfo", "-ro", "-al", "-so", f"OAPIF:{service.url}", "findings",
                    "-spat", 113.5, 37.8, 113.6, 37.9)  # fmt: skip
    inside = pulled.cx[113.5:113.6, 37.8:37.9]
    assert f"Feature Count: {len(inside)}" in narrowed
