"""What an audit of everything goes on from: the last one, and what has changed since.

An audit by the same law and the same program need ask only those wells whose facts may be others
now, by a change that somebody made or by the days gone by. Wherever that is in doubt everything is
asked: the answer is always the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from psycopg import sql
from sqlalchemy import Connection, text

from gis_app.law import Rule
from gis_app.program import fingerprint
from gis_app.store import turned, unrecorded
from gis_app.store.facts import DISTRICT, FEW
from gis_app.store.statements import answers, run, script


@dataclass(frozen=True)
class Last:
    """The last audit of everything: its run, its ledger, and the wells that may differ since."""

    run_id: int
    ledger: str
    well_ids: Sequence[int]


def last(conn: Connection, run_id: int, rules: Sequence[Rule]) -> Last | None:
    """What the run that has just begun may go on from; None: everything is to be asked.

    `rules`: those that it asks of wells. Not where the law or the program is another, or where
    more wells may differ than one would look up singly.
    """
    found = conn.execute(text(_GOES_ON), {"run_id": run_id, "program": program()}).first()
    if found is None or conn.execute(text(_MARKS), {"most": FEW + 1}).scalar_one() > FEW:
        return None
    if not turned.find(conn, rules, found.was_on, found.now_on, FEW):
        return None
    touched = conn.execute(text(script("touched_wells").as_string())).scalars().all()
    if len(touched) > FEW or None in touched:
        return None
    return Last(found.run_id, found.ledger, sorted(touched))


_GOES_ON = """
select a.run_id, was.ledger, was."on" as was_on, now."on" as now_on
from gis.audited a
join gis.audit_run was on was.run_id = a.run_id
join gis.audit_run now on now.run_id = :run_id
where a.program = :program and now."on" = gis.today() and was."on" <= now."on"
  and (was.ledger, was.law_hash) = (now.ledger, now.law_hash)
"""
_MARKS = "select count(*) from (select from gis.unaudited limit :most) u"


def others_too(conn: Connection, rules: Sequence[Rule], since: Last) -> bool:
    """Whether the touched wells (`facts`) change what is unrecorded of whole counties."""
    return unrecorded.others_lack(conn, rules, since.well_ids)


def keep(conn: Connection, run_id: int, rules: Sequence[Rule] | None) -> None:
    """Let the next audit go on from this one of everything; `rules` where it has asked all wells.

    An audit of a day gone by reads the register otherwise: none goes on from it.
    """
    if rules is not None:
        unrecorded.keep_witnesses(conn, rules)
    conn.execute(text("delete from gis.unaudited"))
    conn.execute(text("delete from gis.audited"))
    conn.execute(text(_KEEP), {"run_id": run_id, "program": program()})


_KEEP = """
insert into gis.audited (run_id, program)
select r.run_id, :program from gis.audit_run r where r.run_id = :run_id and r."on" = gis.today()
"""


def interrupt(conn: Connection, run_id: int) -> None:
    """Let none go on where this audit of a part has written other law into the ledger.

    Of the day it was run on and by the same law, what it wrote is what everything would have got.
    """
    conn.execute(text(_INTERRUPT), {"run_id": run_id})


_INTERRUPT = """
delete from gis.audited a
using gis.audit_run was, gis.audit_run now
where was.run_id = a.run_id and now.run_id = :run_id and now.ledger = was.ledger
  and (now.area <> '' or now."on" <> gis.today() or now.law_hash <> was.law_hash)
"""


def count_counties(conn: Connection) -> None:
    """Make `counties` those of all wells, where `facts` are those of some."""
    conn.execute(text("drop table counties"))
    run(conn, script("counties").format(district=sql.Literal(DISTRICT)))


def count_found(conn: Connection, since: Last) -> list[dict[str, Any]]:
    """Open findings of all wells by rule, answer and verdict, as `audits.count_decided`."""
    return answers(conn, "found_since", run_id=since.run_id, ledger=since.ledger)


def count_wells(conn: Connection) -> dict[str, int]:
    """All wells by flag, gravest first, as `audits.count_wells`."""
    statement = (
        "select f.flag, count(*) as wells from gis.well_flag f group by f.flag"
        " order by array_position(array(select gis.flag(n) from generate_series(1, 6) n), f.flag)"
    )
    return {row.flag: row.wells for row in conn.execute(text(statement))}


def program() -> str:
    """The SHA-256 of the program that makes facts, findings and marks."""
    return fingerprint("gis_app.store", "gis_app.registers", "gis_app.rules")
