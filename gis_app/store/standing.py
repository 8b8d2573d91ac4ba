"""What an audit of everything goes on from: the last one, and what has changed since.

An audit by the same program need ask only what may be answered otherwise now: all rules of wells
that somebody has changed or that the days gone by tell of; of wells in zones that changed, the
rules that look at their layers; and of all wells the rules whose law is another. Counts go on from
those of the last. Wherever it is in doubt everything is asked: the answer is always the same.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from psycopg import sql
from sqlalchemy import Connection, text

from gis_app.flags import FLAGS
from gis_app.law import Rule
from gis_app.program import fingerprint
from gis_app.rules import engine
from gis_app.rules.engine import DISTRICT
from gis_app.rules.subjects import SUBJECTS, ZONE_LAYERS
from gis_app.store import flags, turned, unrecorded
from gis_app.store.facts import FEW
from gis_app.store.statements import answers, run, script


@dataclass(frozen=True)
class Last:
    """The last audit of everything: its run, its ledger, its wells by flag, and the wells that may
    differ since.

    `flags` is None where an audit of a part has written flags since.
    `by_zones`: those of which only zones of `layers` have changed. `elsewhere`: the layers of all
    zones that have changed since (None: the day, the law or a register as well). `other_law`: rules
    that say something else, are new, or are law no more: they may differ of any well.
    """

    run_id: int
    ledger: str
    flags: Mapping[str, int] | None
    well_ids: Sequence[int] = ()
    by_zones: Sequence[int] = ()
    layers: Collection[str] = ()
    elsewhere: Collection[str] | None = None
    other_law: Collection[str] = ()


def last(
    conn: Connection, run_id: int, rules: Sequence[Rule], law: Mapping[str, str]
) -> Last | None:
    """What the run that has just begun may go on from; None: everything is to be asked.

    `rules`: those that it asks of wells; `law`: the hash of each rule in force. Not where the
    program is another, where the law reads other facts of the wells, or where more wells may differ
    than one would look up singly.
    """
    found = conn.execute(text(_GOES_ON), {"run_id": run_id, "program": program()}).first()
    if found is None or conn.execute(text(_MARKS), {"most": FEW + 1}).scalar_one() > FEW:
        return None
    other_law = {rule for rule, _ in law.items() ^ found.law.items()}
    same = [rule for rule in rules if rule.id not in other_law]
    if other_law and not unrecorded.same_facts(conn, rules):
        return None
    if not turned.find(conn, same, found.was_on, found.now_on, FEW):
        return None
    touched = answers(conn, "touched_wells", of_others=list(turned.OF_OTHERS))
    if any(row["well_ids"] is None for row in touched):
        return None
    wells: set[int] = set()
    by_zones: set[int] = set()
    layers: set[str] = set()
    for row in touched:
        # a well that lies in another county may be another one throughout
        if row["layers"] is None or DISTRICT in row["layers"]:
            wells.update(row["well_ids"])
        else:
            by_zones.update(row["well_ids"])
            layers.update(row["layers"])
    if len(wells | by_zones) > FEW:
        return None
    return Last(
        found.run_id,
        found.ledger,
        found.flags,
        sorted(wells),
        sorted(by_zones - wells),
        layers,
        _elsewhere(conn) if found.was_on == found.now_on and not other_law else None,
        other_law,
    )


_GOES_ON = """
select a.run_id, a.law, was.ledger, was."on" as was_on, now."on" as now_on,
       case when not exists (
         select from gis.audit_run r
         where r.run_id > a.run_id and r.run_id < now.run_id and r.ledger = was.ledger
       ) then was.counts -> 'wells_by_flag' end as flags
from gis.audited a
join gis.audit_run was on was.run_id = a.run_id
join gis.audit_run now on now.run_id = :run_id
where a.program = :program and now."on" = gis.today() and was."on" <= now."on"
  and was.ledger = now.ledger
"""
_MARKS = "select count(*) from (select from gis.unaudited limit :most) u"


def _elsewhere(conn: Connection) -> set[str] | None:
    layers = set(conn.execute(text(_LAYERS)).scalars())
    return None if None in layers else layers


_LAYERS = """
select distinct l.layer from gis.unaudited u left join lateral unnest(u.layers) l (layer) on true
"""


def concerned(subject: str, rules: Sequence[Rule], since: Last) -> list[Rule]:
    """The rules that may answer otherwise of some subject of another kind than wells."""
    changed = since.elsewhere
    if changed is None or not _MADE_OF[subject].isdisjoint(changed):
        return list(rules)
    return engine.of_layers(rules, changed)


# The zones that tell more of a subject than where it lies.
_MADE_OF: dict[str, frozenset[str]] = {
    "application": frozenset({"management_unit"}),
    "unit": frozenset({"management_unit"}),
    "site": frozenset(),
    "zone": frozenset(ZONE_LAYERS),
    "dataset": frozenset({"import"}),
}


def others_too(conn: Connection, rules: Sequence[Rule], since: Last) -> bool:
    """Whether the touched wells (`facts`) change what is unrecorded of whole counties."""
    return unrecorded.others_lack(conn, rules, since.well_ids)


def keep(
    conn: Connection, run_id: int, law: Mapping[str, str], rules: Sequence[Rule] | None
) -> None:
    """Let the next audit go on from this one of everything; `rules` where it has asked all wells.

    An audit of a day gone by reads the register otherwise: none goes on from it.
    """
    if rules is not None:
        unrecorded.keep(conn, "")
        unrecorded.keep_witnesses(conn, rules)
    conn.execute(text("delete from gis.unaudited"))
    conn.execute(text("delete from gis.audited"))
    given = {"run_id": run_id, "program": program(), "law": orjson.dumps(law).decode()}
    conn.execute(text(_KEEP), given)


_KEEP = """
insert into gis.audited (run_id, program, law, counties)
select r.run_id, :program, cast(:law as jsonb),
       (select coalesce(jsonb_agg(c), '[]') from counties c)
from gis.audit_run r where r.run_id = :run_id and r."on" = gis.today()
"""


def beside(
    conn: Connection, run_id: int, law: Mapping[str, str], area: str, *, of_all_law: bool
) -> None:
    """Let none go on where this audit of a part has written into the ledger of the last what an
    audit of everything would not: by another program, law or day, or of some instruments alone.

    What it saw stays marked: the next of everything looks at it once more, and finds it so.
    """
    same = of_all_law and not unrecorded.keep(conn, area)
    given = {"run_id": run_id, "program": program(), "law": orjson.dumps(law).decode()}
    conn.execute(text(_INTERRUPT), {**given, "same": same})


_INTERRUPT = """
delete from gis.audited a
using gis.audit_run was, gis.audit_run now
where was.run_id = a.run_id and now.run_id = :run_id and now.ledger = was.ledger
  and not (:same and a.program = :program and a.law @> cast(:law as jsonb)
           and now."on" = gis.today() and now."on" >= was."on")
"""


def recall_counties(conn: Connection) -> None:
    """Make `counties` and `unrecorded` those of all wells: as the last audit kept them, but counted
    anew where a well may stand in another county now.
    """
    conn.execute(text("drop table if exists counties"))
    if conn.execute(text(_MOVED)).scalar_one():
        run(conn, script("counties").format(district=sql.Literal(DISTRICT)))
    else:
        conn.execute(text(_COUNTIES))
    unrecorded.recall(conn)


_MOVED = f"""
select exists (
  select from gis.unaudited u where '{DISTRICT}' = any (u.layers)
) or exists (
  select from gis.unaudited u
  cross join lateral (select * from gis.change c where c.change_id = u.change_id offset 0) c
  where u.layers is null and c.table_name = 'well'
    and (c.op <> 'update' or c.old ->> 'area_code' is distinct from c.new ->> 'area_code')
)
"""
_COUNTIES = """
create temp table counties on commit drop as
select c.* from gis.audited a
cross join lateral jsonb_to_recordset(a.counties) c (area_code text, wells bigint)
"""


def count_found(conn: Connection, since: Last) -> list[dict[str, Any]]:
    """Open findings of every kind of subject, as `audits.count_decided` counts those of one."""
    found = answers(conn, "found_since", run_id=since.run_id, ledger=since.ledger)
    kinds = list(SUBJECTS)
    return sorted(found, key=lambda row: kinds.index(row["subject"]))  # by rule within a kind


def count_wells(conn: Connection, since: Last, turned: Counter[str]) -> dict[str, int]:
    """All wells by flag, gravest first, as `flags.count`: what the last audit counted, what
    has `turned` and who has gone since; where that was not the last word, counted anew.
    """
    if since.flags is None:
        return flags.count_all(conn)
    gone = script("flags_gone").format(
        ids=sql.Literal(list(since.well_ids)),
        ledger=sql.Literal(since.ledger),
        run_id=sql.Literal(since.run_id),
    )
    counted = Counter(since.flags)
    counted.update(turned)
    for row in conn.execute(text(gone.as_string())).all():
        counted[row.flag] -= row.wells
    return {flag: counted[flag] for flag in FLAGS if counted[flag]}


def program() -> str:
    """The SHA-256 of the program that makes facts, findings and marks."""
    return fingerprint("gis_app.store", "gis_app.registers", "gis_app.rules")
