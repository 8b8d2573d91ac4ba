"""Spreadsheets and CSV as tables of text: nothing is guessed here, not even a number."""

import csv
import io
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pacsv
from python_calamine import CalamineError, CalamineWorkbook

from gis_app.intake import _merged
from gis_app.intake._merged import Rows, Span
from gis_app.intake._unpack import check_sizes
from gis_app.intake.sniff import BadFile

_LOOK = 15  # a title and a unit line may stand above the header
_TRIES = ("utf-8", "gb18030")
Merged = list[tuple[str, int, int]]  # column, first and last row of data, from 1


def read_csv(path: Path, told: str | None) -> tuple[pa.Table, str]:
    """A CSV (comma, tab or semicolon) as a table of texts, and its encoding."""
    text, encoding = _decoded(path.read_bytes(), told)
    top = text[:100_000]
    delimiter = max(",\t;|", key=top.split("\n", 1)[0].count)
    lines = list(csv.reader(io.StringIO(top, newline=""), delimiter=delimiter))[: _LOOK + 1]
    skip = _header_at(lines)
    names = _unique(lines[skip] if lines else [])
    if not names:
        raise BadFile("表中没有表头。", "The table has no header.")
    body = io.BytesIO(text.encode())
    del text
    try:
        table = pacsv.read_csv(
            body,
            read_options=pacsv.ReadOptions(column_names=names, skip_rows=skip + 1),
            parse_options=pacsv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False
            ),
            convert_options=pacsv.ConvertOptions(column_types=dict.fromkeys(names, pa.string())),
        )
    except pa.ArrowInvalid:  # ragged lines
        body.seek(0)
        reader = csv.reader(
            io.TextIOWrapper(body, encoding="utf-8", newline=""), delimiter=delimiter
        )
        table, _ = _table(list(reader)[skip:], [])
    return table, encoding


def sheets(path: Path) -> list[str]:
    """The names of the sheets that hold anything, in their order."""
    book = _open(path)
    return [name for name in book.sheet_names if book.get_sheet_by_name(name).height]


def read_sheet(path: Path, name: str) -> tuple[pa.Table, Merged]:
    """One sheet as a table of texts, and its cells that span several rows of data.

    The header is the first full line, and those below it that it is merged with.
    """
    sheet = _open(path).get_sheet_by_name(name)
    rows = sheet.to_python(skip_empty_area=True)
    return _table([[_text(cell) for cell in row] for row in rows], _merged.spans_of(sheet))


def _open(path: Path) -> Any:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            check_sizes(packed.infolist())
    try:
        return CalamineWorkbook.from_path(path)
    except (CalamineError, OSError, zipfile.BadZipFile) as error:
        raise BadFile("打不开这个 Excel 文件。", "The Excel file cannot be opened.") from error


def _table(rows: Rows, spans: list[Span]) -> tuple[pa.Table, Merged]:
    top = rows[: _LOOK + 1]
    at = _header_at(_merged.downwards(top, spans))
    first, last = _merged.rows_of_header(at, top, spans)
    header = _unique(_merged.names(top, spans, first, last))
    if not header:
        raise BadFile("表中没有表头。", "The table has no header.")
    width, body = len(header), rows[last + 1 :]
    for number, row in enumerate(body, start=1):
        if any(cell.strip() for cell in row[width:]):
            raise BadFile(
                f"第 {number} 行数据的列数多于表头。",
                f"Data row {number} has more cells than the header.",
            )
    columns = [[row[i] if i < len(row) else "" for row in body] for i in range(width)]
    table = pa.table([pa.array(c, pa.string()) for c in columns], names=header)
    once = _merged.told_once(spans, last)
    return table, [(header[column], start, end) for column, start, end in once if column < width]


def _header_at(rows: Rows) -> int:
    """The first row that is filled like a header: at least two thirds of the widest row."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    widest = max(filled, default=0)
    return next((i for i, count in enumerate(filled) if count * 3 >= widest * 2), 0)


def _unique(header: list[str]) -> list[str]:
    names: list[str] = []
    last = max((i for i, h in enumerate(header) if h.strip()), default=-1)
    for i, cell in enumerate(header[: last + 1]):
        name = " ".join(cell.split()) or f"(列 {i + 1})"
        again = sum(n == name or n.startswith(f"{name} #") for n in names)
        names.append(f"{name} #{again + 1}" if again else name)
    return names


def _decoded(raw: bytes, told: str | None) -> tuple[str, str]:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "strict"), "utf-16"
    for encoding in [told] if told else _TRIES:
        try:
            bom = encoding == "utf-8" and raw.startswith(b"\xef\xbb\xbf")
            return raw.decode("utf-8-sig" if bom else encoding), "utf-8-sig" if bom else encoding
        except UnicodeDecodeError:
            continue
        except LookupError as error:
            raise BadFile(
                f"没有名为“{encoding}”的编码。", f"There is no encoding {encoding!r}."
            ) from error
    named = f"不是 {told} 编码" if told else "既不是 UTF-8 也不是 GB18030 编码"
    name = f"is not in {told}" if told else "is neither UTF-8 nor GB18030"
    raise BadFile(
        f"文件{named}。请用 --encoding 指明编码（如 big5、utf-16）。",
        f"The file {name}. Name its encoding with --encoding (big5, utf-16 …).",
    )


def _text(cell: Any) -> str:
    match cell:
        case bool():
            return "true" if cell else "false"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case date() | time():
            return cell.isoformat()
        case timedelta():
            return str(cell)
        case _:
            return str(cell)
