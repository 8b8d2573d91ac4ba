"""Tiles are, cell by cell, what an independent rendering of the same COG is."""

import io

import numpy as np
import pytest
import rasterio
from PIL import Image
from rasterio.enums import Resampling
from rasterio.transform import from_bounds
from rasterio.warp import reproject

from gis_app.raster import arrival, picture
from gis_app.raster.arrival_check import Said
from gis_app.raster.picture import TMS
from tests.rasters import made
from tests.rasters.conftest import LAW

DEPTH, KINDS = LAW.raster("depth_to_water"), LAW.raster("pollution_priority_class")


def rgba(body: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(body)) as image:
        return np.asarray(image.convert("RGBA"))


def grid(z, x, y):
    """A tile's cells, as an affine matrix in EPSG:3857."""
    return from_bounds(*TMS.xy_bounds(x, y, z), 256, 256)


def by_hand(path, layer, z, x, y) -> np.ndarray:
    """The tile's levels warped by rasterio alone, coloured by the declaration."""
    levels = np.full((256, 256), 255, "uint8")
    with rasterio.open(path) as file:
        reproject(rasterio.band(file, 1), levels, dst_transform=grid(z, x, y),
                  dst_crs="EPSG:3857", dst_nodata=255, resampling=Resampling.nearest)  # fmt: skip
    table = np.array([layer.palette()[n] for n in range(256)], "uint8")
    return table[levels]


@pytest.fixture(scope="module")
def kinds(tmp_path_factory):
    room = tmp_path_factory.mktemp("kinds")
    return arrival.make(made.write(room / "k.tif", made.codes(), nodata=255), KINDS, Said(), room)


@pytest.fixture(scope="module")
def depth(tmp_path_factory):
    room = tmp_path_factory.mktemp("depth")
    path = made.write(room / "d.tif", made.slope(), unit="m", nodata=float("nan"))
    return arrival.make(path, DEPTH, Said(), room)


def middle(made_of, z):
    west, south, east, north = made_of.bounds.bounds
    tile = TMS.tile((west + east) / 2, (south + north) / 2, z)
    return tile.z, tile.x, tile.y


@pytest.mark.parametrize("more", [0, 1, 3])
@pytest.mark.parametrize("form", ["png", "webp"])
def test_a_tile_of_classes_is_the_same_as_by_hand(kinds, more, form):
    place = middle(kinds, kinds.max_zoom + more)
    shown = rgba(picture.tile([kinds.picture], KINDS, place, form))
    expected = by_hand(kinds.picture, KINDS, *place)
    assert (shown[..., 3] == expected[..., 3]).all()
    seen = expected[..., 3] > 0
    assert seen.sum() > 0
    assert (shown[seen] == expected[seen]).all()


def test_a_tile_of_classes_shows_what_the_file_has_at_each_cell(kinds):
    """Not only the picture again: the colours against the codes of the file that was brought."""
    from pyproj import Transformer

    place = middle(kinds, kinds.max_zoom)
    shown = rgba(picture.tile([kinds.picture], KINDS, place, "png"))
    a = grid(*place)
    back = Transformer.from_crs(3857, made.GK, always_xy=True)
    with rasterio.open(kinds.analysis) as file:
        cells, place_of = file.read(1), file.transform
    right = wrong = 0
    for row in range(0, 256, 5):
        for column in range(0, 256, 5):
            east, north = back.transform(a.c + a.a * (column + 0.5), a.f + a.e * (row + 0.5))
            x, y = (east - place_of.c) / place_of.a, (north - place_of.f) / place_of.e
            if min(abs(x - round(x)), abs(y - round(y))) < 0.35:
                continue  # near an edge of a cell either side may be drawn
            inside = 0 <= x < 60 and 0 <= y < 40
            code = int(cells[int(y), int(x)]) if inside else 255
            same = tuple(shown[row, column]) == KINDS.palette()[code] or (
                code == 255 and shown[row, column][3] == 0
            )
            right, wrong = right + same, wrong + (not same)
    assert right > 150
    assert wrong == 0


def test_a_tile_of_values_has_the_colours_of_the_values_to_a_level(depth):
    place = middle(depth, depth.max_zoom)
    shown = rgba(picture.tile([depth.picture], DEPTH, place, "png"))
    values = np.full((256, 256), np.nan, "float32")
    with rasterio.open(depth.analysis) as file:
        reproject(rasterio.band(file, 1), values, dst_transform=grid(*place),
                  dst_crs="EPSG:3857", resampling=Resampling.bilinear)  # fmt: skip
    level = (np.clip(values, 0, 120) / 120) * 254
    table = np.array([DEPTH.palette()[n] for n in range(256)], float)
    known = ~np.isnan(values) & (shown[..., 3] > 0)
    assert known.sum() > 5000
    near = table[np.rint(level[known]).astype(int)]
    # a level is 0.5 m here, and the ramp is nowhere steeper than 8 of 255 a level
    assert np.abs(near - shown[known]).max() <= 16
    hole = by_hand(depth.picture, DEPTH, *place)[..., 3] == 0
    assert hole.any()
    assert (shown[hole][:, 3] == 0).mean() > 0.9


def test_where_nothing_lies_a_tile_is_clear_and_two_files_make_one_picture(kinds, tmp_path):
    place = middle(kinds, kinds.max_zoom)
    far = (place[0], 0, 0)
    assert rgba(picture.tile([kinds.picture], KINDS, far, "png"))[..., 3].max() == 0
    assert rgba(picture.tile([], KINDS, place, "webp"))[..., 3].max() == 0
    whole = made.write(tmp_path / "w.tif", np.full((40, 60), 11, "uint8"))
    other = arrival.make(whole, KINDS, Said(), tmp_path)
    alone = rgba(picture.tile([kinds.picture], KINDS, place, "png"))
    both = rgba(picture.tile([kinds.picture, other.picture], KINDS, place, "png"))
    seen = alone[..., 3] > 0
    assert (both[seen] == alone[seen]).all()  # the first goes before
    filled = both[~seen & (both[..., 3] > 0)]
    assert len(filled) > 100
    assert {tuple(each) for each in filled} == {KINDS.palette()[11]}


def test_the_mark_of_a_tile_changes_with_files_and_colours():
    import dataclasses

    one = picture.mark(DEPTH, ["a"])
    assert one == picture.mark(DEPTH, ["a"])
    assert one != picture.mark(DEPTH, ["b"])
    other = dataclasses.replace(DEPTH, ramp=DEPTH.ramp[1:])
    assert one != picture.mark(other, ["a"])
