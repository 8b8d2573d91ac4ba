"""What is wrong with a file, row by row and column by column, in Chinese and English.

Problems are kept as columns (a DataFrame per finding), because a register may have a million
rows with the same fault; `Problem` is one of them, for people.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

Level = Literal["refuse", "warn", "info"]
COLUMNS = ("row", "column", "code", "level", "value", "zh", "en", "label")


@dataclass(frozen=True)
class Problem:
    """One finding. `row` counts data rows from 1; None means the whole file.

    `column` is the header in the source, `label` the code or name of the feature.
    """

    code: str
    level: Level
    zh: str
    en: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    label: str | None = None


class Problems:
    """A growing collection of problems."""

    def __init__(self) -> None:
        self._chunks: list[pd.DataFrame] = []

    def add(self, code: str, level: Level, zh: str, en: str, **more: str | None) -> None:
        """Add one problem of the whole file; `more` is `column` and `value`."""
        chunk = pd.DataFrame({"code": [code], "level": [level], "zh": [zh], "en": [en]})
        for name, text in more.items():
            chunk[name] = text
        chunk["row"] = pd.NA
        self._chunks.append(chunk)

    def add_rows(
        self,
        finding: tuple[str, Level],
        words: tuple[str | Sequence[str], str | Sequence[str]],
        rows: Any,
        **more: Any,
    ) -> None:
        """Add one problem for each of `rows`.

        `finding` is (code, level), `words` (Chinese, English), each one text for all rows or
        one per row; `more` is `column` and `value`, likewise.
        """
        rows = np.asarray(rows)
        if not len(rows):
            return
        chunk = pd.DataFrame({"row": rows})
        chunk["code"], chunk["level"] = finding
        chunk["zh"], chunk["en"] = words
        for name, content in more.items():
            chunk[name] = content
        self._chunks.append(chunk)

    def extend(self, other: "Problems") -> None:
        """Take over the problems of another collection."""
        self._chunks.extend(other._chunks)

    def frame(self) -> pd.DataFrame:
        """All problems as one frame with the columns of `COLUMNS`; whole-file ones first."""
        if not self._chunks:
            return pd.DataFrame({name: pd.Series(dtype="object") for name in COLUMNS})
        chunks = [c.reindex(columns=list(COLUMNS)).astype(object) for c in self._chunks]
        whole = pd.concat(chunks, ignore_index=True)
        whole = whole.where(whole.notna(), None)
        order = whole["row"].map(lambda row: 0 if row is None else int(row))
        return whole.iloc[np.argsort(order.to_numpy(), kind="stable")].reset_index(drop=True)

    def each(self) -> list[Problem]:
        """All problems, whole-file ones first, then by row."""
        return problems_of(self.frame())

    def refused_rows(self, column: str | None = None) -> set[int]:
        """The rows that may not be written; with `column`, those refused for what stands there."""
        found: set[int] = set()
        for chunk in self._chunks:
            if column is not None and not chunk.get("column", pd.Series()).eq(column).any():
                continue
            refused = chunk.loc[chunk["level"] == "refuse", "row"].dropna()
            found.update(int(row) for row in refused)
        return found

    def file_refusals(self) -> list[Problem]:
        """What forbids the whole file, whichever rows are left out."""
        whole = [c[c["row"].isna() & (c["level"] == "refuse")] for c in self._chunks]
        return [p for chunk in whole for p in problems_of(chunk.reindex(columns=list(COLUMNS)))]


def problems_of(frame: pd.DataFrame) -> list[Problem]:
    """The rows of a problem frame as objects."""
    clean = frame.astype(object).where(frame.notna(), None)
    found = []
    for each in clean[list(COLUMNS)].itertuples(index=False):
        row, column, code, level, value, zh, en, label = each
        number = None if row is None else int(row)
        found.append(Problem(code, level, zh, en, number, column, value, label))
    return found


def examples(values: Iterable[object], limit: int = 5, between: str = "、") -> str:
    """A few of many values, as a person would list them."""
    seen = list(dict.fromkeys(str(v) for v in values))
    return between.join(seen[:limit]) + (" …" if len(seen) > limit else "")
