"""An archive of tiles in one file (PMTiles): for places without a network, and to keep a state."""

import gzip
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer
from sqlalchemy import Connection

from gis_app.errors import NotFound
from gis_app.layer import Layer
from gis_app.store import facts, tiles, zones

E7 = 10_000_000
Box = tuple[float, float, float, float]
# a tile's z, x, y and the layers that may have something in it
Address = tuple[int, int, int, tuple[Layer, ...]]


@dataclass(frozen=True)
class Baked:
    """What lies in an archive: tiles, its size, and how many tiles exceed the budget."""

    tiles: int
    bytes: int
    over_budget: int


def bake(
    conn: Connection,
    layers: Sequence[Layer],
    out: Path,
    *,
    to_zoom: int,
    on: date,
    told: Callable[[int, int], None] = lambda _zoom, _tiles: None,
) -> Baked:
    """Write the layers' tiles of zooms 0 to `to_zoom`, as of a day, all layers in one MVT each.

    `conn` should see one state throughout (REPEATABLE READ). Tiles are gzipped; where no layer has
    anything there is none. `told` hears of each zoom and its tiles. The file appears when it is
    whole. Raises `NotFound` where no layer has data.
    """
    box = _bounds(conn, layers, on)
    asked = None if on == facts.legal_day(conn) else on  # of today wells are kept ready
    out.parent.mkdir(parents=True, exist_ok=True)
    part = out.with_name(out.name + ".part")
    count = over = 0
    try:
        with part.open("wb") as file:
            writer = Writer(file)
            there: list[Address] = [(0, 0, 0, tuple(layers))]
            for zoom in range(to_zoom + 1):
                kept = _write(conn, writer, there, asked)
                count, over = count + len(kept), over + sum(big for _, big in kept)
                told(zoom, len(kept))
                there = [child for address, _ in kept for child in _children(address)]
            writer.finalize(_header(box), _metadata(layers, to_zoom, on))
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
    return Baked(count, out.stat().st_size, over)


def _write(
    conn: Connection, writer: Writer, addresses: list[Address], on: date | None
) -> list[tuple[Address, bool]]:
    """Write the tiles of one zoom in the archive's order; those that hold anything."""
    kept: list[tuple[Address, bool]] = []
    for z, x, y, layers in sorted(addresses, key=lambda each: zxy_to_tileid(*each[:3])):
        bodies = {layer.id: tiles.tile(conn, layer, z, x, y, on).body for layer in layers}
        whole = b"".join(bodies.values())
        if whole:
            writer.write_tile(zxy_to_tileid(z, x, y), gzip.compress(whole, 6, mtime=0))
            holding = tuple(layer for layer in layers if bodies[layer.id])
            kept.append(((z, x, y, holding), len(whole) > tiles.BUDGET_BYTES))
    return kept


def _children(address: Address) -> list[Address]:
    """The four tiles below: what they hold, the tile above holds too."""
    z, x, y, layers = address
    return [(z + 1, 2 * x + i, 2 * y + j, layers) for i in (0, 1) for j in (0, 1)]


def _bounds(conn: Connection, layers: Sequence[Layer], on: date) -> Box:
    there = zones.summary(conn, on)
    rows = [there[layer.id] for layer in layers if layer.id in there]
    if not rows:
        raise NotFound("所选图层没有数据。", "None of these layers has data.")
    west, south = (min(row[e] for row in rows) for e in "ws")
    east, north = (max(row[e] for row in rows) for e in "en")
    return west, south, east, north


def _header(box: Box) -> dict[str, Any]:
    west, south, east, north = (round(degrees * E7) for degrees in box)
    return {
        "tile_type": TileType.MVT,
        "tile_compression": Compression.GZIP,
        "min_lon_e7": west,
        "min_lat_e7": south,
        "max_lon_e7": east,
        "max_lat_e7": north,
        "center_zoom": 8,
        "center_lon_e7": (west + east) // 2,
        "center_lat_e7": (south + north) // 2,
    }


def _metadata(layers: Sequence[Layer], to_zoom: int, on: date) -> dict[str, Any]:
    return {
        "name": "地下水区划与取水井 / Groundwater zones and wells",
        "description": f"{on.isoformat()}",
        "type": "overlay",
        "vector_layers": tiles.vector_layers(layers, to_zoom),
    }
