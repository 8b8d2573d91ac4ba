"""One attribute of what the office keeps: its name, kind, unit, words and the values it takes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

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
