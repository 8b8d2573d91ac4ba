"""监管 · exemptions granted, orders, violations, documents; and the screens of wells."""

from gis_app.layer import Basis, Choice, Field, Register
from gis_app.registers.vocabulary import (
    DOCUMENT,
    GRANT_KIND,
    REMARK,
    VIOLATION_KIND,
    WELL_CODE,
    choice,
    day,
    flag,
)
from gis_app.terms import FILING_STATE

SUBJECT = {
    "well": Choice(zh="取水井", en="well", aliases=("井",)),
    "application": Choice(zh="取水申请", en="application", aliases=("申请",)),
    "site": Choice(zh="场地与项目", en="site", aliases=("项目", "场地")),
}
ORDER_KIND = {
    "fit_meter": Choice(zh="安装计量设施", en="fit a meter"),
    "repair_meter": Choice(zh="修复、更换计量设施", en="repair the meter"),
    "close": Choice(zh="关闭", en="close"),
    "seal": Choice(zh="封井或者回填", en="seal or backfill"),
}

GRANT = Register(
    id="exemption_grant",
    zh="豁免情形",
    en="Exemption granted",
    description_zh="经认定的临时应急、保留许可证等情形，自何日至何日。",
    description_en="Exemptions granted to a well, an application or a site, with their days.",
    aliases=("豁免", "应急情形"),
    fields=(
        choice("subject", ("对象", "subject"), SUBJECT, "对象类型", required=True),
        Field(name="subject_code", zh="对象编号", en="code", required=True,
              aliases=("井编号", "编号")),
        choice("kind", ("情形", "kind"), GRANT_KIND, "豁免情形", required=True),
        day("from_on", "起", "from", "开始日期", required=True),
        day("until_on", "止（含）", "until, inclusive", "截止日期", "结束日期"),
        choice("filing_state", ("备案情况", "filing state"), FILING_STATE, "是否备案"),
        day("filed_on", "备案日期", "filed on"),
        DOCUMENT,
        REMARK,
    ),
    basis=(
        Basis(
            title="地下水管理条例",
            clause="第三十五条",
            quote="前款规定的情形消除后，应当立即停止取用地下水",
        ),
    ),
    key=("subject", "subject_code", "kind", "from_on"),
    order=330,
)  # fmt: skip

ORDER = Register(
    id="correction_order",
    zh="责令限期",
    en="Order with a deadline",
    description_zh="责令限期安装、修复、关闭、封填的文书与期限。",
    description_en="Orders to put something right by a day.",
    aliases=("责令限期改正", "限期整改"),
    fields=(
        WELL_CODE,
        choice("kind", ("事项", "what"), ORDER_KIND, "责令事项", required=True),
        day("ordered_on", "责令日期", "ordered on", required=True),
        day("due_on", "期限（含）", "due on, inclusive", "截止日期", required=True),
        day("done_on", "完成日期", "done on"),
        DOCUMENT,
    ),
    basis=(
        Basis(
            title="地下水管理条例",
            clause="第二十二条",
            quote="应当按照县级以上地方人民政府水行政主管部门规定的期限安装",
        ),
    ),
    key=("well_code", "kind", "ordered_on"),
    well_field="well_code",
    order=331,
)

VIOLATION = Register(
    id="violation",
    zh="违规记录",
    en="Violation",
    description_zh="检查认定的违规行为，至改正为止。",
    description_en="Faults established by an inspection, until put right.",
    aliases=("违规", "违法记录"),
    fields=(
        WELL_CODE,
        choice("kind", ("行为", "kind"), VIOLATION_KIND, "违规行为", required=True),
        day("found_on", "查实日期", "found on", required=True),
        day("settled_on", "改正日期", "put right on"),
        DOCUMENT,
    ),
    key=("well_code", "kind", "found_on"),
    well_field="well_code",
    order=332,
)

DOCUMENT_FILE = Register(
    id="document",
    zh="文件",
    en="Document",
    description_zh="批复、决定、文书等的目录。",
    description_en="A list of approvals, decisions and writs.",
    aliases=("文书", "档案"),
    fields=(
        Field(name="number", zh="文号", en="number", required=True, aliases=("文书号", "编号")),
        Field(name="title", zh="标题", en="title", required=True, aliases=("名称",)),
        Field(name="issuer", zh="发文机关", en="issuer", aliases=("机关",)),
        day("issued_on", "发文日期", "issued on", "日期"),
        Field(name="place", zh="存放位置", en="where it is kept", aliases=("网址", "路径", "url")),
        Field(name="sha256", zh="校验值", en="SHA-256"),
        REMARK,
    ),
    key=("number",),
    order=333,
)

SCREEN = Register(
    id="screen",
    zh="滤水管段",
    en="Screen",
    description_zh="滤水管段及其所在含水层、水质类别。",
    description_en="Screened intervals, their aquifer and its water quality.",
    aliases=("滤水管", "取水段"),
    fields=(
        WELL_CODE,
        Field(name="top_m", zh="顶深（米）", en="top", kind="number", unit="m", minimum=0,
              maximum=6000, required=True),
        Field(name="bottom_m", zh="底深（米）", en="bottom", kind="number", unit="m", minimum=0,
              maximum=6000, required=True),
        Field(name="aquifer", zh="含水层", en="aquifer", required=True),
        Field(name="quality_class", zh="水质类别（1–5）", en="quality class", kind="integer",
              minimum=1, maximum=5, aliases=("水质类别",)),
        flag("polluted", "是否已受污染", "polluted"),
    ),
    basis=(
        Basis(
            title="地下水管理条例",
            clause="第四十三条",
            quote="对已受污染的潜水和承压水，不得混合开采",
        ),
    ),
    key=("well_code", "top_m"),
    well_field="well_code",
    order=334,
)  # fmt: skip

REGISTERS = (GRANT, ORDER, VIOLATION, DOCUMENT_FILE, SCREEN)
