"""The kernel against GEOS and PROJ: which points lie in which polygons, how far from the edge."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Transformer

from gis_app import offline
from gis_app.crs import GEOD
from gis_app.errors import BadInput
from tests.offline import hard

TO, BACK = (
    Transformer.from_crs(one, other, always_xy=True) for one, other in ((4490, 3395), (3395, 4490))
)


def _numbers(xy, shapes, threads=2):
    wells, zones = offline.pairs(xy[:, 0], xy[:, 1], shapes, threads=threads)
    found = wells.astype(np.int64) * len(shapes) + zones
    assert len(np.unique(found)) == len(found)
    return np.sort(found)


def test_points_on_edges_vertices_and_a_rounding_beside_them_are_where_geos_puts_them():
    shapes = hard.shapes(scale=3)
    assert shapely.is_valid(shapes).all()
    xy = hard.points(shapes)
    assert len(xy) > 100_000
    assert np.array_equal(_numbers(xy, shapes), hard.geos(xy, shapes))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(3, 40), st.sampled_from([1.0, 1e-3, 1e3]))
def test_any_polygon_on_a_coarse_lattice_holds_what_geos_says(seed, corners, size):
    """Lattice coordinates: edges level, upright and in line with the points."""
    rng = np.random.default_rng(seed)
    made = shapely.make_valid(shapely.Polygon(rng.integers(0, 9, (corners, 2)) * size / 9))
    parts = [p for p in shapely.get_parts(made) if p.geom_type == "Polygon"]
    shapes = np.array(parts, dtype=object)
    side = np.arange(-1, 20) * size / 18
    xy = np.column_stack([each.ravel() for each in np.meshgrid(side, side)])
    if len(shapes):
        scale = min(1.0, 80 / size)
        shapes, xy = shapely.transform(shapes, lambda c: c * scale), xy * scale
        valid = shapely.is_valid(shapes)
        assert np.array_equal(_numbers(xy, shapes[valid]), hard.geos(xy, shapes[valid]))


def test_one_thread_and_two_find_the_same_and_nothing_finds_nothing():
    shapes = hard.shapes(scale=1)
    xy = hard.points(shapes)[::7]
    assert np.array_equal(_numbers(xy, shapes, 1), _numbers(xy, shapes, 2))
    none = np.zeros((0, 2))
    assert len(_numbers(none, shapes)) == 0
    assert len(_numbers(xy, shapes[:0])) == 0


def test_zones_beyond_the_points_and_points_beyond_the_zones_meet_nothing():
    away = np.array([shapely.box(1, 1, 2, 2), shapely.box(110, 80, 112, 84)], dtype=object)
    xy = np.array([[110.5, 35.5], [111.0, 35.0]])
    assert len(_numbers(xy, away)) == 0
    whole = np.array([shapely.box(-180, -85, 0, 85), shapely.box(0, -85, 180, 85)], dtype=object)
    assert _numbers(xy, whole).tolist() == [1, 3]


@pytest.mark.parametrize("box", [(170, 10, 190, 20), (-170, 10, 170, 20), (-190, 0, -175, 1)])
def test_what_crosses_the_antimeridian_is_refused_with_the_way_out(box):
    shapes = np.array([shapely.box(0, 0, 1, 1), shapely.box(*box)], dtype=object)
    with pytest.raises(BadInput, match=r"(?s)180° 经线.*rows 1 .*two parts"):
        offline.pairs(np.zeros(1), np.zeros(1), shapes)


def _boundary_m(lon, lat, shape):
    """Metres to a boundary: PROJ and GEOS, edge by edge as the service cuts them."""
    cut = shapely.segmentize(shapely.boundary(shape), 0.005)
    line = shapely.transform(cut, lambda c: np.column_stack(TO.transform(*c.T)))
    place = shapely.Point(*TO.transform(lon, lat))
    at = BACK.transform(*shapely.get_coordinates(shapely.shortest_line(line, place))[0])
    return GEOD.inv(lon, lat, *at)[2]


def test_distances_are_those_of_proj_and_geos_inside_and_near_outside():
    rng = np.random.default_rng(5)
    shapes = np.array(
        [hard.star(rng, rng.uniform([110, 35], [111, 36]), r, 80) for r in (0.001, 0.02, 0.3, 0.6)],
        dtype=object,
    )
    xy = rng.uniform([109.5, 34.5], [111.5, 36.5], (4000, 2))
    reach = rng.choice([0.0, 10.0, 1000.0, 5000.0], len(xy))
    accuracy = np.array([0.0, 5.0, 50.0, 500.0])
    met = offline.meet(xy[:, 0], xy[:, 1], reach, (shapes, accuracy))
    found = {(w, z): (i, e) for w, z, i, e in zip(met.well, met.zone, met.inside, met.edge_m,
                                                  strict=True)}  # fmt: skip
    assert np.array_equal(met.tolerance_m, reach[met.well] + accuracy[met.zone])
    within = outside = 0
    for z, shape in enumerate(shapes):
        holds = shapely.intersects_xy(shape, *xy.T)
        far = np.hypot(*(xy - shapely.get_coordinates(shapely.centroid(shape))[0]).T) > 0.9
        for w in np.flatnonzero(~far):
            metres = _boundary_m(*xy[w], shape)
            near = metres < reach[w] + accuracy[z]
            assert ((w, z) in found) == (holds[w] or near)
            if (w, z) in found:
                told, edge = found[w, z]
                assert told == holds[w]
                assert edge == pytest.approx(metres if holds[w] else -metres, abs=1e-6)
                within, outside = within + holds[w], outside + (not holds[w])
    assert within > 200
    assert outside > 50


def test_a_point_on_the_boundary_is_in_and_at_no_distance():
    shape = np.array([shapely.box(110, 35, 111, 36)], dtype=object)
    met = offline.meet(
        np.array([110.0, 110.5]), np.array([35.5, 35.0]), np.zeros(2), (shape, np.zeros(1))
    )
    assert met.inside.all()
    assert met.edge_m == pytest.approx([0, 0], abs=1e-6)


def test_frames_are_left_as_they_were():
    zones = gpd.GeoDataFrame({"name": ["a"]}, geometry=[shapely.box(110, 35, 111, 36)], crs=4490)
    before = zones.to_wkt()
    x = np.array([110.5])
    offline.pairs(x, np.array([35.5]), zones.geometry.to_numpy())
    assert zones.to_wkt().equals(before)
    assert x.tolist() == [110.5]
