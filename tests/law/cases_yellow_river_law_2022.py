"""《中华人民共和国黄河保护法》: what each article says of which well or application."""

from datetime import date

from tests.law.engines import Case

EVE = date(2023, 3, 31)
FIRST = date(2023, 4, 1)
COUNTY = "param__yellow_river_county"
SUPPLY = "param__yellow_river_supply_county"
OVERLOADED = "param__yellow_river_overloaded"
BORDERLINE = "param__yellow_river_borderline"
SCALE = "param__yellow_river_online_scale_m3"
LIMIT = "param__household_small_take_m3"

# 取水规模 is the ministry's to set: 50,000 here is an example, not the law.
LARGE = {
    COUNTY: 1.0,
    SUPPLY: 0.0,
    SCALE: 50_000.0,
    "user_annual_m3": 60_000.0,
    "user_least_m3": 60_000.0,
    "meter_state": "offline",
    "status": "active",
}
NEW = {"added_m3": 1.0, "use": "industry"}
DEEP = {COUNTY: 1.0, "use": "irrigation", "aquifer_depth": "deep", "status": "active"}
UNPERMITTED = {
    COUNTY: 1.0,
    "permit_state": "none",
    "status": "active",
    "use": "industry",
    "well_type": "tube_well",
}
FARM = UNPERMITTED | {"use": "livestock", "annual_m3": 1000.0, LIMIT: 1000.0}
TRIAL = UNPERMITTED | {"status": "trial", "permit_approved_on": date(2024, 1, 8)}
WITHIN = {
    COUNTY: 1.0,
    "permit_state": "held",
    "annual_permitted_m3": 100_000.0,
    "permit_taken_m3": 100_000.0,
    "permit_this_year_m3": 40_000.0,
    "use_permitted": True,
    "permit_misplaced": False,
}
OVER = WITHIN | {"permit_taken_m3": 105_000.0}


def _new_permit(area: str, verdict: str) -> list[Case]:
    """Article 51 speaks of both kinds of area in one sentence: what differs is the verdict."""
    asked = NEW | {area: 1.0}
    return [
        Case("列入名单的地区，工业新增 1 立方米：适用", asked, "applies", verdict,
             tags=("edge", "example")),
        Case("没有新增：无涉", asked | {"added_m3": 0.0}, None, tags=("edge",)),
        Case("没有列入名单的地区：无涉", asked | {area: 0.0}, None),
        Case("没有人说过是否列入：待查", asked | {area: None}, "indeterminate", verdict,
             missing=(area,), tags=("unknown",)),
        Case("是否新增不详：待查", asked | {"added_m3": None}, "indeterminate", verdict,
             missing=("added_m3",), tags=("unknown",)),
        Case("用途空白：可能是生活用水，待查", asked | {"use": None}, "indeterminate", verdict,
             missing=("use", "livelihood_supply"), tags=("unknown",)),
        Case("村庄生活供水：民生保障，豁免", asked | {"use": "domestic_rural"},
             "exempt", verdict, "livelihood", tags=("example",)),
        Case("城镇生活用水：民生保障，豁免", asked | {"use": "domestic_urban"},
             "exempt", verdict, "livelihood"),
        Case("公共供水：是否民生保障由审批机关认定", asked | {"use": "public_supply"},
             "indeterminate", verdict, missing=("livelihood_supply",)),
        Case("供热补水：是否民生保障由审批机关认定", asked | {"use": "heating_makeup"},
             "indeterminate", verdict, missing=("livelihood_supply",)),
        Case("施行前一日：无约束力", asked, None, on=EVE, tags=("out of force",)),
        Case("施行首日：适用", asked, "applies", verdict, on=FIRST, tags=("edge",)),
    ]  # fmt: skip


CASES = {
    "N-46": _new_permit(OVERLOADED, "deny"),
    "N-47": _new_permit(BORDERLINE, "refer"),
    "N-19": [
        Case("黄河流域县，规模以上，离线计量：应装在线设施", LARGE, "applies", "meter",
             tags=("example",)),
        Case("其他黄河供水区县：同样适用", LARGE | {COUNTY: 0.0, SUPPLY: 1.0},
             "applies", "meter"),
        Case("两个名单都没有列入（阳泉的县）：无涉", LARGE | {COUNTY: 0.0}, None,
             tags=("example",)),
        Case("恰为取水规模：适用",
             LARGE | {"user_annual_m3": 50_000.0, "user_least_m3": 50_000.0}, "applies", "meter",
             tags=("edge",)),
        Case("差 1 立方米未达规模：无涉",
             LARGE | {"user_annual_m3": 49_999.0, "user_least_m3": 49_999.0}, None,
             tags=("edge",)),
        Case("总量不详，已知部分达到规模：适用", LARGE | {"user_annual_m3": None},
             "applies", "meter"),
        Case("总量不详，已知部分未达规模：待查",
             LARGE | {"user_annual_m3": None, "user_least_m3": 10_000.0}, "indeterminate",
             "meter", missing=("user_annual_m3",), tags=("unknown",)),
        Case("已有在线计量：无涉", LARGE | {"meter_state": "online"}, None),
        Case("计量设施故障：未保证正常运行，适用", LARGE | {"meter_state": "fault"},
             "applies", "meter"),
        Case("待检定：是否在线设施须查明", LARGE | {"meter_state": "calibration_due"},
             "indeterminate", "meter", missing=("meter_is_online",)),
        Case("已封存：无涉", LARGE | {"status": "sealed"}, None),
        Case("取水规模未录入：待查", LARGE | {SCALE: None}, "indeterminate", "meter",
             missing=(SCALE,), tags=("unknown",)),
        Case("县名单未录入：待查", LARGE | {COUNTY: None}, "indeterminate", "meter",
             missing=(COUNTY,), tags=("unknown",)),
        Case("供水区名单未录入，但已是流域县：适用", LARGE | {SUPPLY: None}, "applies", "meter"),
        Case("不是流域县，供水区名单未录入：待查", LARGE | {COUNTY: 0.0, SUPPLY: None},
             "indeterminate", "meter", missing=(SUPPLY,), tags=("unknown",)),
        Case("计量情况不详：待查", LARGE | {"meter_state": None}, "indeterminate", "meter",
             missing=("meter_state", "meter_is_online"), tags=("unknown",)),
        Case("施行前一日：无约束力", LARGE, None, on=EVE, tags=("out of force",)),
        Case("施行首日：适用", LARGE, "applies", "meter", on=FIRST, tags=("edge",)),
    ],
    "N-45": [
        Case("黄河流域县，深层灌溉井（鄂尔多斯 300 米承压井）：禁止", DEEP, "applies", "prohibit",
             tags=("example",)),
        Case("同样的井在阳泉（海河流域县）：无涉", DEEP | {COUNTY: 0.0}, None,
             tags=("example",)),
        Case("拟打的深层灌溉井：禁止", DEEP | {"status": "proposed"}, "applies", "prohibit"),
        Case("浅层灌溉井：无涉", DEEP | {"aquifer_depth": "shallow"}, None),
        Case("深层工业井：不在此条", DEEP | {"use": "industry"}, None),
        Case("已回填：无涉", DEEP | {"status": "backfilled"}, None),
        Case("深浅不详：待查", DEEP | {"aquifer_depth": None}, "indeterminate", "prohibit",
             missing=("aquifer_depth",), tags=("unknown",)),
        Case("用途空白：待查", DEEP | {"use": None}, "indeterminate", "prohibit",
             missing=("use",), tags=("unknown",)),
        Case("状态空白：待查", DEEP | {"status": None}, "indeterminate", "prohibit",
             missing=("status",), tags=("unknown",)),
        Case("县名单未录入：待查", DEEP | {COUNTY: None}, "indeterminate", "prohibit",
             missing=(COUNTY,), tags=("unknown",)),
        Case("施行前一日：无约束力", DEEP, None, on=EVE, tags=("out of force",)),
        Case("施行首日：适用", DEEP, "applies", "prohibit", on=FIRST, tags=("edge",)),
    ],
    "N-21-YR": [
        Case("黄河流域县，工业井无证取水：移交处理", UNPERMITTED, "applies", "refer"),
        Case("不在黄河流域县：只依水法", UNPERMITTED | {COUNTY: 0.0}, None),
        Case("有证：无涉", UNPERMITTED | {"permit_state": "held"}, None),
        Case("已封存：无涉", UNPERMITTED | {"status": "sealed"}, None),
        Case("回灌井不取水：无涉", UNPERMITTED | {"well_type": "injection"}, None),
        Case("县名单未录入：待查", UNPERMITTED | {COUNTY: None}, "indeterminate", "refer",
             missing=(COUNTY,), tags=("unknown",)),
        Case("许可情况不详：待查", UNPERMITTED | {"permit_state": None}, "indeterminate", "refer",
             missing=("permit_state",), tags=("unknown",)),
        Case("用途空白：可能不须许可，待查", UNPERMITTED | {"use": None}, "indeterminate", "refer",
             missing=("use", "annual_m3", LIMIT, "dewatering_below_scale"), tags=("unknown",)),
        Case("养殖户取水恰为限额：豁免", FARM, "exempt", "refer", "WPR4-2", tags=("edge",)),
        Case("养殖户取水超过限额 1 立方米：适用", FARM | {"annual_m3": 1001.0},
             "applies", "refer", tags=("edge",)),
        Case("养殖户，省定限额未录入：待查", FARM | {LIMIT: None}, "indeterminate", "refer",
             missing=(LIMIT,), tags=("unknown",)),
        Case("监测用途不须许可：豁免", UNPERMITTED | {"use": "monitoring_test"},
             "exempt", "refer", "GWR48"),
        Case("地下工程应急取水：豁免", UNPERMITTED | {"granted__engineering_emergency": True},
             "exempt", "refer", "WPR4-3"),
        Case("公共安全应急取水：豁免", UNPERMITTED | {"granted__public_safety_emergency": True},
             "exempt", "refer", "WPR4-4"),
        Case("抗旱应急取水：豁免", UNPERMITTED | {"granted__drought_emergency": True},
             "exempt", "refer", "WPR4-5"),
        Case("已批准，试运行中：豁免", TRIAL, "exempt", "refer", "WPR23"),
        Case("当日批准的试运行：豁免", TRIAL | {"permit_approved_on": date(2024, 6, 30)},
             "exempt", "refer", "WPR23", tags=("edge",)),
        Case("次日才批准的试运行：适用", TRIAL | {"permit_approved_on": date(2024, 7, 1)},
             "applies", "refer", tags=("edge",)),
        Case("疏干排水：是否达到规模由主管部门认定", UNPERMITTED | {"use": "dewatering"},
             "indeterminate", "refer", missing=("dewatering_below_scale",)),
        Case("施行前一日：无约束力", UNPERMITTED, None, on=EVE, tags=("out of force",)),
        Case("施行首日：适用", UNPERMITTED, "applies", "refer", on=FIRST, tags=("edge",)),
    ],
    "N-22-YR": [
        Case("黄河流域县，许可 10 万实取 10.5 万：移交处理", OVER, "applies", "refer"),
        Case("不在黄河流域县：只依水法", OVER | {COUNTY: 0.0}, None),
        Case("实取恰为许可量：无涉", WITHIN, None, tags=("edge",)),
        Case("上年多取 1 立方米：适用", WITHIN | {"permit_taken_m3": 100_001.0},
             "applies", "refer", tags=("edge",)),
        Case("本年已多取 1 立方米：适用", WITHIN | {"permit_this_year_m3": 100_001.0},
             "applies", "refer", tags=("edge",)),
        Case("用途不符：适用", WITHIN | {"use_permitted": False}, "applies", "refer"),
        Case("井位与许可地点不符：适用", WITHIN | {"permit_misplaced": True}, "applies", "refer"),
        Case("无证：另见无证取水", OVER | {"permit_state": "none"}, None),
        Case("县名单未录入：待查", OVER | {COUNTY: None}, "indeterminate", "refer",
             missing=(COUNTY,), tags=("unknown",)),
        Case("许可量不详：待查", WITHIN | {"annual_permitted_m3": None}, "indeterminate", "refer",
             missing=("annual_permitted_m3",), tags=("unknown",)),
        Case("施行前一日：无约束力", OVER, None, on=EVE, tags=("out of force",)),
        Case("施行首日：适用", OVER, "applies", "refer", on=FIRST, tags=("edge",)),
    ],
    "N-19-YR": [
        Case("规模以上未装在线设施：责令限期安装", LARGE | {"meter_state": "none"},
             "applies", "meter"),
        Case("只有离线设施：适用", LARGE, "applies", "meter"),
        Case("以电折水不是在线设施：适用", LARGE | {"meter_state": "indirect_kwh"},
             "applies", "meter"),
        Case("其他黄河供水区县也在罚则之内：适用", LARGE | {COUNTY: 0.0, SUPPLY: 1.0},
             "applies", "meter"),
        Case("两个名单都没有列入：无涉", LARGE | {COUNTY: 0.0}, None),
        Case("恰为取水规模：适用",
             LARGE | {"user_annual_m3": 50_000.0, "user_least_m3": 50_000.0}, "applies", "meter",
             tags=("edge",)),
        Case("差 1 立方米未达规模：无涉",
             LARGE | {"user_annual_m3": 49_999.0, "user_least_m3": 49_999.0}, None,
             tags=("edge",)),
        Case("已有在线计量：无涉", LARGE | {"meter_state": "online"}, None),
        Case("设施故障：是否在线设施须查明", LARGE | {"meter_state": "fault"},
             "indeterminate", "meter", missing=("meter_is_online",)),
        Case("待检定：是否在线设施须查明", LARGE | {"meter_state": "calibration_due"},
             "indeterminate", "meter", missing=("meter_is_online",)),
        Case("已封存：无涉", LARGE | {"status": "sealed"}, None),
        Case("取水规模未录入：待查", LARGE | {SCALE: None}, "indeterminate", "meter",
             missing=(SCALE,), tags=("unknown",)),
        Case("计量情况不详：待查", LARGE | {"meter_state": None}, "indeterminate", "meter",
             missing=("meter_state", "meter_is_online"), tags=("unknown",)),
        Case("施行前一日：无约束力", LARGE, None, on=EVE, tags=("out of force",)),
        Case("施行首日：适用", LARGE, "applies", "meter", on=FIRST, tags=("edge",)),
    ],
}  # fmt: skip
