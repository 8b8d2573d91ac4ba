"""What the cells within a polygon come to, each cell weighted by the share of it that is within."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import rasterio
import shapely
from exactextract import exact_extract
from pyproj import CRS, Transformer
from rasterio.io import DatasetReader
from shapely.geometry.base import BaseGeometry

from gis_app.crs import STORAGE_SRID, area_m2
from gis_app.raster import cog

_DENSE_DEG = 0.02  # a straight line in degrees is a curve on a plane
_CELLS = 10_000_000  # held at once: some 120 MB
_SPHERE = "coverage_weight=area_spherical_m2"
_SLACK = 1e-6  # of a share: the arithmetic, not a cell
_RADIUS_M = 6378137.0  # of exactextract's sphere


@dataclass(frozen=True, kw_only=True)
class Within:
    """Of one polygon: its geodesic area, the share of it with values, and what these are.

    Without any value `mean`, `least`, `most` and `spread` (standard deviation) are None: unknown,
    never 0. `classes` are shares of the whole polygon by code. All in the unit of the raster.
    """

    area_km2: float
    valid_share: float
    mean: float | None = None
    least: float | None = None
    most: float | None = None
    spread: float | None = None
    classes: Mapping[int, float] = field(default_factory=dict)

    @property
    def nodata_share(self) -> float:
        """The share of the polygon of which nothing is known, 0 to 1."""
        return 1.0 - self.valid_share

    def class_km2(self, code: int) -> float:
        """The geodesic area of a class within the polygon."""
        return self.classes.get(code, 0.0) * self.area_km2


def within(file: Path, polygons: Sequence[BaseGeometry], *, classified: bool) -> list[Within]:
    """The statistics of a raster within polygons (EPSG:4490), in their order.

    Cells are weighted by coverage (exactextract), of a raster in degrees by their area too. Areas
    are geodesic: the share on the plane, of the geodesic area of the polygon.
    """
    if not polygons:
        return []
    with cog.careful(), rasterio.open(file, driver="GTiff") as dataset:
        plane = CRS.from_wkt(dataset.crs.to_wkt())
        shapes = _moved(polygons, plane)
        weight = _SPHERE if plane.is_geographic else ""
        rows = _extracted(dataset, shapes, _operations(weight, classified=classified))
        wholes = [_whole(shape, dataset, geographic=plane.is_geographic) for shape in shapes]
    return [
        _within(row, whole, _km2(each), classified=classified)
        for row, whole, each in zip(rows, wholes, polygons, strict=True)
    ]


def nothing(polygon: BaseGeometry) -> Within:
    """What is known of a polygon (EPSG:4490) that no raster meets."""
    return Within(area_km2=_km2(polygon), valid_share=0.0)


def _km2(polygon: BaseGeometry) -> float:
    return area_m2(polygon) / 1e6


def _moved(polygons: Sequence[BaseGeometry], plane: CRS) -> list[BaseGeometry]:
    ahead = Transformer.from_crs(CRS.from_epsg(STORAGE_SRID), plane, always_xy=True)
    dense = shapely.segmentize(np.asarray(polygons, object), _DENSE_DEG)
    moved = shapely.transform(dense, lambda xy: np.column_stack(ahead.transform(*xy.T)))
    return list(moved)


def _operations(weight: str, *, classified: bool) -> list[str]:
    bracket = f"({weight})" if weight else ""
    if classified:
        return [f"count{bracket}", f"frac{bracket}", "unique"]
    return [f"{name}{bracket}" for name in ("count", "mean", "stdev")] + ["min", "max"]


def _extracted(
    dataset: DatasetReader, shapes: list[BaseGeometry], operations: list[str]
) -> list[Mapping[str, Any]]:
    frame = gpd.GeoDataFrame({"n": range(len(shapes))}, geometry=shapes, crs=dataset.crs.to_wkt())
    found = exact_extract(
        dataset, frame, operations, include_cols=["n"], max_cells_in_memory=_CELLS
    )
    return [each["properties"] for each in sorted(found, key=lambda e: e["properties"]["n"])]


def _whole(shape: BaseGeometry, dataset: DatasetReader, *, geographic: bool) -> float:
    """What `count` would be if there were a value everywhere: in cells, or m² on the sphere."""
    if not geographic:
        return float(shape.area) / abs(float(dataset.transform.a * dataset.transform.e))
    parts = shapely.get_parts(shape)
    holes = [ring for part in parts for ring in part.interiors]
    outer = sum((_on_sphere(part.exterior) for part in parts), 0.0)
    return outer - sum((_on_sphere(ring) for ring in holes), 0.0)


def _on_sphere(ring: BaseGeometry) -> float:
    """The area in m² within a ring in degrees: R² ∮ sin φ dλ, its edges being short."""
    lon, lat = np.radians(shapely.get_coordinates(ring)).T
    sines = np.sin(lat)
    area = np.sum(np.diff(lon) * (sines[1:] + sines[:-1]) / 2)
    return abs(float(area)) * _RADIUS_M**2


def _within(row: Mapping[str, Any], whole: float, area_km2: float, *, classified: bool) -> Within:
    share = float(row["count"]) / whole if whole else 0.0
    share = 1.0 if share > 1 - _SLACK else share
    if not share > 0:
        return Within(area_km2=area_km2, valid_share=0.0)
    if classified:
        pairs = zip(row["unique"], row["frac"], strict=True)
        classes = {int(code): float(part) * share for code, part in pairs}
        return Within(area_km2=area_km2, valid_share=share, classes=classes)
    mean, least, most, spread = (float(row[name]) for name in ("mean", "min", "max", "stdev"))
    return Within(
        area_km2=area_km2, valid_share=share, mean=mean, least=least, most=most, spread=spread
    )
