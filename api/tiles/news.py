"""What the database has announced to this process: which tiles may have changed since when.

Every change of a layer raises a count per tile of zooms 0 to 10 that it may show in. A tile kept
with the counts of the moment before it was asked for is current while they stand, because a commit
is announced after it can be seen: whoever asks later than the announcement sees the change.

The counts are trusted only while the listening connection was heard of within `LEASE_S`; what was
announced while it was down nobody knows, so a new connection makes everything count as changed.
"""

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from math import ceil, floor

import psycopg

from api.tiles.connections import Row, connect
from gis_app.store.tiles import CELL_ZOOM, MARGIN

CHANNEL = "gis_tiles"
# the legal day, and the seconds until it ends
CLOCK = """
select gis.today(), extract(epoch from
  (gis.today() + 1)::timestamp at time zone 'Asia/Shanghai' - clock_timestamp())::float8
"""
BEAT_S = 0.2
LEASE_S = 0.7
MOST_COUNTS = 200_000
Stamp = tuple[int, int, int]
log = logging.getLogger(__name__)


class News:
    """The counts, and the task that keeps them."""

    def __init__(self, url: str, on_change: Callable[[str], None]) -> None:
        self._url = url
        self._on_change = on_change
        self._all = 0
        self._layers: defaultdict[str, int] = defaultdict(int)
        self._cells: defaultdict[tuple[str, int, int, int], int] = defaultdict(int)
        self._heard = float("-inf")
        self._stopping = False
        self._day: date | None = None
        self._day_ends = float("-inf")
        self.received = 0
        self.connected = 0

    def stamp(self, layer: str, z: int, x: int, y: int) -> Stamp:
        """The counts that a tile hangs on."""
        if z > CELL_ZOOM:
            down = z - CELL_ZOOM
            z, x, y = CELL_ZOOM, x >> down, y >> down
        return self._all, self._layers.get(layer, 0), self._cells.get((layer, z, x, y), 0)

    def trusted(self) -> bool:
        """Whether everything committed up to a moment ago has been heard."""
        return time.monotonic() - self._heard < LEASE_S

    def today(self) -> date | None:
        """The legal day by the clock of the database; None while nobody knows."""
        return self._day if time.monotonic() < self._day_ends else None

    def stop(self) -> None:
        """Let `listen` end by itself: a query broken off may wait for its server for ever."""
        self._stopping = True

    async def listen(self) -> None:
        """Keep the counts until stopped."""
        while not self._stopping:
            try:
                async with asyncio.timeout(10):
                    conn = await connect(self._url)
                try:
                    await self._follow(conn)
                finally:
                    await conn.close()
            except (psycopg.Error, OSError, TimeoutError) as error:
                self._heard = float("-inf")
                log.warning("tiles: not listening: %s", error)
                await asyncio.sleep(BEAT_S)

    async def _follow(self, conn: psycopg.AsyncConnection[Row]) -> None:
        await conn.execute(f"listen {CHANNEL}")
        self._forget()
        self.connected += 1
        while not self._stopping:
            sent = time.monotonic()
            async with asyncio.timeout(5):
                answer = await conn.execute(CLOCK)
                [(day, left_s)] = await answer.fetchall()
            self._day, self._day_ends = day, sent + left_s
            # what was announced before the answer has come with it
            async for each in conn.notifies(timeout=0):
                self._take(each.payload)
            self._heard = sent
            async for each in conn.notifies(timeout=BEAT_S):
                self._take(each.payload)

    def _forget(self) -> None:
        self._all += 1
        self._cells.clear()
        self._on_change("")

    def _take(self, payload: str) -> None:
        layer, _, cells = payload.partition(" ")
        self.received += 1
        if len(self._cells) > MOST_COUNTS:
            self._forget()
        if not cells:
            self._layers[layer] += 1
        else:
            for cell in cells.split(" "):
                x, _, y = cell.partition(",")
                self._touch(layer, int(x), int(y))
        self._on_change(layer)

    def _touch(self, layer: str, x: int, y: int) -> None:
        for z in range(CELL_ZOOM + 1):
            side = 2 ** (CELL_ZOOM - z)
            for column in _meeting(x, side):
                for row in _meeting(y, side):
                    self._cells[layer, z, column, row] += 1


def _meeting(cell: int, side: int) -> range:
    """The tiles, `side` cells wide, that meet a cell with their margins."""
    return range(ceil(cell / side - 1 - MARGIN), floor((cell + 1) / side + MARGIN) + 1)
