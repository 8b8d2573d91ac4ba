"""地下水埋深 · depth to water."""

from gis_app.raster_layer import RasterLayer, stops

LAYER = RasterLayer(
    id="depth_to_water",
    zh="地下水埋深",
    en="Depth to water",
    description_zh="地面至潜水面的深度；负值为自流。",
    description_en="From the ground down to the water table; negative where water flows out.",
    unit="m",
    decimals=1,
    least=-200,
    most=1500,
    ramp=stops(
        (0, "#0B3C5D"), (5, "#2F7FA8"), (15, "#7FB8C9"), (30, "#CFE3DC"), (60, "#E9D8A6"),
        (120, "#A9743F"),
    ),
    source_zh="水位测点插值与地面高程之差",
    source_en="Ground heights minus a water table drawn from measured levels",
    aliases=("埋深", "水位埋深", "地下水位埋深"),
    order=230,
)  # fmt: skip
