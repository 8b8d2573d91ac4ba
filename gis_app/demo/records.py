"""Every register beside the wells, as frames: one column per declared field, None is unknown.

Applications and sites have a geometry (EPSG:4490).
"""

from collections.abc import Mapping, Sequence
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.random import Generator
from shapely import Point

from gis_app import registers
from gis_app.crs import STORAGE_SRID
from gis_app.demo import placed_applications, placed_sites
from gis_app.demo.clerk import Clerk, Records
from gis_app.demo.control import control_records
from gis_app.demo.metering import metering_records
from gis_app.demo.oversight import oversight_records
from gis_app.demo.permits import permit_records
from gis_app.demo.placing import Row
from gis_app.demo.shapes import on_earth
from gis_app.demo.spots import Spots
from gis_app.demo.wells import Wells
from gis_app.layer import Register

Zones = Mapping[str, gpd.GeoDataFrame]


def keep(rng: Generator, wells: Wells, zones: Zones, spots: Spots) -> dict[str, pd.DataFrame]:
    """The registers as they stand on the day of `spots`, by id."""
    clerk = Clerk(rng, spots.on, _plain(wells.frame), wells.deeds)
    projects = {
        "application": placed_applications.rows(spots),
        "site": placed_sites.rows(spots, wells.places),
    }
    made: Records = {
        **permit_records(clerk),
        **metering_records(clerk),
        **control_records(clerk, zones["management_unit"]),
        **oversight_records(clerk, zones, _grants(projects)),
        **{name: _in_county(rows, zones["district"]) for name, rows in projects.items()},
    }
    return {each.id: _frame(each, made[each.id]) for each in registers.ALL}


def states(wells: Wells) -> dict[str, date]:
    """The days on which wells came into the state they are in, by code, where it is known."""
    deeds = wells.deeds.items()
    return {code: row["from_on"] for code, each in deeds for row in each.get("state", ())}


def _plain(wells: gpd.GeoDataFrame) -> pd.DataFrame:
    frame = pd.DataFrame(wells.drop(columns="geometry")).astype(object)
    frame = frame.where(frame.notna(), None)
    return frame.assign(lon=wells.geometry.x.to_numpy(), lat=wells.geometry.y.to_numpy())


def _grants(projects: Records) -> list[Row]:
    return [
        {"subject": subject, "subject_code": row["code"], **grant}
        for subject, rows in projects.items()
        for row in rows
        for grant in row.get("grants", ())
    ]


def _in_county(rows: Sequence[Row], districts: gpd.GeoDataFrame) -> list[Row]:
    """The rows with their geometry on earth, and the county that it lies in."""
    found = []
    for row in rows:
        shape = on_earth(row["shape"])
        spot = shape if isinstance(shape, Point) else shape.representative_point()
        code = districts["code"].to_numpy()[districts.contains(spot).to_numpy()]
        found.append({**row, "geometry": shape, "area_code": str(code[0])})
    return found


def _frame(register: Register, rows: Sequence[Row]) -> pd.DataFrame:
    columns = {
        field.name: np.array([_blank(row.get(field.name)) for row in rows], dtype=object)
        for field in register.fields
    }
    frame = pd.DataFrame(columns, dtype=object)
    if register.geometry == "none":
        return frame
    placed: pd.DataFrame = gpd.GeoDataFrame(
        frame, geometry=[row["geometry"] for row in rows], crs=STORAGE_SRID
    )
    return placed


def _blank(value: object) -> object:
    """None for a number that is none."""
    return None if isinstance(value, float) and np.isnan(value) else value
