"""OGC API – Features: the features of a collection, and one of them."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from datetime import UTC
from datetime import datetime as instant
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from api import links, selection
from api.answer import Form, html, produces, rows, wants_html
from api.deps import CollectionId, Conn, FeatureId, Law, Who, state
from api.pages import features as pages
from api.present import geojson
from api.selection import DEFAULT_LIMIT, Selection
from gis_app import crs as systems
from gis_app.intake import permit_number
from gis_app.layer import Collection, Ledger
from gis_app.registry import Registry
from gis_app.report.sentences import sentence
from gis_app.store import facts, items, params

router = APIRouter(prefix="/collections/{collectionId}/items")
_FEATURES: Any = {"response_class": Response, "responses": produces(links.GEOJSON, links.HTML)}
PERMIT = "permit"
_CHUNK = 200  # features written at once
# GDAL before 3.8 asks for ten at a time, whatever is published: it is led on faster
_OLD_GDAL = "10"


@router.get(
    "",
    summary="要素 / Features",
    operation_id="getFeatures",
    **_FEATURES,
)
def features(
    request: Request, conn: Conn, law: Law, chosen: Selection, f: Form = None  # noqa: ARG001
) -> Response:  # fmt: skip
    """Features in force on a day (default: today), filtered by box, time and property=value.

    Records of registers are of every day; those that keep no place have no geometry.
    """
    found, query = chosen.collection, chosen.query
    query = replace(query, limit=rows(request, query.limit))
    page = items.page(conn, found, query)
    head: dict[str, Any] = {"type": "FeatureCollection", "timeStamp": _now()}
    if page.matched is not None:
        head["numberMatched"] = page.matched
    if wants_html(request):
        shown = list(page.features)
        return html(pages.items(request, found, shown, head | _foot(request, found, page)))
    rows_read = (_explained(law, found, row) for row in page.features)

    def body() -> Iterator[bytes]:
        yield orjson.dumps(head)[:-1] + b',"features":['
        yield from _joined(rows_read)
        yield b"]," + orjson.dumps(_foot(request, found, page))[1:]

    headers = {"Content-Crs": f"<{query.crs.uri}>", "Vary": "Accept"}
    return StreamingResponse(body(), media_type=links.GEOJSON, headers=headers)


features.open_parameters = selection.open_parameters  # type: ignore[attr-defined]


@router.get(
    "/{featureId}",
    summary="一个要素 / One feature",
    operation_id="getFeature",
    **_FEATURES,
)
def feature(
    request: Request,
    conn: Conn,
    law: Law,
    who: Who,
    collection_id: CollectionId,
    feature_id: FeatureId,
    datetime: str | None = None,
    crs: str | None = None,
    version: Annotated[int | None, Query(ge=1)] = None,
    f: Form = None,  # noqa: ARG001
) -> Response:
    """One feature: a well, a record, a zone's version in force on a day, or any by its number."""
    found = law.collection(collection_id)
    who.require_sight(found.read_by)
    on = params.one_day(datetime) or facts.legal_day(conn)
    row = items.one(conn, found, items.Wanted(feature_id, on, version))
    if wants_html(request):
        return html(pages.item(request, found, _explained(law, found, row)))
    tag = items.etag(row)
    if items.holds(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers={"ETag": tag})
    asked = systems.served(crs)
    if asked != systems.served(None):
        row = items.one(conn, found, items.Wanted(feature_id, on, version), asked)
    return told(request, found, row, headers={"Content-Crs": f"<{asked.uri}>", "ETag": tag})


def told(
    request: Request,
    collection: Collection,
    row: items.Feature,
    *,
    status: int = 200,
    headers: Mapping[str, str] = {},
) -> Response:
    """One feature as a response, with its links."""
    path = f"/collections/{collection.id}"
    row = _explained(state(request).registry, collection, row) | {
        "links": [
            *links.own(request, f"{path}/items/{row['id']}", links.GEOJSON),
            *({**each, "rel": "collection"} for each in links.own(request, path)),
        ]
    }
    return Response(
        orjson.dumps(geojson(row)), status, dict(headers) | {"Vary": "Accept"}, links.GEOJSON
    )


def _explained(law: Registry, collection: Collection, row: items.Feature) -> items.Feature:
    """Say what follows from a record: of a permit, the parts of its number (null: another form);
    of a finding, a sentence that can be read aloud.
    """
    values = row["properties"]
    if collection.id == PERMIT and "number" in values:
        parts = permit_number.parse(values["number"])
        values["number_parts"] = None if parts is None else asdict(parts)
    if isinstance(collection, Ledger) and len(values) == len(collection.fields):
        missing = [name for name in values["missing"].split(";") if name]
        told = sentence({**values, "missing": missing}, law)
        values |= {"sentence_zh": told.zh, "sentence_en": told.en}
    return row


def _joined(rows: Iterator[items.Feature]) -> Iterator[bytes]:
    """Features as JSON, some at a time, with commas between."""
    waiting: list[bytes] = []
    first = True
    for row in rows:
        waiting.append(orjson.dumps(geojson(row)))
        if len(waiting) == _CHUNK:
            yield (b"" if first else b",") + b",".join(waiting)
            waiting, first = [], False
    if waiting:
        yield (b"" if first else b",") + b",".join(waiting)


def _foot(request: Request, collection: Collection, page: items.Page) -> dict[str, Any]:
    """What is known once the features have been read."""
    here = links.own(request, _with(request), links.GEOJSON)
    if page.next_after is not None:
        slow = request.query_params.get("limit") == _OLD_GDAL
        more = {"limit": DEFAULT_LIMIT} if slow else {}
        path = _with(request, after=page.next_after, **more)
        here.append(links.link(request, path, "next", links.GEOJSON))
    path = f"/collections/{collection.id}"
    here.append(links.link(request, path, "collection", links.JSON))
    return {"numberReturned": page.returned, "links": here}


def _with(request: Request, **more: str | int) -> str:
    url = request.url.remove_query_params(["after", "f"]).include_query_params(**more)
    return url.path + (f"?{url.query}" if url.query else "")


def _now() -> str:
    return instant.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
