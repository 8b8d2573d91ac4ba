"""The measured world in PostGIS, put there in two statements."""

from pathlib import Path

import geopandas as gpd
import shapely
from sqlalchemy import Engine, text

from gis_app.store.engine import writing

ZONES = """
insert into gis.zone (layer, name, law_status, valid_from, boundary_accuracy_m, geom)
select (array['public_supply_coverage', 'prohibited_zone', 'restricted_zone',
              'surface_supply_area', 'overdraft_zone'])[1 + n % 5],
       'Z' || n, 'approved', '2020-01-01', 5, st_setsrid(g::geometry, 4490)
from staged
"""
WELLS = """
insert into gis.well (code, area_code, self_supply, status, use, permit_state, completed_on,
                      position_accuracy_m, geom)
select 'B-' || n, '1403' || lpad((1 + n % 20)::text, 2, '0'),
       (array[true, false, null])[1 + n % 3 * (n % 7 / 5)],
       (array['active', 'active', 'active', 'sealed', 'paused', 'proposed'])[1 + n % 6],
       (array['industry', 'irrigation', 'irrigation', 'domestic_rural',
              'monitoring_test'])[1 + n % 5],
       (array['held', 'held', 'none', 'unknown'])[1 + n % 4],
       '1980-01-01'::date + n % 16000, a, st_setsrid(g::geometry, 4490)
from staged
order by st_setsrid(g::geometry, 4490)
"""


def fill(engine: Engine, wells: Path, zones: Path) -> None:
    """Zones first, then wells: the triggers do the rest."""
    _copy(engine, gpd.read_parquet(zones), ZONES)
    _copy(engine, gpd.read_parquet(wells), WELLS)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        conn.execute(text("vacuum analyze"))


def _copy(engine: Engine, frame: gpd.GeoDataFrame, statement: str) -> None:
    accuracy = frame.get("position_accuracy_m", [0.0] * len(frame))
    shapes = shapely.to_wkb(frame.geometry.to_numpy(), hex=True)
    with writing(engine, "bench") as conn:
        cursor = conn.connection.cursor()
        cursor.execute("create temp table staged (n int, a float8, g text) on commit drop")
        with cursor.copy("copy staged from stdin") as copy:  # type: ignore[attr-defined]
            for row in zip(range(len(frame)), accuracy, shapes, strict=True):
                copy.write_row(row)
        cursor.execute(statement)
