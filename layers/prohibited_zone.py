"""地下水禁止开采区 · groundwater prohibited zone."""

from gis_app.layer import Basis, Layer, Overlap, Pattern, Style

LAYER = Layer(
    id="prohibited_zone",
    zh="禁止开采区",
    en="Prohibited extraction zone",
    description_zh="由省级人民政府划定并公布，区内禁止取用地下水。",
    description_en="Designated by the province; groundwater may not be taken inside.",
    aliases=("禁采区", "地下水禁采区", "地下水禁止开采区"),
    style=Style(color="#B3261E", pattern=Pattern.HATCH, opacity=0.18),
    basis=(
        Basis(
            title="地下水管理条例",
            clause="第三十三条",
            quote="有下列情形之一的，应当划为地下水禁止开采区",
        ),
    ),
    overlaps={"restricted_zone": Overlap.FORBIDDEN},
    order=80,
)
