"""Frames and files as rows in the terms of a layer or register: as an import would read them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import CRS

from gis_app import crs as crs_module
from gis_app.errors import BadInput, UnreadableFile
from gis_app.intake import check, geometry, placing, read
from gis_app.intake.match import Matched, match
from gis_app.intake.options import ImportOptions
from gis_app.intake.problem import Problems
from gis_app.layer import Layer, Register
from gis_app.offline import parquet
from gis_app.offline.grid import Floats

_TOLD = 5
_OPTIONS = ("map", "set", "repair", "crs")  # of the command `gis-app import`
_HINT = (
    "命令行的 --map、--set、--repair、--crs 在此写作"
    " Source(columns=…, constants=…, repair=True, crs=…)。",
    " What --map, --set, --repair and --crs say on the command line is said here by"
    " Source(columns=…, constants=…, repair=True, crs=…).",
)


@dataclass(frozen=True, kw_only=True)
class Source:
    """A frame or a file, and what is to be said of it.

    `data`: a GeoDataFrame, a DataFrame, or the path of a GeoParquet, GeoPackage, shapefile, CSV …;
    `source_layer` of a file with several; `columns` names the source's column for a field where
    its own name does not tell; `constants` are values (as text) for all rows; `repair` mends
    invalid polygons, and tells so.
    """

    data: pd.DataFrame | Path | str
    source_layer: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    crs: str | None = None
    repair: bool = False


Given = Source | pd.DataFrame | Path | str


@dataclass(frozen=True)
class Rows:
    """What a source holds: typed `values` by field, one row a row of the source, and where it lies.

    `x`, `y` are longitude and latitude (EPSG:4490) of points, `shapes` of anything else.
    """

    values: pd.DataFrame
    problems: Problems
    x: Floats | None = None
    y: Floats | None = None
    shapes: geometry.Shapes | None = None

    def __len__(self) -> int:
        return len(self.values)


def rows(given: Given, collection: Layer | Register) -> Rows:
    """The rows of a source, checked; the caller's frame is left as it is.

    Raises `BadInput` naming rows, fields and the remedy; `UnknownCrs` for coordinates without a
    reference system; `UnreadableFile`.
    """
    source = given if isinstance(given, Source) else Source(data=given)
    table = _table(source)
    if isinstance(table, parquet.Points) and collection.geometry == "point":
        return _points(table, source, collection)
    if isinstance(table, parquet.Points):
        table = table.table()
    told = replace(_options(source, collection), repair=source.repair)
    placed = placing.place(table, collection, told)
    problems, shapes = placed.problems, placed.shapes
    blank = pd.Series(False, index=placed.matched.values.index)
    if collection.geometry != "none":
        shapes = geometry.check(shapes, placed.rows, collection, problems, repair=source.repair)
        placing.require(placed, shapes, blank)
    check.check_values(placed.matched, collection, blank, problems)
    refuse(problems, collection)
    values = placed.matched.values.reset_index(drop=True)
    if collection.geometry == "point":
        return Rows(values, problems, shapely.get_x(shapes), shapely.get_y(shapes))
    return Rows(values, problems, shapes=None if collection.geometry == "none" else shapes)


def with_data(source: Source, frame: pd.DataFrame) -> Source:
    """The same said of another frame."""
    return replace(source, data=frame, source_layer=None)


def frame(source: Source) -> pd.DataFrame:
    """A file as a frame, its shapes in its own CRS; as it stands, nothing is checked."""
    table = _table(source)
    if isinstance(table, parquet.Points):
        table = table.table()
    plain = table.frame.reset_index(drop=True)
    if table.geometry is None:
        return plain
    placed: pd.DataFrame = gpd.GeoDataFrame(plain, geometry=table.geometry, crs=table.crs)
    return placed


def refuse(problems: Problems, collection: Layer | Register) -> None:
    """Raise `BadInput` for problems that would refuse a row of an import, all of them within."""
    whole = problems.frame()
    bad = whole[whole["level"] == "refuse"]
    if bad.empty:
        return
    told = bad[["row", "zh", "en"]].head(_TOLD).to_numpy()
    more = len(bad) - len(told)
    zh = "；".join((f"第 {row} 行：" if row else "") + words for row, words, _ in told)
    en = "; ".join((f"row {row}: " if row else "") + words for row, _, words in told)
    zh_hint, en_hint = _HINT if any(f"--{o} " in f"{zh} " for o in _OPTIONS) else ("", "")
    raise BadInput(
        f"“{collection.zh}”有 {len(bad):,} 处须先改正：{zh}{'……' if more else '。'}{zh_hint}",
        f"{collection.id!r}: {len(bad):,} faults to be mended first: {en}{' …' if more else '.'}"
        f"{en_hint}",
        bad.to_dict("records"),
    )


def _options(source: Source, collection: Layer | Register) -> ImportOptions:
    return ImportOptions(
        layer=collection.id,
        source_layer=source.source_layer,
        mapping=source.columns,
        constants=source.constants,
        crs=source.crs,
    )


def _table(source: Source) -> read.Table | parquet.Points:
    if isinstance(source.data, pd.DataFrame):
        return _of_frame(source.data, source.crs)
    path = Path(source.data)
    if not path.exists():
        raise UnreadableFile(f"没有文件 {path}。", f"There is no file {path}.")
    if path.suffix.lower() in {".parquet", ".geoparquet"}:
        if (table := parquet.plain(path)) is not None:
            return table
        points = parquet.points(path, source.crs)
        if points is not None:
            return points
    return read.read(path, source_layer=source.source_layer, crs=source.crs)


def _of_frame(frame: pd.DataFrame, told: str | None) -> read.Table:
    numbers = pd.RangeIndex(1, len(frame) + 1)
    if not isinstance(frame, gpd.GeoDataFrame) or frame.active_geometry_name is None:
        return read.Table(frame.set_axis(numbers), None, None, "utf-8", "frame", "")
    crs = crs_module.parse(told) if told else None
    if crs is None and frame.crs is not None:
        crs = CRS.from_user_input(frame.crs)
    plain = pd.DataFrame(frame.drop(columns=frame.geometry.name)).set_axis(numbers)
    shapes = np.array(frame.geometry.array, dtype=object)
    return read.Table(plain, shapes, crs, "utf-8", "frame", "")


def _points(points: parquet.Points, source: Source, collection: Layer | Register) -> Rows:
    """As `rows`, of a file of points whose places never become objects."""
    table = points.table(placed=False)
    matched: Matched = match(table, collection, source.columns, source.constants)
    blank = pd.Series(False, index=matched.values.index)
    check.check_values(matched, collection, blank, matched.problems)
    bad = ~(np.abs(points.x) <= 180) | ~(np.abs(points.y) <= 85)
    matched.problems.add_rows(
        ("not_degrees", "refuse"),
        (
            "没有位置，或坐标超出经纬度范围，坐标系可能标错",
            "There is no place, or the coordinates are no degrees: wrong CRS?",
        ),
        table.rows[bad],
    )
    refuse(matched.problems, collection)
    values = matched.values.reset_index(drop=True)
    return Rows(values, matched.problems, points.x, points.y)
