"""取水许可证编号 · the parts of a permit number, and what may be wrong with it.

A number is any text and is always kept as it was written. The pattern is that of the electronic
permits of recent years, such as C440114S2020-0005: level of the authority, division, source, year,
serial. Older numbers (取水（太原）字〔2007〕第…号) have other forms and no fault.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gis_app.intake.problem import Level
from gis_app.store import codes

PATTERN = re.compile(r"([ABCD])(\d{6})([SG])(\d{4})-(\d{4})", re.ASCII)
LEVELS = {
    "A": ("流域管理机构", "basin authority"),
    "B": ("省级", "province"),
    "C": ("市级", "city"),
    "D": ("县级", "county"),
}
_BASIN = "A"
# digits in which O stands for 0 or G for 6, and a 6 that stands for the source letter G
_LOOSE = re.compile(r"([ABCD])([0-9OG]{6})([SG6])([0-9OG]{4})-([0-9OG]{4})")
_DIGITS = str.maketrans("OG", "06")


@dataclass(frozen=True)
class Parts:
    """A permit number in its parts; `level` A basin, B province, C city, D county; S or G."""

    level: str
    division: str
    source: str
    year: int
    serial: str


@dataclass(frozen=True)
class Hint:
    """What may be wrong with a number; never a reason to refuse it."""

    code: str
    level: Level
    zh: str
    en: str


@dataclass(frozen=True)
class Context:
    """What a number is held against: the legal day, the loaded districts, whether a well has it."""

    today: date
    districts: Iterable[str] = ()
    on_well: bool = False


def parse(number: str | None) -> Parts | None:
    """The parts of a number that is written by the pattern; None for any other text."""
    found = PATTERN.fullmatch(number.strip()) if number else None
    if found is None:
        return None
    level, division, source, year, serial = found.groups()
    return Parts(level, division, source, int(year), serial)


def misread(number: str) -> str | None:
    """What a number probably says where letters and digits were confused or typed otherwise.

    O for 0 and G for 6 among the digits, 6 for the source letter G, small or full-width letters,
    other dashes. None for a number that has the pattern, and for one that is not near it.
    """
    if parse(number) is not None:
        return None
    plain = codes.plain(number).upper()
    found = _LOOSE.fullmatch(plain)
    if found is None:
        return None
    level, division, source, year, serial = found.groups()
    source = "G" if source == "6" else source
    division, year, serial = (part.translate(_DIGITS) for part in (division, year, serial))
    return f"{level}{division}{source}{year}-{serial}"


def hints(number: str, context: Context) -> list[Hint]:
    """What may be wrong with a number, gravest first; nothing for an older form."""
    parts = parse(number)
    if parts is None:
        meant = misread(number)
        if meant is None:
            return []
        zh, en = f"“{number}”像是“{meant}”", f"{number!r} looks like {meant!r}"
        said = Hint(
            "permit_number_misread",
            "warn",
            f"{zh}（G 与 6、O 与 0 易混，或全半角、连字符不同）；已按原文保存，请核对",
            f"{en} (G and 6, O and 0, or other letters and dashes); kept as written, check it",
        )
        return [said, *hints(meant, context)]
    return [hint for hint in (_future(parts, context), _surface(parts, context),
                              _elsewhere(parts, context)) if hint]  # fmt: skip


def _future(parts: Parts, context: Context) -> Hint | None:
    if parts.year <= context.today.year:
        return None
    return Hint(
        "permit_number_future",
        "warn",
        f"证号中的年份 {parts.year} 尚未到来，请核对",
        f"The year {parts.year} in the number has not come yet: check it",
    )


def _surface(parts: Parts, context: Context) -> Hint | None:
    if not context.on_well or parts.source != "S":
        return None
    return Hint(
        "permit_number_surface",
        "warn",
        "证号中的水源字母是 S（地表水），而该证用于井；请核对是否为 G（地下水）",
        "The source letter is S (surface water), but the permit covers a well: is G meant?",
    )


def _elsewhere(parts: Parts, context: Context) -> Hint | None:
    districts = list(context.districts)
    wide = parts.division
    while wide.endswith("00"):
        wide = wide[:-2]
    if not districts or parts.level == _BASIN:
        return None
    if wide and any(d.startswith(wide) or wide.startswith(d) for d in districts):
        return None
    return Hint(
        "permit_number_division",
        "warn",
        f"证号中的行政区划代码 {parts.division} 不在已载入的行政区中（可能是旧代码或外地证），"
        "请核对",
        f"The division {parts.division} in the number is in no loaded district (an old code, or a "
        "permit from elsewhere): check it",
    )
