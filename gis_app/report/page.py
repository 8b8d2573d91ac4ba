"""A pre-check as one printable page: HTML that needs nothing else."""

from collections.abc import Mapping, Sequence
from typing import Any

from gis_app.report.markup import Html, element, joined, row, table
from gis_app.report.paper import document
from gis_app.report.place_words import GROUND_HEADS, asked_words, ground, unit_words

Answer = Mapping[str, Any]


def html(answer: Answer) -> str:
    """The page of a pre-check's answer (that of `POST /precheck`); every text is escaped."""
    return document(
        f"凿井取水预审 {_where(answer['place'])} {answer['on']}",
        element("h1", "凿井取水预审 ", _en("Pre-check: may a well be drilled here?")),
        _facts(answer),
        _outcome(answer["outcome"]),
        _permit(answer["permit"]),
        _findings("不予批准的依据", "Grounds for refusal", _grounds(answer, suspended=False)),
        _findings(
            "暂停审批的依据", "Grounds to suspend approval", _grounds(answer, suspended=True)
        ),
        _findings("其他适用的规定", "Conditions and duties", answer["conditions"]),
        _unknown(answer["unknown"]),
        _bring(answer["bring"]),
        _findings("豁免", "Exempt", answer["exempt"]),
        _ground(answer),
        _unit(answer["unit"], hidden="unit" in answer["hidden"]),
        _gaps(answer["not_assessed"]),
        _note(answer["text_as_of"]),
    )


def _en(text: str) -> Html:
    return element("small", text, lang="en")


def _both(zh: str, en: str) -> Html:
    return joined(zh, " ", _en(en))


def _where(place: Answer) -> str:
    return f"{place['lon']:.6f}, {place['lat']:.6f}"


def _facts(answer: Answer) -> Html:
    place = answer["place"]
    county = place["district"] or "所在县区不能确定 county cannot be known"
    spot = [f"经度, 纬度 {_where(place)}（CGCS2000）", county]
    if place["area_code"] is not None:
        spot.append(place["area_code"])
    if place["area_m2"] is not None:
        spot.append(f"地块 parcel {place['area_m2']:,.0f} m²")
    asked = "；".join(f"{zh} {words}" for zh, _, words in asked_words(answer["asked"]))
    rows = (
        ("地点", "place", " · ".join(spot)),
        ("法律日期", "law as of", answer["on"]),
        ("申请", "asked", asked),
    )
    made = [
        element("tr", element("th", _both(zh, en)), element("td", text)) for zh, en, text in rows
    ]
    return element("table", *made, class_="facts")


def _outcome(outcome: Answer) -> Html:
    return element("p", "结论：", outcome["zh"], _en(f"Outcome: {outcome['en']}"), class_="outcome")


def _permit(permit: Answer | None) -> Html:
    """Whether a permit is needed at all, by which clause, and on what that depends."""
    if permit is None:
        return Html("")
    zh = element("p", permit["sentence_zh"])
    en = element("p", permit["sentence_en"], class_="en", lang="en")
    return _section(permit["zh"], f"{permit['en'][0].upper()}{permit['en'][1:]}", zh, en)


def _grounds(answer: Answer, *, suspended: bool) -> list[Answer]:
    return [each for each in answer["grounds"] if (each["verdict"] == "suspend") is suspended]


def _section(zh: str, en: str, *children: Html) -> Html:
    return element("section", element("h2", _both(zh, en)), *children)


def _findings(zh: str, en: str, findings: Sequence[Answer]) -> Html:
    if not findings:
        return Html("")
    return _section(f"{zh}（{len(findings)}）", en, *(_finding(each) for each in findings))


def _finding(found: Answer) -> Html:
    verdict = _both(f"{found['verdict_zh']} · {found['title_zh']}", found["verdict_en"])
    return element(
        "article",
        element("h3", verdict, _tier(found)),
        element("p", found["sentence_zh"]),
        element("p", found["sentence_en"], class_="en", lang="en"),
    )


def _unknown(findings: Sequence[Answer]) -> Html:
    """Short lines: what would follow, by which clause, and what is missing."""
    if not findings:
        return Html("")
    rows = []
    for found in findings:
        law = f"《{found['instrument_zh']}》{found['clause']}“{found['quote']}”"
        missing = "；".join(each["zh"] for each in found["missing"])
        title = _both(found["title_zh"], found["title_en"])
        rows.append(row(title, joined(law, _tier(found)), missing))
    heads = ("规定 rule", "依据 clause and quote", "缺什么 what is missing")
    return _section(f"不能确定（{len(findings)}）", "Cannot be known", table(heads, rows))


def _tier(found: Answer) -> Html:
    words = f"{found['rule']} {found['tier_zh']} {found['tier_en']}"
    return joined(" ", element("span", words, class_="tier"))


def _bring(bring: Sequence[Answer]) -> Html:
    if not bring:
        return Html("")
    items = (element("li", _both(each["zh"], each["en"])) for each in bring)
    return _section("须补充的材料", "What to bring", element("ul", *items))


def _ground(answer: Answer) -> Html:
    rows = [row(*cells, numbers=(3, 4)) for cells in ground(answer)]
    title = "所涉区划与各图层最近的界线（50 km 内）"
    none = element("p", _both("50 km 内没有任何区划。", "No zone on record within 50 km."))
    body = table(GROUND_HEADS, rows, "ground") if rows else none
    return _section(title, "Zones met and the nearest limit of every layer", body)


def _unit(unit: Answer | None, *, hidden: bool) -> Html:
    if hidden:
        words = ("水量指标登录后可见。", "Its figures are shown to who reads the registers there.")
        return _section("管理单元", "Management unit", element("p", _both(*words)))
    if unit is None:
        return Html("")
    named = " ".join(str(each) for each in (unit["name"], unit["code"], unit["year"]) if each)
    titles, cells = zip(*unit_words(unit), strict=True)
    figures = table(titles, [row(*cells, numbers=range(len(cells)))])
    return _section(f"管理单元：{named}", "Management unit", figures)


def _gaps(layers: Sequence[Answer]) -> Html:
    if not layers:
        return Html("")
    listed = "；".join(f"{layer['zh']} {layer['en']}" for layer in layers)
    said = element("p", "以下图层在此无数据，不等于不涉及 no data is not “not concerned”：", listed)
    return _section("未评估", "Not assessed", said)


def _note(as_of: str) -> Html:
    zh = (
        f"预审只供参考，不作任何决定，也不代替取水许可审批。法律文本截至 {as_of}，"
        "其后的修订须另行核对。区划与登记以库内数据为准。"
    )
    en = (
        "A pre-check decides nothing and stands for no permit. Texts of law are as of "
        f"{as_of}: check later amendments. Zones and registers are as recorded here."
    )
    return element("p", zh, " ", _en(en), class_="note")
