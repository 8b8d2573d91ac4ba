"""Bytes on their way out: from a writer that only knows files, and from a file on disk."""

import io
from collections.abc import Generator
from pathlib import Path
from typing import Any

CHUNK = 1 << 18


class Sink(io.RawIOBase):
    """A file that hands on what is written into it."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[bytes] = []
        self._at = 0

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, part: Any, /) -> int:
        """Keep a part until it is taken."""
        kept = bytes(part)
        self._parts.append(kept)
        self._at += len(kept)
        return len(kept)

    def tell(self) -> int:
        """How many bytes were written in all."""
        return self._at

    def take(self) -> bytes:
        """What was written since the last time."""
        taken = b"".join(self._parts)
        self._parts.clear()
        return taken


def of_file(path: Path) -> Generator[bytes, None, None]:
    """The bytes of a file, some at a time."""
    with path.open("rb") as file:
        while part := file.read(CHUNK):
            yield part
