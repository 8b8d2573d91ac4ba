"""Statistics within a polygon against cells counted one by one with shapely."""

import numpy as np
import pytest
import rasterio
import shapely
from pyproj import Geod
from rasterio.transform import from_origin

from gis_app.raster import sample, statistics
from tests.rasters import made
from tests.rasters.conftest import ground, place

CELL = 100.0


def cells_by_hand(polygon, rows, columns):
    """The share of each cell that lies within a polygon in metres from the grid's lower left."""
    shares = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            west, north = column * CELL, rows * CELL - row * CELL
            cell = shapely.box(west, north - CELL, west + CELL, north)
            shares[row, column] = cell.intersection(polygon).area / CELL**2
    return shares


@pytest.fixture(scope="module")
def depth(tmp_path_factory):
    room = tmp_path_factory.mktemp("depth")
    return made.write(room / "d.tif", made.slope(), unit="m", nodata=float("nan"))


@pytest.fixture(scope="module")
def kinds(tmp_path_factory):
    room = tmp_path_factory.mktemp("kinds")
    return made.write(room / "k.tif", made.codes(), nodata=255)


TRIANGLE = [(430.0, 310.0), (5210.0, 990.0), (2870.0, 3710.0)]


def on_earth(corners):
    return shapely.Polygon([place(*each) for each in corners])


def test_values_are_weighted_by_the_share_of_each_cell_that_lies_within(depth):
    (told,) = statistics.within(depth, [on_earth(TRIANGLE)], classified=False)
    shares = cells_by_hand(shapely.Polygon(TRIANGLE), 40, 60)
    values = made.slope().astype(float)
    known = ~np.isnan(values)
    weights, kept = shares[known], values[known]
    mean = (weights * kept).sum() / weights.sum()
    assert told.mean == pytest.approx(mean, rel=1e-4)
    spread = np.sqrt((weights * (kept - mean) ** 2).sum() / weights.sum())
    assert told.spread == pytest.approx(spread, rel=1e-3)
    touched = kept[weights > 1e-3]
    assert told.least == pytest.approx(touched.min(), abs=0.02)
    assert told.most == pytest.approx(touched.max(), abs=0.02)
    assert told.nodata_share == pytest.approx(shares[~known].sum() / shares.sum(), rel=1e-3)
    assert 0.1 < told.nodata_share < 0.3


def test_the_areas_of_classes_and_of_no_data_come_to_the_area_of_the_zone(kinds):
    polygon = on_earth(TRIANGLE)
    (told,) = statistics.within(kinds, [polygon], classified=True)
    shares = cells_by_hand(shapely.Polygon(TRIANGLE), 40, 60)
    whole = abs(Geod(ellps="GRS80").geometry_area_perimeter(polygon)[0]) / 1e6
    for code in (0, 1, 2):
        by_hand = shares[made.codes() == code].sum() / shares.sum() * whole
        assert told.class_km2(code) == pytest.approx(by_hand, rel=1e-3)
    summed = sum(told.class_km2(code) for code in range(255)) + told.nodata_share * told.area_km2
    assert summed == pytest.approx(told.area_km2, rel=1e-9)
    assert told.area_km2 == pytest.approx(whole, rel=1e-6)


def test_a_zone_beyond_the_raster_is_unknown_in_the_part_beyond(depth):
    half, none = statistics.within(
        depth, [ground(-1000, 100, 1000, 900), ground(9000, 0, 9500, 500)], classified=False
    )
    assert half.nodata_share == pytest.approx(0.5, abs=1e-3)
    assert half.mean == pytest.approx(made.slope()[31:39, :10].mean(), rel=1e-3)
    assert none.valid_share == 0
    assert (none.mean, none.least, none.most, none.spread) == (None,) * 4
    assert none.area_km2 == pytest.approx(0.25, rel=1e-3)


def test_a_hole_in_a_zone_is_not_counted(kinds):
    ring, hole = ground(100, 2100, 2900, 3900), ground(500, 2500, 2500, 3500)
    (told,) = statistics.within(kinds, [ring.difference(hole)], classified=True)
    assert told.class_km2(0) == pytest.approx(2.8 * 1.8 - 2.0, rel=2e-3)
    assert told.valid_share == 1


def test_of_a_raster_in_degrees_cells_weigh_by_their_area(tmp_path):
    """Two bands of latitude, 30°N and 60°N: a degree there is half as wide."""
    values = np.repeat(np.where(np.arange(40) < 20, 1.0, 3.0)[:, None], 10, axis=1)
    values = values.astype("float32")
    path = made.write(tmp_path / "deg.tif", values, srid=4490, transform=from_origin(113, 70, 1, 1))
    zone = shapely.box(113, 30, 123, 70)
    (told,) = statistics.within(path, [zone], classified=False)
    north, south = (np.sin(np.radians(b)) - np.sin(np.radians(a)) for a, b in ((50, 70), (30, 50)))
    assert told.mean == pytest.approx((1 * north + 3 * south) / (north + south), rel=1e-4)
    assert told.valid_share == pytest.approx(1, abs=1e-4)


def test_a_value_is_that_of_the_cell_the_point_lies_in(depth):
    rng = np.random.default_rng(7)
    points = np.array([place(*each) for each in rng.uniform((0, 0), (6000, 4000), (200, 2))])
    told = sample.values([depth], points[:, 0], points[:, 1])
    from pyproj import Transformer

    east, north = Transformer.from_crs(4490, made.GK, always_xy=True).transform(*points.T)
    with rasterio.open(depth) as file:
        expected = [v[0] for v in file.sample(zip(east, north, strict=True))]
    for each, value in zip(told, expected, strict=True):
        assert each.file == 0
        assert each.value is None if np.isnan(value) else each.value == value
    assert any(each.value is None for each in told)


def test_a_point_beyond_is_outside_and_no_data_is_not_zero(depth):
    points = np.array([place(-50, 100), place(3000, 2000), place(50, 50), (-30.0, 89.0)])
    outside, hole, value, pole = sample.values([depth], points[:, 0], points[:, 1])
    assert (outside.value, outside.file) == (None, None)
    assert (hole.value, hole.file) == (None, 0)
    assert value.value == pytest.approx(10.39)
    assert pole.file is None


def test_the_area_of_a_zone_is_the_same_however_its_rings_are_wound():
    def square(west, side):
        corners = [(west, 0), (west + side, 0), (west + side, side), (west, side)]
        return shapely.Polygon([place(*each) for each in corners])

    whole, hole, other = (square(*each) for each in ((0, 9000), (3000, 3000), (20_000, 9000)))
    for wound in (list, lambda ring: list(ring)[::-1]):
        ring = wound(hole.exterior.coords)
        holed = shapely.Polygon(whole.exterior, [ring])
        assert statistics.nothing(holed).area_km2 == pytest.approx(81 - 9, rel=0.01)
        two = shapely.MultiPolygon([whole, shapely.Polygon(wound(other.exterior.coords))])
        assert statistics.nothing(two).area_km2 == pytest.approx(2 * 81, rel=0.01)
