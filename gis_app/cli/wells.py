"""`gis-app well`: the status of a well, changed or put right."""

from datetime import date
from typing import Annotated

import typer

from gis_app.cli import deps, options
from gis_app.cli.console import out
from gis_app.store import facts, wells
from gis_app.store.engine import writing
from gis_app.terms import STATUS

app = typer.Typer(no_args_is_help=True, help="取水井 / wells")


def register(root: typer.Typer) -> None:
    """Add these commands."""
    root.add_typer(app, name="well")


@app.callback()
def _group() -> None:
    """One command may stand alone in a group."""


@app.command()
def status(
    code: Annotated[str, typer.Argument(help="井编号 / code of the well")],
    new: Annotated[str, typer.Argument(metavar="STATUS", help="应用状况 / status")],
    reason: Annotated[str, typer.Option(help="理由 / reason")],
    on: Annotated[
        date | None, options.day("--on", told="自该日起（默认今天）/ from this day")
    ] = None,
    correct: Annotated[
        bool, typer.Option("--correct", help="更正错误的记录 / put a wrong record right")
    ] = False,
    actor: Annotated[str, typer.Option(help="执行人 / who")] = "cli",
) -> None:
    """登记井的应用状况自何日起 / Record the status of a well from a day on."""
    key = _named(new)
    with writing(deps.engine(deps.settings(), migrate=True), actor, reason) as conn:
        before = wells.set_status(conn, code, key, on=on, correct=correct)
        since = on or facts.legal_day(conn)
    was, now = ("—" if s is None else f"{STATUS[s].zh} {STATUS[s].en}" for s in (before, key))
    out.print(f"{code}：{was} → {now}（自 {since} 起 / from {since}）", markup=False)


def _named(word: str) -> str:
    """The status that a word names: its code, its Chinese or English name; else the word."""
    for key, known in STATUS.items():
        if word in (key, known.zh, known.en, *known.aliases):
            return key
    return word
