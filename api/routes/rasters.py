"""Raster layers: pictures (OGC API – Tiles, as maps), legend, values at a point (as in EDR)."""

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from api import links
from api.answer import Form, answer, produces
from api.deps import Conn, Gis, Law
from api.pages import documents
from api.pages import rasters as pages
from api.rasters import coords, described, legend
from api.rasters.described import PNG, SVG, WEBP
from api.routes.tiles import TILE, Column, Matrix, Row
from gis_app.errors import NotFound
from gis_app.raster import picture
from gis_app.raster_layer import RasterLayer
from gis_app.rasters import answers, words
from gis_app.rasters.answers import Value
from gis_app.rasters.record import shelf
from gis_app.store import facts, items, params
from gis_app.store import tiles as places

router = APIRouter()
RASTER = "/collections/{rasterId}"
DAY = "某日有效的栅格，默认今日 / the rasters that hold on a day (default: today)"
_DOCUMENT: Any = {"response_class": Response, "responses": produces(links.JSON, links.HTML)}
_LEGEND: Any = {"response_class": Response, "responses": produces(links.JSON, links.HTML, SVG)}
_PICTURE: Any = {
    "response_class": Response,
    "responses": {**produces(PNG, WEBP), 304: {"description": "未变 / not modified"}},
}
LegendForm = Annotated[
    Literal["json", "html", "svg"] | None, Query(alias="f", description="表示形式 / representation")
]
PictureForm = Annotated[Literal["png", "webp"], Query(alias="f", description="图片格式 / format")]


def _layer(law: Law, raster_id: Annotated[str, Path(alias="rasterId")]) -> RasterLayer:
    """The raster layer of the path. Raises `NotFound`."""
    if raster_id not in law.rasters:
        law.raster("")  # says which there are
    return law.rasters[raster_id]


Layer = Annotated[RasterLayer, Depends(_layer)]


@router.get(f"{RASTER}/map/tiles", summary="栅格瓦片集列表 / Tilesets of a raster", **_DOCUMENT)
def tilesets(request: Request, layer: Layer, f: Form = None) -> Response:  # noqa: ARG001
    """The tilesets of a raster layer's pictures: one, in WebMercatorQuad."""
    return answer(request, described.tilesets(request, layer), documents.tiles)


@router.get(
    f"{RASTER}/map/tiles/WebMercatorQuad", summary="栅格瓦片集 / Tileset of a raster", **_DOCUMENT
)
def tileset(request: Request, layer: Layer, f: Form = None) -> Response:  # noqa: ARG001
    """The tileset of a raster layer's pictures in WebMercatorQuad."""
    rows = request.app.state.standing.of(layer.id, None)
    return answer(request, described.tileset(request, layer, rows), documents.tiles)


@router.get(f"{RASTER}/map/tiles/WebMercatorQuad/tilejson.json", summary="栅格 TileJSON")
def tilejson(request: Request, layer: Layer, datetime: str | None = None) -> dict[str, Any]:
    """TileJSON 3.0.0 of a raster layer's pictures; of a day where one is asked."""
    on = params.one_day(datetime)
    return described.tilejson(request, layer, request.app.state.standing.of(layer.id, on), on)


@router.get(f"{RASTER}/map{TILE}", summary="栅格瓦片 / Tile of a raster", **_PICTURE)
def tile(
    request: Request, gis: Gis, layer: Layer, matrix: Matrix, row: Row, column: Column,
    datetime: str | None = None, f: PictureForm = "png",
) -> Response:  # fmt: skip
    """A picture of 256 × 256 (row before column, as OGC orders them); clear where there is no data.

    PNG, or WebP without loss by `f=webp`. The ETag changes with the rasters and the colours.
    """
    places.check(matrix, column, row)
    if matrix > picture.MAX_ZOOM:
        raise NotFound(f"最大级为 {picture.MAX_ZOOM}。", f"There is no zoom {matrix}.")
    held = request.app.state.standing.of(layer.id, params.one_day(datetime))
    files = [each["picture_sha256"] for each in held]
    etag = f'"{picture.mark(layer, files)}.{f}"'
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    if items.holds(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers=headers)
    found = [shelf(gis.settings.home).find(each) for each in files]
    body = picture.tile(found, layer, (matrix, column, row), f)
    # packed already: nothing is won by packing it again
    return Response(body, headers={**headers, "Content-Encoding": "identity"},
                    media_type=WEBP if f == "webp" else PNG)  # fmt: skip


@router.get(f"{RASTER}/legend", summary="栅格图例 / Legend of a raster", **_LEGEND)
def legends(request: Request, layer: Layer, f: LegendForm = None) -> Response:
    """The legend: colours with their values and unit, or classes; as JSON, SVG or a page."""
    if f == "svg":
        return Response(legend.drawn(layer), media_type=SVG)
    path = f"{described.base(layer)}/legend"
    drawing = links.link(request, f"{path}?f=svg", "alternate", SVG)
    own = [*links.own(request, path), {**drawing, "rel": described.LEGEND}]
    body = {"layer": layer.id, "zh": layer.zh, "en": layer.en, **legend.told(layer), "links": own}
    return answer(request, body, pages.legend)


@router.get(f"{RASTER}/position", summary="某点的数值 / Value at a point", **_DOCUMENT)
def position(
    request: Request, conn: Conn, gis: Gis, layer: Layer,
    coords_: Annotated[str, Query(alias="coords", description="POINT(lon lat) | MULTIPOINT(…)")],
    datetime: Annotated[str | None, Query(description=DAY)] = None,
    f: Form = None,  # noqa: ARG001
) -> Response:  # fmt: skip
    """The values at points (WKT, longitude first) in the layer's unit, as of a day.

    `status` is value, no_data (a raster lies there and knows nothing of it) or outside (none
    lies there); without a value `value` is null, never 0.
    """
    on = params.one_day(datetime) or facts.legal_day(conn)
    points = coords.points(coords_)
    found = answers.values(conn, shelf(gis.settings.home), layer, points, on)
    path = links.with_query(f"{described.base(layer)}/position", coords=coords_)
    body = {
        "layer": layer.id, "zh": layer.zh, "en": layer.en, "on": on.isoformat(),
        "unit": None if layer.classified else layer.unit,
        "points": [_value(layer, each) for each in found],
        "links": links.own(request, path),
    }  # fmt: skip
    return answer(request, body, pages.position)


def _value(layer: RasterLayer, found: Value) -> dict[str, Any]:
    said, held = words.of_value(layer, found), found.raster
    names = ("raster_id", "valid_from", "area_code", "cell")
    return {
        "lon": found.lon, "lat": found.lat, "status": found.status,
        "value": words.plain(found.value),
        "class": None if found.kind is None else asdict(found.kind),
        "words_zh": said.zh, "words_en": said.en,
        "raster": None if held is None else {name: held[name] for name in names},
    }  # fmt: skip
