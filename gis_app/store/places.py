"""Places at the edge: stored in EPSG:4490, longitude first; served and asked in other systems."""

from typing import Any

from sqlalchemy import and_, false, func
from sqlalchemy.sql.elements import ColumnElement

from gis_app.crs import STORAGE_SRID, Served


def step(west: float, south: float, east: float, north: float) -> float:
    """How finely the edges of a shape in another system are cut: straight there, they are bent in
    degrees, and so stay within 1 mm. In units of that system.
    """
    return max(east - west, north - south, 1e-3) / 64


def geojson(geom: ColumnElement[Any], crs: Served) -> ColumnElement[str]:
    """GeoJSON text of a stored place in a CRS, in the axis order of its definition."""
    shape: ColumnElement[Any] = geom
    if crs.srid != STORAGE_SRID:
        shape = func.st_transform(shape, crs.srid)
    if crs.north_first:
        shape = func.st_flipcoordinates(shape)
    return func.st_asgeojson(shape, crs.decimals, 0)


def within(
    geom: ColumnElement[Any] | None, box: tuple[float, float, float, float], crs: Served
) -> ColumnElement[bool]:
    """Whether a stored place meets a box given in a CRS, x first; no place meets none."""
    if geom is None:
        return false()
    asked: ColumnElement[Any] = func.st_makeenvelope(*box, crs.srid)
    if crs.srid != STORAGE_SRID:
        asked = func.st_transform(func.st_segmentize(asked, step(*box)), STORAGE_SRID)
    return and_(geom.op("&&")(asked), func.st_intersects(geom, asked))
