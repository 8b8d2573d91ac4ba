"""难以更新的地下水 · hard-to-renew groundwater."""

from gis_app.layer import Basis, Layer, Pattern, Style

LAYER = Layer(
    id="hard_to_renew_groundwater",
    zh="难以更新的地下水",
    en="Hard-to-renew groundwater",
    description_zh="难以更新的地下水的分布范围；是否取自该水还取决于井的取水层位。",
    description_en="Extent of groundwater that is not or hardly replenished.",
    aliases=("难以更新地下水", "深层承压水"),
    style=Style(color="#6D4C41", pattern=Pattern.WIDE_HATCH, opacity=0.14),
    basis=(
        Basis(
            title="地下水管理条例",
            clause="第二十七条",
            quote="禁止开采难以更新的地下水",
        ),
    ),
    order=62,
)
