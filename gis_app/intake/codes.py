"""Codes of wells that a file writes otherwise than the register: read as the well's, and told.

A well typed in full-width letters, with another dash or a space is no new well.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Connection

from gis_app.intake.match import Matched
from gis_app.intake.problem import Problems, examples
from gis_app.layer import Layer, Register
from gis_app.store import checks, codes


@dataclass(frozen=True)
class _Named:
    """A column that names wells: its field, its codes (blanks left out), where faults are told."""

    field: str
    column: pd.Series
    header: str | None
    problems: Problems


def settle(
    conn: Connection, matched: Matched, collection: Layer | Register, problems: Problems
) -> None:
    """Put the register's own code where a row writes a well's in another way, and warn of it.

    Refuses a code that may be several wells', and rows of a file of wells whose codes differ in
    nothing else; warns of one that differs in case only.
    """
    for field in ("code",) if collection.geometry == "point" else ("well_code", "subject_code"):
        if field not in matched.values or collection.field_named(field) is None:
            continue
        column = matched.values[field].dropna().astype("str")
        if field == "subject_code":
            kinds = matched.values.get("subject")
            column = column[kinds.loc[column.index] == "well"] if kinds is not None else column[:0]
        named = _Named(field, column, matched.columns.get(field), problems)
        _of_register(conn, matched, named)
        if field == "code":
            _of_file(matched, named)


def _of_register(conn: Connection, matched: Matched, named: _Named) -> None:
    missing = checks.unknown(conn, "well", named.column.unique().tolist())
    same: dict[str, list[str]] = defaultdict(list)
    cased: dict[str, list[str]] = defaultdict(list)
    for row in codes.alike(conn, sorted(missing)) if missing else ():
        (same if row["same"] else cased)[row["asked"]].append(row["code"])
    meant = {asked: found[0] for asked, found in same.items() if len(found) == 1}
    doubtful = {asked: found for asked, found in same.items() if len(found) > 1}
    rows = named.column[named.column.isin(list(meant))]
    if len(rows):
        column = matched.values[named.field].astype(object)
        column.loc[rows.index] = rows.map(meant)
        matched.values[named.field] = column
    _tell(named, ("code_read_as", "warn"), meant, (
        "编号“{0}”已按在册的井“{1}”读取（只差全角半角、横线或空格）；若是另一口井，请改用别的编号",
        "The code {0!r} was read as the registered well {1!r} (they differ in width, dashes or "
        "spaces only); if it is another well, give it another code",
    ))  # fmt: skip
    _tell(named, ("code_ambiguous", "refuse"), {k: examples(v) for k, v in doubtful.items()}, (
        "编号“{0}”与在册的几口井（{1}）都只差全角半角、横线或空格，不知是哪一口；请照登记册填写编号",
        "The code {0!r} differs from those of several wells ({1}) in width, dashes or spaces only: "
        "write the code as it is registered",
    ))  # fmt: skip
    only = {k: v[0] for k, v in cased.items() if k not in same}
    _tell(named, ("code_differs_in_case", "warn"), only, (
        "编号“{0}”与在册的井“{1}”只差大小写，作为不同的编号处理；若是同一口井，请改为“{1}”",
        "The code {0!r} differs from the registered well {1!r} in case only and is taken for "
        "another; if it is the same well, write {1!r}",
    ))  # fmt: skip


def _of_file(matched: Matched, named: _Named) -> None:
    """Refuse rows whose codes are one and the same but for how they are written."""
    column = matched.values["code"].dropna().astype("str")
    plain = column.map(codes.plain)
    again = plain.duplicated(keep=False) & ~column.duplicated(keep=False)
    written = column[plain.isin(plain[again])].groupby(plain).unique()
    others = {
        code: examples(each for each in written[means] if each != code)
        for code, means in zip(column[again], plain[again], strict=True)
    }
    _tell(_Named("code", column[again], named.header, named.problems),
          ("duplicate_in_file", "refuse"), others, (
        "编号“{0}”与本文件的“{1}”只差全角半角、横线或空格；同一口井请只留一行，不同的井请改用别的编号",
        "The code {0!r} differs from {1!r} of this file in width, dashes or spaces only: keep one "
        "row a well, or give another well another code",
    ))  # fmt: skip


def _tell(
    named: _Named, finding: tuple[str, str], of: dict[str, str], words: Sequence[str]
) -> None:
    rows = named.column[named.column.isin(list(of))]
    zh, en = ([said.format(code, of[code]) for code in rows] for said in words)
    named.problems.add_rows(
        finding,  # type: ignore[arg-type]
        (zh, en), rows.index, column=named.header, value=rows.to_numpy(),
    )  # fmt: skip
