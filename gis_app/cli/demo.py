"""`gis-app demo`: the made city, into the database or as files."""

from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer
from rich.table import Table

from gis_app import demo
from gis_app.cli import deps
from gis_app.cli.console import err, out
from gis_app.cli.deps import needs_rasters
from gis_app.demo.city import SEED, WELLS
from gis_app.registry import load as load_registry
from gis_app.store.engine import writing


def register(app: typer.Typer) -> None:
    """Add `demo` to the root command."""
    app.command("demo")(run)


def run(
    seed: Annotated[int, typer.Option(help="随机种子 / the seed the city grows from")] = SEED,
    wells: Annotated[int, typer.Option(min=100, help="井数 / how many wells")] = WELLS,
    force: Annotated[
        bool, typer.Option("--force", help="库中已有其他井也装入 / even beside real wells")
    ] = False,
    files: Annotated[
        Path | None,
        typer.Option(help="不入库，写成文件 / write files instead", file_okay=False, metavar="DIR"),
    ] = None,
    rasters: Annotated[
        Path | None,
        typer.Option(
            help="写出重点区计算用的栅格和计划 / write rasters and a plan for gis-app zoning",
            file_okay=False,
            metavar="DIR",
        ),
    ] = None,
) -> None:
    """装入示例市（合成数据）/ Load the synthetic sample city."""
    made = demo.city(seed, wells)
    if rasters is not None:
        for path in _rasters().write(made, rasters):
            out.print(str(path), soft_wrap=True, highlight=False)
        return
    if files is not None:
        for path in demo.write(made, files):
            out.print(str(path), soft_wrap=True, highlight=False)
        return
    engine = deps.engine(deps.settings(), migrate=True, making=True)
    with writing(engine, actor="demo", reason=f"示例市，种子 {seed}") as conn:
        loaded = demo.load(conn, made, force=force)
    told = demo.admit(engine)
    engine.dispose()
    if told:
        out.print(_people(told))
    if loaded.already:
        err.print("示例市已在库中，未作改动 / the sample city is already loaded; nothing changed")
        return
    out.print(_table(loaded))


def _rasters() -> ModuleType:
    """The module that needs rasterio, which not every deployment has."""
    return needs_rasters("gis_app.demo.rasters")


def _people(told: dict[str, str]) -> Table:
    """Accounts with the passwords that are shown only now."""
    table = Table(title="账户（密码只显示这一次）/ accounts (passwords are shown only now)")
    table.add_column("用户名 / account")
    table.add_column("密码 / password")
    for name, password in told.items():
        table.add_row(name, password)
    return table


def _table(loaded: demo.Loaded) -> Table:
    """What was loaded, by layer."""
    known = load_registry()
    table = Table(title="示例市（合成数据）/ Sample City (synthetic)", header_style="bold")
    table.add_column("图层 / layer")
    table.add_column("数量 / rows", justify="right")
    for layer_id, count in loaded.zones.items():
        layer = known.layer(layer_id)
        table.add_row(f"{layer.zh} / {layer.en}", f"{count:,}")
    table.add_row("取水井 / wells", f"{loaded.wells:,}")
    table.add_row("权利人 / owners", f"{loaded.owners:,}")
    return table
