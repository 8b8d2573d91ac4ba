"""Files read back by others than wrote them: GDAL, geopandas, openpyxl, the csv module."""

import csv
import io
import tempfile
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import geopandas as gpd
import pyogrio
import shapely
from openpyxl import load_workbook


@dataclass(frozen=True)
class Read:
    """The columns of a file in their order, its rows by name, and their places."""

    columns: list[str]
    rows: list[dict]
    places: list

    def by(self, key: str) -> dict:
        """Each row and its place, by a column in which no two are alike."""
        found = {row[key]: (row, p) for row, p in zip(self.rows, self.places, strict=True)}
        assert len(found) == len(self.rows)
        return found


def read(path: Path, kinds: dict[str, str]) -> Read:
    """A file of any format we write; `kinds` types what a format keeps as text."""
    match path.suffix:
        case ".csv":
            return _flat(_csv(path), kinds)
        case ".xlsx":
            return _flat(sheet(path, 0), kinds)
        case ".parquet":
            return _parquet(path)
        case ".zip":
            return read_zip(path)
        case _:
            return gdal(path, kinds)


def gdal(path: Path | str, kinds: dict[str, str] | None = None, **options) -> Read:
    """A file that GDAL reads."""
    meta, table = pyogrio.read_arrow(path, **options)
    place = meta["geometry_name"] or "wkb_geometry"
    fields = list(meta["fields"])
    if str(path).endswith(".kml"):  # the driver has columns of its own
        fields = [f for f in fields if f in kinds or (f == "Name" and "name" in kinds)]
    rows = [{f.replace("Name", "name"): row[f] for f in fields} for row in table.to_pylist()]
    wkb = table.column(place).to_pylist() if place in table.column_names else [None] * len(rows)
    typed = [{k: _typed(v, (kinds or {}).get(k, "")) for k, v in row.items()} for row in rows]
    names = [f.replace("Name", "name") for f in fields]
    if str(path).endswith(".kml"):  # <name> comes first
        names.sort(key=list(kinds).index)
    return Read(names, typed, [w and shapely.from_wkb(w) for w in wkb])


def read_zip(path: Path, encoding: str | None = None) -> Read:
    """The shapefiles of a zip together, under the names of the codebook beside them."""
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(path) as archive:
            archive.extractall(folder)
        names = {e["dbf"]: e["column"] for e in _csv(Path(folder) / "codebook.csv")}
        parts = [gdal(p, encoding=encoding) for p in sorted(Path(folder).glob("*.shp"))]
    rows = [{names[k]: v for k, v in row.items()} for part in parts for row in part.rows]
    return Read([names[c] for c in parts[0].columns], rows, [p for q in parts for p in q.places])


def inside(path: Path, name: str) -> list[dict]:
    """A CSV within a zip."""
    with zipfile.ZipFile(path) as archive:
        return list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))


def sheet(path: Path, at: int) -> list[dict]:
    """A sheet of a workbook: its rows by the names in the first."""
    book = load_workbook(path)
    head, *rows = book.worksheets[at].iter_rows(values_only=True)
    book.close()
    return [{None: head}, *(dict(zip(head, row, strict=True)) for row in rows)]


def _csv(path: Path) -> list[dict]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        found = csv.DictReader(file)
        if "codebook" in path.name:
            return list(found)
        return [{None: found.fieldnames}, *found]


def _parquet(path: Path) -> Read:
    table = gpd.pd.read_parquet(path, dtype_backend="pyarrow")
    places = [None] * len(table)
    if "geometry" in table:
        placed = gpd.read_parquet(path)
        assert placed.crs.to_epsg() == 4490
        places = list(placed.geometry)
        table = table.drop(columns=["geometry", "bbox"])
    rows = [
        {k: None if v is gpd.pd.NA else v for k, v in row.items()}
        for row in table.to_dict("records")
    ]
    return Read(list(table.columns), rows, places)


def _flat(told: list[dict], kinds: dict[str, str]) -> Read:
    (head, *rows) = told
    columns = [c for c in head[None] if c not in {"lon", "lat", "wkt"} or c in kinds]
    places = [_place(row) for row in rows]
    rows = [{c: _typed(row[c], kinds[c]) for c in columns} for row in rows]
    return Read(columns, rows, places)


def _place(row: dict):
    if row.get("wkt"):
        return shapely.from_wkt(row["wkt"])
    if row.get("lon") in {None, ""}:
        return None
    return shapely.Point(float(row["lon"]), float(row["lat"]))


def _typed(value, kind):
    if isinstance(value, datetime):
        return value.date()
    if value in {None, ""} or not isinstance(value, str):
        return value
    into = {
        "number": float,
        "integer": int,
        "boolean": {"true": True, "false": False}.get,
        "date": date.fromisoformat,
    }
    return into[kind](value) if kind in into else value
