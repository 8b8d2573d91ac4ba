"""An analyst's frame of findings as a table for files: what was joined goes along."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa

from gis_app.client.frames import ADDED
from gis_app.errors import BadInput
from gis_app.export import Table
from gis_app.export.findings import COLUMNS, FIELDS, KEY, WORDS
from gis_app.export.table import ARROW, GEOMETRY
from gis_app.layer import Choice, Field, Kind

_KINDS: dict[str, Kind] = {"b": "boolean", "i": "integer", "u": "integer", "f": "number"}
_BATCH = 20_000


def table(findings: pd.DataFrame, register: Iterable[Field]) -> Table:
    """The frame with the columns of the codebook first; days as days, places as points.

    Raises `BadInput` when columns of the codebook are missing.
    """
    absent = [name for name in COLUMNS if name not in findings]
    if absent:
        raise BadInput(
            f"这不是结论清单，缺少列：{'、'.join(absent)}。请导出 AuditResult.findings() 的结果。",
            f"This is no frame of findings, columns are missing: {', '.join(absent)}. "
            "Export what AuditResult.findings() gives.",
        )
    known = {f.name: f for f in (*register, *WORDS, *FIELDS)}
    others = [str(name) for name in findings if name not in {*COLUMNS, GEOMETRY}]
    told = [_column(name, findings[name], known.get(name)) for name in [*COLUMNS, *others]]
    made = Table(
        name="findings", zh="结论", en="Findings", fields=tuple(field for field, _ in told),
        geometry="point", placed=False, key=KEY, batches=(),
    )  # fmt: skip
    places = gpd.points_from_xy(findings["lon"], findings["lat"])
    there = findings["lon"].notna().to_numpy()
    wkb = pa.array([p.wkb if t else None for p, t in zip(places, there, strict=True)], pa.binary())
    arrays = [*(values for _, values in told), wkb]
    whole = pa.Table.from_arrays(arrays, schema=made.schema())
    return made.over(whole.to_batches(max_chunksize=_BATCH))


def fields(declared: Sequence[Mapping[str, Any]]) -> list[Field]:
    """The fields of a layer as the service declares them."""
    return [
        Field(
            name=f["name"], zh=f["zh"], en=f["en"], kind=f["kind"], unit=f["unit"],
            choices={key: Choice(**words) for key, words in f["choices"].items()},
        )
        for f in declared
    ]  # fmt: skip


def _column(name: str, values: pd.Series, field: Field | None) -> tuple[Field, pa.Array]:
    """A column in the type of its field; what is not ours in the type it has."""
    kind = _KINDS.get(getattr(values.dtype, "kind", ""), "text")
    mine = field or Field(name=name, zh=ADDED, en="added by the analyst", kind=kind)
    try:
        return mine, pa.array(values, ARROW[mine.kind], from_pandas=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError):  # the analyst put something else into it
        texts = [None if pd.isna(each) else str(each) for each in values]
        return replace(mine, kind="text", unit=None), pa.array(texts, pa.string())
