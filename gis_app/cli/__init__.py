"""The command line: `gis-app`."""

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from gis_app.cli import console, deps
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


# each command's module, loaded when the command is used: all of them take seconds
_WHERE = {
    "db": "database", "demo": "demo", "import": "intake", "batches": "intake", "undo": "intake",
    "discard": "intake", "zone": "zones", "zoning": "zoning", "raster": "raster", "well": "wells",
    "audit": "audit", "rules": "audit", "explain": "audit", "changes": "changes",
    "export": "export", "precheck": "precheck", "law": "law", "users": "users", "serve": "serve",
    "tiles": "tiles", "partition": "offline", "offline": "offline", "docs": "docs",
}  # fmt: skip


class Root(Boundary):
    """All commands, each with what it imports only when it is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  (click's way)
        """The names of the commands, in the order of the work."""
        return list(_WHERE)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """A command by its name; None where there is none."""
        if cmd_name not in _WHERE:
            return None
        part = typer.Typer()
        import_module(f"gis_app.cli.{_WHERE[cmd_name]}").register(part)
        return typer.main.get_group(part).commands[cmd_name]


app = typer.Typer(
    cls=Root,
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,  # a password may be among them
    help="地下水分区与取水井管理 / Groundwater zones and wells",
)


@app.callback()
def _root() -> None:
    """No command stands here: `Root` finds them."""
