"""Columns that look as if something had happened to their numbers before they came to us."""

from collections.abc import Mapping

import pandas as pd

from gis_app.intake import units
from gis_app.intake.cells import as_text
from gis_app.intake.problem import Problems
from gis_app.layer import Field, Kind

_WAN = 1e4
_SMALL_YEAR_M3 = 100.0  # a well with a permit takes thousands of m³ a year, not dozens
_HUGE_YEAR_M3 = 1e8  # and no well takes 1 亿 m³
_MANGLED = r"^\d(?:\.\d+)?[eE]\+?\d{2}$"


def report_volumes(values: pd.Series, target: Field, header: str, problems: Problems) -> None:
    """Report volumes that look as if 立方米 and 万立方米 had been confused."""
    if target.unit != "m3" or int((values > 0).sum()) < 3:
        return
    known, unit = values[values > 0], units.split(header)[1]
    scale = units.factor(unit, "m3") or 1.0 if unit else 1.0
    middle = float(known.median())
    if scale < _WAN and middle < _SMALL_YEAR_M3:
        problems.add(
            "volume_looks_wan",
            "warn",
            f"列“{header}”的中位数只有 {middle:g} 立方米/年，像是以万立方米计。"
            f"若是，请把表头改为“{header}（万立方米）”",
            f"Column {header!r} has a median of only {middle:g} m³ a year: is it in 万m³ "
            f"(10,000 m³)? If so, say so in the header.",
            column=header,
        )
    if scale >= _WAN and middle > _HUGE_YEAR_M3:
        problems.add(
            "volume_looks_m3",
            "warn",
            f"列“{header}”标为万立方米，但中位数合 {middle:g} 立方米/年，像是以立方米计",
            f"Column {header!r} is headed in 10,000 m³, but its median would be {middle:g} m³ "
            "a year: is it in m³?",
            column=header,
        )


def report_mangled(
    frame: pd.DataFrame, kinds: Mapping[str, Kind], keys: set[str], problems: Problems
) -> None:
    """Report numbers that a spreadsheet has shortened to 1.13396E+16: an identifier is lost.

    `kinds` are those of the fields that headers lead to, `keys` the headers that identify a row.
    """
    for header in frame.columns:
        column = frame[header]
        if pd.api.types.is_numeric_dtype(column) or pd.api.types.is_datetime64_any_dtype(column):
            continue
        if kinds.get(header) in {"number", "integer"}:
            continue
        hit = as_text(column).str.match(_MANGLED).fillna(False).astype(bool)
        problems.add_rows(
            ("mangled_number", "refuse" if header in keys else "warn"),
            (
                f"列“{header}”的编号被电子表格截成了科学计数，原号已丢失",
                f"The number in column {header!r} was cut to scientific notation by a spreadsheet: "
                "the original is lost",
            ),
            column.index[hit],
            column=header,
            value=column[hit].to_numpy(),
        )
