"""饮用水水源保护区 · drinking-water source protection zone."""

from gis_app.layer import Basis, Choice, Field, Layer, Overlap, Pattern, Style

LAYER = Layer(
    id="source_protection_zone",
    zh="饮用水水源保护区",
    en="Drinking-water source protection zone",
    description_zh="一级、二级保护区和准保护区。",
    description_en="First-class, second-class and quasi protection zones.",
    aliases=("水源保护区", "水源地保护区"),
    grades={
        "level_1": Choice(zh="一级保护区", en="first class", aliases=("一级",)),
        "level_2": Choice(zh="二级保护区", en="second class", aliases=("二级",)),
        "quasi": Choice(zh="准保护区", en="quasi", aliases=("准",)),
    },
    fields=(
        Field(
            name="water_source", zh="水源地名称", en="water source", aliases=("水源地",), tile=True
        ),
        Field(
            name="water_type",
            zh="水源类型",
            en="water of the source",
            kind="choice",
            choices={
                "groundwater": Choice(zh="地下水型", en="groundwater", aliases=("地下水",)),
                "surface": Choice(
                    zh="地表水型", en="surface water", aliases=("地表水", "河流", "湖库")
                ),
            },
        ),
        Field(
            name="centralised",
            zh="是否集中式水源",
            en="centralised source",
            kind="boolean",
            aliases=("集中式",),
        ),
        Field(
            name="source_level",
            zh="水源级别",
            en="level of the water source",
            kind="choice",
            choices={
                "township": Choice(zh="乡镇级", en="township", aliases=("乡镇",)),
                "county": Choice(zh="县级", en="county", aliases=("县",)),
                "city": Choice(zh="市级", en="city", aliases=("市",)),
                "province": Choice(zh="省级", en="province", aliases=("省",)),
            },
        ),
        Field(
            name="quasi_delimited",
            zh="准保护区是否划定",
            en="quasi zone delimited",
            kind="boolean",
        ),
        Field(
            name="source_at_risk",
            zh="补给区环境风险是否较大",
            en="recharge area at risk",
            kind="boolean",
        ),
    ),
    style=Style(color="#00796B", pattern=Pattern.SOLID, opacity=0.14),
    basis=(
        Basis(
            title="中华人民共和国水污染防治法",
            clause="第六十三条",
            quote="饮用水水源保护区分为一级保护区和二级保护区",
        ),
    ),
    self_overlap=Overlap.ALLOWED,
    order=50,
)
