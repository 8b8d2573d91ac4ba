"""Tiles of a quadtree: the squares of web maps, cut finer where there are more points."""

import numpy as np
from numpy.typing import NDArray

from gis_app.offline.grid import Floats

DEEPEST = 20
_TOP = 85.05112877980659  # where the square map ends


def tiles(x: Floats, y: Floats, most: int) -> list[tuple[str, NDArray[np.int64]]]:
    """Tiles with the numbers of their points, at most `most` each (but for points on one spot).

    `x`, `y`: longitude and latitude. Every point lies in one tile. A tile is a quadkey of web maps
    ("0" north-west, "3" south-east), or neighbours along their order that are small enough to go
    together ("first-last"), so that tiles are of about one size.
    """
    together: list[list[tuple[str, NDArray[np.int64]]]] = []
    held = 0
    for key, points in _leaves(x, y, most):
        if not together or held + len(points) > most:
            together.append([])
            held = 0
        together[-1].append((key, points))
        held += len(points)
    return [
        (
            parts[0][0] if len(parts) == 1 else f"{parts[0][0]}-{parts[-1][0]}",
            np.sort(np.concatenate([points for _, points in parts])),
        )
        for parts in together
    ]


def _leaves(x: Floats, y: Floats, most: int) -> list[tuple[str, NDArray[np.int64]]]:
    """Quadkeys, in their order, cut while they hold more than a quarter of what a tile may."""
    codes = morton(x, y)
    order = np.argsort(codes, kind="stable")
    ranked = codes[order]
    found: list[tuple[str, NDArray[np.int64]]] = []
    waiting = [("", 0, len(order))]
    while waiting:
        key, begin, end = waiting.pop()
        if begin == end:
            continue
        if end - begin <= max(most // 4, 1) or len(key) == DEEPEST:
            found.append((key or "all", order[begin:end]))
            continue
        shift = 2 * (DEEPEST - len(key) - 1)
        prefix = (int(key, 4) if key else 0) << 2
        cuts = begin + np.searchsorted(
            ranked[begin:end], (prefix + np.arange(5, dtype=np.int64)) << shift
        )
        for n in reversed(range(4)):
            waiting.append((f"{key}{n}", int(cuts[n]), int(cuts[n + 1])))
    return found


def morton(x: Floats, y: Floats) -> NDArray[np.int64]:
    """The number of the deepest tile that each point lies in; its base-4 digits are the quadkey."""
    size = 1 << DEEPEST
    lat = np.radians(np.clip(y, -_TOP, _TOP))
    column = (x + 180) / 360 * size
    row = (1 - np.arctanh(np.sin(lat)) / np.pi) / 2 * size
    inside = [np.clip(np.floor(each), 0, size - 1).astype(np.int64) for each in (column, row)]
    return _spread(inside[0]) | (_spread(inside[1]) << 1)


def _spread(bits: NDArray[np.int64]) -> NDArray[np.int64]:
    """Twenty bits with a blank after each."""
    for shift, mask in ((16, 0x0000FFFF0000FFFF), (8, 0x00FF00FF00FF00FF), (4, 0x0F0F0F0F0F0F0F0F),
                        (2, 0x3333333333333333), (1, 0x5555555555555555)):  # fmt: skip
        bits = (bits | (bits << shift)) & mask
    return bits
