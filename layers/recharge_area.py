"""水源补给区 · recharge area of a groundwater source."""

from gis_app.layer import Basis, Field, Layer, Pattern, Style

LAYER = Layer(
    id="recharge_area",
    zh="水源补给区",
    en="Recharge area",
    description_zh="集中式地下水型饮用水水源的补给区。",
    description_en="Recharge area of a centralised groundwater drinking source.",
    aliases=("补给区", "饮用水水源补给区"),
    fields=(Field(name="water_source", zh="水源地名称", en="water source", aliases=("水源地",)),),
    style=Style(color="#2E7D5B", pattern=Pattern.DOTS, opacity=0.12),
    basis=(
        Basis(
            title="咸政办发〔2022〕6号",
            clause="三(三)",
            quote="开展补给区划分和地下水环境状况调查",
        ),
    ),
    order=25,
)
