"""Collections as frames: GeoParquet on the wire, one request for whatever matches.

Measured (docs/performance.md): GeoParquet is there sooner than pages of GeoJSON at every size.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import geopandas as gpd
import shapely

from gis_app.client import asking, frames
from gis_app.client.http import Transport
from gis_app.crs import GEOD
from gis_app.errors import NotFound
from gis_app.export.findings import FIELDS, WORDS, ledger

LEAST_M2 = 1.0  # of ground that is shared; less is left over from rounding
_FINDINGS = {f.name: f.kind for f in ledger({}).fields} | {
    f.name: f.kind for f in (*FIELDS, *WORDS)
}


def collection(
    http: Transport, name: str, params: Mapping[str, Any], ids: tuple[str, ...]
) -> gpd.GeoDataFrame:
    """Every feature of a collection that matches, in the order of the ids."""
    path = f"/collections/{quote(name, safe='')}/export"
    content = http.download(path, {**params, "f": "parquet"}, what=name)
    return frames.of_parquet(content, ids)


def findings(
    http: Transport,
    run: int | None,
    properties: Mapping[str, Any],
    params: Mapping[str, Any],
    area: str | None = None,
) -> gpd.GeoDataFrame:
    """Findings with the columns of the codebook, then the words an office reads.

    Of an audit's ledger, or (None) of the one that the map shows. `params` may hold `filter`.
    """
    named = {("subject_code" if k == "code" else k): v for k, v in properties.items()}
    text = asking.where(_FINDINGS, named, area, params.get("filter"))
    asked = {**params, "filter": text, "f": "parquet", "words": "true"}
    path = "/collections/findings/export" if run is None else f"/audits/{run}/findings/export"
    return frames.of_parquet(http.download(path, asked, what="结论 findings"))


def touching(zones: gpd.GeoDataFrame, area: str, districts: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The zones that share ground with the districts of an area, more than a line.

    Raises `NotFound` where no district of it is on record.
    """
    if districts.empty:
        raise NotFound(
            f"没有代码以 {area} 开头的行政区，无法按区域取区划；请改用 bbox=。",
            f"No district's code begins with {area}: zones cannot be had by area. Use bbox=.",
        )
    ground = shapely.union_all(districts.geometry.array)
    shapely.prepare(ground)
    near = zones[shapely.intersects(ground, zones.geometry.array)]
    shared = shapely.intersection(near.geometry.array, ground)
    kept = [abs(GEOD.geometry_area_perimeter(each)[0]) > LEAST_M2 for each in shared]
    return near[kept].reset_index(drop=True)
