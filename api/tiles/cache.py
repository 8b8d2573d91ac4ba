"""Tiles kept in memory: the least lately asked for leaves first when they take too much room."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date

from api.tiles.news import Stamp

OVERHEAD_BYTES = 800


@dataclass(slots=True)
class Entry:
    """A tile: its state's mark without quotes, the counts it hangs on, its bytes by coding."""

    mark: str
    stamp: Stamp
    # the legal day it is of; None where the day changes nothing
    day: date | None
    bodies: dict[str, bytes] = field(default_factory=dict)

    @property
    def body(self) -> bytes:
        """The tile as it is."""
        return self.bodies[""]

    @property
    def size(self) -> int:
        """Bytes of memory, about."""
        return OVERHEAD_BYTES + sum(len(body) for body in self.bodies.values())


class Cache:
    """At most `most_bytes` of tiles by their keys."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._kept: OrderedDict[Hashable, Entry] = OrderedDict()
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable) -> Entry | None:
        """What is kept under a key."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def keep(self, key: Hashable, entry: Entry) -> None:
        """Keep an entry in the place of the one before."""
        self.drop(key)
        self._kept[key] = entry
        self._grow(entry.size)

    def add(self, key: Hashable, entry: Entry, coding: str, body: bytes) -> None:
        """Keep another coding beside the tile, if the tile is still kept."""
        entry.bodies[coding] = body
        if self._kept.get(key) is entry:
            self._grow(len(body))

    def drop(self, key: Hashable) -> None:
        """Forget one."""
        gone = self._kept.pop(key, None)
        if gone is not None:
            self.bytes -= gone.size

    def _grow(self, by: int) -> None:
        self.bytes += by
        while self.bytes > self._most and self._kept:
            _, gone = self._kept.popitem(last=False)
            self.bytes -= gone.size
