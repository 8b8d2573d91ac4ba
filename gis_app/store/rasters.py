"""Rasters on record: which of a layer hold on a day, and their history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, func, insert, select, text, update

from gis_app.crs import STORAGE_SRID
from gis_app.errors import NotFound
from gis_app.store.tables import raster, zone


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """Which zones of a layer: in force on a day, in an area (code prefix), or these ids only."""

    on: date
    area: str = ""
    zone_ids: Sequence[int] = ()


_EDGES = (func.st_xmin, func.st_ymin, func.st_xmax, func.st_ymax)
_SHOWN = (
    *(column for column in raster.c if column.name != "geom"),
    *(edge(raster.c.geom).label(name) for name, edge in zip("wsen", _EDGES, strict=True)),
)


def add(conn: Connection, values: Mapping[str, Any], wkt: str) -> int:
    """The id of a new raster; `values` are columns of gis.raster, `wkt` its bounds (EPSG:4490)."""
    shape = func.st_geomfromtext(wkt, STORAGE_SRID)
    made = insert(raster).values(**values, geom=shape).returning(raster.c.raster_id)
    return int(conn.execute(made).scalar_one())


def holding(conn: Connection, layer: str | None, on: date) -> list[RowMapping]:
    """The rasters that hold on a day (of a layer, or of all), most narrowly made ones first.

    Of each layer and area the one that began last, unless it was ended: an older one does not come
    back for that. One that was taken back counts as if it had never been. `w, s, e, n` are bounds
    in degrees.
    """
    rows = conn.execute(text(_HOLDING), {"layer": layer, "on": on}).scalars().all()
    statement = (
        select(*_SHOWN)
        .where(raster.c.raster_id.in_(rows))
        .order_by(raster.c.layer, func.length(raster.c.area_code).desc(), raster.c.raster_id.desc())
    )
    return list(conn.execute(statement).mappings())


_HOLDING = """
    select raster_id
    from (
      select distinct on (layer, area_code) raster_id, valid_to
      from gis.raster
      where (cast(:layer as text) is null or layer = :layer) and withdrawn_at is null
        and valid_from <= :on
      order by layer, area_code, valid_from desc, raster_id desc
    ) last
    where valid_to is null or :on < valid_to
"""


def get(conn: Connection, raster_id: int) -> RowMapping:
    """One raster. Raises `NotFound`."""
    statement = select(*_SHOWN).where(raster.c.raster_id == raster_id)
    row = conn.execute(statement).mappings().first()
    if row is None:
        raise NotFound(f"没有编号为 {raster_id} 的栅格。", f"There is no raster {raster_id}.")
    return row


def history(conn: Connection, layer: str | None = None) -> list[RowMapping]:
    """Every raster ever put on record (of a layer, or of all), newest first."""
    statement = select(*_SHOWN).order_by(raster.c.raster_id.desc())
    if layer is not None:
        statement = statement.where(raster.c.layer == layer)
    return list(conn.execute(statement).mappings())


def twin(conn: Connection, layer: str, sha256: str, area_code: str) -> RowMapping | None:
    """The standing raster of a layer and area that was made of the same file."""
    statement = select(*_SHOWN).where(
        raster.c.layer == layer, raster.c.sha256 == sha256,
        raster.c.area_code == area_code, raster.c.withdrawn_at.is_(None),
    )  # fmt: skip
    return conn.execute(statement).mappings().first()


def grounds(conn: Connection, layer: str, asked: Grounds, most: int) -> list[RowMapping]:
    """Zones of a layer with their shapes as WKB (EPSG:4490), by area and name; at most so many."""
    names = ("zone_id", "version", "layer", "grade", "code", "name", "area_code")
    statement = (
        select(*(zone.c[name] for name in names), func.st_asbinary(zone.c.geom).label("wkb"))
        .where(zone.c.layer == layer)
        .where(func.gis.binds(zone.c.law_status, zone.c.valid_from, zone.c.valid_to, asked.on))
        .order_by(zone.c.area_code, zone.c.name, zone.c.zone_id)
        .limit(most)
    )
    if asked.area:
        statement = statement.where(zone.c.area_code.startswith(asked.area, autoescape=True))
    if asked.zone_ids:
        statement = statement.where(zone.c.zone_id.in_(list(asked.zone_ids)))
    return list(conn.execute(statement).mappings())


def end(conn: Connection, raster_id: int, on: date) -> None:
    """Let a raster hold no longer from a day on. Raises `NotFound`."""
    _set(conn, raster_id, valid_to=on)


def withdraw(conn: Connection, raster_id: int, why: str) -> None:
    """Take a raster back: on record, holding on no day. Raises `NotFound`."""
    _set(
        conn, raster_id, withdrawn_at=func.now(), withdrawn_by=text("gis.actor()"),
        withdrawn_why=why,
    )  # fmt: skip


def _set(conn: Connection, raster_id: int, **values: Any) -> None:
    statement = update(raster).where(raster.c.raster_id == raster_id).values(**values)
    if not conn.execute(statement).rowcount:
        raise NotFound(f"没有编号为 {raster_id} 的栅格。", f"There is no raster {raster_id}.")
