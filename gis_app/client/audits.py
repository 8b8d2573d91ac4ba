"""An audit that was run, and its findings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import Any, Self

import geopandas as gpd
import pandas as pd

from gis_app.client import frames, reading
from gis_app.client.http import Transport

COUNTED = ["subject", "rule", "answer", "verdict", "subjects"]
ANSWERS = {"applies": "适用", "indeterminate": "不能确定", "exempt": "豁免"}


@dataclass(frozen=True, kw_only=True)
class AuditResult:
    """One run: what was asked, under which law, what came out.

    `counts` has a row per subject, rule, answer and verdict with the number of `subjects`;
    `not_assessed` a row per county and layer where no zone is on record, which is not the same as
    "not concerned".
    """

    run_id: int
    on: date
    ledger: str
    law_hash: str
    wells: int
    opened: int
    continued: int
    closed: Mapping[str, int]
    counts: pd.DataFrame = field(repr=False)
    not_assessed: pd.DataFrame = field(repr=False)
    about: Mapping[str, Any] = field(repr=False)
    _http: Transport = field(repr=False, compare=False)

    @classmethod
    def of(cls, run: Mapping[str, Any], about: Mapping[str, Any], http: Transport) -> Self:
        """The run in an answer of the API."""
        counts = run["counts"]
        gaps = pd.DataFrame(run["not_assessed"], columns=["area_code", "layer", "wells"])
        return cls(
            run_id=run["run_id"],
            on=date.fromisoformat(run["on"]),
            ledger=run["ledger"],
            law_hash=run["law_hash"],
            wells=counts["wells"],
            opened=counts["opened"],
            continued=counts["continued"],
            closed=counts["closed"],
            counts=pd.DataFrame(counts["findings"], columns=COUNTED),
            not_assessed=gaps,
            about=about,
            _http=http,
        )

    def findings(
        self, *, closed: bool = False, filter: str | None = None, **properties: Any
    ) -> gpd.GeoDataFrame:
        """Findings in the order they were opened, one row a finding, points in EPSG:4490.

        `properties` equal a value, or one of several: `subject="well"`, `rule`, `answer`, `code`,
        `verdict` …; `filter` is CQL2 text. Open ones as they stand now; with `closed` those closed
        since as well. The columns are those of the exported list, then the words an office reads
        (`answer_zh`, `quote`, …).
        """
        asked = {"closed": frames.text(closed), "filter": filter}
        table = reading.findings(self._http, self.run_id, properties, asked)
        table.attrs |= {**self.about, "run_id": self.run_id, "on": self.on.isoformat()}
        return table

    def _repr_html_(self) -> str:
        """The run in three lines."""
        answers = self.counts.groupby("answer")["subjects"].sum()
        told = [f"{zh} {name} <b>{answers.get(name, 0):,}</b>" for name, zh in ANSWERS.items()]
        closed = sum(self.closed.values())
        return (
            f"<p>审计 audit <b>{self.run_id}</b> · 法律日期 as of <b>{self.on}</b> · "
            f"<b>{self.wells:,}</b> 口井 wells<br>"
            f"结论 findings：{' · '.join(told)}<br>"
            f"台账 ledger {escape(self.ledger)}：新开 opened {self.opened:,} · "
            f"延续 continued {self.continued:,} · 关闭 closed {closed:,} · "
            f"法律版本 law {escape(self.law_hash[:12])}</p>"
        )
