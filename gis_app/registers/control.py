"""总量与水位控制 · units in a year, water levels, water norms, water users."""

from gis_app.layer import Basis, Choice, Field, Register
from gis_app.registers.vocabulary import AREA_CODE, SOURCE, choice, cubic_metres, day, flag
from gis_app.terms import INDUSTRY_CLASS

SECTOR = {
    "total": Choice(zh="合计", en="total", aliases=("总量",)),
    "domestic": Choice(zh="生活", en="domestic", aliases=("城乡生活",)),
    "industry": Choice(zh="工业", en="industry", aliases=("生产",)),
    "agriculture": Choice(zh="农牧业", en="agriculture", aliases=("农业",)),
    "ecology": Choice(zh="生态", en="ecology"),
}
UNIT_LEVEL = {
    "unit": Choice(zh="管理单元", en="management unit", aliases=("单元",)),
    "county": Choice(zh="县（区）", en="county", aliases=("县", "区", "旗区")),
    "city": Choice(zh="市", en="city"),
}
_UNIT_CODE = Field(
    name="unit_code",
    zh="单元编号",
    en="unit code",
    required=True,
    aliases=("管理单元编号", "单元代码", "编号"),
)
_YEAR = Field(
    name="year", zh="年度", en="year", kind="integer", required=True, minimum=1990, maximum=2100,
    aliases=("年份",),
)  # fmt: skip

UNIT_YEAR = Register(
    id="unit_year",
    zh="单元年度指标",
    en="Unit in a year",
    description_zh="管理单元（或县、市）某年的总量、许可、开采与控制水位。编号用管理单元图层的编号或行政区划代码。",
    description_en="Quota, permits, abstraction and control level of a unit in a year.",
    aliases=("总量控制指标", "取水指标"),
    fields=(
        _UNIT_CODE,
        _YEAR,
        choice("sector", ("行业", "sector"), SECTOR, "用水行业", required=True),
        choice("unit_level", ("层级", "level"), UNIT_LEVEL, "单元层级"),
        AREA_CODE,
        cubic_metres("quota_m3", "取水总量控制指标（立方米）", "quota", "总量控制指标", "控制指标"),
        cubic_metres("cap_m3", "取水许可控制总量（立方米）", "permit ceiling", "许可控制总量"),
        cubic_metres("permitted_m3", "已许可水量（立方米）", "permitted volume", "许可总量"),
        cubic_metres("taken_m3", "地下水取用水量（立方米）", "volume taken", "取用水量", "开采量"),
        cubic_metres("allowable_m3", "可开采量（立方米）", "allowable yield", "可开采量"),
        Field(name="control_level_m", zh="控制水位（米）", en="control level", kind="number",
              unit="m", aliases=("水位控制指标",)),
        flag("measure_taken", "是否已采取措施", "measures have been taken"),
        SOURCE,
    ),
    basis=(
        Basis(
            title="地下水管理条例",
            clause="第二十五条",
            quote="不符合地下水取水总量控制、地下水水位控制要求",
        ),
    ),
    key=("unit_code", "year", "sector"),
    order=320,
)  # fmt: skip

WATER_LEVEL = Register(
    id="water_level",
    zh="地下水水位",
    en="Groundwater level",
    description_zh="单元代表水位的监测值（高程，米）。",
    description_en="Measured levels of a unit (elevation, metres).",
    aliases=("水位", "水位监测"),
    fields=(
        _UNIT_CODE,
        day("measured_on", "监测日期", "measured on", "日期", required=True),
        Field(name="level_m", zh="水位（米）", en="level", kind="number", unit="m", required=True,
              minimum=-500, maximum=9000, aliases=("水位", "水位高程")),
        SOURCE,
    ),
    key=("unit_code", "measured_on"),
    order=321,
)  # fmt: skip

NORM = Register(
    id="water_norm",
    zh="行业用水定额",
    en="Water-use norm",
    description_zh="省定行业用水定额，按产品与版本。",
    description_en="Provincial norms by product and version.",
    aliases=("用水定额", "定额"),
    fields=(
        AREA_CODE,
        Field(name="product", zh="产品", en="product", required=True, aliases=("产品名称",)),
        Field(name="per", zh="产品单位", en="unit of product", aliases=("单位",)),
        Field(name="m3_per_output", zh="定额（立方米/单位产品）", en="norm", kind="number",
              unit="m3", required=True, minimum=0, aliases=("定额值",)),
        day("from_on", "起", "from", required=True),
        day("to_on", "止（含）", "to, inclusive"),
        SOURCE,
    ),
    basis=(
        Basis(title="地下水管理条例", clause="第二十五条", quote="不符合行业用水定额和节水规定"),
    ),
    key=("area_code", "product", "from_on"),
    order=322,
)  # fmt: skip

WATER_USER = Register(
    id="water_user",
    zh="用水户年度情况",
    en="Water user in a year",
    description_zh="用水户某年的用水总量与名录情况；按权利人名称（和信用代码）对应井。",
    description_en="A user's total use and listings in a year; matched to wells by owner.",
    aliases=("用水户", "用水单位"),
    fields=(
        Field(name="owner", zh="用水户", en="user", required=True, private=True,
              aliases=("单位名称", "权利人", "用水单位")),
        Field(name="owner_uscc", zh="统一社会信用代码", en="unified social credit code",
              private=True, aliases=("信用代码",)),
        _YEAR,
        cubic_metres("annual_use_m3", "年用水量（立方米）", "use a year", "年用水量", "用水总量"),
        choice("industry_class", ("行业类别", "industry class"), INDUSTRY_CLASS, "行业"),
        flag("key_monitored", "是否列入重点监控用水单位名录", "on the list of key users"),
        flag("water_manager", "是否设立水务经理", "has a water manager"),
    ),
    key=("owner", "owner_uscc", "year"),
    order=323,
)  # fmt: skip

REGISTERS = (UNIT_YEAR, WATER_LEVEL, NORM, WATER_USER)
