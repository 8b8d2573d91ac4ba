"""Checked rows as an Arrow table on disk, between preview and commit; and the rows refused."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from gis_app.crs import STORAGE_SRID
from gis_app.intake.cells import NUL, as_text
from gis_app.intake.geometry import Shapes
from gis_app.intake.match import Matched, key_of
from gis_app.intake.problem import Problems
from gis_app.intake.read import Table
from gis_app.intake.typed import column, law_status
from gis_app.layer import ZONE_FIELDS, Layer, Register

_COMMON = {f.name for f in ZONE_FIELDS}


def hex_ewkb(shapes: Shapes) -> pa.Array:
    """Shapes (EPSG:4490) as PostGIS reads them by COPY."""
    marked = shapely.set_srid(shapes, STORAGE_SRID)
    return pa.array(shapely.to_wkb(marked, hex=True, include_srid=True), pa.large_string())


def rows_of(
    matched: Matched, collection: Layer | Register, shapes: Shapes, problems: Problems
) -> pa.Table:
    """The matched rows as the columns of their table; `row_no` counts data rows.

    A register's key is always there, blank where the file has none of it.
    """
    columns: dict[str, pa.Array] = {"row_no": pa.array(matched.values.index.to_numpy())}
    zones = isinstance(collection, Layer) and collection.geometry == "polygon"
    for field in collection.all_fields:
        if field.name in matched.values and (not zones or field.name in _COMMON):
            columns[field.name] = column(matched.values[field.name], field)
    if isinstance(collection, Register):
        columns = key_columns(matched, collection) | columns
    elif zones:
        columns["law_status"] = law_status(matched.values)
        columns["attrs"] = _attrs(matched, collection, problems)
        columns["layer"] = pa.array([collection.id] * len(matched.values), pa.string())
    if collection.geometry != "none":
        columns["geom"] = hex_ewkb(shapes)
    return pa.table(columns)


def key_columns(matched: Matched, collection: Layer | Register) -> dict[str, pa.Array]:
    """`row_no` and the columns of a key, blank where the file has none of it."""
    nothing = pd.Series(None, index=matched.values.index, dtype=object)
    columns = {"row_no": pa.array(matched.values.index.to_numpy())}
    for field in (f for f in collection.all_fields if f.name in key_of(collection)):
        columns[field.name] = column(matched.values.get(field.name, nothing), field)
    return columns


def _attrs(matched: Matched, layer: Layer, problems: Problems) -> pa.Array:
    """The layer's own fields as JSON, each checked against the declaration."""
    own = [f for f in layer.fields if f.name in matched.values]
    # imported here: its optional format checkers take a second to load, at every command
    from jsonschema import Draft202012Validator  # noqa: PLC0415

    check = Draft202012Validator(layer.attrs_schema())
    columns = [[_json(v) for v in matched.values[f.name].astype(object)] for f in own]
    documents = []
    for at, row in enumerate(matched.values.index):
        known = {f.name: c[at] for f, c in zip(own, columns, strict=True) if c[at] is not None}
        documents.append(orjson.dumps(known).decode())
        fault = next(check.iter_errors(known), None)
        if fault is not None:
            problems.add_rows(
                ("attributes_invalid", "refuse"),
                (f"属性不符合图层的声明：{fault.message}", f"Not as declared: {fault.message}"),
                [row],
            )
    return pa.array(documents, pa.large_string())


def _json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return None if np.isnan(value) else int(value) if value.is_integer() else value
    return value


def with_changes(rows: pa.Table, seen: Mapping[int, int]) -> pa.Table:
    """The rows with `change_id`, the newest change of what each of them refreshes, if any does."""
    if not seen:
        return rows
    found = [seen.get(row) for row in rows["row_no"].to_pylist()]
    return rows.append_column("change_id", pa.array(found, pa.int64()))


def save(table: pa.Table, refused: set[int], path: Path) -> None:
    """Write the rows that may be committed."""
    keep = ~np.isin(table["row_no"].to_numpy(), list(refused))
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)  # owners are private
    pq.write_table(table.filter(pa.array(keep)), path, compression="zstd")


def load(path: Path) -> pa.Table:
    """The rows that may be committed."""
    return pq.read_table(path)


def save_refused(table: Table, problems: Problems, path: Path) -> int:
    """Write the refused rows as they stood in the file, with the reasons; how many."""
    frame, geometry = table.frame, table.geometry
    refused = problems.frame()
    refused = refused[(refused["level"] == "refuse") & refused["row"].notna()]
    if refused.empty:
        return 0
    where = refused["column"].map(lambda c: f"[{c}] " if c else "")
    said = pd.DataFrame(
        {
            "row": refused["row"].astype("int64"),
            "拒绝原因": where + refused["zh"],
            "reason": where + refused["en"],
        }
    )
    said = said.groupby("row").agg(_joined)
    rows = frame.loc[frame.index.isin(said.index)]
    # a mended file of refused rows still has our own columns
    rows = rows.drop(columns=["data_row", *said.columns], errors="ignore")
    out = pd.DataFrame({str(c): as_text(rows[c]) for c in rows.columns}, index=rows.index)
    out = out.join(said)
    out.insert(0, "data_row", out.index)
    if geometry is not None:
        shapes = geometry[frame.index.isin(said.index)]
        out["__geometry__"] = shapely.to_wkb(shapes)
        out["__crs__"] = table.crs.to_wkt() if table.crs else None
    out.to_parquet(path, index=False)
    return len(out)


def _joined(texts: pd.Series) -> str:
    return "; ".join(dict.fromkeys(texts))


def problem_table(problems: Problems, batch_id: int, labels: pd.Series | None) -> pa.Table:
    """The problems with the columns of gis.batch_problem."""
    frame = problems.frame()
    label = frame["row"].map(labels) if labels is not None else frame["label"]
    text = pa.large_string()
    return pa.table(
        {
            "batch_id": pa.array([batch_id] * len(frame), pa.int64()),
            "row_no": pa.array(frame["row"], pa.int64(), from_pandas=True),
            "column_name": pa.array(_strings(frame["column"]), text),
            "code": pa.array(frame["code"], text),
            "level": pa.array(frame["level"], text),
            "value": pa.array(_strings(frame["value"]), text),
            "zh": pa.array(frame["zh"], text),
            "en": pa.array(frame["en"], text),
            "label": pa.array(_strings(label), text),
        }
    )


def _strings(values: pd.Series) -> list[str | None]:
    return [None if v is None or v != v else str(v).replace(NUL, "") for v in values]  # noqa: PLR0124
