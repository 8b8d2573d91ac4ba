"""What would change were a draft law: asked by the map while it is drawn. Writes nothing."""

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Request, Response

from api import links
from api.answer import produces
from api.deps import CollectionId, Gis, Who
from api.impact import answer
from api.routes.edits import FEATURE_BODY, Body, written
from gis_app import impact as journey
from gis_app.intake import draft
from gis_app.rights import Right
from gis_app.store import params

router = APIRouter()
_DOCUMENT: Any = {"response_class": Response, "responses": produces(links.JSON)}


@router.post(
    "/collections/{collectionId}/impact",
    summary="草案的影响 / Impact of a draft",
    operation_id="foreseeImpact",
    openapi_extra=FEATURE_BODY,
    **_DOCUMENT,
)
def impact(
    request: Request,
    gis: Gis,
    who: Who,
    collection_id: CollectionId,
    body: Body,
    amends: Annotated[
        int | None, Query(ge=0, le=2**62, description="它修改的区划 / zone that it amends")
    ] = None,
    on: Annotated[
        str | None, Query(description="按哪一日，默认今天 / as of a day, else today")
    ] = None,
    each: Annotated[
        bool, Query(description="逐条列出变化的结论 / list each finding gained or lost")
    ] = False,
) -> Response:
    """What publishing this draft (a GeoJSON polygon) would change; every property may be missing.

    Findings that an audit would open and close, wells, permits and volumes inside, overlaps, gaps
    and slivers; a shape that cannot be law is answered with its `problems`.
    """
    layer = gis.registry.layer(collection_id)
    # who decides on a draft has to know what it would do, as well as who draws it
    who.require_one((*layer.written_by, Right.READ_DRAFTS))
    asked = draft.read(layer, written(request, body), amends, params.day(on))
    told = answer(journey.foresee(gis.engine, gis.registry, asked, who, each=each), gis.registry)
    return Response(orjson.dumps(told), media_type=links.JSON)
