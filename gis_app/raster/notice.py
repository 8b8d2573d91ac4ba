"""What is doubtful or wrong of a raster or another input, by its name, with the way out."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from gis_app.errors import Refused

Level = Literal["refuse", "warn", "info"]


@dataclass(frozen=True)
class Notice:
    """One finding: `of` is the name of the input as the plan has it."""

    level: Level
    of: str
    code: str
    zh: str
    en: str


def worded(level: Level, of: str, code: str, words: tuple[str, str], *values: object) -> Notice:
    """Words in Chinese and English about an input, filled in: {0}, {1} … are the values."""
    zh, en = (each.format(*values) for each in words)
    return Notice(level, of, code, zh, en)


def refuse_any(notices: Iterable[Notice]) -> None:
    """Raise `Refused` with every finding that forbids a computation, not only the first."""
    wrong = [each for each in notices if each.level == "refuse"]
    if wrong:
        named = "、".join(dict.fromkeys(each.of for each in wrong))
        raise Refused(
            f"输入有误，不能计算：{named}。逐项说明与办法如下。",
            f"These inputs cannot be computed with: {named}. Each is told below, with the way out.",
            wrong,
        )
