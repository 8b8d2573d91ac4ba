"""The measured world: wells clustered on towns, zones of many shapes; the same for every engine."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

BOX = (108.0, 34.0, 116.0, 40.0)
TOWNS = 400
LARGE = 124  # of every 250 zones, the one that is large


def wells(count: int, seed: int = 1) -> gpd.GeoDataFrame:
    """Wells clustered on 400 towns: code, accuracy (metres) and position, EPSG:4490."""
    rng = np.random.default_rng(seed)
    towns = rng.uniform(BOX[:2], BOX[2:], (TOWNS, 2))
    spread = rng.gamma(2.0, 0.05, TOWNS)
    town = rng.choice(TOWNS, count, p=rng.dirichlet(np.ones(TOWNS)))
    xy = towns[town] + rng.normal(size=(count, 2)) * spread[town, None]
    xy = np.clip(xy, BOX[:2], BOX[2:])
    frame = {
        "code": [f"B-{n:07d}" for n in range(count)],
        "position_accuracy_m": rng.choice([0.1, 1.0, 5.0, 10.0], count),
    }
    return gpd.GeoDataFrame(frame, geometry=gpd.points_from_xy(*xy.T), crs=4490)


def zones(count: int, seed: int = 2) -> gpd.GeoDataFrame:
    """Zones of 100–3,000 vertices, one in 250 of 50,000; a fifth of two parts, a third with a
    hole, EPSG:4490.
    """
    rng = np.random.default_rng(seed)
    towns = np.random.default_rng(1).uniform(BOX[:2], BOX[2:], (TOWNS, 2))
    made = []
    for n in range(count):
        near = towns[rng.integers(TOWNS)] if rng.random() < 0.7 else rng.uniform(BOX[:2], BOX[2:])
        centre = near + rng.normal(size=2) * 0.15
        vertices = int(np.exp(rng.uniform(np.log(100), np.log(3000))))
        radius = rng.gamma(2.0, 0.0257)
        if n % 250 == LARGE:
            vertices, radius = 50_000, rng.uniform(0.15, 0.35)
        parts = [blob(rng, centre, radius, vertices)]
        if n % 5 == 0:
            away = centre + radius * 3
            parts.append(blob(rng, away, radius / 2, max(vertices // 2, 50)))
        if n % 3 == 0:
            hole = blob(rng, centre, radius / 3, max(vertices // 4, 30))
            parts[0] = parts[0].difference(hole)
        ground = shapely.get_parts(shapely.union_all(parts))
        made.append(MultiPolygon([p for p in ground if isinstance(p, Polygon)]))
    return gpd.GeoDataFrame({"name": [f"Z{n}" for n in range(count)]}, geometry=made, crs=4490)


def blob(rng: np.random.Generator, centre: np.ndarray, radius: float, vertices: int) -> Polygon:
    """A ring with lobes and roughness, valid."""
    angle = np.linspace(0, 2 * np.pi, vertices, endpoint=False)
    r = np.ones(vertices)
    for k in range(2, 9):
        r += rng.normal() / (2 * k) * np.sin(k * angle + rng.uniform(0, 7))
    rough = 0.004 * min(1.0, 3000 / vertices)
    r = np.clip(r + rng.normal(size=vertices) * rough, 0.2, None) * radius
    ring = Polygon(np.c_[centre[0] + r * np.cos(angle), centre[1] + r * np.sin(angle)])
    return (
        ring
        if ring.is_valid
        else max(shapely.get_parts(shapely.make_valid(ring)), key=lambda p: p.area)
    )


def write(folder: Path, well_count: int, zone_count: int) -> tuple[Path, Path]:
    """The world as two GeoParquet files (made once a folder)."""
    paths = folder / f"wells-{well_count}.parquet", folder / f"zones-{zone_count}.parquet"
    if not paths[0].exists():
        wells(well_count).to_parquet(paths[0])
    if not paths[1].exists():
        zones(zone_count).to_parquet(paths[1])
    return paths
