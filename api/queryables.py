"""What a collection may be filtered by (OGC API – Features, Part 3)."""

from typing import Any

from gis_app.layer import Layer, Register
from gis_app.store import sources

_PLACES = {
    "point": "geometry-point",
    "polygon": "geometry-polygon-or-multipolygon",
    "any": "geometry-any",
}


def queryables(collection: Layer | Register) -> dict[str, Any]:
    """JSON Schema (2020-12) of the properties that a filter of a collection may name.

    `geometry` is among them unless the collection keeps no places. The route adds `$id`.
    """
    fields = sources.fields(collection)
    properties = {name: field.json_schema() for name, field in fields.items()}
    if collection.geometry in _PLACES:
        properties["geometry"] = {
            "title": "位置",
            "description": "位置 · place",
            "format": _PLACES[collection.geometry],
            "x-ogc-role": "primary-geometry",
        }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": collection.zh,
        "description": f"{collection.zh} · {collection.en}",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
