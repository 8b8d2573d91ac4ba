"""The vocabulary of a layer: what a file in `layers/` may say.

A declaration is data. Storage, form, import mapping, tiles, style, legend, API collection
and documentation are all derived from it; nothing else needs to know a layer by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Literal


class Overlap(StrEnum):
    """What happens when two zones of a layer pair share ground."""

    ALLOWED = "allowed"
    WARNED = "warned"
    FORBIDDEN = "forbidden"


class Pattern(StrEnum):
    """A zone's second mark besides colour, so that colour never stands alone."""

    HATCH = "hatch"
    WIDE_HATCH = "wide_hatch"
    CROSS_HATCH = "cross_hatch"
    DOTS = "dots"
    CROSS_DOTS = "cross_dots"
    WAVE = "wave"
    DASHED = "dashed"
    SOLID = "solid"
    THICK = "thick"
    HAIRLINE = "hairline"


Kind = Literal["text", "number", "integer", "boolean", "date", "instant", "choice"]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One value of a controlled vocabulary. `aliases` are spellings accepted on import."""

    zh: str
    en: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Field:
    """One attribute. `unit` is a UCUM-like symbol and also stands in the name (`depth_m`)."""

    name: str
    zh: str
    en: str
    kind: Kind = "text"
    unit: str | None = None
    choices: Mapping[str, Choice] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    required: bool = False
    minimum: float | None = None
    maximum: float | None = None
    tile: bool = False
    private: bool = False

    def json_schema(self) -> dict[str, Any]:
        """The field as a JSON Schema property; a field not required admits null (unknown)."""
        types: dict[Kind, str] = {
            "text": "string",
            "number": "number",
            "integer": "integer",
            "boolean": "boolean",
            "date": "string",
            "instant": "string",
            "choice": "string",
        }
        schema: dict[str, Any] = {
            "type": types[self.kind] if self.required else [types[self.kind], "null"],
            "title": self.zh,
            "description": f"{self.zh} · {self.en}",
        }
        if self.kind == "date":
            schema["format"] = "date"
        if self.kind == "instant":
            schema["format"] = "date-time"
        if self.kind == "choice":
            schema["enum"] = [*self.choices, *([] if self.required else [None])]
            schema["x-labels"] = {k: {"zh": c.zh, "en": c.en} for k, c in self.choices.items()}
        if self.minimum is not None:
            schema["minimum"] = self.minimum
        if self.maximum is not None:
            schema["maximum"] = self.maximum
        if self.unit:
            schema["x-unit"] = self.unit
        return schema


@dataclass(frozen=True, kw_only=True)
class Style:
    """Colour, pattern and opacity; one source for viewer, print and notebook."""

    color: str
    pattern: Pattern = Pattern.SOLID
    opacity: float = 0.2


@dataclass(frozen=True, kw_only=True)
class Basis:
    """Why a layer exists in law: instrument title and article, in the instrument's language."""

    title: str
    clause: str
    quote: str


_IN_ORDER = (
    ("from_on", "to_on"),
    ("from_on", "until_on"),
    ("valid_from", "valid_to"),
    ("fitted_on", "removed_on"),
    ("checked_on", "due_on"),
    ("applied_on", "decided_on"),
    ("ordered_on", "due_on"),
    ("ordered_on", "done_on"),
    ("found_on", "settled_on"),
    ("top_m", "bottom_m"),
)


@dataclass(frozen=True, kw_only=True)
class Collection:
    """A kind of thing that the office keeps: its fields, its words and its ground in law.

    `geometry`: what a row has in the ground; "any" is a point or a polygon, "none" is a record
    about something else.
    """

    id: str
    zh: str
    en: str
    geometry: Literal["polygon", "point", "any", "none"]
    description_zh: str = ""
    description_en: str = ""
    fields: tuple[Field, ...] = ()
    basis: tuple[Basis, ...] = ()
    aliases: tuple[str, ...] = ()
    order: int = 100

    @property
    def all_fields(self) -> tuple[Field, ...]:
        """The fields a row has."""
        return self.fields

    def field_named(self, name: str) -> Field | None:
        """The field of that name, or None."""
        return next((f for f in self.all_fields if f.name == name), None)

    def in_order(self) -> list[tuple[Field, Field]]:
        """Pairs of fields of a row of which the second must not be less than the first."""
        pairs = ((self.field_named(a), self.field_named(b)) for a, b in _IN_ORDER)
        return [(a, b) for a, b in pairs if a is not None and b is not None]

    def json_schema(self) -> dict[str, Any]:
        """JSON Schema (2020-12) of a feature's properties; the form and every write use it."""
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": self.zh,
            "description": f"{self.description_zh} {self.description_en}".strip(),
            "type": "object",
            "properties": {f.name: f.json_schema() for f in self.all_fields},
            "required": [f.name for f in self.all_fields if f.required],
            "additionalProperties": False,
        }


@dataclass(frozen=True, kw_only=True)
class Register(Collection):
    """A register of records: permits, meters, withdrawals …

    `key` names the fields that tell one record from another (a blank counts as a value);
    `well_field`, `permit_field` the field that holds the code of a well, the number of a permit.
    """

    geometry: Literal["polygon", "point", "any", "none"] = "none"
    key: tuple[str, ...]
    well_field: str | None = None
    permit_field: str | None = None


@dataclass(frozen=True, kw_only=True)
class Layer(Collection):
    """A kind of feature: wells, or one kind of zone.

    `grades` is the layer's own classification (严重/一般 …), `overlaps` names the policy
    towards other layers (default: allowed) and `self_overlap` that among its own zones.
    `order` places the layer in legend and drawing order, lowest first.
    """

    geometry: Literal["polygon", "point", "any", "none"] = "polygon"
    grades: Mapping[str, Choice] = field(default_factory=dict)
    style: Style
    overlaps: Mapping[str, Overlap] = field(default_factory=dict)
    self_overlap: Overlap = Overlap.WARNED
    tile_minzoom: int = 0

    @property
    def all_fields(self) -> tuple[Field, ...]:
        """The fields a row of this layer has, common zone fields first."""
        return self.fields if self.geometry == "point" else (*self._zone_fields(), *self.fields)

    def _zone_fields(self) -> tuple[Field, ...]:
        if not self.grades:
            return tuple(f for f in ZONE_FIELDS if f.name != "grade")
        grade = Field(
            name="grade",
            zh="级别",
            en="grade",
            kind="choice",
            choices=self.grades,
            aliases=("等级", "分级", "类别", "class", "level"),
            tile=True,
        )
        return tuple(grade if f.name == "grade" else f for f in ZONE_FIELDS)

    def attrs_schema(self) -> dict[str, Any]:
        """JSON Schema of what lies in `zone.attrs`: the layer's own fields only."""
        return {
            "type": "object",
            "properties": {f.name: f.json_schema() for f in self.fields},
            "required": [f.name for f in self.fields if f.required],
            "additionalProperties": False,
        }

    def overlap_with(self, other: str) -> Overlap:
        """The policy towards another layer (or itself)."""
        if other == self.id:
            return self.self_overlap
        return self.overlaps.get(other, Overlap.ALLOWED)


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


def in_force(status: str, valid_from: date | None, valid_to: date | None, on: date) -> bool:
    """Whether a zone version with this status and validity binds on a day (start in, end out)."""
    return (
        status == "approved"
        and valid_from is not None
        and valid_from <= on
        and (valid_to is None or on < valid_to)
    )
