"""The order of features, and where a page goes on: by key, never by counting rows."""

import base64
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import orjson
from sqlalchemy import and_, false, literal, or_, true
from sqlalchemy.sql.elements import ColumnElement

from gis_app.errors import BadInput
from gis_app.layer import Field
from gis_app.store.sources import Property, Source


class Order:
    """Features sorted by some properties (blanks last), then by their key.

    A cursor is the key of the last feature served, after its sorted values if there are any.
    """

    def __init__(self, source: Source, sort: Sequence[tuple[str, bool]]) -> None:
        self._id: ColumnElement[int] = source.key
        self._parts: list[tuple[Property, bool]] = [
            (source.properties[name], rising) for name, rising in sort
        ]

    def columns(self) -> list[ColumnElement[Any]]:
        """What must be selected to know where a page ended."""
        return [each.value for each, _ in self._parts]

    def by(self) -> list[ColumnElement[Any]]:
        """What to order by."""
        parts = [part.value.asc() if up else part.value.desc() for part, up in self._parts]
        return [*(part.nulls_last() for part in parts), self._id]

    def cursor(self, key: int, values: Sequence[Any]) -> str:
        """The cursor behind a feature."""
        if not self._parts:
            return str(key)
        return base64.urlsafe_b64encode(orjson.dumps([*values, key])).decode().rstrip("=")

    def after(self, cursor: str | None) -> ColumnElement[bool]:
        """A condition on the features behind a cursor. Raises `BadInput` for a strange one."""
        if cursor is None:
            return true()
        values, key = self._read(cursor)
        same: list[ColumnElement[bool]] = []
        ways = []
        for (each, rising), given in zip(self._parts, values, strict=True):
            # typed: SQLAlchemy compares nothing with a bare True or False
            value = None if given is None else literal(given, each.value.type)
            ways.append(and_(*same, _beyond(each.value, value, rising=rising)))
            same.append(each.value.is_(None) if value is None else each.value == value)
        return or_(*ways, and_(*same, self._id > key))

    def _read(self, cursor: str) -> tuple[list[Any], int]:
        try:
            if not self._parts:
                return [], _key(cursor)
            padded = cursor + "=" * (-len(cursor) % 4)
            *values, key = orjson.loads(base64.urlsafe_b64decode(padded))
            fields = [each.field for each, _ in self._parts]
            typed = [_typed(f, value) for f, value in zip(fields, values, strict=True)]
            return typed, _key(str(key))
        except (ValueError, TypeError):
            raise BadInput(
                f"after“{cursor}”不是本服务给出的翻页位置；请沿用响应中的 next 链接。",
                f"after={cursor!r} is no page of this service: follow an answer's `next` link.",
            ) from None


def _key(text: str) -> int:
    if not text.isdecimal() or int(text) >= 2**63:
        raise ValueError(text)
    return int(text)


def _typed(field: Field, value: Any) -> Any:
    if value is None:
        return None
    kinds: dict[str, type | tuple[type, ...]] = {
        "number": (int, float), "integer": int, "boolean": bool,
    }  # fmt: skip
    if not isinstance(value, kinds.get(field.kind, str)):
        raise TypeError(value)
    if field.kind == "instant":
        return datetime.fromisoformat(str(value))
    return date.fromisoformat(str(value)) if field.kind == "date" else value


def _beyond(column: ColumnElement[Any], value: Any, *, rising: bool) -> ColumnElement[bool]:
    if value is None:
        return false()
    return or_(column > value if rising else column < value, column.is_(None))
