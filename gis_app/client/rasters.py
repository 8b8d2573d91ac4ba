"""Raster layers asked from Python: which there are, values at points, statistics within zones.

    gis.rasters()
    gis.value("depth_to_water", wells)
    gis.statistics("drastic_index", by="district")

Values are in the unit that stands beside them; where nothing is known they are blank, never 0.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias
from urllib.parse import quote

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from gis_app.client import frames
from gis_app.client.frames import Day
from gis_app.client.http import Transport
from gis_app.crs import STORAGE_SRID, shapes_to_storage
from gis_app.errors import BadInput

_AT_ONCE = 200  # points in one address: proxies take 8 KB
_LAYERS = ["id", "zh", "en", "kind", "unit", "has_data", "raster_id", "area_code", "valid_from",
           "file_name", "cell"]  # fmt: skip
_VALUE = ["status", "value", "unit", "class_zh", "class_en", "words_zh", "words_en", "raster_id",
          "valid_from"]  # fmt: skip
Points: TypeAlias = "gpd.GeoDataFrame | gpd.GeoSeries | Sequence[float]"


class RasterQuestions:
    """What a client asks of raster layers."""

    _http: Transport

    def rasters(self, *, on: Day | None = None) -> pd.DataFrame:
        """One row for each raster that holds on a day (default today); a layer without any has
        one row too, `has_data` false.
        """
        rows = []
        for layer in self._http.get("/layers", {"datetime": frames.day(on)})["rasters"]:
            unit = layer["legend"]["unit"]
            about = {**layer, "kind": layer["legend"]["kind"], "unit": unit and unit["symbol"]}
            rows += [{**about, **held} for held in layer["rasters"]] or [about]
        table = pd.DataFrame(rows, columns=_LAYERS)
        return table.astype({"raster_id": "Int64", "has_data": "bool"})

    def value(self, layer: str, at: Points, *, on: Day | None = None) -> gpd.GeoDataFrame:
        """The value of a layer at points: a frame or series of points, or longitude and latitude.

        One row a point with its own index, `value` in `unit` (of classes the code). `status` is
        value, no_data (a raster lies there and knows nothing) or outside (none lies there).
        """
        points = _points(at)
        path = f"/collections/{quote(layer, safe='')}/position"
        rows: list[Mapping[str, Any]] = []
        for part in _parts(points):
            text = ",".join(f"({x:.8f} {y:.8f})" for x, y in part)
            asked = {"coords": f"MULTIPOINT({text})", "datetime": frames.day(on)}
            told = self._http.get(path, asked)
            rows += [_row(each, told["unit"]) for each in told["points"]]
        table = pd.DataFrame(rows, columns=_VALUE, index=points.index)
        table = table.astype({"value": "float64", "raster_id": "Int64"})
        return gpd.GeoDataFrame(table, geometry=points)

    def statistics(
        self,
        layer: str,
        *,
        by: str = "district",
        on: Day | None = None,
        area: str = "",
        zones: Sequence[int] = (),
    ) -> gpd.GeoDataFrame:
        """What a layer's cells within each zone of `by` come to, as of a day; one row a zone and
        raster, with the zone's shape.

        Cells are weighted by the share that lies within. `nodata_pct` is the share of the zone of
        which nothing is known. Columns carry their units: `mean_m`, or of classes
        `class_1_km2`. `area` is the prefix of a division code, `zones` keeps some ids only.
        """
        asked = {"layer": by, "datetime": frames.day(on), "area": area or None,
                 "zone": list(zones) or None}  # fmt: skip
        path = f"/collections/{quote(layer, safe='')}/statistics"
        columns = [each["name"] for each in self._http.get(path, asked)["columns"]]
        told = self._http.get(f"{path}/export", {**asked, "f": "geojson"})
        if not told["features"]:
            return gpd.GeoDataFrame(columns=[*columns, "geometry"], crs=STORAGE_SRID)
        found = gpd.GeoDataFrame.from_features(told["features"], crs=STORAGE_SRID)
        numbers = [n for n in columns if n.endswith(("_km2", "_pct")) or n.startswith(_NUMBERS)]
        whole = {**dict.fromkeys(numbers, "float64"), "raster_id": "Int64"}
        return found[[*columns, "geometry"]].astype(whole)

    def raster_tiles(self, layer: str, *, on: Day | None = None) -> dict[str, Any]:
        """Where a layer's pictures are, as TileJSON: for maps of any kind."""
        path = f"/collections/{quote(layer, safe='')}/map/tiles/WebMercatorQuad/tilejson.json"
        return dict(self._http.get(path, {"datetime": frames.day(on)}))


_NUMBERS = ("mean", "least", "most", "spread")


def _points(at: Points) -> gpd.GeoSeries:
    if isinstance(at, gpd.GeoDataFrame | gpd.GeoSeries):
        places = at.geometry if isinstance(at, gpd.GeoDataFrame) else at
        if places.crs is None:
            raise BadInput(
                "这些点没有坐标系。请先 set_crs，例如 points.set_crs(4490)。",
                "These points have no CRS: say it first, as in points.set_crs(4490).",
            )
        if not (places.geom_type == "Point").all() or places.is_empty.any():
            raise BadInput(
                "只能问点的数值；面请用 statistics。",
                "Values are asked of points; of areas ask for statistics.",
            )
        moved = shapes_to_storage(places.array, places.crs)
        return gpd.GeoSeries(moved, index=places.index, crs=STORAGE_SRID)
    lon, lat = (float(n) for n in at)
    return gpd.GeoSeries([shapely.Point(lon, lat)], crs=STORAGE_SRID)


def _parts(points: gpd.GeoSeries) -> Iterator[np.ndarray[Any, Any]]:
    places = np.column_stack([points.x, points.y])
    for start in range(0, len(places), _AT_ONCE):
        yield places[start : start + _AT_ONCE]


def _row(told: Mapping[str, Any], unit: str | None) -> dict[str, Any]:
    kind, raster = told["class"] or {}, told["raster"] or {}
    return {
        **told, "unit": unit, "class_zh": kind.get("zh"), "class_en": kind.get("en"),
        "raster_id": raster.get("raster_id"), "valid_from": raster.get("valid_from"),
    }  # fmt: skip
