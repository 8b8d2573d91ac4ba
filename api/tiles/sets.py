"""What OGC API – Tiles, TileJSON and the links of other documents say of the tiles."""

from collections.abc import Iterable
from typing import Any

import morecantile
import orjson
from fastapi import Request

from api import links
from gis_app.layer import Layer
from gis_app.store import tiles

CONFORMANCE = [
    f"http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/{name}"
    for name in (
        "core",
        "tileset",
        "tilesets-list",
        "dataset-tilesets",
        "geodata-tilesets",
        "mvt",
        "oas30",
    )
]
TMS = "/tileMatrixSets/WebMercatorQuad"
TILING_SCHEME = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme"
TILING_SCHEMES = "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes"
TILEJSON_MAX_ZOOM = 16
ALL_TITLE = "全部图层 / All layers"
WEB_MERCATOR_QUAD = morecantile.tms.get("WebMercatorQuad")


def landing_links(request: Request) -> list[dict[str, Any]]:
    """The links that a landing page gives to tiles of all layers and their style."""
    return [
        links.link(request, "/tiles", links.TILES_VECTOR, links.JSON, ALL_TITLE),
        links.link(request, "/tileMatrixSets", TILING_SCHEMES, links.JSON),
        links.link(request, "/style", "stylesheet", links.STYLE, ALL_TITLE),
    ]


def collection_links(request: Request, layer: Layer) -> list[dict[str, Any]]:
    """The links that a layer's collection gives to its tiles and its style."""
    path = base(layer)
    return [
        links.link(request, f"{path}/tiles", links.TILES_VECTOR, links.JSON),
        links.link(request, f"{path}/style", "stylesheet", links.STYLE),
    ]


def base(layer: Layer | None) -> str:
    """Where the tiles of a layer, or of all, lie below."""
    return "" if layer is None else f"/collections/{layer.id}"


def tilesets(request: Request, layer: Layer | None) -> dict[str, Any]:
    """The list of tilesets: one, in WebMercatorQuad."""
    path = f"{base(layer)}/tiles"
    listed = tileset(request, layer, [])
    listed.pop("layers")
    return {"links": links.own(request, path), "tilesets": [listed]}


def tileset(request: Request, layer: Layer | None, layers: Iterable[Layer]) -> dict[str, Any]:
    """A tileset's description: of a layer, or of all."""
    path = f"{base(layer)}/tiles/WebMercatorQuad"
    item = links.link(request, f"{path}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}", "item", links.MVT)
    return {
        "title": ALL_TITLE if layer is None else f"{layer.zh} / {layer.en}",
        "dataType": "vector",
        "crs": "http://www.opengis.net/def/crs/EPSG/0/3857",
        "tileMatrixSetURI": links.WEB_MERCATOR_QUAD,
        "layers": [_layer(name, each) for each in layers for name in tiles.source_layers(each)],
        "links": [
            *links.own(request, path),
            links.link(request, TMS, TILING_SCHEME, links.JSON),
            links.link(request, f"{path}/tilejson.json", "describedby", links.JSON, "TileJSON"),
            {**item, "templated": True},
        ],
    }


def matrix_sets(request: Request) -> dict[str, Any]:
    """The list of tile matrix sets."""
    return {
        "links": links.own(request, "/tileMatrixSets"),
        "tileMatrixSets": [
            {
                "id": "WebMercatorQuad",
                "title": WEB_MERCATOR_QUAD.title,
                "uri": links.WEB_MERCATOR_QUAD,
                "crs": "http://www.opengis.net/def/crs/EPSG/0/3857",
                "links": links.own(request, TMS),
            }
        ],
    }


def matrix_set() -> dict[str, Any]:
    """WebMercatorQuad by the Tile Matrix Set standard, as far as there are tiles."""
    found = orjson.loads(WEB_MERCATOR_QUAD.model_dump_json(exclude_none=True, by_alias=True))
    found["tileMatrices"] = found["tileMatrices"][: tiles.MAX_ZOOM + 1]
    return {**found, "uri": links.WEB_MERCATOR_QUAD}


def tilejson(
    request: Request, layer: Layer | None, layers: Iterable[Layer], version: int
) -> dict[str, Any]:
    """TileJSON 3.0.0 of a layer, or of all."""
    shown = list(layers)
    return {
        "tilejson": "3.0.0",
        "name": ALL_TITLE if layer is None else layer.zh,
        "tiles": [f"{links.root(request)}{base(layer)}/tiles/WebMercatorQuad/{{z}}/{{y}}/{{x}}"],
        "version": f"{version}.0.0",
        "minzoom": min(each.tile_minzoom for each in shown),
        "maxzoom": TILEJSON_MAX_ZOOM,
        "vector_layers": tiles.vector_layers(shown, TILEJSON_MAX_ZOOM),
    }


def _layer(name: str, layer: Layer) -> dict[str, Any]:
    kind = tiles.source_layers(layer)[name][2]
    return {
        "id": name,
        "title": f"{layer.zh} / {layer.en}",
        "dataType": "vector",
        "geometryDimension": {"point": 0, "line": 1, "polygon": 2}[kind],
    }
