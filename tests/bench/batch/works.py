"""The pieces of work, each the code of a fresh process: it prints CPU, wall, answer, peak MB.

Time begins when the files are open as what each engine reads them to (frames, arrays), and, in the
rows "with reading", before that. Importing is left out for all; a kernel's first call is not.
"""

HEAD = """
import resource, sys, time
import geopandas as gpd, numpy as np, shapely
wells, zones = sys.argv[1:3]

def begin():
    return time.process_time(), time.perf_counter()

def told(begun, answer):
    cpu, wall = time.process_time() - begun[0], time.perf_counter() - begun[1]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(cpu, wall, f"{answer}:{peak:.0f}")

def hashed(well, zone):
    mixed = well.astype(np.uint64) * np.uint64(11400714819323198485) ^ zone.astype(np.uint64)
    return int((mixed * np.uint64(0x9E3779B97F4A7C15)).sum())
"""
SJOIN = (
    HEAD
    + """
w, z = gpd.read_parquet(wells)[["geometry"]], gpd.read_parquet(zones)[["geometry"]]
at = begin()
p = gpd.sjoin(w, z, predicate="within")
told(at, f"{len(p)}/{hashed(p.index.to_numpy(), p['index_right'].to_numpy())}")
"""
)
SJOIN_READING = SJOIN.replace("at = begin()\n", "").replace(
    "w, z = gpd.read", "at = begin()\nw, z = gpd.read"
)
KERNEL = (
    HEAD
    + """
from pathlib import Path
from gis_app import offline
from gis_app.offline import parquet
points, z = parquet.points(Path(wells)), gpd.read_parquet(zones)[["geometry"]]
at = begin()
well, zone = offline.pairs(points.x, points.y, z.geometry.to_numpy(), threads=int(sys.argv[3]))
told(at, f"{len(well)}/{hashed(well, zone)}")
"""
)
KERNEL_READING = KERNEL.replace("at = begin()\n", "").replace(
    "points, z =", "at = begin()\npoints, z ="
)
METRES = (
    HEAD
    + """
from pathlib import Path
from gis_app import offline
from gis_app.offline import parquet
points, z = parquet.points(Path(wells)), gpd.read_parquet(zones)[["geometry"]]
reach, accuracy = np.zeros(len(points.x)), np.zeros(len(z))
at = begin()
met = offline.meet(points.x, points.y, reach, (z.geometry.to_numpy(), accuracy), threads=1)
told(at, f"{len(met)}/{met.edge_m.sum():.3f}")
"""
)
# the same by shapely: its pairs, then a sample of them measured (all of them take minutes)
SHAPELY = (
    HEAD
    + """
from pyproj import Geod, Transformer
w, z = gpd.read_parquet(wells), gpd.read_parquet(zones)
to, back = (Transformer.from_crs(*c, always_xy=True) for c in ((4490, 3395), (3395, 4490)))
geod, sample = Geod(a=6378137.0, rf=298.257222101), int(sys.argv[3])
at = begin()
p = gpd.sjoin(w[["geometry"]], z[["geometry"]], predicate="within")
pairs_cpu, pairs_wall = time.process_time() - at[0], time.perf_counter() - at[1]
edges = shapely.transform(shapely.segmentize(shapely.boundary(z.geometry.to_numpy()), 0.005),
                          lambda c: np.column_stack(to.transform(*c.T)))
sample = min(sample, len(p))
some = np.random.default_rng(0).choice(len(p), sample, replace=False)
xy = shapely.get_coordinates(w.geometry.to_numpy()[p.index.to_numpy()[some]])
flat = shapely.points(*to.transform(*xy.T))
at = begin()
near = shapely.shortest_line(edges[p["index_right"].to_numpy()[some]], flat)
lon, lat = back.transform(*shapely.get_coordinates(near)[::2].T)
metres = geod.inv(*xy.T, lon, lat)[2]
share = len(p) / sample
cpu = pairs_cpu + (time.process_time() - at[0]) * share
wall = pairs_wall + (time.perf_counter() - at[1]) * share
print(cpu, wall, f"{len(p)}/{metres.mean() * len(p):.3f}:0")
"""
)
TILES = """
import shutil, sys, tempfile, time, resource
from datetime import date
from gis_app import offline
if __name__ == "__main__":
    folder, count = sys.argv[1], int(sys.argv[2])
    with tempfile.TemporaryDirectory() as out:
        at = time.perf_counter()
        done = offline.audit_tiles(folder, out=out, on=date(2026, 10, 1), processes=count)
        wall, findings = time.perf_counter() - at, done.table.count_rows()
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = children.ru_utime + children.ru_stime + time.process_time()
    print(cpu, wall, f"{findings}:{children.ru_maxrss / 1024:.0f}")
"""
