"""OGC API – Features: collections, items, one item, schema."""

from datetime import UTC, datetime
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Request, Response

from api import links, params
from api.deps import Conn, Law
from gis_app.crs import CRS84
from gis_app.layer import Layer
from gis_app.store import facts, items, zones

router = APIRouter(prefix="/collections")
DEFAULT_LIMIT, MAX_LIMIT = 1000, 10_000


@router.get("", summary="全部集合 / Collections")
def collections(request: Request, conn: Conn, law: Law) -> dict[str, Any]:
    """Every layer as a collection."""
    there = zones.summary(conn, facts.legal_day(conn))
    return {
        "links": [links.link(request, "/collections", "self", links.JSON)],
        "collections": [_collection(request, layer, there) for layer in law.layers.values()],
    }


@router.get("/{layer}", summary="集合 / One collection")
def collection(request: Request, conn: Conn, law: Law, layer: str) -> dict[str, Any]:
    """One layer as a collection."""
    return _collection(request, law.layer(layer), zones.summary(conn, facts.legal_day(conn)))


@router.get("/{layer}/schema", summary="属性结构 / Schema")
def schema(law: Law, layer: str) -> Response:
    """JSON Schema of the layer's properties, made from its declaration."""
    body = orjson.dumps(law.layer(layer).json_schema())
    return Response(body, media_type=links.SCHEMA)


@router.get("/{layer}/items", summary="要素 / Features")
def features(
    request: Request,
    conn: Conn,
    law: Law,
    layer: str,
    bbox: str | None = None,
    datetime: str | None = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
    after: Annotated[int, Query(ge=0)] = 0,
) -> Response:
    """Features in force on a day (default: today), filtered by box and by property=value."""
    found = law.layer(layer)
    start, end = params.days(datetime)
    equal = params.filters(found, _beyond(request))
    query = items.Query(
        boxes=params.boxes(bbox), start=start, end=end, equal=equal, limit=limit, after=after
    )
    page = items.page(conn, found, query)
    here = [links.link(request, _with(request, after=None), "self", links.GEOJSON)]
    if page.next_after is not None:
        path = _with(request, after=page.next_after)
        here.append(links.link(request, path, "next", links.GEOJSON))
    head = {
        "type": "FeatureCollection",
        "numberMatched": page.matched,
        "numberReturned": len(page.features),
        "timeStamp": _now(),
        "links": [*here, links.link(request, f"/collections/{layer}", "collection", links.JSON)],
    }
    body = orjson.dumps(head)[:-1] + b',"features":[' + _geojson(page.features) + b"]}"
    return Response(body, media_type=links.GEOJSON)


def _open_parameters(request: Request) -> set[str]:
    law = request.app.state.gis.registry
    layer = law.layer(request.path_params["layer"])
    return {f.name for f in (*layer.all_fields, *params.derived(layer))}


features.open_parameters = _open_parameters  # type: ignore[attr-defined]


@router.get("/{layer}/items/{feature_id}", summary="一个要素 / One feature")
def feature(
    request: Request,
    conn: Conn,
    law: Law,
    layer: str,
    feature_id: int,
    datetime: str | None = None,
) -> Response:
    """One feature: a well, or the version of a zone in force on a day."""
    start, _ = params.days(datetime)
    row = items.one(conn, law.layer(layer), feature_id, start or facts.legal_day(conn))
    row["links"] = [
        links.link(request, f"/collections/{layer}/items/{feature_id}", "self", links.GEOJSON),
        links.link(request, f"/collections/{layer}", "collection", links.JSON),
    ]
    return Response(_geojson([row]), media_type=links.GEOJSON)


def _geojson(rows: list[dict[str, Any]]) -> bytes:
    """Features as JSON bytes; the geometry text of PostGIS goes in as it is."""
    return orjson.dumps(
        [{"type": "Feature", **row, "geometry": orjson.Fragment(row["geometry"])} for row in rows]
    )[1:-1]


def _collection(request: Request, layer: Layer, there: Any) -> dict[str, Any]:
    row = there.get(layer.id)
    path = f"/collections/{layer.id}"
    spatial = {"bbox": [[row[e] for e in "wsen"]], "crs": CRS84} if row else None
    return {
        "id": layer.id,
        "title": f"{layer.zh} / {layer.en}",
        "description": f"{layer.description_zh} {layer.description_en}".strip(),
        "itemType": "feature",
        "crs": [CRS84],
        "storageCrs": "http://www.opengis.net/def/crs/EPSG/0/4490",
        **({"extent": {"spatial": spatial}} if spatial else {}),
        "links": [
            links.link(request, path, "self", links.JSON),
            links.link(request, f"{path}/items", "items", links.GEOJSON),
            links.link(request, f"{path}/schema", "describedby", links.SCHEMA),
            links.link(request, f"{path}/tiles", links.TILES_VECTOR, links.JSON),
            links.link(request, f"{path}/style", "stylesheet", links.STYLE),
        ],
    }


def _beyond(request: Request) -> dict[str, str]:
    own = {"bbox", "datetime", "limit", "after"}
    return {k: v for k, v in request.query_params.items() if k not in own}


def _with(request: Request, after: int | None) -> str:
    url = request.url.remove_query_params("after")
    url = url if after is None else url.include_query_params(after=after)
    return url.path + (f"?{url.query}" if url.query else "")


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
