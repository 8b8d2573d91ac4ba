"""水工程保护范围 · waterworks protection area."""

from gis_app.layer import Basis, Layer, Pattern, Style

LAYER = Layer(
    id="works_protection_area",
    zh="水工程保护范围",
    en="Waterworks protection area",
    description_zh="水库、堤防、渠道等水工程的保护范围。",
    description_en="Protection range of waterworks.",
    aliases=("水工程管理和保护范围", "工程保护范围"),
    style=Style(color="#37718E", pattern=Pattern.DASHED, opacity=0.14),
    basis=(
        Basis(
            title="中华人民共和国水法",
            clause="第四十三条",
            quote="应当按照省、自治区、直辖市人民政府的规定，划定工程保护范围",
        ),
    ),
    order=24,
)
