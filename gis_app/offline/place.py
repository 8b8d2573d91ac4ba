"""Where wells lie, as facts: questions of place, three-valued, as the service answers them.

`incidence` has the touching pairs; a zone decides alone where the disc of uncertainty lies wholly
in it; several together where their union holds it (`covered`); what touches none is outside.
"""

from collections.abc import Sequence
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import shapely

from gis_app.crs import GEOD
from gis_app.offline import tables
from gis_app.offline.incidence import Incidence, meet
from gis_app.offline.tables import Wells
from gis_app.offline.zones import Zones, as_arrow
from gis_app.rules.facts import Ask

_PAIRS = """
create table incidence as
select i.well as subject_id, i.zone as row, z.zone_id, z.version, z.layer, z.grade, i.inside,
       i.edge_m, i.tolerance_m
from pairs i join zones z on z.row = i.zone
"""
# questions that no single zone settles: the point lies in one, the disc reaches over its edge, and
# others touch it as well
_DOUBT = """
select a.ask, i.subject_id, max(i.tolerance_m), list(i.row order by i.row)
from asked a
join incidence i on i.layer = a.layer and (a.grade is null or i.grade = a.grade)
group by a.ask, i.subject_id
having count(*) > 1 and bool_or(i.inside)
   and not bool_or(i.inside and i.edge_m >= i.tolerance_m)
"""


def find(
    conn: duckdb.DuckDBPyConnection, wells: Wells, zones: Zones, asks: Sequence[Ask],
    *, threads: int = 2,
) -> None:  # fmt: skip
    """Make `zones`, `asked`, `incidence` and `covered` for zones in force on the day asked."""
    own = slice(wells.asked)
    reach_m, ground = wells.uncertainty_m[own], (zones.shapes, zones.accuracy_m)
    met = meet(wells.x[own], wells.y[own], reach_m, ground, threads=threads)
    tables.keep(conn, "zones", as_arrow(zones))
    rows = [(ask.column, ask.layer, ask.grade) for ask in asks]
    tables.keep(conn, "asked", tables.texts(rows, ("ask", "layer", "grade")))
    conn.register("pairs", _pairs(met))
    conn.execute(_PAIRS)
    conn.unregister("pairs")
    tables.keep(conn, "covered", _covered(conn, wells, zones))


def _pairs(met: Incidence) -> pa.Table:
    return pa.table(
        {
            "well": met.well.astype(np.int64),
            "zone": met.zone.astype(np.int64),
            "inside": met.inside,
            "edge_m": met.edge_m,
            "tolerance_m": met.tolerance_m,
        }
    )


def _covered(conn: duckdb.DuckDBPyConnection, wells: Wells, zones: Zones) -> pa.Table:
    """Per question and well: metres from it to the nearest ground near it that none covers."""
    kept: list[tuple[str, int, float, float]] = []
    for ask, well, tolerance, rows in conn.execute(_DOUBT).fetchall():
        gap = _gap(wells.x[well], wells.y[well], 2 * tolerance, zones.shapes[rows])
        edge = 2 * tolerance if gap is None else _metres(gap, wells.x[well], wells.y[well])
        kept.append((ask, well, edge, tolerance))
    asks, ids, edges, tolerances = zip(*kept, strict=True) if kept else ((), (), (), ())
    return pa.table(
        {
            "ask": pa.array(asks, pa.string()),
            "subject_id": pa.array(ids, pa.int64()),
            "edge_m": pa.array(edges, pa.float64()),
            "tolerance_m": pa.array(tolerances, pa.float64()),
        }
    )


def degrees(metres: float, lat: float) -> float:
    """Degrees that surely hold a number of metres at a latitude (`gis.degrees`)."""
    return float(metres / (110_000 * np.cos(np.radians(min(85.0, abs(lat))))))


def _gap(lon: float, lat: float, metres: float, shapes: Any) -> shapely.Geometry | None:
    """The ground within some metres (a box) that none of the zones covers; None: all is covered.

    Zones are clipped whole: cutting lines would leave hairline gaps along shared borders.
    """
    side = degrees(metres, lat)
    box = shapely.box(lon - side, lat - side, lon + side, lat + side)
    covered = shapely.union_all(shapely.intersection(shapes, box))
    left = shapely.difference(box, covered)
    return None if shapely.is_empty(left) else left


def _metres(ground: shapely.Geometry, lon: float, lat: float) -> float:
    """Metres from a place to ground, edges being arcs of great circles, as PostGIS measures."""
    if shapely.intersects_xy(ground, lon, lat):
        return 0.0
    place = _vector(np.array([[lon, lat]]))[0]
    best, at = -2.0, place
    for line in shapely.get_parts(shapely.boundary(ground)):
        corners = _vector(shapely.get_coordinates(line))
        near = _on_arcs(corners[:-1], corners[1:], place)
        cosines = near @ place
        if cosines.max() > best:
            best, at = float(cosines.max()), near[int(cosines.argmax())]
    to_lon, to_lat = np.degrees(np.arctan2(at[1], at[0])), np.degrees(np.arcsin(at[2]))
    return float(GEOD.inv(lon, lat, to_lon, to_lat)[2])


def _vector(degrees_: np.ndarray[Any, np.dtype[np.float64]]) -> Any:
    lon, lat = np.radians(degrees_).T
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def _on_arcs(begin: Any, end: Any, place: Any) -> Any:
    """The place nearest to a place on each arc (unit vectors)."""
    normal = np.cross(begin, end)
    length = np.linalg.norm(normal, axis=1, keepdims=True)
    flat = length[:, 0] < 1e-15
    normal = normal / np.where(length > 0, length, 1.0)
    foot = place - (normal @ place)[:, None] * normal
    foot /= np.linalg.norm(foot, axis=1, keepdims=True)
    between = (np.einsum("ij,ij->i", np.cross(begin, foot), normal) >= 0) & (
        np.einsum("ij,ij->i", np.cross(foot, end), normal) >= 0
    )
    nearer = np.where((begin @ place >= end @ place)[:, None], begin, end)
    return np.where((between & ~flat)[:, None], foot, nearer)
