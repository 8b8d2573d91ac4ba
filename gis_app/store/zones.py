"""Zones: versions over time, in force or not; publish, end, withdraw."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, func, literal, select, text, update
from sqlalchemy.sql.elements import ColumnElement

from gis_app.errors import BadInput, Conflict, NotFound
from gis_app.store.statements import answers, script
from gis_app.store.tables import well, zone


def versions(conn: Connection, zone_id: int) -> list[RowMapping]:
    """All versions of a zone, oldest first, without geometry. Raises `NotFound`."""
    statement = (
        select(*(c for c in zone.c if c.name not in {"geom", "geom_web"}))
        .where(zone.c.zone_id == zone_id)
        .order_by(zone.c.version)
    )
    rows = list(conn.execute(statement).mappings())
    if not rows:
        raise NotFound(f"没有编号为 {zone_id} 的区划。", f"There is no zone {zone_id}.")
    return rows


def repeal(
    conn: Connection, zone_id: int, on: date, meant: int | None = None, *, past: bool = False
) -> int:
    """End the version in force, so that from `on` it binds nobody; the version ended.

    `on` may lie in the past where `past` says so, but not before the version began (withdraw what
    never held).
    Raises as `to_repeal`, and `Conflict` where the version in force is not the one `meant`.
    """
    version = to_repeal(conn, zone_id, on, past=past)
    if meant not in {None, version}:
        raise Conflict(
            f"区划 {zone_id} 第 {meant} 版已不生效；现行的是第 {version} 版，如要终止请指明该版。",
            f"Zone {zone_id} version {meant} is not in force; version {version} is: "
            "name that one if it is to end.",
        )
    _set(conn, zone_id, version, valid_to=on)
    return version


def to_repeal(conn: Connection, zone_id: int, on: date, *, past: bool = False) -> int:
    """The version that a repeal on a day would end: one that has an end already gets another, as
    long as that has not come.

    Raises `NotFound` for no such zone, `BadInput` where no version is in force before that day, or
    the one that is has ended, or another version follows it, or the day has passed and it is not
    said (`past`) that this is meant.
    """
    today = conn.execute(select(func.gis.today())).scalar_one()
    law = [v for v in reversed(versions(conn, zone_id)) if v["law_status"] == "approved"]
    current = next(
        (
            v
            for v in law
            if v["valid_from"] < on and (v["valid_to"] is None or min(on, today) < v["valid_to"])
        ),
        None,
    )
    if current is None:  # one that has ended is told as that
        current = next((v for v in law if v["valid_from"] < on), None)
    if current is None:
        raise BadInput(
            f"区划 {zone_id} 在 {on} 之前没有生效的版本，无从废止；误录的请撤回（withdraw）。",
            f"Zone {zone_id} has no version in force before {on} to repeal; "
            "withdraw a version that was recorded in error.",
        )
    end = current["valid_to"]
    if end is not None and end <= today:
        raise BadInput(
            f"区划 {zone_id} 第 {current['version']} 版已于 {end} 失效，不能改期；请另立新版本。",
            f"Zone {zone_id} version {current['version']} ended on {end} and its end cannot be "
            "moved: make a new version.",
        )
    next_on = min((v["valid_from"] for v in law if end and v["valid_from"] >= end), default=None)
    if next_on is not None and (next_on == end or on > next_on):
        raise BadInput(
            f"区划 {zone_id} 第 {current['version']} 版已定于 {end} 失效，后一版自 {next_on} 起"
            "接替；撤回后一版（withdraw）即恢复原期限。",
            f"Zone {zone_id} version {current['version']} is already ended on {end}, and the next "
            f"version follows from {next_on}: withdrawing that one lets it go on.",
        )
    if on < today and not past:
        days = (today - on).days
        raise BadInput(
            f"{on} 已经过去 {days} 天：废止后，自该日起各日的结论都会改变。确系自该日失效的，"
            '请注明：命令行加 --past，接口加 "past": true；否则更正日期（on）。',
            f"{on} lies {days} days back: the verdicts of every day since would change. "
            'If it did end then, say so: --past on the command line, "past": true in a request; '
            "else correct the day (on).",
        )
    return int(current["version"])


def withdraw(conn: Connection, zone_id: int, version: int) -> None:
    """Take back a version recorded in error: kept in the history, in force on no day.

    The law that it was to follow from a day to come goes on.
    """
    if not _set(conn, zone_id, version, law_status="withdrawn"):
        raise NotFound(
            f"区划 {zone_id} 没有第 {version} 版。", f"Zone {zone_id} has no version {version}."
        )
    given = {"zone_id": zone_id, "version": version}
    conn.execute(text(script("go_on_again").as_string()), given)


def _set(conn: Connection, zone_id: int, version: int, **values: Any) -> int:
    statement = (
        update(zone).where(zone.c.zone_id == zone_id, zone.c.version == version).values(**values)
    )
    return conn.execute(statement).rowcount


def data_version(conn: Connection, layer: str) -> int:
    """A number that grows with every change of a layer's data; the tiles' ETag is made of it."""
    statement = text("select sum(changes) from gis.layer_version where layer = :layer")
    return int(conn.execute(statement, {"layer": layer}).scalar() or 0)


def overlaps_as_law(
    conn: Connection, zone_id: int, version: int, layers: Sequence[str], least_m2: float
) -> list[dict[str, Any]]:
    """Zones of some layers that would be law on the same ground as a version, largest first."""
    given = {"zone_id": zone_id, "version": version, "layers": list(layers), "least_m2": least_m2}
    return answers(conn, "overlaps_as_law", **given)


def summary(conn: Connection, on: date) -> dict[str, RowMapping]:
    """Per layer: zones in force on a day, or wells (`count`), and their bounds `w, s, e, n`."""
    statement = (
        select(zone.c.layer, *_counted(zone.c.geom))
        .where(func.gis.binds(zone.c.law_status, zone.c.valid_from, zone.c.valid_to, on))
        .group_by(zone.c.layer)
    )
    found = {row["layer"]: row for row in conn.execute(statement).mappings()}
    wells = select(literal("well").label("layer"), *_counted(well.c.geom)).having(func.count() > 0)
    return found | {row["layer"]: row for row in conn.execute(wells).mappings()}


def turning_days(conn: Connection) -> list[RowMapping]:
    """The days `on` which zones that were ever law begin or end to hold, in order, and how many
    versions do (`begins`, `ends`).
    """
    return list(conn.execute(text(_TURNING_DAYS)).mappings())


_TURNING_DAYS = """
    select day.on, count(*) filter (where day.begins) as begins,
           count(*) filter (where not day.begins) as ends
    from gis.zone z
    cross join lateral (values (z.valid_from, true), (z.valid_to, false)) as day ("on", begins)
    where gis.binds(z.law_status, z.valid_from, z.valid_to, z.valid_from) and day.on is not null
    group by day.on
    order by day.on
"""


def areas(conn: Connection) -> list[str]:
    """The division codes of all districts there ever were."""
    of_districts = (zone.c.layer == "district") & zone.c.area_code.is_not(None)
    codes = select(zone.c.area_code).where(of_districts)
    return list(conn.scalars(codes.distinct().order_by(zone.c.area_code)))


def _counted(geom: Any) -> list[ColumnElement[Any]]:
    extent = func.st_extent(geom)
    edges = (func.st_xmin, func.st_ymin, func.st_xmax, func.st_ymax)
    named = [edge(extent).label(name) for name, edge in zip("wsen", edges, strict=True)]
    return [func.count().label("count"), *named]


def repair(conn: Connection) -> RowMapping:
    """Make the incidence of all wells and zones from nothing: how many `pairs` there are, how many
    were `wrong` before (missing, too many, or more than a millimetre off).
    """
    return conn.execute(text("select * from gis.repair_incidence()")).mappings().one()
