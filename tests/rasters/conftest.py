"""A county with three zones, and rasters over it, in a real service."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import httpx
import numpy as np
import pytest
import shapely
from pyproj import Transformer

from gis_app import registry
from gis_app.rasters import record
from gis_app.settings import Settings
from gis_app.store.engine import writing
from tests.rasters import made
from tests.service import serving
from tests.world import add_zone

LAW = registry.load()
TO_EARTH = Transformer.from_crs(made.GK, 4490, always_xy=True)
ON = date(2024, 6, 30)


def ground(west, south, east, north) -> shapely.Polygon:
    """A rectangle in metres from the grid's lower left corner of 6 × 4 km, in EPSG:4490."""
    x, y = made.EAST, made.NORTH - 4000
    box = shapely.segmentize(shapely.box(x + west, y + south, x + east, y + north), 100)
    return shapely.transform(box, lambda xy: np.column_stack(TO_EARTH.transform(*xy.T)))


def place(east, north) -> tuple[float, float]:
    """A point in metres from the grid's lower left corner, in EPSG:4490."""
    return TO_EARTH.transform(made.EAST + east, made.NORTH - 4000 + north)


@dataclass(frozen=True)
class World:
    """A service, its database, and where its rasters lie."""

    url: str
    engine: object
    desk: record.Desk
    headers: dict
    home: Path


@pytest.fixture(scope="session")
def county(databases, worker, tmp_path_factory):
    """A database with a district and two zones; no raster."""
    with databases.clone(f"gis_rasters_{worker}") as engine:
        with writing(engine, "test") as conn:
            add_zone(conn, "district", ground(-1000, -1000, 7000, 5000), area_code="140302",
                     name="示例县")  # fmt: skip
            add_zone(conn, "spring_domain", ground(250, 150, 2050, 1750), area_code="140302",
                     name="西泉")  # fmt: skip
            add_zone(conn, "spring_domain", ground(20_000, 0, 21_000, 1000), area_code="140302",
                     name="远泉")  # fmt: skip
        yield engine


@pytest.fixture(scope="session")
def world(county, tmp_path_factory):
    """The county served, with a depth to water (2020, and 2024) and pollution-priority classes."""
    home = tmp_path_factory.mktemp("rasters")
    files = tmp_path_factory.mktemp("files")
    desk = record.Desk(engine=county, registry=LAW, shelf=record.shelf(home), actor="test")
    first = made.write(files / "depth_2020.tif", made.slope(), unit="m", nodata=float("nan"))
    later = made.write(files / "depth_2024.tif", made.slope(low=20), unit="m", nodata=float("nan"))
    kinds = made.write(files / "classes.tif", made.codes(), nodata=255)
    for path, layer, since in ((first, "depth_to_water", date(2020, 1, 1)),
                               (later, "depth_to_water", date(2024, 1, 1)),
                               (kinds, "pollution_priority_class", date(2020, 1, 1))):  # fmt: skip
        record.add(desk, path, record.Asked(layer=layer, valid_from=since))
    with serving(Settings(home=home), county, LAW) as service:
        yield World(service.url, county, desk, service.headers, home)


@pytest.fixture(scope="session")
def http(world):
    """A visitor's client: what is published everybody sees."""
    with httpx.Client(base_url=world.url, timeout=60) as client:
        yield client
