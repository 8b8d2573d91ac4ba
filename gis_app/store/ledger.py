"""The ledger read: findings of a ledger, of wells, and the runs that wrote them."""

from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, Text, func, select
from sqlalchemy.sql.elements import ColumnElement

from gis_app.errors import NotFound
from gis_app.store import cursors
from gis_app.store.tables import audit_run, finding

STANDING = "standing"
SHOWN = select(func.gis.shown_ledger(type_=Text)).scalar_subquery()

_FINDINGS = select(
    *(column for column in finding.c if column.name not in {"ledger", "geom"}),
    func.st_x(func.st_pointonsurface(finding.c.geom)).label("lon"),
    func.st_y(func.st_pointonsurface(finding.c.geom)).label("lat"),
)
# of either reach: one that goes beyond the area of a document says so after a +
_LAST_STANDING = select(func.max(audit_run.c.run_id)).where(
    func.split_part(audit_run.c.ledger, "+", 1) == STANDING, audit_run.c.finished_at.is_not(None)
)


@dataclass(frozen=True, kw_only=True)
class Which:
    """Which findings: of a ledger, some instruments, an area, a rule, an answer, a subject, and of
    which a condition holds.
    """

    ledger: str
    instruments: Sequence[str] = ()
    area: str = ""
    rule: str | None = None
    answer: str | None = None
    subject: str | None = None
    closed: bool = False
    filter: ColumnElement[bool] | None = None


def findings(
    conn: Connection, which: Which, *, limit: int | None = None, after: int = 0
) -> list[dict[str, Any]]:
    """Findings in the order they were opened: open ones, or with `closed` all of them.

    Each has the columns of gis.finding and `lon`, `lat` (EPSG:4490).
    """
    statement = _asked(which).where(finding.c.finding_id > after)
    if limit is not None:
        statement = statement.limit(limit)
    return [dict(row) for row in conn.execute(statement).mappings()]


def parts(
    conn: Connection, which: Which, rows: int = 5000
) -> Generator[list[dict[str, Any]], None, None]:
    """All findings as `findings` gives them, some at a time, read as they are asked for."""
    return _parts(conn, _asked(which), rows)


def matching(
    conn: Connection, where: ColumnElement[bool], rows: int = 5000
) -> Generator[list[dict[str, Any]], None, None]:
    """As `parts`, the findings of which a condition holds."""
    return _parts(conn, _FINDINGS.where(where).order_by(finding.c.finding_id), rows)


def _parts(
    conn: Connection, statement: Select[Any], rows: int
) -> Generator[list[dict[str, Any]], None, None]:
    with closing(cursors.parts(conn, statement, rows)) as found:
        for part in found:
            yield [dict(row._mapping) for row in part]


def _asked(which: Which) -> Select[Any]:
    statement = _FINDINGS.where(finding.c.ledger == which.ledger).order_by(finding.c.finding_id)
    if not which.closed:
        statement = statement.where(finding.c.closed_run.is_(None))
    if which.instruments:
        statement = statement.where(finding.c.instrument.in_(which.instruments))
    if which.area:
        statement = statement.where(finding.c.area_code.startswith(which.area))
    for column, value in (
        (finding.c.rule, which.rule),
        (finding.c.answer, which.answer),
        (finding.c.subject, which.subject),
    ):
        if value is not None:
            statement = statement.where(column == value)
    if which.filter is not None:
        statement = statement.where(which.filter)
    return statement


def shown(conn: Connection) -> str:
    """The ledger that maps and cards show."""
    return str(conn.execute(select(SHOWN)).scalar_one())


def run(conn: Connection, run_id: int) -> dict[str, Any]:
    """A run by its id. Raises `NotFound`."""
    row = conn.execute(select(audit_run).where(audit_run.c.run_id == run_id)).mappings().first()
    if row is None:
        raise NotFound(f"没有第 {run_id} 次审计。", f"There is no audit {run_id}.")
    return dict(row)


def runs(conn: Connection, limit: int = 20) -> list[dict[str, Any]]:
    """The latest finished runs, newest first."""
    statement = (
        select(audit_run)
        .where(audit_run.c.finished_at.is_not(None))
        .order_by(audit_run.c.run_id.desc())
        .limit(limit)
    )
    return [dict(row) for row in conn.execute(statement).mappings()]


def latest(conn: Connection) -> int | None:
    """The last finished run that wrote the standing ledger; None: none has."""
    found: int | None = conn.execute(_LAST_STANDING).scalar()
    return found


def previous(conn: Connection, run: Mapping[str, Any]) -> int | None:
    """The finished run of the standing ledger before a run, of the same area and reach.

    None: there is none. An audit of a day ahead, or long ago, is not one to begin from.
    """
    statement = _LAST_STANDING.where(
        audit_run.c.run_id < run["run_id"],
        audit_run.c.area == run["area"],
        audit_run.c.anywhere == run["anywhere"],
    )
    found: int | None = conn.execute(statement).scalar()
    return found
