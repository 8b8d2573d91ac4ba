"""`gis-app tiles`: the map's tiles as a file."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from gis_app import bake as baking
from gis_app import registry
from gis_app.cli import deps, options
from gis_app.cli.console import err, out
from gis_app.store import facts

tiles = typer.Typer(no_args_is_help=True, help="地图瓦片 / Map tiles")


def register(app: typer.Typer) -> None:
    """Add `tiles` to the root command."""
    app.add_typer(tiles, name="tiles")


@tiles.callback()
def _group() -> None:
    """地图瓦片 / Map tiles."""


@tiles.command()
def bake(
    file: Annotated[Path, typer.Argument(help="写入的 .pmtiles 文件 / the file to write")],
    layer: Annotated[
        list[str] | None, typer.Option(help="只要这些图层 / these layers only (default: all)")
    ] = None,
    to_zoom: Annotated[int, typer.Option(min=0, max=16, help="最高级 / highest zoom")] = 14,
    on: Annotated[
        date | None,
        options.day(told="某日的区划 / zones in force on (default: today)"),
    ] = None,
) -> None:
    """把图层写成一个 PMTiles 文件（离线可用）/ Write the layers' tiles into one PMTiles archive."""
    settings = deps.settings()
    law = registry.load(settings.extra_layers)
    chosen = [law.layer(name) for name in layer] if layer else list(law.layers.values())
    engine = deps.engine(settings, migrate=True)
    one_state = engine.execution_options(isolation_level="REPEATABLE READ")
    with one_state.connect() as conn:
        day = on or facts.legal_day(conn)
        made = baking.bake(
            conn, chosen, file, to_zoom=to_zoom, on=day,
            told=lambda zoom, count: err.print(f"  {zoom}: {count}"),
        )  # fmt: skip
    size = f"{made.bytes / 1e6:.1f} MB"
    out.print(f"{file}: {made.tiles} 个瓦片 / tiles, {size}, {day}", soft_wrap=True)
    if made.over_budget:
        out.print(f"超过 500 KB / over 500 KB: {made.over_budget}")
