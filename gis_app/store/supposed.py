"""A zone version supposed to be law: a what-if in temporary tables, for this transaction.

`supposed` holds the version, `supposed_zone` (a view) all zones as they would be, `supposed_pair`
its pairs with wells. No table of the office is written, no lock taken that a writer waits for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from psycopg import sql
from sqlalchemy import Connection, func, select, text

from gis_app.errors import NotFound
from gis_app.law import Rule
from gis_app.rules import engine
from gis_app.rules.columns import COLUMNS
from gis_app.store import facts, ledger
from gis_app.store.facts import FEW, Asked
from gis_app.store.statements import answers, run, script
from gis_app.store.tables import zone

NEW = 2**62  # the id of a zone that is not there yet: after all that are


@dataclass(frozen=True)
class Amended:
    """What a draft follows: the zone, the number its next version gets, and its law of a day.

    `version` and `since` are None where nothing of it is law on that day.
    """

    zone_id: int = NEW
    following: int = 1
    version: int | None = None
    since: date | None = None


def amended(conn: Connection, layer: str, zone_id: int, on: date) -> Amended:
    """What a draft of that zone would follow on a day. Raises `NotFound`."""
    binds = func.gis.binds(zone.c.law_status, zone.c.valid_from, zone.c.valid_to, on)
    rows = conn.execute(
        select(zone.c.version, zone.c.valid_from, binds.label("binds")).where(
            zone.c.zone_id == zone_id, zone.c.layer == layer
        )
    ).all()
    if not rows:
        raise NotFound(
            f"图层 {layer} 没有编号为 {zone_id} 的区划，无从修改。",
            f"Layer {layer} has no zone {zone_id} to amend.",
        )
    law = next((row for row in rows if row.binds), None)
    return Amended(
        zone_id,
        max(row.version for row in rows) + 1,
        law.version if law else None,
        law.valid_from if law else None,
    )


def inherited(conn: Connection, follows: Amended) -> dict[str, Any]:
    """What the version that a draft amends says of itself: what the draft does not say holds on."""
    if follows.version is None:
        return {}
    kept = (
        zone.c[n] for n in ("grade", "code", "name", "area_code", "boundary_accuracy_m", "attrs")
    )
    same = (zone.c.zone_id == follows.zone_id) & (zone.c.version == follows.version)
    row = conn.execute(select(*kept).where(same)).mappings().one()
    return {name: value for name, value in row.items() if value is not None}


def put(conn: Connection, follows: Amended, values: Mapping[str, Any], wkb: bytes) -> None:
    """Suppose a version: columns of gis.zone by name, and its shape (EPSG:4490)."""
    row = {"zone_id": follows.zone_id, "version": follows.following, "law_status": "approved"}
    row |= {"amended": follows.version, **values}
    _clear(conn)
    conn.execute(
        text(
            "create temp table supposed on commit drop as"
            " select z.*, null::int as amended from gis.zone z with no data"
        )
    )
    statement = "insert into pg_temp.supposed ({}, geom) values ({}, {})"
    shape = sql.SQL("st_multi(st_geomfromwkb({}, 4490))").format(sql.Literal(wkb))
    names = sql.SQL(", ").join(map(sql.Identifier, row))
    given = sql.SQL(", ").join(map(sql.Literal, row.values()))
    run(conn, sql.SQL(statement).format(names, given, shape))
    ends = {"zone_id": sql.Literal(follows.zone_id), "since": sql.Literal(values["valid_from"])}
    run(conn, script("supposed_zone").format(**ends))
    for statement in (*_PIECES, script("supposed_pair").as_string()):
        conn.execute(text(statement))


_PIECES = (
    "create temp table supposed_part on commit drop as"
    " select p.geom, d.boundary_accuracy_m, gis.reach(p.geom, d.boundary_accuracy_m) as reach"
    " from pg_temp.supposed d cross join lateral gis.parts_of(d.geom) as p (geom)",
    "create temp table supposed_edge on commit drop as"
    " select e.geom from pg_temp.supposed d cross join lateral gis.edges_of(d.geom) as e (geom)",
    "create index on pg_temp.supposed_edge using gist (geom)",
    "analyze pg_temp.supposed_part",
    "analyze pg_temp.supposed_edge",
)


def _clear(conn: Connection) -> None:
    conn.execute(text("drop view if exists pg_temp.supposed_zone"))
    tables = ("supposed", "supposed_part", "supposed_edge", "supposed_pair")
    conn.execute(text(f"drop table if exists {', '.join(tables)}"))


def wells(conn: Connection, layer: str, on: date) -> list[int]:
    """The wells that meet the supposed zone, or the version that it amends."""
    facts.incidence(conn, [layer], Asked(on))
    found = conn.execute(text(script("supposed_touched").as_string()))
    return sorted(found.scalars())


def itself(conn: Connection) -> int:
    """The id of the supposed zone."""
    return int(conn.execute(text("select zone_id from pg_temp.supposed")).scalar_one())


def subjects(conn: Connection, kind: str) -> list[int]:
    """The sites, applications or other zones that may meet it."""
    zones = kind == "zone"
    statement = script("supposed_near").format(
        table=sql.SQL(f"gis.{kind}"),
        key=sql.Identifier(f"{kind}_id"),
        near=sql.SQL(_NEAR_ZONE if zones else _NEAR_SHAPE),
        accuracy=sql.SQL(
            "k.boundary_accuracy_m" if zones else "coalesce(k.position_accuracy_m, 100)"
        ),
        others=sql.SQL("k.zone_id <> d.zone_id" if zones else "true"),
    )
    return sorted(conn.execute(text(statement.as_string())).scalars())


# zones are many and large: by their index, with the worst accuracy of all
_NEAR_ZONE = (
    "k.geom && gis.reach(b.box, b.accuracy_m + (select max(boundary_accuracy_m) from gis.zone))"
)
_NEAR_SHAPE = "gis.reach(k.geom, coalesce(k.position_accuracy_m, 100) + b.accuracy_m) && b.box"


def hold(conn: Connection, rules: Sequence[Rule], asked: Asked) -> Asked:
    """Keep what these rules read of some subjects themselves; the same asked of what is kept.

    It is asked twice, of zones as they are and as they might be, and differs in the zones only.
    """
    conn.execute(text("drop table if exists pg_temp.held_facts"))
    own = [n for n in engine.columns_of(rules) if n in COLUMNS and n != "area_code"]
    names = ["subject_id", "code", "geom", "uncertainty_m", "area_code", *own]
    kept = "create temp table held_facts on commit drop as select {} from ({}) b where {}"
    columns = sql.SQL(", ").join(map(sql.Identifier, names))
    base = replace(asked, codes=facts.read_of(conn, rules, asked)).base()
    run(conn, sql.SQL(kept).format(columns, base, facts.only(asked.ids)))
    return replace(asked, held=True)


def keep(conn: Connection, name: str) -> None:
    """Keep the findings of `decided` under another name: they are made anew for each world."""
    conn.execute(text(f"drop table if exists pg_temp.{name}"))
    conn.execute(text(f"alter table pg_temp.decided rename to {name}"))


def moves(conn: Connection) -> list[dict[str, Any]]:
    """What an audit would open and close, from `found_before` to `found_after`.

    Rows: rule, clause, verdict, answer, gained, lost.
    """
    return answers(conn, "supposed_moves")


def moved(conn: Connection) -> list[dict[str, Any]]:
    """Each finding of these (see supposed_moved.sql), and where its subject lies."""
    rows = answers(conn, "supposed_moved", new=NEW)
    return [{name: value for name, value in row.items() if name != "geom"} for row in rows]


def all_flagged(conn: Connection, ids: Sequence[int]) -> bool:
    """Whether every one of these wells has been audited."""
    statement = "select count(*) from gis.well_flag where well_id = any (:ids)"
    return int(conn.execute(text(statement), {"ids": list(ids)}).scalar_one()) == len(ids)


def others_from_ledger(conn: Connection, ids: Sequence[int], rules: Sequence[str]) -> None:
    """Make `found_other` (subject_id, gravity) of open findings by other rules than these."""
    _others(
        conn,
        "gis.finding o where o.ledger = :ledger and o.subject = 'well' and o.closed_run is null"
        " and o.subject_id = any (:ids) and o.rule <> all (cast(:rules as text[]))",
        {"ledger": ledger.shown(conn), "ids": list(ids), "rules": list(rules)},
    )


def others_decided(conn: Connection) -> None:
    """Make `found_other` (subject_id, gravity) of `decided`."""
    _others(conn, "pg_temp.decided o", {})


def _others(conn: Connection, source: str, given: Mapping[str, Any]) -> None:
    conn.execute(text("drop table if exists pg_temp.found_other"))
    conn.execute(
        text(
            "create temp table found_other on commit drop as"
            f" select o.subject_id, min(gis.gravity(o.answer, o.verdict)) as gravity from {source}"
            " group by o.subject_id"
        ),
        dict(given),
    )


def flags(conn: Connection, ids: Sequence[int]) -> list[dict[str, Any]]:
    """How many of these wells change their flag: was, now, wells."""
    return answers(conn, "supposed_flags", ids=list(ids))


def counts(conn: Connection) -> dict[str, int]:
    """Wells surely inside it; surely inside now and not before, and the reverse; in doubt.

    `incidence` is that of the layer on the day, as the law is.
    """
    return {name: int(n) for name, n in answers(conn, "supposed_counts")[0].items()}


def figures(conn: Connection, on: date) -> dict[str, Any]:
    """What the registers say of the wells surely inside it (see supposed_figures.sql)."""
    surely = (
        "select w.code from gis.well w join pg_temp.supposed_pair p using (well_id)"
        " where p.inside and p.edge_m >= p.tolerance_m"
    )
    codes = list(conn.execute(text(surely)).scalars())
    read = codes if len(codes) <= FEW else None
    return answers(conn, "supposed_figures", codes=codes, read=read, on=on)[0]


def overlaps(
    conn: Connection, layers: Sequence[str], on: date, least_m2: float
) -> list[dict[str, Any]]:
    """Zones that share ground with it, the largest share first (see supposed_neighbours.sql)."""
    return answers(conn, "supposed_neighbours", layers=list(layers), on=on, least_m2=least_m2)


def beside(conn: Connection, on: date, least_m: float, most_m: float) -> list[dict[str, Any]]:
    """Zones of its layer within the accuracy of both borders (see supposed_beside.sql)."""
    return answers(conn, "supposed_beside", on=on, least_m=least_m, most_m=most_m)
