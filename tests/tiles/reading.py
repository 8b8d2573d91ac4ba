"""Tiles as a reader has them: which tile a place is in, and what lies in one."""

from functools import lru_cache
from math import asinh, floor, pi, radians, tan
from typing import Any

import httpx
import mapbox_vector_tile
from sqlalchemy import Connection, text

Address = tuple[int, int, int]


def tile_of(lon: float, lat: float, z: int) -> Address:
    """z, x, y of the tile that a place is in."""
    across = floor((lon + 180) / 360 * 2**z)
    down = floor((1 - asinh(tan(radians(lat))) / pi) / 2 * 2**z)
    return z, across, down


def path(layer: str | None, address: Address) -> str:
    """A tile's address in the service."""
    z, x, y = address
    base = "" if layer is None else f"/collections/{layer}"
    return f"{base}/tiles/WebMercatorQuad/{z}/{y}/{x}"


def read(http: httpx.Client, layer: str | None, address: Address, **query: str) -> dict[str, Any]:
    """Features of a tile by MVT layer."""
    answer = http.get(path(layer, address), params=query)
    assert answer.status_code in {200, 204}, answer.text
    return decoded(answer.content)


def decoded(body: bytes) -> dict[str, Any]:
    """Features of an MVT by its layers; coordinates count from the north-west."""
    # y as in the tile, not turned upside down
    found = mapbox_vector_tile.decode(body, default_options={"y_coord_down": True})
    return {name: layer["features"] for name, layer in found.items()}


@lru_cache(maxsize=10_000)
def wells_in(body: bytes) -> dict[int, Any]:
    """Place and properties of the wells in a tile, by id; the same bytes are read but once."""
    return {f["id"]: (f["geometry"], f["properties"]) for f in decoded(body).get("well", [])}


def wells_drawn(conn: Connection, address: Address) -> dict[int, Any]:
    """The wells of a tile as they are drawn now, whatever is kept."""
    return all_drawn(conn, [address])[address]


def all_drawn(conn: Connection, addresses: list[Address]) -> dict[Address, dict[int, Any]]:
    """The same of many tiles."""
    asked = "select z, x, y, gis.draw_wells(z, x, y, null) from unnest(:z, :x, :y) t (z, x, y)"
    values = dict(zip("zxy", map(list, zip(*addresses, strict=True)), strict=True))
    return {(z, x, y): wells_in(bytes(body)) for z, x, y, body in conn.execute(text(asked), values)}
