"""A pre-check as one printable page: HTML that needs nothing else, and the same as PDF."""

from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from gis_app.errors import SetupError
from gis_app.registers.projects import APPLICATION
from gis_app.report.markup import Html, element, joined, row, table

Answer = Mapping[str, Any]
_POINTS = (
    ("北", "N"), ("东北", "NE"), ("东", "E"), ("东南", "SE"),
    ("南", "S"), ("西南", "SW"), ("西", "W"), ("西北", "NW"),
)  # fmt: skip
_FIELDS = {field.name: field for field in APPLICATION.fields}
_UNIT = (
    ("quota_m3", "总量控制指标 quota", " m³"),
    ("cap_m3", "许可控制总量 permit ceiling", " m³"),
    ("permitted_m3", "已许可 permitted", " m³"),
    ("remaining_m3", "指标余量 quota left", " m³"),
    ("taken_m3", "取用水量 taken", " m³"),
    ("level_m", "水位 level", " m"),
    ("control_level_m", "控制水位 control level", " m"),
)


def html(answer: Answer) -> str:
    """The page of a pre-check's answer (that of `POST /precheck`); every text is escaped."""
    style = Html(files("gis_app.report").joinpath("page.css").read_text(encoding="utf-8"))
    head = element(
        "head",
        Html('<meta charset="utf-8">'),
        Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        element("title", f"凿井取水预审 {_where(answer['place'])} {answer['on']}"),
        element("style", style),
    )
    body = element(
        "body",
        element("h1", "凿井取水预审 ", _en("Pre-check: may a well be drilled here?")),
        _facts(answer),
        _outcome(answer["outcome"]),
        _findings("不予批准的依据", "Grounds for refusal", answer["grounds"]),
        _findings("其他适用的规定", "Conditions and duties", answer["conditions"]),
        _unknown(answer["unknown"]),
        _bring(answer["bring"]),
        _findings("豁免", "Exempt", answer["exempt"]),
        _zones(answer["zones"]),
        _nearest(answer["nearest"]),
        _unit(answer["unit"]),
        _gaps(answer["not_assessed"]),
        _note(answer["text_as_of"]),
    )
    return "<!doctype html>\n" + element("html", head, body, lang="zh-CN")


def pdf(page: str) -> bytes:
    """A page as PDF. Raises `SetupError` where the machine lacks the libraries that set type."""
    try:
        from weasyprint import HTML, URLFetcher  # noqa: PLC0415 – only paper needs Pango
    except OSError as error:
        raise SetupError(
            "缺少排版库 Pango，不能生成 PDF（网页可用）。请运行 sh docker/install-packages.sh；"
            "macOS：brew install pango。",
            "Pango is missing, so there is no PDF (the page works). Run "
            "sh docker/install-packages.sh; on macOS: brew install pango.",
        ) from error
    nothing = URLFetcher(allowed_protocols=())  # a page has no business outside itself
    return bytes(HTML(string=page, url_fetcher=nothing).write_pdf())


def compass(bearing_deg: float) -> tuple[str, str]:
    """The nearest of the eight points of the compass, in Chinese and English."""
    return _POINTS[round(bearing_deg / 45) % 8]


def metres(value: float) -> str:
    """A distance as it is said: 4.2 m, 310 m, 12.3 km."""
    if value >= 10_000:
        return f"{value / 1000:,.1f} km"
    return f"{value:,.0f} m" if value >= 10 else f"{value:.1f} m"


def number(value: float | None) -> str:
    """A number with thousands separators; a blank is said to be unknown."""
    return "不详 unknown" if value is None else f"{value:,.10g}"


def lies(zone: Mapping[str, Any]) -> tuple[str, str]:
    """How a place lies to a zone that it touches within the tolerance."""
    if zone["inside"]:
        sure = zone["edge_m"] >= zone["tolerance_m"]
        return ("内", "inside") if sure else ("内，近界线", "inside, near the line")
    if zone["edge_m"] >= 0:
        return "部分在内", "partly inside"
    return "外，近界线", "outside, near the line"


def asked_words(asked: Answer) -> list[tuple[str, str, str]]:
    """What was asked for as (Chinese label, English label, value in words)."""
    told = []
    for name, value in asked.items():
        field = _FIELDS.get(name)
        if field is None or value is None:
            continue
        words = number(value) if field.kind == "number" else str(value)
        if field.kind == "boolean":
            words = "是 yes" if value else "否 no"
        elif field.kind == "choice":
            words = f"{field.choices[value].zh} {field.choices[value].en}"
        told.append((field.zh, field.en, words))
    return told


def _en(text: str) -> Html:
    return element("small", text, lang="en")


def _both(zh: str, en: str) -> Html:
    return joined(zh, " ", _en(en))


def _where(place: Answer) -> str:
    return f"{place['lon']:.6f}, {place['lat']:.6f}"


def _facts(answer: Answer) -> Html:
    place = answer["place"]
    county = [place["district"] or "所在县区不能确定 county cannot be known", place["area_code"] or ""]
    spot = [f"经度, 纬度 {_where(place)}（CGCS2000）", *(each for each in county if each)]
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
    return element(
        "p", "结论：", outcome["zh"], _en(f"Outcome: {outcome['en']}"), class_="outcome"
    )


def _section(zh: str, en: str, *children: Html) -> Html:
    return element("section", element("h2", _both(zh, en)), *children)


def _findings(zh: str, en: str, findings: Sequence[Answer]) -> Html:
    if not findings:
        return Html("")
    return _section(f"{zh}（{len(findings)}）", en, *(_finding(each) for each in findings))


def _finding(found: Answer) -> Html:
    verdict = _both(f"{found['verdict_zh']} · {found['title_zh']}", found["verdict_en"])
    tier = element("span", f"{found['tier_zh']} {found['tier_en']}", class_="tier")
    return element(
        "article",
        element("h3", verdict, " ", tier),
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
        rows.append(
            row(
                joined(found["title_zh"], " ", _en(found["verdict_en"])),
                joined(law, " ", element("span", found["tier_zh"], class_="tier")),
                joined(
                    "；".join(each["zh"] for each in found["missing"]),
                    " ",
                    _en("; ".join(each["en"] for each in found["missing"])),
                ),
            )
        )
    heads = ("规定 rule", "依据 clause and quote", "缺什么 what is missing")
    return _section(f"不能确定（{len(findings)}）", "Cannot be known", table(heads, rows))


def _bring(bring: Sequence[Answer]) -> Html:
    if not bring:
        return Html("")
    items = (element("li", _both(each["zh"], each["en"])) for each in bring)
    return _section("须补充的材料", "What to bring", element("ul", *items))


def _zones(zones: Sequence[Answer]) -> Html:
    rows = [
        row(
            _both(zone["layer_zh"], zone["layer_en"]),
            zone["name"],
            _both(*lies(zone)),
            metres(abs(zone["edge_m"])),
            metres(zone["tolerance_m"]),
            numbers=(3, 4),
        )
        for zone in zones
    ]
    heads = ("图层 layer", "区划 zone", "位置 lies", "距界线 to its edge", "误差 tolerance")
    none = element("p", _both("不在任何区划内或其近旁。", "In no zone on record, nor near one."))
    return _section("所涉区划", "Zones met", table(heads, rows) if rows else none)


def _nearest(limits: Sequence[Answer]) -> Html:
    if not limits:
        return Html("")
    rows = []
    for limit in limits:
        zh, en = compass(limit["bearing_deg"])
        way = f"{zh} {en} {limit['bearing_deg']:.0f}°" if limit["distance_m"] > 0 else "—"
        rows.append(
            row(
                _both(limit["layer_zh"], limit["layer_en"]),
                limit["name"],
                "内 inside" if limit["inside"] else "外 outside",
                metres(limit["distance_m"]),
                way,
                numbers=(3,),
            )
        )
    heads = ("图层 layer", "区划 zone", "在其 lies", "距离 distance", "方位 bearing")
    return _section("各图层最近的界线（50 km 内）", "Nearest limits", table(heads, rows))


def _unit(unit: Answer | None) -> Html:
    if unit is None:
        return Html("")
    named = " ".join(str(each) for each in (unit["name"], unit["code"], unit["year"]) if each)
    cells = [number(unit[n]) + (mark if unit[n] is not None else "") for n, _, mark in _UNIT]
    figures = table([title for _, title, _ in _UNIT], [row(*cells, numbers=range(len(cells)))])
    return _section(f"管理单元：{named}", "Management unit", figures)


def _gaps(layers: Sequence[Answer]) -> Html:
    if not layers:
        return Html("")
    listed = "；".join(f"{layer['zh']} {layer['en']}" for layer in layers)
    said = element("p", "以下图层在此无数据，不等于不涉及 no data is not “not concerned”：", listed)
    return _section("未评估", "Not assessed", said)


def _note(as_of: str) -> Html:
    return element(
        "p",
        f"预审只供参考，不作任何决定，也不代替取水许可审批。法律文本截至 {as_of}，其后的修订须另行核对。"
        "区划与登记以库内数据为准。",
        element(
            "span",
            f" A pre-check decides nothing and stands for no permit. Texts of law are as of {as_of}: "
            "check later amendments. Zones and registers are as recorded here.",
            class_="en",
            lang="en",
        ),
        class_="note",
    )
