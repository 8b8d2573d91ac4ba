"""`gis-app export`: a collection, or what of it matches, as a file."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from gis_app import export as files
from gis_app.cli import deps
from gis_app.cli.console import folder_of, written
from gis_app.errors import BadInput
from gis_app.registry import load
from gis_app.report import export as tables
from gis_app.store import histories, selection
from gis_app.store.engine import reading, turn_day


def register(app: typer.Typer) -> None:
    """Add this command."""
    app.command("export")(export)


def export(
    layer: Annotated[
        str,
        typer.Argument(
            help="图层、登记册、findings、law_parameter 或 well_state / layer, register, findings, "
            "delegated numbers, or states of wells over time"
        ),
    ],
    file: Annotated[Path, typer.Argument(help=" ".join(files.SUFFIXES))],
    bbox: Annotated[str | None, typer.Option(help="西,南,东,北 / west,south,east,north")] = None,
    on: Annotated[
        str | None,
        typer.Option("--on", help="区划有效之日或区间“起/止” / day, or interval start/end"),
    ] = None,
    where: Annotated[
        list[str] | None,
        typer.Option("--where", help="属性=值，可重复 / property=value, may be repeated"),
    ] = None,
    condition: Annotated[
        str | None, typer.Option("--filter", help="CQL2，见 docs/filters.md / a condition in CQL2")
    ] = None,
    encoding: Annotated[str | None, typer.Option(help="shapefile: utf-8 | gbk")] = None,
) -> None:
    """导出图层、登记册或结论（含数据字典）/ Export a layer, register or findings, with codebook."""
    files.by_suffix(file)
    settings = deps.settings()
    words = selection.Filters(bbox=bbox, datetime=on, filter=condition)
    if layer in histories.HISTORIES:
        _refuse_conditions(layer, words, where)
        make = partial(histories.table, name=layer)
    else:
        law = load(settings.extra_layers)
        found = law.collection(layer)
        equal = _equal(where or [], set(selection.filterable(found)))
        asked = selection.query(found, words, equal)
        make = partial(tables.of, collection=found, query=asked, registry=law)
    with folder_of(file), reading(deps.engine(settings, migrate=True)) as conn:
        turn_day(conn)
        paths = files.write(make(conn), file, encoding)
    written(paths)


def _refuse_conditions(name: str, words: selection.Filters, where: list[str] | None) -> None:
    if words != selection.Filters() or where:
        raise BadInput(
            f"“{name}”只能整个导出：不用 --bbox、--on、--where、--filter。",
            f"{name} is exported whole: without --bbox, --on, --where, --filter.",
        )


def _equal(given: list[str], known: set[str]) -> dict[str, str]:
    """`name=value` pairs; what is no property is refused, never ignored."""
    asked: dict[str, str] = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not equals or name not in known or name in asked:
            listed = ", ".join(sorted(known))
            raise BadInput(
                f"--where {each}：应为“属性=值”，每个属性一次。可用属性：{listed}。",
                f"--where {each}: it is property=value, each property once. Known: {listed}.",
            )
        asked[name] = value
    return asked
