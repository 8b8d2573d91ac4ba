"""The formats that a table is written in."""

from collections.abc import Callable, Generator
from dataclasses import dataclass

from gis_app.errors import BadInput
from gis_app.export import as_csv, as_gdal, as_geojson, as_kml, as_parquet, as_shapefile, as_xlsx
from gis_app.export.table import Table

Writer = Callable[[Table, str | None], Generator[bytes, None, None]]


@dataclass(frozen=True, kw_only=True)
class Format:
    """One format: its name in a query, its suffix and its media type.

    `flat`: without geometry, so that places are columns; `places_only`: nothing without a place;
    `packed`: compressed already; `encodings`: those to choose from.
    """

    key: str
    suffix: str
    media: str
    write: Writer
    flat: bool = False
    places_only: bool = False
    packed: bool = False
    carries_codebook: bool = False
    encodings: tuple[str, ...] = ()

    def check(self, zh: str, en: str, *, placed: bool, encoding: str | None) -> None:
        """Raise `BadInput` where the format cannot carry such a table, or such an encoding."""
        if self.places_only and not placed:
            others = [f.key for f in FORMATS.values() if not f.places_only]
            raise BadInput(
                f"“{zh}”没有位置，{self.key} 只能存有位置的要素。请用：{'、'.join(others)}。",
                f"{en} keeps no places and {self.key} holds nothing else. "
                f"Ask for one of: {', '.join(others)}.",
            )
        if encoding is not None and encoding.lower() not in self.encodings:
            known = "；".join(f"{f.key}: {', '.join(f.encodings)}" for f in _choosers())
            raise BadInput(
                f"{self.key} 不能用编码“{encoding}”。可选编码的格式：{known}。",
                f"{self.key} has no encoding {encoding!r}. To choose from: {known}.",
            )


def _choosers() -> list[Format]:
    return [f for f in FORMATS.values() if f.encodings]


def _plainly(write: Callable[[Table], Generator[bytes, None, None]]) -> Writer:
    return lambda table, _: write(table)


_ALL = (
    Format(
        key="parquet",
        suffix=".parquet",
        media="application/vnd.apache.parquet",
        write=_plainly(as_parquet.write),
        packed=True,
    ),
    Format(
        key="gpkg",
        suffix=".gpkg",
        media="application/geopackage+sqlite3",
        write=_plainly(as_gdal.geopackage),
    ),
    Format(
        key="fgb",
        suffix=".fgb",
        media="application/flatgeobuf",
        write=_plainly(as_gdal.flatgeobuf),
        places_only=True,
    ),
    Format(
        key="csv",
        suffix=".csv",
        media="text/csv; charset=utf-8",
        write=_plainly(as_csv.write),
        flat=True,
    ),
    Format(
        key="xlsx",
        suffix=".xlsx",
        media="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        write=_plainly(as_xlsx.write),
        flat=True,
        packed=True,
        carries_codebook=True,
    ),
    Format(
        key="kml",
        suffix=".kml",
        media="application/vnd.google-earth.kml+xml",
        write=_plainly(as_kml.write),
        places_only=True,
    ),
    Format(
        key="shp",
        suffix=".zip",
        media="application/zip",
        write=lambda table, encoding: as_shapefile.write(table, encoding or "utf-8"),
        places_only=True,
        packed=True,
        carries_codebook=True,
        encodings=tuple(as_shapefile.ENCODINGS),
    ),
    Format(
        key="geojson",
        suffix=".geojson",
        media="application/geo+json",
        write=_plainly(as_geojson.write),
    ),
)
FORMATS: dict[str, Format] = {each.key: each for each in _ALL}
