"""Shapes written out in a column of a spreadsheet: POINT(113.6 37.9), SRID=4490;POLYGON((…))."""

import numpy as np
import pandas as pd
import shapely
from pyproj import CRS

from gis_app import crs as crs_module
from gis_app.intake import systems
from gis_app.intake.cells import BLANKS, as_text
from gis_app.intake.geometry import Shapes
from gis_app.intake.problem import Problems

_BEGINS = r"^\s*(?:SRID=\d+;)?\s*(?:MULTI)?(?:POINT|POLYGON|LINESTRING|GEOMETRYCOLLECTION)"
_PARTS = r"(?s)^\s*(?:SRID=(\d+);)?\s*(.*?)\s*$"


def texts(column: pd.Series) -> pd.Series:
    """What a column holds where it is not blank."""
    found = as_text(column).dropna()
    return found[~found.str.strip().str.lower().isin(BLANKS)]


def begins(found: pd.Series) -> bool:
    """Whether the first of some texts is a shape."""
    return bool(found.iloc[:1].str.contains(_BEGINS, case=False).all())


def shapes(column: pd.Series, crs: CRS | None, problems: Problems) -> tuple[Shapes, pd.Series]:
    """The shapes of a column in EPSG:4490, None where blank, and the system each was written in.

    Unreadable texts are refused. Raises `UnknownCrs` for an SRID without a sound transformation.
    """
    parts = texts(column).astype("str").str.extract(_PARTS).reindex(column.index)
    written = parts[1].astype(object).where(parts[1].notna(), None).to_numpy()
    with np.errstate(all="ignore"):  # a number beyond all measure is not on Earth either
        found = np.asarray(shapely.from_wkt(written, on_invalid="ignore"), dtype=object)
    bad = shapely.is_missing(found) & parts[1].notna().to_numpy()
    problems.add_rows(
        ("bad_wkt", "refuse"),
        (
            "图形读不懂；应写成 POINT(经度 纬度) 或 POLYGON((经度 纬度, …))",
            "The shape cannot be read; write POINT(lon lat) or POLYGON((lon lat, …))",
        ),
        column.index[bad],
        column=str(column.name),
        value=parts[1][bad].str.slice(0, 80).to_numpy(),
    )
    return _moved(found, column.index, parts[0], crs, problems)


def _moved(
    found: Shapes, index: pd.Index, srids: pd.Series, crs: CRS | None, problems: Problems
) -> tuple[Shapes, pd.Series]:
    written_in = pd.Series(None, index=index, dtype=object)
    there = ~shapely.is_missing(found)
    if crs is None and (there & srids.isna().to_numpy()).any():
        problems.add(
            "datum_assumed",
            "info",
            "没有说明坐标系，WKT 图形按 CGCS2000 经纬度读取（可用 --crs 指明）",
            "No coordinate system is named: the WKT is read as CGCS2000 degrees "
            "(say otherwise with --crs)",
        )
    codes = srids.fillna(str(crs_module.STORAGE_SRID)).to_numpy()
    for code in np.unique(codes[there]):
        rows = there & (codes == code)
        known = crs if crs is not None else crs_module.parse(f"EPSG:{code}")
        found[rows] = crs_module.shapes_to_storage(found[rows], known)
        written_in[rows] = systems.named(known)
    return found, written_in
