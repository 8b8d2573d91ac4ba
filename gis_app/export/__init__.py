"""Tables as files, for both wings: one writer for each format; no law, no database.

A `Table` says what its columns are and yields its rows a batch at a time; a `Format` turns it into
bytes. Memory holds a batch, never the table.
"""

from collections.abc import Generator
from contextlib import closing
from pathlib import Path

from gis_app.errors import BadInput
from gis_app.export import codebook
from gis_app.export.formats import FORMATS, Format
from gis_app.export.table import Table, held

__all__ = ["FORMATS", "SUFFIXES", "Format", "Table", "by_suffix", "stream", "write"]

SUFFIXES = tuple(f.suffix for f in FORMATS.values())


def by_suffix(path: Path) -> Format:
    """The format of a file's name. Raises `BadInput` for one that we do not write."""
    found = next((f for f in FORMATS.values() if f.suffix == path.suffix.lower()), None)
    if found is None:
        raise BadInput(
            f"不支持输出 {path.suffix or path.name}。可用：{'、'.join(SUFFIXES)}。",
            f"Cannot write {path.suffix or path.name}. Known: {', '.join(SUFFIXES)}.",
        )
    return found


def stream(table: Table, form: Format, encoding: str | None = None) -> Generator[bytes, None, None]:
    """The bytes of a file. Raises `BadInput` before the first one where it cannot be made."""
    form.check(table.zh, table.en, placed=table.geometry != "none", encoding=encoding)
    return _ending(table, form.write(table, encoding))


def _ending(table: Table, parts: Generator[bytes, None, None]) -> Generator[bytes, None, None]:
    """The parts; in the end, however it comes, the temporary files and the rows are let go."""
    with held(table.batches), closing(parts):
        yield from parts


def write(table: Table, path: Path, encoding: str | None = None) -> list[Path]:
    """Write a table by the suffix of `path`, and its codebook; the files written.

    XLSX carries the codebook as its second sheet and a zipped shapefile in the zip; else it is a
    CSV beside the file. What fails leaves no file, and a file that was there as it was.
    """
    form = by_suffix(path)
    parts = stream(table, form, encoding)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.part")
    try:
        with unfinished.open("wb") as file, closing(parts):
            for part in parts:
                file.write(part)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    if form.carries_codebook:
        return [path]
    beside = path.with_name(path.stem + ".codebook.csv")
    beside.write_bytes(codebook.as_csv(table, flat=form.flat))
    return [path, beside]
