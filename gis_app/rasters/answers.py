"""What a raster layer tells: values at points, statistics within zones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import shapely
from sqlalchemy import Connection, RowMapping

from gis_app.errors import BadInput
from gis_app.layer import Layer
from gis_app.raster import sample, statistics
from gis_app.raster.shelf import Shelf
from gis_app.raster.statistics import Within
from gis_app.raster_layer import Class, RasterLayer
from gis_app.store import rasters
from gis_app.store.rasters import Grounds

MOST_ZONES = 2000


@dataclass(frozen=True, kw_only=True)
class Value:
    """What lies at a point (EPSG:4490).

    `status` is "value"; "no_data" where a raster covers the point and knows nothing of it;
    "outside" where none does. `raster` is the raster that was asked.
    """

    lon: float
    lat: float
    status: str
    value: float | None
    kind: Class | None
    raster: RowMapping | None


@dataclass(frozen=True)
class ZoneStatistics:
    """A zone, the raster that was asked (None: no raster meets it), and what lies within."""

    zone: RowMapping
    raster: RowMapping | None
    within: Within


def values(
    conn: Connection, shelf: Shelf, layer: RasterLayer, points: Sequence[shapely.Point], on: date
) -> list[Value]:
    """The values of a layer at points (EPSG:4490) as of a day, in their order.

    The cell that holds the point, in the layer's unit; of several rasters the one made for the
    narrowest area that has a value there.
    """
    held = rasters.holding(conn, layer.id, on)
    files = [shelf.find(row["analysis_sha256"]) for row in held]
    places = shapely.get_coordinates(list(points))
    found = sample.values(files, places[:, 0], places[:, 1])
    return [_value(layer, place, each, held) for place, each in zip(places, found, strict=True)]


def _value(
    layer: RasterLayer, place: "np.ndarray[Any, Any]", found: sample.Sample, held: list[RowMapping]
) -> Value:
    status = "outside" if found.file is None else "no_data" if found.value is None else "value"
    return Value(
        lon=float(place[0]), lat=float(place[1]), status=status, value=found.value,
        kind=layer.class_of(found.value), raster=None if found.file is None else held[found.file],
    )  # fmt: skip


def within_zones(
    conn: Connection, shelf: Shelf, layer: RasterLayer, zones: Layer, grounds: Grounds
) -> list[ZoneStatistics]:
    """The statistics of a raster layer within the zones of another as of a day, by area and name.

    A row for each zone and each raster that meets it; of a zone that none meets nothing is known,
    and its row says so. Raises `BadInput` for zones that are points and for more than 2,000.
    """
    rows = _zones(conn, zones, grounds)
    shapes = shapely.from_wkb([bytes(row["wkb"]) for row in rows])
    found: dict[int, list[ZoneStatistics]] = {n: [] for n in range(len(rows))}
    for held in rasters.holding(conn, layer.id, grounds.on):
        box = shapely.box(*(held[edge] for edge in "wsen"))
        met = [int(n) for n in np.flatnonzero(shapely.intersects(shapes, box))]
        file = shelf.find(held["analysis_sha256"])
        told = statistics.within(file, [shapes[n] for n in met], classified=layer.classified)
        for n, each in zip(met, told, strict=True):
            found[n].append(ZoneStatistics(rows[n], held, each))
    for n, there in found.items():
        if not there:
            there.append(ZoneStatistics(rows[n], None, statistics.nothing(shapes[n])))
    return [each for there in found.values() for each in there]


def _zones(conn: Connection, zones: Layer, grounds: Grounds) -> list[RowMapping]:
    if zones.geometry != "polygon":
        raise BadInput(
            f"“{zones.zh}”不是面图层，不能按它统计。请选一个区划图层，如 district。",
            f"{zones.en} has no areas to count within. Name a layer of zones, such as district.",
        )
    rows = rasters.grounds(conn, zones.id, grounds, MOST_ZONES + 1)
    if len(rows) > MOST_ZONES:
        raise BadInput(
            f"“{zones.zh}”有 {MOST_ZONES:,} 个以上的区划；请用 area 或 zone 缩小范围。",
            f"{zones.en} has more than {MOST_ZONES:,} zones: narrow them by area or zone.",
        )
    return rows
