"""The closure report as a page: the summary, a table a county, the law, what is not known."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pandas as pd

from gis_app.report.markup import Html, element, joined, row, table
from gis_app.report.paper import document

if TYPE_CHECKING:
    from gis_app.notebook.closure import ClosureReport

_NOTE = (
    "本报告由登记册、区划和法律文本自动得出，供核对和办理参考，本身不作任何决定；"
    "送达前应逐井核对登记、位置和条文。",
    "Made from the register, the zones and the texts of law: it decides nothing by itself. Check "
    "each well's entry, place and clause before anything is served.",
)


def page(told: "ClosureReport") -> str:
    """The page; every text is escaped."""
    counties = [
        _county(code, name, told.closures[told.closures["area_code"] == code])
        for code, name in zip(told.counties["area_code"], told.counties["county"], strict=True)
    ]
    return document(
        told.title,
        element("h1", told.title, " ", _en("Closure report")),
        element("p", told.subtitle),
        _summary(told.counties),
        *counties,
        _basis(told.basis),
        _survey(told.survey),
        _gaps(told.gaps),
        element("p", _NOTE[0], " ", _en(_NOTE[1]), class_="note"),
    )


def _en(text: str) -> Html:
    return element("small", text, lang="en")


def _section(zh: str, en: str, *children: Html) -> Html:
    return element("section", element("h2", zh, " ", _en(en)), *children)


def _summary(counties: pd.DataFrame) -> Html:
    volume = "annual_reported_m3" in counties
    heads = ["县 county", "应关闭 must close", "须核查 to survey"]
    heads += ["上报年取水量 reported m³", "有数的井 known"] if volume else []
    names = ["must_close", "to_survey", *(["annual_reported_m3", "volume_known"] if volume else [])]
    rows = [
        row(f"{each['county']} {each['area_code']}", *(_number(each[n]) for n in names),
            numbers=range(1, 5))
        for each in counties.to_dict("records")
    ]  # fmt: skip
    total = row("合计 total", *(_number(counties[n].sum()) for n in names), numbers=range(1, 5))
    return table(heads, [*rows, total])


def _county(code: str, name: str, here: pd.DataFrame) -> Html:
    wells = here["subject_code"].nunique()
    title = f"{name} {code}：应关闭的井 {wells:,} 口"
    if not wells:
        return _section(title, "wells that must close", element("p", "无 none"))
    heads = ("井编号 well", "权利人 owner", "乡镇、村 place", "m³/年", "处置 order", "理由 reason")
    rows = [_well(str(well), told) for well, told in here.groupby("subject_code", sort=False)]
    return _section(title, "wells that must close", table(heads, rows, "wells"))


def _well(code: str, told: pd.DataFrame) -> Html:
    first = told.iloc[0]
    place = _words(first.get(name) for name in ("township", "village"))
    reasons = joined(*(element("p", str(each)) for each in told["sentence_zh"]))
    orders = "；".join(dict.fromkeys(map(str, told["verdict_zh"])))
    volume = _number(first.get("annual_reported_m3"))
    return row(code, _words([first.get("owner")]), place, volume, orders, reasons, numbers=(3,))


def _basis(basis: pd.DataFrame) -> Html:
    heads = ("文件 instrument", "条款 clause", "条文 quote", "处置 order", "井数 wells")
    rows = [
        row(
            f"《{each['instrument_zh']}》（{each['number']}）",
            f"{each['clause']}（{each['rule']}）",
            each["quote"],
            each["verdict_zh"],
            _number(each["wells"]),
            numbers=(4,),
        )
        for each in basis.to_dict("records")
    ]
    return _section("法律依据", "Legal basis", table(heads, rows))


def _survey(survey: pd.DataFrame) -> Html:
    """What is missing, and how many wells wait for it: a survey plan, not a list of closures."""
    missing = survey.assign(missing=survey["missing_zh"].str.split("；")).explode("missing")
    by = ["county", "missing"]
    counted = missing.groupby(by)["subject_code"].nunique().rename("wells").reset_index()
    counted = counted.sort_values("wells", ascending=False, kind="stable")
    rows = [
        row(each["county"], each["missing"], _number(each["wells"]), numbers=(2,))
        for each in counted.to_dict("records")
    ]
    heads = ("县 county", "需要查明 what is missing", "井数 wells")
    body = table(heads, rows) if rows else element("p", "无 none")
    return _section("尚不能下结论，须先核查", "Cannot be known: to survey first", body)


def _gaps(gaps: pd.DataFrame) -> Html:
    if gaps.empty:
        return Html("")
    rows = [
        row(f"{g['county']} {g['area_code']}", f"{g['layer_zh']} {g['layer']}", _number(g["wells"]),
            numbers=(2,))
        for g in gaps.to_dict("records")
    ]  # fmt: skip
    said = element("p", "以下图层在此无数据，不等于不涉及 no data is not “not concerned”：")
    heads = ("县 county", "图层 layer", "井数 wells")
    return _section("未评估", "Not assessed", said, table(heads, rows))


def _words(values: Iterable[Any]) -> str:
    return " ".join(str(each) for each in values if each is not None and not pd.isna(each))


def _number(value: Any) -> str:
    return "不详 unknown" if value is None or pd.isna(value) else f"{value:,.0f}"
