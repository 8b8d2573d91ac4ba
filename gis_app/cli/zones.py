"""`gis-app zone`: list zones, repeal one, withdraw an error."""

from datetime import date, datetime
from typing import Annotated

import typer
from rich.table import Table

from gis_app.cli import deps
from gis_app.cli.console import out
from gis_app.registry import load
from gis_app.store import facts, items, zones
from gis_app.store.engine import reading, writing

app = typer.Typer(no_args_is_help=True, help="区划 / zones")


def register(root: typer.Typer) -> None:
    """Add these commands."""
    root.add_typer(app, name="zone")


@app.command("list")
def listing(
    layer: Annotated[str, typer.Argument(help="图层 / layer")],
    name: Annotated[str, typer.Option(help="名称包含 / name contains")] = "",
    every: Annotated[
        bool, typer.Option("--all", help="含已失效和尚未生效的 / also ended and future ones")
    ] = False,
) -> None:
    """列出一个图层的区划（默认现行的）/ List a layer's zones, by default those in force today."""
    settings = deps.settings()
    found = load(settings.extra_layers).layer(layer)
    span = (date.min, date.max) if every else (None, None)
    table = Table(
        "zone_id", "version", "名称 / name", "区划代码 / area", "生效 / from", "失效 / until"
    )
    with reading(deps.engine(settings, migrate=True)) as conn:
        page = items.page(conn, found, items.Query(start=span[0], end=span[1], limit=1_000_000))
    for feature in page.features:
        p = feature["properties"]
        if name.lower() in p["name"].lower():
            days = [p["valid_from"].isoformat(), p["valid_to"].isoformat() if p["valid_to"] else ""]
            ids = [str(feature["id"]), str(p["version"])]
            table.add_row(*ids, p["name"], p["area_code"] or "", *days)
    out.print(table)


@app.command()
def repeal(
    zone_id: Annotated[int, typer.Argument(help="区划标识 / zone id")],
    reason: Annotated[str, typer.Option(help="理由 / reason")],
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], help="自该日起失效（默认今天）/ from this day"),
    ] = None,
    actor: Annotated[str, typer.Option(help="执行人 / who")] = "cli",
) -> None:
    """废止一个区划：自该日起不再有约束力 / Repeal a zone from a day on."""
    with writing(deps.engine(deps.settings(), migrate=True), actor, reason) as conn:
        day = on.date() if on else facts.legal_day(conn)
        version = zones.repeal(conn, zone_id, day)
    out.print(f"区划 {zone_id} 第 {version} 版自 {day} 起失效 / repealed from {day}")


@app.command()
def withdraw(
    zone_id: Annotated[int, typer.Argument(help="区划标识 / zone id")],
    version: Annotated[int, typer.Argument(help="版本 / version")],
    reason: Annotated[str, typer.Option(help="理由 / reason")],
    actor: Annotated[str, typer.Option(help="执行人 / who")] = "cli",
) -> None:
    """撤回误录的版本：保留历史，任何日期均无约束力 / Withdraw a version recorded in error."""
    with writing(deps.engine(deps.settings(), migrate=True), actor, reason) as conn:
        zones.withdraw(conn, zone_id, version)
    out.print(f"区划 {zone_id} 第 {version} 版已撤回 / withdrawn")
