"""A value that a filter compares."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.sql.elements import ColumnElement

from gis_app.layer import Field


@dataclass(frozen=True)
class Term:
    """A value: text, number, boolean, date or instant; `field` is the property it is, if it is one.

    `written` is the value of a literal (None: it is read from the database).
    """

    kind: str
    value: ColumnElement[Any]
    field: Field | None = None
    written: Any = None
