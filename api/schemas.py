"""What features have, and what a collection may be filtered by, as JSON Schema (2020-12)."""

from typing import Any

from gis_app.layer import Collection
from gis_app.store import sources

_PLACES = {
    "point": "geometry-point",
    "polygon": "geometry-polygon-or-multipolygon",
    "any": "geometry-any",
}
_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def features(collection: Collection) -> dict[str, Any]:
    """The properties of a collection's features (OGC API – Features, Part 5).

    What a write takes, and marked read-only what the service finds; `geometry` unless the
    collection keeps no places. The route adds `$id`.
    """
    declared = collection.json_schema()
    derived = {
        name: {**field.json_schema(), "readOnly": True}
        for name, field in sources.fields(collection).items()
        if name not in declared["properties"]
    }
    properties = {**declared["properties"], **derived, **_place(collection)}
    return {**declared, "properties": properties}


def queryables(collection: Collection) -> dict[str, Any]:
    """The properties that a filter of a collection may name (Part 3). The route adds `$id`."""
    fields = sources.fields(collection)
    properties = {name: _certain(field.json_schema()) for name, field in fields.items()}
    return {
        "$schema": _DRAFT,
        "title": collection.zh,
        "description": f"{collection.zh} · {collection.en}",
        "type": "object",
        "properties": {**properties, **_place(collection)},
        "additionalProperties": False,
    }


def _place(collection: Collection) -> dict[str, Any]:
    if collection.geometry not in _PLACES:
        return {}
    place = {"title": "位置", "description": "位置 · place", "x-ogc-role": "primary-geometry"}
    return {"geometry": {**place, "format": _PLACES[collection.geometry]}}


def _certain(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema without null: clients read one type, and nothing equals a blank."""
    kinds = schema["type"]
    found = {**schema, "type": kinds if isinstance(kinds, str) else kinds[0]}
    if "enum" in found:
        found["enum"] = [value for value in found["enum"] if value is not None]
    return found
