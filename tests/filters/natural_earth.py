"""The data set of OGC 21-065r2, Annex A, as registers of a database: the answer key's own world."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyogrio
import shapely
from sqlalchemy import Connection, Engine, func, insert, text

from gis_app.layer import Field, Kind, Register
from gis_app.store.tables import REGISTER_TABLES, metadata
from gis_app.store.tables.registers import table_of

_KINDS: dict[str, Kind] = {
    "TEXT": "text", "REAL": "number", "INTEGER": "integer", "DATE": "date",
    "DATETIME": "instant", "BOOLEAN": "boolean",
}  # fmt: skip


def answers(folder: Path) -> list[tuple[str, str, str, int]]:
    """Conformance class, collection, filter and count of each predicate of the annex."""
    found = json.loads((folder / "data/cql2/cqlvec.json").read_text())
    return [tuple(each) for each in found]


@contextmanager
def registers(package: Path, engine: Engine) -> Iterator[dict[str, Register]]:
    """The layers of the GeoPackage as registers, filled, while the `with` block runs."""
    found = {name: _declared(package, name) for name, _ in pyogrio.list_layers(package)}
    tables = {name: table_of(register) for name, register in found.items()}
    REGISTER_TABLES.update(tables)
    try:
        with engine.begin() as conn:
            for name, register in found.items():
                tables[name].create(conn)
                conn.execute(text(f"grant select on {tables[name].fullname} to gis_reader"))
                _fill(conn, package, register)
        yield found
    finally:  # other tests compare the tables of the service with a database
        for name, table in tables.items():
            del REGISTER_TABLES[name]
            metadata.remove(table)


def _declared(package: Path, layer: str) -> Register:
    with closing(sqlite3.connect(package)) as base:
        columns = base.execute(f'pragma table_info("{layer}")').fetchall()
    fields = tuple(
        Field(name=name, zh=name, en=name, kind=_KINDS[kind.split("(")[0]], required=name == "fid")
        for _, name, kind, *_ in columns
        if name != "geom"
    )
    return Register(id=layer, zh=layer, en=layer, geometry="any", fields=fields, key=("fid",))


def _fill(conn: Connection, package: Path, register: Register) -> None:
    table, names = REGISTER_TABLES[register.id], [f.name for f in register.fields]
    with closing(sqlite3.connect(package)) as base:
        listed = ", ".join(f'"{name}"' for name in names)
        read = base.execute(f'select {listed} from "{register.id}" order by fid').fetchall()
    shapes = pyogrio.read_dataframe(package, layer=register.id).geometry
    for row, shape in zip(read, shapes, strict=True):
        values = {f.name: _value(f, v) for f, v in zip(register.fields, row, strict=True)}
        place = func.st_geomfromwkb(shapely.to_wkb(shape), 4490)
        conn.execute(insert(table).values(**values, geom=place))
    conn.execute(text("analyze"))


def _value(field: Field, told: Any) -> Any:
    if told is None:
        return None
    if field.kind == "instant":
        return datetime.fromisoformat(told).replace(tzinfo=UTC)
    return bool(told) if field.kind == "boolean" else told
