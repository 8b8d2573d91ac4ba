"""The pieces of work, each the code of a fresh process: it prints CPU, wall, answer, peak MB.

Time begins when the files are open as what each engine reads them to (frames, arrays), and, in the
rows "with reading", before that. Importing is left out for all; a kernel's first call is not.
"""

HEAD = """
import sys, time
import geopandas as gpd, numpy as np, shapely
wells, zones = sys.argv[1:3]

def begin():
    return time.process_time(), time.perf_counter()

def spent(begun):
    return time.process_time() - begun[0], time.perf_counter() - begun[1]

def told(spent, answer):
    # ru_maxrss would begin with what the process was forked from
    [peak] = [int(line.split()[1]) for line in open("/proc/self/status") if "VmHWM" in line]
    print(*spent, f"{answer}:{peak / 1024:.0f}")

def hashed(well, zone):  # in slices: it must not be what a process needed most memory for
    total = 0
    for at in range(0, len(well), 1_000_000):
        part = slice(at, at + 1_000_000)
        mixed = well[part].astype(np.uint64) * np.uint64(11400714819323198485)
        mixed ^= zone[part].astype(np.uint64)
        total += int((mixed * np.uint64(0x9E3779B97F4A7C15)).sum())
    return total % 2**64
"""
SJOIN = (
    HEAD
    + """
w, z = (gpd.read_parquet(each, columns=["geometry"]) for each in (wells, zones))
at = begin()
p = gpd.sjoin(w, z, predicate="within")
cost = spent(at)
told(cost, f"{len(p)}/{hashed(p.index.to_numpy(), p['index_right'].to_numpy())}")
"""
)
SJOIN_READING = SJOIN.replace("at = begin()\n", "").replace("\nw, z =", "\nat = begin()\nw, z =")
KERNEL = (
    HEAD
    + """
from pathlib import Path
from gis_app import offline
from gis_app.offline import parquet
points, z = parquet.coordinates(Path(wells)), gpd.read_parquet(zones, columns=["geometry"])
at = begin()
well, zone = offline.pairs(*points, z.geometry.to_numpy(), threads=int(sys.argv[3]))
cost = spent(at)
told(cost, f"{len(well)}/{hashed(well, zone)}")
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
(x, y), z = parquet.coordinates(Path(wells)), gpd.read_parquet(zones, columns=["geometry"])
reach, accuracy = np.zeros(len(x)), np.zeros(len(z))
at = begin()
met = offline.meet(x, y, reach, (z.geometry.to_numpy(), accuracy), threads=1)
told(spent(at), f"{len(met)}/{met.edge_m.sum():.3f}")
"""
)
# the same by shapely: its pairs, then a sample of them measured (all of them take minutes)
_SAMPLED = (
    HEAD
    + """
w, z = (gpd.read_parquet(each, columns=["geometry"]) for each in (wells, zones))
at = begin()
p = gpd.sjoin(w, z, predicate="within")
pairs = spent(at)
sample = min(int(sys.argv[3]), len(p))
some = p.iloc[np.random.default_rng(0).choice(len(p), sample, replace=False)]
"""
)
_BY_PROPORTION = """
share = len(p) / sample
print(*(a + b * share for a, b in zip(pairs, spent(at))), f"{len(p)}/{metres.mean() * len(p)}:0")
"""
# as it is written in a notebook: the boundary of each pair's zone, in the plane of one zone
BOUNDARIES = (
    _SAMPLED
    + """
flat, ground = w.loc[some.index].to_crs(4547), z.to_crs(4547)
at = begin()
edges = ground.geometry.loc[some["index_right"]].boundary
metres = flat.geometry.distance(edges, align=False).to_numpy()
"""
    + _BY_PROPORTION
)
# as carefully as the kernel: boundaries made once, cut and conformal; geodesic metres
SHAPELY = (
    _SAMPLED
    + """
from pyproj import Geod, Transformer
to, back = (Transformer.from_crs(*c, always_xy=True) for c in ((4490, 3395), (3395, 4490)))
geod = Geod(a=6378137.0, rf=298.257222101)
edges = shapely.transform(shapely.segmentize(shapely.boundary(z.geometry.to_numpy()), 0.005),
                          lambda c: np.column_stack(to.transform(*c.T)))
xy = shapely.get_coordinates(w.geometry.to_numpy()[some.index])
flat = shapely.points(*to.transform(*xy.T))
at = begin()
near = shapely.shortest_line(edges[some["index_right"].to_numpy()], flat)
lon, lat = back.transform(*shapely.get_coordinates(near)[::2].T)
metres = geod.inv(*xy.T, lon, lat)[2]
"""
    + _BY_PROPORTION
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
