"""From a read file to rows that may be written: the checks, as a person would make them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pyarrow as pa
import shapely
from sqlalchemy import Connection

from gis_app.intake import (
    check,
    codes,
    geometry,
    ground,
    keys,
    links,
    overlap,
    permits,
    place,
    placing,
    readings,
    references,
    stage,
    volumes,
)
from gis_app.intake.options import ImportOptions, collection_named
from gis_app.intake.placing import Placed
from gis_app.intake.problem import Problems
from gis_app.intake.read import Table
from gis_app.layer import Layer, Register
from gis_app.registry import Registry


@dataclass(frozen=True)
class Ready:
    """Rows in the register's terms, what is wrong with them, and which were known already.

    `systems` names the coordinate system each row was in, as far as it has a place; `columns` and
    `coordinates` the headers that were taken, by field; `seen` the newest change of what a row
    refreshes, by row.
    """

    rows: pa.Table
    problems: Problems
    labels: pd.Series
    known: pd.Series
    systems: pd.Series
    columns: Mapping[str, str]
    coordinates: Mapping[str, str]
    seen: Mapping[int, int]

    @property
    def refused(self) -> set[int]:
        """The data rows that may not be written."""
        return self.problems.refused_rows()

    def report(self) -> dict[str, Any]:
        """The counts of a preview; `crs` is the coordinate system of what may be written."""
        refused = self.refused
        numbers = self.known.index
        kept = ~numbers.isin(list(refused))
        known = int((self.known.to_numpy() & kept).sum())
        levels = self.problems.frame()
        warned = levels.loc[(levels["level"] == "warn") & levels["row"].notna(), "row"].nunique()
        system = self._system(kept)
        return {
            "rows": len(numbers),
            "refused": len(refused & set(numbers)),
            "known": known,
            "new": int(kept.sum()) - known,
            "warned": int(warned),
            "file_refused": len(self.problems.file_refusals()),
            **({"crs": system} if system else {}),
        }

    def _system(self, kept: Any) -> str:
        """What the rows kept were in; where none is kept, what the file was in."""
        said = self.systems[kept].dropna()
        return ", ".join(sorted((said if len(said) else self.systems.dropna()).unique()))


def prepare(
    conn: Connection,
    table: Table,
    registry: Registry,
    options: ImportOptions,
    *,
    itself: int | None = None,
) -> Ready:
    """Match and check a table as rows of a layer or register; nothing is written.

    `itself`: the zone that a row is to replace, which it may overlap.
    """
    collection = collection_named(registry, options.layer)
    placed = placing.place(table, collection, options)
    matched, problems = placed.matched, placed.problems
    if table.frame.empty:
        problems.add("no_rows", "refuse", "文件里没有数据行", "The file has no rows of data")
    if itself is None:  # an editor who writes a well's code otherwise wants it so
        codes.settle(conn, matched, collection, problems)
    update = options.update == "code"
    # before anything else is read of them: a change meanwhile is one since the preview
    seen = keys.last_changes(conn, matched, collection) if update else {}
    known = keys.known_rows(conn, matched, collection, problems, update=update)
    shapes = placed.shapes
    if collection.geometry != "none":
        shapes = geometry.check(shapes, placed.rows, collection, problems, repair=options.repair)
        placing.require(placed, shapes, known)
    check.check_values(matched, collection, known, problems)
    keys.report_duplicates(matched, collection, problems)
    for room in (references, permits, volumes, readings):
        room.check(conn, matched, collection, problems)
    if collection.geometry != "none":
        where = _Where(registry, collection, options.anywhere, itself, known)
        _in_place(conn, placed, shapes, where)
    links.check(conn, matched, collection, known, problems)
    rows = stage.rows_of(matched, collection, shapes, problems)
    labels = keys.labels(matched, collection, problems)
    taken = matched.columns, placed.coordinates
    return Ready(rows, problems, labels, known, placed.systems, *taken, seen)


@dataclass(frozen=True)
class _Where:
    """Among what a place is checked, and how strictly."""

    registry: Registry
    collection: Layer | Register
    anywhere: bool
    itself: int | None
    known: pd.Series


def _in_place(conn: Connection, placed: Placed, shapes: geometry.Shapes, where: _Where) -> None:
    """Whether the rows lie where they say, and beside what they may."""
    collection = where.collection
    matched = placed.matched
    if collection.id != "district":
        codes = matched.values.get("area_code")
        stated = place.Stated(shapes, placed.rows, codes, matched.columns.get("area_code"))
        found = place.check(conn, stated, placed.problems, anywhere=where.anywhere)
        if collection.geometry == "point":
            _fill_areas(placed, found, where.known)
    if isinstance(collection, Register):
        return  # several may be asked for or built on one spot
    if where.itself is None:  # what is registered may stay; the database asks where it moves
        ground.check(conn, placed, shapes, collection)
    if collection.geometry == "polygon":
        _overlaps(conn, placed, shapes, where, collection)
    else:
        geometry.report_same_place(shapes, placed.rows, placed.problems)


def _fill_areas(placed: Placed, found: Mapping[int, str], known: pd.Series) -> None:
    """The area codes of rows that are new (what refreshes a well leaves a blank as it is)."""
    values = placed.matched.values
    codes = values.get("area_code", pd.Series(None, index=values.index, dtype=object))
    registered = set(known.index[known])
    new = {row: district for row, district in found.items() if row not in registered}
    values["area_code"] = place.fill(codes.astype(object), new, placed.problems)


def _overlaps(
    conn: Connection,
    placed: Placed,
    shapes: geometry.Shapes,
    where: _Where,
    layer: Layer,
) -> None:
    values = placed.matched.values
    names = values.get("name", pd.Series("", index=values.index)).fillna("")
    told = [str(name) for name in names]
    overlap.report(shapes, placed.rows, told, layer.self_overlap, placed.problems)
    there = ~shapely.is_missing(shapes)
    numbers = pa.array(placed.rows[there])
    staged = pa.table({"row_no": numbers, "geom": stage.hex_ewkb(shapes[there])})
    if where.itself is None:
        called = dict(zip(placed.rows, told, strict=True))
        overlap.report_twins(conn, staged, layer, called, placed.problems)
    for found in overlap.with_register(conn, staged, layer, where.registry):
        if found.zone_id == where.itself:
            continue
        placed.problems.add_rows(
            ("overlap", overlap.level_of(found.policy)),
            (
                f"与在册{found.layer.zh}“{found.name}”重叠 {found.m2:,.0f} 平方米",
                f"Overlaps {found.name!r} ({found.layer.en}) by {found.m2:,.0f} m²",
            ),
            [found.row],
            value=found.name,
        )
