"""Findings as files, for both wings: codebook and writing by suffix; no law, no database."""

from collections.abc import Iterable
from pathlib import Path

import geopandas as gpd
import pandas as pd

from gis_app.errors import BadInput, SetupError

Entry = tuple[str, str, str]

# Column, its meaning in Chinese and English; units stand in the names.
CODEBOOK: tuple[Entry, ...] = (
    (
        "subject",
        "对象：well 取水井、application 申请、unit 单元、site 项目、zone 区划、dataset 数据",
        "what the finding speaks of",
    ),
    ("subject_code", "对象编号（井编号等）", "its code (of a well: the well code)"),
    ("rule", "规则编号", "rule id"),
    ("tier", "效力层级", "tier of the instrument"),
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
_SHEET_ROWS = 1_048_575  # below the header


def check_suffix(path: Path) -> None:
    """Raise `BadInput` for a file type we do not write."""
    if path.suffix.lower() not in SUFFIXES:
        raise BadInput(
            f"不支持输出 {path.suffix or path.name}。可用：{'、'.join(SUFFIXES)}。",
            f"Cannot write {path.suffix or path.name}. Known: {', '.join(SUFFIXES)}.",
        )


def write(table: gpd.GeoDataFrame, path: Path, codebook: Iterable[Entry] = CODEBOOK) -> list[Path]:
    """Write a frame of findings by the suffix of `path`, and its codebook; the files written.

    CSV is UTF-8 with a byte-order mark, so that Excel reads it; XLSX carries the codebook as its
    second sheet. Raises `BadInput` for an unknown suffix.
    """
    check_suffix(path)
    book = pd.DataFrame(list(codebook), columns=["column", "zh", "en"])
    path.parent.mkdir(parents=True, exist_ok=True)
    match path.suffix.lower():
        case ".csv":
            _harmless(_flat(table)).to_csv(path, index=False, encoding="utf-8-sig")
        case ".xlsx":
            _workbook(_flat(table), book, path)
            return [path]
        case ".parquet":
            table.to_parquet(path)
        case ".gpkg":
            path.unlink(missing_ok=True)
            table.to_file(path, driver="GPKG", layer="findings", engine="pyogrio")
        case _:
            # GeoJSON is longitude and latitude by definition; CGCS2000 is WGS 84 within a metre
            table.set_crs(4326, allow_override=True).to_file(path, driver="GeoJSON")
    beside = path.with_name(path.stem + ".codebook.csv")
    book.to_csv(beside, index=False, encoding="utf-8-sig")
    return [path, beside]


def _flat(table: gpd.GeoDataFrame) -> pd.DataFrame:
    return pd.DataFrame(table.drop(columns=table.geometry.name))


def _harmless(flat: pd.DataFrame) -> pd.DataFrame:
    """Text that a spreadsheet would run as a formula gets an apostrophe before it."""
    told = flat.copy()
    for name in told.columns:
        if pd.api.types.is_string_dtype(told[name]) or told[name].dtype == object:
            runs = told[name].astype(str).str.match(r"[=+\-@\t\r]") & told[name].notna()
            told.loc[runs, name] = "'" + told.loc[runs, name].astype(str)
    return told


def _workbook(flat: pd.DataFrame, book: pd.DataFrame, path: Path) -> None:
    """Two sheets, the first with a frozen, filterable header; text is never a formula."""
    if len(flat) > _SHEET_ROWS:
        raise BadInput(
            f"Excel 工作表最多 {_SHEET_ROWS:,} 行，现有 {len(flat):,} 行；请用 .csv 或 .parquet。",
            f"An Excel sheet holds {_SHEET_ROWS:,} rows, there are {len(flat):,}; "
            "write .csv or .parquet.",
        )
    try:
        sheets = pd.ExcelWriter(path, engine="openpyxl")
    except ImportError as error:
        raise SetupError(
            "写 Excel 需要 openpyxl：pip install openpyxl。",
            "Writing Excel needs openpyxl: pip install openpyxl.",
        ) from error
    with sheets:
        for name, content in (("findings", flat), ("codebook", book)):
            content.to_excel(sheets, sheet_name=name, index=False)
            sheet = sheets.sheets[name]
            sheet.freeze_panes = "A2"
            for column in sheet.iter_cols():
                longest = max(_width(cell.value) for cell in column[:200])
                sheet.column_dimensions[column[0].column_letter].width = min(longest + 2, 60)
                for cell in column:
                    if cell.data_type == "f":  # a name from a register may begin with "="
                        cell.data_type = "s"
        sheets.sheets["findings"].auto_filter.ref = sheets.sheets["findings"].dimensions


def _width(value: object) -> int:
    """How many Latin characters wide a cell's text is (a Chinese one takes two)."""
    return sum(1 if ord(c) < 0x2E80 else 2 for c in str(value)) if value is not None else 0
