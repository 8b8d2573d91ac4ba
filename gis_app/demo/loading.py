"""The made city put into PostGIS: a few statements, so that every trigger runs once on the set."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
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
from gis_app.demo.files import FILES
from gis_app.demo.numbers import SINCE
from gis_app.demo.numbers import SOURCE as NUMBERS_SOURCE
from gis_app.errors import Conflict
from gis_app.layer import ZONE_FIELDS, Layer
from gis_app.store import parameters, tables

MARKERS: dict[str, Any] = {
    "synthetic": True,
    "title_zh": "示例市地下水区划",
    "title_en": "Sample City groundwater",
}
_COMMON = tuple(f.name for f in ZONE_FIELDS)


# what these registers say holds for a whole area, and so for real wells in it
_OF_AREAS = ("unit_year", "water_level", "water_norm", "electricity_coefficient")


@dataclass(frozen=True)
class Loaded:
    """What a load put in: zones by layer, wells, owners, records by register, delegated numbers.

    `already` = it was there, nothing done.
    """

    zones: dict[str, int] = field(default_factory=dict)
    wells: int = 0
    owners: int = 0
    records: dict[str, int] = field(default_factory=dict)
    numbers: int = 0
    already: bool = False


def load(conn: Connection, city: City, *, force: bool = False) -> Loaded:
    """Put the city into the database: zones, owners and wells, registers, numbers, markers.

    Does nothing where the sample wells are there. Raises `Conflict` where other wells are, unless
    `force`: synthetic rows must not pass for real ones. Beside other wells nothing is said that
    would hold for a whole area, and no delegated number is set: both would decide on real wells.
    """
    ours = tables.well.c.code.like("SL-%")
    if conn.scalar(select(func.count()).select_from(tables.well).where(ours)):
        return Loaded(already=True)
    others = conn.scalar(select(func.count()).select_from(tables.well).where(~ours))
    if others and not force:
        raise Conflict(
            "登记册中已有真实的井，不宜混入示例数据。请用空的数据库，或加 --force。",
            "The register already holds real wells; sample data should not be mixed in. "
            "Use an empty database, or --force.",
        )
    _declare(conn, "on")
    _copy(conn, "zone", _zone_rows(city))
    _declare(conn, "")
    owners = _owners(conn, city.wells)
    _copy(conn, "well", _well_rows(city.wells, owners))
    _begin_states(conn, city)
    kept = {k: v for k, v in city.records.items() if not (others and k in _OF_AREAS)}
    records = {name: _load_register(conn, name, frame, city.on) for name, frame in kept.items()}
    numbers = () if others else city.numbers
    for each in numbers:
        parameters.put(
            conn, each.name, each.value, area=each.area, since=SINCE, source=NUMBERS_SOURCE
        )
    _mark(conn)
    zones = {layer: len(z) for layer, z in city.zones.items()}
    return Loaded(zones, len(city.wells), len(owners), records, len(numbers))


def _declare(conn: Connection, declaring: str) -> None:
    """The sample zones are law by declaration: nobody drafted and approved them."""
    conn.execute(
        text(
            "select set_config('gis.declaring', :said, true), set_config('gis.reason',"
            " coalesce(gis.reason(), :why), true)"
        ),
        {"said": declaring, "why": MARKERS["title_zh"]},
    )


def _begin_states(conn: Connection, city: City) -> None:
    """Since when wells are in the state they are in, where it is known."""
    statement = text(
        "update gis.well_state s set from_on = b.day"
        " from unnest(cast(:codes as text[]), cast(:days as date[])) as b (code, day)"
        " join gis.well w on w.code = b.code where s.well_id = w.well_id"
    )
    conn.execute(statement, {"codes": list(city.states), "days": list(city.states.values())})


def _load_register(conn: Connection, name: str, frame: pd.DataFrame, on: date) -> int:
    """Put the rows of one register in; how many. Sites come as three files would bring them."""
    if name != "site":
        _copy(conn, name, _register_rows(frame))
        return len(frame)
    for file in FILES:
        rows = frame[[file.brings(kind) for kind in frame["kind"]]]
        with file.imported(conn, rows, on) as batch_id:
            _copy(conn, name, ({**row, "batch_id": batch_id} for row in _register_rows(rows)))
    return len(frame)


def _register_rows(frame: pd.DataFrame) -> Iterable[dict[str, Any]]:
    rows = _records(frame)
    if not isinstance(frame, gpd.GeoDataFrame):
        return rows
    return ({**row, "geom": geom} for row, geom in zip(rows, _hex(frame), strict=True))


def _copy(conn: Connection, table: str, rows: Iterable[dict[str, Any]]) -> None:
    """One COPY: statement-level triggers run once, whatever the number of rows."""
    listed = list(rows)
    if not listed:
        return
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
    plain = pd.DataFrame(frame.drop(columns="geometry", errors="ignore")).astype(object)
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
