"""The life of a zone: its versions, their steps, how they differ, and what is in work."""

from datetime import date
from typing import Annotated, Any, Literal

import orjson
from fastapi import APIRouter, Path, Query, Request, Response

from api import links
from api.answer import Form, answer, produces
from api.deps import CollectionId, Conn, FeatureId, Law, Who
from api.pages import versions as pages
from api.routes.edits import Body, Editor, answered
from api.routes.items import told
from gis_app.errors import BadInput
from gis_app.intake import edit, versions
from gis_app.intake.edit import Seen
from gis_app.rights import Caller, Right
from gis_app.store import facts, items, params, zone_life

router = APIRouter()
_ZONE = "/collections/{collectionId}/items/{featureId}"
_DOCUMENT: Any = {"response_class": Response, "responses": produces(links.JSON)}
_PAGES: Any = {"response_class": Response, "responses": produces(links.JSON, links.HTML)}
_FEATURE: Any = {"response_class": Response, "responses": produces(links.GEOJSON)}
Number = Annotated[int, Path(ge=1, le=2**31 - 1, description="版本 / version")]
_DAY = {"type": ["string", "null"], "format": "date"}


def _takes(**members: Any) -> Any:
    schema = {"type": "object", "additionalProperties": False, "properties": members}
    return {"requestBody": {"content": {links.JSON: {"schema": schema}}, "required": True}}


@router.get(
    f"{_ZONE}/versions",
    summary="区划的各版 / Versions of a zone",
    operation_id="getVersions",
    **_PAGES,
)
def listing(
    request: Request,
    conn: Conn,
    law: Law,
    who: Who,
    collection_id: CollectionId,
    feature_id: FeatureId,
    f: Form = None,  # noqa: ARG001
) -> Response:
    """Every version, latest first: who drafted, submitted and approved it, and which steps the
    caller may take (an approval of his own draft is still refused).
    """
    layer = law.written(collection_id)
    versions.refuse_no_zone(layer)
    found = [_may(each, who) for each in zone_life.versions(conn, layer.id, feature_id)]
    path = f"/collections/{layer.id}/items/{feature_id}/versions"
    body = {"layer": layer.id, "zone_id": feature_id, "title": layer.zh, "versions": found,
            "links": links.own(request, path)}  # fmt: skip
    return answer(request, body, pages.versions)


@router.get(
    f"{_ZONE}/versions/{{version}}",
    summary="一版 / One version",
    operation_id="getVersion",
    **_FEATURE,
)
def one(
    request: Request,
    conn: Conn,
    law: Law,
    collection_id: CollectionId,
    feature_id: FeatureId,
    version: Number,
) -> Response:
    """One version as a feature, in force or not, with the ETag that a step asks for."""
    layer = law.collection(collection_id)
    row = items.one(conn, layer, items.Wanted(feature_id, facts.legal_day(conn), version))
    return told(request, layer, row, headers={"ETag": items.etag(row)})


@router.get(
    f"{_ZONE}/versions/{{version}}/diff/{{other}}",
    summary="两版之差 / Difference of two versions",
    operation_id="getDifference",
    **_DOCUMENT,
)
def difference(
    conn: Conn,
    law: Law,
    who: Who,
    collection_id: CollectionId,
    feature_id: FeatureId,
    version: Number,
    other: Number,
) -> Response:
    """What the other version adds to this one and takes from it: ground, wells, properties.

    Wells are null for who is not shown those of the zone's division: none would be another answer.
    """
    layer = law.written(collection_id)
    found = versions.difference(conn, layer, feature_id, version, other)
    shown = all(who.may(Right.READ, area) for area in found["areas"])
    body = {
        "zone_id": feature_id,
        "before": {"version": version, "area_m2": found["one_m2"]},
        "after": {"version": other, "area_m2": found["other_m2"]},
        "area_m2": [found["one_m2"], found["other_m2"]],
        "added": _shape(found["added"]),
        "removed": _shape(found["removed"]),
        "wells": {
            side: {
                "count": found[f"{name}_count"] if shown else None,
                "codes": found[name] if shown else None,
            }
            for side, name in (("in", "entering"), ("out", "leaving"))
        },
        "changed": found["changed"],
    }
    return Response(orjson.dumps(body), media_type=links.JSON)


@router.post(
    f"{_ZONE}/versions/{{version}}/{{step}}",
    summary="送审、退回、批准、撤回 / Submit, return, approve, withdraw",
    operation_id="takeStep",
    openapi_extra=_takes(reason={"type": ["string", "null"]}, valid_from=_DAY),
    **_FEATURE,
)
def take(
    request: Request,
    editor: Editor,
    feature_id: FeatureId,
    version: Number,
    step: Literal["submit", "return", "approve", "withdraw"],
    body: Body,
) -> Response:
    """Lead a version a step further; `If-Match` says in which state it was read.

    A step that is not next is a 409 that names those that are; approving one's own draft a 403.
    """
    _only(body, {"reason", "valid_from"})
    asked = versions.Step(step, _day(body, "valid_from"))
    seen = Seen(request.headers.get("if-match"), version)
    done = versions.take(_because(editor, body), feature_id, seen, asked)
    return answered(request, editor, done)


@router.post(
    f"{_ZONE}/repeal",
    summary="废止 / Repeal",
    operation_id="repealZone",
    openapi_extra=_takes(
        reason={"type": ["string", "null"]}, on=_DAY, past={"type": "boolean", "default": False}
    ),
    **_FEATURE,
)
def repeal(request: Request, editor: Editor, feature_id: FeatureId, body: Body) -> Response:
    """End the law of a zone from a day on (none given: today); `If-Match` is of that version.

    An end that has not come yet is set anew. A day that has passed is taken only with `past`, for
    verdicts of the days since would change.
    """
    _only(body, {"reason", "on", "past"})
    seen = Seen(request.headers.get("if-match"))
    on, past = _day(body, "on"), _said(body, "past")
    done = versions.repeal(_because(editor, body), feature_id, seen, on, past=past)
    return answered(request, editor, done)


@router.get(
    "/drafts",
    summary="草案与在审 / Drafts and versions in review",
    operation_id="getDrafts",
    **_PAGES,
)
def drafts(
    request: Request,
    conn: Conn,
    limit: Annotated[int, Query(ge=1, le=zone_life.MOST_CODES)] = zone_life.MOST_CODES,
    f: Form = None,  # noqa: ARG001
) -> Response:
    """What is drafted or in review, newest first."""
    body = {"drafts": zone_life.in_work(conn, limit), "links": links.own(request, "/drafts")}
    return answer(request, body, pages.drafts)


def _may(version: dict[str, Any], who: Caller) -> dict[str, Any]:
    """A version with those of its next steps that the caller has the right to."""
    approves = who.may(Right.APPROVE, version["area_code"])
    drafts = who.may(Right.DRAFT, version["area_code"])
    held = {"submit": drafts or approves, "approve": approves, "return": drafts or approves,
            "withdraw": approves or (drafts and version["law_status"] != "approved")}  # fmt: skip
    return {**version, "may": [step for step in version["may"] if held[step]]}


def _said(body: Any, name: str) -> bool:
    said = body.get(name, False)
    if not isinstance(said, bool):
        raise BadInput(f"{name} 应为 true 或 false。", f"`{name}` is true or false.")
    return said


def _because(editor: edit.Editor, body: Any) -> edit.Editor:
    """The editor with the reason of the body, where it gives one."""
    reason = body.get("reason")
    if reason is not None and (not isinstance(reason, str) or len(reason) > 1000):
        raise BadInput("reason 应为不超过 1000 字的文字。", "`reason` is text, 1000 long at most.")
    return edit.because(editor, reason)


def _day(body: Any, name: str) -> date | None:
    given = body.get(name)
    if given is not None and not isinstance(given, str):
        raise BadInput(f"{name} 应为日期，如 2025-01-31。", f"`{name}` is a day like 2025-01-31.")
    return params.day(given)


def _only(body: Any, known: set[str]) -> None:
    strange = sorted(set(body) - known)
    if strange:
        raise BadInput(
            f"没有“{'、'.join(strange)}”这一项。可用：{'、'.join(sorted(known))}。",
            f"Unknown member: {', '.join(strange)}. Known: {', '.join(sorted(known))}.",
        )


def _shape(text: str | None) -> Any:
    return None if text is None else orjson.loads(text)
