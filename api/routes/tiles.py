"""OGC API – Tiles (WebMercatorQuad), TileJSON and MapLibre styles: of each layer, and of all."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import JSONResponse

from api import links
from api.answer import Form, answer, produces
from api.deps import CollectionId, Conn, Law, Who
from api.pages import deployment
from api.pages import documents as pages
from api.tiles import sets, style
from api.tiles.door import Asked, response
from api.tiles.door import answer as tile_answer
from gis_app.store import zones

router = APIRouter()
LAYER = "/collections/{collectionId}"
TILE = "/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}"
MVT: dict[int | str, dict[str, Any]] = {
    200: {"content": {links.MVT: {}}},
    204: {"description": "空瓦片 / Nothing lies in it"},
}
_DOCUMENT: Any = {
    "response_class": Response,
    "responses": produces(links.JSON, links.HTML),
}
_STYLE: Any = {"response_class": Response, "responses": produces(links.STYLE)}
Matrix = Annotated[int, Path(alias="tileMatrix", ge=0, description="级 / zoom")]
Row = Annotated[int, Path(alias="tileRow", ge=0, description="行，自北 / row, from the north")]
Column = Annotated[int, Path(alias="tileCol", ge=0, description="列，自西 / column, from the west")]


@router.get("/tileMatrixSets", summary="瓦片矩阵集列表 / Tile matrix sets", **_DOCUMENT)
def matrix_sets(request: Request, f: Form = None) -> Response:  # noqa: ARG001
    """The tile matrix sets: one."""
    return answer(request, sets.matrix_sets(request), pages.tiles)


@router.get("/tileMatrixSets/WebMercatorQuad", summary="瓦片矩阵集 / Tile matrix set", **_DOCUMENT)
def matrix_set(request: Request, f: Form = None) -> Response:  # noqa: ARG001
    """WebMercatorQuad."""
    return answer(request, sets.matrix_set(), pages.matrices)


@router.get("/healthz/tiles", summary="瓦片服务状态 / Health of the tiles", **_DOCUMENT)
def health(request: Request, f: Form = None) -> Response:  # noqa: ARG001
    """What the answering process keeps, hears and has served; tiles over the budget are named."""
    return answer(request, request.app.state.tiles.health(), deployment.health)


@router.get("/tiles", summary="全部图层的瓦片集 / Tilesets of all layers", **_DOCUMENT)
def dataset_tilesets(request: Request, f: Form = None) -> Response:  # noqa: ARG001
    """The tilesets of all layers together: one."""
    return answer(request, sets.tilesets(request, None), pages.tiles)


@router.get(
    "/tiles/WebMercatorQuad", summary="全部图层的瓦片集 / Tileset of all layers", **_DOCUMENT
)
def dataset_tileset(request: Request, law: Law, f: Form = None) -> Response:  # noqa: ARG001
    """The tileset of all layers in WebMercatorQuad."""
    return answer(request, sets.tileset(request, None, law.layers.values()), pages.tiles)


@router.get("/tiles/WebMercatorQuad/tilejson.json", summary="全部图层的 TileJSON / TileJSON of all")
def dataset_tilejson(request: Request, conn: Conn, law: Law) -> dict[str, Any]:
    """TileJSON 3.0.0 of all layers."""
    version = sum(zones.data_version(conn, layer) for layer in law.layers)
    return sets.tilejson(request, None, law.layers.values(), version)


@router.get(TILE, summary="全部图层的瓦片 / Tile of all layers", response_class=Response,
            responses=MVT)  # fmt: skip
async def dataset_tile(
    request: Request,
    who: Who,
    matrix: Matrix,
    row: Row,
    column: Column,
    datetime: str | None = None,  # noqa: ARG001  declared here, read where it is answered
) -> Response:
    """A vector tile with all layers.

    `datetime` is a day: zones in force on it, wells with the status and the finding they had.
    """
    asked = Asked(None, str(matrix), str(row), str(column))
    return response(*await tile_answer(request.app.state.tiles, asked, who.sight, request.scope))


@router.get("/style", summary="全部图层的样式 / MapLibre style of all layers", **_STYLE)
def dataset_style(request: Request, law: Law) -> Response:
    """A MapLibre style of all layers, made from their declarations."""
    url = f"{links.root(request)}/tiles/WebMercatorQuad/tilejson.json"
    made = style.style(sets.ALL_TITLE, law.layers.values(), {"all": url})
    return JSONResponse(made, media_type=links.STYLE)


@router.get(f"{LAYER}/tiles", summary="瓦片集 / Tilesets", **_DOCUMENT)
def tilesets(request: Request, law: Law, layer: CollectionId, f: Form = None) -> Response:  # noqa: ARG001
    """The layer's tilesets: one, in WebMercatorQuad."""
    return answer(request, sets.tilesets(request, law.layer(layer)), pages.tiles)


@router.get(f"{LAYER}/tiles/WebMercatorQuad", summary="瓦片集 / Tileset", **_DOCUMENT)
def tileset(request: Request, law: Law, layer: CollectionId, f: Form = None) -> Response:  # noqa: ARG001
    """The layer's tileset in WebMercatorQuad."""
    found = law.layer(layer)
    return answer(request, sets.tileset(request, found, [found]), pages.tiles)


@router.get(f"{LAYER}/tiles/WebMercatorQuad/tilejson.json", summary="TileJSON")
def tilejson(request: Request, conn: Conn, law: Law, layer: CollectionId) -> dict[str, Any]:
    """TileJSON 3.0.0 of the layer."""
    found = law.layer(layer)
    return sets.tilejson(request, found, [found], zones.data_version(conn, layer))


@router.get(f"{LAYER}{TILE}", summary="瓦片 / Tile", response_class=Response, responses=MVT)
async def tile(
    request: Request,
    who: Who,
    layer: CollectionId,
    matrix: Matrix,
    row: Row,
    column: Column,
    datetime: str | None = None,  # noqa: ARG001  declared here, read where it is answered
) -> Response:
    """A vector tile (row before column, as OGC orders them); 204 where nothing lies in it.

    `datetime` is a day: zones in force on it, wells with the status and the finding they had.
    Answered by api/tiles before it comes here.
    """
    asked = Asked(layer, str(matrix), str(row), str(column))
    return response(*await tile_answer(request.app.state.tiles, asked, who.sight, request.scope))


@router.get(f"{LAYER}/style", summary="样式 / MapLibre style", **_STYLE)
def layer_style(request: Request, law: Law, layer: CollectionId) -> Response:
    """A MapLibre style of this layer alone, made from its declaration."""
    found = law.layer(layer)
    url = f"{links.root(request)}/collections/{layer}/tiles/WebMercatorQuad/tilejson.json"
    return JSONResponse(style.style(found.zh, [found], {layer: url}), media_type=links.STYLE)
