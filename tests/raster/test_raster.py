"""Grids, units, alignment, slopes, kriging: against figures and programs from elsewhere."""

import shutil
import subprocess

import numpy as np
import pytest
import rasterio
from rasterio.windows import Window
from shapely import box

from gis_app.errors import BadInput, UnknownCrs
from gis_app.raster import cog, grid, interpolate, source, terrain, units
from gis_app.raster.align import Aligned
from gis_app.raster.grid import Grid
from gis_app.raster.source import Declared
from tests.zoning.worked import tif

YANGQUAN = Grid(4547, 463_000.0, 4_193_000.0, 10.0, 60, 50)


@pytest.mark.parametrize(
    ("lon", "lat", "srid"),
    [(113.58, 37.86, 4547), (112.34, 36.50, 4546), (108.71, 34.33, 4545), (109.78, 39.60, 4546),
     (107.98, 39.09, 4545), (-89.45, 44.2, 32616), (151.2, -33.9, 32756), (179.99, 10, 32660)],
)  # fmt: skip
def test_the_grid_is_gauss_kruger_in_china_and_utm_elsewhere(lon, lat, srid):
    made = grid.over(box(lon - 0.01, lat - 0.01, lon + 0.01, lat + 0.01), 30)
    assert made.srid == srid
    assert made.west % 30 == made.north % 30 == 0


def test_a_grid_covers_its_area_and_hardly_more():
    area = box(113.5, 37.8, 113.6, 37.9)
    made = grid.over(area, 30)
    whole = box(*made.bounds)
    flat = made.project(area)
    assert whole.contains(flat)
    # 8.8 by 11.1 km, 97.69 km² on the plane (97 690 430 m²), and its corners turned a little
    assert 97_690_430 < whole.area < 97_690_430 * 1.02
    assert made.on_earth(flat).equals_exact(area, 1e-9)


def test_near_a_pole_there_is_no_grid():
    with pytest.raises(UnknownCrs):
        grid.over(box(10, 84.5, 11, 85), 30)


@pytest.mark.parametrize(
    ("value", "said", "wanted", "expected"),
    [(7, "inches/yr", "mm/yr", 177.8), (5, "ft", "m", 1.524), (100, "gpd/ft2", "m/d", 4.0746),
     (1, "cm/s", "m/d", 864), (365.25, "mm/yr", "mm/d", 1), (45, "deg", "%", 100),
     (0.06, "m/m", "%", 6), (3, "毫米/年", "mm/yr", 3), (2, "米", "m", 2)],
)  # fmt: skip
def test_units_become_one_another(value, said, wanted, expected):
    found = units.convert(np.array([float(value)]), said, wanted, "x")
    assert found[0] == pytest.approx(expected, rel=1e-4)


def test_a_length_is_no_speed_and_the_input_is_named():
    with pytest.raises(BadInput, match="recharge"):
        units.convert(np.zeros(1), "mm", "mm/yr", "recharge")
    with pytest.raises(BadInput, match="parsec"):
        units.unit("parsec", "D")


def hills(lines, seed=3):
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[: lines.height, : lines.width]
    return 800 + 3 * x - 2 * y + 40 * np.sin(x / 7) * np.cos(y / 9) + rng.normal(0, 1, lines.shape)


@pytest.mark.skipif(shutil.which("gdaldem") is None, reason="gdaldem (gdal-bin) is not installed")
def test_slopes_are_those_of_gdaldem(tmp_path):
    heights = hills(YANGQUAN)
    heights[20, 30] = -9999
    tif(tmp_path / "dem.tif", heights, YANGQUAN)
    subprocess.run(
        ["gdaldem", "slope", "-p", "-q", tmp_path / "dem.tif", tmp_path / "slope.tif"], check=True
    )
    with rasterio.open(tmp_path / "slope.tif") as dataset:
        expected = dataset.read(1, masked=True)[1:-1, 1:-1].filled(np.nan)
    held = np.where(heights == -9999, np.nan, heights).astype(np.float32)
    found = terrain.slope_percent(held, 10)
    assert (np.isnan(found) == np.isnan(expected)).all()
    assert np.isnan(found).sum() == 9
    # it differences heights of 800 m in single precision, which 6e-5 m apart are the same
    assert np.allclose(found, expected, atol=3e-3, equal_nan=True)


def test_a_plane_rising_three_in_four_has_a_slope_of_its_gradient():
    y, x = np.mgrid[:5, :6]
    found = terrain.slope_percent((0.03 * 10 * x - 0.04 * 10 * y).astype(np.float32), 10)
    assert np.allclose(found, 5, atol=1e-3)


def aligned(path, lines, **more):
    found, notices = source.look(Declared("x", path, **more), lines)
    assert found is not None, notices
    return Aligned(found, lines)


def test_cells_on_the_same_lines_come_through_unchanged_beyond_the_rim_too(tmp_path):
    wide = Grid(4547, 462_980.0, 4_193_020.0, 10.0, 70, 60)
    values = hills(wide).astype(np.float32)
    tif(tmp_path / "a.tif", values, wide)
    with aligned(tmp_path / "a.tif", YANGQUAN) as held:
        assert (held.read(Window(0, 0, 60, 50)) == values[2:52, 2:62]).all()
        assert (held.read(Window(-1, -1, 4, 4)) == values[1:5, 1:5]).all()


def test_continuous_values_are_interpolated_and_kinds_are_not(tmp_path):
    coarse = Grid(4547, 463_000.0, 4_193_000.0, 50.0, 12, 10)
    _, x = np.mgrid[:10, :12]
    tif(tmp_path / "a.tif", 10.0 * x, coarse)
    inner = Window(10, 10, 30, 30)
    with aligned(tmp_path / "a.tif", YANGQUAN) as held:
        column = held.read(inner)[0]
    assert np.allclose(np.diff(column), 2, atol=1e-3)  # 10 in 50 m, by 10 m
    with aligned(tmp_path / "a.tif", YANGQUAN, categorical=True) as held:
        assert set(np.unique(held.read(inner))) <= set(range(0, 120, 10))


def test_a_hole_stays_as_large_as_it_is(tmp_path):
    coarse = Grid(4547, 463_000.0, 4_193_000.0, 50.0, 12, 10)
    values = np.full((10, 12), 7.0)
    values[4, 5] = -9999
    tif(tmp_path / "a.tif", values, coarse)
    with aligned(tmp_path / "a.tif", YANGQUAN) as held:
        found = held.read(Window(0, 0, 60, 50))
    expected = np.zeros((50, 60), bool)
    expected[20:25, 25:30] = True
    assert (np.isnan(found) == expected).all()


def test_whole_numbers_are_interpolated_as_numbers(tmp_path):
    coarse = Grid(4547, 463_000.0, 4_193_000.0, 50.0, 12, 10)
    _, x = np.mgrid[:10, :12]
    tif(tmp_path / "a.tif", x, coarse, dtype="int16")
    with aligned(tmp_path / "a.tif", YANGQUAN) as held:
        assert held.read(Window(10, 10, 5, 1))[0, 1] % 1 != 0


def test_windows_give_the_same_as_the_whole(tmp_path):
    other = Grid(4546, 726_000.0, 4_196_500.0, 15.0, 120, 120)
    tif(tmp_path / "a.tif", hills(other), other)
    with aligned(tmp_path / "a.tif", YANGQUAN) as held:
        whole = held.read(Window(0, 0, 60, 50))
        parts = np.full_like(whole, -1)
        for window in YANGQUAN.windows(16):
            parts[window.toslices()] = held.read(window)
    assert np.allclose(parts, whole, rtol=1e-6, equal_nan=True)


def test_kriging_gives_the_points_back_and_knows_least_far_from_them():
    rng = np.random.default_rng(5)
    x = rng.uniform(463_000, 463_600, 40)
    y = rng.uniform(4_192_500, 4_193_000, 40)
    level = 300 + (x - 463_000) / 100 + np.sin((y - 4_192_500) / 150)
    made = interpolate.krige(x, y, level, YANGQUAN, "water")
    west, north, step = made.grid.west, made.grid.north, made.grid.cell_m
    rows, columns = ((north - y) // step).astype(int), ((x - west) // step).astype(int)
    assert np.abs(made.values[rows, columns] - level).max() < 0.5
    truth = 300 + (made.grid.west + 30.5 * step - 463_000) / 100
    assert abs(np.median(made.values[:, 30]) - truth) < 1.5
    assert made.error[rows, columns].mean() < made.error[[0, 0, -1, -1], [0, -1, 0, -1]].mean()


def test_wells_at_one_place_count_once_and_too_few_are_refused_by_name():
    rng = np.random.default_rng(6)
    x, y = 463_000 + rng.uniform(0, 600, 12), 4_192_500 + rng.uniform(0, 500, 12)
    level = 300 + (x - 463_000) / 100
    twice = [np.concatenate([a, a]) for a in (x, y)]
    either = np.concatenate([level - 1, level + 1])
    one = interpolate.krige(x, y, level, YANGQUAN, "w")
    both = interpolate.krige(*twice, either, YANGQUAN, "w")
    assert np.allclose(one.values, both.values, atol=1e-3)
    with pytest.raises(BadInput, match="'heads' has only 3"):
        interpolate.krige(x[:3], y[:3], level[:3], YANGQUAN, "heads")


def test_a_raster_of_ours_is_a_valid_cog_with_its_words_in_it(tmp_path):
    lines = Grid(4547, 463_000.0, 4_193_000.0, 10.0, 1100, 700)
    kind = cog.Kind(title="示例", kinds=False, unit="m")
    with cog.plain(tmp_path / "a.tif", lines.profile, kind) as dataset:
        dataset.write(hills(lines).astype(np.float32), 1)
    cog.finish(tmp_path / "a.tif", tmp_path / "b.tif", kind, '{"made": "of"}')
    from rio_cogeo import cog_validate

    assert cog_validate(tmp_path / "b.tif", strict=True)[0]
    assert cog.lineage(tmp_path / "b.tif") == {"made": "of"}
    with rasterio.open(tmp_path / "b.tif") as dataset:
        assert dataset.units == ("m",)
        assert dataset.overviews(1)
        assert np.isnan(dataset.nodata)
