"""`make bench-raster-tiles`: a tile of a raster, and statistics within zones, against their peers.

The peer of a tile is rio-tiler reading the float32 COG as tile servers do by default: in the
file's own plane, and in EPSG:3857. The peer of statistics is rasterio.mask, zone by zone, which
counts a cell whole or not at all. Prints a Markdown table. ARGS="--side 2000 --repeats 2" makes it
smaller.
"""

import argparse
import datetime
import os
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import rasterio
import rasterio.mask
import rasterio.shutil
import shapely
from pyproj import Transformer
from rasterio.errors import NotGeoreferencedWarning
from rasterio.transform import from_origin
from rio_tiler.io import Reader

from gis_app import registry
from gis_app.raster import arrival, cog, picture, statistics
from gis_app.raster.arrival_check import Said
from tests.bench.measure import Measure

GK, CELL_M = 4547, 30
EAST, NORTH = 420_000, 4_260_000
Place = tuple[int, int, int]
Colors = dict[int, tuple[int, int, int, int]]


def main() -> None:
    """Make rasters, measure everything interleaved, print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--side", type=int, default=6000, help="cells of a side")
    parser.add_argument("--tiles", type=int, default=40, help="tiles a round")
    parser.add_argument("--repeats", type=int, default=5)
    asked = parser.parse_args()
    warnings.simplefilter("ignore", NotGeoreferencedWarning)
    with tempfile.TemporaryDirectory(prefix="gis-bench-") as folder:
        files = write(Path(folder), asked.side)
        report(measure(files, asked), asked)


def write(folder: Path, side: int) -> dict[str, Path]:
    """Values (hills of noise, a tenth of holes) and classes, as `gis-app raster add` makes them."""
    rng = np.random.default_rng(1)
    ramp = np.add.outer(np.arange(side), np.arange(side)) / (2 * side) * 60
    values = (ramp + rng.normal(0, 1, (side, side))).astype("float32")
    values[rng.random((side // 100 + 1,) * 2).repeat(100, 0).repeat(100, 1)[:side, :side] < 0.1] = (
        np.nan
    )
    codes = np.where(np.isnan(values), 255, np.clip(values // 20, 0, 2)).astype("uint8")
    law, found = registry.load(), {}
    for name, cells, nodata, layer in (
        ("values", values, float("nan"), "depth_to_water"),
        ("classes", codes, 255, "pollution_priority_class"),
    ):
        room = folder / name
        room.mkdir()
        path = room / "given.tif"
        with rasterio.open(
            path, "w", driver="GTiff", count=1, dtype=cells.dtype, width=side, height=side,
            crs=f"EPSG:{GK}", transform=from_origin(EAST, NORTH, CELL_M, CELL_M), nodata=nodata,
        ) as file:  # fmt: skip
            file.write(cells, 1)
        begun = time.perf_counter()
        made = arrival.make(path, law.rasters[layer], Said(unit="m"), room)
        print(f"{name}: {side} × {side} cells in {time.perf_counter() - begun:.1f} s", flush=True)
        found |= {name: made.analysis, f"{name}_picture": made.picture}
    web = folder / "web.tif"
    rasterio.shutil.copy(found["values"], web, driver="COG", compress="deflate", blocksize=256,
                         tiling_scheme="GoogleMapsCompatible", warp_resampling="bilinear",
                         predictor="floating_point")  # fmt: skip
    return found | {"web": web}


def places(side: int, count: int, seed: int) -> list[Place]:
    """Tiles over the raster from zoom 9 to 14, drawn by chance."""
    rng = np.random.default_rng(seed)
    back = Transformer.from_crs(GK, 4490, always_xy=True)
    found = []
    for zoom in rng.integers(9, 15, count):
        x, y = rng.uniform(0, side * CELL_M, 2)
        tile = picture.TMS.tile(*back.transform(EAST + x, NORTH - y), int(zoom))
        found.append((tile.z, tile.x, tile.y))
    return found


def measure(files: dict[str, Path], asked: argparse.Namespace) -> list[Measure]:
    """Every work once a round, in turn."""
    law = registry.load()
    depth, kinds = law.rasters["depth_to_water"], law.rasters["pollution_priority_class"]
    span, colors = (depth.ramp[0].value, depth.ramp[-1].value), depth.palette()
    works: dict[str, Callable[[Place], bytes]] = {
        "tile: classes, uint8 in 3857": lambda p: picture.tile(
            [files["classes_picture"]], kinds, p, "png"
        ),
        "tile: values, uint8 levels in 3857": lambda p: picture.tile(
            [files["values_picture"]], depth, p, "png"
        ),
        "peer: float32 in 3857 (rio-tiler)": lambda p: by_float(files["web"], span, colors, p),
        "peer: float32 in its own plane (rio-tiler)": lambda p: by_float(
            files["values"], span, colors, p
        ),
    }
    made = {name: Measure(name) for name in works}
    for work in works.values():  # caches of files and of code are warm for all alike
        work(places(asked.side, 1, 99)[0])
    for round_ in range(asked.repeats):
        for name, work in works.items():
            wanted = places(asked.side, asked.tiles, round_)
            cpu, wall = time.process_time(), time.perf_counter()
            for place in wanted:
                work(place)
            n = len(wanted)
            made[name].add((time.process_time() - cpu) / n, (time.perf_counter() - wall) / n)
    return [*made.values(), *zonal(files["values"], asked)]


def by_float(path: Path, span: tuple[float, float], colors: Colors, place: Place) -> bytes:
    """A tile of the float32 COG, scaled and coloured as it is read."""
    z, x, y = place
    with cog.careful(), Reader(str(path), tms=picture.TMS) as source:
        if not source.tile_exists(x, y, z):
            return b""
        found = source.tile(x, y, z, tilesize=256, resampling_method="bilinear")
    found.rescale((span,))
    return bytes(found.render(img_format="PNG", zlevel=1, colormap=colors))


def zonal(path: Path, asked: argparse.Namespace) -> list[Measure]:
    """Statistics within 25 squares that cover the raster."""
    ours, peer = Measure("statistics of 25 zones (exactextract)"), Measure(
        "peer: rasterio.mask zone by zone")  # fmt: skip
    step = asked.side * CELL_M / 5
    corners = [(EAST + i * step, NORTH - j * step) for i in range(5) for j in range(1, 6)]
    plane = [shapely.box(x, y, x + step, y + step) for x, y in corners]
    back = Transformer.from_crs(GK, 4490, always_xy=True)
    earth = [
        shapely.transform(shapely.segmentize(each, step / 10),
                          lambda xy: np.column_stack(back.transform(*xy.T)))
        for each in plane
    ]  # fmt: skip
    for _ in range(asked.repeats):
        cpu, wall = time.process_time(), time.perf_counter()
        told = [each.mean for each in statistics.within(path, earth, classified=False)]
        ours.add(time.process_time() - cpu, time.perf_counter() - wall)
        cpu, wall = time.process_time(), time.perf_counter()
        means = [masked(path, each) for each in plane]
        peer.add(time.process_time() - cpu, time.perf_counter() - wall)
    assert np.allclose(told, means, rtol=1e-3)
    return [ours, peer]


def masked(path: Path, shape: shapely.Polygon) -> float:
    """Mean of the cells whose centres lie within."""
    with rasterio.open(path) as file:
        held, _ = rasterio.mask.mask(file, [shape], crop=True, filled=False)
    return float(np.nanmean(held.filled(np.nan)))


def report(measures: list[Measure], asked: argparse.Namespace) -> None:
    """The Markdown table, in milliseconds."""
    load = f"load {os.getloadavg()[0]:.1f}"
    print(f"\n{datetime.date.today()}, {asked.side} × {asked.side} cells of {CELL_M} m, {load}")
    print(f"{asked.tiles} tiles a round, {asked.repeats} rounds\n")
    print("| work | CPU ms | wall ms |\n|---|---|---|")
    for each in measures:
        cpu, wall = ([1000 * n for n in values] for values in (each.cpu, each.wall))
        print(f"| {each.name} | {each.told(cpu)} | {each.told(wall)} |")


if __name__ == "__main__":
    main()
