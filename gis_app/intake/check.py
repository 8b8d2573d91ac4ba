"""What is wrong with the values of matched rows; shapes are judged in `geometry` and `place`."""

import numpy as np
import pandas as pd

from gis_app.errors import BadInput
from gis_app.intake.match import Matched
from gis_app.intake.problem import Problem, Problems
from gis_app.layer import Field, Layer

__all__ = ["Problem", "check_values", "nameless", "report_duplicates"]


def nameless() -> BadInput:
    """What to say of corner points that do not say to which zone they belong."""
    return BadInput(
        "拐点表需要说明每个点属于哪个区：--map name=列名。",
        "A table of corners must say to which zone each belongs: --map name=column.",
    )


def check_values(matched: Matched, layer: Layer, known: pd.Series, problems: Problems) -> None:
    """Required fields, ranges and dates; `known` marks rows that refresh a registered well."""
    for field in layer.all_fields:
        if field.name in matched.values:
            _range(matched, field, problems)
        if field.required:
            _required(matched, field, known, problems)
    if layer.geometry == "polygon":
        _zone_dates(matched, problems)


def _required(matched: Matched, field: Field, known: pd.Series, problems: Problems) -> None:
    if field.name not in matched.values:
        if known.all() and len(known):
            return
        problems.add(
            "required_missing",
            "refuse",
            f"文件里没有“{field.zh}”一列（可用 --map {field.name}=列名）",
            f"The file has no column for {field.en!r} (use --map {field.name}=column)",
        )
        return
    blank = matched.values[field.name].isna() & (~known | (field.name == "code"))
    problems.add_rows(
        ("required_missing", "refuse"),
        (f"缺少{field.zh}", f"The {field.en} is missing"),
        matched.values.index[blank],
        column=matched.columns.get(field.name),
    )


def _range(matched: Matched, field: Field, problems: Problems) -> None:
    if field.kind not in {"number", "integer"}:
        return
    numbers = pd.to_numeric(matched.values[field.name]).astype("float64")
    low = -np.inf if field.minimum is None else field.minimum
    high = np.inf if field.maximum is None else field.maximum
    outside = (numbers < low) | (numbers > high)
    unit = field.unit or ""
    problems.add_rows(
        ("out_of_range", "refuse"),
        (
            f"{field.zh}须在 {low:g} 至 {high:g} {unit} 之间",
            f"The {field.en} must lie between {low:g} and {high:g} {unit}",
        ),
        matched.values.index[outside],
        column=matched.columns.get(field.name),
        value=[f"{n:g}" for n in numbers[outside]],
    )


def _zone_dates(matched: Matched, problems: Problems) -> None:
    values = matched.values
    nothing = pd.Series(None, index=values.index, dtype=object)
    since, until = (pd.to_datetime(values.get(n, nothing)) for n in ("valid_from", "valid_to"))
    problems.add_rows(
        ("dates_reversed", "refuse"),
        ("失效日期早于生效日期", "It ends before it begins"),
        values.index[(until < since).to_numpy()],
        column=matched.columns.get("valid_to"),
    )
    status = values.get("law_status", nothing)
    problems.add_rows(
        ("required_missing", "refuse"),
        ("已批准的区划须有生效日期", "An approved zone needs the day it comes into force"),
        values.index[((status == "approved") & since.isna()).to_numpy()],
        column=matched.columns.get("valid_from"),
    )


def report_duplicates(matched: Matched, layer: Layer, problems: Problems) -> None:
    """Codes that occur more than once in the file: refused for wells, warned of for zones."""
    if "code" not in matched.values:
        return
    codes = matched.values["code"]
    again = codes.notna() & codes.duplicated(keep=False)
    times = codes[again].map(codes[again].value_counts())
    problems.add_rows(
        ("duplicate_in_file", "refuse" if layer.geometry == "point" else "warn"),
        (
            [f"编号“{c}”在本文件出现 {n} 次" for c, n in zip(codes[again], times, strict=True)],
            [f"The code {c!r} occurs {n} times" for c, n in zip(codes[again], times, strict=True)],
        ),
        codes.index[again],
        column=matched.columns.get("code"),
        value=codes[again].to_numpy(),
    )
