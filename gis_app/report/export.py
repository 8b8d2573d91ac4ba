"""Findings of the ledger as a frame and as files: csv, xlsx, geojson, gpkg, parquet."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from gis_app import export as files
from gis_app.crs import STORAGE_SRID
from gis_app.export import COLUMNS, check_suffix
from gis_app.registry import Registry
from gis_app.report.sentences import sentence

__all__ = ["check_suffix", "frame", "write"]


def frame(findings: Sequence[Mapping[str, Any]], registry: Registry) -> gpd.GeoDataFrame:
    """Findings as a GeoDataFrame in EPSG:4490 with the columns of the codebook."""
    rows = []
    for row in findings:
        told = sentence(row, registry)
        rows.append(
            {
                **{name: row.get(name) for name in COLUMNS},
                "tier": registry.rules[row["rule"]].instrument.tier.value
                if row["rule"] in registry.rules
                else None,
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
    nowhere = table["lon"].isna().to_numpy()
    points = gpd.points_from_xy(table["lon"], table["lat"])
    points[nowhere] = None
    return gpd.GeoDataFrame(table, geometry=points, crs=STORAGE_SRID)


def write(findings: Sequence[Mapping[str, Any]], registry: Registry, path: Path) -> list[Path]:
    """Write findings by the suffix of `path`, and the codebook; the files written.

    Raises `BadInput` for an unknown suffix.
    """
    check_suffix(path)
    return files.write(frame(findings, registry), path)
