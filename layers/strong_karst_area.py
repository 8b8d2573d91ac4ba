"""岩溶强发育区 · strong karst area."""

from gis_app.layer import Basis, Layer, Pattern, Style

LAYER = Layer(
    id="strong_karst_area",
    zh="岩溶强发育区",
    en="Strong karst area",
    description_zh="岩溶强发育、存在较多落水洞和岩溶漏斗的区域。",
    description_en="Strongly karstified ground with sinkholes and dolines.",
    aliases=("岩溶强发育区域", "岩溶发育区"),
    style=Style(color="#5B7DB1", pattern=Pattern.CROSS_DOTS, opacity=0.14),
    basis=(
        Basis(
            title="地下水管理条例",
            clause="第四十二条",
            quote="岩溶强发育、存在较多落水洞和岩溶漏斗的区域",
        ),
    ),
    order=22,
)
