"""泉域保护范围 · karst spring domain."""

from gis_app.layer import Basis, Choice, Field, Layer, Overlap, Pattern, Style

LAYER = Layer(
    id="spring_domain",
    zh="泉域",
    en="Spring domain",
    description_zh="泉域保护范围，可跨越行政界线；边界多由文字描述划定，按解释绘制。",
    description_en="Protected catchment of a karst spring; may cross administrative borders.",
    aliases=("泉域保护范围", "泉域范围"),
    # which spring: the nineteen of article 2 of the Shanxi spring regulation, or another
    grades={
        "jinci": Choice(zh="晋祠泉", en="Jinci", aliases=("晋祠",)),
        "lancun": Choice(zh="兰村泉", en="Lancun", aliases=("兰村",)),
        "niangziguan": Choice(zh="娘子关泉", en="Niangziguan", aliases=("娘子关",)),
        "xinan": Choice(zh="辛安泉", en="Xin'an", aliases=("辛安",)),
        "shentou": Choice(zh="神头泉", en="Shentou", aliases=("神头",)),
        "guozhuang": Choice(zh="郭庄泉", en="Guozhuang", aliases=("郭庄",)),
        "gudui": Choice(zh="古堆泉", en="Gudui", aliases=("古堆",)),
        "liulin": Choice(zh="柳林泉", en="Liulin", aliases=("柳林",)),
        "yanhe": Choice(zh="延河泉", en="Yanhe", aliases=("延河",)),
        "sangu": Choice(zh="三姑泉", en="Sangu", aliases=("三姑",)),
        "pingshang": Choice(zh="坪上泉", en="Pingshang", aliases=("坪上",)),
        "majuan": Choice(zh="马圈泉", en="Majuan", aliases=("马圈",)),
        "tianqiao": Choice(zh="天桥泉", en="Tianqiao", aliases=("天桥",)),
        "hongshan": Choice(zh="洪山泉", en="Hongshan", aliases=("洪山",)),
        "longzici": Choice(zh="龙子祠泉", en="Longzici", aliases=("龙子祠",)),
        "huoquan": Choice(zh="霍泉", en="Huoquan", aliases=("霍",)),
        "shuishentang": Choice(zh="水神堂泉", en="Shuishentang", aliases=("水神堂",)),
        "chengtouhui": Choice(zh="城头会泉", en="Chengtouhui", aliases=("城头会",)),
        "leimingsi": Choice(zh="雷鸣寺泉", en="Leimingsi", aliases=("雷鸣寺",)),
        "other": Choice(zh="其他泉", en="other spring"),
    },
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
