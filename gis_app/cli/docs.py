"""`gis-app docs`: the generated reference pages."""

from pathlib import Path
from typing import Annotated

import typer

from gis_app.cli import deps
from gis_app.cli.console import out
from gis_app.registry import load
from gis_app.report import reference


def register(app: typer.Typer) -> None:
    """Add this command."""
    app.command("docs")(docs)


def docs(folder: Annotated[Path, typer.Argument(help="文件夹 / folder")] = Path("docs")) -> None:
    """由声明生成参考页 / Write the reference pages made from the declarations."""
    for name, page in reference.pages(load(deps.settings().extra_layers)).items():
        (folder / name).write_text(page, encoding="utf-8")
        out.print(f"已写 / written: {folder / name}")
