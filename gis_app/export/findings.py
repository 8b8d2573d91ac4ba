"""The columns of a list of findings, and the collection they are served as."""

from collections.abc import Mapping

from gis_app.export.codebook import LAT, LON
from gis_app.flags import FLAGS
from gis_app.law import Answer, Tier, Verdict
from gis_app.layer import Choice, Field, Ledger

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

# the words an office reads, which follow from the columns and the law: in a file where asked for
WORDS: tuple[Field, ...] = (
    Field(
        name="flag",
        zh="地图分类",
        en="class on the map",
        kind="choice",
        choices={key: Choice(zh=flag.zh, en=flag.en) for key, flag in FLAGS.items()},
    ),
    Field(name="answer_zh", zh="结论（中文）", en="answer in Chinese"),
    Field(name="verdict_zh", zh="处置要求（中文）", en="verdict in Chinese"),
    Field(name="layer_zh", zh="判定所用图层（中文）", en="layer in Chinese"),
    Field(name="instrument_zh", zh="法律文件名称", en="title of the instrument"),
    Field(name="number", zh="文号", en="number of the instrument"),
    Field(name="quote", zh="条文原文", en="words of the clause"),
    Field(name="missing_zh", zh="缺少的事实（中文）", en="what was missing, in Chinese"),
    Field(name="exemption_zh", zh="豁免理由（中文）", en="the exemption in Chinese"),
    Field(name="closed_cause", zh="关闭原因", en="why the finding was closed"),
    Field(name="area_code", zh="行政区划代码", en="area code of the subject"),
)

# what a finding is served with beside the columns of a file
_MORE = (
    Field(name="area_code", zh="行政区划代码", en="area code"),
    Field(name="joint", zh="由相邻区划共同判定", en="decided by zones together", kind="boolean"),
    Field(name="opened_run", zh="立项审计", en="audit that opened it", kind="integer"),
    Field(name="closed_run", zh="关闭审计", en="audit that closed it", kind="integer"),
    Field(name="closed_cause", zh="关闭原因", en="why it was closed"),
)
_WORDS = ("sentence_zh", "sentence_en")
_PLACE = ("lon", "lat")


def ledger(tiers: Mapping[str, str]) -> Ledger:
    """Findings as a collection; `tiers` are those of the instruments by their ids."""
    own = tuple(f for f in FIELDS if f.name not in {*_WORDS, *_PLACE})
    return Ledger(
        id="findings",
        zh="结论",
        en="Findings",
        description_zh="台账中的结论：默认为未关闭的；datetime 取某日或某段时间的。"
        "位置为对象上的一点。",
        description_en="Findings of the ledger: open ones, or with `datetime` those of a day or a "
        "span of days. The place is a point of the subject.",
        fields=(*own, *_MORE),
        tiers=tiers,
        words=tuple(f for f in FIELDS if f.name in _WORDS),
    )
