"""An import from beginning to end: preview, commit or discard, undo."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, Self

from sqlalchemy import Connection, Engine, RowMapping
from sqlalchemy.exc import IntegrityError

from gis_app.errors import BadInput, Conflict, Forbidden, Refused
from gis_app.intake import guess, preparation, refusals, stage, writing
from gis_app.intake.options import ImportOptions, collection_named
from gis_app.intake.problem import Problem
from gis_app.intake.read import Table, opens, read, sha256
from gis_app.intake.understood import understood
from gis_app.law import legal_time
from gis_app.registry import Registry
from gis_app.rights import Caller
from gis_app.store import batches, engine
from gis_app.store.engine import Actor, name_of, reading, seeing
from gis_app.telling import Told, quiet


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Where imports are worked on: the database, the layers, the folder of staged rows, and who."""

    engine: Engine
    registry: Registry
    uploads: Path
    actor: Actor
    reason: str | None = None
    progress: Told = quiet

    def staged(self, batch_id: int) -> Path:
        """Where the rows of a batch wait."""
        return self.uploads / f"{batch_id}.parquet"

    def refused(self, batch_id: int) -> Path:
        """Where the refused rows of a batch lie, as they stood in the file."""
        return self.uploads / f"{batch_id}.refused.parquet"


@dataclass(frozen=True, kw_only=True)
class Batch:
    """One import; `layer` is a layer or register, `report` holds counts and problems by group."""

    batch_id: int
    layer: str
    file_name: str
    sha256: str
    state: Literal["preview", "committed", "undone", "discarded"]
    options: Mapping[str, Any]
    report: Mapping[str, Any]
    actor: str
    reason: str | None
    created_at: datetime
    committed_at: datetime | None
    undone_at: datetime | None

    @classmethod
    def of(cls, row: RowMapping) -> Self:
        """The batch in a row of gis.batch."""
        return cls(**row)

    @property
    def refused(self) -> int:
        """How many rows were refused."""
        return int(self.report.get("refused", 0))


def refuse_at_the_door(registry: Registry, path: Path, options: ImportOptions) -> None:
    """Raise for what needs no database to be refused: a file that does not open, no such layer."""
    opens(path)
    if options.layer:
        _check_options(options, collection_named(registry, options.layer).geometry)


def preview(
    desk: Desk, path: Path, options: ImportOptions, *, file_name: str | None = None
) -> Batch:
    """Read, match and check a file; nothing is written but the batch and what was found.

    Where `options.layer` is blank it is guessed from the file, and the report says so.

    Raises `UnreadableFile`, `UnknownCrs` and `BadInput` for what no row survives, and `Refused`
    when the same file stands committed with the same options.
    """
    desk.progress("读取文件", "Reading", 0.0)
    name = file_name or path.name
    guessed = None if options.layer else _read(path, options)
    if guessed is None:
        collection = collection_named(desk.registry, options.layer)
    else:
        collection = guess.collection_of(guessed, desk.registry, name)
    options = replace(options, layer=collection.id)
    _check_options(options, collection.geometry)
    digest = sha256(path) if path.exists() else ""
    with reading(desk.engine) as conn:
        _refuse_twin(conn, digest, options)
    table = _read(path, options) if guessed is None else guessed
    desk.progress("核对列与坐标", "Matching columns and coordinates", 0.35)
    with engine.writing(desk.engine, desk.actor, desk.reason) as conn:
        ready = preparation.prepare(conn, table, desk.registry, options)
        desk.progress("保存预览", "Saving the preview", 0.85)
        batch_id = batches.create(
            conn,
            {
                "layer": collection.id,
                "file_name": name,
                "sha256": digest,
                "options": options.as_json(),
                "actor": name_of(desk.actor),
                "reason": desk.reason,
            },
        )
        batches.save_problems(conn, stage.problem_table(ready.problems, batch_id, ready.labels))
        report = ready.report() | {
            "problems": batches.problem_groups(conn, batch_id),
            "read": understood(table, ready, options, guessed=guessed is not None),
        }
        stage.save(stage.with_changes(ready.rows, ready.seen), ready.refused, desk.staged(batch_id))
        stage.save_refused(table, ready.problems, desk.refused(batch_id))
        batches.set_state(conn, batch_id, "preview", report)
    desk.progress("预览完成", "Preview done", 1.0)
    return get(desk.engine, batch_id)


def commit(desk: Desk, batch_id: int, *, skip_refused: bool = False) -> Batch:
    """Write a previewed batch in one transaction.

    Raises `Refused` when rows were refused and `skip_refused` is not given, or when nothing is
    left; `Conflict` when the register has changed so that the preview no longer holds: by name,
    where it would refresh what somebody has changed since.
    """
    desk.progress("写入数据库", "Writing", 0.1)
    try:
        with engine.writing(desk.engine, desk.actor, desk.reason, batch_id) as conn:
            row = _lock(conn, desk, batch_id, "preview")
            options = ImportOptions(**row["options"])
            batches.queue(conn, options.layer)
            _refuse_twin(conn, row["sha256"], options)
            _refuse_faults(conn, Batch.of(row), skip_refused=skip_refused)
            rows = stage.load(desk.staged(batch_id))
            desk.progress(f"写入 {rows.num_rows:,} 行", f"Writing {rows.num_rows:,} rows", 0.3)
            declared = desk.registry, desk.registry.written(options.layer)
            update = options.update == "code"
            done = writing.write(conn, rows, declared, batch_id, update=update)
            report = dict(row["report"]) | done
            batches.set_state(conn, batch_id, "committed", report)
    except IntegrityError as error:
        raise Conflict(
            f"预览之后登记册有变动（{engine.detail(error)}）。请重新预览。",
            f"The register has changed since the preview ({engine.detail(error)}). Preview again.",
        ) from error
    desk.staged(batch_id).unlink(missing_ok=True)
    desk.progress("已提交", "Committed", 1.0)
    return get(desk.engine, batch_id)


def undo(desk: Desk, batch_id: int, *, keep_changed: bool = False) -> Batch:
    """Put everything back as it was before a batch.

    Zones that have been law are withdrawn, because they may never be deleted. Raises `Refused`,
    with names, when somebody else has changed a row since, or registers speak of a well;
    `keep_changed` leaves these as they are (`report["kept"]`) and takes back the others.
    """
    with engine.writing(desk.engine, desk.actor, desk.reason or "undo", batch_id) as conn:
        row = _lock(conn, desk, batch_id, "committed")
        declared = desk.registry, desk.registry.written(row["layer"])
        report = dict(row["report"])
        report |= writing.take_back(conn, declared, batch_id, report, keep_changed=keep_changed)
        batches.set_state(conn, batch_id, "undone", report)
    return get(desk.engine, batch_id)


def discard(desk: Desk, batch_id: int) -> Batch:
    """Give up a previewed batch."""
    with engine.writing(desk.engine, desk.actor, desk.reason) as conn:
        row = _lock(conn, desk, batch_id, "preview")
        batches.set_state(conn, batch_id, "discarded", row["report"])
    for file in (desk.staged(batch_id), desk.refused(batch_id)):
        file.unlink(missing_ok=True)
    return get(desk.engine, batch_id)


def get(engine: Engine, batch_id: int) -> Batch:
    """One batch. Raises `NotFound`."""
    with reading(engine) as conn:
        return Batch.of(batches.get(conn, batch_id))


def recent(engine: Engine, limit: int = 20, caller: Caller | None = None) -> list[Batch]:
    """The newest batches; those that a caller may see."""
    with reading(engine) if caller is None else seeing(engine, caller) as conn:
        return [Batch.of(row) for row in batches.recent(conn, limit)]


def problems(
    engine: Engine, batch_id: int, codes: tuple[str, ...] = (), limit: int = 1000, offset: int = 0
) -> list[Problem]:
    """The problems of a batch, of the whole file first, then by row."""
    with reading(engine) as conn:
        batches.get(conn, batch_id)
        rows = batches.problems(conn, batch_id, codes, limit, offset)
    return [refusals.problem_of(row) for row in rows]


def refused_rows(desk: Desk, batch_id: int, out: Path) -> int:
    """Write the refused rows with their original columns and a reason; how many.

    By suffix: .csv (utf-8 with BOM), .xlsx or .gpkg. Raises `BadInput` for another suffix,
    `Conflict` where the batch was discarded, for its rows went with it.
    """
    if get(desk.engine, batch_id).state == "discarded":
        raise Conflict(
            f"批次 {batch_id} 已放弃，被拒绝的行未保留：请重新导入该文件。",
            f"Batch {batch_id} was discarded and its refused rows with it: import the file again.",
        )
    return refusals.write(desk.refused(batch_id), out)


def _lock(conn: Connection, desk: Desk, batch_id: int, state: str) -> RowMapping:
    """A batch to be worked on, locked. Raises `Forbidden` for another's, unless the caller may
    write everywhere what it holds; `NotFound`, `Conflict` as `batches.lock`.
    """
    row = batches.get(conn, batch_id)
    written_by = desk.registry.written(row["layer"]).written_by
    own = row["actor"] == name_of(desk.actor)
    if isinstance(desk.actor, Caller) and not (own or desk.actor.holds(written_by, "")):
        raise Forbidden(
            f"批次 {batch_id} 由“{row['actor']}”导入；他人的批次只有可修改全部区划的账户才能处理。",
            f"Batch {batch_id} is of {row['actor']!r}: only whoever may write everywhere may "
            "commit, undo or discard what another has brought.",
        )
    return batches.lock(conn, batch_id, state)


def _read(path: Path, options: ImportOptions) -> Table:
    return read(path, source_layer=options.source_layer, crs=options.crs, encoding=options.encoding)


def _check_options(options: ImportOptions, geometry: str) -> None:
    if options.update is not None and geometry == "polygon":
        raise BadInput(
            "--update code 只用于井和登记册；区划每次修改都另立版本，请在地图上编辑。",
            "--update code is for wells and registers only: a zone is changed by a new version, "
            "on the map.",
        )


def _refuse_twin(conn: Connection, digest: str, options: ImportOptions) -> None:
    twin = batches.committed_twin(conn, digest, options.layer, options.as_json())
    if twin is not None:
        at, number = legal_time(twin["committed_at"]), twin["batch_id"]
        raise Refused(
            f"同一文件已于 {at} 以相同选项导入（批次 {number}）。如需重来，先运行 "
            f"gis-app undo {number}；更新在册的记录用 --update code。",
            f"The same file was imported with the same options on {at} (batch {number}). To do it "
            f"again, run gis-app undo {number} first; to refresh what is registered use "
            "--update code.",
        )


def _refuse_faults(conn: Connection, batch: Batch, *, skip_refused: bool) -> None:
    if batch.report["file_refused"]:
        raise Refused(
            "文件整体有误，不能提交；请按下列问题修正后重新导入。",
            "The file as a whole has faults and cannot be committed; mend them and import again.",
            refusals.some(conn, batch.batch_id, whole=True),
        )
    if batch.refused and not skip_refused:
        raise Refused(
            f"有 {batch.refused} 行被拒绝。修正后重新导入，或用 --skip-refused 只导入其余各行，"
            "--refused 文件 可取回被拒绝的行。",
            f"{batch.refused} rows were refused. Mend them and import again, or take the others "
            "with --skip-refused; --refused FILE hands the refused rows back.",
            refusals.some(conn, batch.batch_id),
        )
    if batch.report["rows"] <= batch.refused:
        raise Refused("没有可以导入的行。", "There is no row to import.")
