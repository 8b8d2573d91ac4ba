"""Facts in the words of an office: what they are called, and what they say."""

from collections.abc import Mapping
from typing import Any

from gis_app.law import Rule, Words
from gis_app.layer import Choice
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
    if name == "layer" and given in registry.layers:
        return Words(registry.layers[given].zh, registry.layers[given].en)
    chosen = _choices(name, registry).get(given)
    if chosen is not None:
        return Words(chosen.zh, chosen.en)
    text = f"{given:,.10g}" if isinstance(given, int | float) else str(given)
    return Words(text, text)


# facts that a register calls otherwise
_KEPT_AS = {
    "application_kind": ("application", "kind"),
    "site_kind": ("site", "kind"),
    "emergency_filing": ("exemption_grant", "filing_state"),
}


def _choices(name: str, registry: Registry) -> Mapping[Any, Choice]:
    """The values that a fact may have, with their words: of the well, else of who else has it."""
    kept_in, kept_as = _KEPT_AS.get(name, ("well", name))
    first = registry.served[kept_in]
    for each in (first, *registry.served.values()):
        for field in each.fields:
            if field.name == kept_as and field.choices:
                return field.choices
    return {}
