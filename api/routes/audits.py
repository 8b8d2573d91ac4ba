"""Audits: run one, list them, read one and its findings."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StrictBool

from api import links, present, selection
from api.answer import Form, answer, produces, rows
from api.deps import Conn, Gis, Law, RunId, Who
from api.pages import audits as pages
from gis_app import audit
from gis_app.report.told import finding
from gis_app.rights import Caller, Right
from gis_app.store import ledger, params

router = APIRouter()
_DOCUMENT: Any = {"response_class": Response, "responses": produces(links.JSON, links.HTML)}


class AuditRequest(BaseModel):
    """What to audit; every field has the meaning of the command's option of that name."""

    model_config = ConfigDict(extra="forbid")

    on: str | None = Field(default=None, json_schema_extra={"format": "date"})
    area: str = Field(default="", max_length=12)
    instruments: list[str] = Field(default_factory=list)
    anywhere: StrictBool = False


@router.post("/audits", status_code=201, summary="审计 / Run an audit")
def run(gis: Gis, who: Who, request: AuditRequest) -> dict[str, Any]:
    """Audit every well in scope and reconcile the ledger; the findings are read separately."""
    on, instruments = params.day(request.on), tuple(request.instruments)
    scope = audit.Scope(on, request.area, instruments, anywhere=request.anywhere)
    done = audit.run(gis.engine, gis.registry, scope, actor=who)
    return present.run(done)


@router.get("/audits", summary="审计记录 / Audits", **_DOCUMENT)
def runs(
    request: Request,
    conn: Conn,
    who: Who,
    limit: Annotated[int, Query(ge=1, le=1000)] = 20,
    f: Form = None,  # noqa: ARG001
) -> Response:
    """The latest runs, newest first."""
    who.require(Right.READ)
    body = {"audits": [_told(each, who) for each in ledger.runs(conn, limit)]}
    return answer(request, body, pages.audits)


@router.get("/audits/{run_id}", summary="一次审计 / One audit", **_DOCUMENT)
def one(request: Request, conn: Conn, who: Who, run_id: RunId, f: Form = None) -> Response:  # noqa: ARG001
    """A run with its parameters, law and counts; `previous`: the one before it of that area."""
    who.require(Right.READ)
    found = ledger.run(conn, run_id)
    body = {**_told(found, who), "previous": ledger.previous(conn, found)}
    return answer(request, body, pages.audit)


def _told(run: dict[str, Any], who: Caller) -> dict[str, Any]:
    """A run as the caller may know it: no counts of areas that he does not see."""
    if who.may(Right.READ, run["area"]):
        return run
    return {**run, "counts": {}, "not_assessed": []}


@router.get(
    "/audits/{run_id}/findings", summary="结论清单 / Findings of an audit's ledger", **_DOCUMENT
)
def findings(
    request: Request,
    conn: Conn,
    law: Law,
    run_id: RunId,
    which: Annotated[ledger.Which, Depends(selection.findings)],
    limit: Annotated[int, Query(ge=1, le=10_000)] = 1000,
    after: Annotated[int, Query(ge=0, le=2**63 - 1)] = 0,
    f: Form = None,  # noqa: ARG001
) -> Response:
    """Open findings of the ledger that a run wrote (with `closed`, the closed ones too)."""
    most = rows(request, limit)
    found = ledger.findings(conn, which, limit=most + 1, after=after)
    more = len(found) > most
    shown = found[:most]
    body = {
        "run_id": run_id,
        "findings": [{**finding(r, law), "lon": r["lon"], "lat": r["lat"]} for r in shown],
        "next_after": shown[-1]["finding_id"] if more else None,
    }
    return answer(request, body, pages.findings)
