"""The registers as tables of an embedded DuckDB: the shape that the service's queries ask."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
from duckdb.func import PythonUDFType
from duckdb.sqltypes import DOUBLE

from gis_app import registers
from gis_app.crs import GEOD
from gis_app.intake.typed import TYPES, column
from gis_app.law import LEGAL_CLOCK
from gis_app.layer import Field
from gis_app.offline import dialect
from gis_app.offline.grid import Floats
from gis_app.registers.holidays import days_off
from gis_app.terms import COORD_METHOD
from layers.well import LAYER as WELL

STATES = "well_state"
_UNKNOWN_M = 100.0  # as gis.uncertainty_m


@dataclass(frozen=True)
class Wells:
    """Wells as read: `values` by field (layers/well), longitude and latitude (EPSG:4490).

    A well's `well_id` is its row number. With `own` only the first so many are asked about; the
    others are there for what is summed over owners and permits.
    """

    values: pd.DataFrame
    x: Floats
    y: Floats
    own: int | None = None

    def __len__(self) -> int:
        return len(self.values)

    @property
    def asked(self) -> int:
        """How many wells are asked about."""
        return len(self.values) if self.own is None else self.own

    @property
    def uncertainty_m(self) -> Floats:
        """The accuracy of each position: its own, else that of its method (`gis.uncertainty_m`)."""
        nothing = pd.Series(None, index=self.values.index, dtype=object)
        methods = self.values.get("coord_method", nothing)
        assumed = methods.map({name: metres for name, (_, metres) in COORD_METHOD.items()})
        own = self.values.get("position_accuracy_m", nothing)
        known = pd.to_numeric(own).astype("float64")
        metres = known.fillna(assumed.astype("float64")).fillna(_UNKNOWN_M)
        return np.asarray(metres, dtype=np.float64)


def today() -> date:
    """The legal day: law is in force by the calendar of China, wherever the notebook stands."""
    return datetime.now(LEGAL_CLOCK).date()


def connect(threads: int = 2, memory: str | None = None) -> duckdb.DuckDBPyConnection:
    """A DuckDB of one's own; `memory` as "1GB" bounds it, and it spills to disk beyond."""
    conn = duckdb.connect(config={"threads": threads})
    if memory is not None:
        conn.execute(f"set memory_limit = '{memory}'")
    conn.execute("set enable_progress_bar = false")
    return conn


def fill(
    conn: duckdb.DuckDBPyConnection,
    wells: Wells,
    given: Mapping[str, pd.DataFrame],
    now: date | None = None,
) -> None:
    """Make the schema `gis`: wells, their owners and states, the registers given, the macros."""
    conn.execute("create schema gis")
    keep(conn, "gis.well", _wells(wells))
    _parties(conn)
    for register in registers.ALL:
        frame = given.get(register.id, pd.DataFrame())
        keep(conn, f'gis."{register.id}"', records(frame, register.fields, f"{register.id}_id"))
    keep(conn, "gis.day_off", pa.Table.from_pylist(days_off()))
    conn.create_function("metres_between", _metres, [DOUBLE] * 4, DOUBLE, type=PythonUDFType.ARROW)
    conn.execute(f"create macro gis.today() as date '{now or today()}'")
    _states(conn, given.get(STATES))
    for statement in dialect.macros():
        conn.execute(statement)


def records(frame: pd.DataFrame, fields: Iterable[Field], key: str) -> pa.Table:
    """Values by field as an Arrow table, absent fields blank, and a number for each row."""
    nothing = pd.Series(None, index=frame.index, dtype=object)
    made = {key: pa.array(np.arange(len(frame), dtype=np.int64))}
    for each in fields:
        if each.name in frame:
            made[each.name] = column(frame[each.name], each)
        else:
            made[each.name] = pa.nulls(len(nothing), TYPES[each.kind])
    return pa.table(made)


def keep(conn: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    """Make a table of rows; `name` as it stands in SQL."""
    conn.register("incoming", rows)
    conn.execute(f"create table {name} as select * from incoming")
    conn.unregister("incoming")


def texts(rows: Sequence[tuple[Any, ...]], names: Sequence[str]) -> pa.Table:
    """Rows of texts as an Arrow table with these columns; there may be none."""
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    return pa.table({n: pa.array(c, pa.string()) for n, c in zip(names, columns, strict=True)})


def _wells(wells: Wells) -> pa.Table:
    table = records(wells.values, WELL.fields, "well_id")
    geom = pa.StructArray.from_arrays([pa.array(wells.x), pa.array(wells.y)], ["lon", "lat"])
    table = table.append_column("geom", geom)
    return table.append_column("uncertainty_m", pa.array(wells.uncertainty_m))


def _parties(conn: duckdb.DuckDBPyConnection) -> None:
    """Owners as an import makes them: by name and number."""
    conn.execute(
        """
        create table gis.party as
        select row_number() over (order by name, uscc) as party_id, name, uscc from (
          select distinct coalesce(owner, owner_uscc) as name, owner_uscc as uscc from gis.well
          where owner is not null or owner_uscc is not null);
        alter table gis.well add column owner_id bigint;
        update gis.well w set owner_id = p.party_id from gis.party p
        where p.name = coalesce(w.owner, w.owner_uscc)
          and coalesce(p.uscc, '') = coalesce(w.owner_uscc, '')
        """
    )


def _states(conn: duckdb.DuckDBPyConnection, given: pd.DataFrame | None) -> None:
    """The states of wells over time: as given, else as a register that meets them today.

    `corrected` states have been changed by somebody, who so vouches for their day.
    """
    if given is None:
        conn.execute(
            "create table gis.well_state as select well_id + 1 as well_state_id, well_id, status,"
            " completed_on as from_on, gis.today() as recorded_at, false as corrected from gis.well"
        )
    else:
        conn.register("incoming", pa.Table.from_pandas(_states_of(given), preserve_index=False))
        conn.execute(
            "create table gis.well_state as select s.well_state_id, w.well_id, s.status,"
            " s.from_on::date as from_on, s.recorded_at, s.corrected"
            " from incoming s join gis.well w on w.code = s.well_code"
        )
        conn.unregister("incoming")
    conn.execute(
        "create view gis.change as select 'well_state' as table_name, well_state_id as key"
        " from gis.well_state where corrected"
    )


def _states_of(given: pd.DataFrame) -> pd.DataFrame:
    """States with their instants as legal days; of a CSV all columns are texts."""
    at = pd.to_datetime(given["recorded_at"], utc=True).dt.tz_convert(LEGAL_CLOCK)
    return given.assign(
        recorded_at=at.dt.date,
        well_state_id=pd.to_numeric(given["well_state_id"]),
        corrected=given["corrected"].astype(str).str.lower() == "true",
    )


def _metres(lon: pa.Array, lat: pa.Array, to_lon: pa.Array, to_lat: pa.Array) -> pa.Array:
    places = [
        np.asarray(each.to_numpy(zero_copy_only=False)) for each in (lon, lat, to_lon, to_lat)
    ]
    from_lon, from_lat, into_lon, into_lat = places
    return pa.array(GEOD.inv(from_lon, from_lat, into_lon, into_lat)[2])
