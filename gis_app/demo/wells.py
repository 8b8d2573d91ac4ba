"""The register of the made city: sited, filled, moved to some borders, blotted, numbered."""

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.random import Generator
from shapely import Point

from gis_app.crs import STORAGE_SRID, FloatArray
from gis_app.demo.byhand import complete, name_owners
from gis_app.demo.desk import Desk
from gis_app.demo.ground import DISTRICTS
from gis_app.demo.kinds import KINDS
from gis_app.demo.lawful import inside, put_in_order
from gis_app.demo.licences import license_wells, meter_large_takers, previous_volumes
from gis_app.demo.names import Owners, Permits
from gis_app.demo.placed import placed
from gis_app.demo.placing import Deeds
from gis_app.demo.register import blot, describe_water, fill
from gis_app.demo.shapes import to_lonlat
from gis_app.demo.siting import Gazetteer, gazetteer, site
from gis_app.demo.spots import Spots
from layers.well import LAYER

_FEWEST = 40  # wells beside those placed by hand
# The position method says how fine the coordinates in a register are (decimals of a degree).
_DECIMALS = {"map_50k": 3, "permit_text": 3, "map_10k": 4, "phone": 5, "unknown": 4}


@dataclass(frozen=True)
class Wells:
    """The register, and of the wells placed by hand, by code, what other registers say of them.

    `places`: where they stand on the plane.
    """

    frame: gpd.GeoDataFrame
    deeds: dict[str, Deeds]
    places: dict[str, Point]


def wells(desk: Desk, spots: Spots, count: int) -> Wells:
    """The register in EPSG:4490, one column per field of the well layer, None or NaN = unknown.

    `count` wells, or those placed by hand and a few.
    """
    rng = desk.rng
    named = gazetteer(rng, desk.ground, desk.places)
    owners = Owners(rng)
    by_hand, permits = placed(spots), Permits(rng)
    rows = site(rng, named, owners, max(count - len(by_hand), _FEWEST))
    _to_borders(rng, rows, spots, named)
    _locate(rows, named)
    rows = fill(rng, rows)
    put_in_order(rng, rows, spots)
    license_wells(rng, rows, permits)
    meter_large_takers(rng, rows)
    _survey(rng, rows, named)
    previous_volumes(rng, rows, inside(rows, spots, "restricted_zone", "overdraft_zone"))
    describe_water(rng, rows)
    blot(rng, rows)
    rows["code"] = _codes(rows["area_code"])
    first = complete(by_hand)
    _locate(first, named)
    name_owners(first, by_hand, owners, permits)
    rows = pd.concat([first, rows], ignore_index=True)
    _describe(rng, rows, named)
    deeds = {row["code"]: row["deeds"] for row in by_hand if "deeds" in row}
    places = {row["code"]: Point(row["x"], row["y"]) for row in by_hand}
    return Wells(_typed(rows), deeds, places)


def _to_borders(rng: Generator, rows: pd.DataFrame, spots: Spots, named: Gazetteer) -> None:
    """Put some firms' wells within metres of a border, as towns grow to where the pipes end."""
    rows["at_border"] = False
    firms = rows.index[[KINDS[k].owner in {"firm", "institution"} for k in rows["kind"]]]
    outline = named.ground.outline.simplify(30).buffer(-300)
    share = max(len(rows) // 120, 1)
    for layer in (
        "public_supply_coverage",
        "prohibited_zone",
        "restricted_zone",
        "surface_supply_area",
    ):
        edge = spots.area(layer).boundary
        feet = shapely.get_coordinates(
            edge.interpolate(np.sort(rng.uniform(0, edge.length, share)))
            if edge.geom_type == "LineString"
            else shapely.points(_along(rng, edge, share))
        )
        feet = np.round(feet + rng.normal(0, 14, feet.shape), 2)
        feet = feet[shapely.contains_xy(outline, feet)]
        for foot in feet:
            free = firms[~rows.loc[firms, "at_border"].to_numpy()]
            apart = np.hypot(rows.loc[free, "x"] - foot[0], rows.loc[free, "y"] - foot[1])
            if len(free) and apart.min() < 2500:
                rows.loc[apart.idxmin(), ["x", "y", "at_border"]] = [foot[0], foot[1], True]


def _along(rng: Generator, edge: Any, count: int) -> FloatArray:
    """Points spread over lines by length."""
    lines = shapely.get_parts(edge)
    length = shapely.length(lines)
    which = rng.choice(len(lines), count, p=length / length.sum())
    at = rng.uniform(0, 1, count)
    return shapely.get_coordinates(
        shapely.line_interpolate_point(lines[which], at, normalized=True)
    )


def _locate(rows: pd.DataFrame, named: Gazetteer) -> None:
    """District, township and village of where the wells stand."""
    xy = rows[["x", "y"]].to_numpy(float)
    rows["township_no"], rows["village_no"] = named.township_of(xy), named.village_of(xy)
    district = named.ground.district[rows["township_no"]]
    rows["area_code"] = pd.Series([DISTRICTS[d][0] for d in district], dtype=object)


def _survey(rng: Generator, rows: pd.DataFrame, named: Gazetteer) -> None:
    """Positions as they were taken: by instrument at borders, at the village's middle for some."""
    edge = rows["at_border"].to_numpy(bool)
    rows.loc[edge, "coord_method"] = rng.choice(
        ["rtk", "gnss_handheld", "phone"], int(edge.sum()), p=[0.4, 0.4, 0.2]
    )
    rows.loc[edge, "position_accuracy_m"] = np.nan
    rural = np.array([KINDS[k].place in {"village", "field"} for k in rows["kind"]])
    coarse = (rows["coord_method"] == "village_centroid").to_numpy()
    rows.loc[coarse & ~rural, "coord_method"] = "permit_text"
    middle = named.places.villages[rows["village_no"]]
    inside = named.township_of(middle) == rows["township_no"].to_numpy()
    rows.loc[coarse & rural & ~inside, "coord_method"] = "map_10k"
    moved = coarse & rural & inside
    rows.loc[moved, ["x", "y"]] = middle[moved]
    line = shapely.simplify(named.ground.outline.exterior, 20)
    shapely.prepare(line)
    xy = shapely.points(rows[["x", "y"]].to_numpy(float))
    rim = shapely.dwithin(line, xy, 250)  # rounding must not move them out
    rounded = rows["coord_method"].isin([*_DECIMALS]).to_numpy(bool)
    rows.loc[np.logical_and(rim, rounded), "coord_method"] = "gnss_handheld"


def _codes(area: pd.Series) -> pd.Series:
    """SL-<county>-<serial>."""
    serial = area.groupby(area).cumcount() + 1
    return "SL-" + area.astype(str) + "-" + serial.astype(str).str.zfill(4)


def _describe(rng: Generator, rows: pd.DataFrame, named: Gazetteer) -> None:
    """Names of places, addresses and the columns that are the same all over a district."""
    townships = [named.townships[n] for n in rows["township_no"]]
    villages = [named.villages[n] for n in rows["village_no"]]
    urban = [t.endswith("街道") for t in townships]
    county = dict(DISTRICTS)
    rows["township"] = townships
    rows["village"] = pd.Series(
        [None if u else v for u, v in zip(urban, villages, strict=True)], dtype=object
    )
    where = zip(rows["area_code"], townships, villages, urban, strict=True)
    rows["address"] = [f"{county[a]}{t}" + ("" if u else v) for a, t, v, u in where]
    blank = rng.random(len(rows)) < 0.1
    rows.loc[blank, "address"] = None
    relief = np.where(
        urban, "河谷盆地", np.where(rng.random(len(rows)) < 0.7, "低山丘陵", "河谷平原")
    )
    rows["landform"] = pd.Series(relief, dtype=object)
    rows["water_region"] = "子牙河山区"
    kinds = {"online": "电磁流量计", "offline": "机械水表", "fault": "超声波流量计"}
    rows["meter_type"] = pd.Series([kinds.get(str(m)) for m in rows["meter_state"]], dtype=object)


def _typed(rows: pd.DataFrame) -> gpd.GeoDataFrame:
    """The fields of the layer in their order: numbers as float, all else as object with None."""
    lonlat = np.round(to_lonlat(rows[["x", "y"]].to_numpy(float)), 7)
    for method, decimals in _DECIMALS.items():
        coarse = (rows["coord_method"] == method).to_numpy(bool, na_value=False)
        lonlat[coarse] = np.round(lonlat[coarse], decimals)
    columns = {}
    for each in LAYER.fields:
        values = rows[each.name] if each.name in rows else pd.Series([None] * len(rows))
        if each.kind == "number":
            columns[each.name] = pd.to_numeric(values).astype(float)
        else:
            values = values.astype(object)
            columns[each.name] = pd.Series(
                [None if pd.isna(v) else v for v in values], dtype=object
            )
    return gpd.GeoDataFrame(columns, geometry=gpd.points_from_xy(*lonlat.T), crs=STORAGE_SRID)
