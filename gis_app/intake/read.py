"""Read any file we accept, in a child process that can do no harm."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyogrio
import shapely
from numpy.typing import NDArray
from pyproj import CRS

import gis_app
from gis_app import crs as crs_module
from gis_app.errors import UnreadableFile
from gis_app.intake._reader import GEOMETRY
from gis_app.intake.sniff import DRIVERS, BadFile, format_of

TIMEOUT_S = 900
# GDAL's raster half: pyogrio does not list it
_RASTER = (
    "VRT,GTI,DERIVED,WMS,WCS,WMTS,HTTP,STACIT,STACTA,GDALG,EEDAI,PLMosaic,OGCAPI,Rasterlite,"
    "PostGISRaster,JP2OpenJPEG,MBTiles,NGW,ISIS3,PDS,ENVI,netCDF,HDF5,Zarr,COG,GTiff,PNG,JPEG"
)
_SIDECARS = {".shp", ".shx", ".dbf", ".prj", ".cpg", ".qix", ".sbn", ".sbx"}
_NOWHERE = "http://127.0.0.1:9"


@dataclass(frozen=True)
class Table:
    """What a file holds, untouched.

    `frame` has one row per feature, indexed by data row from 1, texts as they stand in tabular
    files; `geometry` lies in `crs` (x/easting first), or is None for tabular files. `merged`
    tells the cells of a spreadsheet that span several data rows (they stand in the first of them):
    header, first and last row.
    """

    frame: pd.DataFrame
    geometry: NDArray[np.object_] | None
    crs: CRS | None
    encoding: str
    format: str
    source_layer: str
    other_layers: tuple[str, ...] = ()
    merged: tuple[tuple[str, int, int], ...] = ()

    @property
    def rows(self) -> NDArray[np.int64]:
        """The numbers of the data rows, from 1."""
        return self.frame.index.to_numpy(dtype=np.int64)


def opens(path: Path) -> None:
    """Raise `UnreadableFile` for a file that does not open, or is of no known format."""
    try:
        format_of(Path(path))
    except BadFile as bad:
        raise UnreadableFile(bad.zh, bad.en) from bad
    except OSError as error:
        raise UnreadableFile(f"打不开文件 {path}。", f"Cannot open {path}.") from error


def read(
    path: Path,
    *,
    source_layer: str | None = None,
    crs: str | None = None,
    encoding: str | None = None,
) -> Table:
    """The features of a file; `crs` and `encoding` replace what the file says of itself.

    Raises `UnreadableFile` with the way out, and `UnknownCrs` for a `crs` without a sound
    transformation.
    """
    told_crs = None if crs is None else crs_module.parse(crs)
    opens(path)
    with tempfile.TemporaryDirectory(prefix="gis-read-") as folder:
        job = Path(folder).resolve()
        name = _bring_in(Path(path), job / "in")
        wishes = {"name": name, "source_layer": source_layer, "encoding": encoding}
        answer = _run_child(job, wishes)
        frame, geometry = _load(job / "out.arrow")
    found = answer.get("crs")
    return Table(
        frame=frame,
        geometry=geometry,
        crs=told_crs or (CRS.from_user_input(found) if found else None),
        encoding=answer["encoding"],
        format=answer["format"],
        source_layer=answer["layer"],
        other_layers=tuple(answer["others"]),
        merged=tuple((header, first, last) for header, first, last in answer.get("merged", ())),
    )


def sha256(path: Path) -> str:
    """The SHA-256 of a file with its siblings (shapefile) or of a folder (FileGDB), hex."""
    digest = hashlib.sha256()
    for part in _parts(path):
        digest.update(f"{part.suffix.lower()}\0{part.stat().st_size}\0".encode())
        with part.open("rb") as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
    return digest.hexdigest()


def _parts(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(p for p in path.iterdir() if p.is_file() and not p.is_symlink())
    if path.suffix.lower() == ".shp":
        return sorted(
            p
            for p in path.parent.iterdir()
            if p.stem == path.stem and p.suffix.lower() in _SIDECARS and p.is_file()
        )
    return [path]


def _bring_in(path: Path, folder: Path) -> str:
    """Copy the file with what belongs to it under a harmless name; returns that name."""
    stem = "".join(c if c.isalnum() or c in "-_" else "_" for c in path.stem)[:60] or "file"
    folder.mkdir()
    target = folder / f"{stem}{path.suffix.lower()}"
    if path.is_dir():
        target.mkdir()
    for part in _parts(path):
        into = target / part.name if path.is_dir() else folder / f"{stem}{part.suffix.lower()}"
        shutil.copyfile(part, into)
    return target.name


def _run_child(job: Path, wishes: dict[str, Any]) -> dict[str, Any]:
    size = sum(p.stat().st_size for p in (job / "in").rglob("*") if p.is_file())
    wishes["memory_bytes"] = (4 << 30) + 12 * size
    (job / "job.json").write_text(json.dumps(wishes), "utf-8")
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-s", "-m", "gis_app.intake._reader", str(job)],
            cwd=job,
            env=_environment(job),
            timeout=TIMEOUT_S,
            capture_output=True,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile(
            f"读取超过 {TIMEOUT_S} 秒，已中止。请把文件拆小。",
            f"Reading took more than {TIMEOUT_S} s and was stopped. Split the file.",
        ) from error
    answered = job / "out.json"
    if done.returncode or not answered.exists():
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        why = last[0] if last else f"exit {done.returncode}"
        raise UnreadableFile(
            f"读取程序异常退出（{why}）：文件可能损坏或过大。",
            f"The reader gave up ({why}): the file may be damaged or too large.",
        )
    answer: dict[str, Any] = json.loads(answered.read_text("utf-8"))
    if "zh" in answer:
        raise UnreadableFile(answer["zh"], answer["en"])
    return answer


def _environment(job: Path) -> dict[str, str]:
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), _NOWHERE)
    return proxies | {
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "HOME": str(job),
        "TMPDIR": str(job),
        "PYTHONPATH": str(Path(gis_app.__file__).resolve().parents[1]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "GDAL_NUM_THREADS": "1",
        "GDAL_SKIP": _skipped(),
        "GDAL_DRIVER_PATH": "disable",
        "GDAL_PAM_ENABLED": "NO",
        "GDAL_HTTP_PROXY": _NOWHERE,
        "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": "none",
        "OGR_SQLITE_STATIC_VIRTUAL_OGR": "NO",
        "OGR_SQLITE_LOAD_EXTENSIONS": "",
    }


@lru_cache(maxsize=1)
def _skipped() -> str:
    """Every driver but the few we allow: a list of what is allowed, spelt as GDAL wants it."""
    return ",".join([*sorted(set(pyogrio.list_drivers()) - set(DRIVERS)), _RASTER])


def _load(path: Path) -> tuple[pd.DataFrame, NDArray[np.object_] | None]:
    with pa.OSFile(str(path)) as source, pa.ipc.open_file(source) as stream:
        table = stream.read_all()
    geometry = None
    if GEOMETRY in table.column_names:
        wkb = table.column(GEOMETRY).to_numpy()
        geometry = np.asarray(shapely.from_wkb(wkb, on_invalid="ignore"), dtype=object)
        table = table.drop_columns([GEOMETRY])
    frame = table.to_pandas()
    frame.index = pd.RangeIndex(1, len(frame) + 1, name="row")
    if geometry is None:
        frame = frame.replace("", None)
        frame = frame[frame.notna().any(axis=1)]
    return frame, geometry
