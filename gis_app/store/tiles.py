"""Vector tiles: one statement a tile, explicit columns, nothing hidden."""

from collections.abc import Sequence

from sqlalchemy import Connection, text

from gis_app.errors import NotFound
from gis_app.layer import Layer
from gis_app.store.statements import script

MAX_ZOOM = 22


def check(z: int, x: int, y: int) -> None:
    """Raise `NotFound` for a tile that WebMercatorQuad does not have."""
    if not (0 <= z <= MAX_ZOOM and 0 <= x < 2**z and 0 <= y < 2**z):
        raise NotFound(f"没有瓦片 {z}/{y}/{x}。", f"There is no tile {z}/{y}/{x}.")


def tile(conn: Connection, layer: Layer, z: int, x: int, y: int) -> bytes:
    """The Mapbox Vector Tile of a layer's features in force today; empty bytes where none are.

    One MVT layer named as the collection, integer feature ids. Wells carry the flag of their
    gravest open finding.
    """
    check(z, x, y)
    if layer.geometry == "point":
        statement = text(script("tile_wells").as_string())
        values: dict[str, object] = {"z": z, "x": x, "y": y}
    else:
        statement = text(script("tile_zones").as_string())
        values = {"z": z, "x": x, "y": y, "layer": layer.id, "attrs": tile_attrs(layer)}
    return bytes(conn.execute(statement, values).scalar_one() or b"")


def tile_attrs(layer: Layer) -> Sequence[str]:
    """The layer's own fields that its tiles carry."""
    return [f.name for f in layer.fields if f.tile]
