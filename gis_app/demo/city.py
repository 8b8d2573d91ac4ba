"""The made city as GeoDataFrames: what `demo` loads and what tests and tutorials start from."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from importlib import import_module

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from gis_app.crs import STORAGE_SRID
from gis_app.demo import ground as grounds
from gis_app.demo import records
from gis_app.demo.control import set_quotas
from gis_app.demo.desk import Desk, Zone
from gis_app.demo.ground import DISTRICTS, Ground
from gis_app.demo.numbers import Number, numbers
from gis_app.demo.places import place
from gis_app.demo.shapes import on_earth
from gis_app.demo.spots import Spots
from gis_app.demo.wells import wells as register
from gis_app.demo.zones import draw
from gis_app.law import LEGAL_CLOCK
from gis_app.layer import Layer

SEED = 20231018
WELLS = 6000

_MUNICIPAL = ("示例政发〔{year}〕{number}号", "示例市人民政府")
_PROVINCIAL = ("示例省政函〔{year}〕{number}号", "示例省人民政府")
_BY_PROVINCE = {
    "prohibited_zone",
    "restricted_zone",
    "overdraft_zone",
    "spring_domain",
    "spring_key_area",
}


@dataclass(frozen=True)
class City:
    """A made city: zones by layer and the well register, EPSG:4490, with the seed they came from.

    Columns are the fields that `layers/` and `gis_app/registers` declare; None (NaN in numbers) is
    unknown. `records`: the registers beside the wells, as they stand on the day `on`; `states`: the
    days since which wells are in their state, by code; `numbers`: what is delegated, made up.
    """

    seed: int
    zones: dict[str, gpd.GeoDataFrame]
    wells: gpd.GeoDataFrame
    on: date
    records: dict[str, pd.DataFrame] = field(default_factory=dict)
    states: dict[str, date] = field(default_factory=dict)
    numbers: tuple[Number, ...] = ()


def city(seed: int = SEED, wells: int = WELLS, on: date | None = None) -> City:
    """The city of a seed; the same seed and day give the same city to the last byte.

    `on`: the day up to which its registers are kept (default: today by the calendar of law).
    """
    day = on or datetime.now(LEGAL_CLOCK).date()
    rng = np.random.default_rng(seed)
    ground = grounds.lay(rng)
    desk = Desk(rng, ground, place(rng, ground))
    zones = draw(desk)
    spots = Spots(rng, zones, day)
    made = register(desk, spots, wells)
    frames = _frames(zones, ground)
    set_quotas(frames["management_unit"], made.frame)
    kept = records.keep(rng, made, frames, spots)
    return City(seed, frames, made.frame, day, kept, records.states(made), tuple(numbers()))


def _frames(zones: Sequence[Zone], ground: Ground) -> dict[str, gpd.GeoDataFrame]:
    counties = [(code, ground.district_area(n)) for n, (code, _) in enumerate(DISTRICTS)]
    found = {}
    for layer_id in dict.fromkeys(z.layer for z in zones):
        layer: Layer = import_module(f"layers.{layer_id}").LAYER
        own = [z for z in zones if z.layer == layer_id]
        rows = [_row(layer, z, n, _area_code(z, counties)) for n, z in enumerate(own, 1)]
        names = [f.name for f in layer.all_fields]
        frame = pd.DataFrame(rows, columns=names, dtype=object)
        shapes = [_multi(on_earth(z.shape)) for z in own]
        found[layer_id] = gpd.GeoDataFrame(frame, geometry=shapes, crs=STORAGE_SRID)
    return found


def _row(layer: Layer, zone: Zone, number: int, area_code: str) -> dict[str, object]:
    text, authority = _PROVINCIAL if layer.id in _BY_PROVINCE else _MUNICIPAL
    decided = zone.since is not None and zone.status == "approved"
    stated = {
        "code": zone.code or f"SLQ-{layer.order:02d}-{number:02d}",
        "name": zone.name,
        "grade": zone.grade,
        "law_status": zone.status,
        "instrument": text.format(year=zone.since.year, number=10 + layer.order)
        if zone.since
        else None,
        "clause": "第二条" if decided else None,
        "authority": authority,
        "area_code": area_code,
        "valid_from": zone.since,
        "valid_to": zone.until,
        "boundary_accuracy_m": zone.accuracy_m,
        "source": "示例数据，由程序生成，不代表任何真实区划",
    }
    return stated | {f.name: zone.attrs.get(f.name) for f in layer.fields}


def _area_code(zone: Zone, counties: Sequence[tuple[str, Polygon]]) -> str:
    """The county that holds the zone, or the city's code where it lies in several."""
    spot = zone.shape.representative_point()
    for code, area in counties:
        if area.contains(spot):
            held = area.intersection(zone.shape).area > 0.98 * zone.shape.area
            return code if held else "1403"
    return "1403"


def _multi(shape: BaseGeometry) -> MultiPolygon:
    return MultiPolygon([p for p in shapely.get_parts(shape) if isinstance(p, Polygon)])
