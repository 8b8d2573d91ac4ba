"""One feature written: a well, a record, the next version of a zone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import shapely
from sqlalchemy import Column, Connection, Table, cast, delete, func, insert, select, text, update
from sqlalchemy.sql.elements import ColumnElement

from gis_app.errors import Conflict, NotFound
from gis_app.layer import Layer, Register
from gis_app.store import items, zones
from gis_app.store.imports import DEFAULTS
from gis_app.store.sources import fields
from gis_app.store.tables import REGISTER_TABLES, party, well, zone

Row = Mapping[str, Any]
_DRAFTED = ("draft", "in_review")


@dataclass(frozen=True)
class Held:
    """A feature as it is now, locked.

    Of a zone, `latest` is the number of its latest version, `law` of the one that is law beside a
    draft.
    """

    feature: items.Feature
    latest: int | None = None
    law: int | None = None


def hold(
    conn: Connection,
    collection: Layer | Register,
    feature_id: int,
    on: date,
    version: int | None = None,
) -> Held:
    """A feature as it is now, locked until the transaction ends; of a zone its latest version.

    `version` names another of a zone's. Raises `NotFound`.
    """
    table, key = _table(collection)
    held = select(*([zone.c.version, zone.c.law_status] if table is zone else [key])).where(
        key == feature_id
    )
    if table is zone:
        held = held.where(zone.c.layer == collection.id, zone.c.law_status != "withdrawn")
    # whoever waited for the lock has not seen the version that was made meanwhile: read once more
    conn.execute(held.with_for_update())
    rows = conn.execute(held.with_for_update()).all()
    if not rows:
        raise NotFound(
            f"“{collection.zh}”没有编号 {feature_id} 的要素。",
            f"Collection {collection.id!r} has no feature {feature_id}.",
        )
    if table is not zone:
        return Held(items.one(conn, collection, items.Wanted(feature_id, on)))
    latest = max(row.version for row in rows)
    law = [row.version for row in rows if row.law_status == "approved" and row.version < latest]
    drafted = next(row.law_status for row in rows if row.version == latest) in _DRAFTED
    found = items.one(conn, collection, items.Wanted(feature_id, on, version or latest))
    return Held(found, latest, max(law) if law and drafted else None)


def areas(conn: Connection, collection: Layer | Register, feature_id: int) -> set[str]:
    """The divisions that a feature speaks of, of a zone all its versions; "" for none."""
    table, key = _table(collection)
    place: ColumnElement[Any]
    if table in {zone, well}:  # a shape of fifty thousand corners is no json for nothing
        place = func.coalesce(table.c.area_code, "")
    else:
        place = func.unnest(func.gis.areas_of(func.to_jsonb(table.table_valued()).op("-")("geom")))
    return set(conn.execute(select(place).where(key == feature_id)).scalars())


def create(conn: Connection, collection: Layer | Register, row: Row) -> int:
    """Insert a feature; its id."""
    table, key = _table(collection)
    if table is well:
        row = _owned(conn, row, None)
    if table is zone:
        row = {**row, "law_status": row.get("law_status") or "draft"}
    statement = insert(table).values(**_values(table, row)).returning(key)
    return int(conn.execute(statement).scalar_one())


def replace(conn: Connection, collection: Layer | Register, was: items.Feature, row: Row) -> None:
    """Make a feature what a row says.

    A version that is or was law is never changed: the row becomes a draft of the next one.
    """
    table, key = _table(collection)
    if table is zone:
        _next_version(conn, was, row)
        return
    if table is well:
        row = _owned(conn, row, was)
    blank = {c.name: None for c in _writable(table) if c.name not in row}
    kept = {} if table is well else _withheld(collection)
    values = _values(table, {**{k: v for k, v in blank.items() if k not in kept}, **row})
    if _stays(was, row):
        del values["geom"]
    conn.execute(update(table).where(key == was["id"]).values(**values))


def remove(conn: Connection, collection: Layer | Register, was: items.Feature, on: date) -> None:
    """Delete a feature; a zone that has been law is ended from a day on instead."""
    table, key = _table(collection)
    if table is not zone:
        conn.execute(delete(table).where(key == was["id"]))
        return
    version, values = was["properties"]["version"], was["properties"]
    if values["law_status"] in _DRAFTED:
        conn.execute(delete(zone).where(key == was["id"], zone.c.version == version))
    elif values["valid_from"] is not None and values["valid_from"] >= on:
        zones.withdraw(conn, was["id"], version)
    else:
        zones.repeal(conn, was["id"], on, version)


def _next_version(conn: Connection, was: items.Feature, row: Row) -> None:
    version = int(was["properties"]["version"])
    one = (zone.c.zone_id == was["id"]) & (zone.c.version == version)
    if was["properties"]["law_status"] in _DRAFTED:
        blank = {c.name: None for c in _writable(zone) if c.name not in row}
        status = row.get("law_status") or was["properties"]["law_status"]
        values = _values(zone, {**blank, **row, "law_status": status}) | _unmoved(was, row)
        if status == "approved" and row.get("valid_from") is not None:
            end_earlier(conn, was["id"], version, row["valid_from"])
        conn.execute(update(zone).where(one).values(**values))
        return
    values = _values(zone, {**row, "law_status": "draft"}) | _unmoved(was, row)
    latest = select(func.max(zone.c.version)).where(zone.c.zone_id == was["id"])
    values["version"] = latest.scalar_subquery() + 1  # versions withdrawn keep their numbers
    conn.execute(insert(zone).values(zone_id=was["id"], **values))


def _unmoved(was: items.Feature, row: Row) -> dict[str, Any]:
    """The shape as it is stored, where the editor left it as it was."""
    if not _stays(was, row):
        return {}
    one = (zone.c.zone_id == was["id"]) & (zone.c.version == was["properties"]["version"])
    return {"geom": select(zone.c.geom).where(one).scalar_subquery()}


def _stays(was: items.Feature, row: Row) -> bool:
    """Whether the editor left a shape as it was served, to its decimals."""
    if was["geometry"] is None or row.get("geom") is None:
        return False
    served = shapely.from_geojson(was["geometry"])
    return bool(shapely.equals_exact(served, shapely.from_wkb(row["geom"]), 0))


def end_earlier(conn: Connection, zone_id: int, version: int, since: date) -> None:
    """What was law until a draft is ends on the day from which the draft is law.

    Raises `Conflict` where it would not have been law for a day.
    """
    earlier = (zone.c.zone_id == zone_id) & (zone.c.version < version)
    _refuse_no_later(conn, earlier, version, since)
    lasting = (zone.c.law_status == "approved") & (zone.c.valid_from < since)
    longer = zone.c.valid_to.is_(None) | (zone.c.valid_to > since)
    conn.execute(update(zone).where(earlier, lasting, longer).values(valid_to=since))


def _refuse_no_later(
    conn: Connection, earlier: ColumnElement[bool], version: int, since: date
) -> None:
    begun = select(zone.c.version, zone.c.valid_from).where(
        earlier, zone.c.law_status == "approved", zone.c.valid_from >= since
    )
    first = conn.execute(begun.order_by(zone.c.valid_from.desc()).limit(1)).first()
    if first is not None:
        law, day = first
        least = day + timedelta(days=1)
        raise Conflict(
            f"第 {law} 版自 {day} 起是法律，第 {version} 版不能自 {since} 起生效：请另选生效日期，"
            f"最早 {least}；若第 {law} 版有误，请先撤回它。",
            f"Version {law} is law from {day}, so version {version} cannot be from {since}: choose "
            f"a later day, {least} or after; or withdraw version {law} first if it is wrong.",
        )


def _table(collection: Layer | Register) -> tuple[Table, Column[int]]:
    if isinstance(collection, Register):
        table = REGISTER_TABLES[collection.id]
        return table, table.c[f"{collection.id}_id"]
    return (well, well.c.well_id) if collection.geometry == "point" else (zone, zone.c.zone_id)


def _writable(table: Table) -> list[Column[Any]]:
    """The columns that a feature fills: none the database keeps for itself."""
    own = {"well_id", "zone_id", "version", "layer", "owner_id", "batch_id", "recorded_at",
           "recorded_by", f"{table.name}_id"}  # fmt: skip
    return [c for c in table.c if c.name not in own and c.computed is None]


def _values(table: Table, row: Row) -> dict[str, Any]:
    """A row as its columns take it: places from hex EWKB, defaults where a blank may not stand."""
    values: dict[str, Any] = {}
    for name, value in row.items():
        if name not in table.c or table.c[name].computed is not None:
            continue
        if name == "geom":
            values[name] = cast(value, table.c.geom.type)
        elif value is None and name in DEFAULTS:
            values[name] = text(DEFAULTS[name])
        elif name == "attrs":
            values[name] = cast(value, table.c.attrs.type)
        else:
            values[name] = value
    return values


def _owned(conn: Connection, row: Row, was: items.Feature | None) -> dict[str, Any]:
    """A well's row with its owner; the same name keeps the owner, whose number is not served."""
    name, uscc = row.get("owner"), row.get("owner_uscc")
    values = {k: v for k, v in row.items() if k not in {"owner", "owner_uscc"}}
    if was is not None and uscc is None and name == was["properties"]["owner"]:
        return values
    if name is None and uscc is None:
        return {**values, "owner_id": None}
    same = (party.c.name == (name or uscc)) & (func.coalesce(party.c.uscc, "") == (uscc or ""))
    found = conn.execute(select(party.c.party_id).where(same)).scalar()
    if found is None:
        made = insert(party).values(name=name or uscc, uscc=uscc).returning(party.c.party_id)
        found = conn.execute(made).scalar_one()
    return {**values, "owner_id": found}


def _withheld(collection: Layer | Register) -> set[str]:
    """Fields that are not served: an editor who says nothing of them changes nothing."""
    return {f.name for f in collection.all_fields} - set(fields(collection))
