"""Housekeeping after changes: wells are counted and drawn anew, versions are summed up."""

import asyncio
import logging

import psycopg

from api.tiles.connections import connect

PAUSE_S = 0.3
SETTLE = "select gis.settle_tiles(), exists (select from gis.well_unsettled)"
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
        """Settle and sum up whenever wanted, until stopped."""
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
            [(settled, more)] = await (await conn.execute(SETTLE)).fetchall()
            if settled > VACUUM_AFTER:
                await conn.execute("vacuum (skip_locked) gis.well_unsettled")
            if more and not settled:  # another process is at it: look again
                await asyncio.sleep(1)
                self._wanted.set()
        finally:
            await conn.close()
