"""Rows that the step from one day to another can tell of: those with a date that lies between.

A fact of a well on a day is read from rows that have begun, ended or fallen due by then, and a rule
compares dates among the facts with the day. So every date of every register counts, none is named;
only what is measured from another day than the asked one has to be, here below.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from psycopg import sql
from sqlalchemy import Connection, Date, Table, text

from gis_app.law import Rule
from gis_app.rules import days
from gis_app.store.statements import run
from gis_app.store.tables import REGISTER_TABLES, well, well_state

# Registers that tell nothing of wells (touched_wells.sql passes over the marks of them too).
OF_OTHERS = ("unit_year", "water_level", "water_norm", "document", "application", "site")
TABLES: tuple[Table, ...] = (
    well,
    well_state,
    *(table for name, table in REGISTER_TABLES.items() if name not in OF_OTHERS),
)

# Where the dates among the facts come from that rules compare with a day. A date that is not here
# has everything asked.
_GRANTED = (("exemption_grant", "until_on"), ("well", "exemption_until"))
_SOURCES: dict[str, tuple[tuple[str, str], ...]] = {
    "calibration_due_on": (("calibration", "due_on"), ("calibration", "checked_on")),
    "close_due_on": (("correction_order", "due_on"),),
    "emergency_ended_on": _GRANTED,
    "emergency_filing_due_on": _GRANTED,
    "exemption_lapsed_on": _GRANTED,
    "meter_due_on": (("correction_order", "due_on"),),
    "permit_approved_on": (("permit", "approved_on"),),
    "permit_valid_to": (("permit", "valid_to"),),
    "renewal_applied_on": (("permit", "renewal_applied_on"),),
    "repair_due_on": (("correction_order", "due_on"),),
}
# a fifth working day comes at most so long after (gis.working_days_after)
_BEFORE = {"emergency_filing_due_on": timedelta(days=35)}
# gis.taken_after_emergency counts the readings that began in the year before the day
_YEAR = timedelta(days=365)

Spans = dict[tuple[str, str], list[tuple[date, date]]]


def find(conn: Connection, rules: Sequence[Rule], was: date, now: date, most: int) -> bool:
    """Make `turned` (table_name, key, image): the rows to look at, of wells' states the wells.

    False where every well may have turned: a year has begun (volumes and reports are of years), a
    rule says so, or there are more rows than `most`.
    """
    conn.execute(text("drop table if exists turned"))
    conn.execute(
        text("create temp table turned (table_name text, key bigint, image jsonb) on commit drop")
    )
    if was == now:
        return True
    spans = spans_of(rules, was, now)
    if spans is None:
        return False
    rows = sql.SQL(" union all ").join(_rows(table, spans) for table in TABLES if _dates(table))
    limited = sql.SQL("insert into turned select * from ({}) r limit {}")
    return run(conn, limited.format(rows, sql.Literal(most + 1))) <= most


def spans_of(rules: Sequence[Rule], was: date, now: date) -> Spans | None:
    """Which dates (from, to, included) of which column of a table may turn; None: all of them."""
    turns = days.turns(rules, was, now)
    if turns is None or was.year != now.year:
        return None
    spans: Spans = {(t.name, column): [(was, now)] for t in TABLES for column in _dates(t)}
    spans["withdrawal", "from_on"].append((was - _YEAR, now - _YEAR))
    for turn in turns:
        if turn.column not in _SOURCES:
            return None
        first = turn.first - _BEFORE.get(turn.column, timedelta())
        for source in _SOURCES[turn.column]:
            spans[source].append((first, turn.last))
    return spans


def _dates(table: Table) -> list[str]:
    return [column.name for column in table.c if isinstance(column.type, Date)]


def _rows(table: Table, spans: Spans) -> sql.Composable:
    """A query for the rows of a table with a date in one of its spans, as `turned` has them."""
    within = sql.SQL(" or ").join(
        sql.SQL("t.{} between {} and {}").format(
            sql.Identifier(column), sql.Literal(first), sql.Literal(last)
        )
        for column in _dates(table)
        for first, last in sorted(set(spans[table.name, column]))
    )
    state = table is well_state
    return sql.SQL("select {}, t.{}, {} from gis.{} t where {}").format(
        sql.Literal(table.name),
        sql.Identifier("well_id" if state else f"{table.name}_id"),
        sql.SQL("null::jsonb" if state else "to_jsonb(t)"),
        sql.Identifier(table.name),
        within,
    )
