"""Housekeeping after changes: wells are counted and drawn anew, versions are summed up."""

import asyncio
import logging

import psycopg

from api.tiles.connections import connect

PAUSE_S = 0.3
# some tiles at a time: each step is a transaction, and to stop may be said in between
STEP = """
select gis.settle_tiles(), gis.draw_tiles(500),
       exists (select from gis.well_unsettled)
       or exists (select from gis.well_tile where body is null)
"""
# after so many announcements the rows of versions are summed up
COMPACT_AFTER = 500
# after so many wells at once, what they leave behind is swept up
VACUUM_AFTER = 10_000
log = logging.getLogger(__name__)


class Keeper:
    """One task of each server process; in the database one at a time does the work."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._wanted = asyncio.Event()
        self._changes = COMPACT_AFTER
        self._stopping = False

    def want(self, layer: str) -> None:
        """Something has changed."""
        self._changes += 1
        if layer in {"", "well"} or self._changes >= COMPACT_AFTER:
            self._wanted.set()

    def stop(self) -> None:
        """Let `work` end by itself."""
        self._stopping = True
        self._wanted.set()

    async def work(self) -> None:
        """Settle, draw and sum up whenever wanted, until stopped."""
        while not self._stopping:  # asked anew: to stop may have been said during the work
            await self._wanted.wait()
            if self._stopping:
                return
            await asyncio.sleep(PAUSE_S)  # an import's many statements are one piece of work
            self._wanted.clear()
            try:
                await self._work()
            except (psycopg.Error, OSError) as error:
                log.warning("tiles: not settled: %s", error)

    async def _work(self) -> None:
        conn = await connect(self._url)
        try:
            if self._changes >= COMPACT_AFTER:
                self._changes = 0
                await conn.execute("select gis.compact_versions()")
            left = True
            while left and not self._stopping:
                [(settled, drawn, left)] = await (await conn.execute(STEP)).fetchall()
                if settled > VACUUM_AFTER:
                    await conn.execute("vacuum (skip_locked) gis.well_unsettled")
                if left and not (settled or drawn):  # another process is at it
                    await asyncio.sleep(1)
        finally:
            await conn.close()
