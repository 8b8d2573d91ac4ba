"""OGC API – Features, Part 4: features created, replaced, changed in part and removed.

Every change says of which state it is (If-Match) and passes the checks of an import. A zone that
is law is never changed: what is put there becomes a draft of its next version.
"""

from collections.abc import Mapping
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Query, Request, Response

from api import links
from api.answer import produces
from api.deps import CollectionId, FeatureId, Gis, Law, Who
from api.routes.items import told
from gis_app import crs as systems
from gis_app.errors import BadInput, UnsupportedMedia
from gis_app.intake import edit
from gis_app.intake.feature import Written
from gis_app.layer import Collection, Layer, Register
from gis_app.rights import Caller
from gis_app.store import edits, items
from gis_app.store.engine import reading

router = APIRouter(prefix="/collections/{collectionId}/items")
_NO_BODY: Any = {"response_class": Response, "responses": produces()}
_CREATED: Any = {"response_class": Response, "responses": produces(links.GEOJSON, status=201)}
_FEATURE: Any = {"response_class": Response, "responses": produces(links.GEOJSON)}
_GONE: Any = {"response_class": Response, "responses": produces(status=204)}
_READ = ("GET", "HEAD", "OPTIONS")
_LISTS = (*_READ, "POST")
_ONE = (*_READ, "PUT", "PATCH", "DELETE")
FEATURE_BODY: Any = {
    "requestBody": {
        "required": True,
        "content": {
            links.GEOJSON: {"schema": {"type": "object", "required": ["type", "geometry"]}}
        },
    }
}
_TAKEN = (links.GEOJSON, links.JSON, links.MERGE_PATCH)


def _editor(
    gis: Gis,
    who: Who,
    collection_id: CollectionId,
    reason: Annotated[str | None, Query(max_length=1000)] = None,
) -> edit.Editor:
    """An editor who may write somewhere; where, the journey and the database see to."""
    collection = gis.registry.written(collection_id)
    who.require_one(collection.written_by)
    return edit.Editor(gis.engine, gis.registry, collection, who, reason)


async def _body(request: Request) -> Mapping[str, Any]:
    """The JSON object of a request."""
    # a form of another site could send text/plain without asking
    media = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if media not in _TAKEN:
        raise UnsupportedMedia(
            f"内容类型应为 {' 或 '.join(_TAKEN)}，不是“{media}”。",
            f"The content type is {' or '.join(_TAKEN)}, not {media!r}.",
        )
    try:
        body = orjson.loads(await request.body())
    except orjson.JSONDecodeError as error:
        raise BadInput(f"不是有效的 JSON：{error}。", f"This is no JSON: {error}.") from error
    if not isinstance(body, dict):
        raise BadInput("应为一个 JSON 对象。", "One JSON object is expected.")
    return body


Editor = Annotated[edit.Editor, Depends(_editor)]
Body = Annotated[Mapping[str, Any], Depends(_body)]


@router.options(
    "",
    summary="可做什么 / What may be done here",
    operation_id="optionsItems",
    **_NO_BODY,
)
def options_items(law: Law, who: Who, collection_id: CollectionId) -> Response:
    """What this caller may do with the features of a collection."""
    return _allowed(law.collection(collection_id), who, _LISTS)


@router.options(
    "/{featureId}",
    summary="可做什么 / What may be done",
    operation_id="optionsItem",
    **_NO_BODY,
)
def options_item(
    gis: Gis, law: Law, who: Who, collection_id: CollectionId, feature_id: FeatureId
) -> Response:
    """What this caller may do with a feature where it lies."""
    collection = law.collection(collection_id)
    methods: tuple[str, ...] = _ONE
    if isinstance(collection, Layer | Register) and who.holds(collection.written_by):
        with reading(gis.engine) as conn:
            areas = edits.areas(conn, collection, feature_id)
        if not all(who.holds(collection.written_by, area) for area in areas):
            methods = _READ
    return _allowed(collection, who, methods)


@router.post(
    "",
    summary="新增 / Create",
    operation_id="createFeature",
    **_CREATED,
    status_code=201,
)
def create(request: Request, editor: Editor, body: Body) -> Response:
    """Add a feature (GeoJSON); the service gives it its id."""
    done = edit.create(editor, written(request, body))
    path = f"/collections/{editor.collection.id}/items/{done.feature['id']}"
    # a draft is no feature of today: its address names the version
    if done.feature["properties"].get("law_status", "approved") != "approved":
        path += f"?version={done.feature['properties']['version']}"
    return answered(request, editor, done, 201, {"Location": links.root(request) + path})


def _seen(
    request: Request,
    version: Annotated[
        int | None, Query(ge=1, description="区划的版本 / version of a zone that is meant")
    ] = None,
) -> edit.Seen:
    """What the caller has seen of a feature."""
    return edit.Seen(request.headers.get("if-match"), version)


Seen = Annotated[edit.Seen, Depends(_seen)]


@router.put(
    "/{featureId}",
    summary="替换 / Replace",
    operation_id="replaceFeature",
    **_FEATURE,
)
def replace(
    request: Request, editor: Editor, feature_id: FeatureId, seen: Seen, body: Body
) -> Response:
    """Replace a feature: properties that are not given become blank."""
    done = edit.replace(editor, feature_id, seen, written(request, body))
    return answered(request, editor, done)


@router.patch(
    "/{featureId}",
    summary="修改 / Update",
    operation_id="updateFeature",
    **_FEATURE,
)
def change(
    request: Request, editor: Editor, feature_id: FeatureId, seen: Seen, body: Body
) -> Response:
    """Change parts of a feature by a merge patch (RFC 7396): null makes a property blank."""
    crs = _content_crs(request)
    return answered(request, editor, edit.change(editor, feature_id, seen, body, crs))


@router.delete(
    "/{featureId}",
    summary="删除 / Delete",
    operation_id="deleteFeature",
    **_GONE,
    status_code=204,
)
def remove(editor: Editor, feature_id: FeatureId, seen: Seen) -> Response:
    """Delete a feature; a zone that has been law ends today instead and stays in the history."""
    edit.remove(editor, feature_id, seen)
    return Response(status_code=204)


def _allowed(collection: Collection, who: Caller, methods: tuple[str, ...]) -> Response:
    told = methods if who.holds(collection.written_by) else _READ
    return Response(headers={"Allow": ", ".join(told)})


def written(request: Request, body: Mapping[str, Any]) -> Written:
    """The feature that a body holds, and its CRS."""
    properties, geometry = body.get("properties") or {}, body.get("geometry")
    if body.get("type") != "Feature" or not isinstance(properties, dict):
        raise BadInput(
            "应为一个 GeoJSON Feature，含 type、properties、geometry。",
            "A GeoJSON Feature is expected, with type, properties and geometry.",
        )
    if geometry is not None and not isinstance(geometry, dict):
        raise BadInput("geometry 应为 GeoJSON 几何或 null。", "`geometry` is GeoJSON or null.")
    return Written(properties, geometry, _content_crs(request))


def _content_crs(request: Request) -> systems.Served:
    named = request.headers.get("content-crs")
    return systems.served(None if named is None else named.strip().strip("<>"))


def answered(
    request: Request,
    editor: edit.Editor,
    done: edit.Edited,
    status: int = 200,
    headers: Mapping[str, str] = {},
) -> Response:
    """What an edit made, with its ETag and what is doubtful of it."""
    row = dict(done.feature)
    if done.warnings:
        row["warnings"] = [vars(each) for each in done.warnings]
    more = {**headers, "ETag": items.etag(done.feature), "Content-Crs": f"<{systems.CRS84}>"}
    return told(request, editor.collection, row, status=status, headers=more)
