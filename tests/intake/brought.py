"""A file of wells or zones, brought in, and what the register holds then."""

from pathlib import Path

import geopandas
import shapely
from sqlalchemy import Engine, text

from gis_app.intake import batch as journey
from gis_app.intake.batch import Desk
from gis_app.intake.options import ImportOptions

HEADER = "水井编号,水井名称,单位名称,经度,纬度,应用状况,井深（米）"
GOOD = [
    "W1,一号井,示例厂,113.580001,37.860001,在用,80",
    "W2,二号井,示例厂,113.580101,37.860101,停用,",
    "W3,三号井,示例校,113.580201,37.860201,,120",
]
BAD = "W4,四号井,示例厂,113.580301,37.860301,半开,80"
WELLS = ImportOptions(layer="well")


def rows(engine: Engine, sql: str) -> list[tuple[object, ...]]:
    with engine.connect() as conn:
        return [tuple(row) for row in conn.execute(text(sql))]


def wells(engine: Engine) -> list[tuple[object, ...]]:
    return rows(engine, "select w::text from gis.well w order by well_id")


def brought(desk: Desk, path: Path, options: ImportOptions = WELLS) -> journey.Batch:
    return journey.commit(desk, journey.preview(desk, path, options).batch_id)


def zone_file(folder: Path, stem: str = "zones", /, **columns: list[object]) -> Path:
    boxes = [shapely.box(113.5 + i / 10, 37.8, 113.59 + i / 10, 37.9) for i in range(2)]
    frame = geopandas.GeoDataFrame(columns or {"name": ["甲", "乙"]}, geometry=boxes, crs=4490)
    frame.to_file(folder / f"{stem}.gpkg")
    return folder / f"{stem}.gpkg"


def zones(engine: Engine) -> list[tuple[object, ...]]:
    return rows(
        engine, "select name, law_status, valid_from::text, attrs::text from gis.zone order by name"
    )
