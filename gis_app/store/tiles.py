"""Vector tiles: one fixed statement a tile, explicit columns, nothing hidden."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import floor
from typing import Any

from sqlalchemy import Connection

from gis_app.errors import NotFound
from gis_app.flags import FLAGS
from gis_app.layer import Layer
from gis_app.rights import Sight
from gis_app.store import schema, tiles_of_a_day
from gis_app.store.statements import script

MAX_ZOOM = 22
EVERYTHING = Sight()
COUNTS_TO, BANDS_TO = 9, 11
# wells by themselves carry no more than their finding up to here
BARE_TO = 11
# versions are kept of tiles of this zoom; a tile shows what lies up to this part of its side beyond
CELL_ZOOM, MARGIN = 10, 1 / 64
FINDINGS = (*FLAGS, "unassessed")
_TYPES = {"boolean": "Boolean", "number": "Number", "integer": "Number"}
# what one tile should not exceed; measured and reported, never cut to
BUDGET_BYTES = 500_000


@dataclass(frozen=True)
class Question:
    """A statement and its values; it answers version, legal day and the MVT."""

    statement: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Tile:
    """A Mapbox Vector Tile (empty bytes where nothing lies), and what it is the state of.

    `version` grows with every commit that may change the tile, as long as the server runs; after a
    crash or a restore it may count again. Snapshots of one server hold one another, so the same
    number means the same rows.
    """

    version: int
    day: date
    body: bytes


def check(z: int, x: int, y: int) -> None:
    """Raise `NotFound` for a tile that WebMercatorQuad does not have."""
    if not (0 <= z <= MAX_ZOOM and 0 <= x < 2**z and 0 <= y < 2**z):
        raise NotFound(f"没有瓦片 {z}/{y}/{x}。", f"There is no tile {z}/{y}/{x}.")


def question(
    layer: Layer, z: int, x: int, y: int, on: date | None = None, sight: Sight = EVERYTHING
) -> Question | None:
    """What to ask the database for a tile of a layer's features in force on a day (None: today);
    None where there is nothing that `sight` may see.

    Wells are to zoom 9 counts, from 10 on points with the flag of their gravest open finding; on a
    day with the status and the finding of that day. Zones are simplified to zoom 11, in pieces from
    12 on; one too small to draw is a point. Integer ids. Raises `NotFound` for no such tile.
    """
    check(z, x, y)
    place: dict[str, Any] = {"z": z, "x": x, "y": y, "layer": layer.id, **_cells(z, x, y)}
    if layer.geometry == "point":
        return _wells(layer, place, on, sight)
    values = {**place, "day": on, "attrs": tile_attrs(layer)}
    if z > BANDS_TO:
        return Question(_statement("tile_pieces"), values)
    return Question(_statement("tile_bands"), {**values, "band": max(5, z | 1)})


def _wells(layer: Layer, place: dict[str, Any], on: date | None, sight: Sight) -> Question | None:
    z, everywhere = place["z"], "" in sight.areas
    counted = z <= COUNTS_TO and (everywhere or sight.counts)
    if not counted and not sight.areas:
        return None
    if on is not None:
        areas = ("",) if counted else sight.areas
        if z <= COUNTS_TO:
            statement, values = tiles_of_a_day.counts(layer, on, areas)
        else:
            names = _well_fields(layer) if z > BARE_TO else ("flag",)
            statement, values = tiles_of_a_day.points(layer, names, on, areas)
        return Question(statement, {**place, **values})
    if counted:
        return Question(_statement("tile_counts"), {**place, "level": max(z, 4)})
    place["areas"] = None if everywhere else [f"{area}%" for area in sight.areas]
    return Question(_statement("tile_wells" if z > COUNTS_TO else "tile_counts_within"), place)


def tile(conn: Connection, layer: Layer, z: int, x: int, y: int, on: date | None = None) -> Tile:
    """The tile as the database has it now, for who sees everything (see `question`)."""
    asked = question(layer, z, x, y, on)
    if asked is None:
        raise AssertionError("who sees everything sees something")
    cursor = conn.connection.cursor()
    try:
        cursor.execute(asked.statement, dict(asked.values))
        [(version, day, body)] = cursor.fetchall()
    finally:
        cursor.close()
    return Tile(int(version), day, bytes(body))


def _cells(z: int, x: int, y: int) -> dict[str, int]:
    """The cells that a tile meets with its margins, as first and last column and row."""
    side = 2.0 ** (CELL_ZOOM - z)
    west, east = floor((x - MARGIN) * side), floor((x + 1 + MARGIN) * side)
    north, south = floor((y - MARGIN) * side), floor((y + 1 + MARGIN) * side)
    # -1 stands for all cells and is asked for by itself
    return {"west": max(west, 0), "east": east, "north": north, "south": south}


def source_layers(layer: Layer) -> dict[str, tuple[int, int, str]]:
    """The MVT layers in a layer's tiles: lowest and highest zoom, kind of geometry."""
    if layer.geometry == "point":
        return {
            "well_count": (0, COUNTS_TO, "point"),
            "well": (COUNTS_TO + 1, MAX_ZOOM, "point"),
        }
    return {
        layer.id: (0, MAX_ZOOM, "polygon"),
        f"{layer.id}_outline": (BANDS_TO + 1, MAX_ZOOM, "line"),
        f"{layer.id}_point": (0, MAX_ZOOM, "point"),
    }


def vector_layers(layers: Iterable[Layer], to_zoom: int) -> list[dict[str, Any]]:
    """The MVT layers as TileJSON and PMTiles describe them: id, zooms, fields and their types."""
    return [
        {
            "id": name,
            "description": f"{layer.zh} / {layer.en}",
            "minzoom": low,
            "maxzoom": min(high, to_zoom),
            "fields": _fields(layer, name),
        }
        for layer in layers
        for name, (low, high, _) in source_layers(layer).items()
        if low <= to_zoom
    ]


def _fields(layer: Layer, name: str) -> dict[str, str]:
    if name == "well_count":
        return {"wells": "Number", "flag": "String", **dict.fromkeys(FINDINGS, "Number")}
    if name.endswith("_outline"):
        return {"grade": "String"} if layer.grades else {}
    kinds = {f.name: _TYPES.get(f.kind, "String") for f in layer.all_fields if f.tile}
    names = _well_fields(layer) if layer.geometry == "point" else kinds
    return {name: kinds.get(name, "String") for name in names}


def _well_fields(layer: Layer) -> tuple[str, ...]:
    return (*(f.name for f in layer.all_fields if f.tile), "flag", "rule")


def tile_attrs(layer: Layer) -> list[str]:
    """The layer's own fields that its tiles carry."""
    return [f.name for f in layer.fields if f.tile]


def form(layer: Layer) -> str:
    """A mark of how a layer's tiles are made: another one after the statements have changed."""
    names = ("tile_wells", "tile_counts", "tile_counts_within", "tile_bands", "tile_pieces")
    statements = [_statement(name) for name in names]
    made_of = [schema.digest(), *statements, layer.id, *tile_attrs(layer)]
    return hashlib.sha256("\n".join(made_of).encode()).hexdigest()[:8]


@cache
def _statement(name: str) -> str:
    # the version is summed in the statement: by a function of its own it took twice the time
    fields = script("tile_zone_fields")
    parts = {
        "version": script("tile_version"),
        "wells": script("tile_wells_within"),
        "fields": fields,
        "mark": script("tile_mark").format(fields=fields),
    }
    return script(name).format(**parts).as_string()
