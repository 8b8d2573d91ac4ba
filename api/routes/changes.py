"""What changed between two audits, and why: counted, and as a file. Writes nothing."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from api import downloads, links
from api.answer import Form, answer, produces
from api.deps import Gis, RunId, Who
from api.downloads import ENCODING, F
from api.pages import changes as pages
from gis_app import compare
from gis_app.compare import Comparison
from gis_app.export import FORMATS
from gis_app.report import changes
from gis_app.store import facts
from gis_app.store.engine import reading

router = APIRouter(prefix="/audits/{run_id}/changes")
SINCE = Annotated[
    int, Query(ge=0, le=2**63 - 1, description="与哪一次审计比 / the audit to compare with")
]


@router.get(
    "",
    summary="两次审计的变化 / What changed since another audit",
    response_class=Response,
    responses=produces(links.JSON, links.HTML),
)
def counted(
    request: Request, gis: Gis, who: Who, run_id: RunId, since: SINCE, f: Form = None  # noqa: ARG001
) -> Response:  # fmt: skip
    """Findings that opened, closed and changed from the audit `since` to this one, by rule and
    cause, in what both asked; how many they have in common; the law that came and went.
    """
    told = _told(compare.compare(gis.engine, gis.registry, (since, run_id), who))
    return answer(request, told, pages.changes)


@router.get(
    "/export",
    summary="导出变化 / Export changes",
    response_class=Response,
    responses=produces(*dict.fromkeys(form.media for form in FORMATS.values())),
)
def export(
    gis: Gis, who: Who, run_id: RunId, since: SINCE, f: F, encoding: ENCODING = None
) -> Response:
    """Each of these changes with its causes, the facts that differ and the finding before and
    after, as a file.
    """
    form = downloads.wanted(f)
    form.check("变化", "changes", placed=True, encoding=encoding)
    with reading(gis.engine) as conn:
        today = facts.legal_day(conn)
    parts = compare.parts(gis.engine, gis.registry, (since, run_id), who)
    told = changes.table(parts, gis.registry)
    return downloads.Download(told, form, encoding, today)


def _told(found: Comparison) -> dict[str, Any]:
    names = ("run_id", "on", "ledger", "area", "law_hash", "started_at")
    law = {"began": found.began, "lapsed": found.lapsed}
    return {
        "since": {name: found.one[name] for name in names},
        "audit": {name: found.other[name] for name in names},
        "area": found.area,
        "instruments": list(found.instruments),
        "instruments_of_one_only": list(found.alone),
        "law": {
            word: [
                {"id": i.id, "zh": i.zh, "en": i.en, "number": i.number, "since": i.since,
                 "until": i.until}
                for i in turned
            ]
            for word, turned in law.items()
        },
        "continued": found.continued,
        "changes": [dict(row) for row in found.counts],
    }  # fmt: skip
