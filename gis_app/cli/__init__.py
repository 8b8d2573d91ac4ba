"""The command line: `gis-app`."""

from typing import Any

import typer
from typer.core import TyperGroup

from gis_app.cli import (
    audit,
    changes,
    console,
    database,
    demo,
    deps,
    docs,
    export,
    intake,
    law,
    offline,
    precheck,
    raster,
    serve,
    tiles,
    users,
    wells,
    zones,
    zoning,
)
from gis_app.errors import GisError


class Boundary(TyperGroup):
    """Where our own errors end: two sentences and exit code 1, never a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; what it raises on purpose is shown."""
        try:
            with deps.closing():
                return super().invoke(ctx)
        except GisError as error:
            console.show_error(error)
            raise typer.Exit(1) from error


app = typer.Typer(
    cls=Boundary,
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,  # a password may be among them
    help="地下水分区与取水井管理 / Groundwater zones and wells",
)
parts = (
    database, demo, intake, zones, zoning, raster, wells, audit, changes, export, precheck, law,
    users, serve, tiles, offline, docs,
)  # fmt: skip
for part in parts:
    part.register(app)
