"""Which rasters hold, as one process knows: asked of the database once in half a second.

Tiles come by dozens, and each needs to know. Published rasters everybody sees, so that one answer
is right for every caller; one taken back is gone from every tile within that time.
"""

import threading
import time
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Engine, RowMapping

from gis_app.store import facts, rasters
from gis_app.store.engine import reading

KEPT_S = 0.5
MOST = 256


class Standing:
    """The rasters of a layer that hold on a day."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._kept: dict[tuple[str, date | None], tuple[float, Sequence[RowMapping]]] = {}

    def of(self, layer: str, on: date | None) -> Sequence[RowMapping]:
        """The rasters as `store.rasters.holding` orders them; `on` None: the legal day."""
        asked_at = time.monotonic()
        with self._lock:
            at, found = self._kept.get((layer, on), (-KEPT_S, ()))
        if asked_at - at < KEPT_S:
            return found
        with reading(self._engine) as conn:
            found = rasters.holding(conn, layer, on or facts.legal_day(conn))
        with self._lock:
            if len(self._kept) >= MOST:
                self._kept.clear()
            self._kept[layer, on] = (asked_at, found)
        return found
