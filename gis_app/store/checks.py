"""What an import asks of what is registered: references, readings, volumes. Set by set."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
from sqlalchemy import Connection, text

from gis_app.store.staging import stage_like
from gis_app.store.statements import answers

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

_KEPT = """
    select a.row_no, k.area
    from unnest(cast(:rows as int[]), cast(:numbers as text[]), cast(:wells as text[]),
                cast(:areas as text[])) a (row_no, number, well_code, area_code)
    left join gis.well w on w.code = a.well_code
    cross join lateral gis.kept_permit(a.number, coalesce(a.area_code, w.area_code)) k (area)
    where k.area is not null
      and not (cast(:entries as boolean) and coalesce(w.permit_number = a.number, false))
    order by a.row_no
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


def kept_permits(
    conn: Connection,
    rows: Sequence[int],
    numbers: Sequence[str | None],
    wells: Sequence[str | None],
    areas: Sequence[str | None] | None = None,
) -> dict[int, str]:
    """The rows whose permit the writer may not change, with its area ("" where it names none).

    Each names a permit and the well that it is to cover (of a version none). With `areas` they are
    entries of wells themselves, which may be new: one that has the permit already is not put on it.
    """
    entries = areas is not None
    given = {
        "rows": rows,
        "numbers": numbers,
        "wells": wells,
        "areas": areas or [],
        "entries": entries,
    }
    return {row.row_no: row.area for row in conn.execute(text(_KEPT), given)}


def overlapping(conn: Connection, spans: pa.Table) -> list[Overlap]:
    """Readings (`row_no`, well_code, method, from_on, to_on) whose days another one has too.

    The other one is in the register or among them; no two of them have the same key.
    """
    stage_like(conn, "spans", "withdrawal", spans)
    found = answers(conn, "overlapping_readings")
    return [Overlap(row["row_no"], row["from_on"], row["to_on"]) for row in found]


def without_coefficient(conn: Connection, spans: pa.Table) -> list[int]:
    """Readings (`row_no`, well_code, from_on, to_on) for which no electricity coefficient holds."""
    stage_like(conn, "spans", "withdrawal", spans)
    return [row["row_no"] for row in answers(conn, "without_coefficient")]


def volumes(
    conn: Connection, wells: Sequence[str], permits: Sequence[str], units: Sequence[str]
) -> list[dict[str, Any]]:
    """Registered volumes of wells, permits and units: kind, object, m3, days, source.

    `object` is the code or number (of units: code and sector); `days` is how many the volume was
    taken in, null for a volume a year; `source` is the register, or `management_unit`.
    """
    given = {"wells": list(wells), "permits": list(permits), "units": list(units)}
    return answers(conn, "volumes_known", **given)
