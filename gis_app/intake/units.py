"""Headers without their dress, and the units that stand in them."""

import re
import unicodedata

# unit → (dimension, factor to the base of the dimension: m, m2, m3, m3/d, kWh, m3/kWh, %)
UNITS: dict[str, tuple[str, float]] = {
    **dict.fromkeys(("m", "米", "公尺", "meter", "metre", "meters", "metres"), ("length", 1.0)),
    **dict.fromkeys(("km", "千米", "公里"), ("length", 1e3)),
    **dict.fromkeys(("cm", "厘米"), ("length", 1e-2)),
    **dict.fromkeys(("mm", "毫米"), ("length", 1e-3)),
    **dict.fromkeys(("ft", "feet", "英尺"), ("length", 0.3048)),
    **dict.fromkeys(("in", "inch", "inches", "英寸"), ("length", 0.0254)),
    **dict.fromkeys(("m2", "平方米", "平米"), ("area", 1.0)),
    **dict.fromkeys(("km2", "平方公里", "平方千米"), ("area", 1e6)),
    **dict.fromkeys(("ha", "hm2", "公顷"), ("area", 1e4)),
    **dict.fromkeys(("亩", "mu"), ("area", 2000 / 3)),
    **dict.fromkeys(("m3", "立方米", "方", "吨", "t"), ("volume", 1.0)),
    **dict.fromkeys(("万m3", "万立方米", "万方", "万吨", "104m3", "10^4m3"), ("volume", 1e4)),
    **dict.fromkeys(("亿m3", "亿立方米", "亿方", "108m3", "10^8m3"), ("volume", 1e8)),
    **dict.fromkeys(("l", "升"), ("volume", 1e-3)),
    **dict.fromkeys(("m3/d", "m3/day", "立方米/日", "立方米/天", "方/天", "吨/日"), ("flow", 1.0)),
    **dict.fromkeys(("万m3/d", "万立方米/日", "万吨/日", "万立方米/天"), ("flow", 1e4)),
    **dict.fromkeys(("m3/h", "立方米/小时", "方/时", "吨/小时", "立方米/时"), ("flow", 24.0)),
    **dict.fromkeys(("m3/s", "立方米/秒"), ("flow", 86_400.0)),
    **dict.fromkeys(("l/s", "升/秒"), ("flow", 86.4)),
    **dict.fromkeys(("kwh", "千瓦时", "千瓦·时"), ("energy", 1.0)),
    **dict.fromkeys(("万kwh", "万千瓦时", "万度"), ("energy", 1e4)),
    **dict.fromkeys(
        ("m3/kwh", "立方米/千瓦时", "立方米/度", "m3/度", "方/度"), ("volume per energy", 1.0)
    ),
    **dict.fromkeys(("%", "percent"), ("share", 1.0)),
}
_SILENT = {"年", "年月", "年月日", "日期", "个", "眼", "°", "度"}
_A_YEAR = re.compile(r"(/|每|\s*per\s*)(年|a|y|yr|year)$")
_BRACKETED = re.compile(r"[(\[【〔{<]([^)\]】〕}>]*)[)\]】〕}>]")
_SLASHED = re.compile(r"[/,:;、]\s*([^/,:;、]+(/[a-z日天秒时年]+)?)$")
_LATIN_TAIL = re.compile(r"(?<=[\u4e00-\u9fff])([a-z0-9^/]+)$")
_DRESS = re.compile(r"[\s_\-.·:：、,，;；/\\()\[\]【】〔〕{}<>*#'\"|]+")


def unit_of(text: str) -> tuple[str, float] | None:
    """The dimension and factor of a unit, or None; a volume a year counts as a volume."""
    plain = unicodedata.normalize("NFKC", text).strip().lower().replace(" ", "")
    return UNITS.get(_A_YEAR.sub("", plain) or plain) or UNITS.get(plain)


def factor(unit: str, field_unit: str) -> float | None:
    """What a number in `unit` is multiplied with to be in `field_unit`; None if it cannot be."""
    source, target = unit_of(unit), unit_of(field_unit)
    if source is None or target is None or source[0] != target[0]:
        return None
    return source[1] / target[1]


def split(header: str) -> tuple[str, str | None]:
    """A header as (bare name for comparison, unit or None).

    NFKC, lower case, without spaces, brackets and punctuation.
    """
    text = unicodedata.normalize("NFKC", header).strip().lower()
    unit = None
    for pattern in (_BRACKETED, _SLASHED, _LATIN_TAIL):
        found = next((m for m in pattern.finditer(text) if _is_unit(m[1])), None)
        if found and found.start() > 0:
            unit = found[1].strip()
            text = text[: found.start()] + text[found.end() :]
            break
    return _DRESS.sub("", text), None if unit in _SILENT else unit


def _is_unit(text: str) -> bool:
    return text.strip() in _SILENT or unit_of(text) is not None


def bare(text: str) -> str:
    """A vocabulary word for comparison: NFKC, lower case, without spaces and punctuation."""
    return _DRESS.sub("", unicodedata.normalize("NFKC", text).strip().lower())
