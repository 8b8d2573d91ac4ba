"""地质灾害与生态损害区 · geological hazard area."""

from gis_app.layer import Basis, Choice, Layer, Pattern, Style

LAYER = Layer(
    id="geological_hazard_area",
    zh="地质灾害与生态损害区",
    en="Geological hazard area",
    description_zh="地面沉降、地裂缝、海（咸）水入侵、植被退化等由开采地下水引发的区域。",
    description_en="Subsidence, fissures, intrusion or loss of vegetation caused by abstraction.",
    aliases=("地面沉降区", "地裂缝区"),
    grades={
        "severe": Choice(zh="严重", en="severe"),
        "moderate": Choice(zh="一般", en="moderate", aliases=("中等", "轻微")),
    },
    style=Style(color="#A0522D", pattern=Pattern.CROSS_HATCH, opacity=0.14),
    basis=(
        Basis(
            title="地下水管理条例",
            clause="第三十三条",
            quote="已发生严重的地面沉降、地裂缝、海（咸）水入侵、植被退化等地质灾害或者生态损害的区域",
        ),
    ),
    order=64,
)
