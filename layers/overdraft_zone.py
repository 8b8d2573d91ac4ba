"""地下水超采区 · overdraft zone (GB/T 34968)."""

from gis_app.layer import Basis, Choice, Field, Layer, Pattern, Style

LAYER = Layer(
    id="overdraft_zone",
    zh="超采区",
    en="Overdraft zone",
    description_zh="地下水超采区的公布边界与等级；公布等级与计算值分别保存，互不覆盖。",
    description_en="Published overdraft areas; a computed grade never replaces a published one.",
    aliases=("地下水超采区",),
    grades={
        "general": Choice(zh="一般超采区", en="general", aliases=("一般",)),
        "severe": Choice(zh="严重超采区", en="severe", aliases=("严重",)),
    },
    fields=(
        Field(
            name="medium",
            zh="含水介质",
            en="aquifer medium",
            kind="choice",
            choices={
                "pore": Choice(zh="孔隙水", en="pore", aliases=("孔隙",)),
                "fissure": Choice(zh="裂隙水", en="fissure", aliases=("裂隙",)),
                "karst": Choice(zh="岩溶水", en="karst", aliases=("岩溶",)),
            },
        ),
        Field(
            name="depth_class",
            zh="埋藏深度",
            en="depth class",
            kind="choice",
            choices={
                "shallow": Choice(zh="浅层", en="shallow"),
                "deep": Choice(zh="深层", en="deep"),
            },
        ),
        Field(
            name="allowable_m3",
            zh="年可开采量（立方米）",
            en="allowable yearly yield",
            kind="number",
            unit="m3",
            minimum=0,
            aliases=("可开采量",),
        ),
        Field(
            name="abstracted_m3",
            zh="年实际开采量（立方米）",
            en="yearly abstraction",
            kind="number",
            unit="m3",
            minimum=0,
            aliases=("实际开采量", "开采量"),
        ),
        Field(
            name="alternative_solved",
            zh="是否已由替代水源解决供水需求",
            en="demand met by alternative sources",
            kind="boolean",
            aliases=("替代水源已解决",),
        ),
        Field(
            name="plan_state",
            zh="治理方案情况",
            en="state of the governance plan",
            kind="choice",
            choices={
                "none": Choice(zh="未制定", en="none", aliases=("无",)),
                "filed": Choice(zh="已报送", en="filed", aliases=("已制定", "有")),
                "done": Choice(zh="已完成", en="done"),
            },
            aliases=("治理方案",),
        ),
    ),
    style=Style(color="#7A4DA8", pattern=Pattern.DOTS, opacity=0.16),
    basis=(Basis(title="地下水管理条例", clause="第三十一条", quote="地下水超采区"),),
    order=60,
)
