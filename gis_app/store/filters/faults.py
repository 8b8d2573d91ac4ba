"""What is wrong with a filter, in words that say how to mend it."""

from collections.abc import Sequence
from typing import Any

from gis_app.errors import BadInput
from gis_app.layer import Field
from gis_app.store.filters.names import CONDITIONS, VALUES
from gis_app.store.filters.term import Term
from gis_app.store.sources import Source

_KIND = {
    "text": ("文本", "text", "文本用单引号：'老井'", "text is written in single quotes: '老井'"),
    "number": ("数值", "a number", "数值不加引号：120.5", "a number has no quotes: 120.5"),
    "boolean": ("是否", "a boolean", "是否写作 true 或 false", "a boolean is true or false"),
    "date": (
        "日期",
        "a date",
        "日期写作 DATE('2024-06-30')",
        "a date is written DATE('2024-06-30')",
    ),
    "instant": (
        "时刻",
        "an instant",
        "时刻写作 TIMESTAMP('2024-06-30T08:00:00Z')",
        "an instant is written TIMESTAMP('2024-06-30T08:00:00Z')",
    ),
}


def unknown(name: str, source: Source, geometry: str) -> BadInput:
    """There is no such property."""
    listed = [*source.properties, *([] if source.geom is None else [geometry])]
    return BadInput(
        f"没有属性“{name}”。可用属性：{'、'.join(listed)}。",
        f"There is no property {name!r}. There are: {', '.join(listed)}.",
    )


def no_scalar(name: str) -> BadInput:
    """A place is compared with anything but a place."""
    return BadInput(
        f"“{name}”是位置，只能用于 S_INTERSECTS、S_WITHIN 等空间函数或 IS NULL。",
        f"{name!r} is a place: use it in S_INTERSECTS, S_WITHIN and the like, or with IS NULL.",
    )


def no_place(name: str) -> BadInput:
    """The collection keeps no places."""
    return BadInput(
        f"此集合没有位置，不能按“{name}”过滤。",
        f"This collection keeps no places: there is no {name!r} to filter by.",
    )


def different(terms: Sequence[Term]) -> BadInput:
    """Values of different kinds are compared."""
    first = next((t for t in terms if t.field is not None), terms[0])
    other = next(t for t in terms if t.kind != first.kind)
    zh, en, hint_zh, hint_en = _KIND[first.kind]
    return BadInput(
        f"{_named_zh(first)}是{zh}，不能与{_named_zh(other)}（{_KIND[other.kind][0]}）比较；"
        f"{hint_zh}。",
        f"{_named_en(first)} is {en} and is not compared with {_named_en(other)} "
        f"({_KIND[other.kind][1]}): {hint_en}.",
    )


def wanted(term: Term, kind: str, place: str) -> BadInput:
    """A value of another kind is needed."""
    return BadInput(
        f"{place} 需要{_KIND[kind][0]}，而{_named_zh(term)}是{_KIND[term.kind][0]}；"
        f"{_KIND[kind][2]}。",
        f"{place} takes {_KIND[kind][1]}; {_named_en(term)} is {_KIND[term.kind][1]}: "
        f"{_KIND[kind][3]}.",
    )


def no_boolean(term: Term) -> BadInput:
    """A property that is no boolean stands alone."""
    return BadInput(
        f"{_named_zh(term)}是{_KIND[term.kind][0]}，不能单独作条件；请比较，或用 IS NOT NULL。",
        f"{_named_en(term)} is {_KIND[term.kind][1]} and no condition by itself: compare it, or "
        "ask IS NOT NULL.",
    )


def no_choice(field: Field, text: str) -> BadInput:
    """A choice has no such value."""
    return BadInput(
        f"{field.name}（{field.zh}）没有取值“{text}”。可取：{'、'.join(field.choices)}。",
        f"{field.name} has no value {text!r}. It takes: {', '.join(field.choices)}.",
    )


def null() -> BadInput:
    """NULL is compared."""
    return BadInput(
        "不能与 NULL 比较；空值用 IS NULL 判断。", "Nothing equals NULL: ask with IS NULL."
    )


def no_value(node: Any) -> BadInput:
    """Something else stands where a value is needed."""
    named = _told(node)
    return BadInput(
        f"此处需要一个值（属性、文本、数值、日期），而不是{named}。",
        f"A value (property, text, number, date) is needed here, not {named}.",
    )


def no_condition(node: Any) -> BadInput:
    """Something else stands where a condition is needed."""
    named = _told(node)
    return BadInput(
        f"此处需要一个条件（如 status = 'active'），而不是{named}。",
        f"A condition (like status = 'active') is needed here, not {named}.",
    )


def no_function(name: str) -> BadInput:
    """There is no such operator or function."""
    listed = sorted(CONDITIONS | VALUES)
    arrays = name.startswith("a_")
    why = "（没有数组属性）" if arrays else ""
    because = " (no property is an array)" if arrays else ""
    return BadInput(
        f"没有运算或函数“{name}”{why}。可用：{'、'.join(listed)}。",
        f"There is no operator or function {name!r}{because}. There are: {', '.join(listed)}.",
    )


def arguments(name: str, wants: str, got: int) -> BadInput:
    """An operator has too few or too many arguments."""
    return BadInput(
        f"“{name}”需要 {wants} 个参数，给了 {got} 个。",
        f"{name!r} takes {wants} arguments, not {got}.",
    )


def _named_zh(term: Term) -> str:
    if term.field is not None:
        return f"属性 {term.field.name}（{term.field.zh}）"
    return f"“{str(term.written)[:40]}”" if term.written is not None else "表达式"


def _named_en(term: Term) -> str:
    if term.field is not None:
        return f"property {term.field.name}"
    return f"{str(term.written)[:40]!r}" if term.written is not None else "the expression"


def _told(node: Any) -> str:
    if isinstance(node, dict):
        return str(node.get("op") or node.get("type") or next(iter(node), "{}"))[:40]
    return repr(node)[:40]
