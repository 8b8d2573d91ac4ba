"""The registers of the made city as a bureau would hand them over: a file each, in Chinese.

Some are spreadsheets, some text, one of them in GB 18030; the permits are in 万立方米. Shapes are
written out in a column (WKT); a column that nobody has filled is left out.
"""

import csv
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
from openpyxl import Workbook

from gis_app import registers
from gis_app.layer import Field, Register

M3_PER_WAN = 10_000
_SHEETS = ("permit", "annual_report", "unit_year", "exemption_grant", "correction_order")
_IN_WAN = ("permit",)
_ENCODING = {"withdrawal": "gb18030"}
_SHAPE = "图形"

Write = Callable[[Any], Any]


def file_name(register: Register) -> str:
    """The name of the file that a register is handed over in."""
    return f"示例市{register.zh}.{'xlsx' if register.id in _SHEETS else 'csv'}"


def write_registers(records: Mapping[str, pd.DataFrame], folder: Path) -> list[Path]:
    """Write every register that has rows into a folder; the paths written."""
    return [
        _write(register, records[register.id], folder / file_name(register))
        for register in registers.ALL
        if register.id in records and len(records[register.id])
    ]


def _write(register: Register, frame: pd.DataFrame, path: Path) -> Path:
    wan = register.id in _IN_WAN
    fields = [f for f in register.fields if frame[f.name].notna().any()]
    headers = [_header(f, wan=wan) for f in fields]
    columns = [map(_writer(f, wan=wan), frame[f.name]) for f in fields]
    if isinstance(frame, gpd.GeoDataFrame):
        headers.append(_SHAPE)
        columns.append(map(str, frame.geometry.to_wkt(rounding_precision=8)))
    rows = zip(*columns, strict=True)
    if path.suffix == ".xlsx":
        return _write_sheet(path, register.zh, headers, rows)
    with path.open("w", encoding=_ENCODING.get(register.id, "utf-8-sig"), newline="") as file:
        csv.writer(file).writerows([headers, *rows])
    return path


def _write_sheet(path: Path, title: str, headers: list[str], rows: Iterable[Any]) -> Path:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.append(headers)
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def _header(field: Field, *, wan: bool) -> str:
    return field.zh.replace("（立方米）", "（万立方米）") if wan else field.zh


def _writer(field: Field, *, wan: bool) -> Write:
    """What becomes of a value: words for vocabularies, 是 and 否, days with dashes."""
    if field.kind == "choice":
        return lambda value: value and field.choices[value].zh
    if field.kind == "boolean":
        return lambda value: None if value is None else "是" if value else "否"
    if field.kind == "date":
        return _day
    if field.unit == "m3" and wan:
        return lambda value: None if value is None else round(value / M3_PER_WAN, 6)
    return lambda value: value


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()
