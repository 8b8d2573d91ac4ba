"""Tiles of others kept on disk, within bounds."""

import os
import tempfile
import time
from pathlib import Path


class Shelf:
    """A folder of files that together stay under a size; the longest unread go first.

    Several processes may share it: each tidies up after what it has added itself, so that the
    folder grows beyond its size by a twentieth a process at most.
    """

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self._folder = folder
        self._most = most_bytes
        self._added = most_bytes  # what an earlier process left is looked at first

    def find(self, name: str) -> tuple[bytes, float] | None:
        """What is kept under a name, and its age in seconds."""
        path = self._folder / name
        try:
            age_s = time.time() - path.stat().st_mtime
            os.utime(path, (time.time(), path.stat().st_mtime))  # read just now
            return path.read_bytes(), age_s
        except FileNotFoundError:
            return None

    def keep(self, name: str, content: bytes) -> None:
        """Keep something under a name; a reader sees the old or the new, never a part."""
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
            file.write(content)
        Path(file.name).replace(path)
        self._added += len(content)
        if self._added > self._most / 20:
            self._tidy()
            self._added = 0

    def _tidy(self) -> None:
        """Remove the longest unread until nine tenths of the size are left."""
        found = []
        for path in self._folder.rglob("*"):
            try:
                stat = path.stat()
            except FileNotFoundError:
                continue
            if path.is_file():
                found.append((stat.st_atime, stat.st_size, path))
        total = sum(size for _, size, _ in found)
        if total <= self._most:
            return
        for _, size, path in sorted(found):
            path.unlink(missing_ok=True)
            total -= size
            if total <= self._most * 0.9:
                return
