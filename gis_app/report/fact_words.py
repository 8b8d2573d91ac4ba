"""Facts in the words of an office: what they are called, and what they say."""

from typing import Any

from gis_app.law import Rule, Words
from gis_app.registry import Registry
from gis_app.rules.columns import COLUMNS
from gis_app.rules.engine import reads

_UNKNOWN, _YES, _NO = Words("不详", "unknown"), Words("是", "yes"), Words("否", "no")


def called(name: str, rule: Rule | None, registry: Registry) -> Words:
    """What an office calls a fact that a rule reads, or a column of the register."""
    number = None
    if rule is not None:
        number = next((p for p in reads(rule).parameters if p.column == name), None)
    if number is not None:
        return Words(number.zh, number.en)
    place, _, rest = name.partition("__")
    if place in {"in", "since"} and rest:
        names = rest.split("__")
        layer = registry.layers.get(names[0])
        zh, en = (layer.zh, layer.en.lower()) if layer else (names[0], names[0])
        if layer and len(names) > 1 and names[1] in layer.grades:
            grade = layer.grades[names[1]]
            zh, en = f"{zh}（{grade.zh}）", f"{en} ({grade.en})"
        if place == "in":
            return Words(f"在{zh}内", f"inside {en}")
        return Words(f"该处{zh}的起始日期", f"{en} there since")
    if name in COLUMNS:
        return Words(COLUMNS[name].zh, COLUMNS[name].en)
    own = {f.name: f for f in registry.layers["well"].fields}.get(name)
    return Words(own.zh, own.en) if own else _OTHERS.get(name, Words(name, name))


_OTHERS = {
    "uncertainty_m": Words("位置误差（米）", "uncertainty of the position, m"),
    "owner_id": Words("权利人", "owner"),
}


def value(name: str, given: Any, registry: Registry) -> Words:
    """What a fact says; None: it is not recorded, or cannot be known of a place."""
    if given is None:
        return Words("不能确定", "cannot be known") if name.startswith("in__") else _UNKNOWN
    if isinstance(given, bool):
        return _YES if given else _NO
    own = {f.name: f for f in registry.layers["well"].fields}.get(name)
    if own is not None and given in own.choices:
        return Words(own.choices[given].zh, own.choices[given].en)
    text = f"{given:,.10g}" if isinstance(given, int | float) else str(given)
    return Words(text, text)
