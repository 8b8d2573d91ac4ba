"""`gis-app audit`, `rules`, `explain`: what the law says, and why."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from gis_app import audit as journey
from gis_app import export as files
from gis_app.cli import deps, options, summary
from gis_app.cli.console import folder_of, out, written
from gis_app.cli.summary import COLOR
from gis_app.law import Answer
from gis_app.registry import Registry, load
from gis_app.report import export
from gis_app.report.examined import examined
from gis_app.report.grounds import because, facts
from gis_app.report.sentences import notes, sentence
from gis_app.rules.columns import COLUMNS
from gis_app.rules.engine import reads
from gis_app.store import ledger
from gis_app.store.engine import reading

Day = Annotated[date | None, options.day("--on", told="法律上的日期（默认今天）/ legal day")]


def no_law(on: date, law: Registry) -> str:
    """What to say of a day on which nothing we know was law: not "clear", but "not known"."""
    known = "；".join(f"《{i.zh}》{i.since} – {i.until or ''}" for i in law.instruments.values())
    return (
        f"{on} 没有库内文件有效，未作任何结论（不是“无涉”）。库内文件：{known} / "
        f"no known instrument was in force on {on}: nothing was assessed"
    )


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("audit")(audit)
    app.command("rules")(rules)
    app.command("explain")(explain)


def audit(
    on: Day = None,
    area: Annotated[str, typer.Option(help="行政区划代码前缀 / adcode prefix")] = "",
    instrument: Annotated[
        list[str] | None,
        typer.Option(help="文件标识，可重复或用逗号分隔 / instrument ids, repeated or with commas"),
    ] = None,
    anywhere: Annotated[
        bool, typer.Option("--anywhere", help="超出文件适用地域也适用 / beyond its own area")
    ] = False,
    out_file: Annotated[Path | None, typer.Option("--out", help=" ".join(files.SUFFIXES))] = None,
    actor: Annotated[str, typer.Option(help="执行人 / who")] = "cli",
) -> None:
    """对全部取水井适用法律，更新结论台账 / Apply the law to every well."""
    if out_file is not None:
        files.by_suffix(out_file)
    settings = deps.settings()
    law = load(settings.extra_layers)
    scope = journey.Scope(on, area, _split(instrument), anywhere=anywhere)
    engine = deps.engine(settings, migrate=True)
    with out.status("审计中 / auditing …"):
        done = journey.run(engine, law, scope, actor=actor)
    show(done, law)
    if out_file is not None:
        with folder_of(out_file), reading(engine) as conn:
            told = export.table(ledger.parts(conn, journey.which(done)), law)
            paths = files.write(told, out_file)
        written(paths)


def _split(given: list[str] | None) -> tuple[str, ...]:
    return tuple(part for each in given or [] for part in each.replace(",", " ").split())


def show(run: journey.Run, law: Registry) -> None:
    """Print the summary of a run."""
    summary.head(run)
    if not law.rules_on(run.on, run.scope.instruments):
        out.print(f"[yellow]{no_law(run.on, law)}[/yellow]")
        return
    summary.findings(run, law)
    summary.verdicts(run)
    summary.changes(run)
    summary.flags(run)
    summary.unknown(run, law)


def rules(
    as_json: Annotated[bool, typer.Option("--json", help="JSON")] = False,
) -> None:
    """列出规则及其依据 / List the rules with clause and quote."""
    law = load(deps.settings().extra_layers)
    listed = [_rule(rule_id, law) for rule_id in law.rules]
    if as_json:
        print(orjson.dumps(listed, option=orjson.OPT_INDENT_2).decode())
        return
    table = Table(header_style="bold")
    for title in ("规则 / rule", "文件 / instrument", "条款 / clause", "引文 / quote", "处置"):
        table.add_column(title, overflow="fold")
    for row in listed:
        table.add_row(
            f"{row['id']}\n{row['title_zh']}",
            f"{row['number']}\n{row['since']} – {row['until'] or ''}",
            row["clause"],
            row["quote"],
            "、".join(row["verdicts"]),
        )
    out.print(table)


def _rule(rule_id: str, law: Registry) -> dict[str, Any]:
    rule = law.rules[rule_id]
    return {
        "id": rule.id,
        "title_zh": rule.zh,
        "title_en": rule.en,
        "instrument": rule.instrument.id,
        "number": rule.instrument.number,
        "tier": rule.instrument.tier.value,
        "area": rule.instrument.area,
        "since": rule.instrument.since.isoformat(),
        "until": rule.instrument.until.isoformat() if rule.instrument.until else None,
        "clause": rule.clause,
        "quote": rule.quote,
        "verdict": rule.verdict.value,
        "verdicts": [verdict.value for verdict, _ in rule.verdicts],
        "subjects": list(rule.subjects),
        "layers": sorted({ask.layer for ask in reads(rule).asks}),
        "inputs": list(reads(rule).inputs),
        "exemptions": [e.id for e in rule.exemptions],
        "questions": [q.id for q in rule.questions],
        "parameters": [p.name for p in reads(rule).parameters],
    }


def explain(
    well_code: Annotated[str, typer.Argument(help="井编号 / well code")], on: Day = None
) -> None:
    """说明一口井的结论及其依据 / Explain what the law says of one well."""
    settings = deps.settings()
    law = load(settings.extra_layers)
    told = journey.explain(deps.engine(settings, migrate=True), law, well_code, on)
    well = told.well
    out.print(
        f"[bold]{well['code']}[/bold] {well['name'] or ''} · {well['lon']:.6f}, "
        f"{well['lat']:.6f} · 位置误差 / accuracy {well['uncertainty_m']:g} m · {told.on}"
    )
    if not law.rules_on(told.on):
        out.print(f"[yellow]{no_law(told.on, law)}[/yellow]")
        return
    if not told.findings:
        out.print("没有适用的规则 / no rule applies")
    for row in told.findings:
        words, answer = sentence(row, law), Answer(row["answer"])
        inputs = ", ".join(f"{k}={_plain(v)}" for k, v in row["inputs"].items())
        body = Text(f"{words.zh}\n{words.en}\n")
        if grounds := because(facts(row, law)):
            body.append(f"依据的情况：{grounds.zh}\nbecause: {grounds.en}\n")
        for way in examined(row, law):
            body.append(
                f"已审查豁免 / examined: {way.exemption.zh}（{way.exemption.clause}）"
                f"{way.answer.zh} / {way.answer.en}：{way.because.zh}\n"
            )
        body.append(f"所用数据 / inputs: {inputs}", style="dim")
        title = f"{row['rule']} · {answer.zh} / {answer.en}"
        out.print(Panel(body, title=title, title_align="left", border_style=COLOR[answer]))
    for note in notes(told.findings, told.well, law):
        out.print(f"[bold]注 / note[/bold]  {note.zh} / {note.en}")
    _layers("不涉及 / not concerned", told.not_concerned, law)
    _layers("未评估（无数据）/ not assessed (no data)", told.not_assessed, law)
    if told.unrecorded:
        listed = "、".join(COLUMNS[name].zh for name in told.unrecorded)
        out.print(f"全县无记录，有关规则未逐井列出 / recorded for no well here: {listed}")


def _layers(title: str, names: Any, law: Registry) -> None:
    if names:
        listed = "、".join(f"{law.layers[n].zh} {law.layers[n].en}" for n in names)
        out.print(f"{title}: {listed}")


def _plain(value: object) -> str:
    return "不详" if value is None else str(value)
