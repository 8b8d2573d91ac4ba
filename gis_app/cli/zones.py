"""`gis-app zone`: list zones; lead a version through its life; compare versions; repeal."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

import typer
from rich.table import Table

from gis_app.cli import deps, options
from gis_app.cli.console import out
from gis_app.intake import versions as version_journeys
from gis_app.registry import load
from gis_app.store import facts, items, zone_life, zones
from gis_app.store.engine import reading, writing
from gis_app.zone_fields import LAW_STATUS

app = typer.Typer(no_args_is_help=True, help="区划 / zones")


def register(root: typer.Typer) -> None:
    """Add these commands."""
    root.add_typer(app, name="zone")


@app.command("list")
def listing(
    layer: Annotated[str, typer.Argument(help="图层 / layer")],
    name: Annotated[str, typer.Option(help="名称包含 / name contains")] = "",
    every: Annotated[
        bool, typer.Option("--all", help="含已失效和尚未生效的 / also ended and future ones")
    ] = False,
) -> None:
    """列出一个图层的区划（默认现行的）/ List a layer's zones, by default those in force today."""
    settings = deps.settings()
    found = load(settings.extra_layers).layer(layer)
    span = (date.min, date.max) if every else (None, None)
    table = Table(
        "zone_id", "version", "名称 / name", "区划代码 / area", "生效 / from", "失效 / until"
    )
    with reading(deps.engine(settings, migrate=True)) as conn:
        query = items.Query(start=span[0], end=span[1], limit=1_000_000)
        features = list(items.page(conn, found, query).features)
    for feature in features:
        p = feature["properties"]
        if name.lower() in p["name"].lower():
            days = [p["valid_from"].isoformat(), p["valid_to"].isoformat() if p["valid_to"] else ""]
            ids = [str(feature["id"]), str(p["version"])]
            table.add_row(*ids, p["name"], p["area_code"] or "", *days)
    out.print(table)


@app.command()
def repeal(
    zone_id: Annotated[int, typer.Argument(help="区划标识 / zone id")],
    reason: Annotated[str, typer.Option(help="理由 / reason")],
    on: Annotated[
        date | None, options.day("--on", told="自该日起失效（默认今天）/ from this day")
    ] = None,
    past: Annotated[
        bool, typer.Option("--past", help="该日已过去，确系自该日失效 / the day is past, and meant")
    ] = False,
    actor: Annotated[str, typer.Option(help="执行人 / who")] = "cli",
) -> None:
    """废止一个区划：自该日起失效；未到的可改期 / Repeal a zone from a day on, or move that day."""
    with writing(deps.engine(deps.settings(), migrate=True), actor, reason) as conn:
        day = on or facts.legal_day(conn)
        version = zones.repeal(conn, zone_id, day, past=past)
    out.print(f"区划 {zone_id} 第 {version} 版自 {day} 起失效 / repealed from {day}")


ZoneId = Annotated[int, typer.Argument(help="区划标识 / zone id")]
Version = Annotated[int, typer.Argument(help="版本 / version")]
Reason = Annotated[str, typer.Option(help="理由 / reason")]
Actor = Annotated[str, typer.Option(help="执行人 / who")]


@app.command()
def submit(zone_id: ZoneId, version: Version, reason: Reason = "", actor: Actor = "cli") -> None:
    """送审一份草案 / Send a draft to review."""
    _take(zone_id, version, "submit", actor, reason)


@app.command("return")
def give_back(zone_id: ZoneId, version: Version, reason: Reason, actor: Actor = "cli") -> None:
    """把在审的退回为草案 / Give a version in review back to its author."""
    _take(zone_id, version, "return", actor, reason)


@app.command()
def approve(
    zone_id: ZoneId,
    version: Version,
    valid_from: Annotated[
        date | None, options.day("--from", told="生效日期 / law from this day")
    ] = None,
    reason: Reason = "",
    actor: Actor = "cli",
) -> None:
    """批准在审的一版（起草人不能批准自己的）/ Approve a version in review; no author his own."""
    _take(zone_id, version, "approve", actor, reason, valid_from)


@app.command()
def withdraw(zone_id: ZoneId, version: Version, reason: Reason, actor: Actor = "cli") -> None:
    """撤回一版：保留历史，任何日期均无约束力 / Withdraw a version: kept, in force on no day."""
    _take(zone_id, version, "withdraw", actor, reason)


def _take(
    zone_id: int, version: int, step: str, actor: str, reason: str, since: date | None = None
) -> None:
    settings = deps.settings()
    registry = load(settings.extra_layers)
    asked = version_journeys.Step(step, since)
    with writing(deps.engine(settings, migrate=True), actor, reason or None) as conn:
        layer = zone_life.layer_of(conn, zone_id)
        version_journeys.lead(conn, registry, registry.layer(layer), (zone_id, version), asked)
        found = zone_life.versions(conn, layer, zone_id)
        today = facts.legal_day(conn)
    status = LAW_STATUS[next(v for v in found if v["version"] == version)["law_status"]]
    out.print(f"区划 {zone_id} 第 {version} 版：{status.zh} / {status.en}")
    if step == "withdraw":
        _tell_law(found, today)


def _tell_law(found: Sequence[Mapping[str, Any]], today: date) -> None:
    """Which versions are law from today on, now that one is none."""
    law = [
        v for v in found if v["law_status"] == "approved" and (v["valid_to"] or date.max) > today
    ]
    for each in law:
        until = each["valid_to"] or "…"
        out.print(f"有效版本 / law: {each['version']}（{each['valid_from']} – {until}）")
    if not law:
        out.print("[yellow]今后没有有效版本 / no version is law from today on[/yellow]")


@app.command()
def versions(zone_id: ZoneId) -> None:
    """一个区划的各版 / The versions of a zone."""
    with reading(deps.engine(deps.settings(), migrate=True)) as conn:
        found = zone_life.versions(conn, zone_life.layer_of(conn, zone_id), zone_id)
    table = Table(
        "版本 / version", "状态 / status", "生效 / from", "失效 / until", "起草 / by",
        "送审 / submitted", "批准 / approved", "km²", "可以 / may",
    )  # fmt: skip
    for each in found:
        approved = "公布在先 declared" if each["declared"] else each["approved_by"]
        who = (each["recorded_by"], each["submitted_by"], approved)
        days = (each["valid_from"], each["valid_to"])
        table.add_row(
            str(each["version"]),
            LAW_STATUS[each["law_status"]].zh,
            *(str(value or "") for value in (*days, *who)),
            f"{each['area_m2'] / 1e6:,.4f}",
            " ".join(each["may"]),
        )
    out.print(table)


@app.command()
def diff(
    zone_id: ZoneId,
    one: Annotated[int, typer.Argument(help="一版 / a version")],
    other: Annotated[int, typer.Argument(help="另一版 / another")],
) -> None:
    """两版之差：面积、进出的井、改了的属性 / What differs: area, wells in and out, properties."""
    settings = deps.settings()
    with reading(deps.engine(settings, migrate=True)) as conn:
        layer = load(settings.extra_layers).layer(zone_life.layer_of(conn, zone_id))
        found = version_journeys.difference(conn, layer, zone_id, one, other)
    out.print(f"km²: {found['one_m2'] / 1e6:,.4f} → {found['other_m2'] / 1e6:,.4f}")
    for words, name in (("划入 / in", "entering"), ("划出 / out", "leaving")):
        out.print(f"{words}: {found[f'{name}_count']} {' '.join(found[name][:20])}")
    for each in found["changed"]:
        out.print(f"{each['name']}: {each['before']} → {each['after']}")
