"""`coords=` of OGC API – EDR: points as WKT, strictly."""

import re

import shapely
from shapely.errors import ShapelyError

from gis_app.errors import BadInput

MOST_POINTS = 1000
_MOST_TEXT = 60_000
_KIND = re.compile(r"\s*(MULTI)?POINT\s*\(", re.IGNORECASE)


def points(text: str) -> list[shapely.Point]:
    """`POINT(lon lat)` or `MULTIPOINT(…)` in CRS84 (degrees). Raises `BadInput`."""
    if not _KIND.match(text) or len(text) > _MOST_TEXT:
        raise _bad(text)
    try:
        found = [each for each in shapely.get_parts(shapely.from_wkt(text)) if not each.is_empty]
    except ShapelyError as error:
        raise _bad(text) from error
    if not found:
        raise _bad(text)
    if len(found) > MOST_POINTS:
        raise BadInput(
            f"coords 有 {len(found):,} 个点，一次最多 {MOST_POINTS:,} 个；请分几次问。",
            f"coords has {len(found):,} points, and {MOST_POINTS:,} are answered at once: ask in "
            "parts.",
        )
    places = shapely.get_coordinates(found)
    if not (abs(places[:, 0]) <= 180).all() or not (abs(places[:, 1]) <= 90).all():
        raise BadInput(
            f"coords“{text[:80]}”不在经纬度范围内；应为 POINT(经度 纬度)，经度在前。",
            f"coords {text[:80]!r} is outside longitude and latitude: it is POINT(longitude "
            "latitude), longitude first.",
        )
    return found


def _bad(text: str) -> BadInput:
    return BadInput(
        f"coords 应为 POINT(经度 纬度) 或 MULTIPOINT((…),(…))，不是“{text[:80]}”。",
        f"coords is POINT(longitude latitude) or MULTIPOINT((…),(…)), not {text[:80]!r}.",
    )
