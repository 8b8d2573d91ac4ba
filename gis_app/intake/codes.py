"""Codes of wells and numbers of permits that a file writes otherwise than the register: read as the
registered ones, and told.

A well or permit typed in full-width letters, with another dash or a space is no new one.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd
from sqlalchemy import Connection

from gis_app.intake.match import Matched
from gis_app.intake.problem import Problems, examples
from gis_app.layer import Layer, Register
from gis_app.store import checks, codes

_CALLED = {"well": ("井", "well"), "permit": ("许可证", "permit")}


@dataclass(frozen=True)
class _Named:
    """A column that names wells or permits: its field, what it names, its codes (blanks left out),
    where faults are told.
    """

    field: str
    kind: str
    column: pd.Series
    header: str | None
    problems: Problems


def settle(
    conn: Connection, matched: Matched, collection: Layer | Register, problems: Problems
) -> None:
    """Put the register's own code where a row writes a well's or permit's in another way, and warn.

    Refuses a code that may be several, and rows of a file of wells or permits whose codes differ in
    nothing else; warns of one that differs in case only.
    """
    own = {"well": "code", "permit": "number"}.get(collection.id, "")
    named_by = {"well": ["well_code", "subject_code"], "permit": ["permit_number"]}
    named_by.get(collection.id, []).append(own)
    for kind, fields in named_by.items():
        for field in fields:
            if field not in matched.values or collection.field_named(field) is None:
                continue
            column = matched.values[field].dropna().astype("str")
            if field == "subject_code":
                kinds = matched.values.get("subject")
                of_wells = None if kinds is None else kinds.loc[column.index] == "well"
                column = column[:0] if of_wells is None else column[of_wells]
            named = _Named(field, kind, column, matched.columns.get(field), problems)
            cased = _of_register(conn, matched, named)
            if field == own:
                _of_file(matched, named, cased)


def _of_register(conn: Connection, matched: Matched, named: _Named) -> set[str]:
    """The codes that were told to differ from a registered one in case only."""
    missing = checks.unknown(conn, named.kind, named.column.unique().tolist())
    same: dict[str, list[str]] = defaultdict(list)
    cased: dict[str, list[str]] = defaultdict(list)
    for row in codes.alike(conn, named.kind, sorted(missing)) if missing else ():
        (same if row["same"] else cased)[row["asked"]].append(row["code"])
    meant = {asked: found[0] for asked, found in same.items() if len(found) == 1}
    doubtful = {asked: found for asked, found in same.items() if len(found) > 1}
    rows = named.column[named.column.isin(list(meant))]
    if len(rows):
        column = matched.values[named.field].astype(object)
        column.loc[rows.index] = rows.map(meant)
        matched.values[named.field] = column
    _tell(named, ("code_read_as", "warn"), meant, (
        "编号“{0}”已按在册的{2}“{1}”读取（只差全角半角、横线或空格）；若是另一个，请改用别的编号",
        "The code {0!r} was read as the registered {3} {1!r} (they differ in width, dashes or "
        "spaces only); if it is another {3}, give it another code",
    ))  # fmt: skip
    _tell(named, ("code_ambiguous", "refuse"), {k: examples(v) for k, v in doubtful.items()}, (
        "编号“{0}”与在册的几个{2}（{1}）都只差全角半角、横线或空格，不知是哪一个；请照登记册填写编号",
        "The code {0!r} differs from those of several {3}s ({1}) in width, dashes or spaces only: "
        "write the code as it is registered",
    ))  # fmt: skip
    only = {k: v[0] for k, v in cased.items() if k not in same}
    _tell(named, ("code_differs_in_case", "warn"), only, (
        "编号“{0}”与在册的{2}“{1}”只差大小写，作为不同的编号处理；若是同一个，请改为“{1}”",
        "The code {0!r} differs from the registered {3} {1!r} in case only and is taken for "
        "another; if it is the same {3}, write {1!r}",
    ))  # fmt: skip
    return set(only)


def _of_file(matched: Matched, named: _Named, cased: set[str]) -> None:
    """Refuse rows whose codes are one and the same but for how they are written; warn of those that
    differ in case too.
    """
    column = matched.values[named.field].dropna().astype("str")
    plain = column.map(codes.plain)
    _cased(named, column[~column.isin(cased)], plain)
    again = plain.duplicated(keep=False) & ~column.duplicated(keep=False)
    written = column[plain.isin(plain[again])].groupby(plain).unique()
    others = {
        code: examples(each for each in written[means] if each != code)
        for code, means in zip(column[again], plain[again], strict=True)
    }
    _tell(replace(named, column=column[again]),
          ("duplicate_in_file", "refuse"), others, (
        "编号“{0}”与本文件的“{1}”只差全角半角、横线或空格；同一{2}请写成一样（一口井只留一行），不同的请改用别的"
        "编号",
        "The code {0!r} differs from {1!r} of this file in width, dashes or spaces only: write one "
        "{3} in one way (a well in one row), or give another one another code",
    ))  # fmt: skip


def _cased(named: _Named, column: pd.Series, plain: pd.Series) -> None:
    folded = plain[column.index].drop_duplicates().str.lower()
    folded = folded[folded.duplicated(keep=False)]
    several = column[folded.index]
    written = several.groupby(folded).unique()
    others = {
        code: examples(each for each in written[word] if each != code)
        for code, word in zip(several, folded, strict=True)
    }
    _tell(replace(named, column=several), ("code_differs_in_case", "warn"), others, (
        "编号“{0}”与本文件的“{1}”只差大小写，作为不同的编号处理；若是同一{2}，请写成一样",
        "The code {0!r} differs from {1!r} of this file in case only and is taken for another; if "
        "it is the same {3}, write both in one way",
    ))  # fmt: skip


def _tell(
    named: _Named, finding: tuple[str, str], of: dict[str, str], words: Sequence[str]
) -> None:
    rows = named.column[named.column.isin(list(of))]
    called = _CALLED[named.kind]
    zh, en = ([said.format(code, of[code], *called) for code in rows] for said in words)
    named.problems.add_rows(
        finding,  # type: ignore[arg-type]
        (zh, en), rows.index, column=named.header, value=rows.to_numpy(),
    )  # fmt: skip
