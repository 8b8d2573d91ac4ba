"""测绘法: what arts 52 and 11 say of which data set."""

from datetime import date

from tests.law.engines import Case

GCJ = {"coordinate_system": "gcj02"}
LOCAL = {"coordinate_system": "local", "local_system_approved": True}

CASES = {
    "N-54": [
        Case("以 GCJ-02 上传的图层：告知", GCJ, "applies", "notify", tags=("example",)),
        Case("CGCS2000（EPSG:4490）：符合", {"coordinate_system": "cgcs2000"}, None,
             tags=("example",)),
        Case("1980 西安坐标系：告知", {"coordinate_system": "xian80"}, "applies", "notify"),
        Case("WGS 84：不是国家坐标系，告知", {"coordinate_system": "wgs84"}, "applies", "notify"),
        Case("经批准的相对独立坐标系：豁免", LOCAL, "exempt", "notify", "A11"),
        Case("未经批准的相对独立坐标系：告知", LOCAL | {"local_system_approved": False},
             "applies", "notify"),
        Case("相对独立坐标系是否批准不详：待查", LOCAL | {"local_system_approved": None},
             "indeterminate", "notify", missing=("local_system_approved",), tags=("unknown",)),
        Case("坐标系不详：待查", {"local_system_approved": False}, "indeterminate", "notify",
             missing=("coordinate_system",), tags=("unknown",)),
        Case("修订施行前一日：无约束力", GCJ, None, on=date(2017, 6, 30),
             tags=("out of force",)),
        Case("修订施行首日：适用", GCJ, "applies", "notify", on=date(2017, 7, 1),
             tags=("edge",)),
    ],
}  # fmt: skip
