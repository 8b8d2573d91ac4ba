"""Wells: nearest first, the verdict on one, and search."""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Query

from api import params, present
from api.deps import Conn, Gis, Law, Who
from gis_app import audit
from gis_app.errors import BadInput
from gis_app.store import items, ledger, wells
from gis_app.store.engine import seeing
from gis_app.terms import FLAG

router = APIRouter()
_OWNER = ("owner", "owner_uscc")


@router.get("/wells/near", summary="附近的井 / Wells near a point")
def near(
    conn: Conn,
    law: Law,
    lon: float,
    lat: float,
    within_m: float = 1000,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    finding: Annotated[list[str] | None, Query()] = None,
) -> dict[str, Any]:
    """Wells within a geodesic distance (≤ 50 km), nearest first, with their open findings."""
    unknown = [f for f in finding or [] if f not in FLAG]
    if unknown:
        raise BadInput(
            f"finding 没有取值 {', '.join(unknown)}。可取：{', '.join(FLAG)}。",
            f"finding has no value {', '.join(unknown)}. It takes: {', '.join(FLAG)}.",
        )
    found = wells.near(conn, lon, lat, within_m, limit=limit, flags=finding)
    by_well = ledger.open_findings(conn, [w["well_id"] for w in found])
    for each in found:
        rows = by_well.get(each.pop("well_id"), [])
        each["findings"] = [present.brief(row, law) for row in rows]
    return {"at": [lon, lat], "within_m": within_m, "wells": found}


@router.get("/wells/{code:path}/verdict", summary="结论 / Verdict on a well")
def verdict(gis: Gis, who: Who, code: str, on: str | None = None) -> dict[str, Any]:
    """Everything the law of a day says of a well, with clause, inputs and what was missing."""
    with seeing(gis.engine, who) as conn:
        seen = wells.by_code(conn, code)
    # judged by all there is, not by what the caller sees: half the facts are another verdict
    told = audit.explain(gis.engine, gis.registry, code, params.day(on))
    told = replace(told, well={**told.well, **{name: seen[name] for name in _OWNER}})
    return present.explanation(told, gis.registry)


@router.get("/search", summary="搜索 / Search")
def search(
    conn: Conn,
    q: Annotated[str, Query(min_length=1, max_length=100)],
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
) -> dict[str, Any]:
    """Wells by code or name and zones by name."""
    if not q.strip():
        raise BadInput("请输入要搜索的文字。", "Say what to search for.")
    return {"results": items.search(conn, q.strip(), limit)}
