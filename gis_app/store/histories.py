"""Histories that audits of files read beside the registers: delegated numbers, wells' states."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Select, exists, select

from gis_app.export.table import Table
from gis_app.layer import Field
from gis_app.store import exports
from gis_app.store.tables import change, law_parameter, well, well_state
from gis_app.terms import STATUS

_NUMBERS = Table(
    name="law_parameter",
    zh="授权地方规定的数",
    en="Numbers that the law delegates",
    fields=(
        Field(name="name", zh="参数", en="parameter", required=True),
        Field(name="area", zh="行政区划代码（空：各地）", en="area code (blank: anywhere)"),
        Field(name="value", zh="值（空：撤回）", en="value (blank: taken back)", kind="number"),
        Field(name="since", zh="起始日", en="first day", kind="date", required=True),
        Field(name="source", zh="出处", en="where it comes from", required=True),
        Field(name="set_by", zh="录入人", en="who set it"),
        Field(name="set_at", zh="录入时间", en="when it was set", kind="instant"),
    ),
    geometry="none",
    batches=(),
)
_STATES = Table(
    name="well_state",
    zh="取水井状态沿革",
    en="States of wells over time",
    fields=(
        Field(name="well_state_id", zh="标识", en="id", kind="integer", required=True),
        Field(name="well_code", zh="水井编号", en="code of the well", required=True),
        Field(name="status", zh="应用状况", en="status", kind="choice", choices=STATUS),
        Field(name="from_on", zh="起始日", en="first day", kind="date"),
        Field(name="recorded_at", zh="记录时间", en="when it was recorded", kind="instant"),
        Field(
            name="corrected",
            zh="是否有人更正",
            en="whether somebody changed it, and so vouches for its day",
            kind="boolean",
        ),
    ),
    geometry="none",
    batches=(),
)
HISTORIES: Mapping[str, Table] = {each.name: each for each in (_NUMBERS, _STATES)}


def table(conn: Connection, name: str) -> Table:
    """All of a history, in the order in which it was written, not yet read.

    Raises `KeyError` for what is none of `HISTORIES`.
    """
    history = HISTORIES[name]
    return history.over(exports.batches(conn, _rows()[name], history.schema()))


def _rows() -> Mapping[str, Select[Any]]:
    number, state = law_parameter.c, well_state.c
    corrected = exists().where(
        change.c.table_name == well_state.name, change.c.key == state.well_state_id
    )
    said = (number.name, number.area, number.value, number.since, number.source)
    numbers = select(*said, number.set_by, number.set_at)
    states = (state.well_state_id, well.c.code, state.status, state.from_on, state.recorded_at)
    return {
        _NUMBERS.name: numbers.order_by(number.law_parameter_id),
        _STATES.name: select(*states, corrected)
        .join_from(well_state, well, well.c.well_id == state.well_id)
        .order_by(state.well_state_id),
    }
