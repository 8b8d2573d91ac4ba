"""Excel: the rows, the codebook as the second sheet; more rows than a sheet holds go on in others.

openpyxl writes row by row to temporary files; the workbook is handed on when it is whole. Text is
never a formula. A cell holds 32,767 characters: what is longer ends with a note that says so.
"""

import io
import re
import tempfile
from collections.abc import Generator, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain, count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gis_app.errors import SetupError
from gis_app.export import as_csv, chunks, codebook
from gis_app.export.plain import without_controls
from gis_app.export.table import GEOMETRY, Table, attributes, rows

if TYPE_CHECKING:
    from openpyxl import Workbook

SHEET_ROWS = 1_048_575  # below the header
CELL = 32_767
_NOTE = "…[过长，截断；全文见 CSV / cut: too long for a cell, see the CSV]"
# what runs as a formula, and what openpyxl takes for an error (#N/A)
_RUNS = tuple("=+-@\t\r\n＝＋－＠#")
_FIRST_DAY = date(1900, 3, 1)  # Excel's calendar is wrong before it
_WIDEST, _LOOKED_AT = 60, 200


def write(table: Table) -> Generator[bytes, None, None]:
    """The file, once it is whole."""
    book = _book()
    with tempfile.TemporaryDirectory(prefix="gis-export-") as folder:
        path = Path(folder) / f"{table.name}.xlsx"
        try:
            _fill(book, table)
        except BaseException:
            _discard(book)
            raise
        book.save(path)
        yield from chunks.of_file(path)


def _book() -> "Workbook":
    try:
        from openpyxl import Workbook  # noqa: PLC0415 – analysts may be without it
    except ImportError as error:
        raise SetupError(
            "写 Excel 需要 openpyxl：pip install openpyxl。",
            "Writing Excel needs openpyxl: pip install openpyxl.",
        ) from error
    return Workbook(write_only=True)


def workbook(sheets: Iterable[tuple[str, Sequence[str], Sequence[Sequence[Any]]]]) -> bytes:
    """A workbook of several small sheets: (title, heads, rows). Text is never a formula."""
    book = _book()
    for title, heads, told in sheets:
        widths = [max(map(_width, column)) for column in zip(heads, *told, strict=True)]
        sheet = _sheet(book, _title(title), heads, widths)
        below = _append(sheet, told)
        sheet.auto_filter.ref = f"A1:{_letters(len(heads))}{below + 1}"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _title(words: str) -> str:
    """A sheet's name as Excel takes it: 31 characters, and none of seven."""
    return re.sub(r"[\[\]:*?/\\]", "_", words)[:31]


def _fill(book: "Workbook", table: Table) -> None:
    names = [f.name for f in (*table.fields, *codebook.flat_places(table))]
    told = _rows(table)
    first = list(islice(told, _LOOKED_AT))
    widths = [max(map(_width, column)) for column in zip(names, *first, strict=True)]
    told = chain(first, told)
    for number in count(1):
        part = list(islice(told, 1))
        if not part and number > 1:
            break
        title = table.name[:25] if number == 1 else f"{table.name[:25]}_{number}"
        sheet = _sheet(book, title, names, widths)
        if number == 1:
            _codebook(book, table)
        below = _append(sheet, chain(part, islice(told, SHEET_ROWS - 1)))
        sheet.auto_filter.ref = f"A1:{_letters(len(names))}{below + 1}"


def _discard(book: "Workbook") -> None:
    """Remove the temporary files of the sheets, which else stay until the process ends."""
    for sheet in book.worksheets:
        unsaved: Any = sheet
        unsaved.close()
        unsaved._writer.cleanup()


def _sheet(book: "Workbook", title: str, names: Sequence[str], widths: Sequence[int]) -> Any:
    sheet: Any = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for at, width in enumerate(widths, 1):
        sheet.column_dimensions[_letters(at)].width = min(width + 2, _WIDEST)
    sheet.append([_cell(sheet, name) for name in names])
    return sheet


def _codebook(book: "Workbook", table: Table) -> None:
    entries = codebook.entries(table, flat=True)
    widths = [max(map(_width, column)) for column in zip(codebook.HEAD, *entries, strict=True)]
    _append(_sheet(book, "codebook", codebook.HEAD, widths), entries)


def _append(sheet: Any, told: Iterable[Sequence[Any]]) -> int:
    """How many rows were written."""
    written = 0
    for row in told:
        sheet.append([_cell(sheet, value) for value in row])
        written += 1
    return written


def _rows(table: Table) -> Iterator[tuple[Any, ...]]:
    places = codebook.flat_places(table)
    for each in table.batches:
        plain = attributes(each)
        if not places:
            yield from rows(plain)
            continue
        told = as_csv.flat(each.column(GEOMETRY), points=len(places) == 2)
        yield from zip(*(c.to_pylist() for c in (*plain.columns, *told)), strict=True)


def _cell(sheet: Any, value: Any) -> Any:
    if isinstance(value, datetime):  # a cell holds no time zone
        return value.isoformat()
    if isinstance(value, date):
        return value if value >= _FIRST_DAY else value.isoformat()
    if not isinstance(value, str):
        return value
    text = without_controls(value)
    if len(text) > CELL:
        text = text[: CELL - len(_NOTE)] + _NOTE
    return _text(sheet, text) if text.startswith(_RUNS) else text


def _text(sheet: Any, value: str) -> Any:
    """A cell that stays text, also when somebody edits it."""
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def _letters(at: int) -> str:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    return get_column_letter(at)


def _width(value: object) -> int:
    """How many Latin characters wide a cell's text is (a Chinese one takes two)."""
    return sum(1 if ord(c) < 0x2E80 else 2 for c in str(value)[:_WIDEST]) if value else 0
