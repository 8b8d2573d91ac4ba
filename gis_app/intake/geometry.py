"""Shapes of a file: brought to CGCS2000, judged, repaired only when asked."""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from gis_app import crs as crs_module
from gis_app.errors import UnknownCrs
from gis_app.intake.problem import Problems
from gis_app.intake.read import Table
from gis_app.layer import Collection

Shapes = NDArray[np.object_]
Rows = NDArray[np.int64]
_POINT, _POLYGON, _MULTIPOINT, _MULTIPOLYGON, _COLLECTION = 0, 3, 4, 6, 7
_NAMES = ("点", "线", "环", "面", "多点", "多线", "多面", "几何集合")
_WANTED = {
    "point": ("点", "points"),
    "polygon": ("面", "polygons"),
    "any": ("点或面", "points or polygons"),
}
_REASONS = {
    "Ring Self-intersection": "环与自身相接或相交",
    "Self-intersection": "自相交",
    "Hole lies outside shell": "内环在外环之外",
    "Holes are nested": "内环互相嵌套",
    "Nested shells": "外环互相嵌套",
    "Duplicate Rings": "环重复",
    "Too few points in geometry component": "顶点过少",
    "Interior is disconnected": "内部不连通",
    "Invalid Coordinate": "坐标值无效",
    "Ring is not closed": "环未闭合",
}
_PLACE = re.compile(r"^(.*?)\[(\S+) (\S+)\]$")
_TINY_M2 = 1.0


def to_storage(table: Table) -> Shapes:
    """The table's shapes in EPSG:4490, longitude first.

    Raises `UnknownCrs` when the file does not say what its coordinates are, or says a datum
    without a sound transformation.
    """
    if table.crs is None:
        raise UnknownCrs(
            "文件没有说明坐标系（缺 .prj？）。请用 --crs EPSG:代码 指明。",
            "The file does not name its CRS (no .prj?). Name it with --crs EPSG:code.",
        )
    return np.asarray(crs_module.shapes_to_storage(table.geometry, table.crs), dtype=object)


def check(
    shapes: Shapes, rows: Rows, layer: Collection, problems: Problems, *, repair: bool = False
) -> Shapes:
    """The shapes as the collection stores them (Point or MultiPolygon), None where refused."""
    shapes = shapes.copy()
    empty = ~shapely.is_missing(shapes) & shapely.is_empty(shapes)
    problems.add_rows(
        ("empty_geometry", "refuse"), ("图形是空的", "The geometry is empty"), rows[empty]
    )
    shapes[empty] = None
    shapes = _typed(shapes, rows, layer, problems, repair=repair)
    shapes = _on_earth(shapes, rows, problems)
    return shapes if layer.geometry == "point" else _valid(shapes, rows, problems, repair=repair)


def _typed(
    shapes: Shapes, rows: Rows, layer: Collection, problems: Problems, *, repair: bool
) -> Shapes:
    good = np.zeros(len(shapes), dtype=bool)
    if layer.geometry in {"point", "any"}:
        kinds = shapely.get_type_id(shapes)
        single = (kinds == _MULTIPOINT) & (shapely.get_num_geometries(shapes) == 1)
        shapes[single] = shapely.get_geometry(shapes[single], 0)
        good |= (kinds == _POINT) | single
    if layer.geometry in {"polygon", "any"}:
        if repair:
            mixed = shapely.get_type_id(shapes) == _COLLECTION
            shapes[mixed] = [polygonal(shape) for shape in shapes[mixed]]
        kinds = shapely.get_type_id(shapes)
        lone = kinds == _POLYGON
        shapes[lone] = shapely.multipolygons(shapes[lone].reshape(-1, 1)) if lone.any() else None
        good |= lone | (kinds == _MULTIPOLYGON)
    kinds = shapely.get_type_id(shapes)
    wrong = ~good & (kinds >= 0)
    names = [shape.geom_type for shape in shapes[wrong]]
    zh, en = _WANTED[layer.geometry]
    problems.add_rows(
        ("wrong_geometry_type", "refuse"),
        (
            [f"图形是{_NAMES[k]}，“{layer.zh}”须为{zh}" for k in kinds[wrong]],
            [f"The geometry is a {n}; {layer.id!r} holds {en}" for n in names],
        ),
        rows[wrong],
        value=names,
    )
    shapes[wrong] = None
    return shapes


def _on_earth(shapes: Shapes, rows: Rows, problems: Problems) -> Shapes:
    bounds = shapely.bounds(shapes)
    there = ~shapely.is_missing(shapes)
    with np.errstate(invalid="ignore"):
        x, y = np.abs(bounds[:, [0, 2]]).max(axis=1), np.abs(bounds[:, [1, 3]]).max(axis=1)
        good = (x <= 180) & (y <= 85)
        swapped = there & ~good & (x <= 90) & (y <= 180)
    shown = np.array([f"{b[0]:.6g},{b[1]:.6g}" for b in bounds[there & ~good]], dtype=object)
    turned = swapped[there & ~good]
    for mask, code, words in (
        (turned, "swapped_axes", ("经度与纬度互换了", "Longitude and latitude are swapped")),
        (
            ~turned,
            "not_degrees",
            ("坐标超出经纬度范围，坐标系可能标错", "The coordinates are no degrees: wrong CRS?"),
        ),
    ):
        problems.add_rows((code, "refuse"), words, rows[there & ~good][mask], value=shown[mask])
    shapes[there & ~good] = None
    return shapes


def _valid(shapes: Shapes, rows: Rows, problems: Problems, *, repair: bool) -> Shapes:
    bad = ~shapely.is_missing(shapes) & ~shapely.is_valid(shapes)
    for at in np.flatnonzero(bad):
        zh, en = reason(shapes[at])
        if not repair:
            problems.add_rows(
                ("invalid_geometry", "refuse"),
                (
                    f"面不合法：{zh}。可用 --repair 修复",
                    f"Invalid polygon: {en}. --repair mends it",
                ),
                rows[[at]],
                value=en,
            )
            shapes[at] = None
            continue
        shapes[at] = _repaired(Invalid(shapes[at], int(rows[at]), zh, en), problems)
    _report_tiny(shapes, rows, problems)
    return shapes


@dataclass(frozen=True)
class Invalid:
    """One polygon that is not valid, and why."""

    shape: shapely.Geometry
    row: int
    zh: str
    en: str


def _repaired(bad: Invalid, problems: Problems) -> shapely.Geometry | None:
    mended = polygonal(shapely.make_valid(bad.shape))
    if mended is None:
        problems.add_rows(
            ("beyond_repair", "refuse"),
            (f"面不合法且无法修复：{bad.zh}", f"Invalid polygon beyond repair: {bad.en}"),
            [bad.row],
            value=bad.en,
        )
        return None
    zh, en = _change(crs_module.area_m2(bad.shape), crs_module.area_m2(mended))
    problems.add_rows(
        ("invalid_repaired", "warn"),
        (f"面不合法：{bad.zh}；已修复，{zh}", f"Invalid polygon: {bad.en}; repaired, {en}"),
        [bad.row],
        value=bad.en,
    )
    return mended


def _change(before: float, after: float) -> tuple[str, str]:
    by = after - before
    if abs(by) < _TINY_M2:
        return "面积不变", "its area is the same"
    share = f"{by / before:+.2%}" if before else "—"
    return f"面积变化 {by:+,.0f} 平方米（{share}）", f"its area changed by {by:+,.0f} m² ({share})"


def _report_tiny(shapes: Shapes, rows: Rows, problems: Problems) -> None:
    square_degree_m2 = 111_000.0**2
    faces = shapely.get_dimensions(shapes) == 2
    small = faces & (shapely.area(shapes) * square_degree_m2 < 10 * _TINY_M2)
    tiny = [at for at in np.flatnonzero(small) if crs_module.area_m2(shapes[at]) < _TINY_M2]
    problems.add_rows(
        ("tiny_polygon", "warn"),
        ("面积不足 1 平方米", "The area is below 1 m²"),
        rows[tiny],
    )


def fault_place(shape: shapely.Geometry) -> tuple[float, float] | None:
    """Where a polygon is invalid, in its own coordinates; None where it is no place."""
    found = _PLACE.match(str(shapely.is_valid_reason(shape)))
    return (float(found[2]), float(found[3])) if found else None


def reason(shape: shapely.Geometry) -> tuple[str, str]:
    """Why and where a polygon is invalid, in Chinese and English."""
    text = str(shapely.is_valid_reason(shape))
    found = _PLACE.match(text)
    if not found:
        return _REASONS.get(text, text), text
    what, x, y = found[1], float(found[2]), float(found[3])
    zh = _REASONS.get(what, what)
    return f"{zh}（{x:.6f}, {y:.6f} 处）", f"{what} at {x:.6f}, {y:.6f}"


def polygonal(shape: shapely.Geometry) -> shapely.Geometry | None:
    """The polygons of a shape as one MultiPolygon; None if there are none."""
    flat = np.atleast_1d(shapely.get_parts(shapely.get_parts(shape)))
    parts = [p for p in flat if isinstance(p, shapely.Polygon) and not p.is_empty]
    if not parts:
        return None
    whole = shapely.MultiPolygon(parts)
    if whole.is_valid:
        return whole
    merged = shapely.union_all(parts)
    return shapely.MultiPolygon([merged]) if isinstance(merged, shapely.Polygon) else merged


def perimeter_m(shape: shapely.Geometry) -> float:
    """The geodesic length of all its rings."""
    return float(crs_module.GEOD.geometry_length(shapely.boundary(shape)))


def report_flattened(table: Table, problems: Problems) -> None:
    """Say that heights were left out."""
    if table.geometry is not None and bool(shapely.has_z(table.geometry).any()):
        problems.add(
            "z_dropped", "info", "图形带高程，已略去", "The shapes have heights, which are left out"
        )


def report_same_place(shapes: Shapes, rows: Rows, problems: Problems) -> None:
    """Warn of points on exactly the same spot."""
    there = ~shapely.is_missing(shapes)
    spot = pd.DataFrame(np.round(shapely.get_coordinates(shapes[there]), 8))
    same = spot.duplicated(keep=False).to_numpy()
    shown = [f"{x:.6f},{y:.6f}" for x, y in spot[same].to_numpy()]
    problems.add_rows(
        ("same_place", "warn"),
        ("与本文件另一行坐标完全相同", "Another row of this file has exactly the same coordinates"),
        rows[there][same],
        value=shown,
    )
