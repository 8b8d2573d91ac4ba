"""Headers → fields, texts → values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

import numpy as np
import pandas as pd

from gis_app.errors import BadInput
from gis_app.intake import suspicions, units
from gis_app.intake.cells import BLANKS, NUL, Reading, as_text, tidy
from gis_app.intake.problem import Level, Problems
from gis_app.intake.read import Table
from gis_app.intake.values import parser_of
from gis_app.layer import Collection, Field, Layer, Register


@dataclass(frozen=True)
class Matched:
    """The file in the layer's terms.

    `values` has one typed column per field the file or a constant gives, one row per data row;
    `columns` names the source header of a field.
    """

    values: pd.DataFrame
    columns: Mapping[str, str]
    constants: Mapping[str, Any]
    problems: Problems = field(default_factory=Problems)


def match(
    table: Table,
    layer: Collection,
    mapping: Mapping[str, str],
    constants: Mapping[str, str],
    used: Iterable[str] = (),
) -> Matched:
    """The table read as rows of a collection; `used` are headers that serve as coordinates.

    Raises `BadInput` for a field the collection has not, a column the file has not, or a constant
    that cannot be read.
    """
    problems = Problems()
    fixed = {name: _constant(layer, name, text) for name, text in constants.items()}
    columns = _columns(table, layer, mapping, (set(used), set(fixed)), problems)
    values = pd.DataFrame(index=table.frame.index)
    for name, header in columns.items():
        values[name] = _read_column(table.frame[header], _field(layer, name), header, problems)
        if isinstance(layer, Layer):  # a register's own volumes tell more: see `volumes`
            suspicions.report_volumes(values[name], _field(layer, name), header, problems)
    for name, value in fixed.items():
        values[name] = pd.Series([value] * len(values), index=values.index, dtype=object)
    kinds = {header: _field(layer, name).kind for name, header in columns.items()}
    keys = {columns[name] for name in key_of(layer) if name in columns}
    suspicions.report_mangled(table.frame, kinds, keys, problems)
    return Matched(values, columns, fixed, problems)


def key_of(collection: Collection) -> tuple[str, ...]:
    """The fields that tell its rows apart: the key of a register, the code of a feature."""
    return collection.key if isinstance(collection, Register) else ("code",)


def _field(layer: Collection, name: str) -> Field:
    found = layer.field_named(name)
    if found is None:
        names = [f.name for f in layer.all_fields]
        near = get_close_matches(name, names, 3)
        raise BadInput(
            f"“{layer.zh}”没有字段“{name}”。可用：{'、'.join(near or names)}",
            f"{layer.id!r} has no field {name!r}. There are: {', '.join(near or names)}",
        )
    return found


def _constant(layer: Collection, name: str, text: str) -> Any:
    reading = parser_of(_field(layer, name))(text)
    if reading.level == "refuse" or (reading.value is None and tidy(text)):
        raise BadInput(
            f"--set {name}={text}：{reading.zh or '读不出值'}",
            f"--set {name}={text}: {reading.en or 'cannot be read'}",
        )
    return reading.value


def _columns(
    table: Table,
    layer: Collection,
    mapping: Mapping[str, str],
    taken: tuple[set[str], set[str]],
    problems: Problems,
) -> dict[str, str]:
    """Field → header: told first, then by name, label and alias in the order declared."""
    used, fixed = taken
    headers = [str(h) for h in table.frame.columns]
    for name in mapping:
        _field(layer, name)
    chosen = {name: header_named(told, headers) for name, told in mapping.items() if told}
    spoken_for = used | set(chosen.values())
    bare = {h: units.split(h)[0] for h in headers if h not in spoken_for}
    for each in layer.all_fields:
        if each.name in mapping or each.name in fixed:  # told, if only to be left blank
            continue
        words = dict.fromkeys(
            units.split(w)[0] for w in (each.name, each.zh, *each.aliases, each.en)
        )
        found = next((h for w in words for h, b in bare.items() if b == w), None)
        if found is not None:
            chosen[each.name] = found
            del bare[found]
    for header in bare:
        problems.add(
            "unknown_column",
            "info",
            f"列“{header}”未对应任何字段，不导入（可用 --map 字段={header}）",
            f"Column {header!r} matches no field and is not imported (--map field={header})",
            column=header,
        )
    return chosen


def header_named(told: str, headers: list[str]) -> str:
    """The header a user meant: exactly, without regard to case and spaces, or without its unit."""
    if told in headers:
        return told
    alike = [h for h in headers if tidy(h).lower() == tidy(told).lower()]
    alike = alike or [h for h in headers if units.split(h)[0] == units.bare(told)]
    if len(alike) != 1:
        raise BadInput(
            f"文件没有列“{told}”。现有：{'、'.join(headers[:40])}",
            f"The file has no column {told!r}. There are: {', '.join(headers[:40])}",
        )
    return alike[0]


def _read_column(column: pd.Series, target: Field, header: str, problems: Problems) -> pd.Series:
    scale = _scale(target, header, problems)
    if target.kind == "text":
        return _texts(column)
    if target.kind in {"number", "integer"}:
        return _numbers(column, target, (header, scale), problems)
    return _spread(as_text(column), target, (header, 1.0), problems)


def _scale(target: Field, header: str, problems: Problems) -> float:
    unit = units.split(header)[1]
    if unit is None or target.unit is None:
        return 1.0
    scale = units.factor(unit, target.unit)
    if scale is None:
        problems.add(
            "unit_mismatch",
            "refuse",
            f"列“{header}”的单位 {unit} 不能换算为 {target.zh}的单位 {target.unit}",
            f"The unit {unit} of column {header!r} cannot be turned into {target.unit}",
            column=header,
        )
        return 1.0
    if scale != 1.0:
        problems.add(
            "unit_scaled",
            "info",
            f"列“{header}”以 {unit} 计，已乘 {scale:g} 换算为 {target.unit}",
            f"Column {header!r} is in {unit}; multiplied by {scale:g} to {target.unit}",
            column=header,
        )
    return scale


def _texts(column: pd.Series) -> pd.Series:
    text = as_text(column).str.replace(NUL, "", regex=False).str.strip()
    return text.mask(text.str.lower().isin(BLANKS))


def _numbers(
    column: pd.Series, target: Field, source: tuple[str, float], problems: Problems
) -> pd.Series:
    """Plain numbers all at once; only what is not plain is read cell by cell."""
    numbers = pd.to_numeric(column, errors="coerce").astype("float64") * source[1]
    numbers = numbers.where(np.isfinite(numbers))
    odd = numbers.isna() & column.notna()
    if target.kind == "integer":
        odd |= numbers.notna() & (numbers != numbers.round())
    if odd.any():
        read = _spread(as_text(column[odd]), target, source, problems)
        numbers[odd] = pd.to_numeric(read).astype("float64")
    return numbers


def _spread(
    column: pd.Series, target: Field, source: tuple[str, float], problems: Problems
) -> pd.Series:
    """Read every distinct text once and give each row its value; report faults by row."""
    header, scale = source
    codes, found = pd.factorize(column)
    distinct = [str(text) for text in found]
    parse = parser_of(target, scale)
    readings = [parse(text) for text in distinct]
    values = np.array([r.value for r in readings] + [None], dtype=object)[codes]
    for finding in sorted({(r.code, r.level) for r in readings if r.code}):
        told = np.array([(r.code, r.level) == finding for r in readings] + [False])[codes]
        said = Said(str(finding[0]), finding[1], header, column.index[told])
        _report(said, codes[told], (distinct, readings), problems)
    return pd.Series(values, index=column.index, dtype=object)


@dataclass(frozen=True)
class Said:
    """One kind of finding in one column, and the rows it concerns."""

    code: str
    level: Level
    header: str
    rows: pd.Index


def _report(
    said: Said, at: Any, texts: tuple[list[str], list[Reading]], problems: Problems
) -> None:
    """Faults row by row; what is only to be known once for the column, with an example."""
    distinct, readings = texts
    if said.level == "info":
        first, many = at[0], len(at)
        problems.add(
            said.code,
            "info",
            f"列“{said.header}”有 {many:,} 行：{readings[first].zh}",
            f"{many:,} rows of {said.header!r}: {readings[first].en}",
            column=said.header,
            value=distinct[first],
        )
        return
    problems.add_rows(
        (said.code, said.level),
        ([readings[i].zh for i in at], [readings[i].en for i in at]),
        said.rows,
        column=said.header,
        value=[distinct[i] for i in at],
    )
