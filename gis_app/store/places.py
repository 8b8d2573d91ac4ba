"""Places at the edge: stored in EPSG:4490, longitude first; served and asked in other systems."""

from typing import Any

from sqlalchemy import and_, false, func
from sqlalchemy.sql.elements import ColumnElement

from gis_app.crs import STORAGE_SRID, Served

# a straight edge of a box in another system is bent in degrees: cut so that it stays within 1 mm
_STEPS = 64


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
        step = max(box[2] - box[0], box[3] - box[1], 1e-3) / _STEPS
        asked = func.st_transform(func.st_segmentize(asked, step), STORAGE_SRID)
    return and_(geom.op("&&")(asked), func.st_intersects(geom, asked))
