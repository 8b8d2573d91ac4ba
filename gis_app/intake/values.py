"""Text of a register cell → a typed value, or the reason why not.

A blank is unknown, never "no". Every distinct text is judged once, then spread over its rows.
"""

import re
from collections.abc import Callable

from gis_app.intake import units
from gis_app.intake.cells import BLANKS, NOTHING, UNKNOWN, Reading, bad, is_blank, tidy
from gis_app.intake.dates import read_date, read_instant
from gis_app.layer import Field

_YES = {"是", "有", "对", "true", "t", "yes", "y", "1", "√", "✓", "✔"}
_NO = {"否", "无", "没有", "不是", "false", "f", "no", "n", "0", "×", "✗", "✘", "x"}
_NUMBER = re.compile(r"([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?(?:e[+-]?\d+)?)\s*(\D.*)?", re.I)
_ABOUT = re.compile(
    r"^(约|大约|近|大于|小于|超过|不足|[><≥≤~≈])|左右$|以上$|以下$|\d\s*[-~—–至到]\s*\d|余$|多$"
)
_MYRIADS = {"千": 1e3, "万": 1e4, "亿": 1e8}
_MIXED = re.compile(r"(\d+)万(\d)千")  # 3万5千: 3.5万
_SPACED = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")  # 5 000, as ISO writes it
_SHOWN = 12

Parser = Callable[[str], Reading]


def parser_of(field: Field, scale: float = 1.0) -> Parser:
    """The function that reads one text as this field; numbers are multiplied with `scale`."""
    match field.kind:
        case "number" | "integer":
            return lambda text: read_number(text, field, scale)
        case "boolean":
            return lambda text: read_boolean(text, field)
        case "date":
            return lambda text: read_date(text, field)
        case "instant":
            return lambda text: read_instant(text, field)
        case "choice":
            words = vocabulary(field)
            return lambda text: read_choice(text, field, words)
        case _:
            return lambda text: Reading(text.strip() or None)


def read_number(text: str, field: Field, scale: float = 1.0) -> Reading:
    """A number in the field's unit: thousands apart, 千 and 万, and a unit of its own are read."""
    plain = _MIXED.sub(r"\1.\2万", _SPACED.sub("", tidy(text)))
    plain = plain.replace("，", ",").replace("−", "-")
    if plain.lower() in BLANKS or plain in UNKNOWN:
        return _no_volume(text, field) if plain.lower() == "nan" else Reading()
    if plain in NOTHING or _ABOUT.search(plain):
        return _no_number(text, plain, field)
    found = _NUMBER.fullmatch(plain)
    if not found or not found[1] or found[1] in "+-." or (number := _float(found[1])) is None:
        return bad("bad_number", f"“{text}”不是数值", f"{text!r} is not a number", field)
    if found[2]:
        return _with_unit(text, number, found[2].strip(), field)
    if field.kind == "integer" and not (number * scale).is_integer():
        return bad("bad_number", f"“{text}”不是整数", f"{text!r} is not a whole number", field)
    return Reading(number * scale)


def _no_volume(text: str, field: Field) -> Reading:
    """A computation that failed is no blank where water is counted."""
    if field.unit != "m3":
        return Reading()
    words = (f"“{text}”不是水量；不详请留空", f"{text!r} is no volume: leave it blank if unknown")
    return bad("bad_number", *words, field)


def _no_number(text: str, plain: str, field: Field) -> Reading:
    if plain in NOTHING:
        words = (f"“{text}”按空白处理", f"{text!r} is taken as blank")
        return Reading(None, "no_number", "info", *words)
    return Reading(
        None,
        "approximate_number",
        "warn",
        f"“{text}”不是确定的数值，{field.zh}按不详处理",
        f"{text!r} is not a definite number: {field.en} is left unknown",
    )


def _float(digits: str) -> float | None:
    try:
        return float(digits.replace(",", ""))
    except ValueError:
        return None


def _with_unit(text: str, number: float, unit: str, field: Field) -> Reading:
    scale = _MYRIADS.get(unit) or units.factor(unit, field.unit or "")
    if scale is None:
        return bad(
            "bad_number", f"“{text}”的单位读不懂", f"the unit of {text!r} is not known", field
        )
    value = number * scale
    told = f"{value:g} {field.unit or ''}".strip()
    return Reading(
        value, "unit_scaled", "info", f"“{text}”读作 {told}", f"{text!r} is read as {told}"
    )


def read_boolean(text: str, field: Field) -> Reading:
    """True, False, or None for a blank or an avowed "unknown"."""
    plain = tidy(text).lower()
    plain = plain.removesuffix(".0")
    if plain in BLANKS or plain in UNKNOWN:
        return Reading()
    if plain in _YES:
        return Reading(True)
    if plain in _NO:
        return Reading(False)
    return bad(
        "not_in_vocabulary",
        f"“{text}”不是 是/否",
        f"{text!r} is neither yes (是) nor no (否)",
        field,
    )


def vocabulary(field: Field) -> dict[str, str]:
    """Every accepted spelling of a choice, bare, with its key."""
    words: dict[str, str] = {}
    for key, choice in field.choices.items():
        for word in (*choice.aliases, choice.en, choice.zh, key):
            words[units.bare(word)] = key
    return words


def read_choice(text: str, field: Field, words: dict[str, str]) -> Reading:
    """The key of a vocabulary word, by key, Chinese, English or alias."""
    if is_blank(text):
        return Reading()
    key = words.get(units.bare(text)) or words.get(units.bare(text.strip().removesuffix(".0")))
    if key is not None:
        return Reading(key)
    if tidy(text) in UNKNOWN:
        return Reading()
    zh = "、".join(c.zh for c in list(field.choices.values())[:_SHOWN])
    en = ", ".join(list(field.choices)[:_SHOWN])
    more = " …" if len(field.choices) > _SHOWN else ""
    return bad(
        "not_in_vocabulary",
        f"“{text}”不在词表内；可用：{zh}{more}",
        f"{text!r} is not in the vocabulary; accepted: {en}{more}",
        field,
    )
