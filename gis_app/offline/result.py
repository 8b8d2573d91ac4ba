"""What an audit of files found: the service's words, as frames."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from html import escape
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from gis_app.client import frames
from gis_app.errors import BadInput
from gis_app.export import as_parquet
from gis_app.flags import FLAGS
from gis_app.law import Answer, Verdict
from gis_app.registry import Registry
from gis_app.report import listed
from gis_app.rules.columns import COLUMNS

_COUNTED = ["instrument", "rule", "answer", "verdict"]


@dataclass(frozen=True, kw_only=True)
class Audit:
    """The findings of a day on wells, and what could not be assessed.

    `table` has a row a finding without its words (`findings()` says them), `flagged` a row a well
    with the gravest of its findings: Arrow data sets, on disk where the audit was one of tiles.
    `not_assessed` names layers without a zone for a county, `unrecorded` facts that nobody there
    has: "no data here" is not "not concerned". `not_given` names registers that were not handed in,
    with the facts that are unknown for want of them.
    `problems` are remarks on the files.
    """

    on: date
    law_hash: str
    table: ds.Dataset = field(repr=False)
    flagged: ds.Dataset = field(repr=False)
    not_assessed: pd.DataFrame = field(repr=False)
    unrecorded: pd.DataFrame = field(repr=False)
    not_given: Mapping[str, Sequence[str]] = field(repr=False)
    problems: pd.DataFrame = field(repr=False)
    law: Registry = field(repr=False)

    @property
    def wells(self) -> int:
        """How many wells were audited."""
        return int(self.flagged.count_rows())

    def findings(self, **only: str | Sequence[str]) -> gpd.GeoDataFrame:
        """One row a finding, points in EPSG:4490: the columns and words of the service's list.

        `only` keeps those whose column is (one of) the given: `answer="applies"`, `code="W-1"`,
        `verdict=["prohibit", "seal"]`. Raises `BadInput` for a column that there is not.
        """
        batches = self.table.to_batches(filter=self._where(only))
        rows = ([self._row(row) for row in batch.to_pylist()] for batch in batches)
        told = listed.table(rows, self.law, words=True)
        found = frames.of_parquet(b"".join(as_parquet.write(told)))
        found.attrs = {"on": self.on.isoformat(), "law_hash": self.law_hash}
        return found

    def _where(self, only: Mapping[str, str | Sequence[str]]) -> ds.Expression:
        texts = [field.name for field in self.table.schema if pa.types.is_string(field.type)]
        kept = pc.scalar(True)
        for name, values in only.items():
            wanted = [values] if isinstance(values, str) else list(values)
            column = {"code": "subject_code"}.get(name, name)
            if name == "subject":  # all of them are of wells
                kept &= pc.scalar("well" in wanted)
            elif column in texts:
                kept &= ds.field(column).isin(wanted)
            else:
                raise BadInput(
                    f"结论不能按“{name}”筛选。可用：code、subject、{'、'.join(texts)}。",
                    f"Findings cannot be told by {name!r}. There are: code, subject, "
                    f"{', '.join(texts)}.",
                )
        return kept

    def closures(self) -> gpd.GeoDataFrame:
        """The findings that order a well to stop taking water."""
        closing = [v.value for v in Verdict if v.closes]
        return self.findings(answer=Answer.APPLIES.value, verdict=closing)

    @cached_property
    def counts(self) -> pd.DataFrame:
        """Findings by instrument, rule, answer and verdict: (…, wells)."""
        rows = self.table.to_table(columns=_COUNTED)
        counted = rows.group_by(_COUNTED).aggregate([([], "count_all")])
        frame = counted.to_pandas().rename(columns={"count_all": "wells"})
        return pd.DataFrame(frame.sort_values(_COUNTED, ignore_index=True)[[*_COUNTED, "wells"]])

    @cached_property
    def flags(self) -> pd.DataFrame:
        """Every well with its flag (close, indeterminate …, clear) and the rule it comes from."""
        columns = ["code", "area_code", "flag", "rule"]
        return pd.DataFrame(self.flagged.to_table(columns=columns).to_pandas())

    @property
    def wells_by_flag(self) -> dict[str, int]:
        """How many wells have each flag, gravest first."""
        counted = self.flagged.to_table(columns=["flag"]).to_pandas()["flag"].value_counts()
        return {flag: int(counted[flag]) for flag in FLAGS if flag in counted}

    def parts(self) -> Iterator[list[dict[str, Any]]]:
        """All findings as rows of the service's ledger, some at a time."""
        for batch in self.table.to_batches():
            yield [self._row(row) for row in batch.to_pylist()]

    def _row(self, row: Mapping[str, Any]) -> dict[str, Any]:
        missing = [name for name in row["missing"].split(",") if name]
        return {**row, "subject": "well", "missing": missing, "since": self.on, "until": None}

    def _repr_html_(self) -> str:
        """The audit in four lines."""
        by_answer = self.counts.groupby("answer")["wells"].sum()
        told = [
            f"{answer.zh} {answer.value} <b>{int(by_answer.get(answer.value, 0)):,}</b>"
            for answer in Answer
        ]
        flagged = " · ".join(f"{FLAGS[f].zh} {f} {n:,}" for f, n in self.wells_by_flag.items())
        gaps = ", ".join(sorted(set(self.not_assessed["layer"])))
        unknown = ", ".join(COLUMNS[f].zh for names in self.not_given.values() for f in names[:1])
        lines = [
            f"<p>无服务器审计 audit of files · 法律日期 as of <b>{self.on}</b> · "
            f"<b>{self.wells:,}</b> 口井 wells",
            f"结论 findings：{' · '.join(told)}",
            f"井 wells：{flagged}",
        ]
        if gaps:
            lines.append(f"无数据、未评估的图层 layers without data, not assessed：{escape(gaps)}")
        if unknown:
            registers = ", ".join(self.not_given)
            lines.append(f"未提供的登记册 registers not given：{escape(registers)}（{unknown} ……）")
        return "<br>".join(lines) + "</p>"
