"""Zones as read from files: versions, days of validity, polygons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from gis_app.errors import BadInput
from gis_app.intake.typed import law_status
from gis_app.offline import reading
from gis_app.offline.grid import Floats
from gis_app.registry import Registry

ACCURACY_M = 10.0  # as the column's default in the service
_OWN = ("zone_id", "version", "layer")
_KEPT = ("name", "grade", "area_code", "law_status", "valid_from", "valid_to")


@dataclass(frozen=True)
class Zones:
    """Zone versions: `table` with zone_id, version, layer, name, grade, area_code, law_status,
    valid_from, valid_to and boundary_accuracy_m; and their polygons (EPSG:4490), row by row.
    """

    table: pd.DataFrame
    shapes: NDArray[np.object_]
    problems: pd.DataFrame

    def __len__(self) -> int:
        return len(self.table)

    @property
    def accuracy_m(self) -> Floats:
        """The accuracy of each boundary, metres."""
        return self.table["boundary_accuracy_m"].to_numpy(dtype=np.float64)

    def in_force(self, on: date, layers: Sequence[str] | None = None) -> "Zones":
        """Those that are law on a day (start in, end out), of some layers."""
        own = self.table
        law = (own["law_status"] == "approved") & (own["valid_from"] <= on)
        law &= own["valid_to"].isna() | (own["valid_to"] > on)
        if layers is not None:
            law &= own["layer"].isin(list(layers))
        return self.where(law.to_numpy(dtype=bool))

    def where(self, kept: NDArray[np.bool_]) -> "Zones":
        """Those of which a mask says so."""
        table = self.table[kept].reset_index(drop=True)
        return Zones(table, self.shapes[kept], self.problems)

    def since(self, row: int, lon: float, lat: float, versions: "Zones") -> date | None:
        """The day from which a place has been in a zone without a break (`gis.zone_since`)."""
        zone = self.table.iloc[row]
        own = versions.table
        past = (own["zone_id"] == zone["zone_id"]) & (own["version"] <= zone["version"])
        past &= own["law_status"] == "approved"
        since: date | None = None
        at = own[past].sort_values("valid_from", ascending=False)
        for number, each in zip(at.index, at.itertuples(index=False), strict=True):
            if not shapely.intersects_xy(versions.shapes[number], lon, lat):
                continue
            if since is not None and each.valid_to != since:
                break
            since = each.valid_from
        return since


Given = reading.Given | Mapping[str, reading.Given]


def zones(given: Given, registry: Registry) -> Zones:
    """Zones of a frame or file with a column `layer`, or of one frame or file for each layer.

    `zone_id` and `version` are taken where they are there (several versions of a zone tell since
    when its ground has been in it); else every row is a zone of its own. Raises `BadInput` naming
    layers, rows and fields.
    """
    parts: list[pd.DataFrame] = []
    shapes: list[NDArray[np.object_]] = []
    problems: list[pd.DataFrame] = []
    for layer_id, source in _by_layer(given, registry):
        own, ids = _without_ids(source)
        read = reading.rows(own, registry.layer(layer_id))
        table = _table(read, layer_id)
        parts.append(table.assign(**{name: ids[name].to_numpy() for name in ids}))
        shapes.append(read.shapes if read.shapes is not None else np.zeros(0, dtype=object))
        problems.append(read.problems.frame().assign(source=layer_id))
    if not parts:
        return Zones(_blank(), np.zeros(0, dtype=object), pd.DataFrame())
    table = pd.concat(parts, ignore_index=True)
    table["zone_id"] = _numbered(table)
    table["version"] = pd.to_numeric(table["version"]).fillna(1).astype("int64")
    return Zones(table, np.concatenate(shapes), pd.concat(problems, ignore_index=True))


def _by_layer(given: Given, registry: Registry) -> list[tuple[str, reading.Source]]:
    if isinstance(given, Mapping):
        named = [(layer, _source(each)) for layer, each in given.items()]
    else:
        named = _split(_source(given))
    for layer, _ in named:
        if registry.layer(layer).geometry != "polygon":
            raise BadInput(f"“{layer}”不是面图层。", f"{layer!r} is no layer of polygons.")
    return named


def _split(source: reading.Source) -> list[tuple[str, reading.Source]]:
    data = source.data
    frame = data if isinstance(data, pd.DataFrame) else reading.frame(source)
    if "layer" not in frame:
        raise BadInput(
            "区划须有 layer 一列，说明每个区属于哪个图层；或按图层给出：zones={图层: 数据}。",
            "Zones need a column `layer` that says to which layer each belongs; or give them by "
            "layer: zones={layer: data}.",
        )
    blank = frame["layer"].isna()
    if blank.any():
        rows = ", ".join(str(n + 1) for n in np.flatnonzero(blank)[:5])
        raise BadInput(f"第 {rows} 行没有图层（layer）。", f"Rows {rows} have no layer.")
    return [
        (str(name), reading.with_data(source, part.drop(columns="layer")))
        for name, part in frame.groupby("layer", sort=False)
    ]


def _source(given: reading.Given) -> reading.Source:
    return given if isinstance(given, reading.Source) else reading.Source(data=given)


def _without_ids(source: reading.Source) -> tuple[reading.Source, dict[str, pd.Series]]:
    """A source without `zone_id` and `version`, and these."""
    if not isinstance(source.data, pd.DataFrame):
        source = reading.with_data(source, reading.frame(source))
    frame = pd.DataFrame() if isinstance(source.data, str | Path) else source.data
    held = [name for name in ("zone_id", "version") if name in frame]
    return reading.with_data(source, frame.drop(columns=held)), {n: frame[n] for n in held}


def _table(read: reading.Rows, layer: str) -> pd.DataFrame:
    nothing = pd.Series(None, index=read.values.index, dtype=object)
    table = pd.DataFrame({name: read.values.get(name, nothing) for name in _KEPT})
    table["law_status"] = law_status(read.values).to_pandas().to_numpy()
    accuracy = read.values.get("boundary_accuracy_m", nothing)
    table["boundary_accuracy_m"] = pd.to_numeric(accuracy).astype("float64").fillna(ACCURACY_M)
    return table.assign(layer=layer, zone_id=None, version=None).astype(
        {"name": object, "grade": object, "area_code": object, "valid_from": object}
    )


def _blank() -> pd.DataFrame:
    names = [*_OWN, *_KEPT, "boundary_accuracy_m"]
    return pd.DataFrame({name: pd.Series(dtype=object) for name in names})


def _numbered(table: pd.DataFrame) -> NDArray[np.int64]:
    known = pd.to_numeric(table["zone_id"])
    first = 1 if known.isna().all() else int(known.max()) + 1
    free = known.isna().to_numpy()
    numbers = known.fillna(0).to_numpy(dtype=np.int64).copy()
    numbers[free] = first + np.arange(int(free.sum()))
    return numbers


def as_arrow(zones: Zones) -> pa.Table:
    """Zones for DuckDB: row, zone_id, version, layer, grade, name, area_code, dates."""
    table, count = zones.table, len(zones)
    texts = {
        n: pa.array([None if pd.isna(v) else str(v) for v in table[n]], pa.string())
        for n in ("layer", "grade", "name", "area_code")
    }
    days = {
        n: pa.array([None if pd.isna(v) else v for v in table[n]], pa.date32())
        for n in ("valid_from", "valid_to")
    }
    numbers = {n: pa.array(table[n].to_numpy(dtype=np.int64)) for n in ("zone_id", "version")}
    return pa.table({"row": pa.array(np.arange(count, dtype=np.int64)), **numbers, **texts, **days})
