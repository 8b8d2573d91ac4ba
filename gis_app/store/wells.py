"""The register of wells: one by its code, its status, those near a point, the zones it touches."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select, text, update

from gis_app.errors import BadInput, NotFound, TooFar
from gis_app.store.statements import answers
from gis_app.store.tables import party, well, well_flag, well_state
from gis_app.terms import STATUS

NEAR_LIMIT_M = 50_000
_HIDDEN = {"geom", "geom_web", "owner_id"}


def by_code(conn: Connection, code: str) -> RowMapping:
    """A well with all its columns, `owner`, `owner_uscc`, `flag`, `lon` and `lat` (EPSG:4490).

    Where no code is written so, the one that differs in case only is meant. Raises `NotFound`.
    """
    statement = select(
        *(column for column in well.c if column.name not in _HIDDEN),
        party.c.name.label("owner"),
        party.c.uscc.label("owner_uscc"),
        func.coalesce(well_flag.c.flag, "unassessed").label("flag"),
        func.st_x(well.c.geom).label("lon"),
        func.st_y(well.c.geom).label("lat"),
    ).select_from(
        well.outerjoin(party, party.c.party_id == well.c.owner_id).outerjoin(
            well_flag, well_flag.c.well_id == well.c.well_id
        )
    )
    row = conn.execute(statement.where(well.c.code == code)).mappings().first()
    if row is not None:
        return row
    alike = conn.execute(statement.where(well.c.code.ilike(_letters(code))).limit(2)).mappings()
    found = list(alike)
    if len(found) != 1:
        raise _no_well(code)
    return found[0]


def _letters(code: str) -> str:
    """A code as LIKE takes it by the letter; its index is that of the search."""
    return code.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def areas(conn: Connection, well_ids: Sequence[int]) -> list[str]:
    """The divisions in which some wells are registered, in order; "" for none."""
    place = func.coalesce(well.c.area_code, "")
    statement = select(place).where(well.c.well_id == func.any(list(well_ids))).distinct()
    return sorted(conn.execute(statement).scalars())


def _no_well(code: str) -> NotFound:
    return NotFound(f"没有编号为“{code}”的井。", f"There is no well with the code {code!r}.")


def require_drilled(conn: Connection, well: RowMapping, on: date) -> None:
    """Raise `NotFound` for a well (of `by_code`) that was not there yet on a day gone by."""
    statement = "select exists (select from gis.undrilled_on(:day) u where u.well_id = :well_id)"
    if conn.execute(text(statement), {"day": on, "well_id": well["well_id"]}).scalar_one():
        code, built = well["code"], well["completed_on"]
        raise NotFound(
            f"井“{code}”于 {built} 建成，{on} 还没有这口井。请查询 {built} 或以后的日期；"
            "成井日期有误的，请先改正。",
            f"Well {code!r} was completed on {built}: on {on} it was not there yet. Ask for "
            f"{built} or a later day; if the day of completion is wrong, mend it first.",
        )


def set_status(
    conn: Connection, code: str, status: str, *, on: date | None = None, correct: bool = False
) -> str | None:
    """Record the status that a well has from a day on (None: today); the status it had.

    `correct` puts a mistake in the record right and needs a reason in the transaction. Raises
    `NotFound`, `BadInput` for an unknown status or a day that cannot be, and the database refuses
    what the life-cycle does not allow (`IllegalTransition` at the end of `writing`).
    """
    if status not in STATUS:
        listed = "、".join(f"{key}（{word.zh}）" for key, word in STATUS.items())
        raise BadInput(
            f"没有应用状况“{status}”。可用：{listed}。",
            f"There is no status {status!r}. There are: {', '.join(STATUS)}.",
        )
    found = conn.execute(
        select(well.c.well_id, well.c.status).where(well.c.code == code).with_for_update()
    ).first()
    if found is None:
        raise _no_well(code)
    if on is not None:
        ended = 1 if found.status == status else 0  # how many states back the one is that ends
        _refuse_day(conn, found.well_id, ended, on, correct=correct)
    conn.execute(_CORRECTING, {"state": "on" if correct else "off"})
    conn.execute(update(well).where(well.c.well_id == found.well_id).values(status=status))
    conn.execute(_CORRECTING, {"state": "off"})
    if on is not None:
        conn.execute(text(_HELD_FROM), {"well_id": found.well_id, "day": on})
    before: str | None = found.status
    return before


_CORRECTING = text("select set_config('gis.correcting', :state, true)")
# the newest state begins on the day, and the one before it ends there
_HELD_FROM = """
    update gis.well_state s
    set from_on = case when s.well_state_id = n.newest then :day else s.from_on end,
        to_on = case when s.well_state_id = n.newest then s.to_on
                     else greatest(s.from_on, :day) end,
        reason = case when s.well_state_id = n.newest then coalesce(gis.reason(), s.reason)
                      else s.reason end
    from (
      select well_state_id, max(well_state_id) over () as newest
      from gis.well_state where well_id = :well_id
      order by well_state_id desc limit 2
    ) n
    where s.well_state_id = n.well_state_id
"""


def _refuse_day(conn: Connection, well_id: int, ended: int, on: date, *, correct: bool) -> None:
    """Refuse a day to come and, but for corrections, one before the state that would end there."""
    if on > conn.execute(select(func.gis.today())).scalar_one():
        raise BadInput(
            f"{on} 还没有到：应用状况只能自今天或以前的某日起登记。",
            f"{on} has not come yet: a status is recorded from today or an earlier day.",
        )
    past = (
        select(well_state.c.from_on)
        .where(well_state.c.well_id == well_id)
        .order_by(well_state.c.well_state_id.desc())
        .offset(ended)
        .limit(1)
    )
    began = conn.execute(past).scalar()
    if began is not None and on < began and not correct:
        raise BadInput(
            f"此前的状况自 {began} 起，晚于 {on}。请改正日期；原记录有误的请加 --correct。",
            f"By the register the state before began on {began}, after {on}. Mend the day, or add "
            "--correct where the record is wrong.",
        )


def zones_touched(conn: Connection) -> list[RowMapping]:
    """The pairs in the temporary table `incidence` with their zones' names, deepest first."""
    statement = (
        "select i.layer, i.grade, i.zone_id, i.version, z.name, i.inside, i.edge_m, i.tolerance_m"
        " from incidence i join gis.zone z using (zone_id, version)"
        " order by i.edge_m desc, i.zone_id"
    )
    return list(conn.execute(text(statement)).mappings())


def near(
    conn: Connection,
    lon: float,
    lat: float,
    within_m: float,
    *,
    limit: int = 50,
    flags: list[str] | None = None,
) -> list[dict[str, Any]]:
    """Wells within a geodesic distance of a point (EPSG:4490), nearest first.

    Each has code, name, status, use, lon, lat, distance_m, bearing_deg (clockwise from north, from
    the point to the well), flag, and of the finding that makes the flag what tells it in words
    (None throughout where there is none; `rule` first). Raises
    `TooFar` above 50 km, because the index no longer helps there, and `BadInput` for a point that
    is not on Earth or a distance that is none.
    """
    if not (-180 <= lon <= 180 and -85 <= lat <= 85):
        raise BadInput(
            f"经度 {lon}、纬度 {lat} 不在地球上；请按“经度,纬度”填写。",
            f"Longitude {lon}, latitude {lat} is not on Earth; give longitude first.",
        )
    if not within_m > 0:
        raise BadInput("距离须大于 0 米。", "The distance must be above 0 m.")
    if within_m > NEAR_LIMIT_M:
        raise TooFar("距离不能超过 50 000 米。", "The distance is at most 50,000 m.")
    asked = {"lon": lon, "lat": lat, "within_m": within_m, "limit": limit, "flags": flags}
    return answers(conn, "near", **asked)
