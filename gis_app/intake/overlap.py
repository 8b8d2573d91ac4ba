"""Zones of one file that share ground."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import shapely
from sqlalchemy import Connection

from gis_app.crs import GEOD
from gis_app.errors import Conflict
from gis_app.intake.geometry import Rows, Shapes
from gis_app.intake.problem import Level, Problems
from gis_app.layer import Layer, Overlap, policy
from gis_app.registry import Registry
from gis_app.store import staging

LEAST_M2 = 1.0  # digitised borders touch in slivers; below this is no overlap
_SILENT = (Overlap.ALLOWED, Overlap.NESTED)
_METRES = np.pi / 180 * GEOD.a


def level_of(declared: Overlap) -> Level:
    """How grave an overlap is under a declared policy."""
    return "refuse" if declared is Overlap.FORBIDDEN else "warn"


def pairs(shapes: Shapes) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Positions of every two shapes that share at least 1 m², and the area in m².

    The area is planar with the scale of its latitude: good to a percent.
    """
    there = np.flatnonzero(~shapely.is_missing(shapes))
    tree = shapely.STRtree(shapes[there])
    left, right = tree.query(shapes[there], predicate="intersects")
    once = left < right
    left, right = there[left[once]], there[right[once]]
    touching = shapely.touches(shapes[left], shapes[right])
    left, right = left[~touching], right[~touching]
    shared = shapely.intersection(shapes[left], shapes[right])
    latitude = np.radians(shapely.get_y(shapely.centroid(shapes[left])))
    area = shapely.area(shared) * _METRES**2 * np.cos(latitude)
    large = area >= LEAST_M2
    return left[large], right[large], area[large]


def report(
    shapes: Shapes, rows: Rows, names: list[str], declared: Overlap, problems: Problems
) -> None:
    """Report every overlap within the file, on both rows, under what the layer declares."""
    if declared in _SILENT:
        return
    left, right, area = pairs(shapes)
    for one, other in ((left, right), (right, left)):
        said = [names[i] for i in other]
        problems.add_rows(
            ("overlap_in_file", level_of(declared)),
            (
                [f"与本文件的“{n}”重叠 {a:,.0f} 平方米" for n, a in zip(said, area, strict=True)],
                [
                    f"Overlaps {n!r} of this file by {a:,.0f} m²"
                    for n, a in zip(said, area, strict=True)
                ],
            ),
            rows[one],
            value=said,
        )


@dataclass(frozen=True)
class Shared:
    """Ground that a row shares with a zone of the register."""

    row: int
    layer: Layer
    name: str
    m2: float
    policy: Overlap
    zone_id: int


def with_register(
    conn: Connection, placed: pa.Table, layer: Layer, registry: Registry
) -> list[Shared]:
    """Overlaps of rows (`row_no`, `geom`) with zones in force or drafted, where it matters."""
    unknown = (None, None)
    policies = {each.id: policy(layer, each, grades=unknown) for each in registry.zone_layers}
    asked = [name for name, each in policies.items() if each not in _SILENT]
    if not asked or not placed.num_rows:
        return []
    staging.stage_shapes(conn, placed)
    return [
        Shared(
            o["row_no"],
            registry.layer(o["layer"]),
            o["name"],
            o["m2"],
            policies[o["layer"]],
            o["zone_id"],
        )
        for o in staging.overlaps(conn, asked, LEAST_M2)
    ]


def refuse_new(conn: Connection, rows: pa.Table, layer: Layer, registry: Registry) -> None:
    """Raise `Conflict` when zones drawn since the preview forbid one of the rows."""
    placed = rows.select(["row_no", "geom"])
    for found in with_register(conn, placed, layer, registry):
        if found.policy is Overlap.FORBIDDEN:
            raise Conflict(
                f"预览之后新增的区划“{found.name}”与第 {found.row} 行重叠。请重新预览。",
                f"The zone {found.name!r}, new since the preview, overlaps row {found.row}. "
                "Preview again.",
            )
