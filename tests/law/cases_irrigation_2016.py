"""农田水利条例: what art. 34 says of which irrigation well and application."""

from datetime import date

from tests.law.engines import Case

OLD = {
    "in__overdraft_zone": True,
    "since__overdraft_zone": date(2018, 1, 1),
    "use": "irrigation",
    "status": "active",
    "completed_on": date(2010, 5, 1),
    "annual_permitted_m3": 80_000.0,
    "prior_permitted_m3": 80_000.0,
}
NEW = OLD | {"completed_on": date(2020, 1, 1)}
PLANNED = OLD | {"status": "proposed", "completed_on": None}
ZONE_BEFORE_LAW = OLD | {"since__overdraft_zone": date(2012, 1, 1)}
APPLIED = {
    "in__overdraft_zone": True,
    "use": "irrigation",
    "application_kind": "new",
    "added_m3": 30_000.0,
}

CASES = {
    "N-44": [
        Case("超采区内拟建灌溉井：禁止", PLANNED, "applies", "prohibit", tags=("example",)),
        Case("超采区内既有灌溉井，量未增：无涉", OLD, None),
        Case("划区当日成井：新增", OLD | {"completed_on": date(2018, 1, 1)}, "applies",
             "prohibit", tags=("edge",)),
        Case("划区前一日成井：既有", OLD | {"completed_on": date(2017, 12, 31)}, None,
             tags=("edge",)),
        Case("划区早于条例，条例施行当日成井：新增",
             ZONE_BEFORE_LAW | {"completed_on": date(2016, 7, 1)}, "applies", "prohibit",
             tags=("edge",)),
        Case("划区早于条例，条例施行前一日成井：不溯及既往",
             ZONE_BEFORE_LAW | {"completed_on": date(2016, 6, 30)}, None, tags=("edge",)),
        Case("许可量 8→8.0001 万：新增", OLD | {"annual_permitted_m3": 80_001.0}, "applies",
             "prohibit", tags=("edge",)),
        Case("许可量 8→7.9999 万：无涉", OLD | {"annual_permitted_m3": 79_999.0}, None,
             tags=("edge",)),
        Case("超采区内拟建工业井：本条只管农田灌溉", PLANNED | {"use": "industry"}, None),
        Case("超采区外拟建灌溉井：无涉", PLANNED | {"in__overdraft_zone": False}, None),
        Case("划区后成井但已回填：无涉",
             NEW | {"status": "backfilled"}, None),
        Case("在超采区边界上：待查", NEW | {"in__overdraft_zone": None}, "indeterminate",
             "prohibit", missing=("in__overdraft_zone",), tags=("unknown", "edge")),
        Case("成井日期空白：待查", OLD | {"completed_on": None}, "indeterminate", "prohibit",
             missing=("completed_on",), tags=("unknown",)),
        Case("划区日期空白，成井早于条例：仍无涉", OLD | {"since__overdraft_zone": None}, None),
        Case("划区日期空白，成井在条例之后：待查",
             NEW | {"since__overdraft_zone": None},
             "indeterminate", "prohibit", missing=("since__overdraft_zone",),
             tags=("unknown",)),
        Case("用途空白：待查", NEW | {"use": None}, "indeterminate", "prohibit",
             missing=("use",), tags=("unknown",)),
        Case("条例施行前一日：无约束力", PLANNED, None, on=date(2016, 6, 30),
             tags=("out of force",)),
        Case("条例施行首日：适用", PLANNED, "applies", "prohibit", on=date(2016, 7, 1),
             tags=("edge",)),
    ],
    "N-44-A": [
        Case("超采区内新增灌溉取水申请：禁止", APPLIED, "applies", "prohibit",
             tags=("example",)),
        Case("增加水量的申请：禁止", APPLIED | {"application_kind": "increase"}, "applies",
             "prohibit"),
        Case("替代井申请：是否新增由主管部门认定",
             APPLIED | {"application_kind": "replacement", "added_m3": 0.0}, "indeterminate",
             "prohibit", missing=("replacement_is_new",), tags=("example",)),
        Case("延续同量：无涉", APPLIED | {"application_kind": "renewal", "added_m3": 0.0}, None,
             tags=("edge",)),
        Case("新增 1 立方米：禁止", APPLIED | {"added_m3": 1.0}, "applies", "prohibit",
             tags=("edge",)),
        Case("工业取水申请：无涉", APPLIED | {"use": "industry"}, None),
        Case("超采区外：无涉", APPLIED | {"in__overdraft_zone": False}, None),
        Case("在超采区边界上：待查", APPLIED | {"in__overdraft_zone": None}, "indeterminate",
             "prohibit", missing=("in__overdraft_zone",), tags=("unknown", "edge")),
        Case("新增水量空白：待查", APPLIED | {"added_m3": None}, "indeterminate", "prohibit",
             missing=("added_m3",), tags=("unknown",)),
        Case("申请类型空白：可能是替代井，待查", APPLIED | {"application_kind": None},
             "indeterminate", "prohibit", missing=("application_kind", "replacement_is_new"),
             tags=("unknown",)),
        Case("条例施行前一日：无约束力", APPLIED, None, on=date(2016, 6, 30),
             tags=("out of force",)),
        Case("条例施行首日：适用", APPLIED, "applies", "prohibit", on=date(2016, 7, 1),
             tags=("edge",)),
    ],
}  # fmt: skip
