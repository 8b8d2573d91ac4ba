"""The verdict on one well, readable in a notebook and in a terminal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import Any, Self

from gis_app.flags import ACCENT, FLAGS, INK, LINE, MUTED, WASH, flag_of

Row = Mapping[str, Any]

_FONT = "'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',system-ui,sans-serif"


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Everything the law of a day says of one well, gravest first, with its ground.

    `findings`, `zones` (those it touches, deepest first), `not_concerned` and `not_assessed` are
    rows as the API gives them; `not_assessed` are layers of which nothing is on record here.
    """

    code: str
    on: date
    well: Row = field(repr=False)
    findings: Sequence[Row] = field(repr=False)
    zones: Sequence[Row] = field(repr=False)
    not_concerned: Sequence[Row] = field(repr=False)
    not_assessed: Sequence[Row] = field(repr=False)

    @classmethod
    def of(cls, told: Row) -> Self:
        """The verdict in an answer of the API."""
        rest = {n: told[n] for n in ("well", "findings", "zones", "not_concerned", "not_assessed")}
        return cls(code=told["well"]["code"], on=date.fromisoformat(told["on"]), **rest)

    @property
    def flag(self) -> str:
        """The gravest class of its findings, a key of `gis_app.flags.FLAGS`."""
        found = {flag_of(f["answer"], f["verdict"]) for f in self.findings}
        return next((name for name in FLAGS if name in found), "clear")

    def __str__(self) -> str:
        lines = [f"{self.code} · {self.on}"]
        for each in self.findings:
            lines += ["", f"[{each['rule']}] {each['answer_zh']} / {each['answer_en']}"]
            lines += [each["sentence_zh"], each["sentence_en"]]
        if not self.findings:
            lines += ["", "没有适用的规则 / no rule applies"]
        gaps = "、".join(f"{g['zh']} {g['en']}" for g in self.not_assessed)
        return "\n".join(
            [*lines, *(["", f"未评估（无数据）/ not assessed: {gaps}"] if gaps else [])]
        )

    def _repr_html_(self) -> str:
        """A card: the well, each finding with clause, quote, distance and what was missing."""
        body = "".join(_finding(each) for each in self.findings) or (
            f'<div style="padding:12px 16px">没有适用的规则 {_en("no rule applies")}</div>'
        )
        return (
            f'<div style="max-width:760px;border:1px solid {LINE};border-radius:4px;color:{INK};'
            f'background:#fff;font:14px/1.6 {_FONT};font-variant-numeric:tabular-nums">'
            f"{_head(self)}{body}{_foot(self)}</div>"
        )


def _head(told: Verdict) -> str:
    well, flag = told.well, FLAGS[told.flag]
    place = " ".join(str(well[n]) for n in ("township", "village") if well.get(n))
    words = [well.get("name"), place, *(_choice(well.get(n)) for n in ("status", "use"))]
    facts = " · ".join(escape(w) for w in words if w)
    return (
        '<div style="padding:12px 16px">'
        f'<b style="font-size:16px">{escape(told.code)}</b> '
        f'<span style="color:{flag.color};font-weight:600">● {flag.zh}</span> {_en(flag.en)}'
        f'<div style="color:{MUTED};font-size:12px">{facts} · '
        f"位置误差 uncertainty {_number(well.get('uncertainty_m'))} m · "
        f"法律日期 as of {told.on}</div></div>"
    )


def _finding(each: Row) -> str:
    flag = FLAGS[flag_of(each["answer"], each["verdict"])]
    basis = f"《{each['instrument_zh']}》（{each['number']}）{each['clause']}"
    return (
        f'<div style="border-top:1px solid {LINE};border-left:3px solid {flag.color};'
        'padding:10px 16px 10px 13px">'
        f'<div style="font-size:12px;color:{flag.color};font-weight:600">{escape(each["rule"])} · '
        f"{escape(each['answer_zh'])} · {escape(each['verdict_zh'])} "
        f"{_en(each['answer_en'] + ' · ' + each['verdict_en'])}</div>"
        f"<div>{escape(each['sentence_zh'])}</div>"
        f"<div>{_en(each['sentence_en'])}</div>"
        f'<blockquote style="margin:8px 0;padding:4px 12px;background:{WASH};border:0">'
        f"“{escape(each['quote'])}”<br>"
        f'<span style="color:{MUTED};font-size:12px">{escape(basis)} · {escape(each["tier_zh"])} · '
        f"文本截至 text as of {escape(each['text_as_of'])}</span></blockquote>"
        f"{_because(each)}{_edge(each)}{_missing(each)}{_exemption(each)}</div>"
    )


def _because(each: Row) -> str:
    if not each["because_zh"]:
        return ""
    words = f"{escape(each['because_zh'])} {_en(each['because_en'])}"
    return _line("依据的情况 because", words)


def _edge(each: Row) -> str:
    if each.get("edge_m") is None:
        return ""
    side = "区内 inside" if each["edge_m"] >= 0 else "区外 outside"
    edge, tolerance = _number(abs(each["edge_m"])), _number(each["tolerance_m"])
    zone = f"{escape(each['layer_zh'] or '')}“{escape(each['zone_name'] or '')}”"
    words = f"{edge} m（{side}）· 误差 tolerance ±{tolerance} m · {zone}"
    return _line("距边界 to the boundary", words)


def _missing(each: Row) -> str:
    items = "；".join(f"{escape(m['zh'])} {_en(m['en'])}" for m in each["missing"])
    return _line("缺少 missing", items) if items else ""


def _exemption(each: Row) -> str:
    out = each["exemption"]
    if not out:
        return ""
    words = f"{escape(out['zh'])}（{escape(out['clause'])}“{escape(out['quote'])}”）"
    return _line("豁免 exempt", f"{words} {_en(out['en'])}")


def _foot(told: Verdict) -> str:
    touched = "、".join(f"{escape(z['layer_zh'])}“{escape(z['name'] or '')}”" for z in told.zones)
    clear = "、".join(f"{escape(z['zh'])} {_en(z['en'])}" for z in told.not_concerned)
    gaps = "、".join(f"{escape(z['zh'])} {_en(z['en'])}" for z in told.not_assessed)
    lines = [("涉及区划 zones", touched), ("不涉及 not concerned", clear)]
    lines.append(("未评估（本区无数据）not assessed: no data here", gaps))
    shown = "".join(_line(name, words) for name, words in lines if words)
    return f'<div style="border-top:1px solid {LINE};padding:8px 16px">{shown}</div>'


def _line(name: str, words: str) -> str:
    return (
        f'<div style="font-size:12px"><span style="color:{ACCENT}">{name}</span>&ensp;{words}</div>'
    )


def _en(words: str) -> str:
    return f'<span lang="en" style="color:{MUTED};font-size:12px">{escape(words)}</span>'


def _choice(value: Any) -> str | None:
    return value["zh"] if value else None


def _number(value: float | None) -> str:
    if value is None:
        return "不详 unknown"
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}"
