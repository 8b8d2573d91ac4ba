"""The register of wells: one by its code, those near a point, the zones it touches."""

from typing import Any

from sqlalchemy import Connection, RowMapping, func, select, text

from gis_app.errors import BadInput, NotFound, TooFar
from gis_app.store.statements import script
from gis_app.store.tables import party, well, well_flag

NEAR_LIMIT_M = 50_000
_HIDDEN = {"geom", "geom_web", "reach", "owner_id"}


def by_code(conn: Connection, code: str) -> RowMapping:
    """A well with all its columns, `owner`, `owner_uscc`, `flag`, `lon` and `lat` (EPSG:4490).

    Raises `NotFound`.
    """
    statement = (
        select(
            *(column for column in well.c if column.name not in _HIDDEN),
            party.c.name.label("owner"),
            party.c.uscc.label("owner_uscc"),
            func.coalesce(well_flag.c.flag, "unassessed").label("flag"),
            func.st_x(well.c.geom).label("lon"),
            func.st_y(well.c.geom).label("lat"),
        )
        .select_from(
            well.outerjoin(party, party.c.party_id == well.c.owner_id).outerjoin(
                well_flag, well_flag.c.well_id == well.c.well_id
            )
        )
        .where(well.c.code == code)
    )
    row = conn.execute(statement).mappings().first()
    if row is None:
        raise NotFound(f"没有编号为“{code}”的井。", f"There is no well with the code {code!r}.")
    return row


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

    Each has well_id, code, name, status, use, lon, lat, distance_m, bearing_deg (clockwise from
    north, from the point to the well), flag and rule. Raises `TooFar` above 50 km, because the
    index no longer helps there, and `BadInput` for a point that is not on Earth.
    """
    if not (-180 <= lon <= 180 and -85 <= lat <= 85):
        raise BadInput(
            f"经度 {lon}、纬度 {lat} 不在地球上；请按“经度,纬度”填写。",
            f"Longitude {lon}, latitude {lat} is not on Earth; give longitude first.",
        )
    if not 0 < within_m <= NEAR_LIMIT_M:
        raise TooFar(
            "距离须大于 0 且不超过 50 000 米。",
            "The distance must be above 0 and at most 50,000 m.",
        )
    rows = conn.execute(
        text(script("near").as_string()),
        {"lon": lon, "lat": lat, "within_m": within_m, "limit": limit, "flags": flags},
    ).mappings()
    return [dict(row) for row in rows]
