"""The vocabulary of a layer: what a file in `layers/` may say.

A declaration is data. Storage, form, import mapping, tiles, style, legend, API collection
and documentation are all derived from it; nothing else needs to know a layer by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Literal

from gis_app.field import Choice, Field, Kind
from gis_app.rights import Right
from gis_app.zone_fields import LAW_STATUS, ZONE_FIELDS

__all__ = [
    "LAW_STATUS", "ZONE_FIELDS", "Basis", "Choice", "Collection", "Field", "Kind", "Layer",
    "Ledger", "Overlap", "Pattern", "Register", "Style", "in_force", "policy",
]  # fmt: skip


class Overlap(StrEnum):
    """What happens when two zones of a layer pair share ground."""

    ALLOWED = "allowed"
    NESTED = "nested"
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
    def read_by(self) -> Right | None:
        """The right to see its rows; None: everybody sees them, or those that are law."""
        return Right.READ_REGISTERS

    @property
    def written_by(self) -> tuple[Right, ...]:
        """The rights of which one is needed to write it; none: nobody writes it by hand."""
        return (Right.EDIT_REGISTERS,)

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
class Ledger(Collection):
    """What audits have found: served, never imported or edited.

    `tiers` are the tiers of the instruments by their ids; `words` is said of each finding beside
    its fields, and no filter asks for it.
    """

    geometry: Literal["polygon", "point", "any", "none"] = "point"
    tiers: Mapping[str, str]
    words: tuple[Field, ...] = ()

    @property
    def read_by(self) -> Right | None:
        """As wells are."""
        return Right.READ

    @property
    def written_by(self) -> tuple[Right, ...]:
        """Audits only write it."""
        return ()

    def json_schema(self) -> dict[str, Any]:
        """JSON Schema (2020-12) of a finding's properties, all of them read-only."""
        told = {f.name: {**f.json_schema(), "readOnly": True} for f in (*self.fields, *self.words)}
        return {**Collection.json_schema(self), "properties": told, "required": []}


@dataclass(frozen=True, kw_only=True)
class Layer(Collection):
    """A kind of feature: wells, or one kind of zone.

    `grades` is the layer's own classification (严重/一般 …), `overlaps` names the policy
    towards other layers (default: allowed), `self_overlap` that among its own zones, and
    `grade_overlap` that among those of different grades (None: as of the same).
    `order` places the layer in legend and drawing order, lowest first.
    """

    geometry: Literal["polygon", "point", "any", "none"] = "polygon"
    grades: Mapping[str, Choice] = field(default_factory=dict)
    style: Style
    overlaps: Mapping[str, Overlap] = field(default_factory=dict)
    self_overlap: Overlap = Overlap.WARNED
    grade_overlap: Overlap | None = None
    tile_minzoom: int = 0

    @property
    def read_by(self) -> Right | None:
        """Zones that are law everybody sees."""
        return Right.READ if self.geometry == "point" else None

    @property
    def written_by(self) -> tuple[Right, ...]:
        """Whoever approves zones may return them; the journey and the database tell which."""
        if self.geometry == "point":
            return (Right.EDIT_REGISTERS,)
        return (Right.DRAFT, Right.APPROVE)

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


def policy(one: Layer, other: Layer, *, grades: tuple[str | None, str | None]) -> Overlap:
    """What two layers say of ground that zones of theirs, of these grades, share: the stricter."""
    differ = None not in grades and grades[0] != grades[1]
    if one.id == other.id and differ and one.grade_overlap is not None:
        return one.grade_overlap
    declared = {one.overlap_with(other.id), other.overlap_with(one.id)}
    return next(each for each in _STRICTEST_FIRST if each in declared)


_STRICTEST_FIRST = (Overlap.FORBIDDEN, Overlap.WARNED, Overlap.NESTED, Overlap.ALLOWED)


def in_force(status: str, valid_from: date | None, valid_to: date | None, on: date) -> bool:
    """Whether a zone version with this status and validity binds on a day (start in, end out)."""
    return (
        status == "approved"
        and valid_from is not None
        and valid_from <= on
        and (valid_to is None or on < valid_to)
    )
