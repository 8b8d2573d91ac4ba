"""Every raster layer is complete, and its colours mean what they say."""

import pytest

from gis_app import registry
from gis_app.errors import NotFound, SetupError
from gis_app.raster import units
from gis_app.raster_layer import Class, RasterLayer, stops

LAW = registry.load()
EVERY = pytest.mark.parametrize("layer", LAW.rasters.values(), ids=str)


@EVERY
def test_a_raster_layer_speaks_both_languages_and_says_where_it_comes_from(layer):
    for words in (layer.zh, layer.en, layer.description_zh, layer.description_en,
                  layer.source_zh, layer.source_en):  # fmt: skip
        assert words
    assert layer.unit in units.UNITS
    assert layer.id not in LAW.served


@EVERY
def test_no_two_classes_or_ends_of_a_ramp_look_the_same(layer):
    shown = [each.color for each in layer.classes] or [stop.color for stop in layer.ramp]
    assert len(set(shown)) == len(shown)
    assert all(color.startswith("#") and len(color) == 7 for color in shown)
    assert layer.palette()[255][3] == 0  # no data is clear, never a colour


def test_a_ramp_has_the_colours_of_its_stops_and_the_middle_between_two():
    layer = RasterLayer(id="x", zh="x", en="x", ramp=stops((0, "#000000"), (254, "#FEFEFE")))
    palette = layer.palette()
    assert palette[0] == (0, 0, 0, 255)
    assert palette[127] == (127, 127, 127, 255)
    assert palette[254] == (254, 254, 254, 255)
    assert [layer.level(n) for n in (-5, 127, 999)] == [0, 127, 254]


def test_codes_that_are_not_declared_are_clear():
    layer = RasterLayer(
        id="x", zh="x", en="x", classes=(Class(code=7, color="#0102FF", zh="七", en="seven"),)
    )
    assert layer.palette()[7] == (1, 2, 255, 255)
    assert {rgba[3] for code, rgba in layer.palette().items() if code != 7} == {0}


@pytest.mark.parametrize(
    "declared",
    [
        {},
        {"ramp": stops((0, "#000000"))},
        {"ramp": stops((1, "#000000"), (1, "#FFFFFF"))},
        {"ramp": stops((0, "#000000"), (1, "#FFFFFF")),
         "classes": (Class(code=1, color="#000000", zh="一", en="one"),)},
        {"classes": (Class(code=255, color="#000000", zh="一", en="one"),)},
        {"classes": (Class(code=1, color="#000000", zh="一", en="one"),) * 2},
    ],
)  # fmt: skip
def test_a_declaration_that_cannot_be_drawn_stops_the_start(declared):
    with pytest.raises(SetupError, match="栅格图层"):
        RasterLayer(id="x", zh="x", en="x", **declared)


def test_a_raster_is_found_by_its_names_and_no_id_is_used_twice():
    assert LAW.raster("DEM").id == LAW.raster("地面高程（DEM）").id == "ground_height"
    with pytest.raises(NotFound, match="ground_height"):
        LAW.raster("nothing")
    with pytest.raises(NotFound, match="position"):
        LAW.collection("ground_height")
    with pytest.raises(SetupError, match="declared twice"):
        registry.build([LAW.layers["well"], *[LAW.rasters["ground_height"]] * 2], [])


def test_the_classes_of_pollution_priority_are_those_a_zoning_run_writes():
    from gis_app.zoning import overlay

    written = overlay.load().meanings
    written.pop(overlay.UNKNOWN)  # no data here
    declared = LAW.raster("pollution_priority_class").classes
    assert {each.code: (each.zh, each.en) for each in declared} == written
