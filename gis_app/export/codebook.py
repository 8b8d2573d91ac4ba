"""The codebook: every column with its words, kind, unit and allowed values."""

import csv
import io

from gis_app.export.table import GEOMETRY, Table
from gis_app.layer import Field

HEAD = ("column", "zh", "en", "kind", "unit", "values")
BOM = b"\xef\xbb\xbf"  # by which Excel knows UTF-8
PLACE = Field(
    name=GEOMETRY,
    zh="位置：CGCS2000（EPSG:4490），经度在前；KML 与 GeoJSON 按其标准标为 WGS 84，"
    "两者相差不到一米，未作转换",
    en="place: CGCS2000 (EPSG:4490), longitude first; KML and GeoJSON are WGS 84 by definition, "
    "which is CGCS2000 within a metre: nothing is shifted",
)
LON = Field(
    name="lon",
    zh="经度（CGCS2000，度）",
    en="longitude, EPSG:4490, degrees",
    kind="number",
    unit="deg",
)
LAT = Field(
    name="lat",
    zh="纬度（CGCS2000，度）",
    en="latitude, EPSG:4490, degrees",
    kind="number",
    unit="deg",
)
WKT = Field(
    name="wkt",
    zh="位置（WKT，CGCS2000，经度在前）",
    en="place as WKT, EPSG:4490, longitude first",
)


def flat_places(table: Table) -> tuple[Field, ...]:
    """The columns that tell the place where a file has no geometry: `lon`, `lat`, or `wkt`."""
    if table.geometry == "none" or {"lon", "lat"} <= {f.name for f in table.fields}:
        return ()
    return (LON, LAT) if table.geometry == "point" else (WKT,)


def entries(table: Table, *, flat: bool | None = None) -> list[tuple[str, ...]]:
    """One row a column, under `HEAD`.

    With `flat` as in files without geometry, with False as in those that have it; else both ways.
    """
    places: tuple[Field, ...] = () if flat is False else flat_places(table)
    shape = () if flat or table.geometry == "none" else (PLACE,)
    return [_entry(each) for each in (*table.fields, *places, *shape)]


def _entry(field: Field) -> tuple[str, ...]:
    words = "; ".join(f"{key}={c.zh} {c.en}" for key, c in field.choices.items())
    return (field.name, field.zh, field.en, field.kind, field.unit or "", words)


def as_csv(table: Table, *, flat: bool | None = None) -> bytes:
    """The codebook as CSV, UTF-8 with a byte-order mark."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEAD)
    writer.writerows(entries(table, flat=flat))
    return BOM + text.getvalue().encode()
