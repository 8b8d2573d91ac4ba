"""OGC API – Tiles (WebMercatorQuad), TileJSON and a MapLibre style per layer."""

from typing import Any

from fastapi import APIRouter, Request, Response

from api import links
from api.deps import Conn, Law
from gis_app.flags import FLAGS
from gis_app.layer import Layer
from gis_app.store import tiles, zones

router = APIRouter(prefix="/collections/{layer}")
TEMPLATE = "/collections/{layer}/tiles/WebMercatorQuad/{{tileMatrix}}/{{tileRow}}/{{tileCol}}"


@router.get("/tiles", summary="瓦片集 / Tilesets")
def tilesets(request: Request, law: Law, layer: str) -> dict[str, Any]:
    """The layer's tilesets: one, in WebMercatorQuad."""
    return {"tilesets": [_tileset(request, law.layer(layer))]}


@router.get("/tiles/WebMercatorQuad", summary="瓦片集 / Tileset")
def tileset(request: Request, law: Law, layer: str) -> dict[str, Any]:
    """The layer's tileset in WebMercatorQuad."""
    return _tileset(request, law.layer(layer))


@router.get("/tiles/WebMercatorQuad/tilejson.json", summary="TileJSON")
def tilejson(request: Request, conn: Conn, law: Law, layer: str) -> dict[str, Any]:
    """TileJSON 3.0.0 of the layer."""
    found = law.layer(layer)
    url = f"{links.root(request)}/collections/{layer}/tiles/WebMercatorQuad/{{z}}/{{y}}/{{x}}"
    return {
        "tilejson": "3.0.0",
        "name": found.zh,
        "tiles": [url],
        "version": f"{zones.data_version(conn, layer)}.0.0",
        "minzoom": found.tile_minzoom,
        "maxzoom": 16,
        "vector_layers": [{"id": layer, "fields": _fields(found)}],
    }


@router.get("/tiles/WebMercatorQuad/{z}/{y}/{x}", summary="瓦片 / Tile")
def tile(request: Request, conn: Conn, law: Law, layer: str, z: int, y: int, x: int) -> Response:
    """A vector tile (row before column, as OGC orders them); 204 where nothing lies in it."""
    found = law.layer(layer)
    tiles.check(z, x, y)
    etag = f'"{layer}-{zones.data_version(conn, layer)}"'
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=headers)
    body = tiles.tile(conn, found, z, x, y)
    return Response(body, 200 if body else 204, headers, media_type=links.MVT if body else None)


@router.get("/style", summary="样式 / MapLibre style")
def style(request: Request, law: Law, layer: str) -> dict[str, Any]:
    """A MapLibre style of this layer alone, made from its declaration."""
    found = law.layer(layer)
    url = f"{links.root(request)}/collections/{layer}/tiles/WebMercatorQuad/tilejson.json"
    return {
        "version": 8,
        "name": found.zh,
        "sources": {layer: {"type": "vector", "url": url}},
        "layers": _point_layers(found) if found.geometry == "point" else _polygon_layers(found),
    }


def _point_layers(layer: Layer) -> list[dict[str, Any]]:
    pairs = [part for key, flag in FLAGS.items() for part in (key, flag.color)]
    paint = {"circle-radius": 4, "circle-color": ["match", ["get", "flag"], *pairs, "#8796A5"]}
    base = {"id": layer.id, "type": "circle", "source": layer.id, "source-layer": layer.id}
    return [{**base, "paint": paint}]


def _polygon_layers(layer: Layer) -> list[dict[str, Any]]:
    look = layer.style
    base = {"source": layer.id, "source-layer": layer.id}
    line: dict[str, Any] = {"line-color": look.color, "line-width": 1.5}
    if look.pattern == "dashed":
        line["line-dasharray"] = [3, 2]
    fill = {"fill-color": look.color, "fill-opacity": look.opacity}
    return [
        {"id": f"{layer.id}-fill", "type": "fill", **base, "paint": fill},
        {"id": f"{layer.id}-line", "type": "line", **base, "paint": line},
    ]


def _fields(layer: Layer) -> dict[str, str]:
    names = {
        f.name: ("Boolean" if f.kind == "boolean" else "String") for f in layer.all_fields if f.tile
    }
    return {**names, "flag": "String", "rule": "String"} if layer.geometry == "point" else names


def _tileset(request: Request, layer: Layer) -> dict[str, Any]:
    path = f"/collections/{layer.id}/tiles/WebMercatorQuad"
    return {
        "title": f"{layer.zh} / {layer.en}",
        "dataType": "vector",
        "crs": "http://www.opengis.net/def/crs/EPSG/0/3857",
        "tileMatrixSetURI": links.WEB_MERCATOR_QUAD,
        "links": [
            links.link(request, path, "self", links.JSON),
            links.link(request, f"{path}/tilejson.json", "describedby", links.JSON),
            {
                **links.link(request, TEMPLATE.format(layer=layer.id), "item", links.MVT),
                "templated": True,
            },
        ],
    }
