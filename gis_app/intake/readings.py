"""Withdrawals: days counted twice, and electricity that cannot be turned into water."""

import numpy as np
import pandas as pd
import pyarrow as pa
from sqlalchemy import Connection

from gis_app.intake import stage
from gis_app.intake.match import Matched
from gis_app.intake.problem import Problems
from gis_app.layer import Layer, Register
from gis_app.store import checks

REGISTER = "withdrawal"


def check(
    conn: Connection, matched: Matched, collection: Layer | Register, problems: Problems
) -> None:
    """Warn of readings that overlap at one well by one method, and of electricity without more."""
    if not isinstance(collection, Register) or collection.id != REGISTER:
        return
    if not set(collection.key) <= set(matched.values):
        return
    keys = matched.values[list(collection.key)]
    sound = keys.notna().all(axis=1) & ~keys.index.isin(list(problems.refused_rows()))
    every = pa.table(stage.key_columns(matched, collection))
    spans = every.filter(pa.array(sound.to_numpy(dtype=bool), pa.bool_()))
    _overlaps(conn, spans, matched, problems)
    _electricity(conn, spans, matched, problems)


def _overlaps(conn: Connection, spans: pa.Table, matched: Matched, problems: Problems) -> None:
    found = checks.overlapping(conn, spans)
    problems.add_rows(
        ("readings_overlap", "warn"),
        (
            [
                f"与同井同方法的另一条记录（{o.from_on} 至 {o.to_on}）期间重叠，"
                "水量可能重复计算，请核对"
                for o in found
            ],
            [
                f"Overlaps another reading of the same well and method ({o.from_on} to {o.to_on}): "
                "water may be counted twice, check both"
                for o in found
            ],
        ),
        [o.row for o in found],
        column=matched.columns.get("from_on"),
    )


def _electricity(conn: Connection, spans: pa.Table, matched: Matched, problems: Problems) -> None:
    values = matched.values
    nothing = pd.Series(None, index=values.index, dtype=object)
    electric = pd.Series(values.index.isin(spans["row_no"].to_numpy()), index=values.index)
    electric &= values["method"] == "electricity"
    no_kwh = electric & values.get("kwh", nothing).isna()
    problems.add_rows(
        ("electricity_missing", "warn"),
        (
            "以电折水的记录没有用电量，水量无从核对；请补填用电量（千瓦时）",
            "Volume by electricity without the electricity used: fill in the kWh",
        ),
        values.index[no_kwh],
        column=matched.columns.get("kwh"),
    )
    asked = electric & values.get("m3_per_kwh", nothing).isna()
    chosen = spans.filter(pa.array(np.isin(spans["row_no"].to_numpy(), asked.index[asked])))
    rows = checks.without_coefficient(conn, chosen.drop_columns(["method"]))
    problems.add_rows(
        ("coefficient_missing", "warn"),
        (
            "以电折水的记录没有折算系数，该井、该地当期也没有登记系数；请补填或先导入“以电折水系数”",
            "Volume by electricity without a coefficient, and none is registered for the well or "
            "its area in those days: fill it in, or import electricity_coefficient first",
        ),
        rows,
        column=matched.columns.get("m3_per_kwh"),
    )
