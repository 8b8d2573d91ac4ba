"""`gis-app db`: the database of this deployment, looked after."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from sqlalchemy import Engine

from gis_app import backup as backups
from gis_app.cli import deps
from gis_app.cli.console import err, out, telling, written
from gis_app.cluster import Cluster, find_binaries
from gis_app.law import legal_time
from gis_app.settings import Settings
from gis_app.store import health, schema, zones
from gis_app.store.engine import connect, writing

db = typer.Typer(no_args_is_help=True, help="本机数据库 / The database of this deployment")


def register(app: typer.Typer) -> None:
    """Add `db` to the root command."""
    app.add_typer(db, name="db")


@db.command()
def start(
    tcp: Annotated[
        int | None,
        typer.Option(
            metavar="PORT",
            min=1,
            max=65535,
            help="同时监听 127.0.0.1 的该端口（须口令）/ listen on 127.0.0.1 too, with a password",
        ),
    ] = None,
) -> None:
    """启动本机数据库（已运行则不动）/ Start the private cluster; nothing happens if it runs."""
    settings = deps.settings()
    own = deps.cluster(settings, tcp)
    own.start()
    own.ensure_database(settings.database)
    out.print(f"已运行 / running: {own.url(settings.database)}", soft_wrap=True, highlight=False)


@db.command()
def stop() -> None:
    """停止本机数据库 / Stop the private cluster."""
    settings = deps.settings()
    own = deps.cluster(settings)
    if not own.made:
        raise deps.no_database(settings.home)
    own.stop()
    out.print("已停止 / stopped")


@db.command()
def status() -> None:
    """数据库的状态 / What runs, and where; exit code 3 if nothing runs."""
    settings = deps.settings()
    table = Table(show_header=False, box=None, pad_edge=False)
    running = True
    if settings.private_cluster:
        own = deps.cluster(settings)
        there = own.status()
        running = there.running
        still = "停止 / stopped" if own.made else "此处没有数据库 / no database here (GIS_HOME)"
        table.add_row("状态 / state", "运行 / running" if running else still)
        table.add_row("进程 / pid", str(there.pid or "-"))
        table.add_row("PostgreSQL", there.version or "-")
        table.add_row("数据 / data", str(there.data))
        table.add_row("套接字 / socket", str(there.socket))
        table.add_row("端口 / TCP port", str(there.port or "-"))
    if running:
        table.add_row("结构 / schema", _revision(deps.engine(settings)))
    out.print(table, soft_wrap=True)
    if not running:
        raise typer.Exit(3)  # what systemd's own `status` answers


@db.command()
def migrate() -> None:
    """升级数据库结构 / Bring the schema to the newest revision."""
    engine = deps.engine(deps.settings(), migrate=True, making=True)
    out.print(f"结构 / schema: {_revision(engine)}")


@db.command()
def repair() -> None:
    """重新计算井与区划的关系，说明原有几处不对 / Work out anew which well meets which zone."""
    with writing(deps.engine(deps.settings()), "cli") as conn:
        found = zones.repair(conn)
    out.print(
        f"井与区划的关系共 {found['pairs']:,} 对，原有 {found['wrong']:,} 对不对，已重算。 / "
        f"{found['pairs']:,} pairs of a well and a zone, {found['wrong']:,} were wrong."
    )
    if found["wrong"]:
        out.print("请重新审计：gis-app audit / audit again: gis-app audit")


@db.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def psql(ctx: typer.Context) -> None:
    """打开 psql，其后的参数照传 / Open psql; what follows is handed to it."""
    settings = deps.settings()
    url = deps.database_url(settings)
    if settings.private_cluster:
        command = deps.cluster(settings).psql_command(settings.database)
    else:
        command = [find_binaries()["psql"], url.replace("postgresql+psycopg:", "postgresql:", 1)]
    os.execv(command[0], [*command, *ctx.args])  # noqa: S606  it becomes psql, signals and all


@db.command()
def backup(
    file: Annotated[Path, typer.Argument(help="备份写到哪里 / where to write it")],
) -> None:
    """备份数据库和随附文件，服务照常 / Back up the database and its files; work goes on."""
    with telling(file.name) as told:
        made = backups.make(_deployment(deps.settings()), file, told)
    out.print(f"已备份 / backed up: {_told(made)}")
    written([file])


@db.command()
def restore(file: Annotated[Path, typer.Argument(help="备份文件 / a backup")]) -> None:
    """恢复到空库，逐表核对 / Restore a backup into an empty database and compare every table."""
    with telling(file.name) as told:
        found = backups.restore(_deployment(deps.settings(), making=True), file, told)
    out.print(f"已恢复并核对 / restored and compared: {_told(found)}")


@db.command()
def drill(file: Annotated[Path, typer.Argument(help="备份文件 / a backup")]) -> None:
    """恢复演练：在临时库中恢复并核对 / Prove a backup: restore it into a cluster made for it."""
    with _passing_cluster() as own, telling(file.name) as told:
        engine = connect(own.url("gis"))
        there = backups.Deployment(engine, own.binaries(), own.home)
        found = backups.restore(there, file, told)
        engine.dispose()
    out.print(f"备份可以恢复 / the backup can be restored: {_told(found)}")


def _deployment(settings: Settings, *, making: bool = False) -> backups.Deployment:
    engine = deps.engine(settings, making=making)
    own = deps.cluster(settings).binaries() if settings.private_cluster else find_binaries()
    return backups.Deployment(engine, own, settings.home)


def _told(about: backups.About) -> str:
    made = legal_time(datetime.fromisoformat(about.made_at))
    return (
        f"{made}，{about.rows:,} 行 rows，{len(about.tables)} 表 tables，{about.files} 个文件 files"
    )


@db.command()
def check() -> None:
    """检查正在使用的数据库 / Look at the database in use; exit code 1 where something is wrong."""
    settings = deps.settings()
    with deps.engine(settings).connect() as conn:
        # of each process: its own, those for tiles, and the one that hears of changes
        signs = health.look(conn, settings.pool_size + settings.tile_connections + 1)
    table = Table(show_header=False, box=None, pad_edge=False)
    for each in signs:
        table.add_row(f"{each.about.zh} / {each.about.en}", each.found)
        if each.wrong is not None:
            table.add_row("", f"[red]{each.wrong.zh}\n{each.wrong.en}[/red]")
    out.print(table, soft_wrap=True)
    if any(each.wrong for each in signs):
        raise typer.Exit(1)
    out.print("正常 / in order")


@db.command()
def migrations() -> None:
    """开发用：检查迁移可升、可降、无遗漏 / For developers: an empty one up, down and up."""
    with _passing_cluster() as own:
        engine = connect(own.url("gis"))
        _up_and_down(engine)
        engine.dispose()
    out.print("迁移一致 / migrations are in step")


@contextmanager
def _passing_cluster() -> Iterator[Cluster]:
    """A cluster with an empty database `gis`, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="gis-check-") as folder:
        Path(folder).chmod(0o755)  # the server's account must pass through
        own = Cluster(Path(folder) / "home", durable=False)
        try:
            own.start()
            own.ensure_database("gis")
            yield own
        finally:
            own.stop("immediate")


def _up_and_down(engine: Engine) -> None:
    for step, act in (
        ("up", schema.upgrade),
        ("down", schema.downgrade),
        ("up", schema.upgrade),
        ("check", schema.check),
    ):
        err.print(f"  {step}")
        act(engine)


def _revision(engine: Engine) -> str:
    with engine.connect() as conn:
        found = schema.version(conn)
    engine.dispose()
    return found or "-"
