"""《中华人民共和国水法》: what articles 43 and 69 say of which well or application."""

from datetime import date

from tests.law.engines import Case

EVE = date(2002, 9, 30)
FIRST = date(2002, 10, 1)
DRILLING = {
    "in__works_protection_area": True,
    "endangers_works": True,
    "application_kind": "new",
}
WITHIN = {
    "permit_state": "held",
    "annual_permitted_m3": 100_000.0,
    "permit_taken_m3": 100_000.0,
    "permit_this_year_m3": 40_000.0,
    "use_permitted": True,
    "permit_misplaced": False,
}
OVER = WITHIN | {"permit_taken_m3": 105_000.0}

CASES = {
    "N-52": [
        Case("保护范围内新打井，危害水工程安全：禁止", DRILLING, "applies", "prohibit"),
        Case("保护范围内打替代井，危害水工程安全：禁止",
             DRILLING | {"application_kind": "replacement"}, "applies", "prohibit"),
        Case("保护范围外：无涉", DRILLING | {"in__works_protection_area": False}, None),
        Case("不影响水工程：无涉", DRILLING | {"endangers_works": False}, None),
        Case("延续申请不打井：无涉", DRILLING | {"application_kind": "renewal"}, None),
        Case("在边界上：待查", DRILLING | {"in__works_protection_area": None},
             "indeterminate", "prohibit", missing=("in__works_protection_area",),
             tags=("unknown", "edge")),
        Case("是否影响水工程未认定：待查", DRILLING | {"endangers_works": None},
             "indeterminate", "prohibit", missing=("endangers_works",), tags=("unknown",)),
        Case("申请类型不详：待查", DRILLING | {"application_kind": None},
             "indeterminate", "prohibit", missing=("application_kind",), tags=("unknown",)),
        Case("水法施行前一日：无约束力", DRILLING, None, on=EVE, tags=("out of force",)),
        Case("水法施行首日：适用", DRILLING, "applies", "prohibit", on=FIRST, tags=("edge",)),
    ],
    "N-22": [
        Case("许可 10 万，上年实取 10.5 万：未按许可条件", OVER, "applies", "refer",
             tags=("example",)),
        Case("许可 10 万，上年实取恰 10 万：无涉", WITHIN, None, tags=("edge", "example")),
        Case("上年多取 1 立方米：没有容差，适用", WITHIN | {"permit_taken_m3": 100_001.0},
             "applies", "refer", tags=("edge",)),
        Case("一月，本年尚无读数：上年已查清，无涉", WITHIN | {"permit_this_year_m3": None}, None,
             on=date(2024, 1, 15)),
        Case("本年已取恰为许可量：无涉", WITHIN | {"permit_this_year_m3": 100_000.0}, None,
             tags=("edge",)),
        Case("本年已多取 1 立方米：适用", WITHIN | {"permit_this_year_m3": 100_001.0},
             "applies", "refer", tags=("edge",)),
        Case("用途不符：适用", WITHIN | {"use_permitted": False}, "applies", "refer"),
        Case("井位与许可地点不符：适用", WITHIN | {"permit_misplaced": True}, "applies", "refer"),
        Case("无证：另见无证取水", OVER | {"permit_state": "none"}, None),
        Case("许可情况不详：待查", OVER | {"permit_state": None}, "indeterminate", "refer",
             missing=("permit_state",), tags=("unknown",)),
        Case("上年取水量不详：待查", WITHIN | {"permit_taken_m3": None}, "indeterminate", "refer",
             missing=("permit_taken_m3",), tags=("unknown",)),
        Case("许可量不详：待查", WITHIN | {"annual_permitted_m3": None}, "indeterminate", "refer",
             missing=("annual_permitted_m3",), tags=("unknown",)),
        Case("用途是否相符不详：待查", WITHIN | {"use_permitted": None}, "indeterminate", "refer",
             missing=("use_permitted",), tags=("unknown",)),
        Case("井位是否相符不详：待查", WITHIN | {"permit_misplaced": None},
             "indeterminate", "refer", missing=("permit_misplaced",), tags=("unknown",)),
        Case("取水量不详但用途不符：适用",
             WITHIN | {"permit_taken_m3": None, "use_permitted": False}, "applies", "refer"),
        Case("水法施行前一日：无约束力", OVER, None, on=EVE, tags=("out of force",)),
    ],
}  # fmt: skip
