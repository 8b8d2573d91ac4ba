"""水污染防治法: what arts 64–67 say of which site in a source protection zone."""

from datetime import date

from tests.law.engines import Case

L1 = "in__source_protection_zone__level_1"
L2 = "in__source_protection_zone__level_2"
QUASI = "in__source_protection_zone__quasi"

OUTFALL = {L1: False, L2: True, "site_kind": "outfall"}
UNRELATED = {L1: True, "serves_supply": False, "build_type": "new"}
DISCHARGING = {L2: True, "discharges": True, "build_type": "new"}
SEVERE = {
    L1: False,
    L2: False,
    QUASI: True,
    "build_type": "new",
    "heavy_polluter": True,
    "discharge_increases": False,
}
REBUILT = SEVERE | {"build_type": "rebuild", "heavy_polluter": False, "discharge_increases": True}

CASES = {
    "N-41": [
        Case("二级保护区内排污口：禁止设置", OUTFALL, "applies", "prohibit", tags=("example",)),
        Case("一级保护区内排污口：禁止设置", OUTFALL | {L1: True, L2: False}, "applies",
             "prohibit", tags=("example",)),
        Case("一级区内而二级区边界不清：仍禁止", OUTFALL | {L1: True, L2: None}, "applies",
             "prohibit"),
        Case("准保护区内排污口：准保护区在保护区外围，无涉",
             OUTFALL | {L2: False}, None, tags=("example",)),
        Case("二级区内不是排污口：无涉", OUTFALL | {"site_kind": "gas_station"}, None),
        Case("在二级区边界上：待查", OUTFALL | {L2: None}, "indeterminate", "prohibit",
             missing=(L2,), tags=("unknown", "edge")),
        Case("类型空白：待查", OUTFALL | {"site_kind": None}, "indeterminate", "prohibit",
             missing=("site_kind",), tags=("unknown",)),
        Case("区外且类型空白：仍无涉", {L1: False, L2: False}, None),
        Case("修正施行前一日：无约束力", OUTFALL, None, on=date(2017, 12, 31),
             tags=("out of force",)),
        Case("修正施行首日：适用", OUTFALL, "applies", "prohibit", on=date(2018, 1, 1),
             tags=("edge",)),
    ],
    "N-38": [
        Case("一级区内新建仓库：禁止", UNRELATED, "applies", "prohibit", tags=("example",)),
        Case("一级区内改建仓库：禁止", UNRELATED | {"build_type": "rebuild"}, "applies",
             "prohibit"),
        Case("一级区内扩建仓库：禁止", UNRELATED | {"build_type": "expand"}, "applies",
             "prohibit"),
        Case("一级区内已建成仓库：责令拆除或者关闭", UNRELATED | {"build_type": "existing"},
             "applies", "close_by"),
        Case("建设性质空白：按较轻的处置", UNRELATED | {"build_type": None}, "applies",
             "close_by"),
        Case("一级区内泵房：与供水设施有关，无涉", UNRELATED | {"serves_supply": True}, None,
             tags=("example",)),
        Case("一级区外仓库：无涉", UNRELATED | {L1: False}, None),
        Case("在一级区边界上：待查", UNRELATED | {L1: None}, "indeterminate", "prohibit",
             missing=(L1,), tags=("unknown", "edge")),
        Case("是否与供水有关不详：待查", UNRELATED | {"serves_supply": None}, "indeterminate",
             "prohibit", missing=("serves_supply",), tags=("unknown",)),
        Case("修正施行前一日：无约束力", UNRELATED, None, on=date(2017, 12, 31),
             tags=("out of force",)),
        Case("修正施行首日：适用", UNRELATED, "applies", "prohibit", on=date(2018, 1, 1),
             tags=("edge",)),
    ],
    "N-39": [
        Case("二级区内新建排污项目：禁止", DISCHARGING, "applies", "prohibit",
             tags=("example",)),
        Case("二级区内已建成排污项目：责令拆除或者关闭",
             DISCHARGING | {"build_type": "existing"}, "applies", "close_by"),
        Case("建设性质空白：按较轻的处置", DISCHARGING | {"build_type": None}, "applies",
             "close_by"),
        Case("二级区内不排污项目：无涉", DISCHARGING | {"discharges": False}, None,
             tags=("example",)),
        Case("二级区外：无涉", DISCHARGING | {L2: False}, None),
        Case("在二级区边界上：待查", DISCHARGING | {L2: None}, "indeterminate", "prohibit",
             missing=(L2,), tags=("unknown", "edge")),
        Case("是否排污不详：待查", DISCHARGING | {"discharges": None}, "indeterminate",
             "prohibit", missing=("discharges",), tags=("unknown",)),
        Case("修正施行前一日：无约束力", DISCHARGING, None, on=date(2017, 12, 31),
             tags=("out of force",)),
        Case("修正施行首日：适用", DISCHARGING, "applies", "prohibit", on=date(2018, 1, 1),
             tags=("edge",)),
    ],
    "N-40": [
        Case("准保护区内新建严重污染项目：禁止", SEVERE, "applies", "prohibit",
             tags=("example",)),
        Case("准保护区内扩建严重污染项目：禁止", SEVERE | {"build_type": "expand"}, "applies",
             "prohibit"),
        Case("新建但污染不严重：无涉", SEVERE | {"heavy_polluter": False}, None,
             tags=("example",)),
        Case("已建成的严重污染项目：本条只管新建、改建、扩建", SEVERE | {"build_type": "existing"},
             None),
        Case("改建增加排污量：禁止", REBUILT, "applies", "prohibit"),
        Case("严重污染项目改建但不增加排污量：无涉",
             REBUILT | {"heavy_polluter": True, "discharge_increases": False}, None),
        Case("准保护区外：无涉", SEVERE | {QUASI: False}, None),
        Case("二级保护区内，准保护区图斑与之重叠：准保护区在其外围，须查明",
             SEVERE | {L2: True}, "indeterminate", "prohibit",
             missing=("ground_in_quasi_zone",), tags=("edge",)),
        Case("一级保护区内，准保护区图斑与之重叠：须查明",
             SEVERE | {L1: True}, "indeterminate", "prohibit",
             missing=("ground_in_quasi_zone",)),
        Case("二级保护区内，不在准保护区：无涉", SEVERE | {L2: True, QUASI: False}, None),
        Case("二级保护区内，污染不严重：无涉", SEVERE | {L2: True, "heavy_polluter": False},
             None),
        Case("准保护区内，在二级保护区边界上：待查", SEVERE | {L2: None}, "indeterminate",
             "prohibit", missing=(L2,), tags=("unknown", "edge")),
        Case("在准保护区边界上：待查", SEVERE | {QUASI: None}, "indeterminate", "prohibit",
             missing=(QUASI,), tags=("unknown", "edge")),
        Case("建设性质空白：待查", SEVERE | {"build_type": None}, "indeterminate", "prohibit",
             missing=("build_type",), tags=("unknown",)),
        Case("性质空白但既不严重也不增加：仍无涉", {
            QUASI: True, "heavy_polluter": False, "discharge_increases": False}, None),
        Case("改建是否增加排污量不详：待查", REBUILT | {"discharge_increases": None},
             "indeterminate", "prohibit", missing=("discharge_increases",), tags=("unknown",)),
        Case("修正施行前一日：无约束力", SEVERE, None, on=date(2017, 12, 31),
             tags=("out of force",)),
        Case("修正施行首日：适用", SEVERE, "applies", "prohibit", on=date(2018, 1, 1),
             tags=("edge",)),
    ],
}  # fmt: skip
