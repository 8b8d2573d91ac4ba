"""Wells: nearest first, the verdict on one, and search."""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from api import links, present
from api.answer import Form, answer, produces
from api.deps import Conn, Gis, Who, in_turn
from api.pages import wells as pages
from gis_app import audit
from gis_app.errors import BadInput
from gis_app.intake import pasted
from gis_app.rights import Right
from gis_app.store import items, params, wells
from gis_app.store.engine import seeing
from gis_app.terms import FLAG

router = APIRouter()
_OWNER = ("owner", "owner_uscc")
_DOCUMENT: Any = {"response_class": Response, "responses": produces(links.JSON, links.HTML)}


@router.get("/wells/near", summary="附近的井 / Wells near a point", **_DOCUMENT)
async def near(
    request: Request,
    gis: Gis,
    who: Who,
    lon: float,
    lat: float,
    within_m: float = 1000,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    finding: Annotated[list[str] | None, Query()] = None,
    f: Form = None,  # noqa: ARG001
) -> Response:
    """Wells within a geodesic distance (≤ 50 km), nearest first, each with its gravest finding.

    `truncated`: there are more within the distance than the `limit` nearest listed.
    """
    who.require(Right.READ)
    unknown = [each for each in finding or [] if each not in FLAG]
    if unknown:
        raise BadInput(
            f"finding 没有取值 {', '.join(unknown)}。可取：{', '.join(FLAG)}。",
            f"finding has no value {', '.join(unknown)}. It takes: {', '.join(FLAG)}.",
        )

    def told() -> Response:
        with seeing(gis.engine, who) as conn:
            found = wells.near(conn, lon, lat, within_m, limit=limit + 1, flags=finding)
        near_by = [present.near(row, gis.registry) for row in found[:limit]]
        answered = {"at": [lon, lat], "within_m": within_m, "truncated": len(found) > limit}
        answered["wells"] = near_by
        return answer(request, answered, pages.near)

    return await in_turn(gis, told)


@router.get("/wells/{code:path}/verdict", summary="结论 / Verdict on a well", **_DOCUMENT)
def verdict(
    request: Request, gis: Gis, who: Who, code: str, on: str | None = None, f: Form = None  # noqa: ARG001
) -> Response:  # fmt: skip
    """Everything the law of a day says of a well, with clause, inputs and what was missing."""
    who.require(Right.READ)
    with seeing(gis.engine, who) as conn:
        seen = wells.by_code(conn, code)
    # judged by all there is, not by what the caller sees: half the facts are another verdict
    told = audit.explain(gis.engine, gis.registry, seen["code"], params.day(on))
    told = replace(told, well={**told.well, **{name: seen[name] for name in _OWNER}})
    return answer(request, present.explanation(told, gis.registry), pages.verdict)


@router.get("/search", summary="搜索 / Search", **_DOCUMENT)
def search(
    request: Request,
    conn: Conn,
    q: Annotated[str, Query(min_length=1, max_length=100)],
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
    f: Form = None,  # noqa: ARG001
) -> Response:
    """Wells by code, name, owner or place, and zones by name; before them the place (`kind` is
    `place`) where coordinates are asked for, in degrees, 度分秒 or Gauss–Krüger, in either order.
    """
    if not q.strip():
        raise BadInput("请输入要搜索的文字。", "Say what to search for.")
    at = pasted.place(q)
    found = [present.place(*at)] if at else []
    found += items.search(conn, q.strip(), limit - len(found)) if limit > len(found) else []
    return answer(request, {"results": found}, pages.search)
