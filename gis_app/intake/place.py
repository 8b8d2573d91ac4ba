"""Does a row lie where it says? Only asked where districts are loaded."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import shapely
from numpy.typing import NDArray
from sqlalchemy import Connection

from gis_app import crs as crs_module
from gis_app.intake.geometry import Rows, Shapes
from gis_app.intake.problem import Problems
from gis_app.store import staging

MOST_EXPLAINED = 20_000  # rows outside for which another reading of the numbers is tried
FloatArray = NDArray[np.float64]
_CANDIDATES: dict[str, tuple[str, str]] = {
    "swapped_axes": ("经纬度互换后落在区内", "with longitude and latitude swapped it lies inside"),
    "gcj02_suspected": (
        "像是火星坐标（GCJ-02）：还原后落在区内",
        "it looks like GCJ-02: restored, it lies inside",
    ),
    "wrong_zone": (
        "像是带号差了：换带后落在区内",
        "the zone number looks wrong: in another it lies inside",
    ),
}


@dataclass(frozen=True)
class Stated:
    """What the rows say of themselves: shapes (None where unknown), and their area code."""

    shapes: Shapes
    rows: Rows
    area_codes: pd.Series | None
    header: str | None


def check(
    conn: Connection, stated: Stated, problems: Problems, *, anywhere: bool
) -> dict[int, str]:
    """Report rows outside every loaded district or outside the one they state; for each row the
    codes of the districts that it touches, comma-separated.

    With each comes what else the numbers could mean, with both positions. Nothing is moved.
    """
    names = staging.districts(conn)
    there = ~shapely.is_missing(stated.shapes)
    if not names or not there.any():
        return {}
    found = _districts_of(conn, stated.shapes[there], stated.rows[there])
    codes = pd.Series(found).reindex(stated.rows[there])
    outside = there.copy()
    outside[there] = codes.isna().to_numpy()
    wanted = _wanted(stated, names, problems)
    elsewhere = there.copy()
    elsewhere[there] = [
        bool(isinstance(at, str) and w and not _any_within(at, w))
        for at, w in zip(codes, wanted[there], strict=True)
    ]
    other = _explained(conn, stated, outside | elsewhere, wanted)
    places = {row: _named(at, names) for row, at in found.items()}
    for mask, code, level in (
        (outside, "outside_districts", "info" if anywhere else "refuse"),
        (elsewhere, "wrong_district", "warn"),
    ):
        _report(stated, mask, (code, level, other, places), problems)
    return found


def fill(codes: pd.Series, found: Mapping[int, str], problems: Problems) -> pd.Series:
    """Area codes (by row) with the blank ones taken from the districts that the rows touch.

    Who sees a county alone sees what bears its code: so it is filled, and told, where one district
    is touched; where it stays blank a warning says what follows.
    """
    blank = codes.index[codes.isna() & codes.index.isin(list(found))]
    sole = [row for row in blank if "," not in found[row]]
    problems.add_rows(
        ("area_code_filled", "info"),
        ("行政区划代码空白，按所在行政区填写", "No area code: that of the district it lies in"),
        sole,
        column="area_code",
        value=[found[row] for row in sole],
    )
    problems.add_rows(
        ("area_code_blank", "warn"),
        (
            "行政区划代码空白，且位于几个行政区交界处：只有县级权限的人员看不到，请填写",
            "No area code, on the border of districts: who may see one county alone will not see "
            "it. Fill it in",
        ),
        [row for row in blank if "," in found[row]],
        column="area_code",
    )
    return codes.where(~codes.index.isin(sole), codes.index.to_series().map(found))


def _report(
    stated: Stated,
    mask: NDArray[np.bool_],
    kind: tuple[str, str, Mapping[int, tuple[str, FloatArray]], Mapping[int, str]],
    problems: Problems,
) -> None:
    code, level, other, places = kind
    spots = _spots(stated.shapes)
    by_code: dict[str, list[tuple[int, str, str, str]]] = {}
    for at in np.flatnonzero(mask):
        row = int(stated.rows[at])
        x, y = spots[at]
        zh = (
            "不在任何已载入的行政区内"
            if code == "outside_districts"
            else f"位于{places.get(row, '')}，与所填行政区不符"
        )
        en = (
            "Lies outside every loaded district"
            if code == "outside_districts"
            else f"Lies in {places.get(row, '')}, not in the district stated"
        )
        final = code
        if row in other:
            final, (lon, lat) = other[row]
            more_zh, more_en = _CANDIDATES[final]
            zh += f"；{more_zh}（原 {x:.6f},{y:.6f}；另 {lon:.6f},{lat:.6f}），请核实，未作改动"
            en += f"; {more_en} (as given {x:.6f},{y:.6f}; else {lon:.6f},{lat:.6f}). Not changed"
        by_code.setdefault(final, []).append((row, zh, en, f"{x:.6f},{y:.6f}"))
    for final, said in by_code.items():
        rows, zhs, ens, values = (list(part) for part in zip(*said, strict=True))
        problems.add_rows((final, level), (zhs, ens), rows, column=stated.header, value=values)  # type: ignore[arg-type]


def _wanted(stated: Stated, names: Mapping[str, str], problems: Problems) -> NDArray[np.object_]:
    """The stated area code of each row where a loaded district can answer to it, else None."""
    wanted = np.full(len(stated.rows), None, dtype=object)
    if stated.area_codes is None:
        return wanted
    texts = stated.area_codes.astype(object).where(stated.area_codes.notna(), None)
    judged = {c: any(_within(d, c) for d in names) for c in texts.dropna().unique()}
    unknown = texts.map(lambda c: c is not None and not judged[c]).to_numpy(dtype=bool)
    problems.add_rows(
        ("area_code_unknown", "warn"),
        (
            "行政区划代码不在已载入的行政区中，无法核对位置",
            "No loaded district has this area code: the place cannot be checked",
        ),
        stated.rows[unknown],
        column=stated.header,
        value=texts[unknown].to_numpy(),
    )
    wanted[~unknown] = texts.to_numpy()[~unknown]
    return wanted


def _within(district: str, code: str) -> bool:
    """Whether one of two area codes is the beginning of the other (1403 and 140321)."""
    return district.startswith(code) or code.startswith(district)


def _any_within(districts: str, code: str) -> bool:
    return any(_within(d, code) for d in districts.split(","))


def _named(codes: object, names: Mapping[str, str]) -> str:
    return "、".join(f"{names.get(c, '')} {c}".strip() for c in str(codes).split(","))


def _spots(shapes: Shapes) -> FloatArray:
    spots = np.full((len(shapes), 2), np.nan)
    there = ~shapely.is_missing(shapes)
    spots[there] = shapely.get_coordinates(shapely.point_on_surface(shapes[there]))
    return spots


def _districts_of(conn: Connection, shapes: Shapes, rows: Rows) -> dict[int, str]:
    hexed = shapely.to_wkb(
        shapely.set_srid(shapes, crs_module.STORAGE_SRID), hex=True, include_srid=True
    )
    staging.stage_shapes(conn, pa.table({"row_no": pa.array(rows), "geom": pa.array(hexed)}))
    return staging.districts_at(conn)


def _explained(
    conn: Connection, stated: Stated, odd: NDArray[np.bool_], wanted: NDArray[np.object_]
) -> dict[int, tuple[str, FloatArray]]:
    """For rows that lie wrong: the first other reading of the numbers that lies right."""
    at = np.flatnonzero(odd & (shapely.get_type_id(stated.shapes) == 0))[:MOST_EXPLAINED]
    found: dict[int, tuple[str, FloatArray]] = {}
    spots = _spots(stated.shapes)
    for code, reading in _readings():
        left = np.array([i for i in at if int(stated.rows[i]) not in found], dtype=int)
        if not len(left):
            break
        moved = reading(spots[left])
        spots_moved = np.asarray(shapely.points(moved), dtype=object)
        inside = _districts_of(conn, spots_moved, stated.rows[left])
        for i, place in zip(left, moved, strict=True):
            codes = inside.get(int(stated.rows[i]))
            if codes and (not wanted[i] or _any_within(codes, wanted[i])):
                found[int(stated.rows[i])] = (code, place)
    return found


def _readings() -> list[tuple[str, Callable[[FloatArray], FloatArray]]]:
    def shifted(by: float) -> Callable[[FloatArray], FloatArray]:
        # the same easting in the next zone is the same distance from another meridian
        return lambda spots: spots + np.array([by, 0.0])

    zones = [("wrong_zone", shifted(by)) for by in (3.0, -3.0, 6.0, -6.0)]
    return [("swapped_axes", lambda spots: spots[:, ::-1]), ("gcj02_suspected", _restored), *zones]


def _restored(spots: FloatArray) -> FloatArray:
    places = [crs_module.from_gcj02(float(x), float(y)) for x, y in spots]
    return np.array([[p.lon, p.lat] for p in places])
