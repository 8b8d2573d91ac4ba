"""What the framework finds wrong with a request, in words of both languages.

pydantic speaks English only: the kinds of fault there are in this API are said here, by their
names in pydantic's list of errors; what is not among them keeps its English.
"""

from collections.abc import Mapping, Sequence
from typing import Any

_PARTS = {
    "query": ("参数", "parameter"),
    "path": ("路径中的", "path"),
    "body": ("正文", "body"),
    "header": ("头", "header"),
}
_WORDS = {
    "missing": ("缺少", "is missing"),
    "extra_forbidden": ("没有这一项", "is not known"),
    "greater_than_equal": ("应不小于 {ge}", "is at least {ge}"),
    "greater_than": ("应大于 {gt}", "is more than {gt}"),
    "less_than_equal": ("应不大于 {le}", "is at most {le}"),
    "less_than": ("应小于 {lt}", "is less than {lt}"),
    "string_too_short": ("至少 {min_length} 个字", "has at least {min_length} characters"),
    "string_too_long": ("至多 {max_length} 个字", "has at most {max_length} characters"),
    "string_type": ("应为文字", "is a text"),
    "enum": ("应为 {expected} 之一", "is one of {expected}"),
    "literal_error": ("应为 {expected} 之一", "is one of {expected}"),
    "json_invalid": ("不是 JSON（{error}）", "is no JSON ({error})"),
    **dict.fromkeys(("int_parsing", "int_type", "int_from_float", "int_parsing_size"),
                    ("应为整数", "is a whole number")),
    **dict.fromkeys(("float_parsing", "float_type", "finite_number"), ("应为数", "is a number")),
    **dict.fromkeys(("bool_parsing", "bool_type"), ("应为 true 或 false", "is true or false")),
    **dict.fromkeys(("list_type", "too_short", "too_long"), ("应为列表", "is a list")),
    **dict.fromkeys(("dict_type", "model_type", "model_attributes_type"),
                    ("应为 JSON 对象", "is a JSON object")),
}  # fmt: skip


def of(errors: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Each fault of a request: `where` it is, and what is wrong in `zh` and `en`."""
    return [_fault(each) for each in errors]


def _fault(error: Mapping[str, Any]) -> dict[str, str]:
    part, *names = (str(each) for each in error["loc"])
    zh, en = _WORDS.get(error["type"], (f"不合要求（{error['msg']}）", f": {error['msg']}"))
    ctx = error.get("ctx", {})
    if "expected" in ctx:
        ctx = {**ctx, "expected": str(ctx["expected"]).replace(" or ", ", ").replace("'", "")}
    where_zh, where_en = _PARTS.get(part, (part, part))
    name = ".".join(names) if error["type"] != "json_invalid" else ""
    return {
        "where": ".".join((part, *names)),
        "zh": f"{where_zh} {name} {zh.format(**ctx)}".replace("  ", " "),
        "en": f"{where_en} {name} {en.format(**ctx)}".replace("  ", " "),
    }
