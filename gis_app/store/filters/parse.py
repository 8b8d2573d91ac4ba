"""From the text of a filter to its tree, within limits that are kept before anything is parsed.

A tree is CQL2-JSON: {"op", "args"}, {"property"}, {"date"}, {"timestamp"}, {"interval"}, {"bbox"},
a GeoJSON geometry, a list, a text, a float or a boolean.
"""

import re
from collections.abc import Iterator
from typing import Any, Literal

import cql2

from gis_app.errors import BadInput

Language = Literal["cql2-text", "cql2-json"]
LENGTH = 8192  # bytes of UTF-8
DEPTH = 50
VERTICES = 10_000

_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_STEPS = re.compile(
    r"[()]|(?P<rest>,|\b(?:and|or)\b)|(?P<down>\b(?:not|is|in|like|between|div)\b|[-+*/%^]|[<>=!]+)",
    re.IGNORECASE,
)
_WHERE = re.compile(r"--> (\d+):(\d+)")


def tree(text: str, language: Language) -> Any:
    """The tree of a filter. Raises `BadInput` for what cannot be read or goes beyond the limits."""
    _measure(text, language)
    try:
        read = cql2.parse_text if language == "cql2-text" else cql2.parse_json
        found = read(text).to_json()
    except Exception as error:
        raise _unreadable(text, language, str(error)) from None
    if any(depth > DEPTH for depth in _depths(found)):
        raise _too_deep()
    return found


def _measure(text: str, language: Language) -> None:
    size = len(text.encode(errors="replace"))
    if size > LENGTH:
        raise BadInput(
            f"过滤条件长 {size} 字节，上限为 {LENGTH} 字节。请简化图形或拆成几次查询。",
            f"The filter has {size} bytes; the limit is {LENGTH}. Use a simpler shape or ask in "
            "several requests.",
        )
    # a deep text overruns the stack of the parser, which ends the process: measured before
    if language == "cql2-text" and _nesting(text) > DEPTH:
        raise _too_deep()


def _nesting(text: str) -> int:
    """How deep a text goes at most: brackets, or operators that follow one another."""
    brackets = run = deepest = 0
    for step in _STEPS.finditer(_QUOTED.sub(" ", text)):
        if step["rest"]:
            run = 0
        elif step["down"]:
            run += 1
        else:
            brackets += 1 if step[0] == "(" else -1
        deepest = max(deepest, brackets, run)
    return deepest


def _depths(found: Any) -> Iterator[int]:
    waiting = [(found, 0)]
    while waiting:
        node, depth = waiting.pop()
        if isinstance(node, dict) and "op" in node:
            yield depth + 1
            waiting += [(each, depth + 1) for each in node["args"]]
        elif isinstance(node, list):
            yield depth + 1
            waiting += [(each, depth + 1) for each in node]


def _too_deep() -> BadInput:
    return BadInput(
        f"过滤条件嵌套超过 {DEPTH} 层。请去掉多余的括号，或用 IN 代替一连串 OR。",
        f"The filter is nested deeper than {DEPTH}. Leave out brackets, or use IN for a chain of "
        "OR.",
    )


def _unreadable(text: str, language: Language, told: str) -> BadInput:
    place = _WHERE.search(told)
    if language == "cql2-json" or place is None:
        first = told.strip().splitlines()[0][:200] if told.strip() else ""
        return BadInput(
            f"filter 不是 {language}：{first}。", f"The filter is no {language}: {first}."
        )
    line, column = int(place[1]), int(place[2])
    near = text.splitlines()[line - 1][column - 1 :][:20] if text.strip() else ""
    zh = f"“{near}”处" if near else "末尾"
    en = f"at {near!r}" if near else "at its end"
    return BadInput(
        f"filter 第 {line} 行第 {column} 个字符读不懂（{zh}）。写法如 "
        "status = 'active' AND depth_m > 100；文本用单引号。",
        f"The filter cannot be read at line {line}, character {column} ({en}). It is written like "
        "status = 'active' AND depth_m > 100, with text in single quotes.",
    )
