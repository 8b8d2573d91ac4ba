"""The measured world in PostGIS, put there in two statements."""

from pathlib import Path

import geopandas as gpd
import shapely
from sqlalchemy import Engine, text

from gis_app.store.engine import writing
from tests.world import declaring

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
# What the registers hold of half of them: a permit each, a meter that falls due on some day of four
# years, last year's readings.
REGISTERS = """
insert into gis.permit (number, state, holder, valid_from, valid_to, annual_m3)
select 'P-' || code, 'issued', 'H', '2022-01-01', '2027-12-31', 20000
from gis.well where permit_state = 'held';
insert into gis.permit_well (permit_number, well_code)
select 'P-' || code, code from gis.well where permit_state = 'held';
insert into gis.permit_purpose (permit_number, use, annual_m3)
select 'P-' || code, 'industry', 20000 from gis.well where permit_state = 'held';
insert into gis.meter (well_code, serial, state, fitted_on)
select code, 'M', (array['online', 'offline', 'fault'])[1 + well_id % 3], '2020-01-01'
from gis.well where well_id % 2 = 0;
insert into gis.calibration (well_code, serial, checked_on, due_on, result)
select code, 'M', '2022-01-01', '2025-01-01'::date + (well_id / 2 % 1461)::int, 'passed'
from gis.well where well_id % 2 = 0;
insert into gis.withdrawal (well_code, method, from_on, to_on, m3)
select w.code, 'metered', make_date(y, 1, 1), make_date(y, 12, 31), (w.well_id % 50) * 500
from gis.well w cross join generate_series(2024, 2025) y where w.well_id % 2 = 0;
insert into gis.unit_year (unit_code, unit_level, year, sector, area_code, quota_m3, taken_m3)
select a, 'county', 2025, 'total', a, 1e8, 9e7
from (select distinct area_code from gis.well) w (a)
"""


def fill(engine: Engine, wells: Path, zones: Path) -> None:
    """Zones first, then wells and what the registers hold of them: the triggers do the rest."""
    copy(engine, gpd.read_parquet(zones), ZONES)
    copy(engine, gpd.read_parquet(wells), WELLS)
    with writing(engine, "bench") as conn:
        for statement in REGISTERS.split(";"):
            conn.execute(text(statement))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        conn.execute(text("vacuum analyze"))


def copy(engine: Engine, frame: gpd.GeoDataFrame, statement: str) -> None:
    """Stage a frame's rows (n, accuracy, hex WKB) and run a statement over them."""
    accuracy = frame.get("position_accuracy_m", [0.0] * len(frame))
    shapes = shapely.to_wkb(frame.geometry.to_numpy(), hex=True)
    with writing(engine, "bench") as conn:
        cursor = conn.connection.cursor()
        cursor.execute("create temp table staged (n int, a float8, g text) on commit drop")
        with cursor.copy("copy staged from stdin") as copy:  # type: ignore[attr-defined]
            for row in zip(range(len(frame)), accuracy, shapes, strict=True):
                copy.write_row(row)
        with declaring(conn):
            cursor.execute(statement)
