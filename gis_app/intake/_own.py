"""What an export lays beside its shapefiles: the names and texts that a .dbf cannot hold."""

import csv
from pathlib import Path

import pyarrow as pa

CODEBOOK, CUT = "codebook.csv", "cut.csv"
BESIDE = {CODEBOOK, CUT}
_SAID = {"column", "text"}  # beside them in cut.csv: the key of the row
_RUNS = tuple("=+-@\t\r\n＝＋－＠")


def whole(table: pa.Table, folder: Path) -> pa.Table:
    """The table of a shapefile with its full names, and the texts that were cut in full.

    As it is where the folder of the shapefile has no codebook of an export.
    """
    names = {row["dbf"]: row["column"] for row in _rows(folder / CODEBOOK, {"dbf", "column"})}
    if not names:
        return table
    table = table.rename_columns([names.get(each, each) for each in table.column_names])
    cut = [row for row in _rows(folder / CUT, _SAID) if row.keys() <= {*table.column_names, *_SAID}]
    return _filled(table, cut) if cut else table


def _rows(path: Path, needed: set[str]) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    csv.field_size_limit(1 << 24)
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        return list(reader) if needed <= set(reader.fieldnames or ()) else []


def _filled(table: pa.Table, cut: list[dict[str, str]]) -> pa.Table:
    key = [name for name in cut[0] if name not in _SAID]
    keys = zip(*(map(str, table.column(name).to_pylist()) for name in key), strict=True)
    at = {each: n for n, each in enumerate(keys)}
    for column in {row["column"] for row in cut} & set(table.column_names):
        values = table.column(column).to_pylist()
        for row in cut:
            place = at.get(tuple(row[name] for name in key))
            if row["column"] == column and place is not None:
                values[place] = _unmarked(row["text"])
        number = table.column_names.index(column)
        table = table.set_column(number, column, pa.array(values, pa.large_string()))
    return table


def _unmarked(text: str) -> str:
    """The text without the apostrophe that keeps a spreadsheet from running it."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_RUNS) else text
