"""The fields that every zone has, whatever its layer."""

from gis_app.field import Choice, Field

LAW_STATUS = {
    "draft": Choice(zh="草案", en="draft", aliases=("草稿",)),
    "in_review": Choice(zh="审查中", en="in review", aliases=("送审",)),
    "approved": Choice(zh="已批准", en="approved", aliases=("in_force", "有效", "生效", "已公布")),
    "withdrawn": Choice(zh="已撤回", en="withdrawn"),
}

ZONE_FIELDS: tuple[Field, ...] = (
    Field(
        name="code",
        zh="编号",
        en="code",
        aliases=("区域编号", "区编号", "zone_code", "fed_id", "编码"),
        tile=True,
    ),
    Field(
        name="name",
        zh="名称",
        en="name",
        required=True,
        aliases=("区域名称", "区名", "zone_name", "title", "标题"),
        tile=True,
    ),
    Field(name="grade", zh="级别", en="grade"),
    Field(
        name="law_status",
        zh="法律状态",
        en="law status",
        kind="choice",
        choices=LAW_STATUS,
        aliases=("状态", "status"),
    ),
    Field(
        name="instrument",
        zh="划定文件",
        en="designating instrument",
        aliases=("文号", "批复文号", "划定依据", "文件"),
    ),
    Field(name="clause", zh="条款", en="clause", aliases=("条", "条文")),
    Field(
        name="authority",
        zh="划定机关",
        en="competent authority",
        aliases=("批准机关", "主管部门", "管理单位"),
    ),
    Field(
        name="area_code",
        zh="行政区划代码",
        en="administrative area code",
        aliases=("区划代码", "行政区代码", "adcode", "行政区划"),
    ),
    Field(
        name="valid_from",
        zh="生效日期",
        en="in force from",
        kind="date",
        aliases=("施行日期", "起始日期", "since"),
        tile=True,
    ),
    Field(
        name="valid_to",
        zh="失效日期（不含）",
        en="in force until (exclusive)",
        kind="date",
        aliases=("失效日期", "废止日期", "终止日期", "until"),
    ),
    Field(
        name="boundary_accuracy_m",
        zh="边界精度（米）",
        en="boundary accuracy",
        kind="number",
        unit="m",
        minimum=0,
        maximum=10_000,
        aliases=("边界精度", "精度"),
    ),
    Field(name="source", zh="数据来源", en="source", aliases=("来源", "资料来源")),
)
