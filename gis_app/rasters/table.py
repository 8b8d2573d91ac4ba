"""Statistics within zones as a table for files and for people."""

import re
from collections.abc import Sequence
from typing import Any

from gis_app.export import Table
from gis_app.export.table import batch
from gis_app.field import Field
from gis_app.layer import Layer
from gis_app.raster_layer import RasterLayer
from gis_app.rasters.answers import ZoneStatistics
from gis_app.rasters.words import plain

_ZONE: tuple[Field, ...] = (
    Field(name="zone_id", zh="区划标识", en="zone id", kind="integer"),
    Field(name="zone_version", zh="区划版本", en="zone version", kind="integer"),
    Field(name="zone_name", zh="区划名称", en="zone name"),
    Field(name="grade", zh="级别", en="grade"),
    Field(name="area_code", zh="行政区划代码", en="administrative area code"),
    Field(name="area_km2", zh="面积（平方千米）", en="geodesic area", kind="number", unit="km2"),
    Field(name="raster_id", zh="栅格编号（空：无栅格）", en="raster (none: no raster meets it)",
          kind="integer"),
    Field(name="nodata_pct", zh="无数据所占比例（%）", en="share of which nothing is known",
          kind="number", unit="%"),
)  # fmt: skip


def fields(layer: RasterLayer) -> tuple[Field, ...]:
    """The columns: the zone, how much of it is known, and values in the unit or km² by class."""
    if layer.classified:
        return (*_ZONE, *(
            Field(name=f"class_{each.code}_km2", zh=f"{each.zh}（平方千米）",
                  en=f"{each.en}: area", kind="number", unit="km2")
            for each in layer.classes
        ))  # fmt: skip
    told = (("mean", "平均"), ("least", "最小"), ("most", "最大"), ("spread", "标准差"))
    unit = None if layer.unit == "1" else layer.unit
    ending = "".join(f"_{part}" for part in re.findall(r"[a-z0-9]+", (unit or "").lower()))
    return (
        *_ZONE,
        *(
            Field(
                name=f"{name}{ending}",
                zh=f"{layer.zh}：{zh}",
                en=f"{layer.en}: {name}",
                kind="number",
                unit=unit,
            )
            for name, zh in told
        ),
    )


def row(layer: RasterLayer, found: ZoneStatistics) -> dict[str, Any]:
    """One row by the names of its columns. Where nothing is known the values are None."""
    zone, within = found.zone, found.within
    known = within.valid_share > 0
    values: list[float | None] = [within.mean, within.least, within.most, within.spread]
    if layer.classified:
        values = [within.class_km2(each.code) if known else None for each in layer.classes]
    told = [
        zone["zone_id"], zone["version"], zone["name"], zone["grade"], zone["area_code"],
        within.area_km2, found.raster["raster_id"] if found.raster else None,
        100 * within.nodata_share, *values,
    ]  # fmt: skip
    names = [each.name for each in fields(layer)]
    whole = [plain(each) if isinstance(each, float) else each for each in told]
    return dict(zip(names, whole, strict=True))


def table(layer: RasterLayer, zones: Layer, rows: Sequence[ZoneStatistics]) -> Table:
    """The rows with the shapes of the zones, for every format that lists are exported in."""
    made = Table(
        name=f"{layer.id}_by_{zones.id}", zh=f"{layer.zh}_按{zones.zh}",
        en=f"{layer.en} by {zones.en}", fields=fields(layer), geometry="polygon",
        key=("zone_id", "raster_id"), batches=(),
    )  # fmt: skip
    told = [[*row(layer, each).values(), bytes(each.zone["wkb"])] for each in rows]
    return made.over([batch(told, made.schema())])
