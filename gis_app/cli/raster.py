"""`gis-app raster`: put rasters on record, list them, ask for values and statistics."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from gis_app import export as files
from gis_app.cli import deps, options
from gis_app.cli.console import out, show_problems, telling, written
from gis_app.raster_layer import RasterLayer
from gis_app.registry import Registry, load
from gis_app.store import facts
from gis_app.store import rasters as kept
from gis_app.store.engine import reading, turn_day

app = typer.Typer(no_args_is_help=True, help="栅格图层 / raster layers")
Number = Annotated[int, typer.Argument(help="栅格编号 / raster")]
Layer = Annotated[str, typer.Argument(help="栅格图层：标识、名称或别名 / raster layer")]
Actor = Annotated[str, typer.Option(help="执行人 / who")]
On = Annotated[date | None, options.day("--on", told="某日（默认今日）/ as of (today)")]


def register(root: typer.Typer) -> None:
    """Add these commands."""
    root.add_typer(app, name="raster")


@app.command()
def add(
    file: Annotated[Path, typer.Argument(help="GeoTIFF / COG")],
    layer: Annotated[str, typer.Option(help="栅格图层：标识、名称或别名 / raster layer")],
    unit: Annotated[str | None, typer.Option(help="数值的单位 / unit of the values")] = None,
    crs: Annotated[str | None, typer.Option(help="坐标系 / CRS, e.g. EPSG:4547")] = None,
    valid_from: Annotated[
        date | None, options.day(told="自该日起有效（默认今日）/ from (today)")
    ] = None,
    valid_to: Annotated[date | None, options.day(told="至该日失效 / until (exclusive)")] = None,
    area: Annotated[str, typer.Option(help="区划代码 / division it was made for")] = "",
    source: Annotated[str | None, typer.Option(help="来源 / where it comes from")] = None,
    actor: Actor = "cli",
    reason: Annotated[str | None, typer.Option(help="理由 / why")] = None,
) -> None:
    """检查并登记一个栅格：自生效日起代替先前的 / Check a raster and put it on record."""
    record = deps.needs_rasters("gis_app.rasters.record")
    asked = record.Asked(
        layer=layer, unit=unit, crs=crs, area=area, source=source,
        valid_from=valid_from, valid_to=valid_to,
    )  # fmt: skip
    with telling(file.name) as progress:
        done = record.add(_desk(actor, reason, progress, making=True), file, asked)
    if done.notices:
        show_problems(done.notices)
    row = done.row
    out.print(
        f"已登记：{row['layer']} 第 {row['raster_id']} 号，自 {row['valid_from']} 起。"
        f"撤回：gis-app raster remove {row['raster_id']} --reason …"
    )
    out.print(
        f"On record: {row['layer']} number {row['raster_id']}, from {row['valid_from']} on. "
        f"To take it back: gis-app raster remove {row['raster_id']} --reason …"
    )


@app.command("list")
def listing(
    layer: Annotated[str | None, typer.Option(help="只要这个图层 / this layer only")] = None,
    on: On = None,
    every: Annotated[
        bool, typer.Option("--all", help="含被代替、失效、撤回的 / also what holds no longer")
    ] = False,
) -> None:
    """列出登记的栅格（默认现行的）/ List rasters, by default those that hold."""
    settings = deps.settings()
    law = load(settings.extra_layers)
    only = law.raster(layer).id if layer else None
    with reading(deps.engine(settings, migrate=True)) as conn:
        day = on or facts.legal_day(conn)
        rows = kept.history(conn, only) if every else kept.holding(conn, only, day)
    # few columns: into a file or a pipe the table has 120 characters; `info` tells the rest
    table = Table("编号 id", "图层 layer", "区划 area", "有效期 days", "文件 file", "数值 values")
    if every:
        table.add_column("撤回 taken back")
    for row in rows:
        days = f"{row['valid_from']} – {row['valid_to'] or ''}"
        span = f"{row['least']:g} – {row['most']:g}"
        told = [row["raster_id"], row["layer"], row["area_code"], days, row["file_name"], span]
        told += [row["withdrawn_why"] or ""] if every else []
        table.add_row(*(str(each) for each in told))
    out.print(table)
    have = {row["layer"] for row in rows}
    if missing := [each.zh for each in law.rasters.values() if each.id not in have]:
        out.print(f"无栅格 / no raster: {'、'.join(missing)}", soft_wrap=True)


@app.command()
def info(number: Number) -> None:
    """一个栅格的全部登记内容 / Everything that is known of a raster."""
    settings = deps.settings()
    record = deps.needs_rasters("gis_app.rasters.record")
    with reading(deps.engine(settings, migrate=True)) as conn:
        row = kept.get(conn, number)
    shelf = record.shelf(settings.home)
    told = {**row, "file": shelf.find(row["analysis_sha256"]), "picture": shelf.find(
        row["picture_sha256"])}  # fmt: skip
    table = Table("", "", show_header=False)
    for name, value in told.items():
        table.add_row(name, "" if value is None else str(value))
    out.print(table)


@app.command()
def remove(
    number: Number,
    reason: Annotated[str, typer.Option(help="理由 / why")],
    actor: Actor = "cli",
) -> None:
    """撤回误登记的栅格：被它代替的恢复有效 / Take a raster back; what it superseded holds again."""
    record = deps.needs_rasters("gis_app.rasters.record")
    row = record.withdraw(_desk(actor, reason), number)
    out.print(f"栅格 {number}（{row['layer']}）已撤回 / taken back")


@app.command()
def end(
    number: Number,
    on: Annotated[date, options.day("--on", told="自该日起失效 / from this day")],
    actor: Actor = "cli",
    reason: Annotated[str | None, typer.Option(help="理由 / why")] = None,
) -> None:
    """自某日起不再有效 / Let a raster hold no longer from a day on."""
    record = deps.needs_rasters("gis_app.rasters.record")
    row = record.end(_desk(actor, reason), number, on)
    out.print(f"栅格 {number}（{row['layer']}）自 {row['valid_to']} 起失效 / ended")


@app.command()
def value(
    layer: Layer,
    lon: Annotated[float, typer.Argument(help="经度 / longitude (EPSG:4490)")],
    lat: Annotated[float, typer.Argument(help="纬度 / latitude")],
    on: On = None,
) -> None:
    """某点的数值和单位 / The value at a point, with its unit."""
    settings, found = _of(layer)
    answers = deps.needs_rasters("gis_app.rasters.answers")
    words = deps.needs_rasters("gis_app.rasters.words")
    points = deps.needs_rasters("shapely").points([[lon, lat]])
    with reading(deps.engine(settings, migrate=True)) as conn:
        day = on or facts.legal_day(conn)
        shelf = deps.needs_rasters("gis_app.rasters.record").shelf(settings.home)
        (told,) = answers.values(conn, shelf, found, points, day)
    said = words.of_value(found, told)
    out.print(f"{said.zh} / {said.en}")


@app.command()
def statistics(
    layer: Layer,
    file: Annotated[Path, typer.Argument(help=" ".join(files.SUFFIXES))],
    by: Annotated[str, typer.Option(help="区划图层 / a layer of zones")] = "district",
    on: On = None,
    area: Annotated[str, typer.Option(help="区划代码前缀 / division code prefix")] = "",
) -> None:
    """按区划统计（平均、最小、最大或各类面积）/ Statistics within zones, as a file."""
    files.by_suffix(file)
    settings, found = _of(layer)
    zones = load(settings.extra_layers).layer(by)
    answers = deps.needs_rasters("gis_app.rasters.answers")
    with reading(deps.engine(settings, migrate=True)) as conn:
        turn_day(conn)
        asked = kept.Grounds(on=on or facts.legal_day(conn), area=area)
        shelf = deps.needs_rasters("gis_app.rasters.record").shelf(settings.home)
        rows = answers.within_zones(conn, shelf, found, zones, asked)
    table = deps.needs_rasters("gis_app.rasters.table").table(found, zones, rows)
    written(files.write(table, file))


def _of(layer: str) -> tuple[Any, RasterLayer]:
    settings = deps.settings()
    law: Registry = load(settings.extra_layers)
    return settings, law.raster(layer)


def _desk(actor: str, reason: str | None, progress: Any = None, *, making: bool = False) -> Any:
    record = deps.needs_rasters("gis_app.rasters.record")
    settings = deps.settings()
    shown = {} if progress is None else {"progress": progress}
    return record.Desk(
        engine=deps.engine(settings, migrate=True, making=making),
        registry=load(settings.extra_layers),
        shelf=record.shelf(settings.home), actor=actor, reason=reason, **shown,
    )  # fmt: skip
