"""Made-up rasters, maps and sources of the sample city, and the plan that computes with them.

As they would come: heights in metres on the national grid, recharge coarser and in degrees, soil as
codes, geology as polygons in Chinese, water levels as a table of monitoring wells. Nothing of it
says anything of any real ground.
"""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import rasterio
import shapely
from affine import Affine
from numpy.random import Generator
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from gis_app.crs import STORAGE_SRID
from gis_app.demo.city import City
from gis_app.raster import grid as grids
from gis_app.raster.grid import Grid

PLAN_FILE = "plan.toml"
_CELL_M = 100.0
_SOILS = {1: "sandy_loam", 2: "loam", 3: "silt_loam", 4: "clay_loam", 5: "thin_or_absent"}
_GROUND = {  # rock: aquifer, vadose zone, conductivity m/d
    "岩溶灰岩": ("karst_limestone", "karst_limestone", 70.0),
    "砂砾石": ("sand_gravel", "sand_gravel_with_fines", 45.0),
    "层状砂页岩": ("bedded_sandstone_limestone_shale", "bedded_limestone_sandstone_shale", 3.0),
}
# toxicity, likelihood of release, quantity, reach in metres: made up, by kind of site
_SITES = {
    "landfill": (3, 0.8, 2, 2500), "gas_station": (2, 0.5, 1, 900), "mine": (2, 0.6, 4, 4000),
    "outfall": (2, 0.9, 1, 1500), "industrial_park": (3, 0.6, 4, 3500),
}  # fmt: skip
_PLAN = """\
# 示例市污染防治重点区的计算计划（合成数据）
# The plan of the sample city's pollution-priority zones (synthetic data)
name = "示例市重点区"
profile = "DRASTIC-1987"
area = "1403"
cell_m = 100
min_area_m2 = 500000
registered = true            # 在册的水源保护区、补给区优先 / protection areas on record override
quality = { raster = "quality.tif" }
yield = { raster = "yield.tif" }
load = { sources = "sources.csv", x = "x", y = "y", crs = "EPSG:4490" }

[inputs]
R = { raster = "recharge.tif" }
S = { raster = "soil.tif", classes = { %(soils)s } }
A = { polygons = "geology.geojson", column = "aquifer", crs = "EPSG:4490" }
I = { polygons = "geology.geojson", column = "vadose", crs = "EPSG:4490" }
C = { polygons = "geology.geojson", column = "k", unit = "m/d", crs = "EPSG:4490" }
T = { slope_of = "dem.tif" }

[inputs.D]
dem = "dem.tif"
[inputs.D.water]
points = "levels.csv"
x = "x"
y = "y"
column = "level_m"
unit = "m"
crs = "EPSG:4490"
"""


def write(city: City, folder: Path) -> list[Path]:
    """Write the files and `PLAN_FILE` into a folder; the same city gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(city.seed + 7)
    area = shapely.union_all(city.zones["district"].geometry.to_numpy())
    lines = grids.over(area.buffer(0.01), _CELL_M)
    broad = 950 + 90 * _hills(rng, lines, 24_000)  # what wells some kilometres apart can tell
    heights = broad + 4 * _hills(rng, lines, 1500)
    _tif(folder / "dem.tif", heights, lines, "m")
    levels = broad - 16 - 9 * _hills(rng, lines, 12_000)
    _levels(rng, folder / "levels.csv", area, (lines, levels))
    _recharge(rng, folder / "recharge.tif", area)
    for name, most in (("soil", 5), ("quality", 5), ("yield", 5)):
        scores = np.digitize(_hills(rng, lines, 7000), np.linspace(-0.4, 1.3, most - 1)) + 1
        _tif(folder / f"{name}.tif", scores, lines, "")
    _geology(folder / "geology.geojson", city)
    _sources(folder / "sources.csv", city)
    soils = ", ".join(f'"{code}" = "{name}"' for code, name in _SOILS.items())
    (folder / PLAN_FILE).write_text(_PLAN % {"soils": soils}, encoding="utf-8")
    return sorted(folder.iterdir())


def _hills(rng: Generator, lines: Grid, wavelength: float) -> NDArray[np.float64]:
    """A smooth field about 0, mostly within ±1, with hills some wavelength (metres) across."""
    y, x = np.mgrid[: lines.height, : lines.width] * lines.cell_m
    found = np.zeros(lines.shape)
    for _ in range(8):
        turn, phase = rng.uniform(0, 2 * np.pi, 2)
        length = wavelength * rng.uniform(0.7, 1.6)
        along = x * np.cos(turn) + y * np.sin(turn)
        found += np.sin(2 * np.pi * along / length + phase)
    return found / 2.8


def _tif(path: Path, values: NDArray[np.floating | np.integer], lines: Grid, unit: str) -> None:
    with rasterio.open(
        path, "w", driver="GTiff", count=1, dtype="float32", nodata=-9999.0, compress="deflate",
        **lines.profile,
    ) as dataset:  # fmt: skip
        dataset.write(np.round(values, 2).astype(np.float32), 1)
        dataset.update_tags(TITLE="示例数据，由程序生成 / synthetic")
        if unit:
            dataset.units = (unit,)


def _recharge(rng: Generator, path: Path, area: BaseGeometry) -> None:
    """Recharge on some 500 m in degrees, as a national product has it."""
    west, south, east, north = area.buffer(0.02).bounds
    step = 0.005
    shape = round((north - south) / step), round((east - west) / step)
    coarse = Grid(STORAGE_SRID, 0, 0, 500.0, shape[1], shape[0])
    values = np.clip(130 + 70 * _hills(rng, coarse, 20_000), 5, None)
    profile = {
        "driver": "GTiff", "count": 1, "dtype": "float32", "nodata": -9999.0, "width": shape[1],
        "height": shape[0], "crs": coarse.crs,
        "transform": Affine(step, 0, west, 0, -step, north),
    }  # fmt: skip
    with rasterio.open(path, "w", **profile) as dataset:
        dataset.write(np.round(values, 1).astype(np.float32), 1)
        dataset.units = ("mm/yr",)


def _levels(
    rng: Generator, path: Path, area: BaseGeometry, surface: tuple[Grid, NDArray[np.float64]]
) -> None:
    """Water levels of 80 monitoring wells, read off a surface to the centimetre."""
    lines, levels = surface
    flat = lines.project(area)
    shapely.prepare(flat)
    west, south, east, north = flat.bounds
    spots = rng.uniform((west, south), (east, north), (400, 2))
    spots = spots[shapely.contains_xy(flat, *spots.T)][:80]
    rows = ((lines.north - spots[:, 1]) / lines.cell_m).astype(int)
    columns = ((spots[:, 0] - lines.west) / lines.cell_m).astype(int)
    places = lines.on_earth(shapely.points(spots))
    frame = pd.DataFrame({
        "井号": [f"SL-G{number:03d}" for number in range(1, len(spots) + 1)],
        "x": np.round(shapely.get_x(places), 7), "y": np.round(shapely.get_y(places), 7),
        "level_m": np.round(levels[rows, columns], 2),
    })  # fmt: skip
    frame.to_csv(path, index=False)


def _geology(path: Path, city: City) -> None:
    """The management units, each of one made-up rock."""
    rows = []
    for number, shape in enumerate(city.zones["management_unit"].geometry):
        rock = list(_GROUND)[number % len(_GROUND)]
        aquifer, vadose, k = _GROUND[rock]
        properties = {"岩性": rock, "aquifer": aquifer, "vadose": vadose, "k": k}
        geometry = json.loads(shapely.to_geojson(shape))
        rows.append({"type": "Feature", "properties": properties, "geometry": geometry})
    told = {"type": "FeatureCollection", "features": rows}
    path.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def _sources(path: Path, city: City) -> None:
    """The sites of the city that may pollute, with made-up scores by their kind."""
    sites = city.records["site"]
    sites = sites[sites["kind"].isin(list(_SITES))]
    spots = shapely.centroid(sites.geometry.to_numpy())
    scores = np.array([_SITES[kind] for kind in sites["kind"]])
    frame = pd.DataFrame(scores, columns=["toxicity", "likelihood", "quantity", "reach_m"])
    frame.insert(0, "y", np.round(shapely.get_y(spots), 7))
    frame.insert(0, "x", np.round(shapely.get_x(spots), 7))
    frame.insert(0, "kind", sites["kind"].to_numpy())
    frame.to_csv(path, index=False)
