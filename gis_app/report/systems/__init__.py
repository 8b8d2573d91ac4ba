"""The systems that five municipal papers set up, and where each works here or does not yet.

One file per paper, in the order of the domain catalogue (section A).
"""

from gis_app.law import Words
from gis_app.report.markdown import codes, table
from gis_app.report.systems import changzhi, jincheng, ordos, xianyang, yangquan
from gis_app.report.systems.declared import Here, Paper, Part, State, System

PAPERS = (yangquan.PAPER, xianyang.PAPER, ordos.PAPER, jincheng.PAPER, changzhi.PAPER)
SYSTEMS: tuple[tuple[Paper, System], ...] = tuple(
    sorted(
        ((paper, system) for paper in PAPERS for system in paper.systems),
        key=lambda pair: int(pair[1].id[1:]),
    )
)


def section() -> list[str]:
    """The systems with their words, and where they work."""
    counted = "、".join(
        f"{state.words.zh} {state.words.en} {sum(s.state is state for _, s in SYSTEMS)}"
        for state in State
    )
    heads = (
        "id",
        "制度 system",
        "文件与引文 paper and quote",
        "状态 state",
        "何处 where",
        "尚缺 missing",
    )
    return [
        f"共 {len(SYSTEMS)} 项 systems：{counted}。"
        "“部分”和“尚未”的，末栏写明缺什么、由哪一部分补上。"
        "Where it says *partly* or *not yet*, the last column says what is missing and which later "
        "part would bring it.",
        "",
        *table(heads, (_row(paper, system) for paper, system in SYSTEMS)),
    ]


def _row(paper: Paper, system: System) -> tuple[str, ...]:
    state = system.state.words
    return (
        system.id,
        f"{system.words.zh} / {system.words.en}",
        f"{paper.words.zh} {paper.words.en} {system.section}「{system.quote}」",
        f"{state.zh} {state.en}",
        _where(system.here),
        _missing(system.missing, system.later),
    )


def _where(here: Here) -> str:
    parts = [
        "、".join(here.rules.split()),
        *(
            f"{title} {codes(names)}"
            for title, names in (
                ("图层", here.layers.split()),
                ("登记册", here.registers.split()),
                ("参数", here.parameters.split()),
                ("命令", here.commands),
                ("页面", here.pages.split()),
            )
            if names
        ),
    ]
    return "；".join(part for part in parts if part)


def _missing(missing: Words | None, later: Part | None) -> str:
    if missing is None or later is None:
        return ""
    return f"{missing.zh} / {missing.en} →〔{later.words.zh} {later.words.en}〕"
