"""`gis-app partition`, `gis-app offline audit`: audits of files, on one machine or many."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from gis_app import export as files
from gis_app.cli import deps, options
from gis_app.cli.console import folder_of, out, written
from gis_app.errors import BadInput
from gis_app.flags import FLAGS
from gis_app.report import export

if TYPE_CHECKING:
    from gis_app.offline import Audit


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("partition")(partition)
    own = typer.Typer(no_args_is_help=True, help="不用服务器审计文件 / audit files, no server")
    own.command("audit")(audit)
    own.callback()(lambda: None)
    app.add_typer(own, name="offline")


def partition(
    wells: Annotated[Path, typer.Argument(help="取水井文件 / a file of wells")],
    zones: Annotated[Path, typer.Option("--zones", help="有 layer 列的区划 / with a column layer")],
    folder: Annotated[Path, typer.Option("--to", help="写入的文件夹 / where to")],
    register_: Annotated[
        list[str] | None,
        typer.Option("--register", help="登记册=文件，可重复 / register=file, repeated"),
    ] = None,
    empty: Annotated[
        list[str] | None,
        typer.Option("--empty", help="在手而无记录的登记册 / registers at hand without a row"),
    ] = None,
    most: Annotated[
        int, typer.Option(min=1, help="每块至多多少口井 / wells a tile, at most")
    ] = 100_000,
    repair: Annotated[
        bool, typer.Option("--repair", help="修复不合法的面 / mend polygons")
    ] = False,
) -> None:
    """把井、区划、登记册分成空间块（GeoParquet）/ Cut wells, zones and registers into tiles."""
    offline = deps.needs_offline()

    given: dict[str, Any] = dict.fromkeys(empty or (), offline.EMPTY)
    given |= {name: Path(path) for name, path in map(_pair, register_ or ())}
    ground = offline.Source(data=zones, repair=repair)
    with out.status("分块中 / cutting …"):
        told = offline.partition(wells, ground, folder, registers=given, most=most)
    total = sum(tile.wells for tile in told.tiles)
    out.print(f"{folder}：{len(told.tiles)} 块，{total:,} 口井 / tiles, wells", soft_wrap=True)


def audit(
    folder: Annotated[Path, typer.Argument(help="gis-app partition 写成的文件夹 / its folder")],
    on: Annotated[date | None, options.day(told="法律上的日期 / legal day")] = None,
    instrument: Annotated[
        list[str] | None, typer.Option(help="文件标识，可重复 / instrument ids, repeated")
    ] = None,
    area: Annotated[str, typer.Option(help="行政区划代码前缀 / adcode prefix")] = "",
    anywhere: Annotated[
        bool, typer.Option("--anywhere", help="超出文件适用地域也适用 / beyond its own area")
    ] = False,
    scheduler: Annotated[
        str | None, typer.Option(help="tcp://…：dask 调度器 / a dask scheduler")
    ] = None,
    processes: Annotated[
        int | None, typer.Option(min=1, help="本机进程数 / processes here")
    ] = None,
    memory: Annotated[str, typer.Option(help="每个进程的内存上限 / bound of each")] = "2GB",
    results: Annotated[
        Path | None, typer.Option(help="结果文件夹 / where results are kept")
    ] = None,
    out_file: Annotated[Path | None, typer.Option("--out", help=" ".join(files.SUFFIXES))] = None,
) -> None:
    """对分好块的井适用法律，由进程池或多台主机 / Apply the law to tiles, by a pool or by hosts."""
    offline = deps.needs_offline()

    if out_file is not None:
        files.by_suffix(out_file)
    with out.status("审计中 / auditing …"):
        done = offline.audit_tiles(
            folder, out=results, on=on, area=area,
            instruments=instrument or (), anywhere=anywhere, scheduler=scheduler,
            processes=processes, memory=memory,
        )  # fmt: skip
    _show(done)
    if out_file is not None:
        with folder_of(out_file):
            written(files.write(export.table(done.parts(), done.law), out_file))


def _pair(told: str) -> tuple[str, str]:
    name, _, path = told.partition("=")
    if not path:
        raise BadInput(
            f"“{told}”应写成 登记册=文件，如 permit=permits.csv。",
            f"Write {told!r} as register=file, like permit=permits.csv.",
        )
    return name, path


def _show(done: "Audit") -> None:
    """Findings by rule and verdict, wells by flag, and what could not be assessed."""
    table = Table(header_style="bold", title=f"{done.on} · {done.wells:,} 口井 / wells")
    for name in ("规则 rule", "结论 answer", "处置 verdict"):
        table.add_column(name)
    table.add_column("井 wells", justify="right")
    for _, rule, answer, verdict, wells in done.counts.itertuples(index=False):
        table.add_row(str(rule), str(answer), str(verdict), f"{wells:,}")
    out.print(table)
    flagged = " · ".join(f"{FLAGS[f].zh} {f} {n:,}" for f, n in done.wells_by_flag.items())
    out.print(flagged, soft_wrap=True)
    gaps = ", ".join(sorted(set(done.not_assessed["layer"])))
    if gaps:
        out.print(f"无数据、未评估的图层 / not assessed: {gaps}", soft_wrap=True)
    if done.not_given:
        listed = ", ".join(done.not_given)
        out.print(f"未提供的登记册，其事实不详 / registers not given: {listed}", soft_wrap=True)
