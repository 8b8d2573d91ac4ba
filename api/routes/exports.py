"""Exports: everything of a collection that matches, and findings, as files."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from api import downloads, selection
from api.answer import produces
from api.deps import CollectionId, Conn, Law
from api.downloads import ENCODING, F
from api.selection import Narrowed
from gis_app.export import FORMATS, codebook
from gis_app.report import export
from gis_app.store import facts, items, ledger

router = APIRouter()
WORDS = Annotated[
    bool, Query(description="结论附条文、分类等文字 / findings with clause, quote and class")
]
CSV = "text/csv; charset=utf-8"
_FILES = produces(*dict.fromkeys(form.media for form in FORMATS.values()))
_BOOK = produces("text/csv")


@router.get(
    "/collections/{collectionId}/export",
    summary="导出 / Export",
    response_class=Response,
    responses=_FILES,
)
def collection(
    conn: Conn,
    law: Law,
    chosen: Narrowed,
    f: F,
    encoding: ENCODING = None,
    words: WORDS = False,
) -> Response:
    """All features that match, as a file; selected like items, without a limit."""
    form = downloads.wanted(f)
    found = chosen.collection
    form.check(found.zh, found.en, placed=found.geometry != "none", encoding=encoding)
    told = export.of(conn, found, chosen.query, law, words=words)
    return downloads.Download(told, form, encoding, facts.legal_day(conn))


collection.open_parameters = selection.open_parameters  # type: ignore[attr-defined]


@router.get(
    "/collections/{collectionId}/codebook",
    summary="数据字典 / Codebook",
    response_class=Response,
    responses=_BOOK,
)
def columns(conn: Conn, law: Law, collection_id: CollectionId) -> Response:
    """The columns of a collection's exports: words, kind, unit, allowed values; as CSV."""
    told = export.of(conn, law.collection(collection_id), items.Query(), law)
    return Response(codebook.as_csv(told), media_type=CSV)


@router.get(
    "/audits/{run_id}/findings/export",
    summary="导出结论 / Export findings",
    response_class=Response,
    responses=_FILES,
)
def findings(
    conn: Conn,
    law: Law,
    which: Annotated[ledger.Which, Depends(selection.findings)],
    f: F,
    encoding: ENCODING = None,
    words: WORDS = False,
) -> Response:
    """The findings of an audit's ledger as a file; selected like its findings."""
    form = downloads.wanted(f)
    told = export.table(ledger.parts(conn, which), law, words=words)
    return downloads.Download(told, form, encoding, facts.legal_day(conn))


@router.get(
    "/findings/codebook",
    summary="结论数据字典 / Codebook",
    response_class=Response,
    responses=_BOOK,
)
def finding_columns(law: Law) -> Response:
    """The columns of exported findings: words, kind, unit, allowed values; as CSV."""
    return Response(codebook.as_csv(export.table((), law)), media_type=CSV)
