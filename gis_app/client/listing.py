"""An analyst's frame as a table for files: what was joined goes along and is in the codebook."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import shapely

from gis_app.client.frames import ADDED
from gis_app.crs import shapes_to_storage
from gis_app.errors import BadInput
from gis_app.export import Table, changes, findings
from gis_app.export.table import ARROW, GEOMETRY, column
from gis_app.layer import Choice, Field, Kind

_KINDS: dict[str, Kind] = {"b": "boolean", "i": "integer", "u": "integer", "f": "number"}
_BATCH = 20_000


@dataclass(frozen=True)
class _Book:
    """A list with columns of its own."""

    name: str
    zh: str
    en: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]

    @property
    def columns(self) -> list[str]:
        return [f.name for f in self.fields]


_FINDINGS = _Book("findings", "结论", "Findings", findings.FIELDS, findings.KEY)
_CHANGES = _Book("changes", "变化", "Changes", changes.FIELDS, changes.KEY)


def table(frame: pd.DataFrame, register: Iterable[Field]) -> Table:
    """A frame as a table: the columns of its codebook first; days as days, places as WKB.

    Raises `BadInput` for a frame that is no list of the client's: nobody could say what its columns
    mean.
    """
    known = {f.name: f for f in map(column, register)}
    known |= {f.name: f for f in (*findings.WORDS, *findings.FIELDS)}
    for book in (_FINDINGS, _CHANGES):
        if set(book.columns) <= set(frame.columns):
            known |= {f.name: f for f in book.fields}
            return _made(frame, book, known, _points(frame))
    layers = layers_of(frame)
    if not layers or not isinstance(frame, gpd.GeoDataFrame):
        absent = ", ".join(name for name in findings.COLUMNS if name not in frame)
        raise BadInput(
            f"这张表不是本客户端给出的清单（作为结论清单，缺少列：{absent}）。"
            "请导出 findings()、diff().table、wells() 或 zones() 的结果。",
            f"This is no list that the client gave (as findings, columns are missing: {absent}). "
            "Export what findings(), diff().table, wells() or zones() gives.",
        )
    name = layers[0] if len(layers) == 1 else "zones"
    book = _Book(name, name, name, (), (str(frame.columns[0]),))
    shapes = frame.geometry.to_numpy()
    if frame.crs is not None:
        shapes = shapes_to_storage(shapes, frame.crs)
    return _made(frame, book, known, list(shapely.to_wkb(shapes)))


def layers_of(frame: pd.DataFrame) -> list[str]:
    """The layers that the rows of a frame of wells or zones are of; none: it is no such frame."""
    if "well_id" in frame:
        return ["well"]
    return (
        sorted(map(str, frame["layer"].unique()))
        if {"layer", "zone_id", "version"} <= set(frame)
        else []
    )


def _made(
    frame: pd.DataFrame, book: _Book, known: Mapping[str, Field], places: list[bytes | None]
) -> Table:
    shape = frame.geometry.name if isinstance(frame, gpd.GeoDataFrame) else GEOMETRY
    others = [str(name) for name in frame if name not in {*book.columns, shape, GEOMETRY}]
    told = [_column(name, frame[name], known.get(name)) for name in [*book.columns, *others]]
    points = bool(book.fields) or book.name == "well"
    made = Table(
        name=book.name, zh=book.zh, en=book.en, fields=tuple(field for field, _ in told),
        geometry="point" if points else "polygon", placed=False, key=book.key, batches=(),
    )  # fmt: skip
    arrays = [*(values for _, values in told), pa.array(places, pa.binary())]
    whole = pa.Table.from_arrays(arrays, schema=made.schema())
    return made.over(whole.to_batches(max_chunksize=_BATCH))


def _points(frame: pd.DataFrame) -> list[bytes | None]:
    places = gpd.points_from_xy(frame["lon"], frame["lat"])
    there = frame["lon"].notna().to_numpy()
    return [place.wkb if t else None for place, t in zip(places, there, strict=True)]


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
