"""《地下水管理条例》: what each article says of which well."""

from datetime import date

from tests.law.engines import Case

PROHIBITED = {"in__prohibited_zone": True, "status": "active", "use": "industry"}
RESTRICTED = {
    "in__restricted_zone": True,
    "since__restricted_zone": date(2020, 1, 1),
    "status": "active",
    "use": "industry",
    "completed_on": date(2010, 5, 1),
    "annual_permitted_m3": 80_000.0,
    "prior_permitted_m3": 80_000.0,
}

CASES = {
    "N-01": [
        Case("禁采区内在用工业井：限期关闭", PROHIBITED, "applies", "close_by"),
        Case(
            "禁采区内农村生活井：第三十五条没有居民生活豁免",
            PROHIBITED | {"use": "domestic_rural"}, "applies", "close_by",
        ),
        Case("禁采区内拟建井：禁止", PROHIBITED | {"status": "proposed"}, "applies", "prohibit"),
        Case("禁采区外：无涉", PROHIBITED | {"in__prohibited_zone": False}, None),
        Case("已封存：无涉", PROHIBITED | {"status": "sealed"}, None),
        Case(
            "离边界太近，位置不能确定：待查",
            PROHIBITED | {"in__prohibited_zone": None}, "indeterminate", "close_by",
            missing=("in__prohibited_zone",), tags=("edge", "unknown"),
        ),
        Case(
            "状态空白：待查", PROHIBITED | {"status": None}, "indeterminate", "close_by",
            missing=("status",), tags=("unknown",),
        ),
        Case(
            "用途空白：可能是监测，待查", PROHIBITED | {"use": None}, "indeterminate", "close_by",
            missing=("use",), tags=("unknown",),
        ),
        Case("区外且用途空白：仍无涉", {"in__prohibited_zone": False, "status": "active"}, None),
        Case(
            "监测用途：豁免（三）", PROHIBITED | {"use": "monitoring_test"}, "exempt", "close_by",
            "E35-3",
        ),
        Case(
            "登记为监测井：豁免（三）",
            PROHIBITED | {"use": None, "well_type": "monitoring"}, "exempt", "close_by", "E35-3",
        ),
        Case(
            "地下工程应急，期限当日：仍豁免（一）",
            PROHIBITED
            | {"granted__engineering_emergency": True},
            "exempt", "close_by", "E35-1", tags=("edge",),
        ),
        Case(
            "公共安全应急有效：豁免（二）",
            PROHIBITED
            | {"granted__public_safety_emergency": True},
            "exempt", "close_by", "E35-2",
        ),
        Case("条例施行前一日：无约束力", PROHIBITED, None, on=date(2021, 11, 30),
             tags=("out of force",)),
        Case("条例施行首日：适用", PROHIBITED, "applies", "close_by", on=date(2021, 12, 1),
             tags=("edge",)),
    ],
    "N-03": [
        Case("限采区内既有井：逐步削减", RESTRICTED, "applies", "restrict"),
        Case("许可量 8→9 万：新增，禁止", RESTRICTED | {"annual_permitted_m3": 90_000.0},
             "applies", "prohibit"),
        Case("许可量多 1 立方米：新增，禁止", RESTRICTED | {"annual_permitted_m3": 80_001.0},
             "applies", "prohibit", tags=("edge",)),
        Case("许可量 8→7.5 万：只须削减", RESTRICTED | {"annual_permitted_m3": 75_000.0},
             "applies", "restrict"),
        Case("划区当日成井：新增", RESTRICTED | {"completed_on": date(2020, 1, 1)},
             "applies", "prohibit", tags=("edge",)),
        Case("划区前一日成井：既有", RESTRICTED | {"completed_on": date(2019, 12, 31)},
             "applies", "restrict", tags=("edge",)),
        Case("成井日期空白：按较轻的处置", RESTRICTED | {"completed_on": None},
             "applies", "restrict"),
        Case("拟建井：禁止", RESTRICTED | {"status": "proposed", "completed_on": None},
             "applies", "prohibit"),
        Case("限采区外：无涉", RESTRICTED | {"in__restricted_zone": False}, None),
        Case("在边界上：待查", RESTRICTED | {"in__restricted_zone": None}, "indeterminate",
             "restrict", missing=("in__restricted_zone",), tags=("unknown", "edge")),
        Case("勘探试验：豁免（三）", RESTRICTED | {"use": "monitoring_test"}, "exempt", "restrict",
             "E35-3"),
        Case("地下工程应急：豁免（一）",
             RESTRICTED
             | {"granted__engineering_emergency": True},
             "exempt", "restrict", "E35-1", tags=("edge",)),
        Case("公共安全应急：豁免（二）",
             RESTRICTED
             | {"granted__public_safety_emergency": True},
             "exempt", "restrict", "E35-2"),
        Case("条例施行前：无约束力", RESTRICTED, None, on=date(2021, 11, 30),
             tags=("out of force",)),
    ],
}  # fmt: skip
