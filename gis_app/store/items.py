"""Features of a collection for the API: filtered, paged by key, as GeoJSON-ready rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, and_, false, func, null, or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.sql.elements import ColumnElement

from gis_app.errors import NotFound
from gis_app.layer import Layer, Register
from gis_app.store.tables import REGISTER_TABLES, party, well, well_flag, zone

Box = tuple[float, float, float, float]
# as for wells: the name of a party is served, its number is not
_WITHHELD = {"owner_uscc", "holder_uscc"}


@dataclass(frozen=True, kw_only=True)
class Query:
    """Which features: in these boxes (EPSG:4490), valid between two days, equal in these fields.

    `after` is the id of the last feature of the page before.
    """

    boxes: tuple[Box, ...] = ()
    start: date | None = None
    end: date | None = None
    equal: Mapping[str, Any] = field(default_factory=dict)
    limit: int = 1000
    after: int = 0


@dataclass(frozen=True)
class Page:
    """Features of one page and how many match in all; `next_after` is None on the last page."""

    features: list[dict[str, Any]]
    matched: int
    next_after: int | None


def page(conn: Connection, collection: Layer | Register, query: Query) -> Page:
    """One page of a collection, ordered by id; each feature has id, geometry and properties.

    Geometry is GeoJSON text in longitude and latitude (EPSG:4490), nine decimals; None where a
    register keeps no place. Records of registers are of every day.
    """
    statement, key = _asked(collection, query)
    matched = conn.execute(select(func.count()).select_from(statement.subquery())).scalar_one()
    limited = statement.where(key > query.after).limit(query.limit + 1)
    rows = [dict(row) for row in conn.execute(limited).mappings()]
    more = len(rows) > query.limit
    features = [_feature(row, collection) for row in rows[: query.limit]]
    return Page(features, matched, features[-1]["id"] if more else None)


def one(
    conn: Connection, collection: Layer | Register, feature_id: int, on: date
) -> dict[str, Any]:
    """One feature by its id: a well, a record, or the version of a zone in force on a day.

    Raises `NotFound`.
    """
    statement, key = _asked(collection, Query(start=on, end=on))
    row = conn.execute(statement.where(key == feature_id)).mappings().first()
    if row is None:
        raise NotFound(
            f"“{collection.zh}”在 {on} 没有编号 {feature_id} 的要素。",
            f"Collection {collection.id!r} has no feature {feature_id} on {on}.",
        )
    return _feature(dict(row), collection)


def extents(conn: Connection, registers: Iterable[Register]) -> dict[str, RowMapping]:
    """The bounds `w, s, e, n` of the registers that keep places and hold any, by id."""
    found = {}
    for register in registers:
        if register.geometry != "none":
            extent = func.st_extent(REGISTER_TABLES[register.id].c.geom)
            edges = (func.st_xmin, func.st_ymin, func.st_xmax, func.st_ymax)
            named = [edge(extent).label(name) for name, edge in zip("wsen", edges, strict=True)]
            row = conn.execute(select(*named)).mappings().one()
            if row["w"] is not None:
                found[register.id] = row
    return found


def search(conn: Connection, words: str, limit: int) -> list[dict[str, Any]]:
    """Wells by code or name and zones by name, best first: kind, code, name, layer, lon, lat."""
    like = f"%{words.replace('%', chr(92) + '%').replace('_', chr(92) + '_')}%"
    wells = (
        select(
            well.c.code,
            well.c.name,
            func.st_x(well.c.geom).label("lon"),
            func.st_y(well.c.geom).label("lat"),
            func.coalesce(well_flag.c.flag, "unassessed").label("flag"),
        )
        .select_from(well.outerjoin(well_flag, well_flag.c.well_id == well.c.well_id))
        .where(or_(well.c.code.ilike(like), well.c.name.ilike(like)))
        .order_by(func.lower(well.c.code) != words.lower(), func.length(well.c.code), well.c.code)
        .limit(limit)
    )
    found = [{"kind": "well", "layer": "well", **row} for row in conn.execute(wells).mappings()]
    inside = func.st_pointonsurface(zone.c.geom)
    zones = (
        select(
            zone.c.code,
            zone.c.name,
            zone.c.layer,
            zone.c.zone_id.label("id"),
            func.st_x(inside).label("lon"),
            func.st_y(inside).label("lat"),
        )
        .where(zone.c.name.ilike(like), _in_force(None, None))
        .order_by(zone.c.name)
        .limit(limit)
    )
    named = [{"kind": "zone", "flag": None, **row} for row in conn.execute(zones).mappings()]
    kept = max(limit - len(named), limit // 2)  # a common word never hides the zones
    return [*found[:kept], *named][:limit]


def _asked(collection: Layer | Register, query: Query) -> tuple[Select[Any], ColumnElement[int]]:
    if isinstance(collection, Register):
        return _records(collection, query)
    return _wells(query) if collection.geometry == "point" else _zones(collection, query)


def _records(register: Register, query: Query) -> tuple[Select[Any], ColumnElement[int]]:
    table = REGISTER_TABLES[register.id]
    key = table.c[f"{register.id}_id"]
    served = [table.c[f.name] for f in register.fields if f.name not in _WITHHELD]
    placed = register.geometry != "none"
    shape = func.st_asgeojson(table.c.geom, 9, 0) if placed else null()
    statement = select(key, *served, shape.label("geometry")).order_by(key)
    for name, value in query.equal.items():
        statement = statement.where(false() if name in _WITHHELD else table.c[name] == value)
    if placed:
        return _in_boxes(statement, table.c.geom, query), key
    # what has no place lies in no box
    return statement.where(false()) if query.boxes else statement, key


def _wells(query: Query) -> tuple[Select[Any], ColumnElement[int]]:
    hidden = {"geom", "geom_web", "reach", "owner_id", "batch_id", "recorded_at"}
    statement = select(
        *(c for c in well.c if c.name not in hidden),
        party.c.name.label("owner"),
        func.coalesce(well_flag.c.flag, "unassessed").label("flag"),
        well_flag.c.rule,
        func.st_asgeojson(well.c.geom, 9, 0).label("geometry"),
    ).select_from(
        well.outerjoin(party, party.c.party_id == well.c.owner_id).outerjoin(
            well_flag, well_flag.c.well_id == well.c.well_id
        )
    )
    columns = {"flag": func.coalesce(well_flag.c.flag, "unassessed"), "owner": party.c.name}
    for name, value in query.equal.items():
        statement = statement.where(columns.get(name, well.c.get(name)) == value)
    return _in_boxes(statement.order_by(well.c.well_id), well.c.geom, query), well.c.well_id


def _zones(layer: Layer, query: Query) -> tuple[Select[Any], ColumnElement[int]]:
    hidden = {"geom", "geom_web", "batch_id"}
    statement = select(
        *(c for c in zone.c if c.name not in hidden),
        func.st_asgeojson(zone.c.geom, 9, 0).label("geometry"),
    ).where(zone.c.layer == layer.id, _in_force(query.start, query.end))
    for name, value in query.equal.items():
        column = zone.c.get(name)
        statement = statement.where(
            column == value if column is not None else zone.c.attrs.contains({name: value})
        )
    # an interval may hold several versions of one zone: the latest stands for them
    latest = statement.ext(distinct_on(zone.c.zone_id)).order_by(
        zone.c.zone_id, zone.c.version.desc()
    )
    return _in_boxes(latest, zone.c.geom, query), zone.c.zone_id


def _in_force(start: date | None, end: date | None) -> ColumnElement[bool]:
    """Approved versions whose validity meets [start, end]; no days given: today."""
    today = func.gis.today()
    first = start if start is not None else (today if end is None else None)
    last = end if end is not None else (today if start is None else None)
    parts: list[ColumnElement[bool]] = [zone.c.law_status == "approved"]
    if last is not None:
        parts.append(zone.c.valid_from <= last)
    if first is not None:
        parts.append(or_(zone.c.valid_to.is_(None), zone.c.valid_to > first))
    return and_(*parts)


def _in_boxes(statement: Select[Any], geom: Any, query: Query) -> Select[Any]:
    if not query.boxes:
        return statement
    boxes = [func.st_makeenvelope(*box, 4490) for box in query.boxes]
    return statement.where(
        or_(*(and_(geom.op("&&")(box), func.st_intersects(geom, box)) for box in boxes))
    )


def _feature(row: Mapping[str, Any], layer: Layer | Register) -> dict[str, Any]:
    values = {
        str(key): value for key, value in row.items()
    }  # the driver's own str type is not JSON's
    geometry = values.pop("geometry")
    if isinstance(layer, Register):
        return {"id": values.pop(f"{layer.id}_id"), "geometry": geometry, "properties": values}
    if layer.geometry == "point":
        return {"id": values.pop("well_id"), "geometry": geometry, "properties": values}
    attrs = values.pop("attrs")
    for name in ("layer", "recorded_at", "recorded_by"):
        values.pop(name)
    own = {f.name: attrs.get(f.name) for f in layer.fields}
    return {
        "id": values.pop("zone_id"),
        "geometry": geometry,
        "properties": {**values, **own},
    }
