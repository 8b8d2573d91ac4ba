"""The columns of a list of findings; units stand in their names."""

from gis_app.export.codebook import LAT, LON
from gis_app.law import Answer, Tier, Verdict
from gis_app.layer import Choice, Field

FIELDS: tuple[Field, ...] = (
    Field(
        name="subject",
        zh="对象",
        en="what the finding speaks of",
        kind="choice",
        choices={
            "well": Choice(zh="取水井", en="well"),
            "application": Choice(zh="申请", en="application"),
            "unit": Choice(zh="管理单元", en="management unit"),
            "site": Choice(zh="项目", en="site"),
            "zone": Choice(zh="区划", en="zone"),
            "dataset": Choice(zh="数据", en="data set"),
        },
    ),
    Field(name="subject_code", zh="对象编号（井编号等）", en="its code (of a well: the well code)"),
    Field(name="rule", zh="规则编号", en="rule id"),
    Field(
        name="tier",
        zh="效力层级",
        en="tier of the instrument",
        kind="choice",
        choices={t.value: Choice(zh=t.zh, en=t.value.replace("_", " ")) for t in Tier},
    ),
    Field(name="instrument", zh="法律文件标识", en="instrument id"),
    Field(name="clause", zh="条款", en="clause"),
    Field(
        name="answer",
        zh="结论",
        en="answer",
        kind="choice",
        choices={a.value: Choice(zh=a.zh, en=a.en) for a in Answer},
    ),
    Field(
        name="verdict",
        zh="处置要求（未确定时为若适用的处置）",
        en="what is ordered (if it applies)",
        kind="choice",
        choices={v.value: Choice(zh=v.zh, en=v.en) for v in Verdict},
    ),
    Field(name="layer", zh="判定所用图层", en="layer the answer rests on"),
    Field(name="zone_id", zh="区划标识", en="zone id", kind="integer"),
    Field(name="zone_version", zh="区划版本", en="zone version", kind="integer"),
    Field(name="zone_name", zh="区划名称", en="zone name"),
    Field(
        name="edge_m",
        zh="距图层边界的大地距离（米），区内为正",
        en="geodesic metres to the boundary, positive inside",
        kind="number",
        unit="m",
    ),
    Field(
        name="tolerance_m",
        zh="与之比较的误差（米）：井位精度＋边界精度",
        en="metres compared with: accuracy of the position plus that of the boundary",
        kind="number",
        unit="m",
    ),
    Field(
        name="missing",
        zh="缺少的事实（分号分隔）",
        en="facts that were missing, separated by semicolons",
    ),
    Field(name="exemption", zh="豁免条款标识", en="exemption that applies"),
    Field(name="since", zh="起始日期", en="day it was first found", kind="date"),
    Field(name="until", zh="关闭日期", en="day it was closed", kind="date"),
    Field(name="sentence_zh", zh="说明（中文）", en="explanation in Chinese"),
    Field(name="sentence_en", zh="说明（英文）", en="explanation in English"),
    LON,
    LAT,
)
COLUMNS = [f.name for f in FIELDS]
KEY = ("subject", "subject_code", "rule", "zone_id", "since")
