"""地面高程 · ground height (a digital elevation model)."""

from gis_app.raster_layer import RasterLayer, stops

LAYER = RasterLayer(
    id="ground_height",
    zh="地面高程（DEM）",
    en="Ground height (DEM)",
    description_zh="数字高程模型：地面的高程。",
    description_en="A digital elevation model: how high the ground lies.",
    unit="m",
    least=-500,
    most=9000,
    ramp=stops(
        (0, "#2E6B4F"), (300, "#8FB27A"), (800, "#E6DDA8"), (1500, "#B98D5B"), (2500, "#7C5A48"),
        (4000, "#F4F1EC"),
    ),
    nodata=(-9999, -32768),  # what DEMs carry without saying so
    source_zh="数字高程模型",
    source_en="A digital elevation model",
    aliases=("高程", "dem", "数字高程模型"),
    order=240,
)  # fmt: skip
