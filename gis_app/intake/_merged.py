"""Merged cells of a spreadsheet: headers of several rows, and values that span several rows."""

from dataclasses import dataclass
from typing import Any

from gis_app.intake.units import split

Rows = list[list[str]]


@dataclass(frozen=True)
class Span:
    """A merged cell, by the first and last row and column, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


def spans_of(sheet: Any) -> list[Span]:
    """The merged cells of a sheet, counted from the first that holds anything."""
    if not sheet.merged_cell_ranges or sheet.start is None:
        return []
    row, column = sheet.start
    return [
        Span(top - row, left - column, bottom - row, right - column)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges
        if top >= row and left >= column
    ]


def downwards(rows: Rows, spans: list[Span]) -> Rows:
    """The rows with the text of each merged cell in every row that it spans."""
    return _spread(rows, [Span(s.top, s.left, s.bottom, s.left) for s in spans])


def rows_of_header(at: int, rows: Rows, spans: list[Span]) -> tuple[int, int]:
    """The first and the last row of a header, of which one row is known.

    It reaches as far as its cells are merged up and down; and down to a row that has nothing but
    what stands below cells merged sideways.
    """
    first = min((s.top for s in spans if s.top <= at <= s.bottom), default=at)
    last = at
    for span in sorted(spans, key=lambda each: each.top):
        if first <= span.top <= last:
            last = max(last, span.bottom)
    below = {
        column for s in spans if s.top == first == last for column in range(s.left, s.right + 1)
    }
    if below and last + 1 < len(rows):
        filled = {column for column, cell in enumerate(rows[last + 1]) if cell.strip()}
        last += bool(filled) and filled <= below
    return first, last


def names(rows: Rows, spans: list[Span], first: int, last: int) -> list[str]:
    """The name of each column of a header: its lowest cell, with the unit that stands above it;
    with all that stands above it where several columns would have one name.
    """
    header = _spread(rows, spans)[first : last + 1]
    parts = [
        list(dict.fromkeys(cell.strip() for cell in cells if cell.strip()))
        for cells in zip(*header, strict=True)
    ]
    lowest = [_lowest(each) for each in parts]
    return [
        " ".join([*each[:-1], name]) if lowest.count(name) > 1 else name
        for name, each in zip(lowest, parts, strict=True)
    ]


def _lowest(parts: list[str]) -> str:
    """The last part of a header; 许可 below 取水量（万立方米） is 许可（万立方米）."""
    if not parts:
        return ""
    *above, lowest = parts
    units = [unit for part in reversed(above) if (unit := split(part)[1])]
    return f"{lowest}（{units[0]}）" if units and not split(lowest)[1] else lowest


def told_once(spans: list[Span], after: int) -> list[tuple[int, int, int]]:
    """Cells below the header that span several rows: column, first and last data row (from 1)."""
    return [
        (span.left, span.top - after, span.bottom - after)
        for span in spans
        if span.top > after and span.bottom > span.top
    ]


def _spread(rows: Rows, spans: list[Span]) -> Rows:
    filled = [row.copy() for row in rows]
    for span in spans:
        for row in filled[span.top : span.bottom + 1]:
            width = len(row[span.left : span.right + 1])
            row[span.left : span.left + width] = [rows[span.top][span.left]] * width
    return filled
