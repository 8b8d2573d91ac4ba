"""What the command line prints besides its results: errors and progress, on stderr."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from pathlib import Path

from rich.console import Console, ConsoleDimensions
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from gis_app.errors import GisError
from gis_app.telling import Told

SHOWN = 50

FILE_WIDTH = 120  # into a file or a pipe rich would fold everything to 80 columns


class _Wide(Console):
    """A console that is as wide as its terminal, or as COLUMNS says when something is printed."""

    @property  # type: ignore[misc]  # nobody sets it here
    def size(self) -> ConsoleDimensions:
        columns = os.environ.get("COLUMNS", "")
        if columns.isdigit():
            return ConsoleDimensions(int(columns), super().size.height)
        return super().size if self.is_terminal else ConsoleDimensions(FILE_WIDTH, 25)


out = _Wide()
err = _Wide(stderr=True)


@contextmanager
def telling(name: str) -> Iterator[Told]:
    """Show how far long work is, until it is done."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task(name, total=1.0)

        def told(zh: str, en: str, fraction: float) -> None:
            bar.update(task, completed=fraction, description=f"{zh} / {en}")

        yield told


def written(paths: Iterable[Path]) -> None:
    """Say which files there are now."""
    for path in paths:
        out.print(f"已写 / written: {path}", soft_wrap=True)


@contextmanager
def folder_of(path: Path) -> Iterator[None]:
    """Say, when the file is written, that its folder had to be made: the path may be mistyped."""
    made = not path.parent.exists()
    yield
    if made:
        out.print(f"新建了目录 / the folder was made: {path.parent}", soft_wrap=True)


def show_error(error: GisError) -> None:
    """Print an error in both languages, and its problems as a table."""
    err.print(Text(error.title, style="bold red"))
    for sentence in (error.zh, error.en):
        err.print(Text(sentence), soft_wrap=True)
    if error.problems:
        show_problems(error.problems)


def show_problems(problems: Sequence[object]) -> None:
    """Print a list of problems, the first fifty of them; a dataclass's fields are the columns."""
    first = problems[0]
    table = Table(header_style="bold")
    for name in _names(first):
        table.add_column(name, overflow="fold")
    for problem in problems[:SHOWN]:
        table.add_row(*_cells(problem, _names(first)))
    err.print(table)
    if len(problems) > SHOWN:
        more = len(problems) - SHOWN
        err.print(f"……另有 {more} 项 / and {more} more")


def _names(problem: object) -> list[str]:
    if is_dataclass(problem):
        return [field.name for field in fields(problem)]
    if isinstance(problem, dict):
        return [str(key) for key in problem]
    return ["问题 / problem"]


def _cells(problem: object, names: list[str]) -> list[Text]:
    if is_dataclass(problem):
        values = [getattr(problem, name, None) for name in names]
    elif isinstance(problem, dict):
        values = [problem.get(name) for name in names]
    else:
        values = [problem]
    return [Text("" if value is None else str(value)) for value in values]
