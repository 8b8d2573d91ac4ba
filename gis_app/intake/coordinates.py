"""Where the rows of a spreadsheet lie: which columns say so, and what is wrong with them.

Each row is judged by itself, because registers are pasted together from several surveys.
Nothing is repaired: what could be meant is said, and the user says it with `--map` or `--crs`.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from pyproj import CRS

from gis_app import crs as crs_module
from gis_app.errors import BadInput
from gis_app.intake import angles, axes, crosscheck, grid, labels, systems
from gis_app.intake.cells import as_text
from gis_app.intake.columns import HINT, Columns
from gis_app.intake.crosscheck import Pair, Place
from gis_app.intake.problem import Problems, examples

_ROUGH = 3


@dataclass(frozen=True)
class Located:
    """Longitude and latitude (EPSG:4490) of each row, NaN where none; what system it was in."""

    lon: crosscheck.FloatArray
    lat: crosscheck.FloatArray
    systems: pd.Series
    problems: Problems


def locate(frame: pd.DataFrame, columns: Columns, crs: CRS | None) -> Located:
    """The place of every row; `crs` is what the user said of the coordinates, if anything."""
    problems = Problems()
    if not columns.pairs:
        raise BadInput(
            f"找不到坐标列。请用 {HINT['geographic']}、{HINT['grid']} 或 {HINT['wkt']} 指明。"
            f"现有列：{examples(frame.columns, 30)}",
            f"No coordinate columns are found. Name them: {HINT['geographic']}, {HINT['grid']}, or "
            f"{HINT['wkt']}. Columns: {examples(frame.columns, 30)}",
        )
    said = pd.Series(None, index=frame.index, dtype=object)
    if columns.label is not None:
        said = labels.report(as_text(frame[columns.label]), crs is not None, problems)
    main, *others = columns.pairs
    place = _place(frame, main, crs, problems, primary=True)
    for other in others:
        crosscheck.compare(
            place, _place(frame, other, crs, problems, primary=False), crs is not None, problems
        )
    if crs is None and (np.isfinite(place.lon)).any():
        problems.add(
            "datum_assumed",
            "info",
            f"没有说明坐标系，列“{main.x}”“{main.y}”按 CGCS2000 读取（可用 --crs 指明）",
            f"No coordinate system is named: {main.x!r} and {main.y!r} are read as CGCS2000 "
            "(say otherwise with --crs)",
        )
    return Located(place.lon, place.lat, systems.of_rows(place, said, crs), problems)


def _place(
    frame: pd.DataFrame, pair: Pair, crs: CRS | None, problems: Problems, *, primary: bool
) -> Place:
    x, y = as_text(frame[pair.x]), as_text(frame[pair.y])
    first, second = angles.parse(x), angles.parse(y)
    place = Place(pair, frame.index.to_numpy(), first.degrees, second.degrees, primary=primary)
    if primary:
        _report_unreadable(place, x, y, first.bad | second.bad, problems)
    for texts, header, read in ((x, pair.x, first), (y, pair.y, second)):
        problems.add_rows(
            ("dms_read", "info"),
            ("度分秒已换算为度", "Degrees, minutes and seconds were turned into degrees"),
            frame.index[read.dms][:1],
            column=header,
            value=texts[read.dms].to_numpy()[:1],
        )
    if crs is not None and crs.is_projected and not grid.is_gauss(crs):
        _fill(place, place.x_size > 1000, *crs_module.to_storage(crs, place.x, place.y))
        return place
    _degrees(place, crs, problems)
    _metres(place, crs, problems)
    if primary:
        _report_rough(place, x, y, problems)
    return place


def _report_unreadable(
    place: Place, x: pd.Series, y: pd.Series, bad: crosscheck.BoolArray, problems: Problems
) -> None:
    shown = (x.fillna("") + " , " + y.fillna("")).to_numpy()
    comma = (x.str.contains(",") | y.str.contains(",")).fillna(False).to_numpy(dtype=bool)
    half = np.isnan(place.x) != np.isnan(place.y)
    zero = (place.x == 0) & (place.y == 0)
    strange = ~(_is_degrees(place) | place.in_grid | place.in_grid_swapped | bad | half | zero)
    strange &= ~np.isnan(place.x)
    for mask, code, words in (
        (bad & comma, "decimal_comma", ("坐标里有逗号，小数点请写“.”", "A comma: write a point")),
        (bad & ~comma, "bad_coordinate", ("坐标读不懂", "The coordinate cannot be read")),
        (
            half & ~bad,
            "half_coordinate",
            ("只有一个坐标值", "Only one of two coordinates is given"),
        ),
        (zero, "zero_coordinate", ("坐标为 (0, 0)", "The coordinate is (0, 0)")),
    ):
        place.refuse(mask, code, words, problems, shown)
    place.strange = strange
    place.shown = shown


def _is_degrees(place: Place) -> crosscheck.BoolArray:
    x, y = np.abs(place.x), np.abs(place.y)
    return (x <= 180) & (y <= 180)


def _fill(
    place: Place, rows: crosscheck.BoolArray, lon: crosscheck.FloatArray, lat: crosscheck.FloatArray
) -> None:
    place.lon[rows], place.lat[rows] = lon[rows], lat[rows]


def _degrees(place: Place, crs: CRS | None, problems: Problems) -> None:
    rows = _is_degrees(place) & ~((place.x == 0) & (place.y == 0))
    turned = rows & (
        (np.abs(place.y) > 90)
        | ((place.x >= 15) & (place.x <= 55) & (place.y >= 73) & (place.y <= 136))
    )
    if place.pair.kind == "either" and _more(turned, rows & ~turned):
        axes.surveyors(place, turned, problems)
        place.x[turned], place.y[turned] = place.y[turned].copy(), place.x[turned].copy()
        turned = rows & ~turned
        axes.otherwise(place, turned, problems)
    else:
        axes.swapped(place, turned, problems)
    good = rows & ~turned & (np.abs(place.y) <= 90)
    lon, lat = place.x, place.y
    if crs is not None and crs.is_geographic:
        lon, lat = crs_module.to_storage(crs, place.x, place.y)
    _fill(place, good, lon, lat)


def _metres(place: Place, crs: CRS | None, problems: Problems) -> None:
    turned = place.in_grid_swapped & ~place.in_grid
    if place.pair.kind == "either" and _more(turned, place.in_grid):
        axes.surveyors(place, turned, problems)
        axes.otherwise(place, place.in_grid, problems)
    else:
        axes.swapped(place, turned, problems)
    easting = np.where(turned, place.y, place.x)
    northing = np.where(turned, place.x, place.y)
    rows = place.in_grid | turned
    if not rows.any():
        return
    meridian = grid.central_meridian(easting)
    bare = rows & np.isnan(meridian)
    told = grid.meridian_of(crs)
    if told is not None:
        wrong = rows & ~np.isnan(meridian) & (meridian != told)
        place.report(
            wrong, ("wrong_zone", "refuse"),
            (
                f"带号与 --crs 的中央经线 {told:g}° 不符",
                f"The zone prefix is not that of --crs ({told:g}°)",
            ),
            problems, easting,
        )  # fmt: skip
        meridian = np.where(bare, told, meridian)
    else:
        _say_bare(place, bare, meridian[rows], problems, easting)
    place.grid_e, place.grid_n, place.meridian = easting % 1_000_000, northing, meridian
    place.bare = bare
    lon, lat = grid.to_lonlat(easting, northing, meridian)
    if crs is not None and told is not None and crs.is_bound:
        lon, lat = crs_module.to_storage(
            crs, easting % 1_000_000 + grid.false_prefix(crs), northing
        )
    six = ~np.isnan(meridian) & (easting // 1_000_000 >= 13) & (easting // 1_000_000 <= 23)
    _say_far(place, rows & ~six & (np.abs(lon - meridian) > 1.75), (lon, meridian), problems)
    _fill(place, rows & ~(turned & (place.pair.kind != "either")), lon, lat)


def _more(rows: crosscheck.BoolArray, others: crosscheck.BoolArray) -> bool:
    # what most rows of a sheet say is its order: one that was typed the other way turns no sheet
    return bool(rows.sum() > others.sum())


def _say_bare(
    place: Place,
    bare: crosscheck.BoolArray,
    known: crosscheck.FloatArray,
    problems: Problems,
    easting: crosscheck.FloatArray,
) -> None:
    found = np.unique(known[np.isfinite(known)])
    count = int(np.isfinite(known).sum())
    zones = examples(f"{m:g}°" for m in found)
    zh = f"东坐标没有带号，无法定位。其余 {count} 行的中央经线为 {zones}；"
    en = f"The easting has no zone prefix. {count} other rows are in {zones}; "
    place.report(
        bare,
        ("zone_prefix_missing", "refuse"),
        (
            (zh if count else "东坐标没有带号，无法定位；") + "请用 --crs 指明（如 EPSG:4547）",
            (en if count else "The easting has no zone prefix; ")
            + "name the zone with --crs (EPSG:4547 …)",
        ),
        problems,
        easting,
    )


def _say_far(
    place: Place,
    rows: crosscheck.BoolArray,
    where: tuple[crosscheck.FloatArray, crosscheck.FloatArray],
    problems: Problems,
) -> None:
    lon, meridian = where
    off = np.abs(lon - meridian)
    for mask, level in ((rows & (off > 2.5), "refuse"), (rows & (off <= 2.5), "warn")):
        at = np.flatnonzero(mask)
        place.report(
            mask,
            ("wrong_zone", level),
            (
                [
                    f"距中央经线 {meridian[i]:g}° 有 {off[i]:.1f}°，超出三度带，带号可能有误"
                    for i in at
                ],
                [
                    f"{off[i]:.1f}° from the central meridian {meridian[i]:g}°: not its 3° zone"
                    for i in at
                ],
            ),
            problems,
            lon,
        )


def _report_rough(place: Place, x: pd.Series, y: pd.Series, problems: Problems) -> None:
    place.refuse(
        place.strange & np.isnan(place.lon),
        "bad_coordinate",
        (
            "坐标既不是经纬度也不是高斯坐标",
            "The coordinate is neither degrees nor a Gauss–Krüger position",
        ),
        problems,
        place.shown,
    )
    digits = np.maximum(angles.decimals(x), angles.decimals(y))
    degrees = np.isfinite(place.lon) & (np.abs(place.x) <= 180)
    rough = degrees & (digits <= _ROUGH)
    metres = 111_320.0 / 10.0 ** digits[rough]
    problems.add_rows(
        ("low_precision", "warn"),
        (
            [
                f"坐标只有 {d} 位小数，约 {m:,.0f} 米"
                for d, m in zip(digits[rough], metres, strict=True)
            ],
            [
                f"Only {d} decimals: about {m:,.0f} m"
                for d, m in zip(digits[rough], metres, strict=True)
            ],
        ),
        place.rows[rough],
        column=place.pair.x,
        value=place.shown[rough],
    )
    blunt = place.in_grid & (place.x % 100 == 0) & (place.y % 100 == 0)
    problems.add_rows(
        ("low_precision", "warn"),
        ("坐标取整到百米", "The coordinate is rounded to a hundred metres"),
        place.rows[blunt],
        column=place.pair.x,
        value=place.shown[blunt],
    )
