"""Where the inputs of a plan are opened, and what gathers there on the way."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

from rasterio.windows import Window

from gis_app.raster.grid import Grid
from gis_app.raster.notice import Level, Notice
from gis_app.zoning.rating import Floats

Reader = Callable[[Window], Floats]


@dataclass
class Desk:
    """Where inputs are opened: the grid, the plan's folder, a folder for what is made on the way.

    Grows `coarsest_m` (the largest cell of the rasters read), `notices`, `lineage` (name → what it
    was made of) and `made` (name → a plain GeoTIFF that came about, and its unit: kriged surfaces
    and their errors).
    """

    grid: Grid
    folder: Path
    work: Path
    stack: ExitStack
    notices: list[Notice] = field(default_factory=list)
    lineage: dict[str, Any] = field(default_factory=dict)
    made: dict[str, tuple[Path, str]] = field(default_factory=dict)
    above_ground: dict[str, int] = field(default_factory=dict)
    coarsest_m: float = 0.0
    _lock: Lock = field(default_factory=Lock)

    def say(self, level: Level, of: str, code: str, zh: str, en: str) -> None:
        """Add a notice."""
        self.notices.append(Notice(level, of, code, zh, en))

    def count_above(self, name: str, cells: int) -> None:
        """Count cells where the water table was above ground: depth 0 was taken there."""
        with self._lock:
            self.above_ground[name] = self.above_ground.get(name, 0) + cells
