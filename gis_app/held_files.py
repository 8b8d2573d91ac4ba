"""The files of a deployment as they are at one moment, for a backup that takes minutes."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

# below the home, and no part of what a deployment knows
LEFT_OUT = frozenset({"cluster", "logs", "basemap"})
_HELD = ".backup-"


@contextmanager
def held(home: Path) -> Iterator[Path]:
    """A folder with the files below a home that belong to what the database knows, as they are now.

    An import that is committed while the database is dumped takes its staged rows away.
    """
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=_HELD, dir=home) as folder:
        for path in _kept(home):
            target = Path(folder) / path.relative_to(home)
            target.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileNotFoundError):  # gone since it was listed, as its batch is
                _hold(path, target)
        yield Path(folder)


def digests(home: Path) -> dict[str, str]:
    """The SHA-256 of each of these files, by its name below the home."""
    return {str(path.relative_to(home)): _digest(path) for path in sorted(_kept(home))}


def _hold(path: Path, target: Path) -> None:
    """A second name of a file; a copy where the file system has no such thing."""
    try:
        os.link(path, target)
    except OSError:
        shutil.copyfile(path, target)


def _kept(home: Path) -> Iterator[Path]:
    for folder in home.iterdir() if home.is_dir() else ():
        if folder.is_dir() and folder.name not in LEFT_OUT and not folder.name.startswith(_HELD):
            yield from (path for path in folder.rglob("*") if path.is_file())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
