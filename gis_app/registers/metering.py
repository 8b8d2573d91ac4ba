"""计量 · meters, their calibration, volumes withdrawn, and electricity coefficients."""

from gis_app.layer import Basis, Choice, Field, Register
from gis_app.registers.vocabulary import (
    AREA_CODE,
    DOCUMENT,
    REMARK,
    SOURCE,
    WELL_CODE,
    choice,
    cubic_metres,
    day,
)

METER_STATE = {
    "online": Choice(zh="在线计量", en="online", aliases=("在线", "远传")),
    "offline": Choice(zh="离线计量", en="offline", aliases=("正常", "在用", "水表")),
    "fault": Choice(zh="故障", en="fault", aliases=("损坏", "不合格")),
    "calibration_due": Choice(zh="待检定", en="calibration due"),
    "indirect_kwh": Choice(zh="以电折水", en="by electricity", aliases=("电折水",)),
}
METHOD = {
    "metered": Choice(zh="计量", en="metered", aliases=("水表", "实测")),
    "electricity": Choice(zh="以电折水", en="by electricity", aliases=("电折水",)),
    "estimated": Choice(zh="估算", en="estimated", aliases=("核定", "推算")),
    "billed": Choice(zh="水费（税）计征", en="billed", aliases=("水费", "水资源税")),
}
_SERIAL = Field(
    name="serial", zh="出厂编号", en="serial number", required=True, aliases=("表号", "仪表编号")
)
_BASIS = Basis(
    title="地下水管理条例",
    clause="第二十二条",
    quote="新建、改建、扩建地下水取水工程，应当同时安装计量设施",
)


def _coefficient(*, required: bool) -> Field:
    return Field(
        name="m3_per_kwh", zh="以电折水系数（立方米/千瓦时）", en="coefficient", kind="number",
        unit="m3/kWh", minimum=0, maximum=1000, required=required, aliases=("折算系数", "系数"),
    )  # fmt: skip


METER = Register(
    id="meter",
    zh="计量设施",
    en="Meter",
    description_zh="每井的计量设施，自安装至拆除。",
    description_en="Meters of wells, from fitting to removal.",
    aliases=("水表", "计量设备"),
    fields=(
        WELL_CODE,
        _SERIAL,
        Field(name="model", zh="型号", en="model", aliases=("规格型号",)),
        choice("state", ("状态", "state"), METER_STATE, "计量状态", "类型", required=True),
        day("fitted_on", "安装日期", "fitted on"),
        day("removed_on", "拆除日期", "removed on"),
        REMARK,
    ),
    basis=(_BASIS,),
    key=("well_code", "serial", "fitted_on"),
    well_field="well_code",
    order=310,
)

CALIBRATION = Register(
    id="calibration",
    zh="计量检定",
    en="Calibration",
    description_zh="计量器具检定校准记录。",
    description_en="Calibrations of meters.",
    aliases=("检定", "校准"),
    fields=(
        WELL_CODE,
        _SERIAL,
        day("checked_on", "检定日期", "checked on", required=True),
        day("due_on", "有效期至", "due again on", "到期日期", required=True),
        choice(
            "result",
            ("结果", "result"),
            {
                "passed": Choice(zh="合格", en="passed"),
                "failed": Choice(zh="不合格", en="failed"),
            },
        ),
        DOCUMENT,
    ),
    basis=(_BASIS,),
    key=("well_code", "serial", "checked_on"),
    well_field="well_code",
    order=311,
)

WITHDRAWAL = Register(
    id="withdrawal",
    zh="取水量",
    en="Withdrawal",
    description_zh="某段时间取走的水量及其得出方法；立方米。",
    description_en="Volumes taken over a period, and how they are known; cubic metres.",
    aliases=("取水记录", "水量", "读数"),
    fields=(
        WELL_CODE,
        choice("method", ("确定方法", "method"), METHOD, "取水量确定方法", required=True),
        day("from_on", "起", "from", "开始日期", "起始日期", required=True),
        day("to_on", "止（含）", "to, inclusive", "结束日期", "截止日期", required=True),
        cubic_metres("m3", "取水量（立方米）", "volume", "取水量", "水量"),
        Field(name="kwh", zh="用电量（千瓦时）", en="electricity", kind="number", unit="kWh",
              minimum=0, maximum=1e9, aliases=("用电量", "电量", "耗电量")),
        _coefficient(required=False),
        SOURCE,
    ),
    basis=(_BASIS,),
    key=("well_code", "method", "from_on", "to_on"),
    well_field="well_code",
    order=312,
)  # fmt: skip

COEFFICIENT = Register(
    id="electricity_coefficient",
    zh="以电折水系数",
    en="Electricity coefficient",
    description_zh="某区域或某井在一段时间内每千瓦时折合的水量。",
    description_en="Cubic metres per kilowatt-hour, for an area or a well, over a time.",
    aliases=("电折水系数",),
    fields=(
        AREA_CODE,
        Field(name="well_code", zh="井编号", en="well code", aliases=("井号",)),
        _coefficient(required=True),
        Field(name="error_pct", zh="误差（%）", en="error", kind="number", unit="%", minimum=0,
              maximum=100),
        day("from_on", "起", "from", required=True),
        day("to_on", "止（含）", "to, inclusive"),
        SOURCE,
    ),
    basis=(
        Basis(
            title="节约用水条例",
            clause="第十四条",
            quote="农业灌溉用水暂不具备计量条件的，可以采用以电折水等间接方式进行计量",
        ),
    ),
    key=("area_code", "well_code", "from_on"),
    order=313,
)  # fmt: skip

REGISTERS = (METER, CALIBRATION, WITHDRAWAL, COEFFICIENT)
