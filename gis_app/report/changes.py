"""What changed between two audits, as a table for files: causes and facts in words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import orjson
import pyarrow as pa
import shapely

from gis_app.export import Table
from gis_app.export.changes import CAUSES, COLUMNS, FIELDS, KEY
from gis_app.export.table import batch, held
from gis_app.law import Words
from gis_app.registry import Registry
from gis_app.report import fact_words
from gis_app.report.sentences import sentence

Row = Mapping[str, Any]
_SIDES = {"before": "one", "after": "other"}
_ON_BOTH = ("answer", "verdict", "exemption", "zone_id", "zone_version", "zone_name")


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
    called = fact_words.called(name, registry.rules.get(row["rule"]), registry)
    was, became = (fact_words.value(name, each, registry) for each in pair)
    return Words(f"{called.zh}：{was.zh} → {became.zh}", f"{called.en}: {was.en} → {became.en}")
