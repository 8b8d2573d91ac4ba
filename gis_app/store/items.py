"""Features of a collection for the API: filtered, sorted, paged by key, as GeoJSON-ready rows."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, islice
from typing import Any

import orjson
from sqlalchemy import Connection, RowMapping, and_, false, func, null, or_, select
from sqlalchemy.sql.elements import ColumnElement

from gis_app.crs import CRS84, SERVED, Served
from gis_app.errors import NotFound
from gis_app.layer import Collection, Ledger
from gis_app.store import cursors, places
from gis_app.store.paging import Order
from gis_app.store.sources import Source, every_version, source, valid
from gis_app.store.tables import party, well, well_flag, zone

Box = tuple[float, float, float, float]
Feature = dict[str, Any]
_BATCH = 500
SEALED = "sealed"  # of a feature read alone: what is not served (see `Source.sealed`)
_OF_VERSION = {"version", "law_status"}
_DERIVED = {"flag", "rule"}  # found by audits: no editor's change


@dataclass(frozen=True, kw_only=True)
class Query:
    """Which features, and what of them is served.

    In one of these boxes (x first, in `box_crs`), valid between two days, equal in these fields (a
    field that is withheld matches nothing), and `filter` holds. `sort`: (property, ascending); the
    key decides where they are equal. `after` is the cursor of the page before. `properties` None:
    all of them.
    """

    boxes: tuple[Box, ...] = ()
    box_crs: Served = SERVED[CRS84]
    start: date | None = None
    end: date | None = None
    equal: Mapping[str, Any] = field(default_factory=dict)
    filter: ColumnElement[bool] | None = None
    sort: tuple[tuple[str, bool], ...] = ()
    properties: tuple[str, ...] | None = None
    geometry: bool = True
    crs: Served = SERVED[CRS84]
    limit: int = 1000
    after: str | None = None


@dataclass(frozen=True)
class Wanted:
    """A feature by its id, as of a day; of a zone also a version by number, in force or not."""

    feature_id: int
    on: date
    version: int | None = None


@dataclass
class Page:
    """Features of one page, read as they are asked for; each has id, geometry and properties.

    Geometry is GeoJSON text in the CRS asked for, in its axis order; None where a register keeps
    no place. `matched` is how many match in all (first page only). Once the features have been
    read, `returned` counts them and `next_after` is the cursor of the next page (None: the last).
    """

    features: Iterator[Feature]
    matched: int | None
    returned: int = 0
    next_after: str | None = None


def page(conn: Connection, collection: Collection, query: Query) -> Page:
    """One page of a collection. Records of registers are of every day."""
    found = source(collection, query.start, query.end)
    where = matching(found, query)
    order = Order(found, query.sort)
    statement = (
        select(*_columns(found, query), *order.columns())
        .select_from(found.rows)
        .where(where, order.after(query.after))
        .order_by(*order.by())
        .limit(query.limit + 1)
    )
    matched = None if query.after else count(conn, found, where)
    made = Page(iter(()), matched)
    rows = chain.from_iterable(cursors.parts(conn, statement, _BATCH))
    read = _read(rows, query, (found, order), made)
    made.features = chain(list(islice(read, 1)), read)  # what is wrong is wrong before any answer
    return made


def _read(
    rows: Iterator[Any], query: Query, how: tuple[Source, Order], made: Page
) -> Iterator[Feature]:
    found, order = how
    served = names(found, query)
    row: Any = None
    for row in islice(rows, query.limit):
        made.returned += 1
        yield _feature(row, served)
    if row is not None and next(rows, None) is not None:
        made.next_after = order.cursor(row[0], row[2 + len(served) :])
        next(rows, None)  # there is no third: asked once more, the cursor closes itself


def one(
    conn: Connection,
    collection: Collection,
    wanted: Wanted,
    crs: Served = SERVED[CRS84],
) -> Feature:
    """One feature: a well, a record, the version of a zone in force on a day, or any by number.

    Raises `NotFound`.
    """
    query = Query(crs=crs)
    found, where = _wanted(collection, wanted)
    columns = [*_columns(found, query), *found.sealed]
    row = conn.execute(select(*columns).select_from(found.rows).where(where)).first()
    if row is None:
        version = "" if wanted.version is None else f" version {wanted.version}"
        raise NotFound(
            f"“{collection.zh}”在 {wanted.on} 没有编号 {wanted.feature_id} 的要素{version}。",
            f"Collection {collection.id!r} has no feature {wanted.feature_id}{version} on "
            f"{wanted.on}.",
        )
    served = names(found, query)
    return {**_feature(row, served), SEALED: list(row[2 + len(served) :])}


def _wanted(collection: Collection, wanted: Wanted) -> tuple[Source, ColumnElement[bool]]:
    if wanted.version is None:
        # a finding that was closed is still one to be read
        closed_too = isinstance(collection, Ledger)
        found = (
            every_version(collection) if closed_too else source(collection, wanted.on, wanted.on)
        )
        return found, and_(found.where, found.key == wanted.feature_id)
    found = every_version(collection)
    numbered = found.properties.get("version")
    version = false() if numbered is None else numbered.value == wanted.version
    return found, and_(found.where, found.key == wanted.feature_id, version)


def etag(feature: Feature) -> str:
    """A strong ETag of a feature in CRS84: all that an editor may change, no audit's findings."""
    kept = {k: v for k, v in feature["properties"].items() if k not in _DERIVED}
    parts = [feature["id"], feature["geometry"], kept, feature[SEALED]]
    told = orjson.dumps(parts, option=orjson.OPT_SORT_KEYS)
    return f'"{hashlib.sha256(told).hexdigest()[:24]}"'


def holds(header: str, tag: str) -> bool:
    """Whether an If-Match or If-None-Match header names a state (RFC 9110, 13.1): `*` is any."""
    named = {part.strip().removeprefix("W/") for part in header.split(",")}
    return "*" in named or tag in named


def same(one: Feature, other: Feature) -> bool:
    """Whether two states of a feature differ in nothing but the number and status of a version."""
    kept = [
        {k: v for k, v in each["properties"].items() if k not in _DERIVED | _OF_VERSION}
        for each in (one, other)
    ]
    return kept[0] == kept[1] and all(one[k] == other[k] for k in ("geometry", SEALED))


def matching(found: Source, query: Query) -> ColumnElement[bool]:
    """The condition of a query on the features of a source."""
    parts = [found.where]
    for name, value in query.equal.items():
        held = found.properties.get(name)
        parts.append(false() if held is None else held.value == value)
    if query.filter is not None:
        parts.append(query.filter)
    if query.boxes:
        # what has no place lies in no box
        boxes = [places.within(found.geom, box, query.box_crs) for box in query.boxes]
        parts.append(or_(*boxes))
    return and_(*parts)


def count(conn: Connection, found: Source, where: ColumnElement[bool]) -> int:
    """How many features match."""
    statement = select(func.count(found.key)).select_from(found.rows).where(where)
    return int(conn.execute(statement).scalar_one())


def names(found: Source, query: Query) -> list[str]:
    """The properties that a query serves, in their order."""
    return [n for n in found.properties if query.properties is None or n in query.properties]


def _columns(found: Source, query: Query) -> list[ColumnElement[Any]]:
    shape = null() if found.geom is None else places.geojson(found.geom, query.crs)
    values = [found.properties[name].value for name in names(found, query)]
    return [found.key, shape if query.geometry else null(), *values]


def _feature(row: Any, served: list[str]) -> Feature:
    return {
        "id": row[0],
        "geometry": row[1],
        "properties": dict(zip(served, row[2 : 2 + len(served)], strict=True)),
    }


def extents(conn: Connection, collections: Iterable[Collection]) -> dict[str, RowMapping]:
    """The bounds `w, s, e, n` of the collections that keep places and hold any, by id."""
    found = {}
    edges = (func.st_xmin, func.st_ymin, func.st_xmax, func.st_ymax)
    for each in collections:
        there = source(each)
        if there.geom is not None:
            extent = func.st_extent(there.geom)
            named = [edge(extent).label(name) for name, edge in zip("wsen", edges, strict=True)]
            rows = select(*named).select_from(there.rows).where(there.where)
            row = conn.execute(rows).mappings().one()
            if row["w"] is not None:
                found[each.id] = row
    return found


def search(conn: Connection, words: str, limit: int) -> list[dict[str, Any]]:
    """Wells by code, name, owner or place and zones by name, best first: kind, code, name, layer,
    lon, lat; of wells also owner and village.
    """
    looked_in = (well.c.code, well.c.name, party.c.name, well.c.township, well.c.village)
    wells = (
        select(
            well.c.code,
            well.c.name,
            func.st_x(well.c.geom).label("lon"),
            func.st_y(well.c.geom).label("lat"),
            func.coalesce(well_flag.c.flag, "unassessed").label("flag"),
            party.c.name.label("owner"),
            well.c.village,
        )
        .select_from(
            well.outerjoin(well_flag, well_flag.c.well_id == well.c.well_id).outerjoin(
                party, party.c.party_id == well.c.owner_id
            )
        )
        .where(or_(*(each.icontains(words, autoescape=True) for each in looked_in)))
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
        .where(zone.c.name.icontains(words, autoescape=True), valid(zone, None, None))
        .order_by(zone.c.name)
        .limit(limit)
    )
    named = [{"kind": "zone", "flag": None, **row} for row in conn.execute(zones).mappings()]
    kept = max(limit - len(named), limit // 2)  # a common word never hides the zones
    return [*found[:kept], *named][:limit]
