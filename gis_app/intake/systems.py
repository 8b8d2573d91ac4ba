"""The coordinate system that a file was in, as a batch keeps it.

A rule judges the data set by it: gis.coordinate_system() knows these words.
"""

import numpy as np
import pandas as pd
from pyproj import CRS

from gis_app import crs as crs_module
from gis_app.intake.crosscheck import Place

_LABELLED = {
    "xian80": "Xian 1980",
    "beijing54": "Beijing 1954",
    "gcj02": "GCJ-02",
    "bd09": "BD-09",
    "wgs84": "EPSG:4326",
}


def named(crs: CRS) -> str:
    """A coordinate system as a batch keeps it: its EPSG code, else its name or definition."""
    code = crs.to_epsg()
    if code is not None:
        return f"EPSG:{code}"
    return str(crs.srs if crs.name in {"", "unknown", "undefined"} else crs.name)


def of_rows(place: Place, said: pd.Series, crs: CRS | None) -> pd.Series:
    """The coordinate system of each row: told, labelled, or CGCS2000; None without a place."""
    if crs is not None:
        systems = pd.Series(named(crs), index=said.index, dtype=object)
    else:
        labelled = said.astype(object).map(_LABELLED, na_action="ignore")
        unknown = labelled.isna() & said.notna() & (said != "cgcs2000")
        systems = labelled.mask(unknown, "unknown").fillna(_national(place))
    there = np.isfinite(place.lon) | said.notna().to_numpy()
    return systems.where(there, None)


def _national(place: Place) -> str:
    """CGCS2000 as the numbers of a column are written in it: degrees, or metres of one zone."""
    metres = np.isfinite(place.lon) & (place.x_size > 1000)
    if not metres.any():
        return f"EPSG:{crs_module.STORAGE_SRID}"
    zones = np.unique(place.x_size[metres] // 1_000_000)
    mixed = len(zones) > 1 or not metres[np.isfinite(place.lon)].all()
    if mixed or not 25 <= zones[0] <= 45:
        return "CGCS2000 / Gauss-Kruger"
    return f"EPSG:{crs_module.gk_epsg(int(zones[0]), prefixed=True)}"
