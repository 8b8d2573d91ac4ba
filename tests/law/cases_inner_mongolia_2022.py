"""内蒙古自治区地下水保护和管理条例: what arts 24 and 25 say of which well and zone."""

from datetime import date

from tests.law.engines import Case
from tests.law.small_takes import LITTLE, small_takes

HERE = {"area_code": "150602"}
EXISTING = HERE | LITTLE | {"in__prohibited_zone": True, "status": "active", "use": "industry"}
HERITAGE = HERE | {"layer": "special_protected_area", "grade": "heritage"}
WETLAND = HERITAGE | {"grade": "wetland"}

CASES = {
    "IM-02": [
        Case("重要文物保护范围：禁采区候选", HERITAGE, "applies", "candidate"),
        Case("重大基础设施保护区域：禁采区候选", HERITAGE | {"grade": "infrastructure"},
             "applies", "candidate"),
        Case("自然保护区核心区、缓冲区：禁采区候选", HERITAGE | {"grade": "reserve_core"},
             "applies", "candidate"),
        Case("重要湿地：是限采区候选，不是禁采区候选", WETLAND, None),
        Case("超采区图层：无涉", HERE | {"layer": "overdraft_zone", "grade": "severe"}, None),
        Case("级别空白：待查", HERITAGE | {"grade": None}, "indeterminate", "candidate",
             missing=("grade",), tags=("unknown",)),
        Case("山西的文物保护范围：不受此条例约束", HERITAGE | {"area_code": "140302"}, None),
        Case("行政区不详：待查", HERITAGE | {"area_code": None}, "indeterminate", "candidate",
             missing=("area_code",), tags=("unknown",)),
        Case("施行前一日：无约束力", HERITAGE, None, on=date(2021, 12, 31),
             tags=("out of force",)),
        Case("施行首日：适用", HERITAGE, "applies", "candidate", on=date(2022, 1, 1),
             tags=("edge",)),
    ],
    "IM-01": [
        Case("禁采区内在用井：限期封闭或者停止使用", EXISTING, "applies", "close_by"),
        Case("禁采区内停用井：仍是已有工程", EXISTING | {"status": "paused"}, "applies",
             "close_by"),
        Case("禁采区内农村生活井：没有居民生活豁免", EXISTING | {"use": "domestic_rural"},
             "applies", "close_by"),
        Case("禁采区内拟建井：不是已有工程，由国家条例禁止", EXISTING | {"status": "proposed"},
             None),
        Case("禁采区内已封存井：无涉", EXISTING | {"status": "sealed"}, None),
        Case("禁采区外：无涉", EXISTING | {"in__prohibited_zone": False}, None),
        Case("在禁采区边界上：待查", EXISTING | {"in__prohibited_zone": None}, "indeterminate",
             "close_by", missing=("in__prohibited_zone",), tags=("unknown", "edge")),
        Case("状态空白：待查", EXISTING | {"status": None}, "indeterminate", "close_by",
             missing=("status",), tags=("unknown",)),
        Case("应急备用井不取水、保持备用：国家条例第二十九条，豁免",
             EXISTING | {"status": "emergency_only", "annual_m3": 0.0}, "exempt", "close_by",
             "E29-1"),
        Case("应急备用井取水1立方米：由主管部门认定",
             EXISTING | {"status": "emergency_only", "annual_m3": 1.0}, "indeterminate",
             "close_by", missing=("emergency_source_takes",), tags=("edge",)),
        Case("回灌井：是否应当封闭由旗县级人民政府认定", EXISTING | {"well_type": "injection"},
             "indeterminate", "close_by", missing=("recharge_works",)),
        Case("用途空白：可能是监测，待查", EXISTING | {"use": None}, "indeterminate", "close_by",
             missing=("use",), tags=("unknown",)),
        Case("地下工程应急：豁免（一）", EXISTING | {"granted__engineering_emergency": True},
             "exempt", "close_by", "E35-1"),
        Case("公共安全应急：豁免（二）", EXISTING | {"granted__public_safety_emergency": True},
             "exempt", "close_by", "E35-2"),
        *small_takes(EXISTING, "close_by", "E35-3"),
        Case("山西的井：不受此条例约束", EXISTING | {"area_code": "140302"}, None),
        Case("施行前一日：无约束力", EXISTING, None, on=date(2021, 12, 31),
             tags=("out of force",)),
        Case("施行首日：适用", EXISTING, "applies", "close_by", on=date(2022, 1, 1),
             tags=("edge",)),
    ],
    "IM-03": [
        Case("重要湿地：限采区候选", WETLAND, "applies", "candidate"),
        Case("地质公园：限采区候选", WETLAND | {"grade": "geopark"}, "applies", "candidate"),
        Case("文物保护范围：是禁采区候选，不是限采区候选", HERITAGE, None),
        Case("级别空白：待查", WETLAND | {"grade": None}, "indeterminate", "candidate",
             missing=("grade",), tags=("unknown",)),
        Case("山西的湿地：不受此条例约束", WETLAND | {"area_code": "140302"}, None),
        Case("施行前一日：无约束力", WETLAND, None, on=date(2021, 12, 31),
             tags=("out of force",)),
        Case("施行首日：适用", WETLAND, "applies", "candidate", on=date(2022, 1, 1),
             tags=("edge",)),
    ],
}  # fmt: skip
