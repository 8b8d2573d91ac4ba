"""Coordinate reference systems: the only file that knows EPSG codes.

Everything inside is EPSG:4490 (CGCS2000, longitude first). CGCS2000 Gauss–Krüger 3° zones:
zone z has central meridian 3z; EPSG 4513+(z−25) carries the zone in the easting (38463040),
4534+(z−25) does not (463040). Source: EPSG registry, as packed with PROJ.
"""

import warnings
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians, sin, sqrt
from typing import Any, cast

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Geod, Transformer
from pyproj.exceptions import CRSError
from pyproj.transformer import TransformerGroup

from gis_app.errors import UnknownCrs

STORAGE_SRID = 4490
WEB_SRID = 3857
GEOD = Geod(a=6378137.0, rf=298.257222101)  # CGCS2000 ellipsoid, GB 22021
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"

_LEGACY_DATUMS = {"Beijing 1954": "北京54", "Xian 1980": "西安80", "New Beijing": "新北京54"}
_SAME_AS_CGCS2000 = {"China 2000", "World Geodetic System 1984", "CGCS2000"}

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Served:
    """A CRS in which features are served and taken, in the axis order of its definition.

    `north_first`: the definition names northing (latitude) before easting. `decimals` tells
    places apart to 0.1 mm.
    """

    uri: str
    srid: int
    north_first: bool
    decimals: int


def _served(code: int) -> Served:
    crs = CRS.from_epsg(code)
    north_first = crs.axis_info[0].direction == "north"
    uri = f"http://www.opengis.net/def/crs/EPSG/0/{code}"
    return Served(uri, code, north_first, 9 if crs.is_geographic else 4)


# CRS84 first: the default. 4526 carries the zone in the easting; the others are CGCS2000 3° zones
# around the five cities, and web mercator.
SERVED: dict[str, Served] = {
    each.uri: each
    for each in (
        Served(CRS84, STORAGE_SRID, False, 9),
        *(_served(code) for code in (STORAGE_SRID, 4526, 4545, 4546, 4547, WEB_SRID)),
    )
}
STORED = next(each for each in SERVED.values() if each.srid == STORAGE_SRID and each.north_first)


def served(uri: str | None) -> Served:
    """The served CRS of that URI (None: CRS84). Raises `UnknownCrs` naming those there are."""
    try:
        return SERVED[CRS84 if uri is None else uri]
    except KeyError:
        listed = ", ".join(SERVED)
        raise UnknownCrs(
            f"不支持坐标系“{uri}”。可用：{listed}。", f"No CRS {uri!r} here. There are: {listed}."
        ) from None


def gk_epsg(zone: int, *, prefixed: bool) -> int:
    """EPSG code of a CGCS2000 3° Gauss–Krüger zone (25–45), with or without zone prefix."""
    if not 25 <= zone <= 45:
        raise UnknownCrs(
            f"三度带带号 {zone} 不在 25–45 之间。", f"3° zone {zone} is not within 25–45."
        )
    return (4513 if prefixed else 4534) + zone - 25


def gk_zone_of(lon: float) -> int:
    """The 3° zone number a longitude belongs to."""
    return int((lon + 1.5) // 3)


def metric_epsg(lon: float, lat: float) -> int:
    """EPSG code of the metric grid for work about a place (longitude, latitude in degrees).

    In China the CGCS2000 3° Gauss–Krüger zone, without zone prefix; elsewhere WGS 84 / UTM.
    Raises `UnknownCrs` beyond 84°N and 80°S, where UTM ends.
    """
    zone = gk_zone_of(lon)
    if 25 <= zone <= 45 and 3 <= lat <= 54:
        return gk_epsg(zone, prefixed=False)
    if not -80 <= lat <= 84:
        raise UnknownCrs(
            f"纬度 {lat:g}° 超出 UTM 的范围（-80° 至 84°）。",
            f"Latitude {lat:g}° is beyond UTM (80°S to 84°N).",
        )
    return (32601 if lat >= 0 else 32701) + min(int((lon + 180) // 6), 59)


def parse(text: str | int) -> CRS:
    """The CRS a user named (EPSG:n, WKT or PROJ string); refused if no sound way to CGCS2000.

    Raises `UnknownCrs` for what PROJ cannot read, and for Beijing 1954 and Xi'an 1980 without
    parameters: PROJ would shift them by nothing (a "ballpark" operation), 55–64 m wrong here.
    """
    try:
        crs = CRS.from_user_input(text)
    except CRSError as error:
        raise UnknownCrs(
            f"读不懂坐标系“{text}”。请写成 EPSG:4490、EPSG:4547 等。",
            f"Cannot read the CRS {text!r}. Write it as EPSG:4490, EPSG:4547 and so on.",
        ) from error
    check_transformable(crs)
    return crs


def check_transformable(crs: CRS) -> None:
    """Raise `UnknownCrs` unless there is a sound operation from this CRS to CGCS2000."""
    if crs.is_bound:  # the user gave the parameters (towgs84)
        return
    datum = _datum_name(crs)
    if datum is None:
        raise UnknownCrs(
            "文件的坐标系没有大地基准（未命名的局部坐标系）。请用 --crs EPSG:代码 说明。",
            "The file's CRS has no geodetic datum (an unnamed local system). Say --crs EPSG:code.",
        )
    for legacy, zh in _LEGACY_DATUMS.items():
        if legacy.lower() in datum.lower():
            raise UnknownCrs(
                f"坐标系为{zh}（{crs.name}），到 CGCS2000 没有公开的精确"
                "转换参数；按零平移处理会偏移约 60 米。请由测绘部门转换，"
                "或用带 +towgs84 七参数的 PROJ 字符串作 --crs。",
                f"The CRS is {crs.name}: no published exact transformation to CGCS2000 exists and "
                "a zero shift would be wrong by about 60 m. Have it converted by the surveying "
                "authority, or give a PROJ string with +towgs84 as --crs.",
            )
    if datum in _SAME_AS_CGCS2000:
        return
    with warnings.catch_warnings():  # that finer shift grids exist elsewhere: metres, not tens
        warnings.simplefilter("ignore", UserWarning)
        group = TransformerGroup(crs, CRS.from_epsg(STORAGE_SRID), always_xy=True)
        via_wgs84 = TransformerGroup(crs, CRS.from_epsg(4326), always_xy=True)
    if not any(_sound(t) for t in [*group.transformers, *via_wgs84.transformers]):
        raise UnknownCrs(
            f"坐标系 {crs.name} 到 CGCS2000 没有可靠的转换。请先转换为 EPSG:4490。",
            f"There is no sound transformation from {crs.name} to CGCS2000. "
            "Convert to EPSG:4490 first.",
        )


def _sound(transformer: Transformer) -> bool:
    return "ballpark" not in (transformer.description or "").lower() and (
        transformer.accuracy is None or transformer.accuracy != -1
    )


def _datum_name(crs: CRS) -> str | None:
    geodetic = crs.geodetic_crs
    if geodetic is None or geodetic.datum is None:
        return None
    name = geodetic.datum.name.removesuffix(" ensemble")
    return None if name.lower().startswith("unknown") and not crs.to_epsg() else name


def same_plane(wkt: str, srid: int) -> bool:
    """Whether coordinates of a CRS are those of an EPSG code, east first in both."""
    return CRS.from_wkt(wkt).equals(CRS.from_epsg(srid), ignore_axis_order=True)


@lru_cache(maxsize=64)
def _to_storage(wkt: str) -> Transformer:
    crs = CRS.from_wkt(wkt)
    if _datum_name(crs) in _SAME_AS_CGCS2000:
        return Transformer.from_crs(crs, CRS.from_epsg(STORAGE_SRID), always_xy=True)
    # other datums go through WGS 84, which is CGCS2000 within a metre
    return Transformer.from_crs(crs, CRS.from_epsg(4326), always_xy=True)


def to_storage(crs: CRS, x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Longitude and latitude (EPSG:4490) of coordinates given x/easting first."""
    lon, lat = _to_storage(crs.to_wkt()).transform(x, y)
    return cast(FloatArray, lon), cast(FloatArray, lat)


def shapes_to_storage(shapes: Any, crs: CRS) -> Any:
    """Shapes (a shapely array, x first) in EPSG:4490, without heights; None stays None.

    Raises `UnknownCrs` where there is no sound way: geopandas' own `to_crs(4490)` would shift them
    by nothing, 60 m wrong, and says so to nobody.
    """
    check_transformable(crs)

    def moved(places: FloatArray) -> FloatArray:
        return np.column_stack(to_storage(crs, places[:, 0], places[:, 1]))

    return shapely.transform(shapes, moved)


def area_m2(shape: shapely.Geometry) -> float:
    """The geodesic area of a polygon or several (EPSG:4490), however its rings are wound; they are
    taken as they are even when it is not valid.
    """
    total = 0.0
    for part in shapely.get_parts(shape):
        total += abs(GEOD.geometry_area_perimeter(part.exterior)[0])
        total -= sum(abs(GEOD.geometry_area_perimeter(hole)[0]) for hole in part.interiors)
    return total


@dataclass(frozen=True)
class Offset:
    """A point moved by a map vendor's obfuscation, longitude and latitude."""

    lon: float
    lat: float


def gcj02(lon: float, lat: float) -> Offset:
    """Where GCJ-02 puts a WGS84/CGCS2000 point. Public reverse-engineered formula; ±1 m."""
    a, ee = 6378245.0, 0.00669342162296594
    x, y = lon - 105.0, lat - 35.0
    wave = 20.0 * sin(6.0 * x * np.pi) + 20.0 * sin(2.0 * x * np.pi)
    d_lat = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
    d_lat += (wave + 20.0 * sin(y * np.pi) + 40.0 * sin(y / 3.0 * np.pi)) * 2.0 / 3.0
    d_lat += (160.0 * sin(y / 12.0 * np.pi) + 320.0 * sin(y * np.pi / 30.0)) * 2.0 / 3.0
    d_lon = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
    d_lon += (wave + 20.0 * sin(x * np.pi) + 40.0 * sin(x / 3.0 * np.pi)) * 2.0 / 3.0
    d_lon += (150.0 * sin(x / 12.0 * np.pi) + 300.0 * sin(x / 30.0 * np.pi)) * 2.0 / 3.0
    magic = 1 - ee * sin(radians(lat)) ** 2
    d_lat = d_lat * 180.0 / (a * (1 - ee) / (magic * sqrt(magic)) * np.pi)
    d_lon = d_lon * 180.0 / (a / sqrt(magic) * cos(radians(lat)) * np.pi)
    return Offset(lon + float(d_lon), lat + float(d_lat))


def from_gcj02(lon: float, lat: float) -> Offset:
    """The point that `gcj02` would move to (lon, lat), by fixed-point iteration to < 1 mm."""
    guess = Offset(lon, lat)
    for _ in range(12):
        moved = gcj02(guess.lon, guess.lat)
        guess = Offset(guess.lon + lon - moved.lon, guess.lat + lat - moved.lat)
    return guess
