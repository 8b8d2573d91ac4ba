"""污染防治重点区分级 · pollution-priority class, cell by cell."""

from gis_app.raster_layer import Class, RasterLayer

LAYER = RasterLayer(
    id="pollution_priority_class",
    zh="污染防治重点区分级",
    en="Pollution-priority class",
    description_zh="区划计算逐格的结果：一般区、管控类区域和保护类区域。不是法定区划；"
    "法定的见“地下水污染防治重点区”图层。",
    description_en="What a zoning run found cell by cell: general, control and protection. Not "
    "law: the zones that are lie in the layer “Pollution priority zone”.",
    # codes as the overlay writes them (gis_app/zoning/overlays)
    classes=(
        Class(code=0, color="#E7E5DC", zh="一般区", en="general"),
        Class(code=2, color="#E3B04B", zh="管控类区域（二级）", en="control, second class"),
        Class(code=1, color="#B5542B", zh="管控类区域（一级）", en="control, first class"),
        Class(code=11, color="#274C77", zh="一级保护区", en="source protection, first"),
        Class(code=12, color="#5B8DB8", zh="二级保护区", en="source protection, second"),
        Class(code=13, color="#A3C4DC", zh="准保护区", en="source protection, quasi"),
        Class(code=14, color="#3F8F7F", zh="补给区", en="recharge area"),
        Class(
            code=15,
            color="#7B5EA7",
            zh="矿泉水、名泉等特殊区",
            en="mineral water and famous springs",
        ),
    ),
    resampling="nearest",
    source_zh="区划计算（gis-app zoning run）",
    source_en="A zoning run (gis-app zoning run)",
    aliases=("重点区分级", "防治分区栅格"),
    order=220,
)
