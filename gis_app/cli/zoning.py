"""`gis-app zoning`: pollution-priority zones computed from rasters, as drafts."""

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import FrameType, ModuleType
from typing import Annotated, Any

import typer
from rich.table import Table

from gis_app.cli import deps
from gis_app.cli.console import err, out, show_problems, telling
from gis_app.intake.batch import Desk
from gis_app.law import legal_time
from gis_app.registry import load
from gis_app.settings import Settings
from gis_app.store import zoning as runs
from gis_app.store.engine import reading
from gis_app.telling import Told

app = typer.Typer(no_args_is_help=True, help="由栅格计算污染防治重点区 / zones from rasters")
_HELP = {
    "plan": "计划文件 .toml 或 .json / the plan",
    "profile": "方案（代替计划中的）/ profile, instead of the plan's: DRASTIC-1987, EPIK, COP",
    "area": "区划代码（代替计划中的）/ division code, instead of the plan's",
    "out": "输出文件夹（须不存在）/ a folder that does not exist yet",
    "draft": "不建草案，只算栅格 / rasters only, no drafts",
    "replace": "撤回上次计算未经改动的草案 / undo the last run's drafts that nobody changed",
}


def register(root: typer.Typer) -> None:
    """Add these commands."""
    root.add_typer(app, name="zoning")


@app.command()
def run(
    plan: Annotated[Path, typer.Argument(help=_HELP["plan"])],
    profile: Annotated[str | None, typer.Option(help=_HELP["profile"])] = None,
    area: Annotated[str | None, typer.Option(help=_HELP["area"])] = None,
    folder: Annotated[Path | None, typer.Option("--out", help=_HELP["out"])] = None,
    no_draft: Annotated[bool, typer.Option("--no-draft", help=_HELP["draft"])] = False,
    replace: Annotated[bool, typer.Option("--replace", help=_HELP["replace"])] = False,
    actor: Annotated[str, typer.Option(help="执行人 / who")] = "cli",
) -> None:
    """按计划计算，并把结果作为草案入库 / Compute a plan and bring its zones in as drafts."""
    plans, drafts = _zoning("plan"), _zoning("drafts")
    read = plans.read(plan, profile=profile, area=area)
    _zoning("profile").load(read.profile, plan.parent).require_complete()
    settings = deps.settings()
    engine = deps.engine(settings, migrate=True)
    target = (folder or _folder(settings, read.name)).resolve()
    desk = Desk(
        engine=engine, registry=load(settings.extra_layers), uploads=settings.uploads, actor=actor,
        reason=f"zoning run {read.name}",
    )  # fmt: skip
    wish = drafts.Wish(draft=not no_draft, replace=replace)
    with telling("") as plain, _ended_by_signals(plain) as told:
        done = drafts.run(desk, drafts.asked(engine, read, plan.parent), target, wish, told)
    _show(done)


def _folder(settings: Settings, name: str) -> Path:
    word = re.sub(r"[^\w-]+", "-", name).strip("-")
    return settings.home / "zoning" / f"{datetime.now():%Y%m%d-%H%M%S}-{word}"


@contextmanager
def _ended_by_signals(told: Told) -> Iterator[Told]:
    """SIGTERM ends a run as Ctrl-C does: what it has made goes, and it says so.

    An interrupt raised while a library calls back is lost in there: the next step tells it again.
    """
    sent: list[int] = []

    def end(number: int, _: FrameType | None) -> None:
        sent.append(number)
        raise KeyboardInterrupt

    def heeding(zh: str, en: str, fraction: float) -> None:
        if sent:
            raise KeyboardInterrupt
        told(zh, en, fraction)

    before = {each: signal.signal(each, end) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield heeding
    except KeyboardInterrupt as stop:
        err.print("已取消，未留下任何东西 / cancelled; nothing is left behind")
        raise typer.Exit(130) from stop
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _show(done: Any) -> None:
    computed = done.computed
    if done.notices:
        show_problems(done.notices)
    table = Table("类别 / class", "km²", "筛分平滑后 / drawn, km²")
    drawn = computed.sketch.after_m2 if computed.sketch else {}
    for code, (zh, en) in computed.overlay.meanings.items():
        if code in computed.cells:
            after = f"{drawn[code] / 1e6:,.4f}" if code in drawn else ""
            table.add_row(f"{zh} / {en}", f"{computed.area_km2(code):,.4f}", after)
    if computed.sketch:
        out.print(table)
    out.print(f"文件 / files: {computed.folder}", soft_wrap=True, highlight=False)
    if done.unchanged:
        out.print(
            f"输入未变，计算 {done.run_id} 的草案（批次 {done.batch_id}）仍然有效，未作改动 / "
            f"same inputs: the drafts of run {done.run_id} (batch {done.batch_id}) stand"
        )
    elif done.batch_id is not None:
        count, number = len(computed.sketch.features), done.batch_id
        out.print(
            f"计算 {done.run_id}：{count} 块草案，批次 {number}（撤回：gis-app undo {number}）"
        )
        out.print(f"Run {done.run_id}: {count} drafts, batch {number} (gis-app undo {number})")
    _show_difference(done.difference)


def _show_difference(rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    table = Table("与上次相比 / against the last run", "原 / was, km²", "现 / now, km²", "增 / in",
                  "减 / out")  # fmt: skip
    for row in rows:
        names = ("former_m2", "now_m2", "entering_m2", "leaving_m2")
        table.add_row(row["grade"], *(f"{row[name] / 1e6:,.4f}" for name in names))
    out.print(table)


@app.command()
def profiles() -> None:
    """列出方案，以及各自缺什么 / The profiles there are, and what each lacks."""
    module = _zoning("profile")
    table = Table("方案 / profile", "名称 / name", "年 / dated", "缺少 / missing")
    for name in module.names():
        found = module.load(name)
        missing = "；".join(f"{m['zh']} / {m['en']}" for m in found.missing)
        table.add_row(found.id, f"{found.zh} / {found.en}", str(found.dated), missing)
    out.print(table)


@app.command("list")
def listing() -> None:
    """列出计算，最新的在前 / The runs, newest first."""
    table = Table("编号 / run", "名称 / name", "区划 / area", "方案 / profile", "批次 / batch",
                  "草案 / drafts", "执行人 / who", "时间 / when")  # fmt: skip
    with reading(deps.engine(deps.settings(), migrate=True)) as conn:
        for row in runs.recent(conn):
            told = (row["zoning_run_id"], row["name"], row["area_code"], row["profile"],
                    row["batch_id"], row["state"], row["actor"])  # fmt: skip
            when = legal_time(row["recorded_at"])
            table.add_row(*(str(each or "") for each in told), when)
    out.print(table)


@app.command()
def diff(run_id: Annotated[int, typer.Argument(help="计算编号 / run")]) -> None:
    """一次计算与上一次相比的面积增减 / What a run changed against the one before, by grade."""
    with reading(deps.engine(deps.settings(), migrate=True)) as conn:
        row = runs.get(conn, run_id)
    if row["difference"] is None:
        out.print(f"计算 {run_id} 之前没有同名的草案 / run {run_id} had no run before it")
    _show_difference(row["difference"] or [])


def _zoning(name: str) -> ModuleType:
    """A module of the room that needs rasterio, which not every deployment has."""
    return deps.needs_rasters(f"gis_app.zoning.{name}")
