"""Backups: one file with the database and the files of a deployment, which proves itself.

A tar of `database.dump` (pg_dump's custom format), of the files kept beside the database, and of
`about.json`: when and by which schema it was made, and of every table its rows and a digest of
them, all of one snapshot. What is restored is compared with that before anybody uses it.
"""

import io
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import orjson
from psycopg import sql
from sqlalchemy import Connection, Engine, text

from gis_app import held_files
from gis_app.cluster import Binaries
from gis_app.errors import Conflict, Refused, SetupError, UnreadableFile
from gis_app.store import schema
from gis_app.telling import Told, quiet

ABOUT, DUMP, FILES = "about.json", "database.dump", "files"


@dataclass(frozen=True)
class Deployment:
    """What is backed up or restored: a database, PostgreSQL's programs for it, the home's files."""

    engine: Engine
    programs: Binaries
    home: Path


@dataclass(frozen=True)
class About:
    """What a backup holds: when (UTC) and by which schema it was made, how many files lie beside
    the database, of each table [rows, digest], of each file its SHA-256 (older ones say none).
    """

    made_at: str
    revision: str
    files: int
    tables: Mapping[str, tuple[int, str]]
    digests: Mapping[str, str] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """The rows of all tables."""
        return sum(rows for rows, _ in self.tables.values())


def make(of: Deployment, out: Path, told: Told = quiet) -> About:
    """Write a backup; whoever works goes on working. The file appears when it is whole.

    Raises `SetupError` with what pg_dump says where it fails, and `Conflict` where the schema is
    too old for that.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    part, dump = out.with_name(f"{out.name}.part"), out.with_name(f"{out.name}.dump")
    try:
        with held_files.held(of.home) as held:
            with _snapshot(of.engine) as (conn, snapshot):
                _refuse_old(conn)
                told("导出数据库", "Dumping the database", 0.1)
                with dump.open("wb") as into:
                    command = ("pg_dump", "--format=custom", f"--snapshot={snapshot}", "--dbname")
                    _run(of, command, None, into)
                told("计算校验值", "Working out the digests", 0.5)
                tables, revision = _tables(conn), schema.version(conn) or ""
            digests = held_files.digests(held)
            about = About(datetime.now(UTC).isoformat(), revision, len(digests), tables, digests)
            told("写入文件", "Writing the file", 0.8)
            with tarfile.open(part, "w") as tar:
                said = orjson.dumps(asdict(about))
                member = tarfile.TarInfo(ABOUT)
                member.size = len(said)
                tar.addfile(member, io.BytesIO(said))
                tar.add(dump, DUMP)
                for name in digests:
                    tar.add(held / name, f"{FILES}/{name}")
        part.chmod(0o600)  # it holds what accounts and tokens are checked by
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
        dump.unlink(missing_ok=True)
    return about


def about(file: Path) -> About:
    """What a backup says of itself. Raises `UnreadableFile`."""
    with _opened(file) as tar:
        return _about(tar, file)


def restore(into: Deployment, file: Path, told: Told = quiet) -> About:
    """Read a backup into an empty database and its home, compare every table with what the backup
    says of it, and bring the schema to the newest revision.

    Raises `UnreadableFile`, `Conflict` where the database is not empty, `SetupError` with what
    pg_restore says where the database refuses (nothing is left of it then, nor of what is damaged),
    and `Refused` naming the tables that are not what was backed up.
    """
    with _opened(file) as tar:
        said = _about(tar, file)
        with into.engine.begin() as conn:
            _refuse_full(conn)
            schema.make_reader(conn)
        told("恢复数据库", "Restoring the database", 0.1)
        dump = tar.extractfile(DUMP)
        command = ("pg_restore", "--no-owner", "--no-comments", "--exit-on-error",
                   "--single-transaction", "--dbname")  # fmt: skip
        try:
            _run(into, command, dump, subprocess.DEVNULL)
        except SetupError as failed:
            raise _damaged(file, failed) from failed
        told("核对各表", "Comparing the tables", 0.6)
        with _snapshot(into.engine) as (conn, _):
            _refuse_others(said.tables, _tables(conn))
        told("恢复文件", "Restoring the files", 0.8)
        for member in tar:
            if member.name.startswith(f"{FILES}/"):
                member.name = member.name.removeprefix(f"{FILES}/")
                tar.extract(member, into.home, filter="data")
        there = held_files.digests(into.home)
        _refuse_others(said.digests, {name: there.get(name) for name in said.digests})
    schema.upgrade(into.engine, anew=True)
    with into.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        conn.execute(text("analyze"))
    return said


@contextmanager
def _snapshot(engine: Engine) -> Iterator[tuple[Connection, str]]:
    """A connection that sees one state throughout, and the name by which others see it too."""
    alone = engine.execution_options(isolation_level="REPEATABLE READ")
    with alone.connect() as conn:
        conn.execute(text("set transaction read only"))
        conn.execute(text("set local timezone = 'UTC'"))
        yield conn, str(conn.execute(text("select pg_export_snapshot()")).scalar_one())


def _tables(conn: Connection) -> dict[str, tuple[int, str]]:
    """Each table's rows and their digest, in whatever order they lie; without generated columns,
    which a dump does not hold either.
    """
    found = {}
    for name, columns in conn.execute(text(_COLUMNS)).all():
        statement = sql.SQL(_ROWS).format(
            table=sql.Identifier("gis", name),
            columns=sql.SQL(", ").join(sql.SQL("t.{}").format(sql.Identifier(c)) for c in columns),
        )
        rows, total = conn.execute(text(statement.as_string())).one()
        found[name] = (rows, str(total))
    return found


_COLUMNS = """
select c.relname, array_agg(a.attname::text order by a.attnum)
from pg_class c
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where c.relnamespace = 'gis'::regnamespace and c.relkind = 'r' and a.attgenerated = ''
group by c.relname order by c.relname
"""
_ROWS = """
select count(*), coalesce(sum(hashtextextended(row({columns})::text, 0)::numeric), 0) from {table} t
"""


def _run(
    on: Deployment, command: tuple[str, ...], stdin: IO[bytes] | None, stdout: IO[bytes] | int
) -> None:
    """Run a program of PostgreSQL's on the database, which is named last."""
    address = on.engine.url.set(drivername="postgresql", password=None)
    secret = {"PGPASSWORD": on.engine.url.password} if on.engine.url.password else {}
    program, *options = command
    with tempfile.TemporaryFile() as errors, subprocess.Popen(
        [on.programs[program], *options, address.render_as_string(hide_password=False)],
        stdin=subprocess.DEVNULL if stdin is None else subprocess.PIPE,
        stdout=stdout, stderr=errors, env={**os.environ, **secret},
    ) as process:  # fmt: skip
        if stdin is not None and process.stdin is not None:
            try:
                shutil.copyfileobj(stdin, process.stdin, 1 << 20)
                process.stdin.close()
            except BrokenPipeError:
                pass  # it has ended, and says why
        if process.wait() != 0:
            errors.seek(0)
            why = errors.read().decode(errors="replace").strip()[-2000:]
            raise SetupError(f"{program} 失败：{why}", f"{program} failed: {why}")


def _damaged(file: Path, failed: SetupError) -> SetupError | UnreadableFile:
    """What pg_restore could not do: of the database, or else of what it read."""
    if any(sign in failed.en for sign in _OF_DATABASE):
        return failed
    return UnreadableFile(
        f"{file} 已损坏，没有恢复任何内容。请重新复制该文件，或改用另一份备份。（{failed.zh}）",
        f"{file} is damaged; nothing was restored. Copy it anew, or take another backup. "
        f"({failed.en})",
    )


_OF_DATABASE = ("connection to", "could not execute query", "server closed the connection")


@contextmanager
def _opened(file: Path) -> Iterator[tarfile.TarFile]:
    if not file.is_file():
        raise UnreadableFile(f"没有文件 {file}。", f"There is no file {file}.")
    try:
        with tarfile.open(file, "r:") as tar:
            if not {ABOUT, DUMP} <= set(tar.getnames()):
                raise tarfile.ReadError(f"{ABOUT}, {DUMP}?")
            yield tar
    except tarfile.TarError as error:
        raise UnreadableFile(
            f"{file} 不是完好的备份：{error}", f"{file} is no backup that is whole: {error}"
        ) from error


def _about(tar: tarfile.TarFile, file: Path) -> About:
    member = tar.extractfile(ABOUT)
    try:
        said = orjson.loads(b"" if member is None else member.read())
        tables = {name: (rows, digest) for name, (rows, digest) in said["tables"].items()}
        told = About(**{**said, "tables": tables})
    except (orjson.JSONDecodeError, TypeError, KeyError, ValueError) as error:
        raise UnreadableFile(
            f"{file} 里的 {ABOUT} 无法读取。", f"{ABOUT} in {file} cannot be read."
        ) from error
    if not schema.knows(told.revision):
        raise UnreadableFile(
            f"备份由更新的程序（结构 {told.revision}）制作，请先升级本程序。",
            f"The backup was made by a newer program (schema {told.revision}): update this one.",
        )
    return told


def _refuse_old(conn: Connection) -> None:
    if schema.version(conn) is None:
        raise Conflict(
            "数据库是空的，没有可备份的内容。请核对 GIS_HOME 或 GIS_DATABASE_URL。",
            "The database is empty: there is nothing to back up. Check GIS_HOME, or "
            "GIS_DATABASE_URL.",
        )
    if not conn.execute(text(_RESTORABLE)).scalar_one():
        raise Conflict(
            "数据库结构过旧，其备份无法恢复。请先运行 gis-app db migrate。",
            "The schema is so old that no backup of it could be restored. Run gis-app db migrate "
            "first.",
        )


# an index is made by it: with names that are only looked up then, a restore could not make it
_RESTORABLE = """
select coalesce(bool_and(p.prosqlbody is not null), false) from pg_proc p
where p.pronamespace = to_regnamespace('gis') and p.proname = 'reach'
"""


def _refuse_full(conn: Connection) -> None:
    if conn.execute(text("select to_regnamespace('gis')")).scalar() is not None:
        raise Conflict(
            "数据库不是空的，恢复只写入空库。请另设 GIS_HOME，或让 GIS_DATABASE_URL 指向一个空库。",
            "The database is not empty, and a backup is restored into an empty one only. Set "
            "another GIS_HOME, or let GIS_DATABASE_URL name an empty database.",
        )


def _refuse_others(said: Mapping[str, object], there: Mapping[str, object]) -> None:
    names = sorted(name for name in {*said, *there} if said.get(name) != there.get(name))
    if names:
        raise Refused(
            f"恢复的数据与备份不符，请勿使用：{'、'.join(names)}。",
            f"What was restored is not what was backed up; do not use it: {', '.join(names)}.",
        )
