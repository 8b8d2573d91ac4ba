"""地下水限制开采区 · groundwater restricted zone."""

from gis_app.layer import Basis, Layer, Overlap, Pattern, Style

LAYER = Layer(
    id="restricted_zone",
    zh="限制开采区",
    en="Restricted extraction zone",
    description_zh="区内禁止新增取用地下水，并逐步削减取水量。",
    description_en="No new abstraction; existing volumes must fall step by step.",
    aliases=("限采区", "地下水限采区", "地下水限制开采区"),
    style=Style(color="#C77700", pattern=Pattern.WIDE_HATCH, opacity=0.18),
    basis=(
        Basis(
            title="地下水管理条例",
            clause="第三十四条",
            quote="有下列情形之一的，应当划为地下水限制开采区",
        ),
    ),
    overlaps={"prohibited_zone": Overlap.FORBIDDEN},
    order=70,
)
