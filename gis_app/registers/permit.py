"""取水许可证 · abstraction permits: versions, purposes, and the wells they cover (m:n).

A permit number is any text; a version begins on `changed_on`, and holds until the next begins.
"""

from gis_app.layer import Basis, Choice, Field, Register
from gis_app.registers.vocabulary import (
    AREA_CODE,
    PERMIT_NUMBER,
    REMARK,
    WELL_CODE,
    choice,
    cubic_metres,
    day,
)
from gis_app.terms import FILING_STATE, INDUSTRY_CLASS, USE

STATE = {
    "applied": Choice(zh="已申请", en="applied"),
    "accepted": Choice(zh="已受理", en="accepted"),
    "supplement": Choice(zh="补正", en="to be supplemented"),
    "reviewing": Choice(zh="审查中", en="under review"),
    "approved": Choice(zh="已批准", en="approved"),
    "denied": Choice(zh="不予批准", en="denied"),
    "issued": Choice(zh="已发证", en="issued", aliases=("有效", "正常", "在用")),
    "amended": Choice(zh="已变更", en="amended", aliases=("变更",)),
    "transferred": Choice(zh="已转让", en="transferred"),
    "renew_pending": Choice(zh="延续审查中", en="renewal pending"),
    "expired": Choice(zh="已过期", en="expired", aliases=("过期", "到期")),
    "cancelled": Choice(zh="已注销", en="cancelled", aliases=("注销",)),
    "revoked": Choice(zh="已吊销", en="revoked", aliases=("吊销",)),
    "lapsed": Choice(zh="已失效", en="lapsed", aliases=("失效",)),
}
_BASIS = Basis(
    title="取水许可和水资源费征收管理条例", clause="第二十四条", quote="取水许可证应当包括下列内容"
)

PERMIT = Register(
    id="permit",
    zh="取水许可证",
    en="Abstraction permit",
    description_zh="一证可有多个版本（变更、延续）；证号按原文保存，不合格式也不拒绝。",
    description_en="One row per version of a permit; the number is kept as it is written.",
    aliases=("许可证", "取水许可"),
    fields=(
        Field(
            name="number",
            zh="取水许可证编号",
            en="permit number",
            required=True,
            aliases=("许可证编号", "取水许可证号", "许可证号", "证号", "编号", "wpc_sn"),
        ),
        day("changed_on", "本版自", "this version holds from", "变更日期", "版本日期"),
        choice("state", ("状态", "state"), STATE, "许可状态", "cert_cond"),
        Field(
            name="holder",
            zh="取水权人",
            en="holder",
            aliases=("权利人", "单位名称", "取水单位", "wrp_nm"),
            private=True,
        ),
        Field(
            name="holder_uscc",
            zh="统一社会信用代码",
            en="unified social credit code",
            aliases=("信用代码", "纳税人识别号", "wiu_account"),
            private=True,
        ),
        Field(name="authority", zh="审批机关", en="authority", aliases=("发证机关", "man_org_cd")),
        AREA_CODE,
        day("approved_on", "取水申请批准日期", "approved on", "批准日期"),
        day("valid_from", "有效期起", "valid from", "发证日期", "有效期开始", "int_bd"),
        day("valid_to", "有效期止（含）", "last valid day", "有效期至", "有效期止", "届满日期",
            "int_dl"),
        day("renewal_applied_on", "延续申请日期", "renewal applied for on"),
        cubic_metres("annual_m3", "年许可取水量（立方米）", "permitted volume a year",
                     "年许可取水量", "许可水量", "许可取水量", "年取水量"),
        Field(name="place_lon", zh="许可取水地点经度", en="longitude of the permitted place",
              kind="number", unit="deg", minimum=-180, maximum=180),
        Field(name="place_lat", zh="许可取水地点纬度", en="latitude of the permitted place",
              kind="number", unit="deg", minimum=-85, maximum=85),
        Field(name="place_accuracy_m", zh="许可取水地点精度（米）", en="its accuracy",
              kind="number", unit="m", minimum=0, maximum=100_000),
        REMARK,
    ),
    basis=(_BASIS,),
    key=("number", "changed_on"),
    permit_field="number",
    order=300,
)  # fmt: skip

PURPOSE = Register(
    id="permit_purpose",
    zh="许可用途",
    en="Permitted purpose",
    description_zh="每证各用途的许可水量。",
    description_en="Volumes of a permit by purpose.",
    aliases=("许可证用途",),
    fields=(
        PERMIT_NUMBER,
        choice("use", ("取水用途", "use"), USE, "用途", required=True),
        choice("industry_class", ("行业类别", "industry class"), INDUSTRY_CLASS, "行业"),
        cubic_metres("annual_m3", "年许可取水量（立方米）", "permitted volume a year",
                     "年许可取水量", "许可水量"),
        day("from_on", "起", "from"),
        day("to_on", "止（含）", "to, inclusive"),
    ),
    basis=(_BASIS,),
    key=("permit_number", "use", "from_on"),
    permit_field="permit_number",
    order=301,
)  # fmt: skip

WELLS = Register(
    id="permit_well",
    zh="许可证与井",
    en="Wells of a permit",
    description_zh="许可证与取水井多对多。",
    description_en="Which wells a permit covers.",
    aliases=("证井对应",),
    fields=(
        PERMIT_NUMBER,
        WELL_CODE,
        day("from_on", "起", "from"),
        day("to_on", "止（含）", "to, inclusive"),
    ),
    key=("permit_number", "well_code", "from_on"),
    well_field="well_code",
    permit_field="permit_number",
    order=302,
)

REPORT = Register(
    id="annual_report",
    zh="年度取水情况报送",
    en="Annual report",
    description_zh="取水单位每年 12 月 31 日前的报送；没有记录即“不详”。",
    description_en="Yearly reports of abstraction; no record means unknown.",
    aliases=("年度报送",),
    fields=(
        PERMIT_NUMBER,
        Field(name="year", zh="年度", en="year", kind="integer", required=True, minimum=1990,
              maximum=2100, aliases=("年份",)),
        choice("state", ("报送情况", "state"), FILING_STATE, "是否报送", required=True),
        day("filed_on", "报送日期", "filed on"),
    ),
    basis=(
        Basis(
            title="取水许可和水资源费征收管理条例",
            clause="第四十二条",
            quote="取水单位或者个人应当在每年的12月31日前向审批机关报送本年度的取水情况和下一年度取水计划建议",
        ),
    ),
    key=("permit_number", "year"),
    permit_field="permit_number",
    order=303,
)  # fmt: skip

REGISTERS = (PERMIT, PURPOSE, WELLS, REPORT)
