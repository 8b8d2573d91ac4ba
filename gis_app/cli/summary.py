"""The summary of an audit: rules by instrument, verdicts, flags of wells, and what is not known."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from gis_app.audit import Run
from gis_app.cli.console import out
from gis_app.flags import FLAGS
from gis_app.law import Answer, Instrument, Rule, Tier, Verdict
from gis_app.registry import Registry
from gis_app.report.ledger_words import closed, ledger
from gis_app.rules.columns import COLUMNS

COLOR = {Answer.APPLIES: "red", Answer.INDETERMINATE: "yellow", Answer.EXEMPT: "dim"}
_FLAG_STYLE = {
    "close": "red",
    "indeterminate": "yellow",
    "restricted": "magenta",
    "duty": "cyan",
    "exempt": "dim",
    "clear": "green",
}
# said before a rule's title where what was found is no well
_SHORT = {
    "application": "申请",
    "unit": "单元",
    "site": "场地",
    "zone": "区划",
    "dataset": "数据",
}
_WIDE = 100  # columns of a terminal from which two rules stand side by side

Counts = Counter[Answer]


def head(run: Run) -> None:
    """Print which run this is, and what was opened and closed in its ledger."""
    out.print(
        f"[bold]审计 {run.run_id}[/bold] · 法律日期 / as of {run.on} · "
        f"{run.counts['wells']:,} 口井 / wells · {ledger(run.ledger)} · law {run.law_hash[:12]}"
    )


def findings(run: Run, law: Registry) -> None:
    """Print the counts of every rule found, by instrument, the highest tier first."""
    rows: Sequence[Mapping[str, Any]] = run.counts["findings"]
    found: dict[str, Counts] = defaultdict(Counter)
    about: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        found[row["rule"]][Answer(row["answer"])] += row["subjects"]
        about[row["rule"]].add(row["subject"])
    cells = {each: (law.rules[each], _mark(about[each]), counts) for each, counts in found.items()}
    _legend()
    for instrument in _by_tier({law.rules[each].instrument for each in found}, law):
        out.print(f"[bold]{instrument.tier.zh} · {instrument.zh}[/bold] {instrument.number}")
        own = [each for each in law.rules if each in cells]
        out.print(_grid([cells[e] for e in own if law.rules[e].instrument is instrument]))


def verdicts(run: Run) -> None:
    """Print the totals of every verdict."""
    totals: dict[Verdict, Counts] = defaultdict(Counter)
    for row in run.counts["findings"]:
        totals[Verdict(row["verdict"])][Answer(row["answer"])] += row["subjects"]
    out.print("[bold]按处置合计 / by verdict[/bold]")
    table = _columns(3 if out.width >= _WIDE else 1)
    cells = [
        [Text(verdict.zh), *_numbers(totals[verdict])] for verdict in Verdict if verdict in totals
    ]
    _fill(table, cells, 3 if out.width >= _WIDE else 1)
    out.print(table)


def changes(run: Run) -> None:
    """Print what the run opened, continued and closed in its ledger."""
    out.print(
        f"新开 / opened {run.counts['opened']:,} · 延续 / continued {run.counts['continued']:,}"
        f" · 关闭 / closed {closed(run.counts['closed'])}"
    )


def flags(run: Run) -> None:
    """Print how many wells are in which class, by their gravest finding."""
    counted = run.counts["wells_by_flag"]
    told = " · ".join(
        f"{look.zh} / {look.en} [{_FLAG_STYLE[flag]}]{counted.get(flag, 0):,}[/]"
        for flag, look in FLAGS.items()
    )
    out.print(f"[bold]井按最严重的一项 / wells by their gravest finding[/bold]: {told}")


def unknown(run: Run, law: Registry) -> None:
    """Print the layers without data and the facts that nobody has recorded, with their counties."""
    for layer, counties in _gathered((r["layer"], r["area_code"]) for r in run.not_assessed):
        named = "、".join(f"{law.layers[each].zh} {law.layers[each].en}" for each in layer)
        out.print(f"[yellow]未评估 / not assessed[/yellow]  {'、'.join(counties)}: {named}")
    blanks = ((row["fact"], row["area_code"]) for row in run.counts["unrecorded"])
    for facts, counties in _gathered(blanks):
        named = "、".join(COLUMNS[each].zh for each in facts)
        out.print(
            f"[yellow]全县无记录 / recorded for no well[/yellow]  {'、'.join(counties)}: {named}"
        )


def _gathered(rows: Iterable[tuple[str, str | None]]) -> list[tuple[list[str], list[str]]]:
    """What is missing in the same counties together: (what, counties)."""
    where: dict[str, list[str]] = defaultdict(list)
    for what, county in rows:
        where[what].append(county or "行政区不详")
    alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for what, counties in where.items():
        alike[tuple(sorted(counties))].append(what)
    return [(what, list(counties)) for counties, what in alike.items()]


def _by_tier(instruments: Iterable[Instrument], law: Registry) -> list[Instrument]:
    tiers, order = list(Tier), list(law.instruments)
    return sorted(instruments, key=lambda each: (tiers.index(each.tier), order.index(each.id)))


def _mark(subjects: set[str]) -> str:
    return "" if "well" in subjects else "".join(f"{_SHORT[each]} " for each in sorted(subjects))


def _legend() -> None:
    told = " · ".join(f"[{COLOR[a]}]{a.zh} / {a.en}[/]" for a in Answer)
    out.print(f"各规则的对象数 / subjects by rule: {told}")


def _grid(cells: Sequence[tuple[Rule, str, Counts]]) -> Table:
    abreast = 2 if out.width >= _WIDE else 1
    table = _columns(abreast, with_id=True)
    filled = [
        [Text(rule.id), Text.assemble((mark, "dim"), rule.zh), *_numbers(counts)]
        for rule, mark, counts in cells
    ]
    _fill(table, filled, abreast)
    return table


def _columns(abreast: int, *, with_id: bool = False) -> Table:
    """A grid as wide as the terminal, for cells of a name and three numbers side by side."""
    table = Table.grid(padding=(0, 1), expand=True)
    for _ in range(abreast):
        if with_id:
            table.add_column(width=8, no_wrap=True)
        table.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
        for _ in Answer:
            table.add_column(width=5, justify="right", no_wrap=True)
    return table


def _fill(table: Table, cells: Sequence[list[Text]], abreast: int) -> None:
    for start in range(0, len(cells), abreast):
        table.add_row(*(text for cell in cells[start : start + abreast] for text in cell))


def _numbers(counts: Counts) -> list[Text]:
    return [Text(f"{counts[a]:,}" if counts[a] else "·", style=COLOR[a]) for a in Answer]
