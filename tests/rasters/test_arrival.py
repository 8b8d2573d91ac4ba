"""A file that is brought is looked over first: what is wrong is named, with the way out."""

import numpy as np
import pytest
import rasterio
import shapely

from gis_app.errors import BadInput, Refused
from gis_app.raster import arrival
from gis_app.raster.arrival_check import Said
from tests.rasters import made
from tests.rasters.conftest import LAW

DEPTH, KINDS = LAW.raster("depth_to_water"), LAW.raster("pollution_priority_class")


def refused(path, layer, tmp_path, said=None):
    with pytest.raises(Refused) as error:
        arrival.make(path, layer, said or Said(), tmp_path)
    return {each.code: each for each in error.value.problems}


def test_a_file_without_crs_is_refused_by_name_until_one_is_said(tmp_path):
    path = made.write(tmp_path / "无坐标.tif", made.slope(), srid=None, unit="m")
    told = refused(path, DEPTH, tmp_path)["crs_missing"]
    assert "无坐标.tif" in told.zh
    assert "--crs EPSG" in told.zh
    assert "--crs EPSG" in told.en
    done = arrival.make(path, DEPTH, Said(crs=f"EPSG:{made.GK}"), tmp_path)
    assert done.bounds.contains_properly(shapely.Point(113.62, 37.9))


def test_a_file_without_unit_is_refused_until_one_is_said_and_converted(tmp_path):
    path = made.write(tmp_path / "feet.tif", made.slope(), nodata=float("nan"))
    assert "--unit" in refused(path, DEPTH, tmp_path)["unit_missing"].en
    assert "mm/yr" in refused(path, DEPTH, tmp_path, Said(unit="mm/yr"))["unit_wrong"].en
    done = arrival.make(path, DEPTH, Said(unit="ft"), tmp_path)
    with rasterio.open(done.analysis) as file:
        assert file.units == ("m",)
        assert file.read(1)[0, 0] == pytest.approx(10 * 0.3048, rel=1e-6)
    assert done.tally.least == pytest.approx(10 * 0.3048, rel=1e-6)


def test_several_faults_are_told_at_once(tmp_path):
    path = made.write(tmp_path / "x.tif", made.slope(), srid=None, transform=made.ASKEW)
    assert set(refused(path, DEPTH, tmp_path)) == {"crs_missing", "unit_missing", "askew"}


def test_a_file_that_says_nothing_is_refused(tmp_path):
    nothing = np.full((20, 20), -9999, "float32")
    path = made.write(tmp_path / "empty.tif", nothing, unit="m", nodata=-9999)
    assert set(refused(path, DEPTH, tmp_path)) == {"all_nodata"}
    # the value that everybody means by it, though the file does not say so
    dem = made.write(tmp_path / "dem.tif", nothing, unit="m")
    assert set(refused(dem, LAW.raster("dem"), tmp_path)) == {"all_nodata"}


def test_values_that_cannot_be_are_refused_as_another_unit_or_thing(tmp_path):
    path = made.write(tmp_path / "mm.tif", made.slope(low=1e5), unit="m")
    told = refused(path, DEPTH, tmp_path)["impossible"]
    assert "-200 – 1500" in told.zh
    assert "--unit" in told.en


def test_codes_that_are_not_declared_are_named_and_counted(tmp_path):
    cells = made.codes()
    cells[0, :3] = 7
    path = made.write(tmp_path / "k.tif", cells, nodata=255)
    told = refused(path, KINDS, tmp_path)["unknown_codes"]
    assert "7（3 格）" in told.zh
    assert "7 (3 cells)" in told.en
    decimals = made.write(tmp_path / "d.tif", made.slope())
    assert set(refused(decimals, KINDS, tmp_path)) == {"no_codes"}


def test_what_is_no_geotiff_is_refused_with_the_command_that_makes_one(tmp_path):
    path = tmp_path / "x.tif"
    path.write_text("<VRTDataset><SRS>/etc/passwd</SRS></VRTDataset>")
    with pytest.raises(BadInput, match="gdal_translate"):
        arrival.make(path, DEPTH, Said(), tmp_path)
    with pytest.raises(BadInput, match="no raster"):
        arrival.make(tmp_path / "none.tif", DEPTH, Said(), tmp_path)


def test_a_tiny_file_that_claims_a_continent_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "huge.tif"
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        count=1,
        dtype="uint8",
        width=90_000,
        height=90_000,
        tiled=True,
        sparse_ok=True,
        crs=f"EPSG:{made.GK}",
        transform=rasterio.transform.from_origin(made.EAST, made.NORTH, 1, 1),
    ):
        pass  # fmt: skip
    assert path.stat().st_size < 2_000_000
    assert "too_large" in refused(path, KINDS, tmp_path)


def test_values_stay_on_their_own_cells_and_whole_numbers_may_stand_for_decimal_ones(tmp_path):
    cells = np.arange(200, 400, dtype="int16").reshape(10, 20)
    path = made.write(tmp_path / "dm.tif", cells, unit="m", nodata=399)
    with rasterio.open(path, "r+") as file:
        file.scales = (0.1,)
    done = arrival.make(path, DEPTH, Said(), tmp_path)
    with rasterio.open(path) as given, rasterio.open(done.analysis) as kept:
        assert kept.transform == given.transform
        assert kept.crs == given.crs
        held = kept.read(1, masked=True)
    assert held[0, 0] == pytest.approx(20)
    assert np.isnan(held.data[-1, -1])
    assert held.count() == 199


def test_the_same_file_makes_the_same_bytes_and_keeps_its_lineage(tmp_path):
    path = made.write(tmp_path / "a.tif", made.slope(), unit="m")
    with rasterio.open(path, "r+") as file:
        file.update_tags(GIS_LINEAGE='{"profile": "DRASTIC-1987"}')
    rooms = [tmp_path / "one", tmp_path / "two"]
    for room in rooms:
        room.mkdir()
    one, other = (arrival.make(path, DEPTH, Said(), room) for room in rooms)
    assert one.lineage == {"profile": "DRASTIC-1987"}
    assert one.analysis.read_bytes() == other.analysis.read_bytes()
    assert one.picture.read_bytes() == other.picture.read_bytes()
    with rasterio.open(path, "r+") as file:
        file.update_tags(GIS_LINEAGE="no json")
    assert arrival.make(path, DEPTH, Said(), tmp_path).lineage == {}


def test_the_real_dem_whose_crs_is_unnamed_is_named_and_taken_once_it_is_said(shared, tmp_path):
    path = shared / "data" / "plainfield" / "dem10m.tif"
    dem = LAW.raster("dem")
    assert {"crs_unknown"} <= set(refused(path, dem, tmp_path, Said(unit="m")))
    done = arrival.make(path, dem, Said(unit="m", crs="EPSG:3070"), tmp_path)
    assert [each.code for each in done.notices] == ["crs_replaced"]
    assert 320 < done.tally.least < done.tally.most < 380
