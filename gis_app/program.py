"""Which program made something: what was kept by another is made anew."""

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable


@cache
def fingerprint(*packages: str) -> str:
    """The SHA-256 of the Python and SQL sources of packages, in their order."""
    digest = hashlib.sha256()
    for package in packages:
        for path in _sources(files(package)):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _sources(folder: Traversable) -> list[Traversable]:
    found: list[Traversable] = []
    for path in sorted(folder.iterdir(), key=lambda each: each.name):
        if path.is_dir():
            found += _sources(path)
        elif path.name.endswith((".py", ".sql")):
            found.append(path)
    return found
