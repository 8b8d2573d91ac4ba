"""A cell of a register: its text, whether it is blank, and what was read in it."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from gis_app.intake.problem import Level
from gis_app.layer import Field

BLANKS = ("", "-", "--", "---", "—", "——", "－", "/", "\\", "null", "nan", "n/a", "#n/a", "none?")
UNKNOWN = {"不详", "未知", "不清楚", "不明", "unknown", "?", "无数据", "缺"}
NOTHING = {"无", "没有", "none"}
NUL = "\x00"  # PostgreSQL keeps no such character
_EXACT = 1e15  # beyond it a float no longer holds every whole number


@dataclass(frozen=True)
class Reading:
    """A value, and what has to be said about it."""

    value: Any = None
    code: str | None = None
    level: Level = "info"
    zh: str = ""
    en: str = ""


def tidy(text: str) -> str:
    """A cell without full-width digits and outer space."""
    return unicodedata.normalize("NFKC", text).strip()


def is_blank(text: str) -> bool:
    """Whether a cell only marks that nothing is known."""
    return tidy(text).lower() in BLANKS


def bad(code: str, zh: str, en: str, field: Field) -> Reading:
    """A refusal of the cell, naming the field."""
    return Reading(None, code, "refuse", f"{field.zh}：{zh}", f"{field.en}: {en}")


def as_text(column: pd.Series) -> pd.Series:
    """A column as texts, missing as NA; whole floats lose their `.0`, instants keep their day."""
    if pd.api.types.is_datetime64_any_dtype(column):
        return pd.Series(column.dt.strftime("%Y-%m-%d")).astype("str")
    if pd.api.types.is_bool_dtype(column):
        return pd.Series(column.map({True: "true", False: "false"})).astype("str")
    if pd.api.types.is_float_dtype(column):
        return _float_text(column)
    if pd.api.types.is_integer_dtype(column) or column.dtype == object:
        return pd.Series(column.map(_plain, na_action="ignore")).astype("str")
    return column


def _float_text(column: pd.Series) -> pd.Series:
    finite = column.notna() & np.isfinite(column)
    whole = finite & (column == column.round()) & (column.abs() < _EXACT)
    text = column.astype(object).where(column.notna(), None)
    text[whole] = column[whole].astype("int64")
    return pd.Series(text.map(str, na_action="ignore")).astype("str")


def _plain(cell: Any) -> str:
    return cell.isoformat() if isinstance(cell, date) else str(cell)
