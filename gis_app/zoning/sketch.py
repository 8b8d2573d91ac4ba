"""The zones of a run as a GeoJSON file, to be brought in like any other file of zones."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
import shapely

from gis_app.raster.grid import Grid
from gis_app.zoning.overlay import CONTROL_1, CONTROL_2, GENERAL, UNKNOWN, Overlay
from gis_app.zoning.plan import Plan
from gis_app.zoning.polygons import Patch, on_plane, patches, sieved, smoothed

_DECIMALS = 9  # of a degree: 0.1 mm
_GRADES = {CONTROL_1: "control_1", CONTROL_2: "control_2"}


@dataclass(frozen=True)
class Sketch:
    """The zones of a run: GeoJSON features, and m² of each code on the grid's plane
    before and after sieving and smoothing.
    """

    features: list[dict[str, Any]]
    before_m2: dict[int, float]
    after_m2: dict[int, float]


@dataclass(frozen=True)
class Titled:
    """What every zone of a run says of itself."""

    plan: Plan
    overlay: Overlay
    method: str
    source: str
    accuracy_m: float
    area_code: str | None


def draw(path: Path, grid: Grid, titled: Titled) -> Sketch:
    """The zones of a zone raster, largest first within each class; the same raster, the same text.

    One zone for each patch: so that each can be edited, approved or given up by itself.
    """
    with rasterio.open(path, driver="GTiff") as dataset:
        zones = dataset.read(1)
    cell_m2 = grid.cell_m**2
    codes, counts = np.unique(zones, return_counts=True)
    before = {int(c): float(n) * cell_m2 for c, n in zip(codes, counts, strict=True)
              if c not in {GENERAL, UNKNOWN}}  # fmt: skip
    pieces = patches(sieved(zones, grid, titled.plan.min_area_m2))
    drawn = on_plane(smoothed(pieces, titled.plan.smooth_cells), grid)
    order = [each.id for each in titled.overlay.protection]
    rank = {each.code: order.index(each.id) - len(order) for each in titled.overlay.protection}
    drawn.sort(key=lambda p: (rank.get(p.code, p.code), -p.shape.area, p.shape.bounds))
    return Sketch(_features(drawn, grid, titled), before, _areas(drawn))


def _areas(pieces: Sequence[Patch]) -> dict[int, float]:
    found: dict[int, float] = {}
    for each in pieces:
        found[each.code] = found.get(each.code, 0.0) + each.shape.area
    return dict(sorted(found.items()))


def _features(drawn: Sequence[Patch], grid: Grid, titled: Titled) -> list[dict[str, Any]]:
    if not drawn:
        return []
    earth = grid.on_earth(np.asarray([each.shape for each in drawn], dtype=object))
    rounded = shapely.transform(earth, lambda xy: np.round(xy, _DECIMALS))
    numbers: Counter[int] = Counter()
    found = []
    for each, polygon in zip(drawn, rounded, strict=True):
        numbers[each.code] += 1
        properties = _properties(each.code, numbers[each.code], titled)
        geometry = json.loads(shapely.to_geojson(polygon))
        found.append({"type": "Feature", "properties": properties, "geometry": geometry})
    return found


def _properties(code: int, number: int, titled: Titled) -> dict[str, Any]:
    words = titled.overlay.meanings[code][0]
    told = {
        "name": f"{titled.plan.name} {words} {number:02d}",
        "grade": _GRADES.get(code, "protect"),
        "method": titled.method,
        "boundary_accuracy_m": round(titled.accuracy_m, 1),
        "source": titled.source,
    }
    return told | ({"area_code": titled.area_code} if titled.area_code else {})


def write(sketch: Sketch, path: Path, lineage: Mapping[str, Any]) -> None:
    """Write the zones; their CRS is EPSG:4490, longitude first, as the lineage in the file says."""
    told = {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}},
        "lineage": lineage,
        "features": sketch.features,
    }
    path.write_text(json.dumps(told, ensure_ascii=False, sort_keys=True), encoding="utf-8")
