"""Where the rows of a file lie: by its shapes, by coordinate columns, by shapes written out."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
import shapely

from gis_app.crs import parse
from gis_app.intake import check, columns, coordinates, geometry, systems, vertices, wkt
from gis_app.intake.match import Matched, match
from gis_app.intake.options import ImportOptions
from gis_app.intake.problem import Problems
from gis_app.intake.read import Table
from gis_app.layer import Layer, Register


@dataclass(frozen=True)
class Placed:
    """Matched rows with their shapes (EPSG:4490, None where unknown).

    `systems` names the coordinate system each row was in, as far as it has a place; `coordinates`
    the headers that tell the places.
    """

    matched: Matched
    shapes: geometry.Shapes
    systems: pd.Series
    coordinates: Mapping[str, str] = field(default_factory=dict)

    @property
    def rows(self) -> geometry.Rows:
        """The numbers of the data rows."""
        return self.matched.values.index.to_numpy(dtype=np.int64)

    @property
    def problems(self) -> Problems:
        """What is wrong so far."""
        return self.matched.problems


def place(table: Table, collection: Layer | Register, options: ImportOptions) -> Placed:
    """The matched rows of a file with their shapes; a register of mere records needs none."""
    if collection.geometry == "none":
        placed = _unplaced(table, match(table, collection, options.mapping, options.constants))
        if table.geometry is not None:
            placed.problems.add(
                "geometry_left_out",
                "info",
                f"“{collection.zh}”不存位置，文件中的图形已略去",
                f"{collection.id!r} keeps no place: the shapes of the file are left out",
            )
    elif table.geometry is not None:
        mapping = {k: v for k, v in options.mapping.items() if k not in columns.TOLD}
        matched = match(table, collection, mapping, options.constants)
        geometry.report_flattened(table, matched.problems)
        shapes = geometry.to_storage(table)
        system = systems.named(table.crs) if table.crs else None
        placed = Placed(matched, shapes, pd.Series(system, index=table.frame.index, dtype=object))
    else:
        placed = _from_columns(table, collection, options)
    _report_merged(table, placed.problems)
    if table.other_layers:
        names = "、".join(table.other_layers)
        placed.problems.add(
            "other_sheets",
            "info",
            f"只读取了工作表“{table.source_layer}”；另有：{names}",
            f"Only the sheet {table.source_layer!r} was read; there are also: {names}",
        )
    return placed


def _report_merged(table: Table, problems: Problems) -> None:
    """A merged cell may tell something of each of its rows, or of all together: nobody can know."""
    read = set(table.rows.tolist())
    told = [
        (row, first, header)
        for header, first, last in table.merged
        if table.frame[header].get(first) is not None
        for row in range(first + 1, last + 1)
        if row in read
    ]
    problems.add_rows(
        ("merged_cell", "warn"),
        (
            [
                f"与第 {first} 行合并的单元格：其值只读入第 {first} 行。"
                "若各行相同，请取消合并并逐行填写"
                for _, first, _ in told
            ],
            [
                f"A cell merged with row {first}: its value was read for row {first} alone. If it "
                "holds for each row, unmerge it and write it in each"
                for _, first, _ in told
            ],
        ),
        [row for row, _, _ in told],
        column=[header for _, _, header in told],
    )


def require(placed: Placed, shapes: geometry.Shapes, known: pd.Series) -> None:
    """Refuse a row without a shape, unless it refreshes something that has one."""
    nowhere = shapely.is_missing(shapes) & ~known.to_numpy()
    already = np.isin(placed.rows, list(placed.problems.refused_rows()))
    placed.problems.add_rows(
        ("null_geometry", "refuse"),
        ("没有位置（图形或坐标为空）", "There is no geometry or coordinate"),
        placed.rows[nowhere & ~already],
    )


def _unplaced(table: Table, matched: Matched) -> Placed:
    nothing = np.full(len(table.frame), None, dtype=object)
    return Placed(matched, nothing, pd.Series(nothing, index=table.frame.index, dtype=object))


def _from_columns(table: Table, collection: Layer | Register, options: ImportOptions) -> Placed:
    told = {k: v for k, v in options.mapping.items() if k in columns.TOLD}
    mapping = {k: v for k, v in options.mapping.items() if k not in columns.TOLD}
    found = columns.find(table.frame, told)
    if collection.geometry == "point" and found.pairs:
        found = replace(found, wkt=None)
    matched = match(table, collection, mapping, options.constants, found.used)
    crs = parse(options.crs) if options.crs else None
    refresh = options.update == "code" and collection.geometry != "polygon"
    if not found.pairs and not found.wkt and refresh:
        return _unplaced(table, matched)
    drawn = _unplaced(table, matched)
    if found.wkt is not None:
        written = wkt.shapes(table.frame[found.wkt], crs, matched.problems)
        drawn = Placed(matched, *written, found.named)
        if not found.pairs or collection.geometry == "polygon":
            return drawn
    located = coordinates.locate(table.frame, found, crs)
    matched.problems.extend(located.problems)
    if collection.geometry == "polygon":
        return replace(_traced(table, matched, located), coordinates=found.named)
    # a shape says more than the point beside it
    points = shapely.is_missing(drawn.shapes) & np.isfinite(located.lon) & np.isfinite(located.lat)
    drawn.shapes[points] = shapely.points(located.lon[points], located.lat[points])
    return Placed(matched, drawn.shapes, drawn.systems.fillna(located.systems), found.named)


def _traced(table: Table, matched: Matched, located: coordinates.Located) -> Placed:
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
    return Placed(firsts, traced.shapes, located.systems.loc[traced.first_rows])
