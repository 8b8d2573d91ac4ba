"""Options that several commands take."""

from typing import Any

import typer

from gis_app import days


def day(*names: str, told: str) -> Any:
    """An option that holds a day; `told` says which."""
    return typer.Option(*names, parser=days.read, metavar="YYYY-MM-DD", help=told)
