"""Fields and vocabularies that several registers share."""

from gis_app.layer import Choice, Field
from gis_app.rules.columns import GRANTS, VIOLATIONS

GRANT_KIND = {k: Choice(zh=zh, en=en) for k, (zh, en) in GRANTS.items()}
VIOLATION_KIND = {k: Choice(zh=zh, en=en) for k, (zh, en) in VIOLATIONS.items()}

WELL_CODE = Field(
    name="well_code",
    zh="井编号",
    en="well code",
    required=True,
    aliases=("水井编号", "井号", "取水井编号", "well_id", "well"),
)
PERMIT_NUMBER = Field(
    name="permit_number",
    zh="取水许可证编号",
    en="permit number",
    required=True,
    aliases=("许可证编号", "取水许可证号", "许可证号", "证号"),
)
AREA_CODE = Field(
    name="area_code",
    zh="行政区划代码",
    en="administrative area code",
    aliases=("区划代码", "行政区代码", "adcode", "ad_cd"),
)
SOURCE = Field(name="source", zh="数据来源", en="source", aliases=("来源", "资料来源"))
DOCUMENT = Field(name="document", zh="文件", en="document", aliases=("文号", "文书", "文书号"))
REMARK = Field(name="remark", zh="备注", en="remark", aliases=("说明",))


def day(name: str, zh: str, en: str, *aliases: str, required: bool = False) -> Field:
    """A date field."""
    return Field(name=name, zh=zh, en=en, kind="date", aliases=aliases, required=required)


def cubic_metres(name: str, zh: str, en: str, *aliases: str) -> Field:
    """A volume in cubic metres; headers in 万立方米 or 亿立方米 are scaled on reading."""
    return Field(
        name=name, zh=zh, en=en, kind="number", unit="m3", minimum=0, maximum=1e11, aliases=aliases
    )


def flag(name: str, zh: str, en: str, *aliases: str) -> Field:
    """A yes-or-no field; a blank is unknown."""
    return Field(name=name, zh=zh, en=en, kind="boolean", aliases=aliases)


def choice(
    name: str,
    words: tuple[str, str],
    choices: dict[str, Choice],
    *aliases: str,
    required: bool = False,
) -> Field:
    """A field with a controlled vocabulary."""
    return Field(
        name=name,
        zh=words[0],
        en=words[1],
        kind="choice",
        choices=choices,
        aliases=aliases,
        required=required,
    )
