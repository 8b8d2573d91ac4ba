"""OGC API – Features: collections, items, one item, schema."""

from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Query, Request, Response
from sqlalchemy import Connection

from api import links, params, selection
from api.deps import Conn, Law
from gis_app.crs import CRS84
from gis_app.intake import permit_number
from gis_app.layer import Layer, Register
from gis_app.registry import Registry
from gis_app.store import facts, items, zones

router = APIRouter(prefix="/collections")
DEFAULT_LIMIT, MAX_LIMIT = 1000, 10_000
PERMIT = "permit"


@router.get("", summary="全部集合 / Collections")
def collections(request: Request, conn: Conn, law: Law) -> dict[str, Any]:
    """Every layer and every register as a collection."""
    there = _there(conn, law)
    listed: list[Layer | Register] = [*law.layers.values(), *law.registers.values()]
    return {
        "links": [links.link(request, "/collections", "self", links.JSON)],
        "collections": [_collection(request, each, there) for each in listed],
    }


@router.get("/{layer}", summary="集合 / One collection")
def collection(request: Request, conn: Conn, law: Law, layer: str) -> dict[str, Any]:
    """One layer or register as a collection."""
    return _collection(request, law.collection(layer), _there(conn, law))


def _there(conn: Connection, law: Registry) -> dict[str, Any]:
    """The bounds of what lies in each collection today."""
    summary = zones.summary(conn, facts.legal_day(conn))
    return {**summary, **items.extents(conn, law.registers.values())}


@router.get("/{layer}/schema", summary="属性结构 / Schema")
def schema(law: Law, layer: str) -> Response:
    """JSON Schema of the collection's properties, made from its declaration."""
    body = orjson.dumps(law.collection(layer).json_schema())
    return Response(body, media_type=links.SCHEMA)


@router.get("/{layer}/items", summary="要素 / Features")
def features(
    request: Request,
    conn: Conn,
    law: Law,
    layer: str,
    asked: Annotated[items.Query, Depends(selection.features)],
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
    after: str | None = None,
) -> Response:
    """Features in force on a day (default: today), filtered by box and by property=value.

    Records of registers are of every day; those that keep no place have no geometry.
    """
    found = law.collection(layer)
    query = replace(asked, limit=limit, after=after)
    page = items.page(conn, found, query)
    rows = list(page.features)
    _explain(found, rows)
    here = [links.link(request, _with(request, after=None), "self", links.GEOJSON)]
    if page.next_after is not None:
        path = _with(request, after=page.next_after)
        here.append(links.link(request, path, "next", links.GEOJSON))
    head = {
        "type": "FeatureCollection",
        **({} if page.matched is None else {"numberMatched": page.matched}),
        "numberReturned": page.returned,
        "timeStamp": _now(),
        "links": [*here, links.link(request, f"/collections/{layer}", "collection", links.JSON)],
    }
    body = orjson.dumps(head)[:-1] + b',"features":[' + _geojson(rows) + b"]}"
    return Response(body, media_type=links.GEOJSON)


features.open_parameters = selection.open_parameters  # type: ignore[attr-defined]


@router.get("/{layer}/items/{feature_id}", summary="一个要素 / One feature")
def feature(
    request: Request,
    conn: Conn,
    law: Law,
    layer: str,
    feature_id: int,
    datetime: str | None = None,
) -> Response:
    """One feature: a well, a record, or the version of a zone in force on a day."""
    start, _ = params.days(datetime)
    found = law.collection(layer)
    row = items.one(conn, found, feature_id, start or facts.legal_day(conn))
    _explain(found, [row])
    row["links"] = [
        links.link(request, f"/collections/{layer}/items/{feature_id}", "self", links.GEOJSON),
        links.link(request, f"/collections/{layer}", "collection", links.JSON),
    ]
    return Response(_geojson([row]), media_type=links.GEOJSON)


def _explain(collection: Layer | Register, rows: list[dict[str, Any]]) -> None:
    """Say what follows from a record: of a permit, the parts of its number (null: another form)."""
    if collection.id != PERMIT:
        return
    for row in rows:
        parts = permit_number.parse(row["properties"]["number"])
        row["properties"]["number_parts"] = None if parts is None else asdict(parts)


def _geojson(rows: list[dict[str, Any]]) -> bytes:
    """Features as JSON bytes; the geometry text of PostGIS goes in as it is."""
    return orjson.dumps(
        [
            {
                "type": "Feature",
                **row,
                "geometry": None if row["geometry"] is None else orjson.Fragment(row["geometry"]),
            }
            for row in rows
        ]
    )[1:-1]


def _collection(
    request: Request, collection: Layer | Register, there: dict[str, Any]
) -> dict[str, Any]:
    path = f"/collections/{collection.id}"
    told = [
        links.link(request, path, "self", links.JSON),
        links.link(request, f"{path}/items", "items", links.GEOJSON),
        links.link(request, f"{path}/schema", "describedby", links.SCHEMA),
    ]
    if isinstance(collection, Layer):
        told += [
            links.link(request, f"{path}/tiles", links.TILES_VECTOR, links.JSON),
            links.link(request, f"{path}/style", "stylesheet", links.STYLE),
        ]
    return {
        "id": collection.id,
        "title": f"{collection.zh} / {collection.en}",
        "description": f"{collection.description_zh} {collection.description_en}".strip(),
        **_ground(collection, there.get(collection.id)),
        "links": told,
    }


def _ground(collection: Layer | Register, row: Any) -> dict[str, Any]:
    """What a collection says of place: mere records have none."""
    if collection.geometry == "none":
        return {"itemType": "record"}
    spatial = {"bbox": [[row[e] for e in "wsen"]], "crs": CRS84} if row else None
    return {
        "itemType": "feature",
        "crs": [CRS84],
        "storageCrs": "http://www.opengis.net/def/crs/EPSG/0/4490",
        **({"extent": {"spatial": spatial}} if spatial else {}),
    }


def _with(request: Request, after: str | None) -> str:
    url = request.url.remove_query_params("after")
    url = url if after is None else url.include_query_params(after=after)
    return url.path + (f"?{url.query}" if url.query else "")


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
