"""地下水管理单元 · groundwater management unit."""

from gis_app.layer import Basis, Field, Layer, Overlap, Pattern, Style

LAYER = Layer(
    id="management_unit",
    zh="地下水管理单元",
    en="Groundwater management unit",
    description_zh="取水总量与水位双控的管理单元。",
    description_en="Unit of volume and level control.",
    aliases=("管理单元",),
    fields=(
        Field(
            name="quota_m3",
            zh="年取水总量控制指标（立方米）",
            en="yearly abstraction quota",
            kind="number",
            unit="m3",
            minimum=0,
            aliases=("总量控制指标", "取水总量指标"),
        ),
        Field(
            name="control_level_m",
            zh="控制水位（米）",
            en="control water level",
            kind="number",
            unit="m",
            aliases=("控制水位",),
        ),
    ),
    style=Style(color="#8796A5", pattern=Pattern.HAIRLINE, opacity=0.04),
    basis=(
        Basis(
            title="鄂尔多斯市通知",
            clause="三(四)",
            quote="要对地下水取用水总量超过控制指标或水位不符合控制指标的管理单元",
        ),
    ),
    self_overlap=Overlap.FORBIDDEN,
    order=5,
)
