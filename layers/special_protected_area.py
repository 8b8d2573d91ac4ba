"""特殊保护区域 · specially protected area."""

from gis_app.layer import Basis, Choice, Layer, Pattern, Style

LAYER = Layer(
    id="special_protected_area",
    zh="特殊保护区域",
    en="Specially protected area",
    description_zh="重大基础设施保护区域、重要文物保护范围、自然保护区、重要湿地、地质公园等。",
    description_en="Infrastructure, heritage, nature reserves, wetlands, geoparks.",
    aliases=("特殊保护区", "重要保护区域"),
    grades={
        "infrastructure": Choice(
            zh="重大基础设施保护区域", en="infrastructure", aliases=("重大基础设施",)
        ),
        "heritage": Choice(zh="重要文物保护范围", en="heritage", aliases=("文物保护范围",)),
        "reserve_core": Choice(
            zh="自然保护区核心区、缓冲区",
            en="nature reserve core and buffer",
            aliases=("自然保护区核心区", "自然保护区缓冲区"),
        ),
        "wetland": Choice(zh="重要湿地", en="important wetland", aliases=("湿地",)),
        "geopark": Choice(zh="地质公园", en="geopark"),
    },
    style=Style(color="#4E7D4E", pattern=Pattern.WAVE, opacity=0.14),
    basis=(
        Basis(
            title="内蒙古自治区地下水保护和管理条例",
            clause="第二十四条",
            quote="重大基础设施保护区域、重要文物保护范围、自然保护区的核心区和缓冲区",
        ),
    ),
    order=26,
)
