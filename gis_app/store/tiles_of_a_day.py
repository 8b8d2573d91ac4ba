"""Vector tiles of wells as they stood on another day: read from the ledger as pages of items are.

Nothing of them is kept ready: what may change them is more than the versions of tiles count.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from psycopg import sql
from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    bindparam,
    false,
    func,
    or_,
    select,
    true,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import psycopg
from sqlalchemy.types import NullType

from gis_app.layer import Layer
from gis_app.store.sources import Source, source
from gis_app.store.statements import script
from gis_app.store.tables import well

EXTENT, BUFFER = 4096, 64
Statement = tuple[str, Mapping[str, Any]]


def points(layer: Layer, names: Sequence[str], on: date, areas: Sequence[str]) -> Statement:
    """Statement and values of a tile of wells one by one, with some properties as of a day.

    To be asked with z, x, y beside; `areas`: code prefixes of the divisions that are seen ("" is
    everywhere). Answers as `tiles.question` says, its version always 0.
    """
    found = source(layer, on, on)
    shape = _plain(func.st_asmvtgeom(well.c.geom_web, _box(), EXTENT, BUFFER, True))
    shown = [found.properties[name].value.label(name) for name in names]
    wells = select(shape.label("geom"), found.key.label("id"), *shown)
    return _statement("tile_points_on", _those(wells, found, areas, margin=BUFFER / EXTENT))


def counts(layer: Layer, on: date, areas: Sequence[str]) -> Statement:
    """As `points`, of the wells counted by their finding of that day in each cell of the tile."""
    found = source(layer, on, on)
    wells = select(
        _plain(well.c.geom_web).label("geom_web"), found.properties["flag"].value.label("flag")
    )
    return _statement("tile_counts_within", _those(wells, found, areas, margin=0.0))


def _those(wells: Select[Any], found: Source, areas: Sequence[str], margin: float) -> Select[Any]:
    seen = or_(false(), *(well.c.area_code.startswith(area, autoescape=True) for area in areas))
    if "" in areas:
        seen = true()
    there = well.c.geom_web.op("&&")(_box(margin))
    return wells.select_from(found.rows).where(there, seen, found.where)


def _plain(shape: ColumnElement[Any]) -> ColumnElement[Any]:
    """A geometry as PostGIS has it, not as a client reads it."""
    return type_coerce(shape, NullType())


def _box(margin: float = 0.0) -> ColumnElement[Any]:
    place: tuple[BindParameter[int], ...] = (bindparam("z"), bindparam("x"), bindparam("y"))
    return func.st_tileenvelope(*place, func.st_tileenvelope(0, 0, 0), margin)


def _statement(name: str, wells: Select[Any]) -> Statement:
    compiled = wells.compile(dialect=psycopg.dialect())  # type: ignore[no-untyped-call]
    statement = script(name).format(wells=sql.SQL(str(compiled)), version=sql.SQL("0"))
    return statement.as_string(), {k: v for k, v in compiled.params.items() if k not in "zxy"}
