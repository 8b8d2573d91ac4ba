"""OGC API – Features: collections, their schema and queryables."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request, Response
from sqlalchemy import Connection

from api import links, schemas
from api.answer import Form, answer, produces
from api.deps import CollectionId, Conn, Law
from api.pages import documents as pages
from api.pages import rasters as raster_pages
from api.rasters import described
from api.tiles import sets
from gis_app.crs import CRS84, SERVED, STORED
from gis_app.export import FORMATS
from gis_app.layer import Collection, Layer
from gis_app.raster_layer import RasterLayer
from gis_app.registry import Registry
from gis_app.store import facts, items, rasters, zones

router = APIRouter(prefix="/collections")
_DOCUMENT: Any = {"response_class": Response, "responses": produces(links.JSON, links.HTML)}
_SCHEMA: Any = {"response_class": Response, "responses": produces(links.SCHEMA, links.HTML)}


@router.get(
    "",
    summary="全部集合 / Collections",
    operation_id="getCollections",
    **_DOCUMENT,
)
def collections(request: Request, conn: Conn, law: Law, f: Form = None) -> Response:  # noqa: ARG001
    """Every layer, every register, the findings and every raster layer as collections."""
    there = _there(conn, law)
    body = {
        "links": links.own(request, "/collections"),
        "crs": list(SERVED),
        "collections": [
            *(_collection(request, each, there) for each in law.served.values()),
            *(described.collection(request, *each) for each in _rasters(conn, law)),
        ],
    }
    return answer(request, body, pages.collections)


@router.get(
    "/{collectionId}",
    summary="集合 / One collection",
    operation_id="getCollection",
    **_DOCUMENT,
)
def collection(
    request: Request, conn: Conn, law: Law, collection_id: CollectionId, f: Form = None  # noqa: ARG001
) -> Response:  # fmt: skip
    """One layer, one register, the findings or a raster layer as a collection."""
    if collection_id in law.rasters:
        held = dict(_rasters(conn, law))
        raster = law.rasters[collection_id]
        return answer(
            request, described.collection(request, raster, held[raster]), raster_pages.collection
        )
    body = _collection(request, law.collection(collection_id), _there(conn, law))
    return answer(request, body, pages.collection)


@router.get(
    "/{collectionId}/schema",
    summary="属性结构 / Schema",
    operation_id="getSchema",
    **_SCHEMA,
)
def schema(request: Request, law: Law, collection_id: CollectionId, f: Form = None) -> Response:  # noqa: ARG001
    """JSON Schema of the collection's features, made from its declaration."""
    path = f"/collections/{collection_id}/schema"
    found = schemas.features(law.collection(collection_id))
    return answer(request, {**found, "$id": links.root(request) + path}, pages.schema, links.SCHEMA)


@router.get(
    "/{collectionId}/queryables",
    summary="可筛选属性 / Queryables",
    operation_id="getQueryables",
    **_SCHEMA,
)
def queryable(request: Request, law: Law, collection_id: CollectionId, f: Form = None) -> Response:  # noqa: ARG001
    """JSON Schema of what a filter may ask of the collection."""
    path = f"/collections/{collection_id}/queryables"
    found = schemas.queryables(law.collection(collection_id))
    return answer(request, {**found, "$id": links.root(request) + path}, pages.schema, links.SCHEMA)


def _rasters(conn: Connection, law: Registry) -> list[tuple[RasterLayer, list[Any]]]:
    """Every raster layer with the rasters that hold today."""
    rows = rasters.holding(conn, None, facts.legal_day(conn))
    return [
        (layer, [row for row in rows if row["layer"] == layer.id]) for layer in law.rasters.values()
    ]


def _there(conn: Connection, law: Registry) -> dict[str, Any]:
    """The bounds of what lies in each collection today."""
    summary = zones.summary(conn, facts.legal_day(conn))
    there: dict[str, Any] = {**summary, **items.extents(conn, law.registers.values())}
    # a finding lies where what it speaks of does: cheaper to say than to look at a million of them
    return {
        **there,
        law.findings.id: _around([row for row in there.values() if row["w"] is not None]),
    }


def _around(rows: Sequence[Mapping[str, Any]]) -> dict[str, float] | None:
    """The bounds of some bounds."""
    if not rows:
        return None
    least = {edge: min(row[edge] for row in rows) for edge in "ws"}
    return least | {edge: max(row[edge] for row in rows) for edge in "en"}


def _collection(request: Request, collection: Collection, there: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": collection.id,
        "title": f"{collection.zh} / {collection.en}",
        "description": f"{collection.description_zh} {collection.description_en}".strip(),
        **_ground(collection, there.get(collection.id)),
        "links": _links(request, collection),
    }


def _links(request: Request, collection: Collection) -> list[dict[str, Any]]:
    path = f"/collections/{collection.id}"
    told = [
        *links.own(request, path),
        links.link(request, f"{path}/items", "items", links.GEOJSON),
        links.link(request, f"{path}/items?f=html", "items", links.HTML),
        links.link(request, f"{path}/schema", "describedby", links.SCHEMA),
        links.link(request, f"{path}/queryables", links.QUERYABLES, links.SCHEMA),
        *(
            links.link(request, f"{path}/export?f={key}", "enclosure", form.media, f"导出 {key}")
            for key, form in FORMATS.items()
            if collection.geometry != "none" or not form.places_only
        ),
    ]
    if isinstance(collection, Layer):
        told += sets.collection_links(request, collection)
    return told


def _ground(collection: Collection, row: Any) -> dict[str, Any]:
    """What a collection says of place: mere records have none."""
    if collection.geometry == "none":
        return {"itemType": "record"}
    spatial = {"bbox": [[row[e] for e in "wsen"]], "crs": CRS84} if row else None
    return {
        "itemType": "feature",
        "crs": list(SERVED),
        "storageCrs": STORED.uri,
        **({"extent": {"spatial": spatial}} if spatial else {}),
    }
