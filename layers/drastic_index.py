"""DRASTIC 脆弱性指数 · DRASTIC vulnerability index."""

from gis_app.raster_layer import RasterLayer, stops

LAYER = RasterLayer(
    id="drastic_index",
    zh="DRASTIC 脆弱性指数",
    en="DRASTIC index",
    description_zh="地下水固有脆弱性，23（最低）至 226（最高）；数值越大越易受污染。",
    description_en="Intrinsic vulnerability of groundwater, from 23 to 226; the higher, the more "
    "easily polluted.",
    unit="1",
    least=23,
    most=226,
    # colour-blind safe (cividis-like), dark is vulnerable; 80, 120, 160 are the class limits
    ramp=stops(
        (23, "#FFF7CF"), (80, "#F1CF6B"), (120, "#D98E3F"), (160, "#A34A33"), (226, "#4C1326")
    ),
    source_zh="区划计算（gis-app zoning run）或外部成果",
    source_en="A zoning run (gis-app zoning run), or another's result",
    aliases=("脆弱性指数", "drastic"),
    order=210,
)
