"""Shapes are judged, and repaired only when asked."""

from pathlib import Path

import geopandas
import numpy as np
import pytest
import shapely
from shapely.geometry import Polygon

from gis_app import crs
from gis_app.intake import columns, coordinates, geometry, overlap, vertices
from gis_app.intake.problem import Problem, Problems
from gis_app.intake.read import read
from gis_app.layer import Layer, Overlap
from layers.prohibited_zone import LAYER as ZONE
from layers.well import LAYER as WELL

BOX = shapely.box(113.5, 37.8, 113.6, 37.9)
BOW_TIE = Polygon([(113.5, 37.8), (113.6, 37.9), (113.6, 37.8), (113.5, 37.9)])
HOLE_OUTSIDE = Polygon(BOX.exterior, [[(114, 38), (114.1, 38), (114.1, 38.1)]])


def judged(
    *shapes: shapely.Geometry | None, layer: Layer = ZONE, repair: bool = False
) -> tuple[np.ndarray, list[Problem]]:
    problems = Problems()
    given = np.array([*shapes, None], dtype=object)[:-1]
    rows = np.arange(1, len(given) + 1)
    return geometry.check(given, rows, layer, problems, repair=repair), problems.each()


@pytest.mark.parametrize(
    ("shape", "words"),
    [(BOW_TIE, ("自相交", "113.550000, 37.850000")), (HOLE_OUTSIDE, ("内环在外环之外", "114"))],
)
def test_an_invalid_ring_is_refused_with_reason_and_place(
    shape: Polygon, words: tuple[str, str]
) -> None:
    shapes, problems = judged(BOX, shape)
    assert [(p.code, p.level, p.row) for p in problems] == [("invalid_geometry", "refuse", 2)]
    assert all(word in problems[0].zh for word in words)
    assert shapes[0].geom_type == "MultiPolygon"
    assert shapes[1] is None


def test_repair_keeps_the_polygons_and_says_how_the_area_changed() -> None:
    shapes, problems = judged(BOW_TIE, repair=True)
    assert shapes[0].is_valid
    assert shapes[0].geom_type == "MultiPolygon"
    assert [(p.code, p.level) for p in problems] == [("invalid_repaired", "warn")]
    assert "面积变化" in problems[0].zh


def test_a_spike_without_area_is_beyond_repair() -> None:
    spike = Polygon([(113.5, 37.8), (113.6, 37.9), (113.5, 37.8), (113.6, 37.9)])
    shapes, problems = judged(spike, repair=True)
    assert shapes[0] is None
    assert [p.code for p in problems] == ["beyond_repair"]


def test_wrong_types_and_empty_shapes_are_refused() -> None:
    line, point = shapely.LineString([(113, 37), (114, 38)]), shapely.Point(113.5, 37.8)
    _, problems = judged(line, point, Polygon(), None)
    assert [(p.row, p.code) for p in problems] == [
        (1, "wrong_geometry_type"), (2, "wrong_geometry_type"), (3, "empty_geometry"),
    ]  # fmt: skip
    shapes, problems = judged(point, shapely.MultiPoint([point]), BOX, layer=WELL)
    assert [(p.row, p.value) for p in problems] == [(3, "Polygon")]
    assert shapes[1].geom_type == "Point"


def test_swapped_and_metric_coordinates_are_told_apart() -> None:
    swapped = shapely.box(37.8, 113.5, 37.9, 113.6)
    metric = shapely.box(463040, 4192041, 463140, 4192141)
    _, problems = judged(swapped, metric)
    assert [(p.row, p.code) for p in problems] == [(1, "swapped_axes"), (2, "not_degrees")]


def test_heights_are_left_out_and_that_is_said(tmp_path: Path) -> None:
    high = shapely.force_3d(BOX, z=800)
    geopandas.GeoDataFrame({"name": ["甲"]}, geometry=[high], crs=4490).to_file(tmp_path / "z.gpkg")
    table, problems = read(tmp_path / "z.gpkg"), Problems()
    geometry.report_flattened(table, problems)
    assert [p.code for p in problems.each()] == ["z_dropped"]
    assert not shapely.has_z(geometry.to_storage(table)).any()


def test_overlaps_within_a_file_follow_the_declared_policy_and_slivers_do_not_count() -> None:
    shapes = np.array([BOX, shapely.box(113.55, 37.8, 113.65, 37.9),
                       shapely.box(113.4, 37.8, 113.500001, 37.9)], dtype=object)  # fmt: skip
    for policy, level in ((Overlap.FORBIDDEN, "refuse"), (Overlap.WARNED, "warn")):
        problems = Problems()
        overlap.report(shapes, np.array([1, 2, 3]), ["甲", "乙", "丙"], policy, problems)
        assert {(p.row, p.level, p.value) for p in problems.each()} == {
            (1, level, "乙"), (2, level, "甲"), (1, level, "丙"), (3, level, "甲"),
        }  # fmt: skip
    problems = Problems()
    overlap.report(shapes, np.array([1, 2, 3]), ["甲", "乙", "丙"], Overlap.ALLOWED, problems)
    assert not problems.each()
    apart = np.array([BOX, shapely.box(113.6 - 1e-13, 37.8, 113.7, 37.9)], dtype=object)
    assert len(overlap.pairs(apart)[0]) == 0


def test_the_area_of_an_overlap_is_right_to_a_percent() -> None:
    other = shapely.box(113.55, 37.8, 113.65, 37.9)
    _, _, area = overlap.pairs(np.array([BOX, other], dtype=object))
    assert area[0] == pytest.approx(97_686_666 / 2, rel=0.01)


def test_the_geodesic_area_is_that_of_the_domain_catalogue() -> None:
    assert crs.area_m2(BOX) == pytest.approx(97_686_666, abs=1)


def test_a_table_of_corners_becomes_polygons(shared: Path) -> None:
    table = read(shared / "data/vertex_table/hebi_pan_shitou_vertices.csv")
    problems = Problems()
    found = columns.find(table.frame, {})
    place = coordinates.locate(table.frame, found, None)
    traced = vertices.trace(table.frame, table.frame["保护区级别及范围"], place, problems)
    assert traced.corners.tolist() == [8, 8]
    assert traced.first_rows.tolist() == [1, 9]
    first = traced.shapes[0].exterior.coords
    assert first[0] == pytest.approx((114 + 3 / 60 + 19 / 3600, 35 + 50 / 60 + 41 / 3600))
    assert len(first) == 9
    _, judged_problems = judged(*traced.shapes)
    assert judged_problems == []


def test_a_ring_with_too_few_corners_is_refused(csv_file) -> None:
    table = read(csv_file("名称,拐点序号,东经,北纬", "甲,1,113.51,37.81", "甲,2,113.52,37.82"))
    problems = Problems()
    place = coordinates.locate(table.frame, columns.find(table.frame, {}), None)
    vertices.trace(table.frame, table.frame["名称"], place, problems)
    assert [p.code for p in problems.each()] == ["ring_incomplete"]
