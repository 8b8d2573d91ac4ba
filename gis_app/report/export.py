"""Findings as files: csv, xlsx, geojson, gpkg, parquet, each with a codebook beside it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from gis_app.crs import STORAGE_SRID
from gis_app.errors import BadInput
from gis_app.registry import Registry
from gis_app.report.sentences import sentence

# Column, its meaning in Chinese and English; units stand in the names.
CODEBOOK: tuple[tuple[str, str, str], ...] = (
    ("well_code", "井编号", "well code"),
    ("rule", "规则编号", "rule id"),
    ("instrument", "法律文件标识", "instrument id"),
    ("clause", "条款", "clause"),
    (
        "answer",
        "结论：applies 适用，indeterminate 不能确定，exempt 豁免",
        "answer: applies, indeterminate (cannot be known), exempt",
    ),
    ("verdict", "处置要求（未确定时为若适用的处置）", "what is ordered (if it applies)"),
    ("layer", "判定所用图层", "layer the answer rests on"),
    ("zone_id", "区划标识", "zone id"),
    ("zone_version", "区划版本", "zone version"),
    ("zone_name", "区划名称", "zone name"),
    (
        "edge_m",
        "距图层边界的大地距离（米），区内为正",
        "geodesic metres to the boundary, positive inside",
    ),
    (
        "tolerance_m",
        "与之比较的误差（米）：井位精度＋边界精度",
        "metres compared with: accuracy of the position plus that of the boundary",
    ),
    ("missing", "缺少的事实（分号分隔）", "facts that were missing, separated by semicolons"),
    ("exemption", "豁免条款标识", "exemption that applies"),
    ("since", "起始日期", "day it was first found"),
    ("until", "关闭日期", "day it was closed"),
    ("sentence_zh", "说明（中文）", "explanation in Chinese"),
    ("sentence_en", "说明（英文）", "explanation in English"),
    ("lon", "经度（CGCS2000，度）", "longitude, EPSG:4490, degrees"),
    ("lat", "纬度（CGCS2000，度）", "latitude, EPSG:4490, degrees"),
)
COLUMNS = [name for name, _, _ in CODEBOOK]
SUFFIXES = (".csv", ".xlsx", ".geojson", ".gpkg", ".parquet")


def frame(findings: Sequence[Mapping[str, Any]], registry: Registry) -> gpd.GeoDataFrame:
    """Findings as a GeoDataFrame in EPSG:4490 with the columns of the codebook."""
    rows = []
    for row in findings:
        told = sentence(row, registry)
        rows.append(
            {
                **{name: row.get(name) for name in COLUMNS},
                "missing": ";".join(row["missing"]),
                "sentence_zh": told.zh,
                "sentence_en": told.en,
            }
        )
    table = pd.DataFrame(rows, columns=COLUMNS)
    for name in ("zone_id", "zone_version"):
        table[name] = table[name].astype("Int64")
    for name in ("edge_m", "tolerance_m", "lon", "lat"):
        table[name] = table[name].astype("float64")
    for name in ("since", "until"):
        table[name] = table[name].map(lambda day: None if day is None else day.isoformat())
    points = gpd.points_from_xy(table["lon"], table["lat"])
    return gpd.GeoDataFrame(table, geometry=points, crs=STORAGE_SRID)


def check_suffix(path: Path) -> None:
    """Raise `BadInput` for a file type we do not write."""
    if path.suffix.lower() not in SUFFIXES:
        raise BadInput(
            f"不支持输出 {path.suffix or path.name}。可用：{'、'.join(SUFFIXES)}。",
            f"Cannot write {path.suffix or path.name}. Known: {', '.join(SUFFIXES)}.",
        )


def write(findings: Sequence[Mapping[str, Any]], registry: Registry, path: Path) -> list[Path]:
    """Write findings by the suffix of `path`, and the codebook; the files written.

    CSV is UTF-8 with a byte-order mark, so that Excel reads it; XLSX carries the codebook as its
    second sheet. Raises `BadInput` for an unknown suffix.
    """
    check_suffix(path)
    table = frame(findings, registry)
    flat = pd.DataFrame(table.drop(columns="geometry"))
    book = pd.DataFrame(CODEBOOK, columns=["column", "zh", "en"])
    path.parent.mkdir(parents=True, exist_ok=True)
    match path.suffix.lower():
        case ".csv":
            flat.to_csv(path, index=False, encoding="utf-8-sig")
        case ".xlsx":
            with pd.ExcelWriter(path, engine="openpyxl") as sheets:
                flat.to_excel(sheets, sheet_name="findings", index=False)
                book.to_excel(sheets, sheet_name="codebook", index=False)
            return [path]
        case ".parquet":
            table.to_parquet(path)
        case ".gpkg":
            path.unlink(missing_ok=True)
            table.to_file(path, driver="GPKG", layer="findings", engine="pyogrio")
        case _:
            # GeoJSON is longitude and latitude by definition; CGCS2000 is WGS 84 within a metre
            table.set_crs(4326, allow_override=True).to_file(path, driver="GeoJSON")
    codebook = path.with_name(path.stem + ".codebook.csv")
    book.to_csv(codebook, index=False, encoding="utf-8-sig")
    return [path, codebook]
