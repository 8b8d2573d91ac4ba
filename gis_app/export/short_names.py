"""Names of ten bytes, as a .dbf has them."""

from collections.abc import Iterable

LENGTH = 10


def shortened(names: Iterable[str]) -> dict[str, str]:
    """A short name for each, no two alike: `annual_permitted_m3` is `ann_per_m3`."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        short, number = _short(name), 1
        while short in taken:
            number += 1
            short = f"{_short(name)[: LENGTH - 1 - len(str(number))]}_{number}"
        taken.add(short)
        found[name] = short
    return found


def _short(name: str) -> str:
    """Every word cut alike, so that the last one, often a unit, is still there."""
    if len(name) <= LENGTH:
        return name
    words = name.split("_")
    for letters in range(LENGTH, 0, -1):
        told = "_".join(word[:letters] for word in words)
        if len(told) <= LENGTH:
            return told
    return "".join(word[0] for word in words if word)[:LENGTH]
