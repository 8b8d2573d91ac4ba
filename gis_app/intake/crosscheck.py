"""Two statements of one place in the same row, held against each other."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from gis_app import crs as crs_module
from gis_app.intake import grid, labels
from gis_app.intake.problem import Level, Problems

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
Words = tuple[str | list[str], str | list[str]]
_AGREE_M, _APART_M = 200.0, 1000.0
_FITS_M, _MISFITS_M = 0.5, 0.8  # 1.2 m lie between the ellipsoids of CGCS2000 and Xi'an 80


@dataclass(frozen=True)
class Pair:
    """Two columns that hold a place; `either` is a pair headed only X and Y."""

    x: str
    y: str
    kind: Literal["geographic", "grid", "either"] | str
    told: bool = False


@dataclass
class Place:
    """The rows of one pair while they are being understood: numbers in, degrees out."""

    pair: Pair
    rows: NDArray[np.int64]
    x: FloatArray
    y: FloatArray
    primary: bool
    lon: FloatArray = field(init=False)
    lat: FloatArray = field(init=False)
    grid_e: FloatArray | None = None
    grid_n: FloatArray | None = None
    meridian: FloatArray | None = None
    bare: BoolArray | None = None
    strange: BoolArray = field(init=False)
    shown: NDArray[np.object_] = field(init=False)

    def __post_init__(self) -> None:
        self.lon, self.lat = np.full(len(self.x), np.nan), np.full(len(self.x), np.nan)
        self.strange = np.zeros(len(self.x), dtype=bool)

    @property
    def x_size(self) -> FloatArray:
        """How large the numbers are: degrees and metres differ by orders."""
        return np.maximum(np.abs(self.x), np.abs(self.y))

    @property
    def in_grid(self) -> BoolArray:
        """Rows whose x is an easting and y a northing."""
        return grid.is_easting(self.x) & grid.is_northing(self.y)

    @property
    def in_grid_swapped(self) -> BoolArray:
        """Rows whose x is a northing and y an easting."""
        return grid.is_easting(self.y) & grid.is_northing(self.x)

    def refuse(
        self,
        mask: BoolArray,
        code: str,
        words: Words,
        problems: Problems,
        shown: NDArray[np.object_],
    ) -> None:
        """Refuse the rows of a mask for one reason, showing what stands there."""
        problems.add_rows(
            (code, "refuse"), words, self.rows[mask], column=self.pair.x, value=shown[mask]
        )

    def report(
        self,
        mask: BoolArray,
        finding: tuple[str, Level | str],
        words: Words,
        problems: Problems,
        values: FloatArray,
    ) -> None:
        """Report rows; what is wrong with a pair that only serves to compare is a warning."""
        level: Level = "refuse" if self.primary and finding[1] == "refuse" else "warn"
        problems.add_rows(
            (finding[0], level), words, self.rows[mask], column=self.pair.x,
            value=[f"{v:.10g}" for v in values[mask]],
        )  # fmt: skip


def compare(main: Place, other: Place, told: bool, problems: Problems) -> None:
    """Report rows whose two places lie apart, or agree only on another datum.

    `told`: the user named the coordinate system, so that datum findings are warnings.
    """
    if other.grid_e is not None and main.grid_e is None:
        _judge_datum(main, other, told, problems)
    lon, lat = _completed(other)
    both = np.isfinite(main.lon) & np.isfinite(lon)
    apart = np.zeros(len(main.lon))
    if both.any():
        _, _, metres = crs_module.GEOD.inv(main.lon[both], main.lat[both], lon[both], lat[both])
        apart[both] = metres
    for mask, level in (
        (apart > _APART_M, "refuse"),
        ((apart > _AGREE_M) & (apart <= _APART_M), "warn"),
    ):
        at = np.flatnonzero(mask)
        names = f"{main.pair.x}/{main.pair.y}", f"{other.pair.x}/{other.pair.y}"
        problems.add_rows(
            ("coordinates_disagree", level),  # type: ignore[arg-type]
            (
                [
                    f"列 {names[0]} 与 {names[1]} 所指位置相距 {_far(apart[i])}，不知哪个对"
                    for i in at
                ],
                [
                    f"{names[0]} and {names[1]} lie {_far(apart[i])} apart: which is right?"
                    for i in at
                ],
            ),
            main.rows[mask],
            column=main.pair.y,
            value=[f"{main.lon[i]:.6f},{main.lat[i]:.6f} | {lon[i]:.6f},{lat[i]:.6f}" for i in at],
        )


def _far(metres: float) -> str:
    return f"{metres / 1000:.0f} km" if metres >= 10_000 else f"{metres:.0f} m"


def _completed(other: Place) -> tuple[FloatArray, FloatArray]:
    """The other place, swapped or bare rows understood as their neighbours are."""
    if other.grid_e is None or other.grid_n is None or other.meridian is None:
        return other.lon, other.lat
    return grid.to_lonlat(other.grid_e, other.grid_n, _all_meridians(other))


def _all_meridians(other: Place) -> FloatArray:
    if other.meridian is None:
        return np.full(len(other.x), np.nan)
    known = other.meridian[np.isfinite(other.meridian)]
    one = known[0] if len(np.unique(known)) == 1 else np.nan
    missing = np.isnan(other.meridian) & (other.bare if other.bare is not None else False)
    return np.where(missing, one, other.meridian)


def _judge_datum(main: Place, other: Place, told: bool, problems: Problems) -> None:
    """On which ellipsoid do degrees and metres of a row agree? They are of that datum."""
    if other.grid_e is None or other.grid_n is None:
        return
    meridian = _all_meridians(other)
    misfit = {}
    for name in grid.ELLIPSOIDS:
        east, north = grid.to_grid(main.lon, main.lat, meridian, name)
        misfit[name] = np.hypot(other.grid_e - east, other.grid_n - north)
    for name in ("xian80", "beijing54"):
        fits = (misfit[name] < _FITS_M) & (misfit["cgcs2000"] > _MISFITS_M)
        at = np.flatnonzero(fits)
        zh, en = labels.NAMES[name]
        pair = f"{other.pair.x}/{other.pair.y}"
        apart = misfit["cgcs2000"]
        problems.add_rows(
            ("degrees_on_legacy_datum", "warn" if told else "refuse"),
            (
                [
                    f"经纬度与 {pair} 按{zh}椭球吻合（差 {misfit[name][i]:.2f} 米），"
                    f"按 CGCS2000 差 {apart[i]:.1f} 米：这是{zh}经纬度，不可当作 CGCS2000"
                    for i in at
                ],
                [
                    f"The degrees agree with {pair} on the ellipsoid of {en} (to "
                    f"{misfit[name][i]:.2f} m), on CGCS2000 they are {apart[i]:.1f} m off: they "
                    f"are {en} degrees and no others"
                    for i in at
                ],
            ),
            main.rows[fits],
            column=main.pair.x,
            value=[f"{main.lon[i]:.8f},{main.lat[i]:.8f}" for i in at],
        )
