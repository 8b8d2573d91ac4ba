"""`gis-app import`, `batches`, `undo`, `discard`: files in, and out again."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.table import Table
from rich.text import Text

from gis_app.cli import deps
from gis_app.cli.console import out, telling
from gis_app.errors import BadInput, Refused
from gis_app.intake import batch as journey
from gis_app.intake.batch import Batch, Desk
from gis_app.intake.options import ImportOptions
from gis_app.law import legal_time
from gis_app.registry import load

SHOWN_IN_FULL = {"invalid_geometry", "invalid_repaired", "beyond_repair", "coordinates_disagree"}
MOST_SHOWN = 100
_LEVELS = {"refuse": ("拒绝", "red"), "warn": ("提醒", "yellow"), "info": ("说明", "dim")}
_HELP = {
    "layer": "图层或登记册：标识、名称或别名 / layer or register by id, name or alias: "
    "well, permit, 取水量 …",
    "source_layer": "源图层或工作表 / layer or sheet",
    "map": "字段=列名；可重复，或一次写多个：--map 'code=编号 name=名称'。坐标列：lon lat、"
    "easting northing、wkt / field=column, repeatable or several in quotes",
    "set": "字段=值，用于所有行 / field=value for all rows",
    "repair": "修复不合法的面 / mend polygons",
    "anywhere": "接受行政区外的位置 / accept places outside districts",
    "update": "code：按编号（登记册按主键）更新在册的记录，空白不改 / refresh what is registered, "
    "by code or key; a blank changes nothing",
    "skip": "跳过被拒绝的行 / leave refused rows out",
    "refused": "把被拒绝的行写入此文件 / write refused rows to this file",
}


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("import")(import_file)
    app.command("batches")(list_batches)
    app.command("undo")(undo)
    app.command("discard")(discard)


def import_file(
    file: Annotated[Path, typer.Argument(help="要导入的文件 / the file")],
    layer: Annotated[str, typer.Option(help=_HELP["layer"])],
    source_layer: Annotated[str | None, typer.Option(help=_HELP["source_layer"])] = None,
    mapping: Annotated[list[str] | None, typer.Option("--map", help=_HELP["map"])] = None,
    constants: Annotated[list[str] | None, typer.Option("--set", help=_HELP["set"])] = None,
    crs: Annotated[str | None, typer.Option(help="坐标系 / CRS, e.g. EPSG:4547")] = None,
    encoding: Annotated[str | None, typer.Option(help="文字编码 / e.g. gb18030")] = None,
    repair: Annotated[bool, typer.Option("--repair", help=_HELP["repair"])] = False,
    anywhere: Annotated[bool, typer.Option("--anywhere", help=_HELP["anywhere"])] = False,
    update: Annotated[str | None, typer.Option(help=_HELP["update"])] = None,
    skip_refused: Annotated[bool, typer.Option("--skip-refused", help=_HELP["skip"])] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只预览 / preview only")] = False,
    refused: Annotated[Path | None, typer.Option(help=_HELP["refused"])] = None,
    actor: Annotated[str, typer.Option(help="执行人 / who")] = "cli",
    reason: Annotated[str | None, typer.Option(help="理由 / why")] = None,
) -> None:
    """导入井、区划或登记册 / Import wells, zones or a register: preview, commit if sound."""
    options = ImportOptions(
        layer=layer,
        source_layer=source_layer,
        mapping=pairs(mapping or [], "--map"),
        constants=pairs(constants or [], "--set"),
        crs=crs,
        encoding=encoding,
        repair=repair,
        anywhere=anywhere,
        update=_update(update),
    )
    settings = deps.settings()
    journey.refuse_at_the_door(load(settings.extra_layers), file, options)
    with telling(file.name) as progress:
        desk = replace(_desk(actor, reason, making=True), progress=progress)
        found = journey.preview(desk, file, options)
    _show(desk, found)
    if refused is not None:
        count = journey.refused_rows(desk, found.batch_id, refused)
        out.print(f"被拒绝的 {count} 行已写入 {refused} / refused rows written")
    if dry_run:
        journey.discard(desk, found.batch_id)
        out.print("仅预览，未写入 / Preview only; nothing was written")
        return
    try:
        done = journey.commit(desk, found.batch_id, skip_refused=skip_refused)
    except Refused as faults:  # the summary above has named them
        journey.discard(desk, found.batch_id)
        raise Refused(faults.zh, faults.en) from faults
    _show_done(done)


def list_batches(limit: Annotated[int, typer.Option(help="条数 / how many")] = 20) -> None:
    """列出导入批次 / List import batches."""
    table = Table("批次", "状态", "图层", "文件", "新增", "更新", "拒绝", "执行人", "时间")
    for each in journey.recent(_desk("cli", None).engine, limit):
        new = "new" if each.state == "preview" else "inserted"
        counts = [each.report.get(k, 0) for k in (new, "known", "refused")]
        when = legal_time(each.committed_at or each.created_at)
        cells = [each.batch_id, each.state, each.layer, each.file_name, *counts, each.actor, when]
        table.add_row(*(str(cell) for cell in cells))
    out.print(table)


def undo(
    batch: Annotated[int, typer.Argument(help="批次号 / batch number")],
    actor: Annotated[str, typer.Option(help="执行人 / who")] = "cli",
    reason: Annotated[str, typer.Option(help="理由 / why")] = "撤销导入",
    keep_changed: Annotated[
        bool,
        typer.Option("--keep-changed", help="保留后来被改动或引用的行 / keep rows changed since"),
    ] = False,
) -> None:
    """整批撤销 / Put everything back as it was before a batch."""
    done = journey.undo(_desk(actor, reason), batch, keep_changed=keep_changed)
    report = done.report
    back = report.get("restored", report.get("withdrawn", 0))
    word = "恢复原状 / restored" if "restored" in report else "撤回（曾生效）/ withdrawn"
    kept = f"，保留 {report['kept']} / kept" if report["kept"] else ""
    out.print(f"批次 {batch} 已撤销：删除 {report['deleted']} / deleted，{word} {back}{kept}")


def discard(
    numbers: Annotated[list[int], typer.Argument(metavar="N...", help="批次号 / batch numbers")],
    actor: Annotated[str, typer.Option(help="执行人 / who")] = "cli",
    reason: Annotated[str, typer.Option(help="理由 / why")] = "放弃预览",
) -> None:
    """放弃未提交的预览，腾出磁盘 / Give up previews that nobody committed; frees the disk."""
    desk = _desk(actor, reason)
    for number in numbers:
        journey.discard(desk, number)
        out.print(f"批次 {number} 已放弃 / discarded")


def _desk(actor: str, reason: str | None, *, making: bool = False) -> Desk:
    settings = deps.settings()
    return Desk(
        engine=deps.engine(settings, migrate=True, making=making),
        registry=load(settings.extra_layers),
        uploads=settings.uploads,
        actor=actor,
        reason=reason,
    )


def pairs(given: Iterable[str], option: str) -> dict[str, str]:
    """`field=value` arguments as a mapping; one argument may hold several, parted by spaces."""
    found: dict[str, str] = {}
    for argument in given:
        if "=" not in argument:
            raise BadInput(
                f"{option} 须写成 字段=值：{argument}", f"{option} takes field=value: {argument}"
            )
        for part in _parts(argument):
            name, _, value = part.partition("=")
            found[name.strip()] = value.strip()
    return found


def _parts(argument: str) -> list[str]:
    """Split before every `word=`, so that a value may hold spaces itself."""
    parts: list[str] = []
    for word in argument.split(" "):
        name = word.partition("=")[0]
        if "=" in word and name.replace("_", "").isalnum() and name.isascii():
            parts.append(word)
        elif parts:
            parts[-1] += f" {word}"
        else:
            parts.append(word)
    return parts


def _update(text: str | None) -> Literal["code"] | None:
    if text is None:
        return None
    if text != "code":
        raise BadInput("--update 只能是 code。", "--update can only be code.")
    return "code"


def _show(desk: Desk, found: Batch) -> None:
    report = found.report
    out.print(
        f"批次 {found.batch_id} · {found.file_name} → {found.layer}："
        f"共 {report['rows']:,} 行，新增 {report['new']:,}，更新 {report['known']:,}，"
        f"拒绝 {report['refused']:,}，提醒 {report['warned']:,}"
    )
    out.print(
        f"Batch {found.batch_id}: {report['rows']:,} rows, {report['new']:,} new, "
        f"{report['known']:,} refreshed, {report['refused']:,} refused, {report['warned']:,} warned"
    )
    in_full: set[str] = set()
    for group in report["problems"]:
        if group["code"] in in_full:
            continue
        zh, style = _LEVELS[group["level"]]
        head = Text(f"[{zh}] {group['code']} × {group['times']:,}", style=style)
        out.print(head)
        if group["code"] in SHOWN_IN_FULL:
            _show_each(desk, found, group["code"])
            in_full.add(group["code"])
            continue
        out.print(Text(f"    {group['zh']}\n    {group['en']}"), soft_wrap=True)
        if group["examples"]:
            out.print(Text(f"    例 / e.g. {'、'.join(group['examples'])}"), soft_wrap=True)


def _show_each(desk: Desk, found: Batch, code: str) -> None:
    for problem in journey.problems(desk.engine, found.batch_id, (code,), MOST_SHOWN):
        name = problem.label or f"#{problem.row}"
        out.print(Text(f"    {name}：{problem.zh} / {problem.en}"), soft_wrap=True)


def _show_done(done: Batch) -> None:
    report = done.report
    out.print(
        f"已提交：新增 {report['inserted']:,}，实际更新 {report['changed']:,}。"
        f"撤销：gis-app undo {done.batch_id}；下一步：gis-app audit"
    )
    out.print(
        f"Committed: {report['inserted']:,} inserted, {report['changed']:,} changed. "
        f"To take it back: gis-app undo {done.batch_id}. Next: gis-app audit"
    )
