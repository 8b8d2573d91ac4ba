"""Choices made in the child about a vector file: its layer, its encoding, its geometry column."""

from pathlib import Path

import pyarrow as pa

from gis_app.intake._dbf import encoding_of
from gis_app.intake.sniff import BadFile


def chosen(names: list[str], wanted: str | None) -> str:
    """The layer to read: the one asked for, or the only one there is."""
    if wanted is None and len(names) == 1:
        return names[0]
    if wanted in names:
        return str(wanted)
    listed = "、".join(names)
    if wanted is None and names:
        raise BadFile(
            f"文件里有多个图层，请用 --source-layer 选一个：{listed}",
            f"The file has several layers; choose one with --source-layer: {', '.join(names)}",
        )
    raise BadFile(
        f"没有名为“{wanted}”的图层。现有：{listed or '无'}",
        f"There is no layer {wanted!r}. There are: {', '.join(names) or 'none'}",
    )


def settle_encoding(path: Path, layer: str, told: str | None) -> str:
    """The encoding of a source; for a shapefile it is written beside it, where GDAL looks."""
    shp = path / f"{layer}.shp" if path.is_dir() else path
    if shp.suffix.lower() != ".shp" or not shp.exists():
        return "utf-8"
    encoding = encoding_of(shp, told)
    for cpg in [
        p for p in shp.parent.iterdir() if p.stem == shp.stem and p.suffix.lower() == ".cpg"
    ]:
        cpg.unlink()
    shp.with_suffix(".cpg").write_text(encoding.upper(), "ascii")
    return encoding


def tidy(table: pa.Table, geometry_name: str, geometry_column: str) -> pa.Table:
    """The table with its geometry under our name, and none where the layer has none."""
    if geometry_name in table.column_names:
        at = table.column_names.index(geometry_name)
        geometry = table.column(at).cast(pa.large_binary())
        return table.remove_column(at).append_column(geometry_column, geometry)
    return table
