"""Findings as a table with the columns and words of every list of them, whatever found them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
import shapely

from gis_app.export import Table
from gis_app.export.findings import COLUMNS, FIELDS, KEY, WORDS
from gis_app.export.table import batch, held
from gis_app.flags import flag_of
from gis_app.law import Answer, Rule, Verdict
from gis_app.registry import Registry
from gis_app.report.sentences import exemption, missing, ordered, sentence

Row = Mapping[str, Any]


def table(parts: Iterable[Sequence[Row]], registry: Registry, *, words: bool = False) -> Table:
    """Findings (rows of `store.ledger`, some at a time) with the columns of the codebook.

    The place is a point, null for what has none of its own. With `words` those that an office reads
    go along: clause, quote, class on the map …
    """
    fields = (*FIELDS, *WORDS) if words else FIELDS
    made = Table(
        name="findings", zh="结论", en="Findings", fields=fields, geometry="point",
        placed=False, key=KEY, batches=(),
    )  # fmt: skip
    return made.over(_batches(parts, registry, made.schema(), words=words))


def _batches(
    parts: Iterable[Sequence[Row]], registry: Registry, schema: pa.Schema, *, words: bool
) -> Iterator[pa.RecordBatch]:
    with held(parts):
        for part in parts:
            yield batch([_row(row, registry, words=words) for row in part], schema)


def _row(row: Row, registry: Registry, *, words: bool) -> list[Any]:
    told = sentence(row, registry)
    rule = registry.rules.get(row["rule"])
    made = {
        "tier": None if rule is None else rule.instrument.tier.value,
        "missing": ";".join(row["missing"]),
        "sentence_zh": told.zh,
        "sentence_en": told.en,
    }
    nowhere = row["lon"] is None
    place = None if nowhere else shapely.Point(row["lon"], row["lat"]).wkb
    own = [made[name] if name in made else row.get(name) for name in COLUMNS]
    return [*own, *(_words(row, rule, registry) if words else ()), place]


def _words(row: Row, rule: Rule | None, registry: Registry) -> list[Any]:
    """The values of `WORDS`; of law that has been taken out of the code only what is kept."""
    told = {"flag": flag_of(row["answer"], row["verdict"]), "answer_zh": Answer(row["answer"]).zh}
    layer = registry.layers.get(row["layer"])
    told |= {"layer_zh": layer.zh} if layer else {}
    if rule is not None:
        out = exemption(row, registry)
        told |= {
            "verdict_zh": ordered(rule, Verdict(row["verdict"])).zh,
            "instrument_zh": rule.instrument.zh,
            "number": rule.instrument.number,
            "quote": rule.quote,
            "missing_zh": "；".join(each.zh for each in missing(row, registry)),
            **({"exemption_zh": out.zh} if out else {}),
        }
    return [told[f.name] if f.name in told else row.get(f.name) for f in WORDS]
