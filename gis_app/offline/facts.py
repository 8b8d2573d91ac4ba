"""One row of facts per well, as of a day: what the rules read, from files as from the service.

Tables made: `facts` (subject_id, code, area_code, lon, lat, uncertainty_m, what the rules read) and
`nearest` (the zone that decides each question of place). What is not given is unknown: a fact that
only a register could deny is null where that register is not there.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from gis_app.law import Parameter, Rule
from gis_app.offline import dialect, place, tables
from gis_app.offline.tables import Wells
from gis_app.offline.zones import Zones
from gis_app.rules import engine
from gis_app.rules.answers import literal
from gis_app.rules.columns import COLUMNS, GRANTS, VIOLATIONS
from gis_app.rules.facts import Ask
from gis_app.terms import EXEMPTION_KIND

# What only these registers can deny: "no record" means "no" where the register is at hand.
_CLAIMED_BY: Mapping[str, tuple[str, ...]] = {
    "withdrawal": (
        "taken_since_shut_m3", "kwh_since_shut", "taken_after_emergency_m3", "crosscheck_sources",
    ),
    "violation": tuple(f"violation__{kind}" for kind in VIOLATIONS),
    "correction_order": ("close_ordered",),
}  # fmt: skip
_IN = """
case when t.sure{n} or c{n}.edge_m >= c{n}.tolerance_m then true
     when t.touch{n} then null else false end as "{column}"
"""
_TOUCH = """
bool_or({matches} and i.inside and i.edge_m >= i.tolerance_m) as sure{n},
bool_or({may_match}) as touch{n}
"""
_COVERED = "left join covered c{n} on c{n}.subject_id = b.subject_id and c{n}.ask = '{column}'"
# where no single zone surely holds the well the youngest counts
_SINCE = """
left join (
  select b.subject_id,
         coalesce(min(b.since) filter (where b.edge_m >= b.tolerance_m), max(b.since)) as since
  from (
    select i.subject_id, i.edge_m, i.tolerance_m,
           case when i.version = 1 then z.valid_from else s.since end as since
    from incidence i
    join zones z on z.row = i.row
    left join ground_since s on s.row = i.row and s.subject_id = i.subject_id
    where i.inside and {matches}
  ) b
  group by b.subject_id
) s{n} on s{n}.subject_id = b.subject_id
"""
_FACTS = """
create table facts as
select w.*{parameters}
from (
  select b.subject_id, b.code, b.geom.lon as lon, b.geom.lat as lat, b.uncertainty_m,
         coalesce(t.district, b.area_code) as area_code{columns}
  from told b
  left join (
    select i.subject_id,
           min(d.area_code) filter (
             where i.layer = '{district}' and i.inside and i.edge_m >= i.tolerance_m) as district
           {touches}
    from incidence i
    left join zones d on i.layer = '{district}' and d.row = i.row
    group by i.subject_id
  ) t on t.subject_id = b.subject_id
  {joins}
) w
where ({area} = '' or starts_with(w.area_code, {area})) and w.subject_id < {asked}
  and w.subject_id not in (select well_id from gis.undrilled_on(date '{day}'))
"""
_NEAREST = """
create table nearest as
select distinct on (a.ask, i.subject_id)
       a.ask, i.subject_id, i.zone_id, i.version, i.row,
       coalesce(c.edge_m, i.edge_m) as edge_m,
       coalesce(c.tolerance_m, i.tolerance_m) as tolerance_m,
       c.subject_id is not null as joint
from asked a
join incidence i on i.layer = a.layer and (a.grade is null or i.grade = a.grade or i.grade is null)
left join covered c on c.subject_id = i.subject_id and c.ask = a.ask
order by a.ask, i.subject_id, i.grade is null, i.edge_m desc, i.zone_id
"""


@dataclass(frozen=True)
class World:
    """What an audit reads: wells, every version of the zones, which registers there are, and the
    delegated numbers (name, area, value, since).
    """

    wells: Wells
    zones: Zones
    given: Collection[str]
    parameters: pd.DataFrame


def prepare(
    conn: duckdb.DuckDBPyConnection, world: World, rules: Sequence[Rule], on: date,
    *, area: str = "", threads: int = 2,
) -> None:  # fmt: skip
    """Make `facts` and `nearest` for these rules; the registers are tables of `gis` already."""
    asks = engine.asks_of(rules)
    layers = sorted({engine.DISTRICT, *(ask.layer for ask in asks)})
    binding = world.zones.in_force(on, layers)
    place.find(conn, world.wells, binding, asks, threads=threads)
    read = engine.columns_of(rules)
    dated = [ask for ask in asks if ask.since_column in read]
    _ground_since(conn, world, binding, dated)
    numbers = engine.parameters_of(rules)
    held = numbers_held(world.parameters, [p.name for p in numbers], on)
    for statement in dialect.facts_of_wells(on.isoformat()):
        conn.execute(statement)
    whose = area, world.wells.asked, on
    conn.execute(_statement(read, (asks, dated), (numbers, held), world.given, whose))
    conn.execute(_NEAREST)


def numbers_held(
    entries: pd.DataFrame, names: Sequence[str], on: date
) -> list[tuple[str, str, float]]:
    """The delegated numbers that hold on a day: (name, area, value), the latest entry of each."""
    if entries.empty:
        return []
    rows = entries[entries["name"].isin(list(names)) & (entries["since"] <= on)]
    rows = rows.assign(area=rows["area"].fillna("")).sort_values("since", kind="stable")
    latest = rows.groupby(["name", "area"], sort=True).tail(1).sort_values(["name", "area"])
    told = latest[latest["value"].notna()][["name", "area", "value"]]
    return [(str(n), str(a), float(v)) for n, a, v in told.itertuples(index=False)]


def unknown_without(given: Collection[str]) -> dict[str, list[str]]:
    """Facts that nobody can tell because a register is not given, by register."""
    missing = {r: list(facts) for r, facts in _CLAIMED_BY.items() if r not in given}
    if "exemption_grant" not in given:
        granted = [f"granted__{kind}" for kind in GRANTS]
        missing["exemption_grant"] = [*granted, "emergency_last_year", "emergency_this_year"]
    return missing


def _statement(
    read: Sequence[str], asked: tuple[Sequence[Ask], Sequence[Ask]],
    numbers: tuple[Sequence[Parameter], Sequence[tuple[str, str, float]]],
    given: Collection[str], whose: tuple[str, int, date],
) -> str:  # fmt: skip
    asks, dated = asked
    own = [name for name in read if name in COLUMNS and name != "area_code"]
    columns, touches, joins = [_own(name, given) for name in own], [], []
    for n, ask in enumerate(asks):
        sure, perhaps = _matches(ask, surely=True), _matches(ask, surely=False)
        touches.append(_TOUCH.format(n=n, matches=sure, may_match=perhaps))
        columns.append(_IN.format(n=n, column=ask.column))
        since = f"s{n}.since" if ask in dated else "null::date"
        columns.append(f'{since} as "{ask.since_column}"')
        joins.append(_COVERED.format(n=n, column=ask.column))
        if ask in dated:
            joins.append(_SINCE.format(n=n, matches=sure))
    return _FACTS.format(
        district=engine.DISTRICT,
        columns=_lines(columns),
        touches=_lines(touches),
        joins="\n".join(joins),
        parameters=_lines(_parameter(each, numbers[1]) for each in numbers[0]),
        area=literal(whose[0]),
        asked=whose[1],
        day=whose[2],
    )


def _own(name: str, given: Collection[str]) -> str:
    """A fact of the registers; null where it would be a guess."""
    if any(name in facts for facts in unknown_without(given).values()):
        kind = name.removeprefix("granted__")
        if name == kind:
            return f"null::{_TYPES[COLUMNS[name].kind]} as {name}"
        # a well's own entry says it, or says that there is none of the kinds it can name
        denied = "w.exemption_kind is not null" if kind in EXEMPTION_KIND else "false"
        return (
            f"case when b.{name} then true when b.{name} is null then null when (select {denied}"
            f" from gis.well w where w.well_id = b.subject_id) then false end as {name}"
        )
    return f"b.{name}"


_TYPES = {"text": "varchar", "number": "double", "boolean": "boolean", "date": "date"}


def _matches(ask: Ask, *, surely: bool) -> str:
    layer = f"i.layer = {literal(ask.layer)}"
    if ask.grade is None:
        return layer
    unknown = "" if surely else " or i.grade is null"
    return f"{layer} and (i.grade = {literal(ask.grade)}{unknown})"


def _parameter(each: Parameter, held: Sequence[tuple[str, str, float]]) -> str:
    """A delegated number where a well lies: the value of the narrowest area."""
    entries = sorted((row for row in held if row[0] == each.name), key=lambda row: -len(row[1]))
    whens = " ".join(
        f"when {where} = '' or starts_with(w.area_code, {where}) then {value!r}::double"
        for where, value in ((literal(area), value) for _, area, value in entries)
    )
    return f"{f'case {whens} end' if whens else 'null::double'} as {each.column}"


def _ground_since(
    conn: duckdb.DuckDBPyConnection, world: World, binding: Zones, dated: Sequence[Ask]
) -> None:
    """`ground_since`: for zones in a later version, since when the ground at a well is in them."""
    layers = sorted({ask.layer for ask in dated})
    asked = (
        conn.execute(
            "select row, subject_id from incidence where inside and version > 1"
            " and list_contains(?, layer)",
            [layers],
        ).fetchall()
        if layers
        else []
    )
    rows: list[tuple[int, int, Any]] = []
    for row, well in asked:
        since = binding.since(row, world.wells.x[well], world.wells.y[well], world.zones)
        rows.append((row, well, since))
    zones, ids, days = zip(*rows, strict=True) if rows else ((), (), ())
    made = pa.table(
        {
            "row": pa.array(zones, pa.int64()),
            "subject_id": pa.array(ids, pa.int64()),
            "since": pa.array(days, pa.date32()),
        }
    )
    tables.keep(conn, "ground_since", made)


def _lines(parts: Any) -> str:
    return "".join(f",\n  {part}" for part in parts)
