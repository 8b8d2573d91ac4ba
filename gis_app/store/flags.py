"""The flag of each well, for maps: the gravest of the findings that stand."""

from collections import Counter

from psycopg import sql
from sqlalchemy import Connection, text

from gis_app.flags import FLAGS
from gis_app.store.audits import Entry
from gis_app.store.statements import rows, script


def settle(conn: Connection, entry: Entry, *, of_ledger: bool) -> Counter[str]:
    """Bring the map's flags in step with what stands, for the wells just audited; how many more
    (fewer) wells have which flag now.

    What stands is `decided`; `of_ledger`: and, by instruments not asked, what the ledger holds.
    Where only some rules were asked, only wells are looked at whose findings have moved.
    """
    findings, wells = _STANDING if of_ledger else _DECIDED, "facts"
    if entry.only is not None:
        findings, wells = script("flags_moved"), _MOVED
    statement = script("flag_wells").format(
        wells=sql.SQL(wells),
        findings=findings.format(
            ledger=sql.Literal(entry.ledger), rules=sql.Literal(sorted(entry.only or ()))
        ),
    )
    turned: Counter[str] = Counter()
    for row in rows(conn, statement):
        turned[row.now] += row.wells
        if row.was is not None:
            turned[row.was] -= row.wells
    if turned:
        conn.execute(text("select gis.bump(array['well'])"))
    return turned


_MOVED = "(select distinct subject_id from moves)"
_DECIDED = sql.SQL(
    "select d.subject_id as well_id, gis.gravity(d.answer, d.verdict) || d.rule as worst"
    " from decided d"
)
_STANDING = sql.SQL(
    "select o.subject_id as well_id, gis.gravity(o.answer, o.verdict) || o.rule as worst"
    " from gis.finding o where o.ledger = {ledger} and o.subject = 'well' and o.closed_run is null"
    " and o.subject_id in (select was.well_id from was)"
)


def count(conn: Connection) -> dict[str, int]:
    """Wells of this run by the gravest of their findings (close, indeterminate, …, clear)."""
    statement = (
        "select gis.flag(d.gravity) as flag, count(*) as wells from facts x left join"
        " (select subject_id, min(gis.gravity(answer, verdict)) as gravity from decided"
        " group by subject_id) d on d.subject_id = x.subject_id group by 1 order by min(d.gravity)"
    )
    return {row.flag: row.wells for row in conn.execute(text(statement))}


def count_all(conn: Connection) -> dict[str, int]:
    """All wells that have a flag by it, as the map shows them, gravest first."""
    statement = "select flag, count(*) as wells from gis.well_flag group by flag"
    counted = {row.flag: row.wells for row in conn.execute(text(statement))}
    return {flag: counted[flag] for flag in FLAGS if flag in counted}
