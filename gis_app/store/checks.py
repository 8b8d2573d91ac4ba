"""What an import asks of what is registered: references, readings, volumes. Set by set."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
from sqlalchemy import Connection, text

from gis_app.store.staging import stage_like

_TAKEN = {
    "well": "select from gis.well w where w.code = a.code",
    "application": "select from gis.application n where n.code = a.code",
    "site": "select from gis.site s where s.code = a.code",
    "permit": "select from gis.permit p where p.number = a.code",
    # a unit is drawn, or is an area that districts lie in
    "unit": """
        select from gis.zone z
        where z.law_status <> 'withdrawn'
          and (z.layer = 'management_unit' and z.code = a.code
               or z.layer = 'district' and length(a.code) >= 2
                  and starts_with(coalesce(z.area_code, z.code), a.code))
    """,
}
_ON_WELLS = """
    select a.number from unnest(cast(:numbers as text[])) a (number)
    where exists (select from gis.permit_well l where l.permit_number = a.number)
       or exists (select from gis.well w where w.permit_number = a.number)
"""
# of readings by one method at one well: those that begin before an earlier one has ended, or end
# after a later one has begun; a registered reading of the same key is the one being refreshed
_OVERLAPS = """
    with reading as (
      select row_no, well_code, method, from_on, to_on from pg_temp.spans
      union all
      select null, r.well_code, r.method, r.from_on, r.to_on
      from gis.withdrawal r
      where r.well_code in (select well_code from pg_temp.spans)
        and not exists (
          select from pg_temp.spans s
          where s.well_code = r.well_code and s.method = r.method
            and s.from_on = r.from_on and s.to_on = r.to_on)
    ), beside as (
      select row_no, from_on, to_on,
             max(array[to_on, from_on]) over (
               in_order rows between unbounded preceding and 1 preceding) as before,
             lead(array[from_on, to_on]) over in_order as after
      from reading
      window in_order as (partition by well_code, method order by from_on, to_on)
    )
    select row_no, case when after[1] <= to_on then after[1] else before[2] end as from_on,
           case when after[1] <= to_on then after[2] else before[1] end as to_on
    from beside
    where row_no is not null and (after[1] <= to_on or before[1] >= from_on)
    order by row_no
"""
_WITHOUT_COEFFICIENT = """
    select s.row_no
    from pg_temp.spans s left join gis.well w on w.code = s.well_code
    where not exists (
        select from gis.electricity_coefficient c
        where c.well_code = s.well_code
          and c.from_on <= s.to_on and (c.to_on is null or c.to_on >= s.from_on))
      and not exists (
        select from gis.electricity_coefficient c
        where c.well_code is null and starts_with(w.area_code, coalesce(c.area_code, ''))
          and c.from_on <= s.to_on and (c.to_on is null or c.to_on >= s.from_on))
    order by s.row_no
"""
_VOLUMES = """
    with links as (
      select l.well_code, l.permit_number from gis.permit_well l
      union
      select w.code, w.permit_number from gis.well w where w.permit_number is not null
    ), wells as (
      select w.code, v.m3
      from gis.well w
      cross join lateral (values (w.annual_permitted_m3), (w.prior_permitted_m3),
                                 (w.annual_reported_m3)) v (m3)
    )
    select distinct 'well' as kind, v.code as object, v.m3, null::int as days, 'well' as source
    from wells v where v.code = any (:wells)
    union
    select 'well', r.well_code, r.m3, r.to_on - r.from_on + 1, 'withdrawal'
    from gis.withdrawal r where r.well_code = any (:wells)
    union
    select 'well', l.well_code, p.annual_m3, null, 'permit'
    from links l join gis.permit p on p.number = l.permit_number
    where l.well_code = any (:wells)
    union
    select 'permit', p.number, p.annual_m3, null, 'permit'
    from gis.permit p where p.number = any (:permits)
    union
    select 'permit', u.permit_number, u.annual_m3, null, 'permit_purpose'
    from gis.permit_purpose u where u.permit_number = any (:permits)
    union
    select 'permit', l.permit_number, v.m3, null, 'well'
    from links l join wells v on v.code = l.well_code
    where l.permit_number = any (:permits)
    union
    select 'unit', u.unit_code || ' ' || u.sector, v.m3, null, 'unit_year'
    from gis.unit_year u
    cross join lateral (values (u.quota_m3), (u.cap_m3), (u.permitted_m3), (u.taken_m3),
                               (u.allowable_m3)) v (m3)
    where u.unit_code = any (:units)
    union
    select 'unit', z.code || ' total', (z.attrs ->> 'quota_m3')::float8, null, 'management_unit'
    from gis.zone z
    where z.layer = 'management_unit' and z.law_status <> 'withdrawn' and z.code = any (:units)
"""


@dataclass(frozen=True)
class Overlap:
    """A row whose days are also in another reading, and the first and last day of that one."""

    row: int
    from_on: date
    to_on: date


def unknown(conn: Connection, kind: str, codes: Sequence[str]) -> set[str]:
    """Which codes nothing bears: of a well, permit (by number), unit, application or site."""
    statement = (
        "select a.code from unnest(cast(:codes as text[])) a (code) "
        f"where not exists ({_TAKEN[kind]})"
    )
    return set(conn.execute(text(statement), {"codes": list(codes)}).scalars())


def permits_on_wells(conn: Connection, numbers: Sequence[str]) -> set[str]:
    """Which permit numbers cover wells, by the register of both or by a well's own entry."""
    return set(conn.execute(text(_ON_WELLS), {"numbers": list(numbers)}).scalars())


def overlapping(conn: Connection, spans: pa.Table) -> list[Overlap]:
    """Readings (`row_no`, well_code, method, from_on, to_on) whose days another one has too.

    The other one is in the register or among them; no two of them have the same key.
    """
    stage_like(conn, "spans", "withdrawal", spans)
    found = conn.execute(text(_OVERLAPS))
    return [Overlap(row.row_no, row.from_on, row.to_on) for row in found]


def without_coefficient(conn: Connection, spans: pa.Table) -> list[int]:
    """Readings (`row_no`, well_code, from_on, to_on) for which no electricity coefficient holds."""
    stage_like(conn, "spans", "withdrawal", spans)
    return list(conn.execute(text(_WITHOUT_COEFFICIENT)).scalars())


def volumes(
    conn: Connection, wells: Sequence[str], permits: Sequence[str], units: Sequence[str]
) -> list[dict[str, Any]]:
    """Registered volumes of wells, permits and units: kind, object, m3, days, source.

    `object` is the code or number (of units: code and sector); `days` is how many the volume was
    taken in, null for a volume a year; `source` is the register, or `management_unit`.
    """
    given = {"wells": list(wells), "permits": list(permits), "units": list(units)}
    statement = f"select * from ({_VOLUMES}) v where v.m3 between 1e-6 and 1e15"
    return [dict(row) for row in conn.execute(text(statement), given).mappings()]
