"""`make bench-raster`: a run from rasters against plain numpy on whole arrays in one process.

ARGS="--side 3000 --repeats 5" makes it smaller. The default side is a 30 m grid of 87,000 km²
(Ordos): 97 million cells. Each run is a process of its own; the peer warps every input onto the
grid at once and computes with arrays of its whole size. Both must give the same cells.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

import numpy as np
import rasterio
from rasterio.windows import Window
from shapely import box

from gis_app.raster.grid import Grid

SIDE = 9850
CELL_M = 30.0
PARAMETERS = {"D": ("m", 60), "R": ("mm/yr", 300), "C": ("m/d", 90)}
SCORES = {"A": 10, "S": 10, "I": 10, "quality": 5, "yield": 5}
COARSE = 8  # how many cells of the grid a cell of everything but the heights is

OURS = """
import json, resource, sys, time
from pathlib import Path
import shapely
from gis_app.zoning import compute, plan
folder, target = Path(sys.argv[1]), Path(sys.argv[2])
told = json.loads((folder / "plan.json").read_text())
area = shapely.from_wkt((folder / "area.wkt").read_text())
cpu, wall = time.process_time(), time.perf_counter()
done = compute.run(plan.Asked(plan.of(told), folder, area), target)
used = resource.getrusage(resource.RUSAGE_SELF)
print(time.process_time() - cpu, time.perf_counter() - wall, used.ru_maxrss / 1024)
"""
PEER = """
import json, resource, sys, time
from pathlib import Path
import numpy as np, rasterio, rasterio.warp, rasterio.shutil
folder, target = Path(sys.argv[1]), Path(sys.argv[2])
side, cell, west, north, srid = json.loads((folder / "grid.json").read_text())
cpu, wall = time.process_time(), time.perf_counter()
where = dict(dst_transform=rasterio.Affine(cell, 0, west, 0, -cell, north),
             dst_crs=f"EPSG:{srid}", dst_nodata=np.nan)
def read(name, how):
    out = np.full((side, side), np.nan, np.float32)
    with rasterio.open(folder / f"{name}.tif") as source:
        rasterio.warp.reproject(rasterio.band(source, 1), out, resampling=how, **where)
    return out
near, smooth = rasterio.warp.Resampling.nearest, rasterio.warp.Resampling.bilinear
tables = {"D": ((1.524, 4.572, 9.144, 15.24, 22.86, 30.48), (10, 9, 7, 5, 3, 2, 1)),
          "R": ((50.8, 101.6, 177.8, 254), (1, 3, 6, 8, 9)),
          "T": ((2, 6, 12, 18), (10, 9, 5, 3, 1)),
          "C": ((4.07, 12.22, 28.52, 40.75, 81.49), (1, 2, 4, 6, 8, 10))}
weights = dict(zip("DRASTIC", (5, 4, 3, 2, 1, 5, 3)))
def rate(name, values):
    edges, ratings = tables[name]
    place = np.searchsorted(np.array(edges, np.float32), values)
    return np.where(np.isnan(values), np.nan, np.array([*ratings, 0], np.float32)[place])
def slope(z):
    found = np.full(z.shape, np.nan)
    dx = (z[:-2, 2:] + 2*z[1:-1, 2:] + z[2:, 2:]) - (z[:-2, :-2] + 2*z[1:-1, :-2] + z[2:, :-2])
    dy = (z[2:, :-2] + 2*z[2:, 1:-1] + z[2:, 2:]) - (z[:-2, :-2] + 2*z[:-2, 1:-1] + z[:-2, 2:])
    found[1:-1, 1:-1] = 100 * np.hypot(dx, dy) / (8 * cell)
    return found.astype(np.float32)
index = 0
for name in "DRASTIC":
    if name == "T": index = index + weights[name] * rate(name, slope(read("dem", smooth)))
    elif name in tables: index = index + weights[name] * rate(name, read(name, smooth))
    else: index = index + weights[name] * read(name, near)
v = np.digitize(index, (80, 120, 160)) + 1
load = read("load", smooth); p = np.digitize(load, (0.5, 2, 4)) + 1
value = read("quality", near) * read("yield", near)
f = np.searchsorted((4, 9, 16), value, side="left") + 1
score = ((v + p + 1) // 2) * f
zones = np.where(score >= 12, 1, np.where(score >= 6, 2, 0)).astype(np.uint8)
zones[np.isnan(index) | np.isnan(load) | np.isnan(value)] = 255
target.mkdir()
profile = dict(driver="GTiff", width=side, height=side, count=1, crs=f"EPSG:{srid}", tiled=True,
               transform=where["dst_transform"])
for name, values in {"index": index.astype(np.float32), "zones": zones,
                     "vulnerability": v.astype(np.uint8), "load": p.astype(np.uint8),
                     "function": f.astype(np.uint8)}.items():
    with rasterio.open(target / "plain.tif", "w", dtype=values.dtype, **profile) as out:
        out.write(values, 1)
    rasterio.shutil.copy(target / "plain.tif", target / f"{name}.tif", driver="COG",
                         compress="deflate")
    if values.dtype == np.uint8:
        rasterio.shutil.copy(target / "plain.tif", target / f"{name}.web.tif", driver="COG",
                             tiling_scheme="GoogleMapsCompatible", warp_resampling="nearest",
                             zoom_level_strategy="upper", compress="deflate")
used = resource.getrusage(resource.RUSAGE_SELF)
print(time.process_time() - cpu, time.perf_counter() - wall, used.ru_maxrss / 1024)
"""


def main() -> None:
    """Write the inputs, measure both, print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--side", type=int, default=SIDE)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--alone", action="store_true", help="without the peer")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gis-bench-raster-") as name:
        folder = Path(name)
        grid = write(folder, asked.side)
        rounds = {"zoning run": OURS, "numpy, whole arrays": PEER}
        if asked.alone:
            del rounds["numpy, whole arrays"]
        measures: dict[str, list[list[float]]] = {each: [] for each in rounds}
        for number in range(asked.repeats):
            for each, code in rounds.items():
                target = folder / f"{number}-{code is OURS}"
                measures[each].append(measured(code, folder, target))
            if not asked.alone:
                print(f"cells that differ: {differ(folder, number, grid):.2e}", flush=True)
            for each in folder.glob(f"{number}-*"):
                subprocess.run(["rm", "-r", each], check=True)
        report(measures, asked.side)


def write(folder: Path, side: int) -> Grid:
    """Inputs of a made landscape: heights on the grid, everything else coarser."""
    grid = Grid(4545, 420_000.0, 4_500_000.0, CELL_M, side, side)
    profile = {"driver": "GTiff", "count": 1, "dtype": "float32", "nodata": -9999.0,
               "tiled": True, "compress": "deflate"}  # fmt: skip
    rng = np.random.default_rng(1)
    with rasterio.open(folder / "dem.tif", "w", **profile, **grid.profile) as dataset:
        for window in grid.windows(2048):
            y, x = np.mgrid[: int(window.height), : int(window.width)].astype(np.float32)
            x, y = x + window.col_off, y + window.row_off
            z = 1300 + 90 * np.sin(x / 210) * np.cos(y / 170) + 8 * np.sin(x / 9 + y / 13)
            dataset.write(z.astype(np.float32), 1, window=window)
    few = side // COARSE + 4
    wide = grid.part(Window(-COARSE, -COARSE, few * COARSE, few * COARSE))
    lines = Grid(4545, wide.west, wide.north, CELL_M * COARSE, few, few)
    y, x = np.mgrid[:few, :few]
    hill = np.sin(x / 41) * np.cos(y / 53)
    values = {
        name: most * np.clip(0.4 + 0.35 * hill + rng.normal(0, 0.02, hill.shape), 0, 1)
        for name, (_, most) in PARAMETERS.items()
    }
    values |= {
        name: np.clip(np.round(most * (0.55 + 0.4 * np.sin(x / 67 + n) * np.cos(y / 59))), 1, most)
        for n, (name, most) in enumerate(SCORES.items())
    }
    values["load"] = 3 * np.abs(np.sin(x / 90) * np.sin(y / 70)) * 2
    for name, held in values.items():
        with rasterio.open(folder / f"{name}.tif", "w", **profile, **lines.profile) as dataset:
            dataset.write(held.astype(np.float32), 1)
            if name in PARAMETERS:
                dataset.units = (PARAMETERS[name][0],)
    inputs = {name: {"raster": f"{name}.tif"} for name in "DRC"}
    inputs |= {name: {"raster": f"{name}.tif", "as_rating": True} for name in "ASI"}
    plan = {
        "name": "bench", "profile": "DRASTIC-1987", "cell_m": CELL_M,
        "inputs": inputs | {"T": {"slope_of": "dem.tif", "unit": "m"}},
        **{name: {"raster": f"{name}.tif"} for name in ("load", "quality", "yield")},
    }  # fmt: skip
    (folder / "plan.json").write_text(json.dumps(plan))
    (folder / "area.wkt").write_text(grid.on_earth(box(*grid.bounds).segmentize(3000)).wkt)
    (folder / "grid.json").write_text(json.dumps([side, CELL_M, grid.west, grid.north, grid.srid]))
    return grid


def measured(code: str, folder: Path, target: Path) -> list[float]:
    """CPU and wall seconds and the highest resident memory (MB) of a process of its own."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, str(folder), str(target)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return [float(each) for each in done.stdout.split()[-3:]]


def differ(folder: Path, number: int, grid: Grid) -> float:
    """The share of cells in which the two indexes are not the same (at edges of intervals)."""
    pair = [folder / f"{number}-{ours}" / "index.tif" for ours in (True, False)]
    wrong = 0
    with rasterio.open(pair[0]) as one, rasterio.open(pair[1]) as other:
        west = round((grid.west - one.transform.c) / grid.cell_m)
        north = round((one.transform.f - grid.north) / grid.cell_m)
        for window in grid.windows(2048):
            moved = Window(window.col_off + west, window.row_off + north, window.width,
                           window.height)  # fmt: skip
            a, b = one.read(1, window=moved), other.read(1, window=window)
            wrong += int((~((a == b) | np.isnan(a) | np.isnan(b))).sum())
    return wrong / (grid.width * grid.height)


def report(measures: dict[str, list[list[float]]], side: int) -> None:
    """A Markdown table with ratios to the peer."""
    print(f"\n{side * side:,} cells, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, "
          f"{platform.python_version()}, GDAL {rasterio.__gdal_version__}\n")  # fmt: skip
    print("| | wall s | CPU s | memory MB |\n|--|--|--|--|")
    for name, rows in measures.items():
        cells = [
            f"{median(each):.4g} ({min(each):.4g}–{max(each):.4g})"
            for each in ([row[i] for row in rows] for i in (1, 0, 2))
        ]
        print(f"| {name} | {' | '.join(cells)} |")
    if len(measures) == 2:
        ours, peer = measures.values()
        ratios = [median([a[i] / b[i] for a, b in zip(ours, peer, strict=True)]) for i in (1, 0, 2)]
        print(f"| ratio | {' | '.join(f'{each:.2f}' for each in ratios)} |")


if __name__ == "__main__":
    main()
