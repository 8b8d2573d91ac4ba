"""Tiles and legends of raster layers as pictures."""

import hashlib
import warnings
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import morecantile
import numpy as np
from rasterio.errors import NotGeoreferencedWarning

from gis_app.raster import cog
from gis_app.raster_layer import NO_CODE, RasterLayer, Rgba

if TYPE_CHECKING:  # rio-tiler loads xarray where it finds it: a process waits until it draws
    from rio_tiler.models import ImageData

Form = Literal["png", "webp"]
SIDE = 256  # cells of a tile
MAX_ZOOM = 22
TMS = morecantile.tms.get("WebMercatorQuad")
# the fastest that is still small; of WebP the form that loses nothing: colours are meanings
_OPTIONS: dict[Form, dict[str, Any]] = {
    "png": {"img_format": "PNG", "zlevel": 1},
    "webp": {"img_format": "WEBP", "lossless": True},
}


def tile(
    pictures: Sequence[Path], layer: RasterLayer, place: tuple[int, int, int], form: Form
) -> bytes:
    """A tile (z, x, y of WebMercatorQuad) as a picture of 256 × 256; clear where there is no data.

    `pictures` are what `arrival.make` made for the map, first the one that goes before the others.
    """
    if not pictures:
        return clear(form)
    from rio_tiler.errors import EmptyMosaicError  # noqa: PLC0415
    from rio_tiler.mosaic import mosaic_reader  # noqa: PLC0415

    z, x, y = place
    read = _levels(layer)
    with cog.careful(), warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        try:
            found, _ = mosaic_reader([str(path) for path in pictures], read, x, y, z, threads=0)
        except EmptyMosaicError:
            return clear(form)
        return _encoded(found, layer, form)


def _levels(layer: RasterLayer) -> Any:
    """A reader of a tile's levels or codes from one file."""
    from rio_tiler.io import Reader  # noqa: PLC0415

    how = "nearest" if layer.classified else layer.resampling

    def read(path: str, x: int, y: int, z: int) -> "ImageData":
        with Reader(path, tms=TMS) as source:
            found: ImageData = source.tile(
                x, y, z, tilesize=SIDE, resampling_method=how, reproject_method=how
            )
            return found

    return read


def _encoded(found: "ImageData", layer: RasterLayer, form: Form) -> bytes:
    if not found.mask.any():
        return clear(form)
    return bytes(found.render(colormap=_palette(layer), add_mask=True, **_OPTIONS[form]))


@lru_cache(maxsize=64)
def _palette(layer: RasterLayer) -> dict[int, Rgba]:
    return layer.palette()  # worked out once: it takes as long as the rest of a tile


@lru_cache(maxsize=2)
def clear(form: Form) -> bytes:
    """A tile with nothing in it: so a map draws nothing there, and asks no more."""
    from rio_tiler.models import ImageData  # noqa: PLC0415

    nothing = np.ma.array(np.full((1, SIDE, SIDE), NO_CODE, np.uint8), mask=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        shown = ImageData(nothing)
        return bytes(shown.render(colormap={NO_CODE: (0, 0, 0, 0)}, **_OPTIONS[form]))


def mark(layer: RasterLayer, pictures: Sequence[str]) -> str:
    """What changes when a tile does: the colours and the files (SHA-256) it is made of."""
    said = repr((sorted(_palette(layer).items()), layer.resampling, list(pictures)))
    return hashlib.sha256(said.encode()).hexdigest()[:16]
