"""What a raster layer says of itself as a collection, a tileset and TileJSON."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from fastapi import Request

from api import links
from api.rasters import legend
from api.tiles import sets
from gis_app.crs import CRS84
from gis_app.raster_layer import RasterLayer
from gis_app.rasters import words

TILESETS_MAP = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-map"
LEGEND = "http://www.opengis.net/def/rel/ogc/1.0/legend"
PNG, WEBP, SVG = "image/png", "image/webp", "image/svg+xml"
COG = "image/tiff; application=geotiff; profile=cloud-optimized"
CONFORMANCE = ["http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/png"]
Row = Mapping[Any, Any]  # of gis.raster, by column


def base(layer: RasterLayer) -> str:
    """The path of a raster layer."""
    return f"/collections/{layer.id}"


def bounds(rows: Sequence[Row]) -> list[float] | None:
    """West, south, east, north of rasters in degrees; None of none."""
    if not rows:
        return None
    least = [min(row[edge] for row in rows) for edge in "ws"]
    return [*least, *(max(row[edge] for row in rows) for edge in "en")]


def collection(request: Request, layer: RasterLayer, rows: Sequence[Row]) -> dict[str, Any]:
    """A raster layer as a collection: a coverage, with what is on record of it."""
    box = bounds(rows)
    spatial = {} if box is None else {"spatial": {"bbox": [box], "crs": CRS84}}
    begun = min((row["valid_from"] for row in rows), default=None)
    temporal = {} if begun is None else {"temporal": {"interval": [[begun.isoformat(), None]]}}
    return {
        "id": layer.id,
        "title": f"{layer.zh} / {layer.en}",
        "description": f"{layer.description_zh} {layer.description_en}".strip(),
        "itemType": "coverage",
        **({"extent": {**spatial, **temporal}} if spatial else {}),
        "crs": [CRS84],
        "parameter_names": {layer.id: _parameter(layer)},
        "legend": legend.told(layer),
        "source": f"{layer.source_zh} {layer.source_en}".strip(),
        "rasters": [record(each) for each in rows],
        "data_queries": _queries(request, layer),
        "links": _links(request, layer, rows),
    }


def record(row: Row) -> dict[str, Any]:
    """A raster on record. `valid_share` is of its cells, `cell` on the plane of its CRS."""
    names = ("raster_id", "layer", "area_code", "valid_from", "valid_to", "file_name", "sha256",
             "unit", "cell", "width", "height", "max_zoom", "valid_share", "cells", "source",
             "lineage", "recorded_at", "recorded_by", "withdrawn_at", "withdrawn_by",
             "withdrawn_why")  # fmt: skip
    numbers = {name: words.plain(row[name]) for name in ("least", "most", "mean")}
    return {
        **{name: row[name] for name in names}, **numbers,
        "crs": row["crs"].partition('"')[2].partition('"')[0],
        "bounds": [row[edge] for edge in "wsen"],
    }  # fmt: skip


def shown(layer: RasterLayer, rows: Sequence[Row]) -> dict[str, Any]:
    """What a map needs to draw and explain a raster layer."""
    names = ("raster_id", "area_code", "valid_from", "file_name", "cell")
    return {
        "id": layer.id, "zh": layer.zh, "en": layer.en, "order": layer.order,
        "description_zh": layer.description_zh, "description_en": layer.description_en,
        "source_zh": layer.source_zh, "source_en": layer.source_en,
        "opacity": layer.opacity, "legend": legend.told(layer), "has_data": bool(rows),
        "bounds": bounds(rows), "max_zoom": max((row["max_zoom"] for row in rows), default=0),
        "tiles": f"{base(layer)}/map/tiles/WebMercatorQuad/{{z}}/{{y}}/{{x}}",
        "rasters": [{name: row[name] for name in names} for row in rows],
    }  # fmt: skip


def tilesets(request: Request, layer: RasterLayer) -> dict[str, Any]:
    """The list of a layer's tilesets: one, in WebMercatorQuad."""
    listed = tileset(request, layer, ())
    return {"links": links.own(request, f"{base(layer)}/map/tiles"), "tilesets": [listed]}


def tileset(request: Request, layer: RasterLayer, rows: Sequence[Row]) -> dict[str, Any]:
    """A tileset of pictures by OGC API – Tiles."""
    path = f"{base(layer)}/map/tiles/WebMercatorQuad"
    address = f"{path}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}"
    items = [
        {**links.link(request, where, "item", media), "templated": True}
        for where, media in ((address, PNG), (f"{address}?f=webp", WEBP))
    ]
    box = bounds(rows)
    around = {} if box is None else {"boundingBox": {
        "lowerLeft": box[:2], "upperRight": box[2:], "crs": CRS84}}  # fmt: skip
    return {
        "title": f"{layer.zh} / {layer.en}",
        "dataType": "map",
        "crs": "http://www.opengis.net/def/crs/EPSG/0/3857",
        "tileMatrixSetURI": links.WEB_MERCATOR_QUAD,
        **around,
        "links": [
            *links.own(request, path),
            links.link(request, sets.TMS, sets.TILING_SCHEME, links.JSON),
            links.link(request, f"{path}/tilejson.json", "describedby", links.JSON, "TileJSON"),
            links.link(request, f"{base(layer)}/legend?f=svg", LEGEND, SVG),
            *items,
        ],
    }


def tilejson(
    request: Request, layer: RasterLayer, rows: Sequence[Row], on: date | None
) -> dict[str, Any]:
    """TileJSON 3.0.0 of the pictures, as of a day."""
    path = f"{links.root(request)}{base(layer)}/map/tiles/WebMercatorQuad/{{z}}/{{y}}/{{x}}"
    box = bounds(rows)
    return {
        "tilejson": "3.0.0",
        "name": layer.zh,
        "description": f"{layer.description_zh} {layer.description_en}".strip(),
        "tiles": [path if on is None else f"{path}?datetime={on}"],
        "version": f"{max((row['raster_id'] for row in rows), default=0)}.0.0",
        "minzoom": 0,
        "maxzoom": max((row["max_zoom"] for row in rows), default=0),
        **({} if box is None else {"bounds": box}),
    }


def _parameter(layer: RasterLayer) -> dict[str, Any]:
    """The parameter as OGC API – EDR describes one."""
    observed: dict[str, Any] = {"label": {"zh": layer.zh, "en": layer.en}}
    if layer.classified:
        observed["categories"] = [
            {"id": str(each.code), "label": {"zh": each.zh, "en": each.en}}
            for each in layer.classes
        ]
        return {"type": "Parameter", "observedProperty": observed}
    named = words.unit(layer)
    unit = {"symbol": layer.unit, "label": {"zh": named.zh or "无量纲", "en": named.en or "score"}}
    return {"type": "Parameter", "unit": unit, "observedProperty": observed}


def _queries(request: Request, layer: RasterLayer) -> dict[str, Any]:
    link = links.link(request, f"{base(layer)}/position", "data", links.JSON)
    asked = {"query_type": "position", "output_formats": [links.JSON], "crs_details": [
        {"crs": CRS84, "wkt": "CRS84"}]}  # fmt: skip
    return {"position": {"link": {**link, "variables": asked}}}


def _links(request: Request, layer: RasterLayer, rows: Sequence[Row]) -> list[dict[str, Any]]:
    path = base(layer)
    return [
        *links.own(request, path),
        links.link(request, f"{path}/map/tiles", TILESETS_MAP, links.JSON, "瓦片 tiles"),
        links.link(request, f"{path}/legend", LEGEND, links.JSON, "图例 legend"),
        links.link(request, f"{path}/legend?f=svg", LEGEND, SVG, "图例 legend"),
        links.link(request, f"{path}/statistics?f=html", "related", links.HTML,
                   "分区统计 statistics"),
        links.link(request, f"{path}/rasters?f=html", "version-history", links.HTML,
                   "历次登记 history"),
        *(
            links.link(request, f"{path}/rasters/{row['raster_id']}/cog", "enclosure", COG,
                       f"原值 COG {row['file_name']}")
            for row in rows
        ),
    ]  # fmt: skip
