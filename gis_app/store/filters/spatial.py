"""Places compared with places."""

from typing import Any

from sqlalchemy import LargeBinary, and_, func, literal
from sqlalchemy.sql.elements import ColumnElement

from gis_app.crs import STORAGE_SRID
from gis_app.errors import BadInput
from gis_app.store.filters import faults, shapes
from gis_app.store.filters.terms import GEOMETRY_NAMES, Asked

_RELATIONS = {
    "s_intersects": func.st_intersects,
    "s_disjoint": func.st_disjoint,
    "s_equals": func.st_equals,
    "s_touches": func.st_touches,
    "s_crosses": func.st_crosses,
    "s_within": func.st_within,
    "s_contains": func.st_contains,
    "s_overlaps": func.st_overlaps,
}
_OF_COLLECTIONS = {"s_intersects", "s_disjoint"}  # GEOS knows no other


def related(name: str, args: list[Any], asked: Asked) -> ColumnElement[bool]:
    """Whether two places lie so towards one another. Raises `BadInput`."""
    if len(args) != 2:
        raise faults.arguments(name, "2", len(args))
    first, second = (_place(name, each, asked) for each in args)
    holds = _RELATIONS[name](first, second)
    # the operator is what an index answers, whatever the function's own support makes of it
    return holds if name == "s_disjoint" else and_(first.op("&&")(second), holds)


def place(name: str, asked: Asked) -> ColumnElement[Any]:
    """The place of a feature. Raises `BadInput` if the collection keeps none."""
    if asked.source.geom is None:
        raise faults.no_place(name)
    return asked.source.geom


def _place(function: str, node: Any, asked: Asked) -> ColumnElement[Any]:
    match node:
        case {"property": str(name)}:
            if name in GEOMETRY_NAMES:
                return place(name, asked)
            if name in asked.source.properties:
                raise BadInput(
                    f"{function.upper()} 需要位置，而属性 {name} 不是；位置属性为 geometry。",
                    f"{function.upper()} takes places, which property {name} is not; the place "
                    "of a feature is `geometry`.",
                )
            raise faults.unknown(name, asked.source, GEOMETRY_NAMES[0])
        case {"bbox": list()} | {"type": str()}:
            if node.get("type") == "GeometryCollection" and function not in _OF_COLLECTIONS:
                raise BadInput(
                    f"{function.upper()} 不能用于 GEOMETRYCOLLECTION。",
                    f"{function.upper()} does not take a GEOMETRYCOLLECTION.",
                )
            written = literal(shapes.read(node, asked.crs).wkb, LargeBinary)
            return func.st_geomfromwkb(written, STORAGE_SRID)
        case _:
            raise BadInput(
                f"{function.upper()} 需要位置：geometry、POINT(…)、POLYGON((…))、BBOX(…) 等。",
                f"{function.upper()} takes places: geometry, POINT(…), POLYGON((…)), BBOX(…) …",
            )
