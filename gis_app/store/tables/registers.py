"""One table per register, made from its declaration (gis_app/registers)."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Table,
    Text,
    func,
    text,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeEngine

from gis_app import registers
from gis_app.layer import Field, Register
from gis_app.store.tables.base import geometry, metadata

_QUOTE = postgresql.dialect().identifier_preparer.quote  # type: ignore[no-untyped-call]
_TYPES: dict[str, TypeEngine[Any]] = {
    "text": Text(),
    "choice": Text(),
    "number": Double(),
    "integer": Integer(),
    "boolean": Boolean(),
    "date": Date(),
    "instant": DateTime(timezone=True),
}
# what a blank counts as, where records are told apart
_BLANK = {"text": "''", "choice": "''", "date": "'-infinity'::date", "number": "'-infinity'"}


def table_of(register: Register) -> Table:
    """The table of a register; `<register>_id` identifies a row, `batch_id` its import."""
    return Table(
        register.id,
        metadata,
        Column(f"{register.id}_id", BigInteger, Identity(always=True), primary_key=True),
        *(_column(field, register) for field in register.fields),
        *([Column("geom", geometry("GEOMETRY", 4490), nullable=False)] * _placed(register)),
        Column("batch_id", BigInteger),
        Column("recorded_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
        *_checks(register),
        Index(f"{register.id}_key", *_key(register), unique=True),
        *(
            Index(f"{register.id}_{name}", name)
            for name in (register.well_field, register.permit_field)
            if name is not None and name != register.key[0]
        ),
        *([Index(f"{register.id}_geom", "geom", postgresql_using="gist")] * _placed(register)),
    )


def _placed(register: Register) -> bool:
    return register.geometry != "none"


def _column(field: Field, register: Register) -> Column[Any]:
    kind = _TYPES[field.kind]
    if field.name == register.well_field:
        return Column(
            field.name, kind, ForeignKey("gis.well.code", onupdate="CASCADE"), nullable=False
        )
    return Column(field.name, kind, nullable=not field.required)


def _checks(register: Register) -> list[CheckConstraint]:
    checks = []
    for field in register.fields:
        name = _QUOTE(field.name)
        if field.kind == "choice":
            listed = ", ".join(f"'{key}'" for key in field.choices)
            checks.append(CheckConstraint(f"{name} in ({listed})", name=field.name))
        elif field.kind in {"number", "integer"}:
            # NaN and Infinity are greater than every number
            low = "-1e15" if field.minimum is None else f"{field.minimum:g}"
            high = "1e15" if field.maximum is None else f"{field.maximum:g}"
            within = f"{name} between {low} and {high}"
            checks.append(CheckConstraint(within, name=field.name))
    for first, second in register.in_order():
        ordered = f"{_QUOTE(first.name)} <= {_QUOTE(second.name)}"
        checks.append(CheckConstraint(ordered, name=f"{second.name}_not_before_{first.name}"))
    return checks


def _key(register: Register) -> list[Any]:
    parts: list[Any] = []
    for name in register.key:
        field = register.field_named(name)
        if field is None or field.required:
            parts.append(name)
        else:
            parts.append(text(f"coalesce({name}, {_BLANK[field.kind]})"))
    return parts


REGISTER_TABLES = {register.id: table_of(register) for register in registers.ALL}
