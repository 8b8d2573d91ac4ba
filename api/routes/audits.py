"""Audits: run one, list them, read one and its findings."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool

from api import present, selection
from api.deps import Conn, Gis, Law, RunId, Who
from gis_app import audit
from gis_app.rights import Caller, Right
from gis_app.store import ledger

router = APIRouter()


def _written(day: object) -> object:
    """A day is written out; a number is none (pydantic would count seconds from 1970)."""
    if isinstance(day, int | float):
        raise ValueError("a day is written 2024-06-30")  # noqa: TRY004  (pydantic's way)
    return day


class AuditRequest(BaseModel):
    """What to audit; every field has the meaning of the command's option of that name."""

    model_config = ConfigDict(extra="forbid")

    on: Annotated[date | None, BeforeValidator(_written)] = None
    area: str = Field(default="", max_length=12)
    instruments: list[str] = Field(default_factory=list)
    anywhere: StrictBool = False


@router.post("/audits", status_code=201, summary="审计 / Run an audit")
def run(gis: Gis, who: Who, request: AuditRequest) -> dict[str, Any]:
    """Audit every well in scope and reconcile the ledger; the findings are read separately."""
    scope = audit.Scope(
        request.on, request.area, tuple(request.instruments), anywhere=request.anywhere
    )
    done = audit.run(gis.engine, gis.registry, scope, actor=who)
    return present.run(done)


@router.get("/audits", summary="审计记录 / Audits")
def runs(conn: Conn, who: Who, limit: Annotated[int, Query(ge=1, le=1000)] = 20) -> dict[str, Any]:
    """The latest runs, newest first."""
    return {"audits": [_told(each, who) for each in ledger.runs(conn, limit)]}


@router.get("/audits/{run_id}", summary="一次审计 / One audit")
def one(conn: Conn, who: Who, run_id: RunId) -> dict[str, Any]:
    """A run with its parameters, law and counts."""
    return _told(ledger.run(conn, run_id), who)


def _told(run: dict[str, Any], who: Caller) -> dict[str, Any]:
    """A run as the caller may know it: no counts of areas that he does not see."""
    if who.may(Right.READ, run["area"]):
        return run
    return {**run, "counts": {}, "not_assessed": []}


@router.get("/audits/{run_id}/findings", summary="结论清单 / Findings of an audit's ledger")
def findings(
    conn: Conn,
    law: Law,
    run_id: RunId,
    which: Annotated[ledger.Which, Depends(selection.findings)],
    limit: Annotated[int, Query(ge=1, le=10_000)] = 1000,
    after: Annotated[int, Query(ge=0, le=2**63 - 1)] = 0,
) -> dict[str, Any]:
    """Open findings of the ledger that a run wrote (with `closed`, the closed ones too)."""
    rows = ledger.findings(conn, which, limit=limit + 1, after=after)
    more = len(rows) > limit
    shown = rows[:limit]
    return {
        "run_id": run_id,
        "findings": [{**present.finding(r, law), "lon": r["lon"], "lat": r["lat"]} for r in shown],
        "next_after": shown[-1]["finding_id"] if more else None,
    }
