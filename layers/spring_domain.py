"""泉域保护范围 · karst spring domain."""

from gis_app.layer import Basis, Field, Layer, Overlap, Pattern, Style

LAYER = Layer(
    id="spring_domain",
    zh="泉域",
    en="Spring domain",
    description_zh="泉域保护范围，可跨越行政界线；边界多由文字描述划定，按解释绘制。",
    description_en="Protected catchment of a karst spring; may cross administrative borders.",
    aliases=("泉域保护范围", "泉域范围"),
    fields=(
        Field(name="spring", zh="泉名", en="spring", aliases=("泉水名称",), tile=True),
        Field(
            name="discharge_m3s",
            zh="泉流量（立方米/秒）",
            en="spring discharge",
            kind="number",
            unit="m3/s",
            minimum=0,
        ),
    ),
    style=Style(color="#0B5CAD", pattern=Pattern.THICK, opacity=0.08),
    basis=(
        Basis(
            title="地下水管理条例",
            clause="第四十二条",
            quote="在泉域保护范围以及岩溶强发育、存在较多落水洞和岩溶漏斗的区域内",
        ),
    ),
    self_overlap=Overlap.WARNED,
    order=20,
)
