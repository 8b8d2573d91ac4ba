"""What changed between two audits, as a table for files: causes and facts in words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import orjson
import pyarrow as pa
import shapely

from gis_app.export import Table
from gis_app.export.changes import CAUSES, COLUMNS, FIELDS, KEY
from gis_app.export.table import batch, held
from gis_app.law import Rule, Words
from gis_app.registry import Registry
from gis_app.report.sentences import sentence
from gis_app.rules.engine import reads
from gis_app.rules.subjects import COLUMNS as FACTS

Row = Mapping[str, Any]
_SIDES = {"before": "one", "after": "other"}
_ON_BOTH = ("answer", "verdict", "exemption", "zone_id", "zone_version", "zone_name")
_UNKNOWN, _YES, _NO = Words("不详", "unknown"), Words("是", "yes"), Words("否", "no")


def table(parts: Iterable[Sequence[Row]], registry: Registry) -> Table:
    """Changes (rows of `store.changes.parts`, some at a time) with the columns of their codebook.

    The place is a point of the subject, null for what has none of its own.
    """
    made = Table(
        name="changes", zh="变化", en="Changes", fields=FIELDS, geometry="point",
        placed=False, key=KEY, batches=(),
    )  # fmt: skip
    return made.over(_batches(parts, registry, made.schema()))


def _batches(
    parts: Iterable[Sequence[Row]], registry: Registry, schema: pa.Schema
) -> Iterator[pa.RecordBatch]:
    with held(parts):
        for part in parts:
            yield batch([_row(row, registry) for row in part], schema)


def _row(row: Row, registry: Registry) -> list[Any]:
    side = "one" if row["kind"] == "closed" else "other"
    told = sentence(_of(row, side), registry)
    why = [_fact(name, pair, row, registry) for name, pair in sorted(row["facts"].items())]
    values = {
        **row,
        "cause": row["causes"][0],
        "causes": ";".join(row["causes"]),
        "cause_zh": "；".join(CAUSES[each].zh for each in row["causes"]),
        "why_zh": "；".join(each.zh for each in why),
        "why_en": "; ".join(each.en for each in why),
        "facts": orjson.dumps(row["facts"]).decode(),
        "layer": row[f"{side}_layer"],
        "sentence_zh": told.zh,
        "sentence_en": told.en,
    }
    for name, kept in _SIDES.items():
        values |= {f"{each}_{name}": row[f"{kept}_{each}"] for each in _ON_BOTH}
        values[f"edge_{name}_m"] = row[f"{kept}_edge_m"]
    place = None if row["lon"] is None else shapely.Point(row["lon"], row["lat"]).wkb
    return [*(values[name] for name in COLUMNS), place]


def _of(row: Row, side: str) -> dict[str, Any]:
    """The finding of one side."""
    start = f"{side}_"
    own = {n.removeprefix(start): v for n, v in row.items() if n.startswith(start)}
    return {**row, **own}


def _fact(name: str, pair: Sequence[Any], row: Row, registry: Registry) -> Words:
    """A fact before and after, as “应用状况：在用 → 已封存”."""
    called = _called(name, registry.rules.get(row["rule"]), registry)
    was, became = (_value(name, each, registry) for each in pair)
    return Words(f"{called.zh}：{was.zh} → {became.zh}", f"{called.en}: {was.en} → {became.en}")


def _called(name: str, rule: Rule | None, registry: Registry) -> Words:
    """What an office calls a fact, or a column of the register."""
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
    if name in FACTS:
        return Words(FACTS[name].zh, FACTS[name].en)
    own = {f.name: f for f in registry.layers["well"].fields}.get(name)
    return Words(own.zh, own.en) if own else _OTHERS.get(name, Words(name, name))


_OTHERS = {
    "uncertainty_m": Words("位置误差（米）", "uncertainty of the position, m"),
    "owner_id": Words("权利人", "owner"),
}


def _value(name: str, value: Any, registry: Registry) -> Words:
    if value is None:
        return Words("不能确定", "cannot be known") if name.startswith("in__") else _UNKNOWN
    if isinstance(value, bool):
        return _YES if value else _NO
    own = {f.name: f for f in registry.layers["well"].fields}.get(name)
    if own is not None and value in own.choices:
        return Words(own.choices[value].zh, own.choices[value].en)
    text = f"{value:,.10g}" if isinstance(value, int | float) else str(value)
    return Words(text, text)
