"""A run: from a plan and an area to rasters in a folder, which is there whole or not at all."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import rasterio
import shapely
from shapely.geometry.base import BaseGeometry

from gis_app.errors import BadInput
from gis_app.machine import cores
from gis_app.raster import cog, grid
from gis_app.raster.cog import Kind
from gis_app.raster.grid import Grid
from gis_app.raster.notice import Notice, refuse_any
from gis_app.telling import Told, quiet
from gis_app.zoning import layout, overlay, profile, steps
from gis_app.zoning import sketch as drawing
from gis_app.zoning.desk import Desk
from gis_app.zoning.overlay import Overlay
from gis_app.zoning.plan import Asked, Plan
from gis_app.zoning.profile import Profile
from gis_app.zoning.sketch import Sketch, Titled
from gis_app.zoning.steps import Work


@dataclass(frozen=True)
class Computed:
    """What a run made: its folder, grid, lineage, files by name, cells by class, and notices.

    `digest` is of everything that decides the result: the same digest, the same bytes. `cells` are
    of `zones`, by code, within the area; `sketch` is None where load or function value lacked.
    """

    folder: Path
    grid: Grid
    digest: str
    lineage: dict[str, Any]
    files: dict[str, Path]
    cells: dict[int, int]
    notices: list[Notice]
    overlay: Overlay
    sketch: Sketch | None

    @property
    def zones_file(self) -> Path:
        """The zones as GeoJSON; there where `sketch` is."""
        return self.folder / "zones.geojson"

    def area_km2(self, code: int) -> float:
        """The area of a class on the grid's plane."""
        return self.cells.get(code, 0) * self.grid.cell_m**2 / 1e6


def run(asked: Asked, target: Path, told: Told = quiet) -> Computed:
    """Compute a plan into a folder that does not exist yet.

    Everything is made in a folder beside it that is renamed at the end; whatever ends the run
    before, an error or a signal, leaves nothing behind. Raises `Refused` with every notice that
    forbids it, `BadInput` for values that the profile's tables do not know.
    """
    with _aside(target) as work, cog.careful(), ExitStack() as stack:
        plan, method = asked.plan, profile.load(asked.plan.profile, asked.folder)
        method.require_complete()
        rules = overlay.load(plan.overlay, asked.folder)
        lines = grid.over(asked.area, plan.cell_m)
        desk = Desk(lines, asked.folder, work, stack)
        told("检查输入", "Looking the inputs over", 0.0)
        work_to_do = layout.arrange(desk, asked, method, rules)
        refuse_any(desk.notices)
        lineage = _lineage(asked, desk, method, rules)
        digest = hashlib.sha256(lineage.encode()).hexdigest()
        cells = steps.carry_out(work_to_do, _workers(plan), told)
        _tell_above_ground(desk)
        sketch = _sketch(asked, work_to_do, desk, digest)
        if sketch is not None:
            drawing.write(sketch, work / "zones.geojson", json.loads(lineage))
        files = _finish(work_to_do, desk, lineage, told)
        return Computed(
            target, lines, digest, json.loads(lineage), files, cells, desk.notices, rules, sketch
        )


@contextmanager
def _aside(target: Path) -> Iterator[Path]:
    """A folder beside the target that takes its place when all is well, and else is gone."""
    if target.exists():
        raise BadInput(
            f"输出文件夹 {target} 已存在。请另选，或先移走它。",
            f"The folder {target} exists. Choose another, or move it away.",
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    work = target.parent / f".{target.name}.{os.getpid()}"
    work.mkdir()
    try:
        yield work
        work.rename(target)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _workers(plan: Plan) -> int:
    return plan.workers or min(cores(), 8)


def _lineage(asked: Asked, desk: Desk, method: Profile, rules: Overlay) -> str:
    """Everything that decides the result, in one canonical text: no time, no path, no machine."""
    own = desk.grid
    told = {
        "plan": asked.plan.parameters,
        "profile": {"id": method.id, "sha256": method.digest},
        "overlay": {"id": rules.id, "sha256": rules.digest, "official": rules.official},
        "area_sha256": _digest([asked.area]),
        "registered": [
            {"kind": kind, "sha256": _digest([shape])} for kind, shape in asked.registered
        ],
        "area_code": asked.area_code,
        "grid": {"epsg": own.srid, "west": own.west, "north": own.north, "cell_m": own.cell_m,
                 "width": own.width, "height": own.height},
        "inputs": desk.lineage,
        "software": {"gis-app": version("gis-app"), "gdal": rasterio.__gdal_version__,
                     "gstools": version("gstools")},
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def _digest(shapes: Sequence[BaseGeometry]) -> str:
    raw = hashlib.sha256()
    for each in shapes:
        raw.update(shapely.to_wkb(shapely.normalize(each), byte_order=1))
    return raw.hexdigest()


def _sketch(asked: Asked, work: Work, desk: Desk, digest: str) -> Sketch | None:
    if "zones" not in work.outputs:
        return None
    method, rules = work.profile, work.overlay
    titled = Titled(
        plan=asked.plan, overlay=rules, area_code=asked.area_code,
        method=f"{method.id}；{rules.zh}",
        source=f"栅格计算 zoning run {digest[:12]}（{asked.plan.name}）",
        accuracy_m=max(desk.coarsest_m, desk.grid.cell_m),
    )  # fmt: skip
    return drawing.draw(work.outputs["zones"][0], desk.grid, titled)


def _tell_above_ground(desk: Desk) -> None:
    for name, cells in desk.above_ground.items():
        if cells:
            desk.say(
                "warn", name, "above_ground",
                f"有 {cells:,} 格的水位高于地面：埋深按 0 计。请核对高程基准。",
                f"In {cells:,} cells the water table lies above ground: a depth of 0 was taken. "
                "Check that both heights have one datum.",
            )  # fmt: skip


def _finish(work: Work, desk: Desk, lineage: str, told: Told) -> dict[str, Path]:
    """The COGs of a run, by name; what was only on the way is gone."""
    files: dict[str, Path] = {}
    surfaces = {
        name: (path, Kind(title=name, kinds=False, unit=unit))
        for name, (path, unit) in desk.made.items()
    }
    plain = {name: (path, out.kind) for name, (path, out) in work.outputs.items()} | surfaces
    desk.stack.close()
    for number, (name, (path, kind)) in enumerate(plain.items()):
        told(f"写出 {name}", f"Writing {name}", 0.7 + 0.3 * number / len(plain))
        cog.finish(path, path.parent / f"{name}.tif", kind, lineage)
        files[name] = Path(f"{name}.tif")
        if kind.kinds:
            cog.finish(path, path.parent / f"{name}.web.tif", kind, lineage, web=True)
            files[f"{name}.web"] = Path(f"{name}.web.tif")
        path.unlink()
    return files
