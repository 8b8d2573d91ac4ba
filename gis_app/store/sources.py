"""How a collection lies in the database: the one place where its rows, key, place and properties
are named. Filters, sorting, pages, exports and writes all read it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    DateTime,
    FromClause,
    and_,
    case,
    cast,
    column,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import DOUBLE_PRECISION
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.types import Boolean, Integer, Text

from gis_app.layer import Collection, Field, Layer, Ledger, Register
from gis_app.store import ledger
from gis_app.store.tables import (
    REGISTER_TABLES,
    audit_run,
    finding,
    party,
    well,
    well_flag,
    well_state,
    zone,
)
from gis_app.terms import FLAG

# the name of a party is served, its number is not
_WITHHELD = {"owner_uscc", "holder_uscc"}
# what features have beside the fields of their declaration
_VERSION = Field(name="version", zh="版本", en="version", kind="integer")
_UNCERTAINTY = Field(
    name="uncertainty_m",
    zh="位置误差（米）",
    en="uncertainty of the position",
    kind="number",
    unit="m",
)
_FLAG = Field(name="flag", zh="结论", en="finding", kind="choice", choices=FLAG)
_RULE = Field(name="rule", zh="规则", en="rule of the gravest finding")


@dataclass(frozen=True)
class Property:
    """One property of a collection's features: what it is and where its value stands."""

    field: Field
    value: ColumnElement[Any]


@dataclass(frozen=True)
class Source:
    """The features of a collection on some days.

    `key` tells them apart and orders them; `geom` is their place (EPSG:4490; None: mere records);
    `properties` are served in this order; `where` holds for them all. `sealed` are not served, but
    a change of them is a change of the feature.
    """

    rows: FromClause
    key: Column[int]
    geom: ColumnElement[Any] | None
    properties: Mapping[str, Property]
    where: ColumnElement[bool]
    sealed: tuple[ColumnElement[Any], ...] = ()


def source(collection: Collection, start: date | None = None, end: date | None = None) -> Source:
    """Where the features of a collection come from: zones valid between two days (none given:
    today), the later version of each; findings that stood then (none given: open ones); wells that
    were drilled by the later day, on a single day with their status and flag of that day; records
    of every day.
    """
    match collection:
        case Register():
            return _records(collection)
        case Ledger():
            return _findings(collection, _stood(start, end))
        case Layer(geometry="point"):
            return _wells(collection, start if start == end else None, end)
        case Layer():
            return _zones(collection, start, end)
    raise TypeError(f"{collection.id} lies nowhere in the database")


def every_version(collection: Collection) -> Source:
    """As `source`, of zones every version: drafts, what was law and what will be; closed findings
    too.
    """
    match collection:
        case Layer(geometry="polygon"):
            return replace(source(collection), where=zone.c.layer == collection.id)
        case Ledger():
            return _findings(collection, true())
        case _:
            return source(collection)


def fields(collection: Collection) -> dict[str, Field]:
    """What the features of a collection are served with, by name."""
    return {name: each.field for name, each in source(collection).properties.items()}


def _records(register: Register) -> Source:
    table = REGISTER_TABLES[register.id]
    properties = {
        f.name: Property(f, table.c[f.name]) for f in register.fields if f.name not in _WITHHELD
    }
    placed = register.geometry != "none"
    geom = table.c.geom if placed else None
    sealed = tuple(table.c[f.name] for f in register.fields if f.name in _WITHHELD)
    return Source(table, table.c[f"{register.id}_id"], geom, properties, and_(True), sealed)


def _wells(layer: Layer, on: date | None = None, until: date | None = None) -> Source:
    own = {
        f.name: Property(f, party.c.name if f.name == "owner" else well.c[f.name])
        for f in layer.fields
        if f.name not in _WITHHELD
    }
    flag: ColumnElement[Any] = func.coalesce(well_flag.c.flag, "unassessed")
    rule: ColumnElement[Any] = well_flag.c.rule
    there: ColumnElement[bool] = true() if until is None else _drilled(until)
    if on is not None:
        own["status"] = Property(own["status"].field, _status(on))
        flag, rule = _flagged(on)
    own["uncertainty_m"] = Property(_UNCERTAINTY, well.c.uncertainty_m)
    own["flag"] = Property(_FLAG, flag)
    own["rule"] = Property(_RULE, rule)
    rows = well.outerjoin(party, party.c.party_id == well.c.owner_id).outerjoin(
        well_flag, well_flag.c.well_id == well.c.well_id
    )
    return Source(rows, well.c.well_id, well.c.geom, own, there, (party.c.uscc,))


def _drilled(on: date) -> ColumnElement[bool]:
    undrilled = func.gis.undrilled_on(on).table_valued(column("well_id", BigInteger))
    return ~exists(select(undrilled.c.well_id).where(undrilled.c.well_id == well.c.well_id))


def _status(on: date) -> ColumnElement[Any]:
    """A well's status on a day, as gis.states_on tells it.

    Without a table of its own: a filter is made for another instance of the same source.
    """
    begun = or_(well_state.c.from_on.is_(None), well_state.c.from_on <= on)
    number = well_state.c.well_state_id
    status = (
        select(well_state.c.status)
        .where(well_state.c.well_id == well.c.well_id)
        .order_by(begun.desc(), case((begun, -number), else_=number))
        .limit(1)
        .scalar_subquery()
    )
    return cast(case((literal(on) >= func.gis.today(), well.c.status), else_=status), Text)


def _flagged(on: date) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """A well's flag and rule on a day, as flag_wells.sql tells them of the open findings."""
    gravity = func.gis.gravity(finding.c.answer, finding.c.verdict)
    worst = (
        select(func.min(cast(gravity, Text).concat(finding.c.rule)))
        .where(
            finding.c.subject == "well",
            finding.c.subject_id == well.c.well_id,
            finding.c.ledger == ledger.SHOWN,
            _stood(on, on),
        )
        .scalar_subquery()
    )
    looked = exists(
        select(audit_run.c.run_id).where(
            audit_run.c.ledger == ledger.SHOWN,
            audit_run.c.on <= on,
            audit_run.c.finished_at.is_not(None),
        )
    )
    flag = func.gis.flag(cast(func.left(worst, 1), Integer))
    return case((looked, flag), else_="unassessed"), func.substr(worst, 2)


def _zones(layer: Layer, start: date | None, end: date | None) -> Source:
    common = {f.name for f in layer.all_fields} - {f.name for f in layer.fields}
    properties = {
        f.name: Property(f, zone.c[f.name] if f.name in common else _attribute(f))
        for f in layer.all_fields
    }
    properties["version"] = Property(_VERSION, zone.c.version)
    bound = valid(zone, start, end)
    if start != end:  # of a zone's versions in a span of days the latest stands for them
        later = zone.alias("later")
        bound &= ~exists(
            select(later.c.zone_id).where(
                later.c.zone_id == zone.c.zone_id,
                later.c.version > zone.c.version,
                valid(later, start, end),
            )
        )
    return Source(zone, zone.c.zone_id, zone.c.geom, properties, (zone.c.layer == layer.id) & bound)


def _findings(book: Ledger, standing: ColumnElement[bool]) -> Source:
    # PostgreSQL would take the type of a text for unknown
    tier = case(book.tiers, value=finding.c.instrument) if book.tiers else null()
    derived = {
        "tier": cast(tier, Text),
        "missing": func.array_to_string(finding.c.missing, ";", type_=Text),
    }
    properties = {
        f.name: Property(f, derived[f.name] if f.name in derived else finding.c[f.name])
        for f in book.fields
    }
    place = func.st_pointonsurface(finding.c.geom)
    where = and_(finding.c.ledger == ledger.SHOWN, standing)
    return Source(finding, finding.c.finding_id, place, properties, where)


def _stood(start: date | None, end: date | None) -> ColumnElement[bool]:
    """Findings that stood on some day of [start, end]; no days given: those that are open."""
    if start is None or end is None:
        return finding.c.closed_run.is_(None)
    return and_(finding.c.since <= end, or_(finding.c.until.is_(None), finding.c.until > start))


def _attribute(field: Field) -> ColumnElement[Any]:
    text: ColumnElement[Any] = zone.c.attrs[field.name].astext
    match field.kind:
        case "number":
            return cast(text, DOUBLE_PRECISION)
        case "integer":
            return cast(text, Integer)
        case "boolean":
            return cast(text, Boolean)
        case "date":
            return cast(text, Date)
        case "instant":
            return cast(text, DateTime(timezone=True))
        case _:
            return text


def valid(table: FromClause, start: date | None, end: date | None) -> ColumnElement[bool]:
    """Approved versions whose validity meets [start, end]; no days given: today."""
    today = func.gis.today()
    first = start if start is not None else (today if end is None else None)
    last = end if end is not None else (today if start is None else None)
    parts: list[ColumnElement[bool]] = [table.c.law_status == "approved"]
    if last is not None:
        parts.append(table.c.valid_from <= last)
    if first is not None:
        parts.append(or_(table.c.valid_to.is_(None), table.c.valid_to > first))
    return and_(*parts)
