"""Which columns of a spreadsheet hold coordinates: told by the user, or known by their headers."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from gis_app.errors import BadInput
from gis_app.intake import labels, units, wkt
from gis_app.intake.crosscheck import Pair
from gis_app.intake.match import header_named

TOLD = ("lon", "lat", "easting", "northing", "crs_label", "wkt")
_GEOGRAPHIC = (
    ("longitude", "latitude"), ("经度", "纬度"), ("lon", "lat"), ("lng", "lat"), ("long", "lat"),
    ("东经", "北纬"), ("经度坐标", "纬度坐标"), ("longitudedd", "latitudedd"),
    ("井口经度", "井口纬度"), ("中心经度", "中心纬度"), ("longitudedeg", "latitudedeg"),
)  # fmt: skip
_GRID = (
    ("easting", "northing"), ("east", "north"), ("东坐标", "北坐标"), ("横坐标", "纵坐标"),
    ("utmx", "utmy"), ("utmeasting", "utmnorthing"), ("eastingm", "northingm"),
)  # fmt: skip
_EITHER = (
    ("x", "y"), ("x坐标", "y坐标"), ("坐标x", "坐标y"), ("xcoord", "ycoord"), ("pointx", "pointy"),
    ("xcoordinate", "ycoordinate"), ("coordx", "coordy"), ("x值", "y值"),
)  # fmt: skip
_SHAPES = ("wkt", "geom", "geometry", "thegeom", "图形", "几何", "空间位置")
HINT = {
    "geographic": "--map lon=… --map lat=…",
    "grid": "--map easting=… --map northing=…",
    "wkt": "--map wkt=…",
}


@dataclass(frozen=True)
class Columns:
    """The coordinate columns of a table: the pair that counts first, others to compare with.

    `wkt` is the column of shapes written out, where there is one.
    """

    pairs: tuple[Pair, ...]
    label: str | None = None
    wkt: str | None = None

    @property
    def used(self) -> set[str]:
        """The headers that serve as coordinates."""
        both = {h for pair in self.pairs for h in (pair.x, pair.y)}
        return both | {header for header in (self.label, self.wkt) if header}

    @property
    def named(self) -> dict[str, str]:
        """The headers of the pair that counts, the system and the shapes, by what they tell."""
        names = {
            "geographic": ("lon", "lat"),
            "grid": ("easting", "northing"),
            "either": ("x", "y"),
        }
        first = self.pairs[0] if self.pairs else None
        pair = dict(zip(names[first.kind], (first.x, first.y), strict=True)) if first else {}
        more = {"crs_label": self.label, "wkt": self.wkt}
        return pair | {name: header for name, header in more.items() if header}


def find(frame: pd.DataFrame, told: Mapping[str, str]) -> Columns:
    """The coordinate columns: told (the names of `TOLD`), or found by their headers.

    Raises `BadInput` when only one of a pair is told or a told column is missing.
    """
    headers = [str(h) for h in frame.columns]
    pairs: list[Pair] = []
    for kind, names in (("geographic", ("lon", "lat")), ("grid", ("easting", "northing"))):
        given = [told.get(name) for name in names]
        if any(given) and not all(given):
            raise BadInput(
                f"坐标列须成对说明：{HINT[kind]}",
                f"Coordinate columns come in pairs: {HINT[kind]}",
            )
        if given[0] and given[1]:
            x, y = (header_named(str(g), headers) for g in given)
            pairs.append(Pair(x, y, kind, told=True))
    by_name = {units.split(h)[0]: h for h in reversed(headers)}
    for kind, known in (("geographic", _GEOGRAPHIC), ("grid", _GRID), ("either", _EITHER)):
        for x, y in known:
            if x in by_name and y in by_name:
                pairs.append(Pair(by_name[x], by_name[y], kind))
    seen: set[frozenset[str]] = set()
    distinct = []
    for pair in pairs:
        if (key := frozenset((pair.x, pair.y))) not in seen:
            seen.add(key)
            distinct.append(pair)
    label, shape = told.get("crs_label"), told.get("wkt")
    return Columns(
        tuple(distinct),
        header_named(label, headers) if label else labels.find(headers),
        header_named(shape, headers) if shape else _shapes(frame, by_name),
    )


def _shapes(frame: pd.DataFrame, by_name: Mapping[str, str]) -> str | None:
    """The column that is headed WKT and not blank, or headed as shapes and begins with one."""
    for word in _SHAPES:
        texts = wkt.texts(frame[by_name[word]]) if word in by_name else None
        if texts is not None and len(texts) and (word == "wkt" or wkt.begins(texts)):
            return by_name[word]
    return None
