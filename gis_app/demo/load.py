"""The made city put into PostGIS: a few statements, so that every trigger runs once on the set."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, cast

import geopandas as gpd
import orjson
import pandas as pd
import shapely
from psycopg import Cursor
from sqlalchemy import Connection, func, select, text
from sqlalchemy.dialects.postgresql import insert

from gis_app.crs import STORAGE_SRID
from gis_app.demo.city import City
from gis_app.errors import Conflict
from gis_app.layer import ZONE_FIELDS, Layer
from gis_app.store import tables

MARKERS: dict[str, Any] = {
    "synthetic": True,
    "title_zh": "示例市地下水区划",
    "title_en": "Sample City groundwater",
}
_COMMON = tuple(f.name for f in ZONE_FIELDS)


@dataclass(frozen=True)
class Loaded:
    """What a load put in: zones by layer, wells, owners. `already` = it was there, nothing done."""

    zones: dict[str, int] = field(default_factory=dict)
    wells: int = 0
    owners: int = 0
    already: bool = False


def load(conn: Connection, city: City, *, force: bool = False) -> Loaded:
    """Put the city into the database: zones first, then owners and wells, then the markers.

    Does nothing where the sample wells are there. Raises `Conflict` where other wells are, unless
    `force`: synthetic rows must not pass for real ones.
    """
    ours = tables.well.c.code.like("SL-%")
    if conn.scalar(select(func.count()).select_from(tables.well).where(ours)):
        return Loaded(already=True)
    if not force and conn.scalar(select(func.count()).select_from(tables.well).where(~ours)):
        raise Conflict(
            "登记册中已有真实的井，不宜混入示例数据。请用空的数据库，或加 --force。",
            "The register already holds real wells; sample data should not be mixed in. "
            "Use an empty database, or --force.",
        )
    _copy(conn, "zone", _zone_rows(city))
    owners = _owners(conn, city.wells)
    _copy(conn, "well", _well_rows(city.wells, owners))
    _mark(conn)
    return Loaded({layer: len(z) for layer, z in city.zones.items()}, len(city.wells), len(owners))


def _copy(conn: Connection, table: str, rows: Iterable[dict[str, Any]]) -> None:
    """One COPY: statement-level triggers run once, whatever the number of rows."""
    listed = list(rows)
    names = list(listed[0])
    quoted = ", ".join(f'"{name}"' for name in names)
    cursor = cast(Cursor[Any], conn.connection.cursor())
    with cursor, cursor.copy(f"copy {tables.SCHEMA}.{table} ({quoted}) from stdin") as copy:
        for row in listed:
            copy.write_row([row[name] for name in names])


def _zone_rows(city: City) -> Iterable[dict[str, Any]]:
    for layer_id, frame in city.zones.items():
        layer: Layer = import_module(f"layers.{layer_id}").LAYER
        own = [f.name for f in layer.fields]
        for row, geom in zip(_records(frame), _hex(frame), strict=True):
            attrs = {name: row[name] for name in own if row[name] is not None}
            stated = {name: row.get(name) for name in _COMMON}
            yield {"layer": layer_id, **stated, "attrs": orjson.dumps(attrs).decode(), "geom": geom}


def _well_rows(wells: gpd.GeoDataFrame, owners: dict[str, int]) -> Iterable[dict[str, Any]]:
    columns = [c.name for c in tables.well.c if c.name in wells.columns and c.name != "geometry"]
    for row, geom in zip(_records(wells), _hex(wells), strict=True):
        stated = {name: row[name] for name in columns}
        stated["permit_state"] = stated["permit_state"] or "unknown"
        yield {**stated, "owner_id": owners.get(row["owner"]), "geom": geom}


def _records(frame: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Rows as dicts of plain values; what is unknown is None."""
    plain = pd.DataFrame(frame.drop(columns="geometry")).astype(object)
    return cast(list[dict[str, Any]], plain.where(plain.notna(), None).to_dict("records"))


def _hex(frame: gpd.GeoDataFrame) -> Sequence[str]:
    marked = shapely.set_srid(frame.geometry.to_numpy(), STORAGE_SRID)
    found: Sequence[str] = shapely.to_wkb(marked, hex=True, include_srid=True).tolist()
    return found


def _owners(conn: Connection, wells: gpd.GeoDataFrame) -> dict[str, int]:
    """The party of every owner, by name; a name stands for one party here."""
    known = wells.loc[wells["owner"].notna(), ["owner", "owner_uscc"]].drop_duplicates("owner")
    names = known["owner"].tolist()
    conn.execute(
        text(
            "insert into gis.party (name, uscc)"
            " select n, u from unnest(cast(:names as text[]), cast(:codes as text[])) as o (n, u)"
            " on conflict do nothing"
        ),
        {"names": names, "codes": known["owner_uscc"].tolist()},
    )
    found = select(tables.party.c.name, tables.party.c.party_id).where(
        tables.party.c.name == func.any(names)
    )
    return {row.name: row.party_id for row in conn.execute(found)}


def _mark(conn: Connection) -> None:
    """Say in the database that its data are synthetic, for the service to show."""
    statement = insert(tables.setting)
    statement = statement.on_conflict_do_update(
        index_elements=["key"], set_={"value": statement.excluded.value}
    )
    conn.execute(statement, [{"key": key, "value": value} for key, value in MARKERS.items()])
