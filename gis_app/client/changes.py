"""What changed between two audits, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any, Self

import geopandas as gpd
import pandas as pd

from gis_app.client import frames
from gis_app.client.http import Transport
from gis_app.export.changes import CAUSES, KINDS

Row = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Changes:
    """Two audits compared, in what both asked: `since` and `audit` are rows of the two.

    `table` has a row a change: `kind` (opened, closed, changed), `cause` and all `causes`, `why_zh`
    and `why_en` (the facts that differ, before and after), the finding before and after, points in
    EPSG:4490. `continued` findings are the same in both. `began` and `lapsed` are instruments in
    force on one of the days only; `left_out` were asked by one audit only.
    """

    since: Row = field(repr=False)
    audit: Row = field(repr=False)
    area: str
    continued: int
    began: Sequence[Row] = field(repr=False)
    lapsed: Sequence[Row] = field(repr=False)
    left_out: Sequence[str]
    table: gpd.GeoDataFrame = field(repr=False)

    @classmethod
    def between(cls, http: Transport, since: int, run: int, about: Row) -> Self:
        """Ask the service to compare them."""
        path = f"/audits/{run}/changes"
        told = http.get(path, {"since": since})
        asked = {"since": since, "f": "parquet"}
        table = frames.of_parquet(http.download(f"{path}/export", asked, what="变化 changes"))
        table.attrs = {**about, "on": told["audit"]["on"]}
        return cls(
            since=told["since"],
            audit=told["audit"],
            area=told["area"],
            continued=told["continued"],
            began=told["law"]["began"],
            lapsed=told["law"]["lapsed"],
            left_out=told["instruments_of_one_only"],
            table=table,
        )

    @property
    def opened(self) -> gpd.GeoDataFrame:
        """What only the later audit has."""
        return self._of("opened")

    @property
    def closed(self) -> gpd.GeoDataFrame:
        """What only the earlier audit has."""
        return self._of("closed")

    @property
    def changed(self) -> gpd.GeoDataFrame:
        """What both have, with another answer, order, exemption or zone."""
        return self._of("changed")

    @property
    def by_cause(self) -> pd.DataFrame:
        """Changes by cause (rows, the commonest first) and kind (columns), counted."""
        counts = pd.crosstab(self.table["cause"], self.table["kind"])
        counts = counts.reindex(columns=list(KINDS), fill_value=0)
        return counts.loc[counts.sum(axis=1).sort_values(ascending=False, kind="stable").index]

    @property
    def by_rule(self) -> pd.DataFrame:
        """Changes by rule (rows) and kind (columns), counted."""
        counts = pd.crosstab(self.table["rule"], self.table["kind"])
        return counts.reindex(columns=list(KINDS), fill_value=0)

    def _of(self, kind: str) -> gpd.GeoDataFrame:
        return self.table[self.table["kind"] == kind].reset_index(drop=True)

    def _repr_html_(self) -> str:
        """The comparison in a few lines, and its causes."""
        sides = " → ".join(
            f"<b>{each['run_id']}</b>（{each['on']}）" for each in (self.since, self.audit)
        )
        counts = " · ".join(
            f"{words.zh} {kind} <b>{len(self._of(kind)):,}</b>" for kind, words in KINDS.items()
        )
        law = [f"开始生效 began：《{escape(i['zh'])}》" for i in self.began]
        law += [f"失效 lapsed：《{escape(i['zh'])}》" for i in self.lapsed]
        if self.left_out:
            law.append(f"未比较 not compared：{escape('、'.join(self.left_out))}")
        rows = self.by_cause.rename(index={k: f"{c.zh} {k}" for k, c in CAUSES.items()})
        rows = rows.rename(columns={k: c.zh for k, c in KINDS.items()})
        rows = rows.rename_axis(index="原因 cause", columns=None)
        return (
            f"<p>审计 audits {sides}<br>{counts} · 不变 continued <b>{self.continued:,}</b>"
            f"{''.join(f'<br>{each}' for each in law)}</p>{rows.to_html()}"
        )
