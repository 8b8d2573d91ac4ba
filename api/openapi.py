"""The API's definition: what FastAPI writes, made as OGC API asks; and the same as OpenAPI 3.0."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api import links
from api.callers import COOKIE
from gis_app.crs import CRS84, SERVED
from gis_app.terms import FLAG

_CRS = {"type": "string", "format": "uri", "enum": list(SERVED), "default": CRS84}
# parameters of OGC API: FastAPI cannot say these of a text that we parse ourselves
_SCHEMAS: dict[str, dict[str, Any]] = {
    "bbox": {
        "type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 6,
    },
    "bbox-crs": _CRS,
    "filter-crs": _CRS,
    "crs": _CRS,
    "datetime": {"type": "string"},
    "sortby": {"type": "array", "items": {"type": "string"}, "minItems": 1},
    "properties": {"type": "array", "items": {"type": "string"}},
    "finding": {"type": "array", "items": {"type": "string", "enum": list(FLAG)}},
    "on": {"type": "string", "format": "date"},
}  # fmt: skip
_BY_COMMA = {"bbox", "sortby", "properties"}
_WORDS = {
    "bbox": "西,南,东,北，依 bbox-crs 的轴序 / four numbers in the axis order of bbox-crs",
    "bbox-crs": "bbox 的坐标系 / CRS of bbox",
    "filter": "CQL2 条件 / a condition in CQL2, see docs/filters.md",
    "filter-lang": "filter 的写法 / how the filter is written",
    "filter-crs": "filter 中坐标的坐标系 / CRS of coordinates in the filter",
    "crs": "返回的坐标系 / CRS of the answer",
    "datetime": "某日、时刻或区间 起/止（.. 为开端） / a day, an instant or an interval a/b",
    "sortby": "排序，-为降序 / properties to sort by, - for descending",
    "properties": "只返回这些属性 / only these properties",
    "skipGeometry": "不返回位置 / without geometry",
    "limit": "每页最多条数 / features a page at most",
    "after": "翻页位置，见 next 链接 / where a page goes on: see the `next` link",
}


def define(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI 3.1 document of the application, made once."""
    if app.openapi_schema is None:
        made = get_openapi(
            title=app.title, version=app.version, routes=app.routes, description=app.description
        )
        registry = app.state.gis.registry
        made.setdefault("components", {})["securitySchemes"] = _SHOWN
        read = {"type": "string", "enum": list(registry.served)}
        written = {"type": "string", "enum": [*registry.layers, *registry.registers]}
        pictured = {"type": "string", "enum": list(registry.rasters)}
        read_all = {"type": "string", "enum": [*registry.served, *registry.rasters]}
        for address, path in made["paths"].items():
            for method, operation in path.items():
                known = read if method == "get" else written
                if address == "/collections/{collectionId}":
                    known = read_all
                for parameter in operation.get("parameters", ()):
                    if parameter["name"] == "collectionId":
                        parameter["schema"] = known
                    if parameter["name"] == "rasterId":
                        parameter["schema"] = pictured
                    _complete(parameter)
                _answers(operation)
                operation["security"] = _security(method, operation["operationId"])
        app.openapi_schema = made
    return app.openapi_schema


# how a caller shows who he is (docs/rights.md)
_SHOWN: dict[str, Any] = {
    "token": {"type": "http", "scheme": "bearer"},
    "name_and_token": {"type": "http", "scheme": "basic"},
    "session": {"type": "apiKey", "in": "cookie", "name": COOKIE},
    "csrf": {"type": "apiKey", "in": "header", "name": "X-CSRF-Token"},
}
_BY_ANYBODY = {"sign_in_session_post", "sign_out_session_delete", "precheck_precheck_post"}


def _security(method: str, operation_id: str) -> list[dict[str, list[str]]]:
    """Reading is open, and shows a caller more than a visitor; writing is for callers."""
    told: list[dict[str, list[str]]] = [{"token": []}, {"name_and_token": []}]
    if method in {"get", "options"}:
        return [{}, *told, {"session": []}]
    if operation_id in _BY_ANYBODY:
        return [{}]
    return [*told, {"session": [], "csrf": []}]


def _complete(parameter: dict[str, Any]) -> None:
    """Style and explode are always said; what a text holds is said as OGC API does."""
    name, query = parameter["name"], parameter["in"] == "query"
    if query and name in _SCHEMAS:
        parameter["schema"] = _SCHEMAS[name]
    parameter["schema"] = _one_of(parameter["schema"])
    if query:
        listed = parameter["schema"].get("type") == "array"
        parameter["style"] = "form"
        parameter["explode"] = listed and name not in _BY_COMMA
        parameter.setdefault("description", _WORDS.get(name, parameter["schema"].get("title", "")))


def _one_of(schema: dict[str, Any]) -> dict[str, Any]:
    """A parameter that may be left out is not null: the kind it has when given."""
    given = [each for each in schema.get("anyOf", ()) if each.get("type") != "null"]
    if len(given) != 1:
        return schema
    return {**{k: v for k, v in schema.items() if k != "anyOf"}, **given[0]}


def _answers(operation: dict[str, Any]) -> None:
    """Faults are problem+json, and a malformed parameter is a 400."""
    answers = operation["responses"]
    answers.pop("422", None)
    fault = {"description": "问题 / problem", "content": {links.PROBLEM: {"schema": _PROBLEM}}}
    answers["400"] = fault
    answers["default"] = fault


_PROBLEM: dict[str, Any] = {
    "type": "object",
    "required": ["status", "title", "detail"],
    "properties": {
        "type": {"type": "string"},
        "status": {"type": "integer"},
        "title": {"type": "string"},
        "detail": {"type": "string"},
        "detail_zh": {"type": "string"},
        "detail_en": {"type": "string"},
    },
}


def as_3_0(document: dict[str, Any]) -> dict[str, Any]:
    """An OpenAPI 3.1 document as 3.0.3, complete in itself."""
    made = _lowered(document)
    return {**made, "openapi": "3.0.3"}


def _lowered(value: Any) -> Any:
    if isinstance(value, list):
        return [_lowered(each) for each in value]
    if not isinstance(value, dict):
        return value
    found = {key: _lowered(each) for key, each in value.items()}
    return _schema(found)


def _schema(found: dict[str, Any]) -> dict[str, Any]:
    """What JSON Schema 2020-12 says and 3.0 says otherwise, in one schema object."""
    options = found.get("anyOf")
    if isinstance(options, list) and {"type": "null"} in options:
        left = [each for each in options if each != {"type": "null"}]
        rest = {key: each for key, each in found.items() if key != "anyOf"}
        whole = {**left[0], **rest} if len(left) == 1 and "$ref" not in left[0] else rest
        found = {**whole, **({} if whole is not rest else {"anyOf": left}), "nullable": True}
    if isinstance(found.get("type"), list):
        kinds = [kind for kind in found["type"] if kind != "null"]
        found["nullable"] = len(kinds) < len(found["type"])
        found["type"] = kinds[0]
    if "const" in found and isinstance(found["const"], str | int | bool | float):
        found["enum"] = [found.pop("const")]
    for bound, edge in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if isinstance(found.get(bound), int | float) and not isinstance(found[bound], bool):
            found[edge], found[bound] = found[bound], True
    if found.pop("contentMediaType", None) is not None:
        found["format"] = "binary"
    if isinstance(found.get("examples"), list):
        found["example"] = found.pop("examples")[0]
    if "prefixItems" in found:
        found["items"] = {}
        del found["prefixItems"]
    return found
