"""Imports over HTTP: the same journey as the command line – preview, commit, undo, refused rows."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, File, Query, Request, Response, UploadFile
from fastapi import Form as Part
from pydantic import BaseModel, ConfigDict, Field, StrictBool

from api import links
from api.answer import Form, answer, produces, rows
from api.deps import BatchId, Gis, Who
from api.pages import imports as pages
from gis_app.errors import BadInput
from gis_app.intake import batch, staged
from gis_app.intake.options import ImportOptions
from gis_app.rights import Caller, Right
from gis_app.store import batches as batches_store
from gis_app.store.engine import seeing

router = APIRouter(prefix="/imports")
_DOCUMENT: Any = {"response_class": Response, "responses": produces(links.JSON, links.HTML)}
_SHAPES: Any = {"response_class": Response, "responses": produces(links.GEOJSON)}
_LAYER = "图层或登记册：标识、名称或别名；空白则按文件猜测 / layer or register; blank: guessed"
_MAP = "字段=列名；“字段=”则不取任何列 / field=column; `field=` takes none"
_WRITES = (Right.EDIT_REGISTERS, Right.DRAFT, Right.APPROVE)
MEDIA = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "gpkg": "application/geopackage+sqlite3",
}


def _mine(gis: Gis, who: Who, batch_id: BatchId) -> int:
    """A batch that the caller may see. Raises `NotFound`."""
    with seeing(gis.engine, who) as conn:
        batches_store.get(conn, batch_id)
    return batch_id


Mine = Annotated[int, Depends(_mine)]


class CommitRequest(BaseModel):
    """How to commit."""

    model_config = ConfigDict(extra="forbid")

    skip_refused: StrictBool = False
    reason: str | None = Field(default=None, max_length=1000)


class SignRequest(BaseModel):
    """Who does it and why."""

    model_config = ConfigDict(extra="forbid")

    reason: str | None = Field(default=None, max_length=1000)


class UndoRequest(SignRequest):
    """What an undo takes: `keep_changed` leaves rows that others have changed since."""

    keep_changed: bool = False


@router.post("", status_code=201, summary="预览导入 / Preview an import")
def preview(
    gis: Gis,
    who: Who,
    file: Annotated[UploadFile, File(description="shp.zip gpkg geojson kml csv xlsx parquet …")],
    layer: Annotated[str | None, Part(description=_LAYER)] = None,
    source_layer: Annotated[str | None, Part()] = None,
    map: Annotated[list[str] | None, Part(description=_MAP)] = None,
    set: Annotated[list[str] | None, Part(description="field=value")] = None,
    crs: Annotated[str | None, Part()] = None,
    encoding: Annotated[str | None, Part()] = None,
    repair: Annotated[bool, Part()] = False,
    anywhere: Annotated[bool, Part()] = False,
    update: Annotated[
        str | None, Part(description="code：按编号或主键更新 / refresh by code or key")
    ] = None,
    reason: Annotated[str | None, Part()] = None,
) -> dict[str, Any]:
    """Read, match and check a file; nothing of it is in the register until it is committed."""
    who.require_one(_WRITES)  # something, somewhere; what and where is seen at the commit
    if update not in {None, "", "code"}:
        raise BadInput(f"update 只能是 code，不是“{update}”。", f"update is code, not {update!r}.")
    options = ImportOptions(
        layer=(layer or "").strip(),
        source_layer=source_layer or None,
        mapping=_pairs("map", map),
        constants=_pairs("set", set),
        crs=crs or None,
        encoding=encoding or None,
        repair=repair,
        anywhere=anywhere,
        update="code" if update else None,
    )
    with uploaded(file) as (path, name):
        made = batch.preview(_desk(gis, who, reason), path, options, file_name=name)
    return asdict(made)


@router.get("", summary="导入批次 / Batches", **_DOCUMENT)
def batches(
    request: Request,
    gis: Gis,
    who: Who,
    limit: Annotated[int, Query(ge=1, le=1000)] = 20,
    f: Form = None,  # noqa: ARG001
) -> Response:
    """The newest batches: the caller's own, or all for who reads registers everywhere."""
    body = {"imports": [asdict(each) for each in batch.recent(gis.engine, limit, who)]}
    return answer(request, body, pages.batches)


@router.get("/{batch_id}", summary="批次 / One batch", **_DOCUMENT)
def one(request: Request, gis: Gis, batch_id: Mine, f: Form = None) -> Response:  # noqa: ARG001
    """A batch with its counts and groups of problems."""
    return answer(request, asdict(batch.get(gis.engine, batch_id)), pages.batch)


@router.get("/{batch_id}/problems", summary="问题 / Problems", **_DOCUMENT)
def problems(
    request: Request,
    gis: Gis,
    batch_id: Mine,
    code: Annotated[list[str] | None, Query()] = None,
    limit: Annotated[int, Query(ge=1, le=10_000)] = 1000,
    offset: Annotated[int, Query(ge=0, le=2**63 - 1)] = 0,
    f: Form = None,  # noqa: ARG001
) -> Response:
    """What was found, row by row and column by column."""
    most = rows(request, limit)
    found = batch.problems(gis.engine, batch_id, tuple(code or ()), most + 1, offset)
    body = {
        "problems": [asdict(each) for each in found[:most]],
        "next_offset": offset + most if len(found) > most else None,
    }
    return answer(request, body, pages.problems)


@router.get("/{batch_id}/shapes", summary="暂存的图形 / Staged shapes", **_SHAPES)
def shapes(
    gis: Gis,
    who: Who,
    batch_id: Mine,
    limit: Annotated[int, Query(ge=1, le=5000)] = 2000,
) -> Response:
    """What a commit would write, and where: the first rows of a preview; `numberMatched` tells how
    many there are.

    Zones that are not law yet are shown to who brought them and to who reads drafts everywhere.
    """
    found = batch.get(gis.engine, batch_id)
    if found.actor != who.name and found.layer in {each.id for each in gis.registry.zone_layers}:
        who.require(Right.READ_DRAFTS, "")
    told = staged.features(found, _desk(gis, who, None).staged(batch_id), limit)
    return Response(orjson.dumps(told), media_type=links.GEOJSON)


@router.post("/{batch_id}/commit", summary="提交 / Commit")
def commit(gis: Gis, who: Who, batch_id: Mine, request: CommitRequest) -> dict[str, Any]:
    """Write a previewed batch in one transaction."""
    desk = _desk(gis, who, request.reason)
    return asdict(batch.commit(desk, batch_id, skip_refused=request.skip_refused))


@router.post("/{batch_id}/undo", summary="撤销 / Undo")
def undo(gis: Gis, who: Who, batch_id: Mine, request: UndoRequest) -> dict[str, Any]:
    """Put everything back as it was before the batch."""
    desk = _desk(gis, who, request.reason)
    return asdict(batch.undo(desk, batch_id, keep_changed=request.keep_changed))


@router.post("/{batch_id}/discard", summary="放弃 / Discard")
def discard(gis: Gis, who: Who, batch_id: Mine, request: SignRequest) -> dict[str, Any]:
    """Give up a previewed batch."""
    return asdict(batch.discard(_desk(gis, who, request.reason), batch_id))


@router.get(
    "/{batch_id}/refused.{suffix}",
    summary="被拒绝的行 / Refused rows",
    response_class=Response,
    responses=produces(*MEDIA.values()),
)
def refused(gis: Gis, who: Who, batch_id: Mine, suffix: str) -> Response:
    """The refused rows with their own columns and a reason: csv, xlsx or gpkg."""
    if suffix not in MEDIA:
        raise BadInput(
            f"不支持 {suffix}。可用：{'、'.join(MEDIA)}。",
            f"Cannot write {suffix}. Known: {', '.join(MEDIA)}.",
        )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"refused-{batch_id}.{suffix}"
        batch.refused_rows(_desk(gis, who, None), batch_id, path)
        body = path.read_bytes()
    headers = {"Content-Disposition": f'attachment; filename="refused-{batch_id}.{suffix}"'}
    return Response(body, headers=headers, media_type=MEDIA[suffix])


def _desk(gis: Gis, actor: Caller, reason: str | None) -> batch.Desk:
    return batch.Desk(
        engine=gis.engine,
        registry=gis.registry,
        uploads=gis.settings.uploads,
        actor=actor,
        reason=reason,
    )


def _pairs(name: str, given: list[str] | None) -> dict[str, str]:
    pairs = {}
    for each in given or []:
        key, equals, value = each.partition("=")
        if not equals or not key:
            raise BadInput(
                f"{name} 应写成“字段=值”，不是“{each}”。",
                f"{name} is written field=value, not {each!r}.",
            )
        pairs[key] = value
    return pairs


@contextmanager
def uploaded(file: UploadFile) -> Iterator[tuple[Path, str]]:
    """The upload as a file in a folder of its own, gone afterwards, and the name it came with.

    A name of 95 Chinese characters is none for a file system: only the suffix is taken over.
    """
    name = Path((file.filename or "").replace("\\", "/")).name.replace("\0", "")
    if name in {"", ".."}:
        raise BadInput("上传的文件没有名称。", "The uploaded file has no name.")
    suffix = re.fullmatch(r"\.\w{1,20}", Path(name).suffix)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"upload{suffix[0] if suffix else ''}"
        with path.open("wb") as target:
            shutil.copyfileobj(file.file, target)
        yield path, name
