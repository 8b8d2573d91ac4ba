"""From a read file to rows that may be written: the checks, as a person would make them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import shapely
from sqlalchemy import Connection

from gis_app.crs import parse
from gis_app.intake import check, columns, coordinates, geometry, overlap, place, stage, vertices
from gis_app.intake.match import Matched, match
from gis_app.intake.options import ImportOptions
from gis_app.intake.problem import Problems
from gis_app.intake.read import Table
from gis_app.layer import Layer
from gis_app.registry import Registry
from gis_app.store import staging


@dataclass(frozen=True)
class Ready:
    """Rows in the register's terms, what is wrong with them, and which were known already."""

    rows: pa.Table
    problems: Problems
    labels: pd.Series | None
    known: pd.Series

    @property
    def refused(self) -> set[int]:
        """The data rows that may not be written."""
        return self.problems.refused_rows()

    def report(self) -> dict[str, Any]:
        """The counts of a preview."""
        refused = self.refused
        numbers = self.known.index
        kept = ~numbers.isin(list(refused))
        known = int((self.known.to_numpy() & kept).sum())
        levels = self.problems.frame()
        warned = levels.loc[(levels["level"] == "warn") & levels["row"].notna(), "row"].nunique()
        return {
            "rows": len(numbers),
            "refused": len(refused & set(numbers)),
            "known": known,
            "new": int(kept.sum()) - known,
            "warned": int(warned),
            "file_refused": len(self.problems.file_refusals()),
        }


def prepare(conn: Connection, table: Table, registry: Registry, options: ImportOptions) -> Ready:
    """Match and check a table as features of a layer; nothing is written."""
    layer = registry.layer(options.layer)
    matched, shapes, problems = _placed(table, layer, options)
    update = options.update == "code"
    known = _known(conn, matched, layer, problems, update=update)
    shapes = _sound(shapes, matched, layer, problems, repair=options.repair)
    _require_place(shapes, matched, known, problems)
    check.check_values(matched, layer, known, problems)
    check.report_duplicates(matched, layer, problems)
    if layer.id != "district":
        codes = matched.values.get("area_code")
        stated = place.Stated(shapes, _rows(matched), codes, matched.columns.get("area_code"))
        place.check(conn, stated, problems, anywhere=options.anywhere)
    if layer.geometry == "polygon":
        _overlaps(conn, (shapes, matched), registry, layer, problems)
    else:
        geometry.report_same_place(shapes, _rows(matched), problems)
    rows = stage.rows_of(matched, layer, shapes, problems)
    return Ready(rows, problems, _labels(matched, layer), known)


def _rows(matched: Matched) -> geometry.Rows:
    return matched.values.index.to_numpy(dtype=np.int64)


def _placed(
    table: Table, layer: Layer, options: ImportOptions
) -> tuple[Matched, geometry.Shapes, Problems]:
    """The matched rows with their shapes (EPSG:4490), from geometry or from coordinate columns."""
    told = {k: v for k, v in options.mapping.items() if k in columns.TOLD}
    mapping = {k: v for k, v in options.mapping.items() if k not in columns.TOLD}
    if table.geometry is not None:
        matched = match(table, layer, mapping, options.constants)
        geometry.report_flattened(table, matched.problems)
        return matched, geometry.to_storage(table), matched.problems
    found = columns.find(table.frame, told)
    matched = match(table, layer, mapping, options.constants, found.used)
    problems = matched.problems
    if table.other_layers:
        names = "、".join(table.other_layers)
        problems.add(
            "other_sheets",
            "info",
            f"只读取了工作表“{table.source_layer}”；另有：{names}",
            f"Only the sheet {table.source_layer!r} was read; there are also: {names}",
        )
    if not found.pairs and options.update == "code" and layer.geometry == "point":
        return matched, np.full(len(table.frame), None, dtype=object), problems
    located = coordinates.locate(table.frame, found, parse(options.crs) if options.crs else None)
    problems.extend(located.problems)
    if layer.geometry == "polygon":
        return _traced(table, matched, located)
    there = np.isfinite(located.lon) & np.isfinite(located.lat)
    shapes = np.full(len(table.frame), None, dtype=object)
    shapes[there] = shapely.points(located.lon[there], located.lat[there])
    return matched, shapes, problems


def _traced(
    table: Table, matched: Matched, located: coordinates.Located
) -> tuple[Matched, geometry.Shapes, Problems]:
    """Zones from a table of corner points: one row per name."""
    problems = matched.problems
    names = matched.values.get("name", matched.values.get("code"))
    if names is None:
        raise check.nameless()
    traced = vertices.trace(table.frame, names, located, problems)
    problems.add(
        "vertex_table",
        "info",
        f"按拐点表读取：{len(traced.corners)} 个面，共 {int(traced.corners.sum())} 个拐点",
        f"Read as a table of corners: {len(traced.corners)} polygons of "
        f"{int(traced.corners.sum())} corners",
    )
    firsts = Matched(
        matched.values.loc[traced.first_rows], matched.columns, matched.constants, problems
    )
    return firsts, traced.shapes, problems


def _known(
    conn: Connection, matched: Matched, layer: Layer, problems: Problems, *, update: bool
) -> pd.Series:
    """Which rows the register has already, by code; refused for wells unless they refresh."""
    known = pd.Series(False, index=matched.values.index)
    if "code" not in matched.values:
        return known
    codes = matched.values["code"].dropna().astype("str")
    staging.stage_codes(
        conn, pa.table({"row_no": pa.array(codes.index), "code": pa.array(codes, from_pandas=True)})
    )
    wells = layer.geometry == "point"
    found = staging.known_wells(conn) if wells else staging.known_zones(conn, layer.id)
    rows = sorted(found)
    if wells:
        known[rows] = update
    if rows and not update:
        problems.add_rows(
            ("already_registered", "refuse" if wells else "warn"),
            (
                [
                    f"编号“{codes[r]}”已在册（{found[r] or '无名称'}）"
                    + "；更新用 --update code" * wells
                    for r in rows
                ],
                [
                    f"The code {codes[r]!r} is registered already ({found[r] or 'no name'})"
                    + "; refresh with --update code" * wells
                    for r in rows
                ],
            ),
            rows,
            column=matched.columns.get("code"),
            value=[codes[r] for r in rows],
        )
    return known


def _sound(
    shapes: geometry.Shapes, matched: Matched, layer: Layer, problems: Problems, *, repair: bool
) -> geometry.Shapes:
    return geometry.check(shapes, _rows(matched), layer, problems, repair=repair)


def _require_place(
    shapes: geometry.Shapes, matched: Matched, known: pd.Series, problems: Problems
) -> None:
    """A row without a shape is refused, unless it refreshes a well that has one."""
    rows = _rows(matched)
    nowhere = shapely.is_missing(shapes) & ~known.to_numpy()
    already = np.isin(rows, list(problems.refused_rows()))
    problems.add_rows(
        ("null_geometry", "refuse"),
        ("没有位置（图形或坐标为空）", "There is no geometry or coordinate"),
        rows[nowhere & ~already],
    )


def _overlaps(
    conn: Connection,
    features: tuple[geometry.Shapes, Matched],
    registry: Registry,
    layer: Layer,
    problems: Problems,
) -> None:
    shapes, matched = features
    names = matched.values.get("name", pd.Series("", index=matched.values.index)).fillna("")
    overlap.report(shapes, _rows(matched), [str(n) for n in names], layer.self_overlap, problems)
    there = ~shapely.is_missing(shapes)
    numbers = pa.array(_rows(matched)[there])
    placed = pa.table({"row_no": numbers, "geom": stage.hex_ewkb(shapes[there])})
    for found in overlap.with_register(conn, placed, layer, registry):
        problems.add_rows(
            ("overlap", overlap.level_of(found.policy)),
            (
                f"与在册{found.layer.zh}“{found.name}”重叠 {found.m2:,.0f} 平方米",
                f"Overlaps {found.name!r} ({found.layer.en}) by {found.m2:,.0f} m²",
            ),
            [found.row],
            value=found.name,
        )


def _labels(matched: Matched, layer: Layer) -> pd.Series | None:
    """What a person calls each row: a well by its code, a zone by its name."""
    first, second = ("code", "name") if layer.geometry == "point" else ("name", "code")
    nothing = pd.Series(None, index=matched.values.index, dtype=object)
    one = matched.values.get(first, nothing).astype(object)
    label = one.where(one.notna(), matched.values.get(second, nothing).astype(object))
    return label.where(label.notna(), None)
