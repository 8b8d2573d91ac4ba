"""The worked 3×3 example, computed outside of this code, and how it is written to files."""

import numpy as np
import rasterio
import shapely
from shapely import box

from gis_app.raster.grid import Grid

# three cells of 100 m a side, on the lines of the grid that the program chooses there (zone 38)
GRID = Grid(4547, 463_000.0, 4_192_300.0, 100.0, 3, 3)
AREA = GRID.on_earth(box(*GRID.bounds))

D = [[1, 8, 25], [60, 4, 12], [3, 20, 40]]
R = [[300, 180, 100], [40, 220, 120], [260, 90, 60]]
A = [[10, 8, 6], [3, 10, 8], [8, 6, 4]]
S = [[10, 9, 5], [3, 10, 6], [9, 4, 1]]
T = [[1, 5, 15], [25, 3, 8], [2, 12, 18]]
I = [[10, 8, 6], [3, 10, 6], [8, 6, 1]]  # noqa: E741
C = [[90, 35, 15], [2, 60, 20], [45, 10, 4]]
VALUES = {"D": D, "R": R, "A": A, "S": S, "T": T, "I": I, "C": C}
UNITS = {"D": "m", "R": "mm/yr", "T": "%", "C": "m/d"}

RATINGS = {
    "D": [[10, 7, 2], [1, 9, 5], [9, 3, 1]],
    "R": [[9, 8, 3], [1, 8, 6], [9, 3, 3]],
    "T": [[10, 9, 3], [1, 9, 5], [10, 5, 3]],
    "C": [[10, 6, 4], [1, 8, 4], [8, 2, 1]],
}
INDEX = [[226, 176, 95], [43, 210, 132], [197, 94, 42]]
V = [[4, 4, 2], [1, 4, 3], [4, 2, 1]]
SOURCES = [(0, 0, 3, 0.6, 2), (1, 1, 1, 0.6, 4), (2, 2, 2, 0.2, 1)]  # row, column, T, L, Q
REACH_CELLS = [1.5, 1.5, 0.4]  # eight neighbours, eight neighbours, its own cell
LOAD = [[6, 6, 2.4], [6, 6, 2.4], [2.4, 2.4, 2.8]]
P = [[4, 4, 3], [4, 4, 3], [3, 3, 3]]
QUALITY = [[5, 4, 3], [2, 5, 3], [4, 2, 1]]
YIELD = [[5, 4, 2], [1, 5, 3], [4, 2, 1]]
FUNCTION = [[25, 16, 6], [2, 25, 9], [16, 4, 1]]
F = [[4, 3, 2], [1, 4, 2], [3, 1, 1]]
CONTROL = [[1, 1, 2], [0, 1, 2], [1, 0, 0]]
LEVEL_1, QUASI = 11, 13
FINAL = [[LEVEL_1, 1, 2], [0, 1, 2], [1, QUASI, 0]]


def tif(path, values, grid=GRID, *, unit="", nodata=-9999.0, crs=True, dtype="float32"):
    """A GeoTIFF of values on a grid; `crs` may be another one, or False for none."""
    array = np.asarray(values, dtype)
    profile = grid.profile | {"crs": grid.crs if crs is True else crs or None}
    with rasterio.open(path, "w", driver="GTiff", count=1, dtype=dtype, nodata=nodata,
                       **profile) as dataset:  # fmt: skip
        dataset.write(array, 1)
        if unit:
            dataset.units = (unit,)
    return path


def centre(row, column, grid=GRID):
    """Easting and northing of the middle of a cell."""
    return grid.west + (column + 0.5) * grid.cell_m, grid.north - (row + 0.5) * grid.cell_m


def cell(row, column, grid=GRID):
    """A cell as a polygon in longitude and latitude."""
    x, y = centre(row, column, grid)
    half = grid.cell_m / 2
    return grid.on_earth(box(x - half, y - half, x + half, y + half))


def files(folder):
    """Every input of the example as files of a folder, and the plan that names them."""
    for name, values in VALUES.items():
        tif(folder / f"{name}.tif", values, unit=UNITS.get(name, ""))
    tif(folder / "quality.tif", QUALITY)
    tif(folder / "yield.tif", YIELD)
    lines = ["x,y,toxicity,likelihood,quantity,reach_m"]
    for (row, column, t, like, q), reach in zip(SOURCES, REACH_CELLS, strict=True):
        x, y = centre(row, column)
        lines.append(f"{x},{y},{t},{like},{q},{reach * GRID.cell_m}")
    (folder / "sources.csv").write_text("\n".join(lines) + "\n")
    shapes = [("level_1", cell(0, 0)), ("quasi", cell(2, 1))]
    features = [
        {"type": "Feature", "properties": {"kind": kind}, "geometry": shapely.geometry.mapping(s)}
        for kind, s in shapes
    ]
    import json

    told = json.dumps({"type": "FeatureCollection", "features": features})
    (folder / "protection.geojson").write_text(told)
    return {
        "name": "示例三乘三", "profile": "DRASTIC-1987", "cell_m": 100, "min_area_m2": 0,
        "smooth_cells": 0,
        "inputs": {
            name: {"raster": f"{name}.tif", **({} if name in UNITS else {"as_rating": True})}
            for name in VALUES
        },
        "load": {"sources": "sources.csv", "x": "x", "y": "y", "crs": "EPSG:4547"},
        "quality": {"raster": "quality.tif"}, "yield": {"raster": "yield.tif"},
        "protection": [
            {"polygons": "protection.geojson", "column": "kind", "crs": "EPSG:4490"}
        ],
    }  # fmt: skip
