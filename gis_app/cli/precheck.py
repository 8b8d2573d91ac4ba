"""`gis-app precheck`: may a well be drilled here?"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from gis_app import precheck as journey
from gis_app.cli import console, deps
from gis_app.cli.console import out
from gis_app.errors import BadInput
from gis_app.intake import application
from gis_app.precheck.answer import answer
from gis_app.registry import load
from gis_app.report import page, paper
from gis_app.report import place_words as words

_STYLE = {"refused": "red", "suspended": "red", "unknown": "yellow", "conditions": "magenta",
          "no_ground": "green"}  # fmt: skip
_PARTS = (
    ("grounds", "不予批准的依据 / ground for refusal", "red"),
    ("conditions", "适用 / applies", "magenta"),
    ("unknown", "不能确定 / cannot be known", "yellow"),
    ("exempt", "豁免 / exempt", "dim"),
)
_SUSPENDED = "暂停审批的依据 / ground to suspend approval"
Volume = Annotated[str | None, typer.Option(help="立方米 / cubic metres")]


def register(app: typer.Typer) -> None:
    """Add this command."""
    app.command("precheck")(precheck)


def precheck(
    lon: Annotated[float | None, typer.Argument(help="经度 / longitude")] = None,
    lat: Annotated[float | None, typer.Argument(help="纬度 / latitude")] = None,
    kind: Annotated[
        str, typer.Option(help="new 新建 · replacement 替代井 · renewal 延续 · increase 增加取水量")
    ] = "new",
    use: Annotated[str | None, typer.Option(help="用途 / use")] = None,
    industry: Annotated[str | None, typer.Option(help="行业 / industry class")] = None,
    annual_m3: Volume = None,
    held_m3: Volume = None,
    on: Annotated[str | None, typer.Option(help="法律上的日期（默认今天）/ legal day")] = None,
    area_file: Annotated[
        Path | None, typer.Option(help="井可能落在其中的地块 / the parcel, a GeoJSON file")
    ] = None,
    fact: Annotated[
        list[str] | None,
        typer.Option(help="名称=值，可重复：surface_usable=no / name=value, repeated"),
    ] = None,
    accuracy_m: Annotated[str | None, typer.Option(help="位置精度 / of the position")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON")] = False,
    out_file: Annotated[Path | None, typer.Option("--out", help="page.html · page.pdf")] = None,
) -> None:
    """预审：这里可以凿井取水吗？（不作决定，不留记录）/ May a well be drilled here?"""
    given = {
        "kind": kind,
        "use": use,
        "industry_class": industry,
        "annual_m3": annual_m3,
        "held_m3": held_m3,
        "on": on,
        "position_accuracy_m": accuracy_m,
    }
    try:
        _check_target(out_file)
        members = {name: value for name, value in given.items() if value is not None}
        members |= _facts(fact or [])
        wanted = application.read({**members, "geometry": _geometry(lon, lat, area_file)})
    except BadInput as wrong:
        console.show_error(wrong)
        raise typer.Exit(2) from wrong
    settings = deps.settings()
    law = load(settings.extra_layers)
    found = answer(journey.judge(deps.engine(settings, migrate=True), law, wanted), law)
    if as_json:
        print(orjson.dumps(found, option=orjson.OPT_INDENT_2).decode())
    else:
        show(found)
    if out_file is not None:
        _write(found, out_file)


def _geometry(lon: float | None, lat: float | None, area_file: Path | None) -> Mapping[str, Any]:
    if area_file is not None and lon is None:
        return application.parcel_in(area_file)
    if area_file is None and lon is not None and lat is not None:
        return {"type": "Point", "coordinates": [lon, lat]}
    raise BadInput(
        "请给出经度和纬度，或用 --area-file 给出地块，二者取一。",
        "Give longitude and latitude, or a parcel with --area-file: one of the two.",
    )


def _facts(given: Sequence[str]) -> dict[str, str]:
    facts = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not equals:
            raise BadInput(
                f"--fact 应写成“名称=值”，不是“{each}”。可用：{'、'.join(application.FIELDS)}。",
                f"--fact is written name=value, not {each!r}. "
                f"Known: {', '.join(application.FIELDS)}.",
            )
        facts[name.strip()] = value
    return facts


def _check_target(path: Path | None) -> None:
    if path is not None and path.suffix.lower() not in {".html", ".pdf"}:
        raise BadInput(
            f"不支持 {path.suffix or path.name}。可用：.html、.pdf。",
            f"Cannot write {path.suffix or path.name}. Known: .html, .pdf.",
        )


def _write(found: Mapping[str, Any], path: Path) -> None:
    made = page.html(found)
    content = paper.pdf(made) if path.suffix.lower() == ".pdf" else made.encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    console.err.print(f"已写 / written: {path}", soft_wrap=True)


def show(found: Mapping[str, Any]) -> None:
    """Print a pre-check's answer, gravest first."""
    place, outcome = found["place"], found["outcome"]
    county = place["district"] or "所在县区不能确定 / county cannot be known"
    parcel = "" if place["area_m2"] is None else f" · 地块 / parcel {place['area_m2']:,.0f} m²"
    asked = "；".join(f"{zh} {told}" for zh, _, told in words.asked_words(found["asked"]))
    out.print(Text(f"{place['lon']:.6f}, {place['lat']:.6f} · {county}{parcel} · {found['on']}"))
    out.print(Text(asked, style="dim"), soft_wrap=True)
    out.print(Text(f"{outcome['zh']} / {outcome['en']}", style=f"bold {_STYLE[outcome['key']]}"))
    if found["permit"] is not None:
        _show_permit(found["permit"])
    for part, title, style in _PARTS:
        for each in found[part]:
            suspended = part == "grounds" and each["verdict"] == "suspend"
            _show_finding(each, _SUSPENDED if suspended else title, style)
    if found["bring"]:
        out.print(Text("须补充的材料 / what to bring", style="bold"))
        for each in found["bring"]:
            out.print(Text(f" - {each['zh']} / {each['en']} [{each['name']}]"))
    _show_ground(found)
    _show_unit(found["unit"])
    if found["not_assessed"]:
        gaps = "、".join(f"{layer['zh']} {layer['en']}" for layer in found["not_assessed"])
        out.print(Text(f"未评估（无数据）/ not assessed (no data): {gaps}"))
    out.print(
        Text(
            f"法律文本截至 {found['text_as_of']}；预审不作任何决定 / texts of law as of that day; "
            "a pre-check decides nothing",
            style="dim",
        )
    )


def _show_permit(permit: Mapping[str, Any]) -> None:
    body = Text(f"{permit['sentence_zh']}\n{permit['sentence_en']}")
    out.print(Panel(body, title=Text(f"{permit['zh']} / {permit['en']}"), title_align="left"))


def _show_finding(found: Mapping[str, Any], title: str, style: str) -> None:
    body = Text(f"{found['sentence_zh']}\n{found['sentence_en']}")
    heading = f"{found['rule']} · {found['tier_zh']} / {found['tier_en']} · {title}"
    out.print(Panel(body, title=Text(heading), title_align="left", border_style=style))


def _show_ground(found: Mapping[str, Any]) -> None:
    table = Table(*words.GROUND_HEADS)
    for cells in words.ground(found):
        table.add_row(*map(Text, cells))
    if table.row_count:
        title = "所涉区划与各图层最近的界线 / zones met and the nearest limit of every layer"
        out.print(Text(title, style="bold"), table)


def _show_unit(unit: Mapping[str, Any] | None) -> None:
    if unit is None:
        return
    named = " ".join(str(each) for each in (unit["name"], unit["code"], unit["year"]) if each)
    told = " · ".join(f"{label} {value}" for label, value in words.unit_words(unit))
    out.print(Text(f"管理单元 / unit {named}: {told}"))
