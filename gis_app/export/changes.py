"""The columns of a list of changes between two audits, and the words for their causes."""

from gis_app.export.codebook import LAT, LON
from gis_app.export.findings import FIELDS as OF_FINDINGS
from gis_app.layer import Choice, Field

KINDS = {
    "opened": Choice(zh="新增", en="opened: only the later list has it"),
    "closed": Choice(zh="消失", en="closed: only the earlier list has it"),
    "changed": Choice(zh="变化", en="changed: both have it, with another answer"),
}
CAUSES = {
    "law_began": Choice(zh="文件开始生效", en="the instrument came into force"),
    "law_lapsed": Choice(zh="文件失效", en="the instrument is no longer in force"),
    "law_amended": Choice(zh="豁免规定变化", en="other exemptions are law"),
    "removed": Choice(
        zh="对象不在登记册，或当日尚未建成",
        en="the subject is not in the register any more, or was not built yet",
    ),
    "recorded": Choice(
        zh="对象新登记或新建成", en="the subject was not in the register before, or not built yet"
    ),
    "moved": Choice(zh="位置变更", en="it lies elsewhere"),
    "parameter_changed": Choice(zh="授权规定的数变化", en="a number that the law delegates"),
    "zone_new": Choice(zh="区划新生效", en="the zone came into force"),
    "zone_repealed": Choice(zh="区划废止", en="the zone is no longer in force"),
    "zone_amended": Choice(zh="区划修订", en="another version of the zone"),
    "zones_changed": Choice(zh="相邻区划变更", en="another zone of the layer"),
    "register_changed": Choice(zh="登记情况变化", en="what a register says of it"),
    "day_passed": Choice(zh="期限已到或日期推移", en="nothing but the day"),
    "records_changed": Choice(zh="两次审计之间的其他登记", en="recorded between the audits"),
}
_SAME = {f.name: f for f in OF_FINDINGS}


def _side(name: str, side: tuple[str, str, str]) -> Field:
    """A column of findings, before or after."""
    suffix, zh, en = side
    own = _SAME[name]
    unit = own.unit and f"_{own.unit}"
    stem = name.removesuffix(unit) if unit else name
    return Field(
        name=f"{stem}_{suffix}{unit or ''}",
        zh=f"{zh}{own.zh}",
        en=f"{own.en}, {en}",
        kind=own.kind,
        unit=own.unit,
        choices=own.choices,
    )


SIDES = (("before", "此前", "before"), ("after", "此后", "after"))
_ON_BOTH = ("answer", "verdict", "exemption", "zone_id", "zone_version", "zone_name", "edge_m")

FIELDS: tuple[Field, ...] = (
    Field(name="kind", zh="变化类型", en="kind of change", kind="choice", choices=KINDS),
    Field(name="cause", zh="首要原因", en="first cause", kind="choice", choices=CAUSES),
    Field(name="causes", zh="全部原因（分号分隔）", en="all causes, separated by semicolons"),
    Field(name="cause_zh", zh="原因（中文）", en="the causes in Chinese"),
    Field(name="why_zh", zh="不同的事实（中文）", en="the facts that differ, in Chinese"),
    Field(name="why_en", zh="不同的事实（英文）", en="the facts that differ, in English"),
    Field(name="facts", zh="不同的事实（JSON：前、后）", en="facts that differ (before, after)"),
    *(_SAME[name] for name in ("subject", "subject_code")),
    Field(name="area_code", zh="行政区划代码", en="area code"),
    *(_SAME[name] for name in ("rule", "instrument", "clause", "layer")),
    *(_side(name, side) for side in SIDES for name in _ON_BOTH),
    *(_SAME[name] for name in ("sentence_zh", "sentence_en")),
    LON,
    LAT,
)
COLUMNS = [f.name for f in FIELDS]
KEY = ("subject", "subject_code", "rule")
