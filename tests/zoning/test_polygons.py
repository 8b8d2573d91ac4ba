"""Cells become polygons: areas add up, neighbours neither overlap nor gape, small patches go."""

from collections import Counter

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from gis_app.raster.grid import Grid
from gis_app.zoning.polygons import Patch, on_plane, patches, sieved, smoothed

GRID = Grid(4547, 463_000.0, 4_193_000.0, 30.0, 120, 90)
CODES = (0, 1, 2, 11, 255)


def world(seed=1, width=120, height=90):
    """Classes as hills have them: smooth patches, with single cells strewn in."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[:height, :width]
    hills = sum(
        np.sin(x / rng.uniform(5, 20) + rng.uniform(0, 6)) * np.cos(y / rng.uniform(5, 20))
        for _ in range(5)
    )
    zones = np.digitize(hills, (-0.5, 0.8)).astype(np.uint8)
    zones[rng.random(zones.shape) < 0.02] = 2
    zones[30:34, 40:45] = 11
    zones[60:75, 90:110] = 255
    return zones


def areas(pieces):
    found = Counter()
    for each in pieces:
        found[each.code] += each.shape.area
    return dict(found)


@settings(max_examples=60, deadline=None)
@given(hnp.arrays(np.uint8, (9, 11), elements=st.sampled_from(CODES)))
def test_the_area_of_a_class_is_the_sum_of_its_polygons(zones):
    cells = {int(code): int((zones == code).sum()) for code in np.unique(zones)}
    assert areas(patches(zones)) == {c: n for c, n in cells.items() if c not in {0, 255}}


@settings(max_examples=60, deadline=None)
@given(hnp.arrays(np.uint8, (9, 11), elements=st.sampled_from(CODES)), st.sampled_from((0, 1.5)))
def test_whatever_the_cells_neighbours_neither_overlap_nor_gape(zones, tolerance):
    pieces = smoothed(patches(zones), tolerance)
    shapes = [each.shape for each in pieces]
    assert all(shapely.is_valid(shapes))
    assert shapely.coverage_is_valid(shapes) if shapes else True
    if tolerance == 0:
        assert areas(pieces) == areas(patches(zones))


def test_smoothing_takes_the_stairs_off_and_keeps_areas_nearly():
    before = patches(sieved(world(), GRID, 20_000))
    after = smoothed(before, 1.5)
    corners = [shapely.get_num_coordinates([p.shape for p in each]) for each in (before, after)]
    assert corners[1].sum() < 0.6 * corners[0].sum()
    assert len(before) == len(after)
    for code, cells in areas(before).items():
        assert areas(after)[code] == pytest.approx(cells, rel=0.05, abs=5)
    union = shapely.union_all([each.shape for each in after])
    assert union.area == pytest.approx(sum(areas(after).values()), rel=1e-9)


def test_after_sieving_no_computed_patch_with_a_neighbour_is_smaller_than_the_minimum():
    zones = world()
    found = sieved(zones, GRID, 20_000)  # 22.2 cells of 900 m²: 23 cells
    assert min(p.shape.area for p in patches(zones) if p.code == 2) == 1
    assert all(p.shape.area >= 23 for p in patches(found) if p.code in {1, 2})


def test_protection_and_unknown_cells_are_never_sieved():
    zones = world()
    found = sieved(zones, GRID, 200_000)
    for code in (11, 255):
        assert ((zones == code) == (found == code)).all()
    assert sieved(zones, GRID, 0) is zones


def test_on_the_plane_polygons_lie_where_their_cells_do():
    zones = np.zeros((90, 120), np.uint8)
    zones[2, 5] = 1
    (one,) = on_plane(patches(zones), GRID)
    assert one.shape.equals(shapely.box(463_150, 4_192_910, 463_180, 4_192_940))
    assert on_plane([Patch(1, shapely.Polygon())], GRID)[0].shape.is_empty
    assert smoothed([], 1.5) == []
