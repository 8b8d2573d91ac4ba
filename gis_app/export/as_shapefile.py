"""Shapefiles in a zip, in UTF-8 or GBK with a .cpg, and beside them what the format cannot hold.

A name has ten bytes and a text 254: `codebook.csv` maps the names, `cut.csv` has every text that
was cut or that the encoding cannot write, in full. Points and polygons go into a shapefile each.
Made as temporary files, a batch at a time, and handed on when whole.
"""

import csv
import tempfile
import zipfile
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyarrow as pa
import pyarrow.compute as pc
import shapely

from gis_app.errors import BadInput
from gis_app.export import as_csv, as_gdal, chunks, codebook
from gis_app.export.short_names import shortened
from gis_app.export.table import GEOMETRY, Table, rows

TEXT = 254  # bytes
LARGEST = 2**31 - 1  # bytes of a .dbf or .shp that every reader takes
ENCODINGS = {"utf-8": "UTF-8", "gbk": "GBK"}
_POLYGONS = ("Polygon", "MultiPolygon")


def write(table: Table, encoding: str = "utf-8") -> Generator[bytes, None, None]:
    """The zip, once it is whole. Raises `BadInput` for an encoding that is not known."""
    if encoding.lower() not in ENCODINGS:
        raise BadInput(
            f"Shapefile 编码没有“{encoding}”。可用：{'、'.join(ENCODINGS)}。",
            f"No shapefile encoding {encoding!r}. There are: {', '.join(ENCODINGS)}.",
        )
    with tempfile.TemporaryDirectory(prefix="gis-export-") as folder:
        room = Path(folder)
        _fill(room, table, ENCODINGS[encoding.lower()])
        packed = room / "packed.zip"
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in sorted(p for p in room.iterdir() if p != packed):
                archive.write(part, part.name)
        yield from chunks.of_file(packed)


def _fill(room: Path, table: Table, encoding: str) -> None:
    short = shortened([f.name for f in table.fields])
    _codebook(room / "codebook.csv", table, short)
    parts = _parts(table)
    for stem, kind, _ in parts:
        _append(room / f"{stem}.shp", _renamed(table, kind, short, []), encoding)
    with _Cut(room / "cut.csv", table.key or (table.fields[0].name,), encoding) as cut:
        for each in table.batches:
            told = cut.fitting(each)
            for stem, kind, chosen in parts:
                here = told.filter(chosen(told.column(GEOMETRY)))
                _append(room / f"{stem}.shp", _renamed(table, kind, short, [here]), encoding)
            _refuse_too_large(room, table)


def _parts(table: Table) -> list[tuple[str, str, Callable[[pa.Array], pa.Array]]]:
    """Each shapefile's name, kind, and which rows go into it."""
    if table.geometry != "any":
        return [(table.name, table.geometry, lambda places: pa.array([True] * len(places)))]
    return [
        (f"{table.name}_point", "point", lambda places: pc.invert(_polygons(places))),
        (f"{table.name}_polygon", "polygon", _polygons),
    ]


def _polygons(places: pa.Array) -> pa.Array:
    shapes: Any = shapely.from_wkb(places.to_numpy(zero_copy_only=False))
    return pa.array([shape is not None and shape.geom_type in _POLYGONS for shape in shapes])


def _renamed(
    table: Table, kind: str, short: dict[str, str], batches: list[pa.RecordBatch]
) -> Table:
    fields = tuple(replace(f, name=short[f.name]) for f in table.fields)
    made = Table(
        name=table.name, zh=table.zh, en=table.en, fields=fields,
        geometry="point" if kind == "point" else "polygon", batches=(),
    )  # fmt: skip
    return made.over([pa.RecordBatch.from_arrays(b.columns, schema=made.schema()) for b in batches])


def _append(path: Path, table: Table, encoding: str) -> None:
    as_gdal.into(path, table, driver="ESRI Shapefile", encoding=encoding, append=path.exists())


def _refuse_too_large(room: Path, table: Table) -> None:
    if any(part.stat().st_size > LARGEST for part in room.iterdir()):
        raise BadInput(
            f"“{table.zh}”超过 Shapefile 的 2 GB 上限；请缩小范围，或用 gpkg、parquet。",
            f"{table.en}: more than the 2 GB of a shapefile; ask for less, or for gpkg or parquet.",
        )


def _codebook(path: Path, table: Table, short: dict[str, str]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("dbf", *codebook.HEAD))
        for entry in codebook.entries(table, flat=False):
            writer.writerow((short.get(entry[0], ""), *entry))


class _Cut(AbstractContextManager["_Cut"]):
    """Makes texts fit, and keeps a list of those that did not; no list where all of them did."""

    def __init__(self, path: Path, key: tuple[str, ...], encoding: str) -> None:
        self._path, self._key, self._encoding = path, key, encoding
        self._found = False
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file, lineterminator="\n")
        self._writer.writerow((*key, "column", "text"))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()
        if not self._found:
            self._path.unlink()

    def fitting(self, each: pa.RecordBatch) -> pa.RecordBatch:
        """The batch with texts that a .dbf can hold."""
        keys = list(rows(each.select(self._key)))
        columns = [
            self._column(name, values, keys) if pa.types.is_string(values.type) else values
            for name, values in zip(each.schema.names, each.columns, strict=True)
        ]
        return pa.RecordBatch.from_arrays(columns, schema=each.schema)

    def _column(self, name: str, values: pa.Array, keys: list[tuple[Any, ...]]) -> pa.Array:
        texts = values.to_pylist()
        for at, text in enumerate(texts):
            if text is None:
                continue
            fits = self._fits(text)
            if fits != text:
                self._found = True
                self._writer.writerow((*keys[at], name, as_csv.marked(text)))
                texts[at] = fits
        return pa.array(texts, values.type)

    def _fits(self, text: str) -> str:
        raw = text.encode(self._encoding, errors="replace")
        return raw[:TEXT].decode(self._encoding, errors="ignore")
