"""`gis-app changes`: what opened, closed and changed between two audits, and why."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from sqlalchemy import Connection

from gis_app import compare
from gis_app import export as files
from gis_app.cli import deps
from gis_app.cli.console import folder_of, out, written
from gis_app.errors import NotFound
from gis_app.export.changes import CAUSES, KINDS
from gis_app.registry import Registry, load
from gis_app.report import changes as report
from gis_app.report.ledger_words import ledger as ledger_words
from gis_app.store import ledger
from gis_app.store.engine import reading


def register(app: typer.Typer) -> None:
    """Add this command."""
    app.command("changes")(changes)


def changes(
    run_id: Annotated[
        int | None,
        typer.Argument(
            help="审计号，默认现行台账最近一次 / an audit, else the standing ledger's latest"
        ),
    ] = None,
    since: Annotated[
        int | None,
        typer.Option(
            help="与哪一次比，默认现行台账同地域的前一次 / compared with, else the one before"
        ),
    ] = None,
    out_file: Annotated[Path | None, typer.Option("--out", help=" ".join(files.SUFFIXES))] = None,
) -> None:
    """两次审计之间新开、关闭、变化了哪些结论，为什么 / What changed between two audits, and why."""
    if out_file is not None:
        files.by_suffix(out_file)
    settings = deps.settings()
    law = load(settings.extra_layers)
    engine = deps.engine(settings, migrate=True)
    with reading(engine) as conn:
        pair = _pair(conn, run_id, since)
    _show(compare.compare(engine, law, pair), law)
    if out_file is not None:
        parts = compare.parts(engine, law, pair)
        with folder_of(out_file):
            written(files.write(report.table(parts, law), out_file))


def _pair(conn: Connection, run_id: int | None, since: int | None) -> tuple[int, int]:
    """The numbers of the two audits, the earlier first. Raises `NotFound`."""
    if run_id is None:
        run_id = ledger.latest(conn)
        if run_id is None:
            raise NotFound(
                "现行台账尚未审计，无从比较。请先运行 gis-app audit，或写明两次审计的号。",
                "No audit has written the standing ledger yet: run gis-app audit first, or name "
                "two audits.",
            )
    if since is None:
        since = ledger.previous(conn, ledger.run(conn, run_id))
        if since is None:
            raise NotFound(
                f"第 {run_id} 次审计以前，现行台账没有同地域的审计。请用 --since 指定一次。",
                f"The standing ledger has no audit of the same area before {run_id}: name one by "
                "--since.",
            )
    return since, run_id


def _show(found: compare.Comparison, law: Registry) -> None:
    for run, words in ((found.one, "此前 / before"), (found.other, "此后 / after")):
        told = f"{run['run_id']} · {run['on']} · {ledger_words(run['ledger'])}"
        out.print(f"{words}: {told}", soft_wrap=True)
    for instruments, words in ((found.began, "开始生效 / began"), (found.lapsed, "失效 / lapsed")):
        for each in instruments:
            out.print(f"{words}: 《{each.zh}》（{each.number}）", soft_wrap=True)
    if found.alone:
        out.print(f"只有一次问过 / asked by one only: {'、'.join(found.alone)}", soft_wrap=True)
    table = Table(header_style="bold")
    for title in ("规则 / rule", "内容 / what it says", "变化 / change", "首要原因 / first cause"):
        table.add_column(title, overflow="fold")
    table.add_column("数量 / number", justify="right")
    for row in found.counts:
        rule = law.rules.get(row["rule"])
        cause = CAUSES[row["cause"]]
        table.add_row(
            row["rule"],
            "" if rule is None else f"{rule.clause} {rule.zh}",
            f"{KINDS[row['kind']].zh} / {row['kind']}",
            f"{cause.zh} / {cause.en}",
            f"{row['findings']:,}",
        )
    if found.counts:
        out.print(table)
    out.print(f"不变 / continued: {found.continued:,}")
