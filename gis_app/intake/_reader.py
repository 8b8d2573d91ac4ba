"""The child that opens files: `python -m gis_app.intake._reader JOB`, and JOB is a folder.

JOB/job.json says what to read from JOB/in; the answer is JOB/out.arrow and JOB/out.json.
Everything that could hurt happens here, behind the walls of `_sandbox`, and then it exits.
"""

import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from gis_app.intake import _sandbox
from gis_app.intake.sniff import DRIVERS, FORMATS, BadFile, format_of

GEOMETRY = "__geometry__"
SHAPES = "shapes"  # the folder of several shapefiles


def main(job_folder: Path) -> None:
    """Do the job and write the answer, or the reason why not."""
    job = json.loads((job_folder / "job.json").read_text("utf-8"))
    _sandbox.limit(job["memory_bytes"])
    alone = _sandbox.leave_network()
    confined = _sandbox.confine(job_folder)
    try:
        answer = read(job_folder, job) | {"alone": alone, "confined": confined}
    except BadFile as bad:
        answer = {"zh": bad.zh, "en": bad.en}
    (job_folder / "out.json").write_text(json.dumps(answer), "utf-8")


def _check_drivers() -> None:
    """End the process if GDAL has a driver that we do not allow."""
    import pyogrio  # noqa: PLC0415

    spare = set(pyogrio.list_drivers()) - set(DRIVERS)
    if spare:
        raise SystemExit(f"drivers beyond the allow-list are loaded: {sorted(spare)}")


def read(folder: Path, job: dict[str, Any]) -> dict[str, Any]:
    """Read the job's file into JOB/out.arrow; returns what is known of it."""
    path = folder / "in" / job["name"]
    kind = format_of(path)
    if kind in {"zip", "kmz"}:
        path = _unpacked(path, folder / "unpacked")
        kind = "shapefile" if path == folder / SHAPES else format_of(path)
    match kind:
        case "csv" | "excel":
            return _read_sheet(folder, path, kind, job)
        case "geoparquet":
            return _read_parquet(folder, path)
        case _:
            return _read_vector(folder, path, kind, job)


def _unpacked(archive: Path, into: Path) -> Path:
    """The one thing in an archive that we read."""
    from gis_app.intake import _own  # noqa: PLC0415
    from gis_app.intake._unpack import unpack  # noqa: PLC0415

    unpack(archive, into)
    folders = [p for p in into.rglob("*.gdb") if p.is_dir()]
    inside = {f for folder in folders for f in folder.rglob("*")}
    suffixes = set(FORMATS) - {".zip", ".kmz", ".txt"}
    files = [p for p in into.rglob("*") if p.is_file() and p.suffix.lower() in suffixes]
    found = folders + [p for p in files if p not in inside and not p.name.startswith("._")]
    if archive.suffix.lower() == ".kmz":
        found = [p for p in found if p.suffix.lower() == ".kml"][:1]
    if not found:
        names = ", ".join(sorted(p.name for p in into.rglob("*") if p.is_file())[:10])
        raise BadFile(
            f"压缩包里没有可读的图层或表格（只有：{names}）。",
            f"The archive holds no layer or table that we read (only: {names}).",
        )
    shapes = [p for p in found if p.suffix.lower() == ".shp"]
    own = [shp.parent / name for shp in shapes for name in _own.BESIDE]
    found = [p for p in found if p not in own]
    if len(found) > 1 and len(shapes) != len(found):
        names = ", ".join(sorted(p.name for p in found)[:10])
        raise BadFile(
            f"压缩包里有多个文件（{names}），请只留一个。",
            f"The archive holds several files ({names}): leave only one.",
        )
    return found[0] if len(found) == 1 else _gathered(shapes, into.parent / SHAPES)


def _gathered(shapes: list[Path], into: Path) -> Path:
    """A folder of several shapefiles, which GDAL opens as one source of many layers."""
    into.mkdir()
    from gis_app.intake import _own  # noqa: PLC0415

    for shp in shapes:
        format_of(shp)
        for part in shp.parent.iterdir():
            if part.is_file() and (part.stem == shp.stem or part.name in _own.BESIDE):
                shutil.move(part, into / part.name)
    return into


def _read_sheet(folder: Path, path: Path, kind: str, job: dict[str, Any]) -> dict[str, Any]:
    from gis_app.intake import _sheets  # noqa: PLC0415

    if kind == "csv":
        table, encoding = _sheets.read_csv(path, job["encoding"])
        _write(folder, table)
        return {"format": kind, "encoding": encoding, "layer": path.stem, "others": []}
    names = _sheets.sheets(path)
    wanted = job["source_layer"] or (names[0] if names else "")
    if wanted not in names:
        raise BadFile(
            f"没有名为“{wanted}”的工作表。现有：{'、'.join(names)}",
            f"There is no sheet {wanted!r}. There are: {', '.join(names)}",
        )
    table, merged = _sheets.read_sheet(path, wanted)
    _write(folder, table)
    others = [name for name in names if name != wanted]
    told = {"format": kind, "encoding": "utf-8", "layer": wanted, "others": others}
    return told | {"merged": merged}


def _read_parquet(folder: Path, path: Path) -> dict[str, Any]:
    import geopandas  # noqa: PLC0415
    import pyarrow as pa  # noqa: PLC0415

    try:
        frame = geopandas.read_parquet(path)
    except (ValueError, OSError, KeyError, TypeError) as error:
        raise BadFile(
            f"不是 GeoParquet：{error}", f"This is not a GeoParquet file: {error}"
        ) from error
    plain = frame.drop(columns=frame.geometry.name)
    geometry = pa.array(frame.geometry.to_wkb().to_numpy(dtype=object), pa.large_binary())
    table = pa.Table.from_pandas(plain, preserve_index=False)
    _write(folder, table.append_column(GEOMETRY, geometry))
    crs = frame.crs.to_wkt() if frame.crs else None
    return {
        "format": "geoparquet",
        "encoding": "utf-8",
        "crs": crs,
        "layer": path.stem,
        "others": [],
    }


@contextmanager
def _hidden(*names: str) -> Iterator[None]:
    """Packages that are not found while the block runs, unless they are loaded already."""
    absent = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type]  # None: not found
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


def _read_vector(folder: Path, path: Path, kind: str, job: dict[str, Any]) -> dict[str, Any]:
    # tables are read as Arrow; to load data frames is three of four parts of a small file's time
    with _hidden("geopandas", "pandas"):
        import pyogrio  # noqa: PLC0415
        from pyogrio.errors import DataSourceError  # noqa: PLC0415
        from pyogrio.raw import read_arrow  # noqa: PLC0415

    from gis_app.intake import _own, _vector  # noqa: PLC0415

    _check_drivers()
    try:
        names = [str(name) for name, _ in pyogrio.list_layers(path)]
        layer = _vector.chosen(names, job["source_layer"])
        encoding = _vector.settle_encoding(path, layer, job["encoding"])
        meta, table = read_arrow(path, layer=layer)
        table = _vector.tidy(table, meta["geometry_name"] or "wkb_geometry", GEOMETRY)
        if kind == "shapefile":
            table = _own.whole(table, path if path.is_dir() else path.parent)
    except (DataSourceError, RuntimeError, ValueError, UnicodeError) as error:
        raise BadFile(
            f"GDAL 读不了这个文件：{error}", f"GDAL cannot read this file: {error}"
        ) from error
    _write(folder, table)
    others = [name for name in names if name != layer]
    return {
        "format": kind,
        "encoding": encoding,
        "crs": meta["crs"],
        "layer": layer,
        "others": others,
    }


def _write(folder: Path, table: Any) -> None:
    import pyarrow as pa  # noqa: PLC0415

    with (
        pa.OSFile(str(folder / "out.arrow"), "wb") as sink,
        pa.ipc.new_file(sink, table.schema) as out,
    ):
        out.write_table(table)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
    sys.stdout.flush()
    sys.stderr.flush()
    # all is written; on a busy machine the threads of GDAL and Arrow sometimes abort on the way out
    os._exit(0)
