"""Tiles of one server process: from the cache while nothing has changed, else from the database."""

import asyncio
import hashlib
import logging
import os
from collections import Counter
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager
from datetime import date
from typing import Any, NamedTuple

from api.tiles import coding
from api.tiles.cache import Cache, Entry
from api.tiles.connections import Connections
from api.tiles.keeper import Keeper
from api.tiles.news import News, Stamp
from gis_app.layer import Layer
from gis_app.registry import Registry
from gis_app.rights import Sight
from gis_app.settings import Settings
from gis_app.store import tiles

# Who sees what is part of every key: a tile made for one sight is never another's. Zones in tiles
# are law, which everybody sees.
TRIES = 4
log = logging.getLogger(__name__)


class Place(NamedTuple):
    """Which tile: address in WebMercatorQuad, and the day asked for (None: today)."""

    z: int
    x: int
    y: int
    on: date | None = None
    sight: Sight = tiles.EVERYTHING


class Tiles:
    """The tiles of a deployment, as one process serves them."""

    def __init__(self, settings: Settings, url: str, registry: Registry) -> None:
        self.registry = registry
        self.cache = Cache(settings.tile_cache_mb << 20)
        self.counts: Counter[str] = Counter()
        self.largest: dict[str, int] = {}
        self._connections = Connections(url, settings.tile_connections, settings.tile_timeout_s)
        self._keeper = Keeper(url)
        self.news = News(url, self._keeper.want)
        self._forms = {layer.id: tiles.form(layer) for layer in registry.layers.values()}
        self._flights: dict[Hashable, tuple[Stamp, asyncio.Task[Entry]]] = {}

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Listen and keep house while the block runs."""
        tasks = [asyncio.create_task(work()) for work in (self.news.listen, self._keeper.work)]
        try:
            yield
        finally:
            self.news.stop()
            self._keeper.stop()
            _, late = await asyncio.wait(tasks, timeout=3)
            for task in late:  # a dead database must not keep us
                task.cancel()
            if late:
                await asyncio.wait(late, timeout=3)
            await self._connections.close()

    async def one(self, layer: Layer, place: Place) -> tuple[Hashable, Entry]:
        """A layer's tile, with its key. Raises `NotFound`, `Unavailable`."""
        if place.on == self.news.today():
            place = place._replace(on=None)
        if layer.geometry != "point":
            place = place._replace(sight=tiles.EVERYTHING)
        key = (layer.id, place)
        for _ in range(TRIES):
            stamp = self.news.stamp(layer.id, place.z, place.x, place.y)
            # what wells were on a day may change by more than is announced
            if _of_the_ledger(layer, place) or not self.news.trusted():
                return key, await self._build(layer, place, stamp)
            kept = self.cache.get(key)
            if kept is not None and kept.stamp == stamp and self._of_today(kept):
                self.counts["hits"] += 1
                return key, kept
            entry = await self._joined(key, layer, place, stamp)
            if entry.stamp == self.news.stamp(layer.id, place.z, place.x, place.y):
                break
            self.counts["rebuilt"] += 1
        return key, entry

    async def all(self, place: Place) -> tuple[Hashable, Entry]:
        """The tile of all layers in one MVT, with its key: the layers' tiles one after another."""
        parts = [(await self.one(layer, place))[1] for layer in self.registry.layers.values()]
        mark = hashlib.sha256("\n".join(part.mark for part in parts).encode()).hexdigest()[:16]
        key = (None, place)
        kept = self.cache.get(key)
        if kept is None or kept.mark != mark:
            kept = Entry(mark, (0, 0, 0), None, {"": b"".join(part.body for part in parts)})
            self.cache.keep(key, kept)
            self._measure("all layers", place, kept.body)
        return key, kept

    async def coded(self, key: Hashable, entry: Entry, wanted: str) -> tuple[str, bytes]:
        """The coding and the bytes to send; compressed once a tile, off the event loop."""
        if not wanted or len(entry.body) < coding.LEAST_BYTES:
            return "", entry.body
        body = entry.bodies.get(wanted)
        if body is None:
            body = await asyncio.to_thread(coding.compressed, entry.body, wanted)
            if wanted not in entry.bodies:
                self.cache.add(key, entry, wanted, body)
        return wanted, body

    def health(self) -> dict[str, Any]:
        """What this process has served, keeps and hears."""
        return {
            "process": os.getpid(),
            "listening": self.news.trusted(),
            "announcements": self.news.received,
            "connected": self.news.connected,
            "cached_tiles": len(self.cache),
            "cached_bytes": self.cache.bytes,
            "statements": self._connections.asked,
            **{name: self.counts[name] for name in ("hits", "rebuilt", "not_modified")},
            "budget_bytes": tiles.BUDGET_BYTES,
            "over_budget": self.counts["over_budget"],
            "largest": self.largest,
        }

    def _of_today(self, entry: Entry) -> bool:
        return entry.day is None or entry.day == self.news.today()

    async def _joined(self, key: Hashable, layer: Layer, place: Place, stamp: Stamp) -> Entry:
        """The tile from whoever is asking for it since the same counts, or from asking."""
        flying = self._flights.get(key)
        if flying is None or flying[0] != stamp:
            task = asyncio.create_task(self._fly(key, layer, place, stamp))
            self._flights[key] = flying = (stamp, task)
        return await asyncio.shield(flying[1])

    async def _fly(self, key: Hashable, layer: Layer, place: Place, stamp: Stamp) -> Entry:
        try:
            entry = await self._build(layer, place, stamp)
            # a change announced meanwhile may be missing in it: then it is not kept
            if stamp == self.news.stamp(layer.id, place.z, place.x, place.y):
                self.cache.keep(key, entry)
            return entry
        finally:
            if self._flights.get(key, (None, None))[1] is asyncio.current_task():
                del self._flights[key]

    async def _build(self, layer: Layer, place: Place, stamp: Stamp) -> Entry:
        asked = tiles.question(layer, place.z, place.x, place.y, place.on, place.sight)
        if asked is None:
            return Entry("nothing", stamp, None, {"": b""})
        row, started = await self._connections.fetch(asked.statement, asked.values)
        version, day, body = row
        self._measure(layer.id, place, body)
        dated = layer.geometry != "point" and place.on is None
        if _of_the_ledger(layer, place):  # no version counts it
            mark = hashlib.sha256(body).hexdigest()[:16]
        else:  # a server started anew may count the same version again, of other rows
            mark = f"{self._forms[layer.id]}.{started:x}-{version}"
        if dated:
            mark = f"{mark}.{day:%Y%m%d}"
        if place.sight != tiles.EVERYTHING:
            mark = f"{mark}.{hashlib.sha256(repr(place.sight).encode()).hexdigest()[:8]}"
        return Entry(mark, stamp, day if dated else None, {"": bytes(body)})

    def _measure(self, name: str, place: Place, body: bytes) -> None:
        if len(body) <= tiles.BUDGET_BYTES:
            return
        self.counts["over_budget"] += 1
        address = f"{name} {place.z}/{place.y}/{place.x}"
        log.warning("tile over budget: %s has %d bytes", address, len(body))
        self.largest[address] = len(body)
        if len(self.largest) > 20:
            del self.largest[min(self.largest, key=self.largest.__getitem__)]


def _of_the_ledger(layer: Layer, place: Place) -> bool:
    """Whether a tile shows wells as they stood on another day (`store.tiles_of_a_day`)."""
    return layer.geometry == "point" and place.on is not None
