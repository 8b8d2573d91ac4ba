"""`gis-app law`: the numbers that the law delegates, set per area with source and date."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from gis_app.cli import deps, options
from gis_app.cli.console import out
from gis_app.errors import NotFound
from gis_app.law import LISTED, Parameter
from gis_app.registry import load
from gis_app.rules.engine import parameters_of
from gis_app.store import parameters
from gis_app.store.engine import reading, writing

app = typer.Typer(no_args_is_help=True, help="法律授权地方规定的数 / delegated numbers")


def register(root: typer.Typer) -> None:
    """Add these commands."""
    root.add_typer(app, name="law")


@app.command("set")
def put(
    name: Annotated[str, typer.Argument(help="参数 / parameter")],
    value: Annotated[
        str, typer.Argument(help="数值；名单用 yes 或 no；none 表示收回 / number, yes, no or none")
    ],
    source: Annotated[str, typer.Option(help="出处（文号、条款）/ source")],
    since: Annotated[date, options.day(told="自该日起 / from this day")],
    area: Annotated[str, typer.Option(help="行政区划代码前缀，空为全国 / adcode prefix")] = "",
    actor: Annotated[str, typer.Option(help="执行人 / who")] = "cli",
) -> None:
    """录入一个由地方规定的数 / Set a delegated number."""
    settings = deps.settings()
    known = _known(settings.extra_layers)
    if name not in known:
        raise NotFound(
            f"没有参数“{name}”。现有：{'、'.join(known) or '无'}。",
            f"No parameter {name!r}. There are: {', '.join(known) or 'none'}.",
        )
    number = None if value.lower() == "none" else _value(value, known[name])
    with writing(deps.engine(settings, migrate=True, making=True), actor, source) as conn:
        parameters.put(conn, name, number, area=area, since=since, source=source)
    told = _told(number, known[name])
    out.print(f"{known[name].zh} · {area or '全国'} · {since} 起: {told}")


@app.command("list")
def listing() -> None:
    """列出参数及其历次取值 / List the parameters and every value they had."""
    settings = deps.settings()
    table = Table("参数 / parameter", "含义 / meaning", "地域 / area", "自 / since", "值 / value",
                  "出处 / source", "录入人 / by")  # fmt: skip
    with reading(deps.engine(settings, migrate=True)) as conn:
        entries = parameters.history(conn)
    for name, each in _known(settings.extra_layers).items():
        mine = [row for row in entries if row["name"] == name]
        for row in mine:
            table.add_row(name, each.zh, row["area"] or "全国", str(row["since"]),
                          _told(row["value"], each), row["source"], row["set_by"])  # fmt: skip
        if not mine:
            table.add_row(name, each.zh, "", "", "[yellow]未录入 / not set[/]", each.clause, "")
    out.print(table)


def _known(extra_layers: Path | None) -> dict[str, Parameter]:
    law = load(extra_layers)
    return {p.name: p for p in parameters_of(law.rules.values())}


def _value(text: str, parameter: Parameter) -> float:
    if parameter.unit == LISTED:
        if text.lower() not in _LISTED:
            raise typer.BadParameter(f"“{text}”应为 yes 或 no / should be yes or no")
        return _LISTED[text.lower()]
    try:
        return float(text)
    except ValueError:
        raise typer.BadParameter(f"“{text}”不是数 / not a number") from None


_LISTED = {
    "yes": 1.0,
    "1": 1.0,
    "是": 1.0,
    "在列": 1.0,
    "no": 0.0,
    "0": 0.0,
    "否": 0.0,
    "不在列": 0.0,
}


def _told(value: float | None, parameter: Parameter) -> str:
    if value is None:
        return "已收回 / taken back"
    if parameter.unit == LISTED:
        return "在列 / listed" if value else "不在列 / not listed"
    return f"{value:g} {parameter.unit}"
