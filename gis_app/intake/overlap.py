"""Zones of one file that share ground."""

from collections.abc import Mapping
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
from gis_app.store import staging, zones

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


def report_twins(
    conn: Connection,
    placed: pa.Table,
    layer: Layer,
    names: Mapping[int, str],
    problems: Problems,
) -> None:
    """Refuse rows that are a zone of the register once more: its name on its ground."""
    if not placed.num_rows:
        return
    staging.stage_shapes(conn, placed)
    same = [o for o in staging.twins(conn, layer.id) if o["name"] == names[o["row_no"]]]
    problems.add_rows(
        ("registered_on_this_ground", "refuse"),
        (
            "同名同范围的区划已在册，重复登记会使同一规定出现两次；要修改请另立新版本",
            "A zone of this name is registered on this very ground: law would be there twice. To "
            "change it draft its next version",
        ),
        [o["row_no"] for o in same],
        value=[f"{o['name']}（{o['zone_id']}/{o['version']}）" for o in same],
    )


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


def refuse_as_law(
    conn: Connection, layer: Layer, zone_id: int, version: int, registry: Registry
) -> None:
    """Raise `Conflict` where a version that has just become law lies on ground that another zone's
    law forbids it; a draft may, so that a border between two zones can be moved.
    """
    unknown = (None, None)
    forbidding = [
        each.id
        for each in registry.zone_layers
        if policy(layer, each, grades=unknown) is Overlap.FORBIDDEN
    ]
    for found in zones.overlaps_as_law(conn, zone_id, version, forbidding, LEAST_M2):
        other = registry.layer(found["layer"])
        raise Conflict(
            f"批准后将与{other.zh}“{found['name']}”（区划 {found['zone_id']}）重叠"
            f" {found['m2']:,.0f} 平方米，该图层不允许。请退回修改；若是两区共用边界的调整，"
            "请把对方的新版本也送审后再批准。",
            f"As law it would share {found['m2']:,.0f} m² with {found['name']!r} ({other.en}, zone "
            f"{found['zone_id']}), which its layer forbids. Return it to be mended; where a common "
            "border is moved, submit the other zone's next version first.",
        )
