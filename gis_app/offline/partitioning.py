"""Wells in spatial tiles of GeoParquet, each with all that its facts need: for many hosts.

folder/
manifest.json               tiles (quadkey, wells, box, SHA-256), registers given, parameters
zones.parquet               every zone version, with a covering box
tiles/<quadkey>/
wells.parquet             its wells, then (`own` false) their companions: wells elsewhere
that share an owner or a permit, with which volumes are summed
<register>.parquet        the records of these wells and of their permits and owners
"""

import hashlib
import json
import math
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from gis_app import registers as declared
from gis_app import registry
from gis_app.crs import STORAGE_SRID
from gis_app.errors import BadInput, UnreadableFile
from gis_app.layer import Register
from gis_app.machine import cores
from gis_app.offline import auditing, parquet, quadkeys, reading, tables
from gis_app.offline import zones as land
from gis_app.offline.ground import Longs
from gis_app.offline.tables import STATES, Wells

Box = tuple[float, float, float, float]

MANIFEST = "manifest.json"
ZONES = "zones.parquet"
VERSION = 1
_ZONES_A_GROUP = 64
# which tile reads whose records: its wells', and those of one owner or permit with them (as
# store/sql/companions.sql asks for a few wells)
_COMPANIONS = """
with asked as (
  select t.tile, w.code, w.owner_id, w.permit_number
  from gis.well w join tile t on t.well_id = w.well_id
), permit as (
  select tile, permit_number from asked where permit_number is not null
  union
  select a.tile, l.permit_number from asked a join gis.permit_well l on l.well_code = a.code
)
select tile, code from asked
union
select a.tile, w.code from (select distinct tile, owner_id from asked) a
join gis.well w on w.owner_id = a.owner_id
union
select p.tile, w.code from permit p join gis.well w on w.permit_number = p.permit_number
union
select p.tile, l.well_code from permit p
join gis.permit_well l on l.permit_number = p.permit_number
"""


@dataclass(frozen=True)
class Tile:
    """A tile: its quadkey, how many wells are its own, their box in degrees, a hash of it all."""

    key: str
    wells: int
    box: Box
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a partitioned folder holds."""

    tiles: list[Tile]
    registers: list[str]
    zones_sha256: str
    parameters: list[dict[str, Any]]
    version: int = VERSION


def partition(
    wells: reading.Given, zones: land.Given, folder: Path | str, *,
    registers: Mapping[str, reading.Given] | None = None, most: int = 100_000,
) -> Manifest:  # fmt: skip
    """Write wells, zones and registers (as `audit` takes them) as tiles of at most `most` wells.

    Raises as `audit`, and `BadInput` where the folder holds something else.
    """
    out = _fresh(Path(folder))
    read = auditing.inputs(wells, zones, registers or {}, registry.load())
    _write_zones(read.zones, out / ZONES)
    found = quadkeys.tiles(read.wells.x, read.wells.y, most)
    with tables.connect(cores()) as conn:
        tables.fill(conn, read.wells, read.registers)
        _number(conn, found)
        made = [_write_tile(conn, read, key, own, out) for key, own in found]
    numbers = read.parameters.astype(object).itertuples(index=False, name=None)
    parameters = [
        dict(zip(auditing.PARAMETER_COLUMNS, (*each[:3], str(each[3])), strict=True))
        for each in numbers
    ]
    told = Manifest(made, sorted(read.registers), _sha(out / ZONES), parameters)
    text = json.dumps(asdict(told), ensure_ascii=False, indent=1, allow_nan=False)
    (out / MANIFEST).write_text(text, encoding="utf-8")
    return told


def manifest(folder: Path | str) -> Manifest:
    """The manifest of a partitioned folder. Raises `UnreadableFile`, `BadInput`."""
    path = Path(folder) / MANIFEST
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UnreadableFile(
            f"{folder} 不是分块文件夹（没有 {MANIFEST}）。请先运行 gis-app partition。",
            f"{folder} is no partitioned folder (no {MANIFEST}): run gis-app partition first.",
        ) from error
    if told.get("version") != VERSION:
        raise BadInput(
            f"{folder} 由另一版本的程序分块。请重新运行 gis-app partition。",
            f"{folder} was partitioned by another version: run gis-app partition again.",
        )
    tiles = [Tile(**{**each, "box": tuple(each["box"])}) for each in told.pop("tiles")]
    return Manifest(tiles, **told)


def read_tile(folder: Path, told: Manifest, key: str) -> auditing.Inputs:
    """What a tile's facts are made of: its own wells first, then their companions."""
    place = folder / "tiles" / key
    found = parquet.points(place / "wells.parquet")
    if found is None:
        raise UnreadableFile(f"分块 {key} 已损坏。", f"The tile {key} is damaged.")
    own = int(pc.sum(found.columns["own"].cast(pa.int64())).as_py())
    values = found.columns.drop_columns(["own"]).to_pandas()
    box = next(each.box for each in told.tiles if each.key == key)
    wells = Wells(values, found.x, found.y, own)
    reach = float(wells.uncertainty_m[:own].max(initial=0.0))
    records = {name: _frame(place / f"{name}.parquet") for name in told.registers}
    zones = read_zones(folder, box, reach)
    return auditing.Inputs(wells, zones, records, parameters(told), pd.DataFrame())


def parameters(told: Manifest) -> pd.DataFrame:
    """The delegated numbers that a partition carries."""
    table = pd.DataFrame(told.parameters, columns=auditing.PARAMETER_COLUMNS)
    return table.assign(since=[date.fromisoformat(each) for each in table["since"]])


def read_zones(folder: Path, box: Box | None, reach_m: float = 0.0) -> land.Zones:
    """The zones that a box reaches with some metres around; with None all, without their shapes."""
    path = folder / ZONES
    if box is None:
        columns = [n for n in pq.read_schema(path).names if n not in {"geometry", "bbox"}]
        table = pq.read_table(path, columns=columns).to_pandas()
        return land.Zones(table, np.full(len(table), None, dtype=object), pd.DataFrame())
    accuracies = pq.read_table(path, columns=["boundary_accuracy_m"])["boundary_accuracy_m"]
    around = widened(box, reach_m + max([0.0, *accuracies.to_pylist()]))
    frame = gpd.read_parquet(path, bbox=around)
    shapes = np.array(frame.geometry.array, dtype=object)
    return land.Zones(pd.DataFrame(frame.drop(columns="geometry")), shapes, pd.DataFrame())


def widened(box: Box, metres: float) -> Box:
    """A box with some metres around it, surely."""
    top = min(85.0, max(abs(box[1]), abs(box[3])) + metres / 110_000)
    side = metres / (110_000 * math.cos(math.radians(top))) + 1e-9
    return box[0] - side, box[1] - side, box[2] + side, box[3] + side


def _fresh(folder: Path) -> Path:
    """The folder, empty: what it held must have been a partition."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MANIFEST).exists() and not (folder / ZONES).exists():
            raise BadInput(
                f"{folder} 不是空文件夹，也不是分块结果。请换一个文件夹。",
                f"{folder} is neither empty nor a partition: name another folder.",
            )
        for each in (folder / MANIFEST, folder / ZONES):
            each.unlink(missing_ok=True)
        shutil.rmtree(folder / "tiles", ignore_errors=True)
    (folder / "tiles").mkdir(parents=True, exist_ok=True)
    return folder


def _write_zones(zones: land.Zones, path: Path) -> None:
    """All versions, neighbours together, so that a box reads few groups of rows."""
    frame = gpd.GeoDataFrame(zones.table, geometry=list(zones.shapes), crs=STORAGE_SRID)
    if len(frame):
        frame = frame.iloc[np.argsort(frame.hilbert_distance(), kind="stable")]
    frame.to_parquet(
        path, write_covering_bbox=True, row_group_size=_ZONES_A_GROUP, compression="zstd"
    )


def _number(conn: duckdb.DuckDBPyConnection, found: Sequence[tuple[str, Longs]]) -> None:
    """`tile`: which well lies in which; `reads`: which tile reads the records of which wells."""
    keys = [key for key, own in found for _ in range(len(own))]
    ids = np.concatenate([own for _, own in found]) if found else np.zeros(0, np.int64)
    tables.keep(conn, "tile", pa.table({"tile": pa.array(keys, pa.string()), "well_id": ids}))
    conn.execute(f"create table reads as {_COMPANIONS}")


def _write_tile(
    conn: duckdb.DuckDBPyConnection, read: auditing.Inputs, key: str, own: Longs, out: Path
) -> Tile:
    """A tile's folder."""
    place = out / "tiles" / key
    place.mkdir()
    others = conn.execute(
        "select w.well_id from reads r join gis.well w on w.code = r.code"
        " left join tile t on t.well_id = w.well_id"
        " where r.tile = ? and t.tile <> r.tile order by 1",
        [key],
    ).fetchall()
    ids = np.concatenate([own, np.array([each for (each,) in others], dtype=np.int64)])
    wells = read.wells
    values = pd.DataFrame(wells.values.iloc[ids].assign(own=np.arange(len(ids)) < len(own)))
    points = gpd.points_from_xy(wells.x[ids], wells.y[ids])
    frame = gpd.GeoDataFrame(values, geometry=points, crs=STORAGE_SRID)
    frame.to_parquet(place / "wells.parquet", write_covering_bbox=True, compression="zstd",
                     index=False)  # fmt: skip
    for name in read.registers:
        table = _records(conn, name, key)
        if table.num_rows:
            pq.write_table(table, place / f"{name}.parquet", compression="zstd")
    x, y = wells.x[own], wells.y[own]
    box = (float(x.min()), float(y.min()), float(x.max()), float(y.max()))
    return Tile(key, len(own), box, _sha(*sorted(place.iterdir())))


def _records(conn: duckdb.DuckDBPyConnection, name: str, key: str) -> pa.Table:
    """The records that the facts of a tile's wells are made of."""
    mine = f"(select code from reads where tile = '{key}')"
    if name == STATES:
        where = f"well_id in (select well_id from gis.well where code in {mine})"
        query = (
            "select s.well_state_id, w.code as well_code, s.status, s.from_on, s.recorded_at,"
            f" s.corrected from gis.well_state s join gis.well w using (well_id) where s.{where}"
        )
    else:
        query = f'select * exclude ("{name}_id") from gis."{name}" r where {_whose(name, mine)}'
        query += f' order by "{name}_id"'
    return conn.sql(query).to_arrow_table()


def _whose(name: str, mine: str) -> str:
    """A condition on the records of a register (alias r): those of some wells, by their codes."""
    register: Register = next(each for each in declared.ALL if each.id == name)
    permits = (
        f"select permit_number from gis.permit_well where well_code in {mine}"
        f" union select permit_number from gis.well where code in {mine}"
    )
    if register.well_field is not None:
        return f"r.{register.well_field} in {mine}"
    if register.permit_field is not None:
        return f"r.{register.permit_field} in ({permits})"
    if name == "exemption_grant":
        return f"r.subject = 'well' and r.subject_code in {mine}"
    if name == "water_user":
        owners = f"select owner_id from gis.well where code in {mine}"
        return f"r.owner in (select p.name from gis.party p where p.party_id in ({owners}))"
    if name == "electricity_coefficient":
        return f"r.well_code is null or r.well_code in {mine}"
    return "false"  # of units, sites, areas: no fact of a well is made of it


def _frame(path: Path) -> pd.DataFrame:
    return pq.read_table(path).to_pandas(date_as_object=True) if path.exists() else pd.DataFrame()


def _sha(*paths: Path) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
