"""The work on windows: every output of a window in one go, several windows at once."""

from collections import Counter, deque
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from gis_app.raster import cog
from gis_app.raster.cog import Kind
from gis_app.raster.grid import Grid
from gis_app.telling import Told
from gis_app.zoning.desk import Reader
from gis_app.zoning.index import index, vulnerability
from gis_app.zoning.inputs import Opened
from gis_app.zoning.overlay import UNKNOWN, Overlay, classed, control, override
from gis_app.zoning.profile import Profile

SIDE = 1024  # cells: with some dozen arrays of a window, tens of megabytes a worker
Cells = dict[str, NDArray[Any]]


@dataclass(frozen=True)
class Output:
    """A raster that a run writes."""

    kind: Kind


@dataclass(frozen=True, kw_only=True)
class Work:
    """All that a window needs: inputs, methods, the area, and the outputs by name."""

    grid: Grid
    profile: Profile
    overlay: Overlay
    inputs: list[Opened]
    inside: Reader
    load: Reader | None
    function: Reader | None
    protection: Reader | None
    keep: bool
    outputs: Mapping[str, tuple[Path, Output]]


def carry_out(work: Work, workers: int, told: Told) -> dict[int, int]:
    """Write the outputs of a work window by window; the cells of `zones` by code, in the area.

    Windows are computed by threads (GDAL and numpy let go of the interpreter) and written in
    order, so that files do not depend on who was first. An error or a signal ends it at once.
    """
    windows = list(work.grid.windows(SIDE))
    cells: Counter[int] = Counter()
    with ExitStack() as stack:
        files = {
            name: stack.enter_context(cog.plain(path, work.grid.profile, out.kind))
            for name, (path, out) in work.outputs.items()
        }
        for done, (window, made) in enumerate(_in_order(work, windows, workers), 1):
            cells.update(made.pop("cells"))
            for name, values in made.items():
                files[name].write(values, 1, window=window)
            told("计算", "Computing", 0.05 + 0.65 * done / len(windows))
    return dict(sorted(cells.items()))


def _in_order(work: Work, windows: list[Window], workers: int) -> Iterator[tuple[Window, Any]]:
    """The windows with what was made of them; never more at once than there are hands for."""
    pool = ThreadPoolExecutor(workers, thread_name_prefix="zoning")
    waiting: deque[tuple[Window, Future[Any]]] = deque()
    try:
        for window in windows:
            waiting.append((window, pool.submit(compute, work, window)))
            if len(waiting) > workers:
                first, future = waiting.popleft()
                yield first, future.result()
        while waiting:
            first, future = waiting.popleft()
            yield first, future.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def compute(work: Work, window: Window) -> dict[str, Any]:
    """Every output of a window, and `cells`: how many of each code of `zones` lie in the area."""
    inside = work.inside(window) > 0
    if not inside.any():
        return {"cells": {}}
    values = {each.parameter.id: each.values(window) for each in work.inputs}
    for held in values.values():
        held[~inside] = np.nan
    ratings = {
        each.parameter.id: each.rate(values[each.parameter.id], work.profile)
        for each in work.inputs
    }
    found = index(work.profile, ratings)
    v = vulnerability(work.profile, work.overlay, found, ratings)
    made: dict[str, Any] = {"index": found, "vulnerability": v}
    if work.keep:
        made |= {f"input_{name}": held for name, held in values.items()}
    made |= _zones(work, window, v, inside)
    made["cells"] = _counted(made["zones"], inside) if "zones" in made else {}
    return made


def _zones(work: Work, window: Window, v: NDArray[np.uint8], inside: NDArray[np.bool_]) -> Cells:
    """Classes of load and function value, and the zones; none where one of them is not given."""
    if work.load is None or work.function is None:
        return {}
    p = classed(work.load(window), *work.overlay.load)
    f = classed(work.function(window), *work.overlay.function)
    zones = control(work.overlay, v, p, f)
    if work.protection is not None:
        zones = override(zones, work.protection(window).astype(np.uint8))
    made = {"load": p, "function": f, "zones": zones}
    for held in made.values():
        held[~inside] = UNKNOWN
    return made


def _counted(zones: NDArray[np.uint8], inside: NDArray[np.bool_]) -> dict[int, int]:
    codes, counts = np.unique(zones[inside], return_counts=True)
    return {int(code): int(count) for code, count in zip(codes, counts, strict=True)}
