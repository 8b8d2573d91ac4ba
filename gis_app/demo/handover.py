"""The made city as a bureau would hand it over: a census sheet, a zipped shapefile, registers.

Nothing is made easier than it is in life: 万立方米 in the sheet, degrees with minutes and seconds,
yes and no in Chinese, years without days, GBK in the shapefile, headers cut to ten bytes.
"""

import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

import geopandas as gpd
import pandas as pd
import pyogrio
from openpyxl import Workbook

from gis_app.demo.city import City
from gis_app.demo.handover_registers import M3_PER_WAN, write_registers
from gis_app.layer import Choice
from gis_app.terms import COORD_METHOD, STATUS, USE

WELLS_FILE = "示例市取水井普查表.xlsx"
COVERAGE_FILE = "示例市公共供水管网覆盖范围.zip"

Cell = Callable[[dict[str, Any]], Any]


def _text(field: str) -> Cell:
    return lambda row: row[field]


def _yes(field: str) -> Cell:
    return lambda row: {True: "是", False: "否"}.get(row[field])


def _choice(field: str, choices: Mapping[str, Choice]) -> Cell:
    return lambda row: choices[row[field]].zh if row[field] else None


def _year(row: dict[str, Any]) -> int | None:
    return row["completed_on"].year if row["completed_on"] else None


def _metered(row: dict[str, Any]) -> str | None:
    state = row["meter_state"]
    return None if state in (None, "unknown") else "否" if state == "none" else "是"


def _permitted(row: dict[str, Any]) -> float | None:
    volume = row["annual_permitted_m3"]
    return None if volume is None else round(volume / M3_PER_WAN, 4)


def _burial(row: dict[str, Any]) -> str | None:
    return (
        None if row["depth_m"] is None else "浅层地下水" if row["depth_m"] < 120 else "深层承压水"
    )


# The 28 headers of a national well census sheet, in its order, then where the well is.
COLUMNS: dict[str, Cell] = {
    "单位名称": _text("owner"),
    "单位编号": _text("owner_uscc"),
    "水井编号": _text("code"),
    "水井名称": _text("name"),
    "乡": _text("township"),
    "村": _text("village"),
    "水井地址": _text("address"),
    "成井时间（年）": _year,
    "井深（米）": _text("depth_m"),
    "地下水埋深（米）": _text("water_depth_m"),
    "是否为单位自备井": _yes("self_supply"),
    "井口井管内径（毫米）": _text("diameter_mm"),
    "井壁管材料": _text("casing_material"),
    "应用状况": _choice("status", STATUS),
    "水源类型": _burial,
    "是否已配套机电设备": _yes("pump_fitted"),
    "是否已安装水量计量设施": _metered,
    "水泵型号": _text("pump_model"),
    "水量计量设施类型": _text("meter_type"),
    "是否为规模以上地下水水源地的水井": _yes("above_scale_source"),
    "所在地貌类型区": _text("landform"),
    "所取用地下水的类型": _text("aquifer"),
    "所在水资源三级区名称及编码": _text("water_region"),
    "主要取水用途及效益": _choice("use", USE),
    "取水量确定方法": _text("volume_method"),
    "是否已办理取水许可证": lambda row: {"held": "是", "none": "否"}.get(row["permit_state"]),
    "取水许可证编号": _text("permit_number"),
    "年许可取水量（万立方米）": _permitted,
    "经度": lambda row: dms(row["lon"]),
    "纬度": lambda row: dms(row["lat"]),
    "坐标来源": _choice("coord_method", {k: c for k, (c, _) in COORD_METHOD.items()}),
}


def write(city: City, folder: Path) -> list[Path]:
    """Write the census sheet, the zipped shapefile of coverage and the registers; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    wells = _write_wells(city, folder / WELLS_FILE)
    coverage = _write_coverage(city, folder / COVERAGE_FILE)
    return [wells, coverage, *write_registers(city.records, folder)]


def dms(degrees: float) -> str:
    """Degrees, minutes and seconds to a hundredth (0.3 m): 113°34′48.00″."""
    hundredths = round(degrees * 360_000)
    minutes, rest = divmod(hundredths, 6000)
    return f"{minutes // 60}°{minutes % 60:02d}′{rest / 100:05.2f}″"


def _write_wells(city: City, path: Path) -> Path:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("取水井")
    sheet.append(list(COLUMNS))
    frame = pd.DataFrame(city.wells.drop(columns="geometry")).astype(object)
    frame["lon"], frame["lat"] = city.wells.geometry.x, city.wells.geometry.y
    for row in cast(list[dict[str, Any]], frame.where(frame.notna(), None).to_dict("records")):
        sheet.append([cell(row) for cell in COLUMNS.values()])
    book.save(path)
    return path


def _write_coverage(city: City, path: Path) -> Path:
    zones = city.zones["public_supply_coverage"]
    zones = zones[zones["law_status"] == "approved"]
    meets = zones["can_meet_demand"].map({True: "是", False: "否"})
    columns = {
        "编号": zones["code"],
        "名称": zones["name"],
        "文号": zones["instrument"],
        "供水单位": zones["operator"],
        "供水能力": zones["capacity_m3d"].astype(float),
        "能否满足": meets,
        "生效日期": zones["valid_from"].astype(str),
        "失效日期": zones["valid_to"].map(str, na_action="ignore"),
        "边界精度": zones["boundary_accuracy_m"].astype(float),
    }
    frame = gpd.GeoDataFrame(columns, geometry=zones.geometry, crs=zones.crs)
    with tempfile.TemporaryDirectory() as made:
        shape = Path(made) / "示例管网覆盖范围.shp"
        pyogrio.write_dataframe(frame, shape, driver="ESRI Shapefile", encoding="GBK")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in sorted(Path(made).iterdir()):
                archive.write(part, part.name)
    return path
