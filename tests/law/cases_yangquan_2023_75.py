"""阳政办发〔2023〕75号: what 二(九) says of which well."""

from datetime import date

from tests.law.engines import Case

HERE = {"area_code": "140302"}
NEW = HERE | {
    "in__surface_supply_area": True,
    "status": "active",
    "completed_on": date(2023, 10, 18),
    "well_type": "tube_well",
    "use": "industry",
}
OWN = HERE | {
    "self_supply": True,
    "permit_state": "none",
    "status": "active",
    "use": "industry",
}
COVERED = HERE | {
    "in__public_supply_coverage": True,
    "self_supply": True,
    "permit_state": "held",
    "status": "active",
    "use": "service",
}

CASES = {
    "YQ-01": [
        Case("供水区内，意见实施当日成井：新井", NEW, "applies", "prohibit", tags=("edge",)),
        Case("实施前一日成井：不是新井", NEW | {"completed_on": date(2023, 10, 17)}, None,
             tags=("edge",)),
        Case("供水区内拟建的替代井：禁止", NEW | {"status": "proposed", "completed_on": None},
             "applies", "prohibit"),
        Case("供水区外的替代井：无涉",
             NEW | {"in__surface_supply_area": False, "status": "proposed"}, None),
        Case("成井日期空白：待查", NEW | {"completed_on": None}, "indeterminate", "prohibit",
             missing=("completed_on",), tags=("unknown",)),
        Case("离边界太近：待查", NEW | {"in__surface_supply_area": None}, "indeterminate",
             "prohibit", missing=("in__surface_supply_area",), tags=("unknown", "edge")),
        Case("监测井：是否新井由主管部门认定", NEW | {"well_type": "monitoring"}, "indeterminate",
             "prohibit", missing=("filed_monitoring_works",)),
        Case("外市的井：不受此文约束", NEW | {"area_code": "140402"}, None),
        Case("行政区不详：待查", NEW | {"area_code": None}, "indeterminate", "prohibit",
             missing=("area_code",), tags=("unknown",)),
        Case("失效后：无约束力", NEW, None, on=date(2028, 10, 18), tags=("out of force",)),
    ],
    "YQ-02": [
        Case("自备无证井（不论是否在管网内）：限期关闭", OWN, "applies", "close_by"),
        Case("有证：无涉", OWN | {"permit_state": "held"}, None),
        Case("不是自备：无涉", OWN | {"self_supply": False}, None),
        Case("许可情况不详：待查", OWN | {"permit_state": None}, "indeterminate", "close_by",
             missing=("permit_state",), tags=("unknown",)),
        Case("是否自备不详：待查", OWN | {"self_supply": None}, "indeterminate", "close_by",
             missing=("self_supply",), tags=("unknown",)),
        Case("农户生活井：省定限额未知，待查", OWN | {"use": "domestic_rural"}, "indeterminate",
             "close_by", missing=("provincial_small_take_limit",)),
        Case("用途空白：可能是农户，待查", OWN | {"use": None}, "indeterminate", "close_by",
             missing=("use", "provincial_small_take_limit"), tags=("unknown",)),
        Case("监测井不需许可：豁免", OWN | {"use": "monitoring_test"}, "exempt", "close_by",
             "GWR48"),
        Case("公共安全应急取水：豁免",
             OWN | {"exemption_kind": "public_safety_emergency",
                    "exemption_until": date(2024, 6, 30)},
             "exempt", "close_by", "WPR4-3/4", tags=("edge",)),
        Case("应急已于前一日结束：适用",
             OWN | {"exemption_kind": "public_safety_emergency",
                    "exemption_until": date(2024, 6, 29)},
             "applies", "close_by", tags=("edge",)),
        Case("已封存：无涉", OWN | {"status": "sealed"}, None),
        Case("实施前一日：无约束力", OWN, None, on=date(2023, 10, 17), tags=("out of force",)),
        Case("实施当日：适用", OWN, "applies", "close_by", on=date(2023, 10, 18), tags=("edge",)),
    ],
    "YQ-03": [
        Case("管网内有证的宾馆自备井：许可不影响，限期关闭", COVERED, "applies", "close_by"),
        Case("管网外：无涉", COVERED | {"in__public_supply_coverage": False}, None),
        Case("管网边缘，误差之内：待查", COVERED | {"in__public_supply_coverage": None},
             "indeterminate", "close_by", missing=("in__public_supply_coverage",),
             tags=("unknown", "edge")),
        Case("是否自备不详：待查", COVERED | {"self_supply": None}, "indeterminate", "close_by",
             missing=("self_supply",), tags=("unknown",)),
        Case("类型、用途空白但登记为自备：适用", COVERED | {"use": None, "well_type": None},
             "applies", "close_by"),
        Case("水厂水源井：不是自备", COVERED | {"well_type": "public_supply"}, "exempt",
             "close_by", "not-self-supply"),
        Case("监测井：不是自备", COVERED | {"use": "monitoring_test"}, "exempt", "close_by",
             "not-self-supply"),
        Case("应急备用井：不是自备", COVERED | {"status": "emergency_only"}, "exempt", "close_by",
             "not-self-supply"),
        Case("报废未封：仍须封存", COVERED | {"status": "abandoned"}, "applies", "close_by"),
        Case("已回填：无涉", COVERED | {"status": "backfilled"}, None),
        Case("同样的井在咸阳：无涉", COVERED | {"area_code": "610402"}, None),
        Case("有效期最后一日：适用", COVERED, "applies", "close_by", on=date(2028, 10, 17),
             tags=("edge",)),
        Case("有效期届满：无约束力", COVERED, None, on=date(2028, 10, 19),
             tags=("out of force",)),
    ],
}  # fmt: skip
