"""泉域重点保护区 · key protection area of a spring domain."""

from gis_app.layer import Field, Layer, Overlap, Pattern, Style

LAYER = Layer(
    id="spring_key_area",
    zh="泉域重点保护区",
    en="Spring key protection area",
    description_zh="泉域内的重点保护区。《山西省泉域水资源保护条例》相关条文未核实，目前不据此作出结论。",
    description_en="Core of a spring domain. The provincial articles are unverified; "
    "no verdict rests on this layer yet.",
    aliases=("重点保护区", "泉源区"),
    fields=(Field(name="spring", zh="泉名", en="spring", aliases=("泉水名称",)),),
    style=Style(color="#0B5CAD", pattern=Pattern.CROSS_HATCH, opacity=0.14),
    overlaps={"spring_domain": Overlap.NESTED},
    order=30,
)
