"""Computations of zones from rasters: kept, listed, compared; and what they ask of the register."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection, RowMapping, func, insert, select, update
from sqlalchemy.sql.elements import ColumnElement

from gis_app.errors import NotFound
from gis_app.store.statements import answers
from gis_app.store.tables import batch, zone, zoning_run


def keep(conn: Connection, values: Mapping[str, Any]) -> int:
    """Keep a run; its id. `values` are columns of gis.zoning_run."""
    statement = insert(zoning_run).values(**values).returning(zoning_run.c.zoning_run_id)
    return int(conn.execute(statement).scalar_one())


def forget(conn: Connection, run_id: int) -> None:
    """Take a run away that did not come to its drafts."""
    conn.execute(zoning_run.delete().where(zoning_run.c.zoning_run_id == run_id))


def compared(conn: Connection, run_id: int, difference: Sequence[Mapping[str, Any]]) -> None:
    """Keep how the zones of a run differ from those of the one before."""
    held = zoning_run.c.zoning_run_id == run_id
    conn.execute(update(zoning_run).where(held).values(difference=[dict(d) for d in difference]))


def standing(conn: Connection, name: str, area_code: str | None) -> RowMapping | None:
    """The latest run of a name and area whose drafts stand; None where there is none."""
    same = zoning_run.c.area_code.is_not_distinct_from(area_code)
    statement = (
        _listed().where(zoning_run.c.name == name, same, batch.c.state == "committed").limit(1)
    )
    return conn.execute(statement).mappings().first()


def recent(conn: Connection, limit: int = 20) -> list[RowMapping]:
    """The newest runs, with the `state` of the batch of their drafts."""
    return list(conn.execute(_listed().limit(limit)).mappings())


def get(conn: Connection, run_id: int) -> RowMapping:
    """One run. Raises `NotFound`."""
    found = conn.execute(_listed().where(zoning_run.c.zoning_run_id == run_id)).mappings().first()
    if found is None:
        raise NotFound(f"没有编号为 {run_id} 的计算。", f"There is no zoning run {run_id}.")
    return found


def _listed() -> Any:
    return (
        select(zoning_run, batch.c.state)
        .join_from(zoning_run, batch, zoning_run.c.batch_id == batch.c.batch_id, isouter=True)
        .order_by(zoning_run.c.zoning_run_id.desc())
    )


def difference(conn: Connection, former: int, now: int) -> list[dict[str, Any]]:
    """How the zones of two batches differ, by grade (see zoning_difference.sql)."""
    return answers(conn, "zoning_difference", former=former, now=now)


def ground(conn: Connection, area_code: str, on: date) -> BaseGeometry:
    """The districts in force on a day whose code begins so, as one shape (EPSG:4490).

    Raises `NotFound`.
    """
    within = zone.c.area_code.startswith(area_code, autoescape=True)
    districts = (zone.c.layer == "district") & within
    statement = select(func.st_asbinary(func.st_union(zone.c.geom))).where(districts, _binds(on))
    found = conn.execute(statement).scalar()
    if found is None:
        raise NotFound(
            f"没有区划代码以 {area_code} 开头的行政区。"
            "用 gis-app zone list district 查看，或给出 area_file。",
            f"No district has a code that begins with {area_code}. See gis-app zone list district, "
            "or give an area_file.",
        )
    return shapely.from_wkb(bytes(found))


def protected(conn: Connection, area: BaseGeometry, on: date) -> list[tuple[str, BaseGeometry]]:
    """Protection areas in force that meet an area, as (kind, shape in EPSG:4490), always in one
    order: source protection by its grade, and recharge areas.
    """
    here = func.st_intersects(zone.c.geom, func.st_geomfromwkb(shapely.to_wkb(area), 4490))
    layers = zone.c.layer.in_(("source_protection_zone", "recharge_area"))
    statement = (
        select(zone.c.layer, zone.c.grade, func.st_asbinary(zone.c.geom).label("geom"))
        .where(layers, _binds(on), here)
        .order_by(zone.c.zone_id, zone.c.version)
    )
    rows = conn.execute(statement).all()
    kinds = ["recharge" if row.layer == "recharge_area" else row.grade for row in rows]
    return [
        (kind, shapely.from_wkb(bytes(row.geom))) for kind, row in zip(kinds, rows, strict=True)
    ]


def _binds(on: date) -> ColumnElement[bool]:
    return func.gis.binds(zone.c.law_status, zone.c.valid_from, zone.c.valid_to, on)
