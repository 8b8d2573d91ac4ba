"""CGCS2000 Gauss–Krüger easting and northing, row by row: zone prefix, order of axes, datum.

A zone prefix of 25–45 is a 3° zone (central meridian 3z), 13–23 a 6° zone (6z − 3).
"""

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS, Proj

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

# semi-major axis and inverse flattening: CGCS2000 (GB 22021), IAG 1975, Krasovsky 1940
ELLIPSOIDS = {
    "cgcs2000": (6378137.0, 298.257222101),
    "xian80": (6378140.0, 298.257),
    "beijing54": (6378245.0, 298.3),
}


def is_northing(values: FloatArray) -> BoolArray:
    """Whether numbers are northings of China (15°–55° N), metres."""
    return (values >= 1_600_000) & (values <= 6_200_000)


def is_easting(values: FloatArray) -> BoolArray:
    """Whether numbers are eastings: six digits, or eight with a zone prefix."""
    bare = (values >= 10_000) & (values < 1_000_000)
    prefix = values // 1_000_000
    six, three = (prefix >= 13) & (prefix <= 23), (prefix >= 25) & (prefix <= 45)
    return bare | six | three


def central_meridian(eastings: FloatArray) -> FloatArray:
    """The central meridian that the zone prefix names, degrees; NaN without a prefix."""
    prefix = eastings // 1_000_000
    meridian = np.where(prefix >= 25, 3.0 * prefix, 6.0 * prefix - 3.0)
    return np.where(prefix >= 13, meridian, np.nan)


def to_lonlat(
    easting: FloatArray, northing: FloatArray, meridian: FloatArray, ellipsoid: str = "cgcs2000"
) -> tuple[FloatArray, FloatArray]:
    """Longitude and latitude of Gauss–Krüger metres; a zone prefix in the easting is dropped."""
    lon, lat = np.full(len(easting), np.nan), np.full(len(easting), np.nan)
    for each in np.unique(meridian[np.isfinite(meridian)]):
        rows = meridian == each
        found = _projection(each, ellipsoid)(
            easting[rows] % 1_000_000, northing[rows], inverse=True
        )
        lon[rows], lat[rows] = found
    return lon, lat


def to_grid(
    lon: FloatArray, lat: FloatArray, meridian: FloatArray, ellipsoid: str = "cgcs2000"
) -> tuple[FloatArray, FloatArray]:
    """Gauss–Krüger easting (without prefix) and northing of longitude and latitude, metres."""
    east, north = np.full(len(lon), np.nan), np.full(len(lon), np.nan)
    for each in np.unique(meridian[np.isfinite(meridian)]):
        rows = (meridian == each) & np.isfinite(lon) & np.isfinite(lat)
        east[rows], north[rows] = _projection(each, ellipsoid)(lon[rows], lat[rows])
    return east, north


def _projection(meridian: float, ellipsoid: str) -> Proj:
    a, rf = ELLIPSOIDS[ellipsoid]
    return Proj(proj="tmerc", lat_0=0, lon_0=meridian, k=1, x_0=500_000, y_0=0, a=a, rf=rf)


def is_gauss(crs: CRS) -> bool:
    """Whether a CRS is a Gauss–Krüger zone (and no UTM zone, which is scaled)."""
    return _parameter(crs, "Scale factor") == 1.0 and "Transverse Mercator" in _method(crs)


def meridian_of(crs: CRS | None) -> float | None:
    """The central meridian of a Gauss–Krüger CRS, degrees; None for any other."""
    return _parameter(crs, "Longitude of natural") if crs is not None and is_gauss(crs) else None


def false_prefix(crs: CRS) -> float:
    """What a Gauss–Krüger CRS adds to the easting for its zone number: 38 000 000 or 0."""
    return (_parameter(crs, "False easting") or 500_000.0) - 500_000.0


def _method(crs: CRS) -> str:
    operation = crs.coordinate_operation
    return "" if operation is None or not crs.is_projected else str(operation.method_name)


def _parameter(crs: CRS, name: str) -> float | None:
    operation = crs.coordinate_operation
    if operation is None or not crs.is_projected:
        return None
    return next((float(p.value) for p in operation.params if name in p.name), None)
